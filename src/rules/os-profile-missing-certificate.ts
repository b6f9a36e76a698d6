// Every certificate that a role names is carried by osProfile.

import {
  defineRule,
  foldName,
  isKnown,
  lastSegment,
  nameDigits,
  once,
  placesOfDigits,
  readSecretUrl,
  showKnown,
  type Cause,
  type CertificateEntry,
  type CloudServiceFact,
  type ConfigurationFact,
  type Location,
  type OsProfile,
  type Related,
  type VaultCertificate,
} from '../core/rule.js';
import { readThumbprint } from '../core/thumbprint.js';

const MESSAGE = 'Role "{role}" names the certificate "{certificate}", {thumbprint}, and osProfile does not carry it.';
const AZURE =
  'The thumbprints specified in the CSCFG do not have corresponding certificates in osProfile.secrets. Add the missing certificates in osProfile.secrets. Missing thumbprints: {role}|{thumbprint}';

export default defineRule({
  id: 'os-profile-missing-certificate',
  family: 'os-profile',
  summary: 'The secret URL of every certificate that a role names is in osProfile.secrets.',
  why: 'Azure fetches certificates by the secret URLs of osProfile and compares their thumbprints with the service configuration, role by role. One that is missing fails the deployment, minutes after it began.',
  source: 'https://learn.microsoft.com/troubleshoot/azure/cloud-services/extended/availability/update-or-change-certificate-used',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault', 'osProfile'],
  uses: ['certificates', 'configurations'],
  messages: {
    'newer-version': {
      message: MESSAGE,
      cause: 'It is {version} of "{name}" in vault {vault}; osProfile still lists an older one, {listed}. The .cscfg was renewed and osProfile was not.',
      help: 'In osProfile, replace the secret URL of the older version by {url}.',
      azure: AZURE,
    },
    'older-version': {
      message: MESSAGE,
      cause: 'It is {version} of "{name}" in vault {vault}; osProfile already lists a newer one, {listed}. osProfile was renewed and the .cscfg was not.',
      help: 'Write the thumbprint of the newer version{newThumbprint} into the .cscfg. To stay with the older one, list {url} in osProfile instead.',
      azure: AZURE,
    },
    'other-version': {
      message: MESSAGE,
      cause: 'It is {version} of "{name}" in vault {vault}; osProfile lists another one, {listed}.',
      help: 'Decide which of the two is to run. For the one that the .cscfg names, list {url} in osProfile; for the other, write its thumbprint{newThumbprint} into the .cscfg.',
      azure: AZURE,
    },
    'mistyped-version': {
      message: MESSAGE,
      cause: 'It is {version} of "{name}" in vault {vault}. osProfile lists {listed}, a version that no export has: it differs in {difference} from version {known}.',
      help: 'If a digit was mistyped, correct it. For the version that the .cscfg names, list {url} in osProfile.',
      azure: AZURE,
    },
    'unknown-version': {
      message: MESSAGE,
      cause: 'It is {version} of "{name}" in vault {vault}; osProfile lists {listed}, a version that no export has.',
      help: 'For the certificate that the .cscfg names, list {url} in osProfile instead. If the listed version is newer than the export, export again with its versions, and decide which of the two is to run.',
      azure: AZURE,
    },
    issuer: {
      message: MESSAGE,
      cause: 'It is the thumbprint of an issuer, {issuer}, not of the certificate itself, {leaf}.',
      help: 'Write the thumbprint of the certificate{leafThumbprint}. If the role is to have the issuer too, that has to be in the vault by itself, with its secret URL in osProfile.',
      azure: AZURE,
    },
    'issuer-too': {
      message: MESSAGE,
      cause: 'It is the thumbprint of an issuer, {issuer}, of the certificate that the role names, too.',
      help: 'If the role is to have the issuer, that has to be in the vault by itself, with its secret URL in osProfile. If not, delete the entry, and its declaration in the service definition.',
      azure: AZURE,
    },
    serial: {
      message: MESSAGE,
      cause: 'It is the serial number of {holder}, not its thumbprint.',
      help: 'Write its thumbprint, {known}.',
      azure: AZURE,
    },
    near: {
      message: MESSAGE,
      cause: 'It differs in {difference} from {known}, the thumbprint of {holder}.',
      help: 'If that is the certificate that was meant, copy its thumbprint into the .cscfg.',
      azure: AZURE,
    },
    'local-only': {
      message: MESSAGE,
      cause: 'It is in {file}, and not in the vault export.',
      help: 'If it was imported after the export, export the vault again. Else import it ("az keyvault certificate import --vault-name VAULT --name NAME --file {file}", with --password if the file has one), list the secret URL of that version in osProfile, and export the vault again.',
      azure: AZURE,
    },
    'local-without-key': {
      message: MESSAGE,
      cause: 'It is in {file}, without its private key, and not in the vault export.',
      help: 'If it was imported after the export, export the vault again. Else import the .pfx that has its private key ("az keyvault certificate import --vault-name VAULT --name NAME --file FILE.pfx", with --password if the file has one), list the secret URL of that version in osProfile, and export the vault again.',
      azure: AZURE,
    },
    'not-listed': {
      message: MESSAGE,
      cause: 'It is in vault {vault} as "{name}", {version}; only osProfile lacks its secret URL.',
      help: 'Add {url} to the vaultCertificates of that vault in osProfile.secrets.',
      azure: AZURE,
    },
    'other-vault': {
      message: MESSAGE,
      cause: 'It is in vault {vault} as "{name}", {version}; osProfile lists nothing of that vault.',
      help: 'If it is the certificate of another environment, write the thumbprint of this one\'s. If it is meant, add a group with that vault as its sourceVault to osProfile.secrets, and {url} to the group.',
      azure: AZURE,
    },
    dummy: {
      message: MESSAGE,
      cause: 'It is a sample or a dummy that was never replaced.',
      help: 'Write the thumbprint of the certificate that the role is to use.',
      azure: AZURE,
    },
    nowhere: {
      message: MESSAGE,
      cause: 'Nothing that was given has it.',
      help: 'Check where the thumbprint comes from. If the certificate is in another vault, or was imported after the export, export that with --vault too.',
      azure: AZURE,
    },
    'nowhere-in-list': {
      message: MESSAGE,
      cause: 'Nothing that was given has it; but the vault export does not hold older versions.',
      help: 'Check where the thumbprint comes from. If it is that of an older version, export those too: "az keyvault certificate list-versions --vault-name {vault} --name {name} -o json". If the certificate is in another vault, or was imported after the export, export that with --vault too.',
      azure: AZURE,
    },
    'other-environment': {
      message: MESSAGE,
      cause: 'None of the {count} certificates that this file names is in the vault export: it may be the export of another environment.',
      help: 'Check that --vault and --os-profile belong to this .cscfg.',
      azure: AZURE,
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}]',
        osProfile: '[]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}]',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}]',
      },
    ],
  },
  check({ report, evidence, inventory, path }) {
    const missing: { entry: CertificateEntry; thumbprint: string; cause: Cause }[] = [];
    const compared = new Set<string>();
    const named = new Set<string>();
    const lookedFor = evidence.osProfile.services.map(lookedForHere);
    const listedVaults = vaultsIn(evidence.osProfile);
    return {
      certificate(entry) {
        if (entry.comparable === null) return;
        compared.add(entry.comparable);
        named.add(`${entry.role} ${entry.comparable}`);
        const verdict = inventory.judge(entry.comparable);
        if (verdict.kind === 'not-in-os-profile') missing.push({ entry, thumbprint: entry.comparable, cause: verdict.cause });
      },
      end() {
        const nowhere = new Set(missing.filter(({ cause }) => cause.kind === 'nowhere').map(({ thumbprint }) => thumbprint));
        const isOtherEnvironment = compared.size > 1 && nowhere.size === compared.size;
        for (const { entry, thumbprint, cause } of missing) {
          const at = entry.thumbprint?.valueSpan ?? entry.element.nameSpan;
          const words = wordsFor(inListedVault(cause, thumbprint), { isNamed: (other) => named.has(`${entry.role} ${other}`), listedVaults });
          const data = { ...words.data, role: entry.role, certificate: entry.certificate, thumbprint, count: compared.size };
          const digits = cause.kind === 'near' ? placesOfDigits(cause, at, path) : [];
          const elsewhere = words.message === 'other-vault' ? placeElsewhere(thumbprint) : [];
          const related = [...digits, ...words.related, ...elsewhere, ...lookedFor];
          report({ message: isOtherEnvironment ? 'other-environment' : words.message, at, data, related });
        }
      },
    };

    /** Of several records the one in a vault that osProfile lists something of: there its URL is missing. */
    function inListedVault(cause: Cause, thumbprint: string): Cause {
      if (cause.kind !== 'not-listed') return cause;
      const record = inventory.recordsOf(thumbprint).find(({ vault }) => listedVaults.has(foldName(vault)));
      return record === undefined ? cause : { kind: 'not-listed', record };
    }

    /** Where another environment names it: its certificate was taken for this one's. */
    function placeElsewhere(thumbprint: string): Related[] {
      for (const configuration of evidence.configurations?.(path) ?? []) {
        const location = placesOf(configuration).get(thumbprint);
        if (location !== undefined) return [{ note: 'another environment names it here', location }];
      }
      return [];
    }
  },
});

