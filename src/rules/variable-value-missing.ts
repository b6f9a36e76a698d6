// An environment variable of the service definition says where its value comes from.

import { defineRule, type AnyElement, type Element } from '../core/rule.js';

type Path = 'WebRole/Startup/Task/Environment/Variable' | 'WorkerRole/Startup/Task/Environment/Variable' | 'WebRole/Runtime/Environment/Variable' | 'WorkerRole/Runtime/Environment/Variable';

type Variable = Element<Path>;

export default defineRule({
  id: 'variable-value-missing',
  family: 'definition',
  languages: ['csdef'],
  summary: 'A Variable has a value, or a RoleInstanceValue.',
  why: 'A Variable sets an environment variable for a startup task or the role: to its value, or to what RoleInstanceValue picks from the running instance. The documentation demands one of the two; the schema lets a Variable with neither pass, and what the task reads then is nothing.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'warning',
  messages: {
    absent: {
      message: 'The variable "{variable}" of role "{role}" has neither a value nor a RoleInstanceValue.',
      help: 'Add value="…", or <RoleInstanceValue xpath="…" /> into the Variable; value="" is an empty one on purpose.',
    },
  },
  examples: {
    bad: [{ csdef: roleWith('<Variable name="MODE" />') }],
    good: [{ csdef: roleWith('<Variable name="MODE" value="live" />') }, { csdef: roleWith('<Variable name="ID"><RoleInstanceValue xpath="/RoleEnvironment/Deployment/@id" /></Variable>') }],
  },
  check({ report }) {
    /** Of the variable that is open: whether it has a value, or something is told of it that was meant to give it one. */
    let hasValue = false;
    const open = (variable: Variable) => {
      hasValue ||= variable.attribute('value') !== undefined;
    };
    const pick = () => {
      hasValue = true;
    };
    const close = (variable: Variable) => {
      const name = variable.attribute('name')?.value;
      if (!hasValue && name !== undefined) report({ message: 'absent', at: variable.nameSpan, data: { role: roleOf(variable), variable: name } });
      hasValue = false;
    };
    return {
      'schema:unknown-attribute'({ element }) {
        hasValue ||= element.name === 'Variable';
      },
      'schema:unknown-element'({ parent }) {
        hasValue ||= parent.name === 'Variable';
      },
      'schema:text'({ parent }) {
        hasValue ||= parent.name === 'Variable';
      },
      'WebRole/Startup/Task/Environment/Variable': open,
      'WorkerRole/Startup/Task/Environment/Variable': open,
      'WebRole/Runtime/Environment/Variable': open,
      'WorkerRole/Runtime/Environment/Variable': open,
      'WebRole/Startup/Task/Environment/Variable/RoleInstanceValue': pick,
      'WorkerRole/Startup/Task/Environment/Variable/RoleInstanceValue': pick,
      'WebRole/Runtime/Environment/Variable/RoleInstanceValue': pick,
      'WorkerRole/Runtime/Environment/Variable/RoleInstanceValue': pick,
      'WebRole/Startup/Task/Environment/Variable:exit': close,
      'WorkerRole/Startup/Task/Environment/Variable:exit': close,
      'WebRole/Runtime/Environment/Variable:exit': close,
      'WorkerRole/Runtime/Environment/Variable:exit': close,
    };
  },
});

function roleOf(variable: Variable): string {
  let element: AnyElement | null = variable;
  while (element !== null && element.name !== 'WebRole' && element.name !== 'WorkerRole') element = element.parent;
  return element?.attributes.find(({ name }) => name === 'name')?.value ?? '';
}

function roleWith(variable: string): string {
  return `<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Startup><Task commandLine="start.cmd"><Environment>${variable}</Environment></Task></Startup></WorkerRole>`;
}
