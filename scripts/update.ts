// npm run update: writes every file that is generated from the rules.

import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Rule } from '../src/core/rule.js';
import { exampleConfig, registry, ruleTable, schemaFile, validator } from './generated.js';

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
write('schema/rc.schema.json', schemaFile(rules));
write('src/core/config-schema.generated.js', validator(rules));
write('.cscfglintrc.example', exampleConfig(rules));
