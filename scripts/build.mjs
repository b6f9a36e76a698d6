// Builds what the package ships: the command (CommonJS starts faster), the library (ESM), and the types.

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Modules that the command loads only when it needs them. They are built as ESM into dist/lazy, and stay out of the
 * bundle that every run loads.
 */
const LAZY = {
  baseline: 'src/cli/baseline.ts',
  timing: 'src/cli/timing.ts',
  yargs: 'yargs',
  tinyglobby: 'tinyglobby',
  ...Object.fromEntries(
    ['colored-text', 'compact', 'json', 'sarif', 'junit', 'github', 'azure', 'gitlab', 'checkstyle', 'rdjson', 'markdown'].map((name) => [name, `src/formats/${name}.ts`]),
  ),
  fix: 'src/cli/fix.ts',
  evidence: 'src/cli/evidence.ts',
  rules: 'src/rules/index.ts',
  ...Object.fromEntries(['inspect', 'certs', 'rules', 'explain', 'print-config', 'list-files', 'init', 'completion'].map((name) => [`command-${name}`, `src/cli/commands/${name}.ts`])),
  'evidence-json': 'src/evidence/json.ts',
  'config-schema': 'src/core/config-schema.generated.js',
};

const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  absWorkingDir: root,
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  legalComments: 'none',
  define: { VERSION: JSON.stringify(version) },
};

/** Leaves dynamic imports of the lazy modules to run time. */
const lazily = {
  name: 'lazily',
  setup({ onResolve }) {
    const byFile = new Map(Object.entries(LAZY).map(([name, file]) => [file.startsWith('src/') ? resolve(root, file) : file, name]));
    onResolve({ filter: /.*/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const file = path.startsWith('.') ? resolve(resolveDir, path.replace(/(?<!generated)\.js$/, '.ts')) : path;
      const name = byFile.get(file);
      return name === undefined ? undefined : { path: `./lazy/${name}.js`, external: true };
    });
  },
};

/** Packages that a sound file hardly ever needs. They are required when their first function is called. */
const LATER = { saxes: 'SaxesParser', ignore: 'default', 'yargs-parser/browser': 'default' };

/** How such a package is called in dist/lazy. */
function laterName(path) {
  return path.split('/')[0];
}

const packagesLater = {
  name: 'packages-later',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: new RegExp(`^(?:${Object.keys(LATER).join('|')})$`) }, ({ path, namespace }) => (namespace === 'later' ? undefined : { path, namespace: 'later' }));
    onResolve({ filter: /^\.\/lazy\// }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /.*/, namespace: 'later' }, ({ path }) => {
      const call = LATER[path] === 'default' ? '(loaded.default ?? loaded)(...values)' : `new loaded.${LATER[path]}(...values)`;
      const name = LATER[path] === 'default' ? 'default function later' : `function ${LATER[path]}`;
      return { contents: `let loaded;\nexport ${name}(...values) { loaded ??= require('./lazy/${laterName(path)}.cjs'); return ${call}; }`, resolveDir: root };
    });
  },
};

/**
 * Leaves out of the command what a service configuration alone does not need: the examples of all rules, their words until
 * one has something to say, and the checks of those that compare with other files, which cli/gather.ts loads with these. All
 * of it is parsed at every start.
 */
const rulesInShort = {
  name: 'rules-in-short',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^rule-words$/ }, ({ path }) => ({ path, namespace: 'rule-words' }));
    onLoad({ filter: /.*/, namespace: 'rule-words' }, () => ({ contents: RULE_WORDS, resolveDir: root }));
    onLoad({ filter: /[\\/]src[\\/]rules[\\/][^\\/]+\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { loader: 'ts', contents: basename(path) === 'index.ts' ? text : inShort(text, path) };
    });
  },
};

/** What a rule says. */
const WORDS = ['summary', 'why', 'source', 'messages'];

/** What rules in short inherit from. */
const RULE_WORDS = `
let words;
const wordsOf = (id) => (words ??= require('./lazy/rule-words.json'))[id];
export const inShort = {
  ${WORDS.map((part) => `get ${part}() { return wordsOf(this.id).${part}; },`).join('\n  ')}
  examples: { bad: [], good: [] },
};
export const withoutCheck = { __proto__: inShort, check() { throw new Error(this.id + ' is not loaded'); } };
`;

