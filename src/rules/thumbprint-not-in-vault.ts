// Every thumbprint is that of a certificate in the vault. Speaks where there is a vault export and no osProfile.

import { defineRule, nameDigits, placesOfDigits, type Cause, type Related } from '../core/rule.js';

const MESSAGE = 'No certificate of the vault export has {thumbprint}, which role "{role}" names as "{certificate}".';
const AZURE =
  "The thumbprints specified in the CSCFG could not be found in the Key Vault. Add the missing certificates in Key Vault: '{vault}'. Missing thumbprint: '{certificate} {thumbprint}'";

export default defineRule({
  id: 'thumbprint-not-in-vault',
  family: 'certificate',
  summary: 'Every thumbprint belongs to a certificate in the vault.',
  why: 'New-AzCloudService looks each thumbprint up among the certificates of the vault and stops at the first that is not there.',
  source: 'https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1',
  severity: 'error',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  uses: ['certificates'],
  unless: ['osProfile'],
  messages: {
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
    issuer: {
      message: MESSAGE,
      cause: 'It is the thumbprint of an issuer, {holder}, not of the certificate itself.',
      help: 'Write the thumbprint of the certificate{known}.',
      azure: AZURE,
    },
    'local-only': {
      message: MESSAGE,
      cause: 'It is in {holder}, and not in the vault export.',
      help: 'If it was imported after the export, export the vault again. Else import it first: "az keyvault certificate import --vault-name VAULT --name NAME --file {holder}", with --password if the file has one.',
      azure: AZURE,
    },
    'local-without-key': {
      message: MESSAGE,
      cause: 'It is in {holder}, without its private key, and not in the vault export.',
      help: 'If it was imported after the export, export the vault again. Else import the .pfx that has its private key first: "az keyvault certificate import --vault-name VAULT --name NAME --file FILE.pfx", with --password if the file has one.',
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
      help: 'Import the certificate into the vault, or correct the thumbprint. If it was imported after the export, or lies in another vault, export that.',
      azure: AZURE,
    },
    'nowhere-in-list': {
      message: MESSAGE,
      help: 'If it is that of an older version, which the vault export does not hold, export those too: "az keyvault certificate list-versions --vault-name {from} --name {name} -o json". If not, import the certificate into the vault, or correct the thumbprint. If it was imported after the export, or lies in another vault, export that.',
      azure: AZURE,
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/api", "name": "api", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true}}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}]',
      },
    ],
  },
  check({ report, evidence, inventory, path }) {
    const names = new Set(evidence.vault.flatMap(({ records }) => records.map((record) => record.vault)));
    const vault = [...names].filter((name) => name !== '').join(', ') || '<vault>';
    return {
      certificate({ role, certificate, element, thumbprint, comparable }) {
        if (comparable === null) return;
        const verdict = inventory.judge(comparable);
        if (verdict.kind !== 'not-in-vault') return;
        const at = thumbprint?.valueSpan ?? element.nameSpan;
        const { cause } = verdict;
        const { message, holder = '', known = '', difference = '', from = '', name = '', related = [] } = wordsFor(cause);
        const digits = cause.kind === 'near' ? placesOfDigits(cause, at, path) : [];
        report({ message, at, data: { role, certificate, thumbprint: comparable, vault, holder, known, difference, from, name }, related: [...digits, ...related] });
      },
    };
  },
});

interface Words {
  readonly message: 'serial' | 'near' | 'issuer' | 'local-only' | 'local-without-key' | 'dummy' | 'nowhere' | 'nowhere-in-list';
  readonly holder?: string;
  readonly known?: string;
  readonly difference?: string;
  /** Vault and name of the certificate whose versions may be exported. */
  readonly from?: string;
  readonly name?: string;
  readonly related?: readonly Related[];
}

function wordsFor(cause: Cause): Words {
  switch (cause.kind) {
    case 'serial': {
      const { holder } = cause;
      return { message: 'serial', holder: holder.name, known: holder.thumbprint, related: [{ note: 'the certificate is here', location: holder.origin }] };
    }
    case 'near': {
      const { holder } = cause;
      const related = [{ note: 'that thumbprint is known from here', location: holder.origin }];
      return { message: 'near', holder: holder.name, known: holder.thumbprint, difference: nameDigits(cause), related };
    }
    case 'issuer':
      return { message: 'issuer', holder: cause.issuer.subject ?? cause.issuer.thumbprint, known: cause.leaf === null ? '' : `, ${cause.leaf.thumbprint}` };
    case 'local-only':
      return { message: cause.certificate.hasPrivateKey === false ? 'local-without-key' : 'local-only', holder: cause.certificate.origin.path };
    case 'dummy':
      return { message: 'dummy' };
    case 'nowhere':
      return cause.unseen === null ? { message: 'nowhere' } : { message: 'nowhere-in-list', from: cause.unseen.vault || 'VAULT', name: cause.unseen.name ?? 'NAME' };
    default:
      return { message: 'nowhere' };
  }
}
