// The matrix of certificates for a terminal of eighty columns: two lines of facts per certificate, and the next step.

import { LINKS, type Cell, type Matrix, type MatrixFile, type MatrixRow } from '../core/matrix.js';
import { comparedWith } from './summary.js';
import type { Paint, Style } from './text.js';
import { visible } from './visible.js';
import { padTo, width, wrap } from './width.js';

const COLUMNS = 80;

/** How each link is headed. */
export const HEADINGS = { cscfg: '.cscfg', csdef: '.csdef', pfx: '.pfx', vault: 'vault', osProfile: 'osProfile' } as const satisfies Record<(typeof LINKS)[number], string>;

const CELL_WIDTH = 12;

/** Stands behind the first broken link. */
const MARK = ' <--';

/** Thumbprints stay whole. `quiet`: only certificates with a broken link or an open question, and no last line. */
export function formatMatrixText(matrix: Matrix, paint: Paint, quiet: boolean): string {
  const blocks = matrix.files.map((file) => fileBlock(file, paint, quiet)).filter((block) => block !== '');
  if (!quiet) blocks.push(`${wrap(lastLine(matrix), COLUMNS)}\n`);
  return blocks.join('\n');
}

function fileBlock({ path, rows, problem }: MatrixFile, paint: Paint, quiet: boolean): string {
  const shown = quiet ? rows.filter((row) => row.broken !== null || Object.values(row.cells).includes('unknown')) : rows;
  if (quiet && shown.length === 0 && problem === null) return '';
  const lines = [paint('strong', visible(path))];
  if (problem !== null) lines.push(wrap(`  ${visible(problem)}`, COLUMNS, '  '));
  else if (rows.length === 0) lines.push('  No role has a certificate.');
  if (shown.length > 0) lines.push(paint('faint', `  ${[...LINKS.map((link) => padTo(HEADINGS[link], CELL_WIDTH)), 'expires'].join('')}`));
  return `${[...lines, ...shown.map((row) => rowBlock(row, paint))].join('\n')}\n`;
}

function rowBlock(row: MatrixRow, paint: Paint): string {
  const { role, certificate, thumbprint, cause, step } = row;
  const name = visible(`${role || '(no name)'} / ${certificate || '(no name)'}`);
  const digits = thumbprint ?? 'no thumbprint';
  const isLong = width(name) + 2 + digits.length > COLUMNS;
  const head = isLong ? `${paint('strong', name)}\n  ${digits}` : `${paint('strong', name)}  ${digits}`;
  const words = [...(cause === null ? [] : [`  cause: ${visible(cause)}`]), `  next: ${visible(step)}`];
  return ['', head, `  ${cells(row, paint)}`, ...words.map((line) => wrap(line, COLUMNS, '    '))].join('\n');
}

function cells(row: MatrixRow, paint: Paint): string {
  const { broken } = row;
  const links = LINKS.map((link) => {
    const text = row.cells[link] + (broken === link ? MARK : '');
    return paintCell(padTo(text, CELL_WIDTH), row.cells[link], paint);
  });
  const date = expiry(row);
  return `${links.join('')}${broken === 'expires' ? paint('error', date + MARK) : date}`;
}

const CELL_STYLES: Readonly<Record<Cell, Style | null>> = { yes: null, no: 'error', unknown: 'warning', 'not given': 'faint' };

function paintCell(text: string, cell: Cell, paint: Paint): string {
  const style = CELL_STYLES[cell];
  return style === null ? text : paint(style, text);
}

/** The day on which it expires, UTC; else whether anything was given that could tell. */
export function expiry({ expires, cells: { pfx, vault } }: MatrixRow): string {
  if (expires !== null) return expires.toISOString().slice(0, 10);
  return pfx === 'not given' && vault === 'not given' ? 'not given' : 'unknown';
}

function lastLine({ summary: { certificates, broken, unknown }, evidence }: Matrix): string {
  const of = `${certificates} ${certificates === 1 ? 'certificate' : 'certificates'}`;
  const counts = [broken > 0 ? `${broken} with a broken link` : '', unknown > 0 ? `${unknown} with an open question` : ''].filter((part) => part !== '');
  return [certificates === 0 ? 'No certificates.' : `${of}${counts.length === 0 ? ', no broken link' : `, ${counts.join(', ')}`}.`, comparedWith(evidence)].filter((part) => part !== '').join(' ');
}
