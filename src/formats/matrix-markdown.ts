// The matrix of certificates as a Markdown table, for a pull request or a wiki.

import { LINKS, type Matrix, type MatrixFile, type MatrixRow } from '../core/matrix.js';
import { HEADINGS, expiry } from './matrix-text.js';
import { visible } from './visible.js';

export function formatMatrixMarkdown({ files, summary: { certificates, broken, unknown } }: Matrix): string {
  const sections = files.map(section);
  return `${['# Certificates', `${certificates} certificates, ${broken} with a broken link, ${unknown} with an open question. The first broken link is **bold**.`, ...sections].join('\n\n')}\n`;
}

function section({ path, rows, problem }: MatrixFile): string {
  const parts = [`## ${escaped(path)}`];
  if (problem !== null) parts.push(escaped(problem));
  else if (rows.length === 0) parts.push('No role has a certificate.');
  if (rows.length > 0) {
    const headings = ['role', 'certificate', 'thumbprint', ...LINKS.map((link) => HEADINGS[link]), 'expires', 'next step'];
    parts.push([line(headings), line(headings.map(() => '---')), ...rows.map(row)].join('\n'));
  }
  return parts.join('\n\n');
}

function row(one: MatrixRow): string {
  const { role, certificate, thumbprint, cells, broken, cause, step } = one;
  const mark = (link: MatrixRow['broken'], text: string) => (broken === link ? `**${text}**` : text);
  return line([
    escaped(role),
    escaped(certificate),
    thumbprint === null ? '' : `\`${thumbprint}\``,
    ...LINKS.map((link) => mark(link, cells[link])),
    mark('expires', expiry(one)),
    escaped(cause === null ? step : `${cause} ${step}`),
  ]);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** Text from files: nothing in it starts Markdown, HTML, a mention or a link. */
function escaped(text: string): string {
  return visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('@', '&#64;')
    .replace(/[\\`*_[\]#!|~>$]/g, '\\$&');
}
