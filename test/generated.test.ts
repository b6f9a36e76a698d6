// Generated files are what npm run update would write.

import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bundledPackages } from '../scripts/build.mjs';
import { configReference, exampleConfig, registry, rulePages, ruleTable, schemaFile, validator } from '../scripts/generated.js';
import { thirdPartyNotices } from '../scripts/notices.js';
import { picture } from '../scripts/picture.js';
import { RULES } from '../src/rules/index.js';

const names = readdirSync('src/rules')
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();

describe('npm run update would change nothing in', () => {
  it.each([
    ['src/rules/index.ts', () => registry(names)],
    ['src/rules/README.md', () => ruleTable(RULES)],
    ['docs/config.md', () => configReference(RULES)],
    ['docs/demo.svg', () => picture(readFileSync('fixtures/projects/rotation/expected.out', 'utf8'))],
    ['schema/rc.schema.json', () => schemaFile(RULES)],
    ['src/core/config-schema.generated.js', () => validator(RULES)],
    ['.cscfglintrc.example', () => exampleConfig(RULES)],
    ['THIRD-PARTY-NOTICES.txt', async () => thirdPartyNotices(await bundledPackages())],
  ])('%s', async (path, generate) => {
    expect(readFileSync(path, 'utf8')).toBe(await generate());
  });

  it('docs/rules', () => {
    const pages = Object.fromEntries(readdirSync('docs/rules').map((name) => [`docs/rules/${name}`, readFileSync(`docs/rules/${name}`, 'utf8')]));
    expect(pages).toEqual(Object.fromEntries(rulePages(RULES)));
  });
});
