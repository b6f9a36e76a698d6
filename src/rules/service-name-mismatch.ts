// The .cscfg and the .csdef name the same service.

import { defineRule, escapeValue, foldName, pipelinePlaceholder } from '../core/rule.js';

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
  check({ report, evidence }) {
    return {
      ServiceConfiguration(root) {
        const here = root.attribute('serviceName');
        const { name: there } = evidence.definition;
        if (here === undefined || there === null || here.value === '' || there.value === '' || foldName(here.value) === foldName(there.value)) return;
        if (pipelinePlaceholder(here.value) !== null || pipelinePlaceholder(there.value) !== null) return;
        report({
          message: 'differs',
          at: here.valueSpan,
          data: { name: here.value, declared: there.value },
          related: [{ note: 'the service definition', location: there.location }],
          fix: { title: `Write "${there.value}"`, safety: 'unsafe', edits: [{ ...here.valueSpan, text: escapeValue(there.value) }] },
        });
      },
    };
  },
});
