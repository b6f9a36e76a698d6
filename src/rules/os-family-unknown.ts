// The guest OS family is one that Azure is known to have.

import { defineRule, guestOsFamily, LIVE_FAMILIES, RETIRED_FAMILIES } from '../core/rule.js';

export default defineRule({
  id: 'os-family-unknown',
  family: 'service',
  summary: 'osFamily is a known family: 5, 6 or 7 today.',
  why: 'osFamily is the number of a guest OS family, not a year or a version of Windows. The list may grow, hence no error.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/cloud-services-guestos-update-matrix',
  severity: 'warning',
  target: 'cses',
  messages: {
    empty: { message: 'osFamily is empty.', help: 'Write osFamily="7" (Windows Server 2022), or "6" (2019) or "5" (2016).' },
    unknown: {
      message: 'The guest OS family is "{osFamily}", which is no known one.',
      help: 'Write the number of a family: 7 (Windows Server 2022), 6 (2019) or 5 (2016). If a newer one has come, set this rule to off.',
    },
  },
  examples: {
    bad: [{ cscfg: document('2019') }, { cscfg: document('') }],
    good: [{ cscfg: document('6') }, { cscfg: document('%OsFamily%') }],
  },
  check({ report }) {
    return {
      ServiceConfiguration(root) {
        const said = guestOsFamily(root);
        if (said === null || LIVE_FAMILIES.has(said.family) || RETIRED_FAMILIES.has(said.family)) return;
        const { family: osFamily, attribute } = said;
        const { start, end } = attribute.valueSpan;
        // An empty value has nothing to underline, so its quotes are.
        if (osFamily === '') report({ message: 'empty', at: { start: start - 1, end: end + 1 }, data: {} });
        else report({ message: 'unknown', at: { start, end }, data: { osFamily } });
      },
    };
  },
});

function document(family: string): string {
  return `<ServiceConfiguration serviceName="Shop" osFamily="${family}" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration" />`;
}
