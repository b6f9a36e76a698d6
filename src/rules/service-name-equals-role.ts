// The service is not called as one of its roles.

import { defineRule, foldName, isName, pipelinePlaceholder, type Attribute } from '../core/rule.js';

export default defineRule({
  id: 'service-name-equals-role',
  family: 'service',
  summary: 'serviceName is no name of a role.',
  why: 'Cloud Services (extended support) fails to deploy the network of a service that is called as one of its roles, with nothing but NetworkingInternalOperationError. The classic service let it pass.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/in-place-migration-common-errors',
  severity: 'warning',
  messages: {
    same: {
      message: 'The role "{role}" has the name of the service.',
      help: 'Rename the service in the .cscfg and the .csdef, or the role; otherwise the deployment may fail with NetworkingInternalOperationError, which says no more.',
    },
  },
  examples: {
    bad: [{ cscfg: '<Role name="shop"><Instances count="1" /></Role>' }],
    good: [{ cscfg: '<Role name="Shop.Web"><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    let service: Attribute | undefined;
    let isTold = false;
    return {
      ServiceConfiguration(root) {
        service = root.attribute('serviceName');
      },
      Role(role) {
        const name = role.attribute('name');
        if (name === undefined || service === undefined || isTold || foldName(name.value) !== foldName(service.value)) return;
        if (!isName(name.value) || pipelinePlaceholder(name.value) !== null) return;
        // A second role of that name is the business of role-duplicate.
        isTold = true;
        report({
          message: 'same',
          at: name.valueSpan,
          data: { role: name.value },
          related: [{ note: 'the service is named here', location: service.valueSpan }],
        });
      },
    };
  },
});
