// The vault export is newer than the local certificates that are needed.

import { EXAMPLE_LEAF, EXAMPLE_PFX, commandName, defineRule, nameCertificate, needOf, showDate, showMoment, type VaultCertificate, type VaultExport } from '../core/rule.js';

export default defineRule({
  id: 'vault-export-older',
  family: 'certificate',
  summary: 'The vault export is not older than a local certificate that is needed.',
  why: 'A certificate that was made after the export may have been imported since, and the export cannot show it.',
  source: 'https://learn.microsoft.com/azure/key-vault/certificates/about-certificates',
  severity: 'info',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  uses: ['certificates'],
  messages: {
    older: {
      message: 'The newest certificate of the vault export is from {exported}, and {holder} is from {made}.',
      help: 'If it was imported since, export the vault again: "az keyvault certificate list-versions --vault-name {vault} --name NAME -o json".',
    },
  },
  examples: {
    bad: [
      {
        cscfg: `<Role name="Web"><Instances count="2" /><Certificates>
<!-- cscfglint-disable-next-line thumbprint-not-in-vault: it was imported after the export -->
<Certificate name="Tls" thumbprint="${EXAMPLE_LEAF}" thumbprintAlgorithm="sha1" />
</Certificates></Role>`,
        pfx:
          EXAMPLE_PFX,
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/api/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "api", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true, "created": "2026-06-01T09:00:00+00:00"}}]',
      },
    ],
    good: [
      {
        cscfg: `<Role name="Web"><Instances count="2" /><Certificates>
<!-- cscfglint-disable-next-line thumbprint-not-in-vault: it was imported after the export -->
<Certificate name="Tls" thumbprint="${EXAMPLE_LEAF}" thumbprintAlgorithm="sha1" />
</Certificates></Role>`,
        pfx:
          EXAMPLE_PFX,
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/api/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "api", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true, "created": "2026-12-01T09:00:00+00:00"}}]',
      },
    ],
  },
  check({ report, evidence }) {
    let files: ReadonlySet<string> | null = null;
    let newest: Newest | null = null;
    return {
      material(material) {
        const { thumbprint, versions, certificates } = material;
        if (versions.length > 0 || certificates.length === 0) return;
        files ??= new Set(evidence.certificates?.filter(({ kind }) => kind === 'pfx').map(({ path }) => path));
        newest ??= newestOf(evidence.vault);
        if (newest === null) return;
        for (const local of certificates) {
          const { origin, chainOf, notBefore } = local;
          if (chainOf !== null || notBefore === null || notBefore <= newest.date || !files.has(origin.path)) continue;
          const { uses, related } = needOf(material);
          const show = showDate(newest.date) === showDate(notBefore) ? showMoment : showDate;
          const data = { exported: show(newest.date), made: show(notBefore), holder: nameCertificate(local), vault: commandName(newest.record.vault, 'VAULT'), thumbprint, uses };
          report({ message: 'older', at: newest.record.origin, data, related: [{ note: 'this is newer', location: origin }, ...related] });
          break;
        }
      },
    };
  },
});

interface Newest {
  readonly record: VaultCertificate;
  readonly date: Date;
}

/** The record that was made last, of all exports. */
function newestOf(exports: readonly VaultExport[]): Newest | null {
  let newest: Newest | null = null;
  for (const record of exports.flatMap(({ records }) => records)) {
    const date = record.created ?? record.notBefore;
    if (date !== null && (newest === null || date > newest.date)) newest = { record, date };
  }
  return newest;
}
