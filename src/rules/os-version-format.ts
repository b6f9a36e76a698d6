// osVersion is * or the name of a release.

import { defineRule, parseGuestOsVersion, pipelinePlaceholder } from '../core/rule.js';

export default defineRule({
  id: 'os-version-format',
  family: 'service',
  summary: 'osVersion is "*" or the name of a guest OS release.',
  why: 'Azure knows a release by its configuration string, such as WA-GUEST-OS-7.50_202503-01; * stands for the newest one.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/cloud-services-guestos-update-matrix',
  severity: 'error',
  target: 'cses',
  messages: {
    empty: { message: 'osVersion is empty.', help: 'Write osVersion="*", or leave osVersion out: that is the same.' },
    format: {
      message: 'osVersion is "{version}"; it must be * or the name of a release, such as WA-GUEST-OS-7.50_202503-01.',
      help: 'Write osVersion="*": then Azure keeps the guest OS up to date.',
    },
  },
  examples: {
    bad: [{ cscfg: document('latest') }, { cscfg: document('7.50') }, { cscfg: document('WA-GUEST-OS-7.50_202513-01') }, { cscfg: document('') }],
    good: [{ cscfg: document('*') }, { cscfg: document('#{OsVersion}') }],
  },
  check({ report }) {
    return {
      ServiceConfiguration(root) {
        const attribute = root.attribute('osVersion');
        if (attribute === undefined) return;
        const { value: version, valueSpan: at } = attribute;
        if (version.trim() === '*' || parseGuestOsVersion(version) !== null || pipelinePlaceholder(version) !== null) return;
        // An empty value has nothing to underline, so its quotes are.
        if (version === '') report({ message: 'empty', at: { start: at.start - 1, end: at.end + 1 }, data: {} });
        else report({ message: 'format', at, data: { version } });
      },
    };
  },
});

function document(version: string): string {
  return `<ServiceConfiguration serviceName="Shop" osFamily="7" osVersion="${version}" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration" />`;
}
