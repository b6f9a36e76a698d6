// The guest OS is kept up to date.

import { defineRule, guestOsFamily, LIVE_FAMILIES, parseGuestOsVersion } from '../core/rule.js';

export default defineRule({
  id: 'os-version-pinned',
  family: 'service',
  summary: 'osVersion is "*", so that the guest OS is updated.',
  why: 'A pinned release gets no security updates. Azure disables each release a few months after it came out, and then refuses updates of deployments that name it.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/cloud-services-guestos-retirement-policy',
  severity: 'info',
  target: 'cses',
  messages: {
    pinned: {
      message: 'osVersion pins the guest OS release of {released}: it gets no security updates.',
      help: 'Write osVersion="*" unless there is a reason for this release.',
    },
    old: {
      message: 'osVersion pins the guest OS release of {released}, which is probably disabled by now: Azure then refuses updates of the deployment.',
      help: 'Write osVersion="*", or the name of a release that is still enabled.',
    },
  },
  examples: {
    bad: [{ cscfg: document('WA-GUEST-OS-7.70_202611-01') }, { cscfg: document('WA-GUEST-OS-7.50_202503-01') }],
    good: [{ cscfg: document('*') }, { cscfg: document('#{OsVersion}') }],
  },
  check({ report, now }) {
    return {
      ServiceConfiguration(root) {
        const attribute = root.attribute('osVersion');
        const version = attribute === undefined ? null : parseGuestOsVersion(attribute.value);
        // Of a family that is wrong, the rules about families tell.
        if (attribute === undefined || version === null || !LIVE_FAMILIES.has(version.family)) return;
        const family = guestOsFamily(root)?.family ?? version.family;
        if (family !== version.family) return;
        const age = now.getUTCFullYear() * 12 + now.getUTCMonth() - version.month;
        report({ message: age > MONTHS_ENABLED ? 'old' : 'pinned', at: attribute.valueSpan, data: { released: version.released } });
      },
    };
  },
});

/** A release is disabled about sixty days after the next one came, which comes every month. */
const MONTHS_ENABLED = 3;

function document(version: string): string {
  return `<ServiceConfiguration serviceName="Shop" osFamily="7" osVersion="${version}" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration" />`;
}
