// Names in the .cscfg are spelled as in the .csdef, letter case included.

import { defineRule, escapeValue, pipelinePlaceholder, type DeclaredName, type NamedEntry } from '../core/rule.js';

const HELP = 'Write "{declared}" here.';

export default defineRule({
  id: 'name-case-mismatch',
  family: 'definition',
  summary: 'Names have the letter case that the .csdef gives them.',
  why: 'Azure’s client compares the names of roles and certificates without case. Other tools compare exactly, and so may the code of the role: spelled alike, a name is found by all of them.',
  source: 'https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1',
  severity: 'warning',
  fixable: 'unsafe',
  needs: ['definition'],
  messages: {
    role: { message: 'The role "{name}" is spelled "{declared}" in the service definition.', help: HELP },
    setting: { message: 'The setting "{name}" of role "{role}" is spelled "{declared}" in the service definition.', help: HELP },
    certificate: { message: 'The certificate "{name}" of role "{role}" is spelled "{declared}" in the service definition.', help: HELP },
  },
  examples: {
    bad: [
      { cscfg: '<Role name="web"><Instances count="2" /></Role>', csdef: '<WebRole name="Web" vmsize="Standard_A2_v2" />' },
      {
        cscfg: '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="queue" value="orders" /></ConfigurationSettings></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2"><ConfigurationSettings><Setting name="Queue" /></ConfigurationSettings></WebRole>',
      },
    ],
    good: [{ cscfg: '<Role name="Web"><Instances count="2" /></Role>', csdef: '<WebRole name="Web" vmsize="Standard_A2_v2" />' }],
  },
  check({ report }) {
    return {
      role({ element, name: role, compared }) {
        if (compared === null) return;
        const speak = (message: 'role' | 'setting' | 'certificate', { name, attribute }: Omit<NamedEntry, 'element'>, declared: Omit<DeclaredName, 'plugin'>) => {
          if (name === declared.name || pipelinePlaceholder(name) !== null) return;
          report({
            message,
            at: attribute.valueSpan,
            data: { role, name, declared: declared.name },
            related: [{ note: 'it is spelled like this here', location: declared.location }],
            fix: { title: `Write "${declared.name}"`, safety: 'unsafe', edits: [{ ...attribute.valueSpan, text: escapeValue(declared.name) }] },
          });
        };
        const attribute = element.attribute('name');
        const { defined, settings, certificates } = compared;
        if (attribute !== undefined) speak('role', { name: role, attribute }, defined);
        for (const [entry, declared] of settings.pairs) speak('setting', entry, declared);
        for (const [entry, declared] of certificates.pairs) speak('certificate', entry, declared);
      },
    };
  },
});
