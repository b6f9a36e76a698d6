// Reads the snippets of the documents and the YAML of the integrations, so that the tests can run them.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A fenced block of a document. */
export interface Snippet {
  /** `yaml`, `sh`, `json`; empty where the fence names none. */
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a Markdown file, in order. */
export function snippetsOf(path: string): Snippet[] {
  return Array.from(readFileSync(path, 'utf8').matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm), ([, language = '', text = '']) => ({ language, text }));
}

/** The first snippet that holds a text. */
export function snippetWith(path: string, text: string): string {
  const found = snippetsOf(path).find((snippet) => snippet.text.includes(text));
  if (found === undefined) throw new Error(`${path} has no snippet with ${text}`);
  return found.text;
}

/** Parses texts in YAML, with the parser of Python, which pre-commit brings along: by text, what it holds. */
export function parseYaml(texts: readonly string[]): Map<string, unknown> {
  const script = 'import json, sys, yaml; json.dump([yaml.load(text, yaml.BaseLoader) for text in json.load(sys.stdin)], sys.stdout)';
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script], { input: JSON.stringify(texts), encoding: 'utf8' });
  if (status !== 0) throw new Error(`not YAML: ${stderr}`);
  const values = JSON.parse(stdout) as unknown[];
  return new Map(texts.map((text, index) => [text, values[index]]));
}
