// The outermost element is ServiceConfiguration.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'schema-root',
  family: 'schema',
  summary: 'The outermost element is ServiceConfiguration.',
  why: 'Anything else is not a service configuration, so nothing more can be checked.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file',
  severity: 'error',
  messages: {
    definition: {
      message: 'This is a service definition, not a service configuration.',
      help: 'Its file name should end in .csdef.',
    },
    plugin: {
      message: 'This is a plugin of a service definition (RoleModule), not a service configuration.',
      help: 'Lint the .cscfg of the service instead.',
    },
    project: {
      message: 'This is a project file of MSBuild, not a service configuration.',
      help: 'Lint the .cscfg that lies beside the .ccproj.',
    },
    'publish-profile': {
      message: 'This is a file with publish settings, not a service configuration.',
      help: 'Lint the .cscfg that it names.',
    },
    unknown: {
      message: 'The outermost element is {name}, not ServiceConfiguration.',
      help: 'Element names keep their letter case: check the name, and that this is the right file.',
    },
  },
  examples: {
    bad: [{ cscfg: '<ServiceDefinition name="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"/>' }],
    good: [{ cscfg: '<Role name="Web"><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    return {
      'schema:root'({ name, nameSpan }) {
        report({ message: KNOWN.get(name) ?? 'unknown', at: nameSpan, data: { name } });
      },
    };
  },
});

const KNOWN = new Map<string, 'definition' | 'plugin' | 'project' | 'publish-profile'>([
  ['ServiceDefinition', 'definition'],
  ['RoleModule', 'plugin'],
  ['Project', 'project'],
  ['PublishData', 'publish-profile'],
]);
