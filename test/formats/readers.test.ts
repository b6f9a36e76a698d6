// Each format as its own reader takes it: what is required is there, and names come back as they were.

import { spawnSync } from 'node:child_process';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/core/report.js';
import { SourceFile } from '../../src/core/source.js';
import { formatAzure } from '../../src/formats/azure.js';
import { formatCheckstyle } from '../../src/formats/checkstyle.js';
import { formatCompact } from '../../src/formats/compact.js';
import { formatGithub } from '../../src/formats/github.js';
import { formatGitlab } from '../../src/formats/gitlab.js';
import { formatJunit } from '../../src/formats/junit.js';
import { formatMarkdown } from '../../src/formats/markdown.js';
import { formatRdjson } from '../../src/formats/rdjson.js';
import { formatSarif } from '../../src/formats/sarif.js';
import { visible } from '../../src/formats/visible.js';
import { GITLAB, RDJSON, SARIF } from '../support/format-schemas.js';
import { lintText } from '../support/lint.js';
import { azureCommands, elementsOf, githubCommands, markdownPlain, markdownRows, parseXml } from '../support/readers.js';
import { OPTIONS, hostileReport, sampleReport } from '../support/reports.js';
import { wrap } from '../support/texts.js';
import { needs } from '../support/tools.js';

const ajv = new Ajv({ allErrors: true });
const validators = { sarif: ajv.compile(SARIF), gitlab: ajv.compile(GITLAB), rdjson: ajv.compile(RDJSON) };

function expectValid(format: keyof typeof validators, printed: string): void {
  const validate = validators[format];
  expect(validate(JSON.parse(printed)), JSON.stringify(validate.errors)).toBe(true);
}

/** Any text, control characters and lone surrogates included; not empty where a name must not be. */
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });

/** What is left of a text in XML 1.0. */
function legal(name: string): string {
  return name.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
}

function reportOf(content: string): Report {
  return lintText(content, { path: 'a b/Grüße.cscfg' });
}

const twoRoles = wrap('<Role name="Läden𝄞"><Instances count="1" /></Role>\n<Role name="Läden𝄞"><Instances count="1" /></Role>');

describe('compact', () => {
  it('is one line for each finding, and a last one', () => {
    fc.assert(
      fc.property(text, (name) => {
        const lines = formatCompact(hostileReport(name), OPTIONS).split('\n');
        expect(lines).toHaveLength(5);
        for (const [index, severity] of ['error', 'warning', 'info'].entries()) expect(lines[index]!.endsWith(`.cscfg:1:2: ${severity} role-duplicate: ${visible(`${name} twice`)}`)).toBe(true);
        expect(lines[3]).toMatch(/^not checked: role-duplicate \(without vault, os-profile: /);
      }),
    );
  });

  it('has no last line where only findings are wanted', () => {
    expect(formatCompact(sampleReport(), { ...OPTIONS, quiet: true })).not.toMatch(/^not checked/m);
  });
});

interface Sarif {
  runs: {
    automationDetails?: { id: string };
    tool: { driver: { rules: { id: string }[] } };
    invocations: { toolExecutionNotifications: { message: { text: string } }[] }[];
    results: {
      ruleId: string;
      ruleIndex: number;
      message: { text: string };
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: unknown } }[];
      relatedLocations?: unknown[];
      partialFingerprints: Record<string, string>;
      fixes?: { artifactChanges: { replacements: unknown[] }[] }[];
    }[];
  }[];
}