/** The vaults of which osProfile has a group or a URL, folded. */
const vaultsIn = once(({ services }: OsProfile): ReadonlySet<string> => {
  const vaults = new Set<string>();
  for (const { vaultId, certificateUrls } of services.flatMap(({ secrets }) => secrets)) {
    const id = vaultId === null ? null : lastSegment(vaultId);
    const urls = certificateUrls.map(({ url }) => (isKnown(url) ? (readSecretUrl(url).parts?.vault ?? null) : null));
    for (const vault of [id, ...urls]) if (vault !== null) vaults.add(foldName(vault));
  }
  return vaults;
});

/** Where the thumbprints of a service configuration stand. */
const placesOf = once(({ roles }: ConfigurationFact): ReadonlyMap<string, Location> => {
  const places = new Map<string, Location>();
  for (const { thumbprint } of roles.flatMap(({ certificates }) => certificates)) {
    const digits = thumbprint === null ? null : readThumbprint(thumbprint.value);
    if (thumbprint !== null && digits !== null && !places.has(digits)) places.set(digits, thumbprint.location);
  }
  return places;
});

function lookedForHere({ origin }: CloudServiceFact): Related {
  return { note: 'looked for here', location: origin };
}

type MessageId =
  | 'newer-version'
  | 'older-version'
  | 'other-version'
  | 'mistyped-version'
  | 'unknown-version'
  | 'issuer'
  | 'issuer-too'
  | 'serial'
  | 'near'
  | 'local-only'
  | 'local-without-key'
  | 'not-listed'
  | 'other-vault'
  | 'dummy'
  | 'nowhere'
  | 'nowhere-in-list';

