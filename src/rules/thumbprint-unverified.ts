// Says of which certificates it cannot be told whether they are there, and what would settle it.

import { defineRule, parseVaultIdentifier, showKnown, type CertificateEntry, type Doubt, type Related } from '../core/rule.js';

const SETTLE = 'Export it with its versions and give that file with --vault too: "az keyvault certificate list-versions --vault-name {vault} --name {name} -o json".';

export default defineRule({
  id: 'thumbprint-unverified',
  family: 'os-profile',
  summary: 'Of every certificate it can be told whether it is there.',
  why: 'An export that is a part of the vault, a secret URL that no export explains, or an expression of a template leaves the question open. An open question is neither an error nor a pass.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/certificates-and-key-vault',
  severity: 'warning',
  unknown: 'all',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  uses: ['osProfile'],
  messages: {
    'unexplained-url': {
      message: 'Whether osProfile carries "{certificate}" of role "{role}", {thumbprint}, cannot be told: no vault export explains {what}.',
      help: SETTLE,
    },
    'surely-missing': {
      message: 'Whether osProfile carries "{certificate}" of role "{role}", {thumbprint}, cannot be told: no vault export explains {what}.',
      cause: 'At least {missing} of the {open} thumbprints in question are missing for certain: there are only {urls} URLs that could be theirs.',
      help: SETTLE,
    },
    'uncovered-vault': {
      message: 'Whether osProfile carries "{certificate}" of role "{role}", {thumbprint}, cannot be told: osProfile names vault {what}, of which no export was given.',
      help: 'Export that vault and give it with --vault, too; or check that the export is not that of another environment.',
    },
    expression: {
      message: 'Whether osProfile carries "{certificate}" of role "{role}", {thumbprint}, cannot be told: it depends on {what}, which is known only at deployment.',
      help: 'If a parameters file has the value, give it with another --os-profile; where two give it differently, leave one of them out. A value that only the deployment works out can be checked once it stands there as text.',
    },
    'version-unknown': {
      message: 'Whether osProfile carries "{certificate}" of role "{role}", {thumbprint}, cannot be told: the vault export does not say which version it is, and osProfile lists {what}.',
      help: SETTLE,
    },
    'incomplete-export': {
      message: 'Whether the vault has "{certificate}" of role "{role}", {thumbprint}, cannot be told: the export is a part of what the vault holds.',
      help: 'Export the whole vault, with thumbprints: "az keyvault certificate list --vault-name VAULT -o json" has the current versions of all.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/api/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "api", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true}}]',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/0a9b8c7d6e5f40312233445566778899"}]}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}]',
        osProfile:
          '[{"sourceVault": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/0a9b8c7d6e5f40312233445566778899"}]}]',
      },
    ],
  },
  check({ report, inventory }) {
    const open: { entry: CertificateEntry; thumbprint: string; doubts: readonly [Doubt, ...Doubt[]] }[] = [];
    return {
      certificate(entry) {
        if (entry.comparable === null) return;
        const verdict = inventory.judge(entry.comparable);
        if (verdict.kind === 'unverified') open.push({ entry, thumbprint: entry.comparable, doubts: verdict.doubts });
      },
      end() {
        const surely = surelyMissing(open);
        for (const { entry, thumbprint, doubts } of open) {
          const { role, certificate } = entry;
          const { kind } = doubts[0];
          report({
            message: kind === 'unexplained-url' && surely.missing > 0 ? 'surely-missing' : kind,
            at: entry.thumbprint?.valueSpan ?? entry.element.nameSpan,
            data: { role, certificate, thumbprint, what: list(doubts), certificateUrls: urlsOf(doubts), ...surely, ...identify(doubts[0]) },
            related: placesOf(doubts),
          });
        }
      },
    };
  },
});

/** How many thumbprints are in question, how many URLs could be theirs, and how many are therefore missing whatever those are. */
function surelyMissing(open: readonly { readonly thumbprint: string; readonly doubts: readonly Doubt[] }[]) {
  const thumbprints = new Set(open.map(({ thumbprint }) => thumbprint)).size;
  const doubts = open.flatMap((one) => one.doubts);
  const isCountable = doubts.every(({ kind }) => kind === 'unexplained-url' || kind === 'uncovered-vault');
  const urls = new Set(urlsOf(doubts)).size;
  return { open: thumbprints, urls, missing: isCountable ? Math.max(thumbprints - urls, 0) : 0 };
}

function urlsOf(doubts: readonly Doubt[]): string[] {
  return doubts.flatMap((doubt) => ('url' in doubt ? [showKnown(doubt.url.url)] : []));
}

/** How many places are shown. */
const MAX_SHOWN = 3;

/** The things that are in doubt for the first reason: URLs, vaults, expressions. */
function list(doubts: readonly [Doubt, ...Doubt[]]): string {
  const alike = doubts.filter(({ kind }) => kind === doubts[0].kind);
  const names = [...new Set(alike.map(nameOf))];
  const rest = names.length - MAX_SHOWN;
  return rest > 0 ? `${names.slice(0, MAX_SHOWN).join(', ')} and ${rest} more` : names.join(', ');
}

/** The certificate to export, for the command that settles the question. */
function identify(doubt: Doubt): { vault: string; name: string } {
  if (doubt.kind === 'version-unknown') return { vault: doubt.record.vault || 'VAULT', name: doubt.record.name };
  const url = 'url' in doubt ? parseVaultIdentifier(showKnown(doubt.url.url)) : null;
  return { vault: url?.vault ?? 'VAULT', name: url?.name ?? 'NAME' };
}

function nameOf(doubt: Doubt): string {
  switch (doubt.kind) {
    case 'uncovered-vault':
      return doubt.vault;
    case 'unexplained-url':
    case 'version-unknown':
      return showKnown(doubt.url.url);
    case 'expression':
      return doubt.expression;
    case 'incomplete-export':
      return doubt.location.path;
  }
}

function placesOf(doubts: readonly Doubt[]): Related[] {
  return doubts.slice(0, MAX_SHOWN).map((doubt) => ({
    note: NOTES[doubt.kind],
    location: 'url' in doubt ? doubt.url.location : doubt.location,
  }));
}

const NOTES: Readonly<Record<Doubt['kind'], string>> = {
  'unexplained-url': 'no export explains this one',
  'uncovered-vault': 'no export of this vault was given',
  expression: 'this is not known offline',
  'version-unknown': 'osProfile pins this version',
  'incomplete-export': 'this export is incomplete',
};
