// Strings of which a part may be unknown: what an expression of a template leaves when it cannot be resolved.

import type { Known } from './types.js';

/** Whether no part of the value is unknown. */
export function isKnown(value: Known): value is string {
  return typeof value === 'string';
}

/** The value for a person to read, an unknown part standing as its expression in brackets. */
export function showKnown(value: Known): string {
  if (isKnown(value)) return value;
  return value.parts.map((part) => (typeof part === 'string' ? part : `[${part.expression}]`)).join('');
}

/**
 * Whether `text` may be what the value turns out to be: its known parts occur in order, the first at the beginning and the
 * last at the end. Compares without case, as everything in a Key Vault identifier does.
 */
export function mayBe(value: Known, text: string): boolean {
  const whole = text.toLowerCase();
  if (isKnown(value)) return value.toLowerCase() === whole;
  const { parts } = value;
  let position = 0;
  for (const [index, part] of parts.entries()) {
    if (typeof part !== 'string') continue;
    const known = part.toLowerCase();
    if (index === 0) {
      if (!whole.startsWith(known)) return false;
      position = known.length;
    } else if (index === parts.length - 1) {
      return whole.length - known.length >= position && whole.endsWith(known);
    } else {
      const found = whole.indexOf(known, position);
      if (found === -1) return false;
      position = found + known.length;
    }
  }
  return typeof parts.at(-1) !== 'string' || position === whole.length;
}