describe('sarif', () => {
  const parse = (report: Report) => JSON.parse(formatSarif(report, OPTIONS)) as Sarif;

  it('keeps to its schema and to what GitHub requires', () => {
    expectValid('sarif', formatSarif(sampleReport(), OPTIONS));
    fc.assert(fc.property(text, (name) => expectValid('sarif', formatSarif(hostileReport(name), OPTIONS))));
  });

  it('points to the rule by its index', () => {
    const [run] = parse(sampleReport()).runs;
    for (const { ruleId, ruleIndex } of run!.results) expect(run!.tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
  });

  it('encodes paths, which come back when decoded', () => {
    const [result] = parse(reportOf(twoRoles)).runs[0]!.results;
    expect(result!.locations[0]!.physicalLocation.artifactLocation.uri).toBe('a%20b/Gr%C3%BC%C3%9Fe.cscfg');
    fc.assert(
      fc.property(text, (name) => {
        const { uri } = parse(hostileReport(name)).runs[0]!.results[0]!.locations[0]!.physicalLocation.artifactLocation;
        expect(decodeURIComponent(uri)).toBe(`${name.replace(/\p{Cs}/gu, '\uFFFD')}.cscfg`);
      }),
    );
  });

  it('counts columns in UTF-16 units, and takes a file without text as a whole', () => {
    const [result] = parse(reportOf(twoRoles)).runs[0]!.results;
    expect(result!.locations[0]!.physicalLocation.region).toEqual({ startLine: 2, startColumn: 13, endLine: 2, endColumn: 20 });
    const report = hostileReport('x');
    const [file] = report.files;
    const nowhere = { ...file!.findings[0]!.location, line: null, column: null, endLine: null, endColumn: null };
    const [other] = parse({ ...report, files: [{ ...file!, findings: [{ ...file!.findings[0]!, location: nowhere }] }] }).runs[0]!.results;
    expect(other!.locations[0]!.physicalLocation.region).toEqual({ startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 });
  });

  it('carries fixes as replacements of regions', () => {
    const report = reportOf(wrap('<Certificate name="Tls" thumbprint="3f9c0a7b51d2e86494c1b07d2a5e8f63109db4c7" thumbprintAlgorithm="sha1" />'));
    const [fix] = parse(report).runs[0]!.results.flatMap(({ fixes = [] }) => fixes);
    expect(fix?.artifactChanges[0]!.replacements).toEqual([
      { deletedRegion: expect.objectContaining({ startLine: 1, endLine: 1 }) as unknown, insertedContent: { text: '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7' } },
    ]);
  });

  it('has no fix where its edits would show a secret', () => {
    const report = hostileReport('x');
    const secret = { ...report, files: report.files.map((file) => ({ ...file, findings: file.findings.map((finding) => ({ ...finding, fix: { ...finding.fix!, edits: [] } })) })) };
    expectValid('sarif', formatSarif(secret, OPTIONS));
    expect(formatSarif(secret, OPTIONS)).not.toContain('fixes');
  });

  it('makes no link of a name', () => {
    const [result] = parse(hostileReport('[x](https://example.org)')).runs[0]!.results;
    expect(result!.message.text).not.toContain('](');
  });

  it('splits what GitHub would refuse, and shows no more places than GitHub does', () => {
    const report = hostileReport('x');
    const [file] = report.files;
    const [finding] = file!.findings;
    const short = Array.from({ length: 25_001 }, () => ({ ...finding!, cause: null, related: [], fix: null, azure: null }));
    const { runs } = parse({ ...report, files: [{ ...file!, findings: short }] });
    expect(runs.map(({ results }) => results.length)).toEqual([25_000, 1]);
    expect(new Set(runs.map(({ automationDetails }) => automationDetails!.id)).size).toBe(2);
    const many = { ...finding!, related: Array.from({ length: 1500 }, () => finding!.related[0]!) };
    expectValid('sarif', formatSarif({ ...report, files: [{ ...file!, findings: [many] }] }, OPTIONS));
  });

  it('says what was not checked in the notifications of the run', () => {
    const [run] = parse(sampleReport()).runs;
    expect(run!.invocations[0]!.toolExecutionNotifications.map(({ message }) => message.text)).toContainEqual(expect.stringMatching(/^Not checked: .* \(without vault/));
  });
});

describe('fingerprints', () => {
  const ofGitlab = (report: Report) => (JSON.parse(formatGitlab(report, OPTIONS)) as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);

  it('are unique, in a report of a thousand findings alike too', () => {
    const prints = ofGitlab(hostileReport('x', 400));
    expect(new Set(prints).size).toBe(1200);
  });

  it('stay when lines move, and are the same in SARIF', () => {
    const before = reportOf(twoRoles);
    const after = reportOf(twoRoles.replace('<Role', '\n\n  <!-- moved -->\n<Role'));
    expect(after.files[0]!.findings[0]!.location.line).not.toBe(before.files[0]!.findings[0]!.location.line);
    expect(ofGitlab(after)).toEqual(ofGitlab(before));
    const { runs } = JSON.parse(formatSarif(before, OPTIONS)) as Sarif;
    expect(runs[0]!.results.map(({ partialFingerprints }) => partialFingerprints['cscfglint/v1'])).toEqual(ofGitlab(before));
  });

  it('differ between roles, rules and files', () => {
    const prints = [reportOf(twoRoles), reportOf(twoRoles.replaceAll('Läden', 'Laden')), lintText(twoRoles, { path: 'other.cscfg' })].flatMap(ofGitlab);
    expect(new Set(prints).size).toBe(prints.length);
  });

  it('do not depend on counts and dates', () => {
    const report = hostileReport('x');
    const later = { ...report, files: report.files.map((file) => ({ ...file, findings: file.findings.map((finding) => ({ ...finding, data: { ...finding.data, days: 12, on: 'on 2027-01-31' } })) })) };
    const [before, after] = [report, later].map((one) => ofGitlab(one).join());
    expect(before).toBe(after);
  });
});

describe('gitlab', () => {
  it('keeps to its schema', () => {
    expectValid('gitlab', formatGitlab(sampleReport(), OPTIONS));
    fc.assert(fc.property(text, (name) => expectValid('gitlab', formatGitlab(hostileReport(name), OPTIONS))));
  });
});

describe('rdjson', () => {
  it('keeps to its schema', () => {
    expectValid('rdjson', formatRdjson(sampleReport(), OPTIONS));
    fc.assert(fc.property(text, (name) => expectValid('rdjson', formatRdjson(hostileReport(name), OPTIONS))));
  });

  it('counts columns in bytes of UTF-8', () => {
    const { diagnostics } = JSON.parse(formatRdjson(reportOf(twoRoles), OPTIONS)) as { diagnostics: { location: unknown }[] };
    expect(diagnostics[0]!.location).toEqual({ path: 'a b/Grüße.cscfg', range: { start: { line: 2, column: 13 }, end: { line: 2, column: 23 } } });
  });

  it('counts them rightly in any text', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 20 }).map((one) => one.replace(/[\r\n]/g, ''));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 4 }), fc.constantFrom(1, 400), fc.nat(), (lines, times, at) => {
        const whole = lines.map((one) => one.repeat(times)).join('\n');
        const offset = at % (whole.length + 1);
        // A place inside a surrogate pair is none.
        fc.pre(!/[\uD800-\uDBFF]$/.test(whole.slice(0, offset)));
        const before = whole.slice(whole.lastIndexOf('\n', offset - 1) + 1, offset);
        expect(new SourceFile('x', whole).byteColumn(offset)).toBe(Buffer.byteLength(offset === 0 ? '' : before) + 1);
      }),
    );
  });

  it('suggests what is safe and one edit only', () => {
    const of = (thumbprint: string) => JSON.parse(formatRdjson(reportOf(wrap(`<Certificate name="Tls" thumbprint="${thumbprint}" thumbprintAlgorithm="sha1" />`)), OPTIONS)) as { diagnostics: { suggestions?: { text: string }[] }[] };
    expect(of('3f9c0a7b51d2e86494c1b07d2a5e8f63109db4c7').diagnostics.flatMap(({ suggestions = [] }) => suggestions.map((one) => one.text))).toEqual(['3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7']);
    const report = hostileReport('x');
    const unsafe = { ...report, files: report.files.map((file) => ({ ...file, findings: file.findings.map((finding) => ({ ...finding, fix: { ...finding.fix!, safety: 'unsafe' as const } })) })) };
    expect(formatRdjson(unsafe, OPTIONS)).not.toContain('suggestions');
  });
});

