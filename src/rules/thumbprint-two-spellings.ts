// One thumbprint has one spelling in a file.

import { defineRule, type Edit } from '../core/rule.js';

export default defineRule({
  id: 'thumbprint-two-spellings',
  family: 'thumbprint',
  summary: 'A thumbprint that a file names more than once is spelt alike each time.',
  why: "Azure's client tells thumbprints of one file apart by letter case and then finds the same certificate for both: it lists its secret URL in osProfile twice, which a related service is seen to refuse.",
  source: 'https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1',
  severity: 'warning',
  fixable: 'safe',
  messages: {
    'two-spellings': {
      message: 'The thumbprint of "{certificate}" in role "{role}" stands in this file in two spellings, which differ in letter case.',
      help: 'Write {digits} everywhere.',
      azure: 'List vaultCertificates contains repeated instances of (<secret url>, <store>), which is disallowed.',
      azureSeen: 'similar',
    },
  },
  examples: {
    bad: [{ cscfg: withThumbprints('3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7', '3f9c0a7b51d2e86494c1b07d2a5e8f63109db4c7') }],
    good: [{ cscfg: withThumbprints('3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7', '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7') }],
  },
  check({ report }) {
    return {
      'certificate:lower-case'({ entry, thumbprint, digits, other }) {
        if (other === null) return;
        const { role, certificate } = entry;
        const edits: [Edit] = [{ ...thumbprint.valueSpan, text: digits }];
        const related = [{ note: 'the other spelling', location: other }];
        report({ message: 'two-spellings', at: thumbprint.valueSpan, data: { role, certificate, digits }, related, fix: { title: `Write ${digits}`, edits } });
      },
    };
  },
});

function withThumbprints(first: string, second: string): string {
  const certificate = (name: string, thumbprint: string) => `<Certificate name="${name}" thumbprint="${thumbprint}" thumbprintAlgorithm="sha1" />`;
  return `<Role name="Web"><Instances count="1" /><Certificates>${certificate('Tls', first)}${certificate('Api', second)}</Certificates></Role>`;
}
