// cscfglint certs: every certificate of every role, and where it is.

import { createMatrix, type Matrix } from '../../core/matrix.js';
import { formatMatrixJson } from '../../formats/matrix-json.js';
import { formatMatrixMarkdown } from '../../formats/matrix-markdown.js';
import { formatMatrixText } from '../../formats/matrix-text.js';
import { loadPaint } from '../../formats/paint.js';
import { visible } from '../../formats/visible.js';
import { RULES } from '../../rules/index.js';
import type { Command } from '../command.js';
import { findFiles, gatherFor, readFiles, readNow, refuseTwiceUsedInput } from '../input.js';
import { readOutputs, writeOutput } from '../output.js';
import { loadTiming } from '../load-timing.js';

export const certsCommand: Command = async (args, host, version) => {
  refuseTwiceUsedInput(args);
  const outputs = readOutputs(args.format, ['text', 'json', 'markdown']);
  const timing = args.timing === true ? await loadTiming() : null;
  const found = await findFiles(args, host);
  timing?.end('finding files');
  const gathered = await gatherFor(found, args, host, readNow(args.now, host));
  timing?.end('configs and evidence');
  const failures = [...found.failures, ...gathered.failures];
  const matrix = createMatrix(readFiles(gathered.files, args, host, failures), gathered.evidence, timing?.around(RULES) ?? RULES);
  timing?.end('reading and comparing');
  for (const warning of [...gathered.warnings, ...gathered.shortfalls]) host.err(`cscfglint: warning: ${visible(warning)}\n`);
  for (const output of outputs) {
    const paint = await loadPaint(output.file === null && (args.color ?? host.colors));
    writeOutput(output, FORMATS[output.format](matrix, { paint, quiet: args.quiet === true, version }), host);
  }
  if (timing !== null) host.err(timing.table('output'));
  for (const failure of failures) host.err(`cscfglint: ${visible(failure)}\n`);
  // What was not read may hold certificates that nobody looked at.
  if (failures.length > 0 || matrix.files.some(({ isPartial }) => isPartial)) return 2;
  return matrix.summary.broken > 0 ? 1 : 0;
};

interface Options {
  readonly paint: Awaited<ReturnType<typeof loadPaint>>;
  readonly quiet: boolean;
  readonly version: string;
}

const FORMATS: Readonly<Record<'text' | 'json' | 'markdown', (matrix: Matrix, options: Options) => string>> = {
  text: (matrix, { paint, quiet }) => formatMatrixText(matrix, paint, quiet),
  json: (matrix, { version }) => formatMatrixJson(matrix, version),
  markdown: (matrix) => formatMatrixMarkdown(matrix),
};