describe('junit', () => {
  it.for([
    ['the sample', sampleReport()],
    ['hostile names', hostileReport('\u0000]]>"&<\u001B\u202E\uFFFE')],
    ['nothing at all', { ...sampleReport(), files: [], skipped: [] }],
  ] as const)('of %s is valid by its XSD', ([, report], { skip }) => {
    needs(skip, 'xmllint', 'Debian: libxml2-utils');
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--schema', 'test/support/junit.xsd', '-'], { input: formatJunit(report, OPTIONS), encoding: 'utf8' });
    expect(stderr).toBe('- validates\n');
    expect(status).toBe(0);
  });

  it('has a test case for each file and family, and counts them', () => {
    const { root } = parseXml(formatJunit(sampleReport(), OPTIONS));
    const [suite] = root.children;
    const cases = elementsOf(root, 'testcase');
    const names = cases.map(({ attributes }) => `${attributes['classname']}: ${attributes['name']}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(['src/Clean 100%.cscfg: all rules', 'src/ServiceConfiguration.Cloud.cscfg: thumbprint', 'src/ServiceConfiguration.Cloud.cscfg: os-profile (not checked)']));
    const having = (name: string) => cases.filter(({ children }) => children.some((child) => child.name === name)).length;
    expect(suite!.attributes).toMatchObject({ tests: String(cases.length), failures: String(having('failure')), skipped: String(having('skipped')), errors: '0' });
    expect(cases.find(({ attributes }) => attributes['classname'] === 'src/Clean 100%.cscfg')!.children).toEqual([]);
  });

  it('gives every name back that XML can hold', () => {
    fc.assert(
      fc.property(text, (name) => {
        const { root } = parseXml(formatJunit(hostileReport(name), OPTIONS));
        const failures = elementsOf(root, 'failure');
        expect(failures.map(({ attributes }) => attributes['message'])).toEqual(Array.from({ length: 2 }, () => legal(`${name} twice`)));
        // A note is a test that passed.
        expect(elementsOf(root, 'testcase').filter(({ attributes }) => attributes['name']!.startsWith('note ') && attributes['name']!.endsWith(legal(`${name} twice`)))).toHaveLength(1);
        expect(failures[0]!.text).toContain(`help: ${legal(name)}`);
        expect(elementsOf(root, 'testcase')[0]!.attributes['classname']).toBe(legal(`${name}.cscfg`));
      }),
    );
  });
});

describe('checkstyle', () => {
  it('has an element for each file, clean ones too, and a comment for what was not checked', () => {
    const { root, comments } = parseXml(formatCheckstyle(sampleReport(), OPTIONS));
    expect(root.name).toBe('checkstyle');
    expect(elementsOf(root, 'file').map(({ attributes }) => attributes['name'])).toEqual(['src/Broken.cscfg', 'src/Clean 100%.cscfg', 'src/ServiceConfiguration.Cloud.cscfg']);
    expect(comments.join()).toMatch(/not checked: .*\(without vault/);
  });

  it('gives every name back that XML can hold', () => {
    fc.assert(
      fc.property(text, (name) => {
        const { root, comments } = parseXml(formatCheckstyle(hostileReport(name), OPTIONS));
        expect(comments).toHaveLength(2);
        const [error] = elementsOf(root, 'error');
        expect(error!.attributes).toEqual({ line: '1', column: '2', severity: 'error', message: legal(`${name} twice ${name} ${name}`), source: 'cscfglint.role-duplicate' });
      }),
    );
  });
});

describe('github', () => {
  it('gives the runner every value back', () => {
    fc.assert(
      fc.property(text, (name) => {
        const commands = githubCommands(formatGithub(hostileReport(name), OPTIONS));
        expect(commands.map((command) => command.name)).toEqual(['error', 'warning', 'notice']);
        expect(commands[0]).toEqual({
          name: 'error',
          properties: { file: visible(`${name}.cscfg`), line: '1', endLine: '1', col: '2', endColumn: '4', title: 'role-duplicate' },
          data: [visible(`${name} twice`), visible(name), visible(name)].join('\n'),
        });
      }),
    );
  });

  it('gives no columns for a range of several lines', () => {
    const [command] = githubCommands(formatGithub(reportOf('<a\n\n<b'), OPTIONS));
    expect(command).toBeDefined();
    const report = hostileReport('x');
    const [file] = report.files;
    const [finding] = file!.findings;
    const [long] = githubCommands(formatGithub({ ...report, files: [{ ...file!, findings: [{ ...finding!, location: { ...finding!.location, endLine: 9 } }] }] }, OPTIONS));
    expect(Object.keys(long!.properties)).toEqual(['file', 'line', 'endLine', 'title']);
  });

  it('puts errors first, and says how many the page does not show', () => {
    const report = hostileReport('x', 12);
    const [file] = report.files;
    const reversed = { ...report, files: [{ ...file!, findings: [...file!.findings].reverse() }] };
    const printed = formatGithub(reversed, OPTIONS);
    expect(githubCommands(printed).map(({ name }) => name)).toEqual(['error', 'warning', 'notice'].flatMap((name) => Array.from({ length: 12 }, () => name)));
    expect(printed).toContain('\ncscfglint: 2 more errors and 2 more warnings and 2 more notes than GitHub shows');
    expect(formatGithub(hostileReport('x', 10), OPTIONS)).not.toContain('than GitHub shows');
  });
});

describe('azure', () => {
  it('gives the agent every value back, and leaves notes as plain lines', () => {
    fc.assert(
      fc.property(text, (name) => {
        const printed = formatAzure(hostileReport(name), OPTIONS);
        const commands = azureCommands(printed);
        expect(commands).toHaveLength(2);
        expect(commands[0]).toEqual({
          name: 'task.logissue',
          properties: { type: 'error', sourcepath: visible(`${name}.cscfg`), linenumber: '1', columnnumber: '2', code: 'role-duplicate' },
          data: [visible(`${name} twice`), visible(name), visible(name)].join(' '),
        });
        expect(printed.split('\n')[2]).toContain('.cscfg:1:2: info role-duplicate: ');
      }),
    );
  });

  it('counts only what becomes an issue', () => {
    expect(formatAzure(hostileReport('x', 11), OPTIONS)).toContain('\ncscfglint: 1 more error and 1 more warning than Azure Pipelines shows');
  });
});

describe('markdown', () => {
  it('has a row with four cells for each finding, which show every name as it is', () => {
    fc.assert(
      fc.property(text, (name) => {
        const rows = markdownRows(formatMarkdown(hostileReport(name), OPTIONS));
        expect(rows.map((cells) => cells[0])).toEqual(['error', 'warning', 'info']);
        for (const cells of rows) {
          expect(cells).toHaveLength(4);
          expect(cells[1]).toBe('role-duplicate');
          expect(cells[2]).toBe(visible(`${name}.cscfg:1:2`).trim());
          expect(cells[3]).toBe(visible(`${name} twice`).trim());
        }
      }),
    );
  });

  it('ends with what was not checked', () => {
    const last = formatMarkdown(sampleReport(), OPTIONS).trimEnd().split('\n').at(-1)!;
    expect(markdownPlain(last)).toMatch(/^Not checked: .*\(without vault/);
  });

  it('stays below what GitHub takes, with a thousand findings', () => {
    expect(Buffer.byteLength(formatMarkdown(hostileReport('Shop.Web', 400), OPTIONS))).toBeLessThan(1024 * 1024);
    expect(formatMarkdown(hostileReport('Shop.Web', 400), OPTIONS)).toContain('the remaining 1000.');
  });
});
