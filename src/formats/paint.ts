// Colours where they are wanted, and the code for them only then.

import type { Paint } from './text.js';

const plain: Paint = (_, text) => text;

/** The way to paint text for a terminal; `color` for one that shows colours. */
export async function loadPaint(color: boolean): Promise<Paint> {
  return color ? (await import('./colored-text.js')).paintInColors : plain;
}
