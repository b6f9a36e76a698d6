// Runs a TypeScript file of this repository: bundles it to a temporary file and imports that.

import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [file, ...rest] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: node scripts/run.mjs FILE.ts [ARGUMENT…]');

// Inside the repository, so that packages are found from there.
const folder = mkdtempSync(join(root, 'node_modules', '.run-'));
const outfile = join(folder, 'script.mjs');
process.argv = [process.argv[0] ?? '', resolve(root, file), ...rest];
try {
  await build({ entryPoints: [resolve(root, file)], bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile, logLevel: 'warning', define: { 'import.meta.dirname': JSON.stringify(dirname(resolve(root, file))) } });
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
