// A thumbprint holds no characters that cannot be seen.

import { defineRule, type Edit } from '../core/rule.js';
import type { HiddenMark } from '../core/thumbprint.js';

export default defineRule({
  id: 'thumbprint-invisible-characters',
  family: 'thumbprint',
  summary: 'A thumbprint holds no characters that cannot be seen.',
  why: 'A thumbprint that is copied, above all from the certificate dialog of Windows, may bring marks along that cannot be seen. Azure compares the text as it stands and finds no certificate.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-role',
  severity: 'error',
  fixable: 'safe',
  messages: {
    'from-dialog': {
      message: 'The thumbprint of "{certificate}" holds what cannot be seen: {marks}.',
      cause: 'The certificate dialog of Windows puts such a mark before a thumbprint that is copied from it.',
      help: 'The thumbprint without it is {digits}.',
    },
    marks: {
      message: 'The thumbprint of "{certificate}" holds what cannot be seen: {marks}.',
      cause: 'Such characters mostly come along when text is copied from a page, a document or a message.',
      help: 'The thumbprint without what cannot be seen is {digits}.',
    },
    'only-from-dialog': {
      message: 'The thumbprint of "{certificate}" looks empty, but holds {marks}.',
      cause: 'Only the mark was copied from the certificate dialog of Windows, not the digits after it.',
      help: 'Delete what is between the quotes and write the forty digits of the SHA-1 thumbprint.',
    },
    only: {
      message: 'The thumbprint of "{certificate}" looks empty, but holds {marks}.',
      cause: 'Such characters mostly come along when text is copied; here the digits did not.',
      help: 'Delete what is between the quotes and write the forty digits of the SHA-1 thumbprint.',
    },
    'not-a-thumbprint': {
      message: 'The thumbprint of "{certificate}" holds what cannot be seen: {marks}.',
      help: 'Delete what is between the quotes and copy the thumbprint again: without the marks it is not forty hexadecimal digits either.',
    },
  },
  examples: {
    bad: [
      { cscfg: '<Certificate name="Tls" thumbprint="\u200E3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />' },
      { cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1\u200BB07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />' },
      { cscfg: '<Certificate name="Tls" thumbprint="\u200E" thumbprintAlgorithm="sha1" />' },
    ],
    good: [{ cscfg: '<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />' }],
  },
  check({ report }) {
    return {
      'certificate:unusual'({ role, certificate, thumbprint, reading }) {
        if (thumbprint === undefined || reading?.kind !== 'hidden-marks') return;
        const { marks, digits } = reading;
        const { valueSpan: at, value } = thumbprint;
        const data = { role, certificate, marks: describe(marks) };
        if (digits !== null) {
          const edits: [Edit] = [{ ...at, text: digits }];
          report({ message: isFromDialog(marks) ? 'from-dialog' : 'marks', at, data: { ...data, digits }, fix: { title: `Write ${digits}`, edits } });
        } else if (marks.length === Array.from(value.trim()).length) {
          report({ message: isFromDialog(marks) ? 'only-from-dialog' : 'only', at, data });
        } else {
          report({ message: 'not-a-thumbprint', at, data });
        }
      },
    };
  },
});

/** The dialog puts one mark before the digits, and none anywhere else. */
function isFromDialog(marks: readonly HiddenMark[]): boolean {
  return marks.length === 1 && marks[0]?.code === 'U+200E' && marks[0].index === 0;
}

/** How many different places are named. */
const MAX_NAMED = 4;

/** `U+200E LEFT-TO-RIGHT MARK as character 1, 42`; positions count from 1. */
function describe(marks: readonly HiddenMark[]): string {
  const places = new Map<string, number[]>();
  for (const { code, name, index } of marks) {
    const key = `${code} ${name}`;
    const at = places.get(key);
    if (at === undefined) places.set(key, [index + 1]);
    else at.push(index + 1);
  }
  return Array.from(places, ([mark, at]) => {
    const named = at.slice(0, MAX_NAMED).join(', ');
    return `${mark} as character ${named}${at.length > MAX_NAMED ? ` and ${at.length - MAX_NAMED} more` : ''}`;
  }).join('; ');
}
