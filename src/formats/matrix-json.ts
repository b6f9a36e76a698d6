// The matrix of certificates for programs: JSON, version 1. schema/certs.schema.json describes it.

import type { Matrix, MatrixRow } from '../core/matrix.js';
import { evidenceJson } from './json.js';
import { jsonText } from './json-text.js';

export function formatMatrixJson({ files, evidence, summary }: Matrix, version: string): string {
  return jsonText({
    version: 1,
    tool: { name: 'cscfglint', version },
    files: files.map(({ path, problem, rows }) => ({ path, problem, rows: rows.map((row) => rowJson(path, row)) })),
    evidence: evidence.map(evidenceJson),
    summary: { files: files.length, ...summary },
  });
}

function rowJson(path: string, { role, certificate, thumbprint, at, cells, expires, daysLeft, broken, rule, cause, step }: MatrixRow) {
  return {
    role,
    certificate,
    thumbprint,
    location: at === null ? null : { path, line: at.start.line, column: at.start.column, endLine: at.end.line, endColumn: at.end.column },
    cells,
    expires: expires?.toISOString() ?? null,
    daysLeft,
    broken,
    rule,
    cause,
    step,
  };
}
