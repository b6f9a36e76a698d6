// cscfglint inspect: what is in files of evidence. No linting.

import { resolve } from 'node:path';
import type { Inspection } from '../../core/inspection.js';
import { isUnread } from '../../core/inspection.js';
import { MAX_TEXT_BYTES, decode } from '../../core/source.js';
import { inspectCertificates, inspectExport, inspectService, isExport, refused } from '../../evidence/inspect.js';
import { readPfx } from '../../evidence/pfx.js';
import { formatInspectionsJson } from '../../formats/inspection-json.js';
import { formatInspectionsText } from '../../formats/inspection-text.js';
import { loadPaint } from '../../formats/paint.js';
import type { Arguments } from '../args.js';
import type { Command } from '../command.js';
import { nodeCrypto } from '../crypto.js';
import { notText, readBytes, readCertificates } from '../evidence.js';
import { Failure } from '../failure.js';
import { findEvidence, shownPath } from '../files.js';
import type { Host } from '../host.js';
import { STDIN, STDIN_NAME, readNow, refuseTwiceUsedInput } from '../input.js';
import { readOutputs, writeOutput } from '../output.js';
import { Passwords } from '../passwords.js';

export const inspectCommand: Command = async (args, host, version) => {
  refuseTwiceUsedInput(args);
  const outputs = readOutputs(args.format, ['text', 'json']);
  const now = readNow(args.now, host);
  const passwords = new Passwords(host, { env: args['pfx-password-env'], files: args['pfx-password-file'], stdin: args['pfx-password-stdin'] === true });
  const inspections: Inspection[] = [];
  for (const path of await pathsOf(args, host)) inspections.push(await inspect(path, args, host, passwords));
  for (const output of outputs) {
    const paint = await loadPaint(output.file === null && (args.color ?? host.colors));
    const text = output.format === 'json' ? formatInspectionsJson(inspections, version) : formatInspectionsText(inspections, { paint, now, quiet: args.quiet === true });
    writeOutput(output, text, host);
  }
  return inspections.some(isUnread) ? 2 : 0;
};

/** Each file once, in the order given; what matches nothing stays, to be told of. Throws a {@link Failure} for a folder. */
async function pathsOf(args: Arguments, host: Host): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for (const pattern of args.paths) {
    const found = pattern === STDIN ? [] : await findEvidence(pattern, host.cwd);
    if (found === 'folder') throw new Failure(`${pattern} is a folder.`, `Name the files in it: cscfglint inspect ${pattern.replace(/[\\/]$/, '')}/*`);
    for (const path of found.length === 0 ? [pattern] : found) paths.add(path);
  }
  return paths;
}

async function inspect(path: string, args: Arguments, host: Host, passwords: Passwords): Promise<Inspection> {
  const shown = path === STDIN ? (args['stdin-filename'] ?? STDIN_NAME) : shownPath(resolve(host.cwd, path), host.cwd);
  const read = path === STDIN ? { bytes: host.readInput() } : readBytes(resolve(host.cwd, path), MAX_TEXT_BYTES);
  if ('problem' in read) return refused(shown, [{ ...read.problem, at: null }]);
  const { bytes } = read;
  const decoded = decode(shown, bytes);
  if (decoded.ok) {
    const service = inspectService(decoded.source);
    if (service !== null) return service;
    if (isExport(decoded.source)) return inspectExport(decoded.source, { crypto: nodeCrypto, readPfx, cloudService: args['cloud-service'] ?? null });
  } else if (bytes[0] === 0x7b || bytes[0] === 0x5b) {
    return refused(shown, [{ ...notText(bytes, { path: shown, span: null }), at: null }]);
  }
  return inspectCertificates(await readCertificates(shown, bytes, passwords.general(), passwords));
}
