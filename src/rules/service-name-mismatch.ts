// The .cscfg and the .csdef name the same service.

import { defineRule, escapeValue, foldName, pipelinePlaceholder, type Attribute, type Related } from '../core/rule.js';

export default defineRule({
  id: 'service-name-mismatch',
  family: 'definition',
  summary: 'The serviceName of the .cscfg is the name of the service definition.',
  why: 'The documentation demands that they match, and a migration to Cloud Services (extended support) refuses them where they do not. Azure’s client does not compare them.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file',
  severity: 'warning',
  fixable: 'unsafe',
  needs: ['definition'],
  messages: {
    empty: {
      message: 'serviceName is empty; the service definition calls the service "{declared}".',
      help: 'Write "{declared}" here.',
    },
    differs: {
      message: 'The service is called "{name}" here and "{declared}" in the service definition.',
      help: 'Write "{declared}" here, or rename the service in the .csdef and build the package again. If this is the .cscfg of another service, name its own .csdef with --csdef.',
      azure:
        "XrpPaaSMigrationCscfgCsdefValidationMismatch: Migration could not be completed on deployment <deployment> in hosted service <service> because the deployment's metadata is stale. Please abort the migration and upgrade the deployment before retrying migration. Validation Message: The service name '{declared}'in the service definition file does not match the name '{name}' in the service configuration file",
      azureSeen: 'similar',
    },
  },
  examples: {
    bad: [{ cscfg: '<Role name="Web"><Instances count="2" /></Role>', csdef: '<ServiceDefinition name="Store" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"><WebRole name="Web" vmsize="Standard_A2_v2" /></ServiceDefinition>' }],
    good: [{ cscfg: '<Role name="Web"><Instances count="2" /></Role>', csdef: '<WebRole name="Web" vmsize="Standard_A2_v2" />' }],
  },
  check({ report, evidence: { definition } }) {
    const roles = new Set<string>();
    let serviceName: Attribute | undefined;
    return {
      ServiceConfiguration(root) {
        serviceName = root.attribute('serviceName');
      },
      Role(role) {
        roles.add(foldName(role.attribute('name')?.value ?? ''));
      },
      end() {
        const { name: there } = definition;
        if (serviceName === undefined || there === null || there.value === '' || pipelinePlaceholder(there.value) !== null) return;
        const { value: name, valueSpan } = serviceName;
        if (foldName(name) === foldName(there.value) || pipelinePlaceholder(name) !== null) return;
        const data = { name, declared: there.value };
        const related: Related[] = [{ note: 'the service definition', location: there.location }];
        const fix = { title: `Write "${there.value}"`, safety: 'unsafe', edits: [{ ...valueSpan, text: escapeValue(there.value) }] } as const;
        // An empty value has nothing to underline, so its quotes are.
        if (name === '') report({ message: 'empty', at: { start: valueSpan.start - 1, end: valueSpan.end + 1 }, data, related, fix });
        // A service that is called as a role is the business of service-name-equals-role.
        else if (!roles.has(foldName(name))) report({ message: 'differs', at: valueSpan, data, related, fix });
      },
    };
  },
});
