// npm test: types, lint and all tests, two at a time. What each prints stays together.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** The file that a package's command runs. */
function commandOf(name, command = name) {
  const manifest = require.resolve(`${name}/package.json`);
  const { bin } = require(manifest);
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command]);
}

function run(title, script, args) {
  return new Promise((resolve) => {
    const started = performance.now();
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    child.stdout.on('data', (chunk) => (printed += chunk));
    child.stderr.on('data', (chunk) => (printed += chunk));
    child.on('close', (code) => {
      console.log(`== ${title}: ${code === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s\n${printed}`);
      resolve(code === 0);
    });
  });
}

/** Types, then tests: together they take about as long as lint. */
async function typesAndTests() {
  const types = await run('types', commandOf('typescript', 'tsc'), ['--noEmit']);
  const tests = await run('tests', commandOf('vitest'), ['run', ...process.argv.slice(2)]);
  return types && tests;
}

const passed = await Promise.all([typesAndTests(), run('lint', commandOf('eslint'), ['.'])]);
process.exitCode = passed.every(Boolean) ? 0 : 1;
