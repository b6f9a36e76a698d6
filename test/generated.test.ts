// Generated files are what npm run update would write.

import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { exampleConfig, registry, ruleTable, schemaFile, validator } from '../scripts/generated.js';
import { RULES } from '../src/rules/index.js';

const names = readdirSync('src/rules')
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();

describe('npm run update would change nothing in', () => {
  it.each([
    ['src/rules/index.ts', () => registry(names)],
    ['src/rules/README.md', () => ruleTable(RULES)],
    ['schema/rc.schema.json', () => schemaFile(RULES)],
    ['src/core/config-schema.generated.js', () => validator(RULES)],
    ['.cscfglintrc.example', () => exampleConfig(RULES)],
  ])('%s', (path, generate) => {
    expect(readFileSync(path, 'utf8')).toBe(generate());
  });
});
