// The guest OS family can still be deployed.

import { defineRule, guestOsFamily, RETIRED_FAMILIES } from '../core/rule.js';

export default defineRule({
  id: 'os-family-retired',
  family: 'service',
  summary: 'osFamily is not a retired one.',
  why: 'Guest OS families 1 to 4 (Windows Server 2008 to 2012 R2) are retired: Azure takes no new deployments of them and gives them no updates.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/cloud-services-guestos-family-2-3-4-retirement',
  severity: 'error',
  target: 'cses',
  messages: {
    retired: {
      message: 'Guest OS family {osFamily} ({windows}) has been retired since {since}; Azure refuses new deployments of it.',
      help: 'Use osFamily="7" (Windows Server 2022), or "6" (2019) or "5" (2016), and try the roles on it first: they may need a newer .NET.',
    },
  },
  examples: {
    bad: [{ cscfg: document('osFamily="4" osVersion="*"') }, { cscfg: document('osVersion="WA-GUEST-OS-3.147_202502-01"') }],
    good: [{ cscfg: document('osFamily="5"') }, { cscfg: document('osFamily="7" osVersion="*"') }],
  },
  check({ report }) {
    return {
      ServiceConfiguration(root) {
        const said = guestOsFamily(root);
        const retired = said === null ? undefined : RETIRED_FAMILIES.get(said.family);
        if (said === null || retired === undefined) return;
        report({ message: 'retired', at: said.attribute.valueSpan, data: { osFamily: said.family, ...retired } });
      },
    };
  },
});

function document(attributes: string): string {
  return `<ServiceConfiguration serviceName="Shop" ${attributes} xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration" />`;
}
