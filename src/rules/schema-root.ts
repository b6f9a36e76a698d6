// The outermost element is the one of the file's language.

import { defineRule, type WrongRoot } from '../core/rule.js';

export default defineRule({
  id: 'schema-root',
  family: 'schema',
  summary: 'The outermost element is ServiceConfiguration; in a .csdef, ServiceDefinition.',
  why: 'Anything else is neither a service configuration nor a service definition, so nothing more can be checked.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file',
  severity: 'error',
  languages: ['cscfg', 'csdef'],
  messages: {
    definition: {
      message: 'This is a service definition, not a service configuration.',
      help: 'Its file name should end in .csdef.',
    },
    configuration: {
      message: 'This is a service configuration, not a service definition.',
      help: 'Its file name should end in .cscfg.',
    },
    plugin: {
      message: 'This is a plugin of a service definition (RoleModule), not a {what}.',
      help: 'Lint the .cscfg of the service instead.',
    },
    project: {
      message: 'This is a project file of MSBuild, not a {what}.',
      help: 'Lint the .cscfg that lies beside the .ccproj.',
    },
    'publish-profile': {
      message: 'This is a file with publish settings, not a {what}.',
      help: 'Lint the .cscfg that it names.',
    },
    unknown: {
      message: 'The outermost element is {name}, not {root}.',
      help: 'Element names keep their letter case: check the name, and that this is the right file.',
    },
  },
  examples: {
    bad: [{ cscfg: '<ServiceDefinition name="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"/>' }],
    good: [{ cscfg: '<Role name="Web"><Instances count="1" /></Role>' }],
  },
  check({ report }) {
    return {
      'schema:root'({ name, nameSpan, language }) {
        report({ message: KNOWN.get(name) ?? 'unknown', at: nameSpan, data: { name, ...EXPECTED[language] } });
      },
    };
  },
});

const EXPECTED: Readonly<Record<WrongRoot['language'], { readonly root: string; readonly what: string }>> = {
  cscfg: { root: 'ServiceConfiguration', what: 'service configuration' },
  csdef: { root: 'ServiceDefinition', what: 'service definition' },
};

const KNOWN = new Map<string, 'definition' | 'configuration' | 'plugin' | 'project' | 'publish-profile'>([
  ['ServiceDefinition', 'definition'],
  ['ServiceConfiguration', 'configuration'],
  ['RoleModule', 'plugin'],
  ['Project', 'project'],
  ['PublishData', 'publish-profile'],
]);
