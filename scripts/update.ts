// npm run update: writes every file that is generated from the rules, and the licences of what is bundled.

import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Rule } from '../src/core/rule.js';
import type * as Build from './build.mjs';
import { configReference, exampleConfig, registry, rulePages, ruleTable, schemaFile, validator } from './generated.js';
import { thirdPartyNotices } from './notices.js';
import { picture } from './picture.js';

const root = dirname(import.meta.dirname);

/** File names of the rules, without extension, sorted. */
export function ruleNames(): string[] {
  return readdirSync(join(root, 'src/rules'))
    .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
    .map((name) => name.slice(0, -'.ts'.length))
    .sort();
}

function write(path: string, content: string): void {
  const before = readFileSync(join(root, path), { encoding: 'utf8', flag: 'a+' });
  if (before === content) return;
  writeFileSync(join(root, path), content);
  console.log(`wrote ${path}`);
}

/** The rules as they are now, which this script itself was bundled before. */
async function loadRules(): Promise<readonly Rule[]> {
  const folder = mkdtempSync(join(root, 'node_modules', '.rules-'));
  try {
    const outfile = join(folder, 'rules.mjs');
    await build({ entryPoints: [join(root, 'src/rules/index.ts')], bundle: true, platform: 'node', format: 'esm', outfile });
    const loaded = (await import(pathToFileURL(outfile).href)) as { RULES: readonly Rule[] };
    return loaded.RULES;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

write('src/rules/index.ts', registry(ruleNames()));
const rules = await loadRules();
write('src/rules/README.md', ruleTable(rules));
mkdirSync(join(root, 'docs/rules'), { recursive: true });
const pages = rulePages(rules);
for (const name of readdirSync(join(root, 'docs/rules'))) if (!pages.has(`docs/rules/${name}`)) rmSync(join(root, 'docs/rules', name));
for (const [path, content] of pages) write(path, content);
write('docs/demo.svg', picture(readFileSync(join(root, 'fixtures/projects/rotation/expected.out'), 'utf8')));
write('docs/config.md', configReference(rules));
write('schema/rc.schema.json', schemaFile(rules));
write('src/core/config-schema.generated.js', validator(rules));
write('.cscfglintrc.example', exampleConfig(rules));
// The build knows its folder by where it lies, so it is not bundled into this script.
const { bundledPackages } = (await import(pathToFileURL(join(root, 'scripts/build.mjs')).href)) as typeof Build;
write('THIRD-PARTY-NOTICES.txt', thirdPartyNotices(await bundledPackages()));
