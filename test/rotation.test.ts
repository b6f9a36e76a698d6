// docs/rotation.md, step by step on a copy of fixtures/projects/rotation: what it shows is what the program prints.
// After a wanted change: npx vitest run test/rotation.test.ts -u, and read the difference.

import { cpSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { run } from './support/cli.js';
import { doIn, emptyFolder } from './support/repository.js';

/** The words of a command as a shell takes them, which leaves a quoted pattern to the program. */
const wordsOf = (command: string) => Array.from(command.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? '');

it('docs/rotation.md shows what is printed', async () => {
  const cwd = emptyFolder();
  cpSync('fixtures/projects/rotation', cwd, { recursive: true });
  const codes: number[] = [];
  const page: string[] = [];
  for (const part of readFileSync('docs/rotation.md', 'utf8').split(/^(```(?:sh|console)\n[\s\S]*?^```$)/m)) {
    const [fence, first = '', ...rest] = part.split('\n');
    if (fence === '```sh') doIn(cwd, 'bash', ['-ec', [first, ...rest.slice(0, -1)].join('\n')]);
    if (fence !== '```console') {
      page.push(part);
      continue;
    }
    const { code, out, err } = await run(wordsOf(first.replace('$ cscfglint ', '')), { cwd });
    codes.push(code);
    page.push([fence, first, `${out}${err}`.trimEnd(), '```'].join('\n'));
  }
  expect(codes).toEqual([0, 1, 1, 0]);
  await expect(page.join('')).toMatchFileSnapshot('../docs/rotation.md');
});
