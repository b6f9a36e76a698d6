// fixtures/projects/<case>: whole services. argv.txt holds the arguments, one a line; expected.out what is printed where, and the exit code.
// After a wanted change: npx vitest run test/projects.test.ts -u, and read the difference.

import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './support/cli.js';

const root = resolve('fixtures/projects');

describe('projects', () => {
  it.each(readdirSync(root))('%s', async (name) => {
    const cwd = resolve(root, name);
    const argv = readFileSync(resolve(cwd, 'argv.txt'), 'utf8').trim().split('\n');
    const { code, out, err } = await run(argv, { cwd });
    const printed = [`$ cscfglint ${argv.join(' ')}`, out.trimEnd(), err === '' ? '' : `--- standard error\n${err.trimEnd()}`, `--- exit code ${code}`];
    await expect(`${printed.filter((part) => part !== '').join('\n')}\n`).toMatchFileSnapshot(resolve(cwd, 'expected.out'));
  });
});
