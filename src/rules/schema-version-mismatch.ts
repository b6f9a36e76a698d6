// The .cscfg and the .csdef are of one version of the schema.

import { defineRule, isKnownSchemaVersion, pipelinePlaceholder } from '../core/rule.js';

export default defineRule({
  id: 'schema-version-mismatch',
  family: 'definition',
  summary: 'The .cscfg and the .csdef have the same schemaVersion.',
  why: 'Nothing is known to refuse two versions. They tell that the files come from different versions of the SDK, so that one of them may be a copy of another service’s, or may have been left out of an upgrade.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file',
  severity: 'info',
  needs: ['definition'],
  messages: {
    differs: {
      message: 'The schemaVersion is {here} here and {there} in the service definition.',
      help: 'Upgrade the older file to the version of the SDK that builds the package.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<ServiceDefinition name="Shop" schemaVersion="2014-06.2.4" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"><WebRole name="Web" vmsize="Standard_A2_v2" /></ServiceDefinition>',
      },
    ],
    good: [
      {
        cscfg: '<Role name="Web"><Instances count="2" /></Role>',
        csdef: '<ServiceDefinition name="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"><WebRole name="Web" vmsize="Standard_A2_v2" /></ServiceDefinition>',
      },
    ],
  },
  check({ report, evidence }) {
    return {
      ServiceConfiguration(root) {
        const here = root.attribute('schemaVersion');
        const { schemaVersion: there } = evidence.definition;
        if (here === undefined || there === null || here.value === there.value) return;
        if (pipelinePlaceholder(here.value) !== null || pipelinePlaceholder(there.value) !== null) return;
        // One that no SDK has is told by itself.
        if (!isKnownSchemaVersion(here.value) || !isKnownSchemaVersion(there.value)) return;
        report({ message: 'differs', at: here.valueSpan, data: { here: here.value, there: there.value }, related: [{ note: 'the other one', location: there.location }] });
      },
    };
  },
});
