// The formats by name, each loaded when it is wanted.

import type { Report } from '../core/report.js';
import type { Formatter } from './format.js';

const FORMATS = {
  text: async (color) => (color ? (await import('./colored-text.js')).formatColoredText : (await import('./text.js')).formatText),
  compact: async () => (await import('./compact.js')).formatCompact,
  json: async () => (await import('./json.js')).formatJson,
  sarif: async () => (await import('./sarif.js')).formatSarif,
  junit: async () => (await import('./junit.js')).formatJunit,
  github: async () => (await import('./github.js')).formatGithub,
  azure: async () => (await import('./azure.js')).formatAzure,
  gitlab: async () => (await import('./gitlab.js')).formatGitlab,
  checkstyle: async () => (await import('./checkstyle.js')).formatCheckstyle,
  rdjson: async () => (await import('./rdjson.js')).formatRdjson,
  markdown: async () => (await import('./markdown.js')).formatMarkdown,
} as const satisfies Record<string, (color: boolean) => Promise<Formatter>>;

export type FormatName = keyof typeof FORMATS;

/** The first is the default. */
export const FORMAT_NAMES = Object.keys(FORMATS) as [FormatName, ...FormatName[]];

/** Formats that cannot say what was not checked, so that whoever prints them must. */
export const SILENT_FORMATS: readonly FormatName[] = ['gitlab', 'rdjson'];

/** Loads a format; `color` for a terminal that shows colours. */
export function loadFormat(name: FormatName, color = false): Promise<Formatter> {
  return FORMATS[name](color);
}

/** Loads what writes annotations beside a text report: one for each finding, and a line about those that the page will not show. */
export async function loadAnnotations(service: 'github' | 'azure'): Promise<(report: Report) => string> {
  return service === 'github' ? (await import('./github.js')).githubAnnotations : (await import('./azure.js')).azureAnnotations;
}

export type { FormatOptions, Formatter } from './format.js';