/** All slots of all messages, so that each message finds its own. */
const NO_DATA = {
  version: '',
  name: '',
  vault: '',
  listed: '',
  url: '',
  newThumbprint: '',
  issuer: '',
  leaf: '',
  leafThumbprint: '',
  difference: '',
  known: '',
  holder: '',
  file: '',
};

interface Words {
  readonly message: MessageId;
  readonly data: typeof NO_DATA;
  readonly related: readonly Related[];
}

function words(message: MessageId, data: Partial<typeof NO_DATA>, related: readonly Related[] = []): Words {
  return { message, data: { ...NO_DATA, ...data }, related };
}

interface Surroundings {
  /** Whether the role names a thumbprint, too. */
  readonly isNamed: (thumbprint: string) => boolean;
  /** The vaults of which osProfile lists anything, folded. */
  readonly listedVaults: ReadonlySet<string>;
}

function wordsFor(cause: Cause, { isNamed, listedVaults }: Surroundings): Words {
  switch (cause.kind) {
    case 'other-version':
      return otherVersion(cause);
    case 'unknown-version':
      return unknownVersion(cause);
    case 'issuer':
      return issuer(cause, isNamed);
    case 'serial': {
      const { holder } = cause;
      return words('serial', { known: holder.thumbprint, holder: holder.name }, [{ note: 'the certificate is here', location: holder.origin }]);
    }
    case 'near': {
      const { holder } = cause;
      return words('near', { difference: nameDigits(cause), known: holder.thumbprint, holder: holder.name }, [
        { note: 'that thumbprint is known from here', location: holder.origin },
      ]);
    }
    case 'local-only': {
      const { hasPrivateKey, origin } = cause.certificate;
      return words(hasPrivateKey === false ? 'local-without-key' : 'local-only', { file: origin.path });
    }
    case 'not-listed':
      return words(listedVaults.size === 0 || listedVaults.has(foldName(cause.record.vault)) ? 'not-listed' : 'other-vault', dataOf(cause.record), [{ note: 'the vault export has it here', location: cause.record.origin }]);
    case 'dummy':
      return words('dummy', {});
    case 'nowhere':
      return nowhere(cause);
  }
}

type CauseOf<K extends Cause['kind']> = Extract<Cause, { kind: K }>;

function otherVersion({ record, listed, other, age }: CauseOf<'other-version'>): Words {
  const message = age === 'unknown' ? 'other-version' : age === 'newer' ? 'newer-version' : 'older-version';
  const newThumbprint = other.thumbprint === null ? '' : `, ${other.thumbprint},`;
  return words(message, { ...dataOf(record), listed: showKnown(listed.url), newThumbprint }, [
    { note: 'osProfile lists another version here', location: listed.location },
    { note: 'the vault export has this one here', location: record.origin },
  ]);
}

function unknownVersion({ record, listed, near }: CauseOf<'unknown-version'>): Words {
  const data = { ...dataOf(record), listed: showKnown(listed.url) };
  const related = [
    { note: 'osProfile lists that version here', location: listed.location },
    { note: 'the vault export has this one here', location: record.origin },
  ];
  return near === null
    ? words('unknown-version', data, related)
    : words('mistyped-version', { ...data, known: near.version, difference: nameDigits(near) }, related);
}

function issuer({ issuer: found, leaf }: CauseOf<'issuer'>, isNamed: (thumbprint: string) => boolean): Words {
  const leafThumbprint = leaf === null ? '' : `, ${leaf.thumbprint}`;
  const message = leaf !== null && isNamed(leaf.thumbprint) ? 'issuer-too' : 'issuer';
  return words(message, { issuer: found.subject ?? found.thumbprint, leaf: leaf?.subject ?? 'the leaf', leafThumbprint }, [
    { note: 'the issuer stands in this file', location: found.origin },
  ]);
}

function nowhere({ unseen }: CauseOf<'nowhere'>): Words {
  return unseen === null ? words('nowhere', {}) : words('nowhere-in-list', { vault: unseen.vault || 'VAULT', name: unseen.name ?? 'NAME' });
}

function dataOf({ vault, name, version, secretUrl }: VaultCertificate): Partial<typeof NO_DATA> {
  return {
    vault,
    name,
    version: version === null ? 'the current version' : `version ${version}`,
    url: secretUrl ?? `the secret URL of "${name}"`,
  };
}
