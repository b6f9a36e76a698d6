// The formats by name, each loaded when it is wanted.

import type { Formatter } from './format.js';

const FORMATS = {
  text: async (color) => (color ? (await import('./colored-text.js')).formatColoredText : (await import('./text.js')).formatText),
  json: async () => (await import('./json.js')).formatJson,
} as const satisfies Record<string, (color: boolean) => Promise<Formatter>>;

export type FormatName = keyof typeof FORMATS;

/** The first is the default. */
export const FORMAT_NAMES = Object.keys(FORMATS) as [FormatName, ...FormatName[]];

/** Loads a format; `color` for a terminal that shows colours. */
export function loadFormat(name: FormatName, color = false): Promise<Formatter> {
  return FORMATS[name](color);
}

export type { FormatOptions, Formatter } from './format.js';
