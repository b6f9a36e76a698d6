// Readers of what the formats write, as their programs read it: each is the authority on its own format.

import { SaxesParser } from 'saxes';

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

/** Parses XML strictly. Throws at the first error. */
export function parseXml(xml: string): { root: XmlNode; comments: string[] } {
  const parser = new SaxesParser();
  const top: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const comments: string[] = [];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node: XmlNode = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)!.children.push(node);
    open.push(node);
  });
  parser.on('text', (text) => void (open.at(-1)!.text += text));
  parser.on('closetag', () => void open.pop());
  parser.on('comment', (comment) => void comments.push(comment));
  parser.write(xml).close();
  return { root: top.children[0]!, comments };
}

/** All elements of a name, in order. */
export function elementsOf(root: XmlNode, name: string): XmlNode[] {
  return root.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)]);
}

export interface LogCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/**
 * The commands that the runner of GitHub finds in a log: `::name properties::data` at the beginning of a line, and the older
 * `##[name properties]data` anywhere. Every name counts as one it knows.
 *
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function githubCommands(log: string): LogCommand[] {
  return lines(log).flatMap((line): LogCommand[] => {
    const current = /^\s*::(.*?)::(.*)$/su.exec(line);
    if (current !== null) {
      const [name, rest] = split(current[1]!, ' ');
      return [{ name, properties: pairs(rest, ',', unescapeGithubProperty), data: unescapeGithub(current[2]!) }];
    }
    const older = /##\[([^\]]*)\](.*)$/su.exec(line);
    return older === null ? [] : [{ name: `##[${older[1]!}`, properties: {}, data: older[2]! }];
  });
}

function unescapeGithub(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

function unescapeGithubProperty(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
}

/**
 * The commands that the agent of Azure Pipelines finds in a log: `##vso[name properties]data` anywhere in a line, in any
 * letter case, and `##[…]`, which formats a line.
 *
 * https://github.com/microsoft/azure-pipelines-task-lib/blob/master/node/taskcommand.ts
 */
export function azureCommands(log: string): LogCommand[] {
  return lines(log).flatMap((line): LogCommand[] => {
    const found = /##(?:vso)?\[([^\]]*)\](.*)$/isu.exec(line);
    if (found === null) return [];
    const [name, rest] = split(found[1]!, ' ');
    return [{ name, properties: pairs(rest, ';', unescapeAzureProperty), data: unescapeAzure(found[2]!) }];
  });
}

function unescapeAzure(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%AZP25', '%');
}

function unescapeAzureProperty(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%5D', ']').replaceAll('%3B', ';').replaceAll('%AZP25', '%');
}

/** Lines as any reader of a log may take them. */
function lines(log: string): string[] {
  return log.split(/\r\n|[\n\r\u0085\u2028\u2029\v\f]/u);
}

function split(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

function pairs(text: string, separator: string, unescape: (value: string) => string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(separator)
      .filter((pair) => pair !== '')
      .map((pair) => split(pair, '='))
      .map(([name, value]) => [name, unescape(value)]),
  );
}

/** The rows of the first table in a Markdown text, without its head: the text of each cell, with its escapes read. Throws for bare mark-up in a cell. */
export function markdownRows(markdown: string): string[][] {
  const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => {
    const cells = row.slice(1).split(/(?<=(?<!\\)(?:\\\\)*)\|/u);
    if (cells.pop() !== '') throw new Error(`a row goes on behind its last cell: ${row}`);
    return cells.map((cell) => markdownPlain(cell.trim()));
  });
}

/** The text that a piece of Markdown shows, which may hold no mark-up but a link of ours. */
export function markdownPlain(markdown: string): string {
  const link = /^\[([\w-]+)\]\(https:\/\/github\.com\/cscfglint\/[\w./-]+\)/u.exec(markdown);
  const rest = link === null ? markdown : markdown.slice(link[0].length);
  const bare = /(?<!\\)(?:\\\\)*[`*_{}[\]<>()~&$|]/u.exec(rest.replace(/\\[!-/:-@[-`{-~]/gu, ''));
  if (bare !== null) throw new Error(`mark-up in ${markdown}`);
  return (link?.[1] ?? '') + rest.replace(/\\([!-/:-@[-`{-~])/gu, '$1');
}
