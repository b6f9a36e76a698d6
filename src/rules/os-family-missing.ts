// The file says which guest OS its roles run on.

import { defineRule, foldName, parseGuestOsVersion, pipelinePlaceholder } from '../core/rule.js';

export default defineRule({
  id: 'os-family-missing',
  family: 'service',
  summary: 'osFamily is given.',
  why: "Microsoft's pages contradict each other about the default: one says 1, which is retired, another says 5. Who names the family knows what is deployed.",
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file',
  severity: 'warning',
  target: 'cses',
  messages: {
    missing: {
      message: 'No osFamily is given, and it is not clear which one is deployed then.',
      help: 'Add osFamily="7" (Windows Server 2022), or "6" (2019) or "5" (2016).',
    },
  },
  examples: {
    bad: [{ cscfg: document('') }, { cscfg: document('osVersion="*"') }],
    good: [{ cscfg: document('osFamily="7"') }, { cscfg: document('osVersion="#{OsVersion}"') }],
  },
  check({ report }) {
    return {
      ServiceConfiguration(root) {
        // Written in another letter case it is the business of schema-unknown-attribute.
        if (root.attributes.some(({ name }) => foldName(name) === 'osfamily')) return;
        const version = root.attribute('osVersion')?.value ?? '';
        if (parseGuestOsVersion(version) !== null || pipelinePlaceholder(version) !== null) return;
        report({ message: 'missing', at: root.nameSpan, data: {} });
      },
    };
  },
});

function document(attributes: string): string {
  return `<ServiceConfiguration serviceName="Shop" ${attributes} xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration" />`;
}
