// Says which values a pipeline fills in later, so that their content was not checked.

import { defineRule, pipelinePlaceholder, type AnyElement, type Attribute } from '../core/rule.js';

export default defineRule({
  id: 'unresolved-placeholder',
  family: 'service',
  summary: 'No value holds a pipeline placeholder any more.',
  why: 'A value that a pipeline fills in before deployment cannot be checked here. In a release pipeline, after the filling in, one that is left is a mistake: raise this rule to error there.',
  source: 'https://learn.microsoft.com/azure/devops/pipelines/process/variables',
  severity: 'info',
  target: 'cses',
  languages: ['cscfg', 'csdef'],
  unknown: ['thumbprint'],
  // Any other value fails pipelinePlaceholder's own first look.
  mentions: /__|[$%#{]|=\s*["'](?:\[|&lt;|your)/i,
  messages: {
    thumbprint: {
      message: 'The thumbprint of "{certificate}" holds the pipeline placeholder {token}: it was compared with nothing.',
      help: 'Nothing is to do if a pipeline fills it in. To check what it is filled with, run cscfglint after that step.',
    },
    placeholder: {
      message: 'The {attribute} of {owner} holds the pipeline placeholder {token}: its content was not checked.',
      help: 'Nothing is to do if a pipeline fills it in. To check what it is filled with, run cscfglint after that step.',
    },
    hidden: {
      message: 'The {attribute} of {owner} holds a pipeline placeholder: its content was not checked.',
      help: 'Nothing is to do if a pipeline fills it in. To check what it is filled with, run cscfglint after that step.',
    },
    setting: {
      message: 'The value of setting "{setting}" holds a pipeline placeholder: its content was not checked.',
      help: 'Nothing is to do if a pipeline fills it in. To check what it is filled with, run cscfglint after that step.',
    },
  },
  examples: {
    bad: [
      { cscfg: '<Certificate name="Tls" thumbprint="__WebThumbprint__" thumbprintAlgorithm="sha1" />' },
      { cscfg: '<Role name="Web"><Instances count="#{WebInstances}" /></Role>' },
      { csdef: '<WebRole name="Web" vmsize="#{WebSize}" />' },
    ],
    good: [{ cscfg: '<Role name="Web"><Instances count="2" /></Role>' }],
  },
  check({ report }) {
    return {
      '*'(element) {
        for (const attribute of element.attributes) {
          const isHidden = isShellText(element, attribute);
          const token = pipelinePlaceholder(isHidden ? attribute.value.replace(ENVIRONMENT_VARIABLE, '') : attribute.value);
          if (token === null || attribute.name.startsWith('xmlns')) continue;
          const at = attribute.valueSpan;
          // What looks like a placeholder in a setting, a variable or a command may be a part of a password: it is not printed.
          if (isHidden) report({ message: 'hidden', at, data: { attribute: attribute.name, owner: describe(element, attribute) } });
          else if (isSettingValue(element, attribute)) report({ message: 'setting', at, data: { setting: nameOf(element) } });
          else if (element.path === 'Role/Certificates/Certificate' && attribute.name === 'thumbprint') report({ message: 'thumbprint', at, data: { certificate: nameOf(element), token } });
          else report({ message: 'placeholder', at, data: { attribute: attribute.name, owner: describe(element, attribute), token } });
        }
      },
    };
  },
});

/** Windows puts these in when the command runs; no pipeline does. */
const ENVIRONMENT_VARIABLE = /%[^%]*%/g;

/** Whether an attribute of a .csdef holds a command line, or the value of an environment variable. */
function isShellText({ name: element }: AnyElement, { name }: Attribute): boolean {
  return name === 'commandLine' || (element === 'Variable' && name === 'value');
}

function isSettingValue(element: AnyElement, { name }: Attribute): boolean {
  return element.name === 'Setting' && name !== 'name';
}

function nameOf({ attributes }: AnyElement): string {
  return attributes.find(({ name }) => name === 'name')?.value ?? '';
}

function describe(element: AnyElement, attribute: Attribute): string {
  const name = attribute.name === 'name' ? '' : nameOf(element);
  return name === '' ? element.name : `${element.name} "${name}"`;
}
