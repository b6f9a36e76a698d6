// A vault export is whole.

import { PARTIAL_EXPORT, commandName, defineRule } from '../core/rule.js';

export default defineRule({
  id: 'vault-export-incomplete',
  family: 'certificate',
  summary: 'A vault export holds all that was exported, with its thumbprints and versions.',
  why: 'Of what an export does not hold nobody can tell whether the vault has it, so that answers about certificates stay open.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/certificates-and-key-vault',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  needs: ['vault'],
  uses: ['osProfile'],
  messages: {
    part: {
      message: 'The vault export is a part of the whole.',
      cause: '{problem} Of what is not in it nobody can tell whether the vault has it.',
      help: '{advice} Then those answers can be given, too.',
    },
    'current-only': {
      message: 'The vault export holds of "{name}" the current version only and does not say which that is, and osProfile pins one.',
      help: 'Export the versions, too, and give both files: "az keyvault certificate list-versions --vault-name {vault} --name {command} -o json".',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}, {"id": "https://shop-kv.vault.azure.net/certificates/api/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "api", "x509ThumbprintHex": null, "attributes": {"enabled": true}}]',
      },
    ],
    good: [
      {
        cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true}}]',
      },
    ],
  },
  check({ report, evidence, inventory }) {
    return {
      certificate() {
        // A file without certificates asks the export nothing; of the others, `end` speaks.
      },
      end() {
        const told = new Set<string>();
        for (const { path, problems } of evidence.vault) {
          const [first, ...others] = problems.filter(({ code }) => PARTIAL_EXPORT.has(code));
          if (first === undefined) continue;
          told.add(path);
          const related = others.slice(0, MAX_SHOWN).map(({ message, location }) => ({ note: message, location }));
          report({ message: 'part', at: first.location, data: { problem: first.message, advice: first.help }, related });
        }
        for (const { record, url } of inventory.pinnedUnseen()) {
          const { vault, name, origin } = record;
          if (told.has(origin.path)) continue;
          told.add(origin.path);
          const data = { name, vault: commandName(vault, 'VAULT'), command: commandName(name, 'NAME') };
          report({ message: 'current-only', at: origin, data, related: [{ note: 'osProfile pins this version', location: url.location }] });
        }
      },
    };
  },
});

const MAX_SHOWN = 3;
