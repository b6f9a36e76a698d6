// What every format keeps to: the same findings in each, what was skipped, and names from files that start nothing.
// fixtures/formats/<name>.out is the report of fixtures/formats/project; after a wanted change: npx vitest run test/formats -u

import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.js';
import { FORMAT_NAMES, SILENT_FORMATS, loadFormat, type FormatName } from '../../src/formats/index.js';
import { INVISIBLE } from '../../src/formats/visible.js';
import { azureCommands, elementsOf, githubCommands, markdownRows, parseXml } from '../support/readers.js';
import { OPTIONS, hostileReport, sampleReport } from '../support/reports.js';

async function print(name: FormatName, report: Report): Promise<string> {
  return (await loadFormat(name))(report, OPTIONS);
}

const formatters = new Map(await Promise.all(FORMAT_NAMES.map(async (name) => [name, await loadFormat(name)] as const)));

/** How a reader of each format counts its findings. */
const COUNT: Readonly<Record<FormatName, (printed: string) => number>> = {
  text: (printed) => printed.match(/^(?:error|warning|info) [\w-]+: /gm)?.length ?? 0,
  compact: (printed) => printed.match(/:\d+:\d+: (?:error|warning|info) [\w-]+: /g)?.length ?? 0,
  json: (printed) => (JSON.parse(printed) as { files: { findings: unknown[] }[] }).files.reduce((sum, { findings }) => sum + findings.length, 0),
  sarif: (printed) => (JSON.parse(printed) as { runs: { results: unknown[] }[] }).runs.reduce((sum, { results }) => sum + results.length, 0),
  junit: (printed) => {
    const { root } = parseXml(printed);
    const notes = elementsOf(root, 'testcase').filter(({ attributes: { name = '' } }) => name.startsWith('note '));
    return elementsOf(root, 'failure').length + notes.length;
  },
  github: (printed) => githubCommands(printed).length,
  azure: (printed) => azureCommands(printed).length + (printed.match(/:\d+:\d+: info [\w-]+: /g)?.length ?? 0),
  gitlab: (printed) => (JSON.parse(printed) as unknown[]).length,
  checkstyle: (printed) => elementsOf(parseXml(printed).root, 'error').length,
  rdjson: (printed) => (JSON.parse(printed) as { diagnostics: unknown[] }).diagnostics.length,
  markdown: (printed) => markdownRows(printed).length,
};

/** Names that mean something to one of the readers. */
const HOSTILE_NAMES = [
  '##vso[task.setvariable variable=x]y',
  '##VSO[task.setvariable variable=x]y',
  '##[set-env name=x]y',
  '###[error]',
  '#\u200D#vso[task.setvariable variable=x]y',
  '::error::x',
  '  ::stop-commands::x',
  '\n::error file=a::b',
  '\r::error::x',
  '\u2028::error::x',
  '\u001B[31mred\u001B[2J',
  '\u009B31m',
  'a\u0000b',
  '\u202Egfcsc',
  '\u200E\u2066',
  ']]>',
  '-->',
  '<!--',
  '--',
  '-',
  'a | b',
  'a \\| b',
  '\\',
  '`code` **bold** <b>bold</b> [link](https://example.org) ![x](y) &lt; $x$ @octocat #1 www.example.org',
  '</failure>',
  '"\'&<>',
  '%0A::error::x',
  '%AZP25]; , :',
  '\uD800',
  '\u{E0041}',
  '',
];

const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE_NAMES, '::', '##', 'vso', '[', ']', '|', '\\', '-', ':', '#', '\n', ' '), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 6 })
  .map((parts) => parts.join(''));

/** The commands of their service that formats write on purpose. The text report's mark `:::` has no name that the runner knows. */
const OWN: Readonly<Record<'github' | 'azure', Readonly<Partial<Record<FormatName, RegExp>>>>> = {
  github: { text: /^:$/, github: /^(?:error|warning|notice)$/ },
  azure: { azure: /^task\.logissue$/ },
};

const NONE = /^no command is ours$/;

describe.each(FORMAT_NAMES)('%s', (name) => {
  it('writes the sample as it stands beside it', async () => {
    await expect(await print(name, sampleReport())).toMatchFileSnapshot(resolve('fixtures/formats', `${name}.out`));
  });

  it('holds every finding once', async () => {
    const { errors, warnings, infos } = sampleReport().summary;
    expect(Math.min(errors, warnings, infos)).toBeGreaterThan(0);
    expect(COUNT[name](await print(name, sampleReport()))).toBe(errors + warnings + infos);
    expect(COUNT[name](await print(name, hostileReport('Web', 30)))).toBe(90);
  });

  it('says what was not checked, unless its readers have no room for it', async () => {
    const report = sampleReport();
    const everything = { ...report, skipped: [] };
    const isTold = (await print(name, report)) !== (await print(name, everything));
    expect(isTold).toBe(!SILENT_FORMATS.includes(name));
  });

  it('is a report where nothing was found, too', async () => {
    const report = sampleReport();
    const clean: Report = {
      ...report,
      files: report.files.map(({ path }) => ({ path, findings: [] })),
      skipped: [],
      summary: { ...report.summary, errors: 0, warnings: 0, infos: 0, fixable: 0 },
    };
    const printed = await print(name, clean);
    expect(COUNT[name](printed)).toBe(0);
    expect(printed).toMatch(/^$|\n$/);
  });

  it('starts nothing, whatever the names are', () => {
    fc.assert(fc.property(hostileText, (text) => expectHarmless(name, text)));
  });

  it.each(HOSTILE_NAMES)('starts nothing for %j', (text) => expectHarmless(name, text));
});

function expectHarmless(name: FormatName, text: string): void {
  const printed = formatters.get(name)!(hostileReport(text), OPTIONS);
  expect(COUNT[name](printed)).toBe(3);
  expect(printed.replaceAll('\n', '')).not.toMatch(new RegExp(INVISIBLE.source, 'u'));
  for (const command of githubCommands(printed)) expect(command.name).toMatch(OWN.github[name] ?? NONE);
  for (const command of azureCommands(printed)) expect(command.name).toMatch(OWN.azure[name] ?? NONE);
}
