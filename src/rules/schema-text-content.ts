// No text stands between the elements.

import { defineRule, describe } from '../core/rule.js';
import { codePoint } from '../core/thumbprint.js';

export default defineRule({
  id: 'schema-text-content',
  family: 'schema',
  summary: 'No element holds text.',
  why: 'In these files everything is said by elements and attributes; the schema refuses text between them, and it is mostly what is left of something that was deleted.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file',
  severity: 'error',
  languages: ['cscfg', 'csdef'],
  messages: {
    hidden: {
      message: '{owner} holds what cannot be seen: {characters}.',
      help: 'Delete it: set the cursor behind it and press backspace, or show the control characters of the editor.',
    },
    text: { message: '{owner} holds text, which no element here does.', help: 'Delete it, or make a comment of it: <!-- … -->.' },
  },
  examples: {
    bad: [
      { cscfg: '<Role name="Web">\u00A0<Instances count="1" /></Role>' },
      { cscfg: '<Role name="Web"><Instances count="1" /> - </Role>' },
    ],
    good: [{ cscfg: '<Role name="Web"><!-- one is enough --><Instances count="1" /></Role>' }],
  },
  check({ report, text }) {
    return {
      // The text of an element that lacks an attribute is probably its value; schema-missing-required speaks.
      'schema:text'({ span, parent, isTold }) {
        const hidden = hiddenIn(text.slice(span.start, span.end));
        if (hidden !== null) report({ message: 'hidden', at: span, data: { owner: describe(parent), characters: hidden } });
        else if (!isTold) report({ message: 'text', at: span, data: { owner: describe(parent) } });
      },
    };
  },
});

/** How many different characters are named. */
const MAX_NAMED = 3;

/** The characters of a text that shows none: `U+00A0`. Null for one of which something is to be seen. */
function hiddenIn(text: string): string | null {
  if (text.length > MAX_LENGTH || /[^\s\p{Cf}\p{Zs}]/u.test(text)) return null;
  const codes = new Set(Array.from(text.replace(/[ \t\r\n]/g, ''), codePoint));
  return [...codes].slice(0, MAX_NAMED).join(', ');
}

/** A longer text is looked at no closer. */
const MAX_LENGTH = 1_000;
