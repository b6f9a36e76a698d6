// osVersion is a release of the family that osFamily names.

import { defineRule, LIVE_FAMILIES, parseGuestOsVersion, RETIRED_FAMILIES } from '../core/rule.js';

export default defineRule({
  id: 'os-version-family-mismatch',
  family: 'service',
  summary: 'osVersion is a release of the family that osFamily names.',
  why: 'The name of a release begins with its family, so the two contradict each other where they differ.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/cloud-services-guestos-update-matrix',
  severity: 'error',
  target: 'cses',
  messages: {
    mismatch: {
      message: 'osVersion is a release of family {versionFamily}, but osFamily is {osFamily}.',
      help: 'Choose one: osVersion="*" with the osFamily that you want, or a release of that family.',
    },
  },
  examples: {
    bad: [{ cscfg: document('7', 'WA-GUEST-OS-6.80_202503-01') }],
    good: [{ cscfg: document('7', '*') }],
  },
  check({ report }) {
    return {
      ServiceConfiguration(root) {
        const [family, attribute] = [root.attribute('osFamily'), root.attribute('osVersion')];
        const version = attribute === undefined ? null : parseGuestOsVersion(attribute.value);
        if (family === undefined || attribute === undefined || version === null) return;
        const osFamily = family.value.trim();
        // What is no family at all is told by os-family-unknown.
        if (osFamily === version.family || !(LIVE_FAMILIES.has(osFamily) || RETIRED_FAMILIES.has(osFamily))) return;
        report({
          message: 'mismatch',
          at: attribute.valueSpan,
          data: { versionFamily: version.family, osFamily },
          related: [{ note: 'the family is given here', location: family.valueSpan }],
        });
      },
    };
  },
});

function document(family: string, version: string): string {
  return `<ServiceConfiguration serviceName="Shop" osFamily="${family}" osVersion="${version}" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration" />`;
}
