// docs/config.md: every key that a config may hold, from its schema.

import { configSchema } from '../src/core/config.js';
import type { Rule } from '../src/core/rule.js';

/** The part of JSON Schema that the config's schema uses. */
interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
}

/** The whole page. */
export function configPage(rules: readonly Rule[], notice: string): string {
  const keys = keysOf(configSchema(rules) as Schema, '');
  return `# The config

<!-- ${notice} -->

\`.cscfglintrc\`, \`.cscfglintrc.json\` or \`.cscfglintrc.jsonc\`: JSON with comments and trailing commas; or the key \`cscfglint\` of a \`package.json\`. \`cscfglint init\` writes one that names what lies in a repository, and never over another; [.cscfglintrc.example](../.cscfglintrc.example) is one with everything in it. The schema for editors is \`node_modules/cscfglint/schema/rc.schema.json\`.

The nearest one from the linted file upwards holds, and no other. The search ends at the folder that holds \`.git\`; the home folder is left out. The working directory plays no part. Paths and patterns are relative to the file that they stand in. A config is never executed. \`cscfglint print-config FILE\` shows what holds for a file, and which config each part comes from.

An unknown key or rule is an error, with its place. An entry of \`evidence\` that matches no file is a warning; with \`require\`, the end of the run.

| key | value | meaning |
|---|---|---|
${keys.map(({ path, value, description }) => `| \`${path}\` | ${value} | ${cell(description)} |`).join('\n')}

The rules, with their default levels: [the list](../src/rules/README.md).
`;
}

interface Key {
  readonly path: string;
  readonly value: string;
  readonly description: string;
}

function keysOf({ properties = {}, required = [] }: Schema, prefix: string): Key[] {
  return Object.entries(properties).flatMap(([name, schema]): Key[] => {
    const path = `${prefix}${name}`;
    const key: Key = { path, value: `${valueOf(schema, name)}${required.includes(name) ? ', required' : ''}`, description: schema.description ?? '' };
    return [key, ...(name === 'rules' ? [] : keysBelow(schema, path))];
  });
}

/** What overrides say about evidence and rules is what the config says about them. */
function keysBelow({ properties, items, additionalProperties }: Schema, path: string): Key[] {
  if (path.startsWith('overrides[].')) return [];
  if (properties !== undefined) return keysOf({ properties }, `${path}.`);
  if (items?.properties !== undefined) return keysOf(items, `${path}[].`);
  return typeof additionalProperties === 'object' ? keysOf(additionalProperties, `${path}.*.`) : [];
}

function valueOf({ type, enum: values, items }: Schema, name: string): string {
  if (name === 'rule') return 'the id of a rule';
  if (values !== undefined) return values.map((value) => `\`"${value}"\``).join(' or ');
  if (type !== 'array') return type ?? '';
  return items?.enum === undefined ? `list of ${items?.type === 'object' ? 'objects' : 'strings'}` : `list of ${items.enum.map((value) => `\`"${value}"\``).join(', ')}`;
}

function cell(text: string): string {
  return text.replace(/[\\*_<>|$]/g, '\\$&');
}