/** The text of a rule's file without parts of the rule, which it inherits instead. */
function inShort(text, path) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const [rule] = file.statements.find(ts.isExportAssignment)?.expression.arguments ?? [];
  if (rule === undefined || !ts.isObjectLiteralExpression(rule)) throw new Error(`${path} exports no rule`);
  const parts = new Map(rule.properties.map((property) => [property.name?.getText(file), property]));
  const languages = parts.get('languages')?.initializer.getText(file);
  const needsOthers = parts.has('needs') || parts.has('anyOf') || languages === "['csdef']";
  // A remark is made in every run.
  const left = parts.has('remark') ? ['examples'] : [...WORDS, 'examples', ...(needsOthers ? ['check'] : [])];
  const edits = left.map((name) => ({ start: parts.get(name).getFullStart(), end: parts.get(name).end + (text[parts.get(name).end] === ',' ? 1 : 0) }));
  const short = edits.sort((a, b) => b.start - a.start).reduce((before, { start, end }) => before.slice(0, start) + before.slice(end), text);
  const begin = rule.getStart(file) + 1;
  return `import { inShort, withoutCheck } from 'rule-words';\n${short.slice(0, begin)} __proto__: ${needsOthers && !parts.has('remark') ? 'withoutCheck' : 'inShort'},${short.slice(begin)}`;
}

/** The command, which every run loads. */
const COMMAND = {
  ...common,
  entryPoints: { cscfglint: 'src/cli/bin.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  // Names stay, for the stack of --debug; the rest is read on every start.
  minifyWhitespace: true,
  minifySyntax: true,
  banner: { js: '#!/usr/bin/env node' },
  plugins: [lazily, rulesInShort, packagesLater],
};

/** What the command requires later. */
const COMMAND_LATER = {
  ...common,
  entryPoints: Object.fromEntries(Object.keys(LATER).map((path) => [`lazy/${laterName(path)}`, path])),
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  // Of `ignore` the CommonJS form is the function itself.
  mainFields: ['main'],
  format: 'cjs',
  minifyWhitespace: true,
  minifySyntax: true,
};

/** The library, and what the command loads when it needs it. */
const LIBRARY = {
  ...common,
  entryPoints: { index: 'src/index.ts', 'node-crypto': 'src/cli/crypto.ts', ...Object.fromEntries(Object.entries(LAZY).map(([name, file]) => [`lazy/${name}`, file])) },
  outdir: 'dist',
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  // Bundled CommonJS asks for Node's own modules through require.
  banner: { js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);" },
};

/** Builds the bundles into dist, and leaves the declarations there alone. */
export async function bundle() {
  for (const name of ['cscfglint.cjs', 'index.js', 'node-crypto.js', 'lazy', 'chunks']) rmSync(resolve(root, 'dist', name), { recursive: true, force: true });
  await Promise.all([build(COMMAND), build(COMMAND_LATER), build(LIBRARY)]);
  const { RULES } = await import(`${pathToFileURL(resolve(root, 'dist/index.js')).href}?${Date.now()}`);
  const words = RULES.map((rule) => [rule.id, Object.fromEntries(WORDS.map((part) => [part, rule[part]]))]);
  writeFileSync(resolve(root, 'dist/lazy/rule-words.json'), JSON.stringify(Object.fromEntries(words)));
  chmodSync(resolve(root, 'dist/cscfglint.cjs'), 0o755);
}

/** Folders of the packages of which the bundles hold a part, relative to this project, sorted. */
export async function bundledPackages() {
  const built = await Promise.all([COMMAND, COMMAND_LATER, LIBRARY].map((options) => build({ ...options, write: false, metafile: true })));
  const files = built.flatMap(({ metafile }) => Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []))));
  const folders = files.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/** Writes the declarations of the library into dist/types. */
export function declarations() {
  const tsc = resolve(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', resolve(root, 'tsconfig.build.json')], { stdio: 'inherit', cwd: root });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  // Without the build's own packages (npm install --omit=dev of a packed copy) there is nothing to do.
  if (existsSync(resolve(root, 'src'))) {
    await bundle();
    declarations();
  }
}
