// Reports: what formats print of hostile files, of secrets, and that the JSON keeps to its schema.

import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretRanges } from '../src/core/mask.js';
import { FORMAT_NAMES } from '../src/formats/index.js';
import { formatJson } from '../src/formats/json.js';
import { formatSarif } from '../src/formats/sarif.js';
import { formatText } from '../src/formats/text.js';
import { visible } from '../src/formats/visible.js';
import { folderWith, run } from './support/cli.js';
import { lintText } from './support/lint.js';
import { NAMESPACE, wrap } from './support/texts.js';
import { runs } from './support/setup.js';

const OPTIONS = { quiet: false, version: '0.0.0' };
const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(readFileSync('schema/report.schema.json', 'utf8')) as object);

describe('the JSON report', () => {
  it('keeps to its schema, for every fixture and every project', async () => {
    for (const rule of readdirSync('fixtures/rules')) {
      for (const name of readdirSync(`fixtures/rules/${rule}`).filter((one) => one.endsWith('.cscfg'))) {
        const report = lintText(readFileSync(`fixtures/rules/${rule}/${name}`), { path: name });
        expect(validate(JSON.parse(formatJson(report, OPTIONS))), `${name}: ${JSON.stringify(validate.errors)}`).toBe(true);
      }
    }
    for (const project of readdirSync('fixtures/projects')) {
      const cwd = resolve('fixtures/projects', project);
      const argv = readFileSync(resolve(cwd, 'argv.txt'), 'utf8').trim().split('\n');
      const { out } = await run([...argv, '--format', 'json'], { cwd });
      expect(validate(JSON.parse(out)), `${project}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
  });

  it('holds what the contract says of a missing certificate', async () => {
    const cwd = resolve('fixtures/projects/rotation');
    const argv = readFileSync(resolve(cwd, 'argv.txt'), 'utf8').trim().split('\n');
    const { out } = await run([...argv, '--format', 'json'], { cwd });
    const report = JSON.parse(out) as { files: { findings: Record<string, unknown>[] }[] };
    const finding = report.files[0]!.findings.find(({ rule }) => rule === 'os-profile-missing-certificate');
    const thumbprint = (finding!['data'] as { thumbprint: string }).thumbprint;
    expect(finding).toMatchObject({
      rule: 'os-profile-missing-certificate',
      severity: 'error',
      data: { role: 'Shop.Web', certificate: 'Tls', thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/) as string },
      location: { path: 'ServiceConfiguration.Cloud.cscfg', line: 9, column: 43, endLine: 9, endColumn: 83 },
      azure: expect.stringMatching(new RegExp(`Missing thumbprints: Shop\\.Web\\|${thumbprint}$`)) as string,
      azureSeen: 'cses',
    });
    expect(report).toMatchObject({
      version: 1,
      tool: { name: 'cscfglint' },
      evidence: expect.arrayContaining([{ path: 'exports/vault.json', kind: 'vault', shape: 'az-certificates', records: 4, newest: '2026-12-01T09:00:00.000Z' }]) as unknown,
      skipped: [],
      summary: { files: 2, errors: 3, warnings: 0, infos: 1, suppressed: 0 },
    });
  });

  it('puts files in which the same rules were skipped into one entry', async () => {
    const certificate = wrap('<Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />');
    const cwd = folderWith({ 'a.cscfg': certificate, 'b.cscfg': certificate, 'c.cscfg': wrap('<Role name="Web"><Instances count="1" /></Role>'), 'd.cscfg': '<a' });
    const { out } = await run(['.', '--format', 'json'], { cwd });
    const { skipped } = JSON.parse(out) as { skipped: { reason: string; missing: string[]; files: string[]; rules: string[] }[] };
    expect(skipped.filter(({ files }) => files.includes('a.cscfg')).every(({ files }) => files.includes('b.cscfg'))).toBe(true);
    // What a file without any certificate lacks is the service definition alone.
    expect(skipped.filter(({ files }) => files.includes('c.cscfg')).map(({ missing }) => missing)).toEqual([['csdef']]);
    expect(skipped.some(({ reason, files }) => reason === 'not-well-formed' && files.join() === 'd.cscfg')).toBe(true);
    const [missing] = skipped.filter(({ rules }) => rules.includes('os-profile-missing-certificate') && rules.length > 0);
    expect(missing?.missing).toEqual(['vault', 'os-profile']);
  });

  it('starts no command of Azure Pipelines, and stays JSON', () => {
    const name = '##vso[task.setvariable variable=x]y ##[error]';
    const json = formatJson(lintText(wrap(`<Role name="${name}"><Instances count="1" /></Role><Role name="${name}"><Instances count="1" /></Role>`)), OPTIONS);
    expect(json).not.toMatch(/##vso\[|##\[/);
    expect(JSON.stringify(JSON.parse(json))).toContain('##vso[');
  });
});

describe('the text report', () => {
  /** Everything that can be set, holds the same text. */
  function hostile(text: string): string {
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
    const role = `<Role name="${escaped}"><Instances count="1" /><Certificates><Certificate name="${escaped}" thumbprint="${escaped}" thumbprintAlgorithm="${escaped}" /></Certificates></Role>`;
    return `<ServiceConfiguration serviceName="${escaped}" xmlns="${NAMESPACE}">${role}${role}<Role/></ServiceConfiguration>`;
  }

  const text = fc
    .array(fc.oneof(fc.constantFrom('\u001B[31m', '\u200E', '\u202E', '\u2028', '\u0085', '\u009B', '\n', '\r', '\t', '::error::', '##vso[x]', '|', '\uE000'), fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 6 })
    .map((parts) => parts.join('').replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));

  it('shows nothing that cannot be seen, whatever the names are', () => {
    fc.assert(
      fc.property(text, (name) => {
        const printed = formatText(lintText(hostile(name)), OPTIONS);
        expect(printed.replaceAll('\n', '')).toBe(visible(printed.replaceAll('\n', '')));
        // A name cannot begin a line.
        for (const line of printed.split('\n')) expect(line).toMatch(/^(?:$|error |warning |info | *(?:-->|:::|\||=|\d+ \|)|\d+ )/);
      }),
    );
  });

  it('underlines what is meant, under wide characters and escapes too', () => {
    const printed = formatText(lintText(wrap('<Role name="管理"><Instances count="1" /><Certificates><Certificate name="T\u200E鍵" thumbprint="12" thumbprintAlgorithm="sha1" /></Certificates></Role>')), OPTIONS);
    const lines = printed.split('\n');
    const line = lines.findIndex((one) => one.includes('thumbprint="12"'));
    const columns = (one: string) => Array.from(one.replace(/[\u3000-\u9FFF]/g, '  ')).length;
    expect(columns(lines[line]!.slice(0, lines[line]!.indexOf('12"')))).toBe(lines[line + 1]!.indexOf('^'));
  });

  it.each([
    ['\u001B[2J', '\\u{1B}[2J'],
    ['a\u200Eb', 'a\\u{200E}b'],
    ['a\tb\u00A0c', 'a b\\u{A0}c'],
    ['Grüße 鍵 🔑', 'Grüße 鍵 🔑'],
  ])('%j is shown as %s', (hidden, shown) => {
    expect(visible(hidden)).toBe(shown);
  });
});

describe('secrets', () => {
  const SECRET = 'c2VjcmV0LWNhbmFyeQ';
  const setting = (value: string) => `<Role name="Web"><ConfigurationSettings><Setting name="Shop.Key" value="${value}" /></ConfigurationSettings></Role>`;

  it.each([
    ['well-formed', wrap(setting(SECRET))],
    ['with a placeholder', wrap(setting(`#{x}${SECRET}`))],
    ['on several lines', wrap(setting(`a\n${SECRET}\nb`))],
    ['in other letter case', wrap(setting(SECRET).replace('value=', 'Value='))],
    ['misspelt', wrap(setting(SECRET).replace('value=', 'vlaue='))],
    ['as text', wrap(`<Role name="Web"><ConfigurationSettings><Setting name="Shop.Key">${SECRET}</Setting></ConfigurationSettings></Role>`)],
    ['commented out', wrap(`<Role name="Web"><!-- ${setting(SECRET)} --></Role>`)],
    ['with a bare <', wrap(setting(`a<b${SECRET}`))],
    ['before a bare <', wrap(setting(`${SECRET}<b`))],
    ['with a bare &', wrap(setting(`a&${SECRET}`))],
    ['with a bare & and a semicolon', wrap(setting(`a&${SECRET};b`))],
    ['with a quote inside', wrap(setting(`a"${SECRET}"`))],
    ['with its closing quote lost', wrap(setting(SECRET).replace('" /></Conf', ' /></Conf'))],
    ['with its opening quote lost', wrap(setting(SECRET).replace('value="', 'value='))],
    ['without quotes', wrap(setting(SECRET).replace(`"${SECRET}"`, SECRET))],
    ['after another lost quote', wrap(setting(SECRET).replace('"Web"', '"Web'))],
    ['given twice', wrap(setting(`${SECRET}" value="${SECRET}`))],
    ['in single quotes', wrap(setting(SECRET).replaceAll('"', "'"))],
    ['cut off', wrap(setting(SECRET)).slice(0, wrap(setting(SECRET)).indexOf(SECRET) + SECRET.length)],
    ['with a control character', wrap(setting(`\u0001${SECRET}`))],
    ['beside everything wrong', wrap(`<Role><Setting name="a" value="${SECRET}" /><Instances/></Role>`)],
    ['as a prefixed element', wrap(setting(SECRET).replace('<Setting', '<x:Setting'))],
    ['in a value element', wrap(setting('').replace(' value="" />', `><value>${SECRET}</value></Setting>`))],
    ['as a word of its own', wrap(setting('').replace('/>', `${SECRET} />`))],
    ['as an attribute', wrap(setting('').replace('/>', `${SECRET}="" />`))],
    ['as an element', wrap(setting('').replace(' />', `><${SECRET} /></Setting>`))],
    ['loose after it', wrap(setting('x').replace('</Conf', ` ${SECRET}</Conf`))],
    ['in a comment', wrap(setting('x').replace('</Conf', `<!-- old ${SECRET} --></Conf`))],
    ['in a comment with an end tag', wrap(setting('x').replace('</Conf', `<!-- </ConfigurationSettings> ${SECRET} --></Conf`)).replace('"Web"', '"W<b"')],
    ['in a tag inside a tag', wrap(setting(SECRET).replace('value=', '<value='))],
    ['after a comment in a tag', wrap(setting(SECRET).replace(' value=', '<!--value='))],
    ['after an instruction in a tag', wrap(setting(SECRET).replace(' value=', '<?e='))],
    ['after its end tag', wrap(setting(SECRET).replace(' value=', '></Setting>lue='))],
    ['inside its name, whose quote is lost', wrap(setting(SECRET).replace('Key" value="', 'Key value="'))],
    ['as an end tag', wrap(setting('x').replace('</Conf', `</${SECRET}></Conf`))],
    ['outside of ConfigurationSettings and broken', wrap(`<Role name="Web"><Setting name="a" <value="${SECRET}" /><Instances/></Role>`)],
    ['in an attribute of another element', wrap(`<Role name="Web" adminPassword="${SECRET}" sharedAccessKey='${SECRET}'><Instances count="x" token=${SECRET} /></Role>`)],
  ])('of a setting %s are never shown', async (_, content) => {
    const cwd = folderWith({ 'a.cscfg': content });
    for (const format of FORMAT_NAMES) {
      const { out, err } = await run(['a.cscfg', '--format', format, '--debug'], { cwd });
      expect(out + err).not.toContain(SECRET);
    }
  });

  it('are never shown wherever in a setting they stand', () => {
    const pieces = ['<Setting', '<Setting name="A"', ' name="A"', ' value="', 'value=', '"', "'", ' ', '/>', '>', '</Setting>', '<', '</', '<!--', '-->', '<?', '?>', '<![CDATA[', ']]>', '&', ';', '\n', 'x', '<value>', '='];
    const mangled = fc.array(fc.constantFrom(...pieces), { maxLength: 8 });
    const role = (inside: string) => wrap(`<Role name="Web"><Instances count="x" /><ConfigurationSettings><Setting name="A" value="${inside}</ConfigurationSettings></Role>`);
    fc.assert(
      fc.property(mangled, mangled, (before, after) => {
        // A secret that is written as a name is one.
        fc.pre(!/name=\s*["'][^"'=<>\n]*$/.test(before.join('')));
        const report = lintText(role(`${before.join('')}${SECRET}${after.join('')}`));
        for (const one of [formatText, formatJson, formatSarif]) expect(one(report, OPTIONS)).not.toContain(SECRET);
      }),
      { numRuns: runs(100) },
    );
  });

  it('are as well hidden in the first part of a text as in the whole', () => {
    const piece = fc.constantFrom('<Setting', ' name="A"', ' value="x y"', 'value=', '"', "'", ' ', '/>', '>', '</Setting>', '<ConfigurationSettings>', '</ConfigurationSettings>', '<!--', '-->', 'token=z', '\n', 'x', '<Role>', '</Role>');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(piece, { maxLength: 12 }), (first, rest) => {
        // What a cut in the middle of a token makes of it lies far behind what is shown.
        const part = `${first.join('')}\n<a b="c" />`;
        const shown = part.length - '<a b="c" />'.length;
        const hidden = (text: string) => secretRanges(text).flatMap(({ start, end }) => Array.from({ length: Math.max(0, Math.min(end, shown) - start) }, (_, index) => start + index));
        const inPart = new Set(hidden(part));
        expect(hidden(part + rest.join('')).filter((offset) => part[offset]?.trim() !== '' && !inPart.has(offset))).toEqual([]);
      }),
      { numRuns: runs(200) },
    );
  });

  it('are found in linear time', () => {
    for (const piece of ['value=', "value='", '<Setting ', '<Setting name="', '<ConfigurationSettings>', '<!--', '<ConfigurationSettings><!--', 'token=', ' ', '<a.b:', '</Role', 'a.b:', 'value="x"y ', '<Password>', '<Password x ']) {
      const started = performance.now();
      secretRanges(`<ConfigurationSettings>${piece.repeat(50_000)}`);
      secretRanges(`${piece.repeat(50_000)}<ConfigurationSettings>`);
      expect(performance.now() - started).toBeLessThan(3000);
    }
  });
});
