// Cloud Services (extended support) ends on 2027-03-31: told once in a run.

import { AFTER_RETIREMENT, defineRule } from '../core/rule.js';

export default defineRule({
  id: 'cses-retirement',
  family: 'run',
  summary: 'Cloud Services (extended support) is retired on 2027-03-31.',
  why: 'After that day nothing runs there any more. Even what is deployed without a mistake has to move.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/overview',
  severity: 'info',
  target: 'cses',
  remark: true,
  messages: {
    ahead: {
      message: 'Cloud Services (extended support) is retired on 2027-03-31.',
      help: 'Plan the move to another service: Virtual Machine Scale Sets, App Service, Service Fabric or Container Apps.',
    },
    past: {
      message: 'Cloud Services (extended support) was retired on 2027-03-31.',
      help: 'Move to another service: Virtual Machine Scale Sets, App Service, Service Fabric or Container Apps.',
    },
  },
  examples: {
    bad: [{ cscfg: '<Role name="Web"><Instances count="2" /></Role>' }],
    good: [{ csdef: '<WebRole name="Web" vmsize="Standard_A2_v2" />' }],
  },
  check({ report, now }) {
    return {
      run({ at }) {
        report({ message: now < AFTER_RETIREMENT ? 'ahead' : 'past', at, data: {} });
      },
    };
  },
});
