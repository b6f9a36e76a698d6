// npm run bench: speed and memory as ratios to something that runs on the same machine in the same minute.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { nodeCrypto } from '../src/cli/crypto.js';
import { readPfx } from '../src/evidence/pfx.js';

const root = dirname(import.meta.dirname);
const COMMAND = join(root, 'dist', 'cscfglint.cjs');
const folder = mkdtempSync(join(tmpdir(), 'cscfglint-bench-'));

/** One comparison: at most `bar` times as long as the other. */
interface Row {
  readonly what: string;
  readonly ratio: number | null;
  readonly bar: number;
  readonly note: string;
}

/**
 * What does not reach its bar yet, and must not get worse: beyond this it fails. With all rules on, two thousand small files
 * take V8 about as long to compile the rules for as to run them.
 */
const NOT_YET: Readonly<Record<string, number>> = { '2,000 files : xmllint --noout': 10 };

function isTooSlow({ what, ratio: measured, bar }: Row): boolean {
  return measured !== null && measured > (NOT_YET[what] ?? bar);
}

const rows: Row[] = [];

/** Tells a row as soon as it is measured: a benchmark that is stopped halfway has said what it knew. */
function add(row: Row): void {
  rows.push(row);
  const { what, ratio, bar, note } = row;
  const verdict = ratio === null ? 'skipped' : ratio <= bar ? 'ok' : isTooSlow(row) ? 'OVER' : 'NOT YET';
  console.log(`${ratio === null ? '    -' : ratio.toFixed(2).padStart(5)}  at most ${bar.toFixed(1)}  ${verdict.padEnd(7)}  ${what}  (${note})`);
}

function time(command: string, args: readonly string[], cwd = folder): number {
  const start = process.hrtime.bigint();
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'ignore' });
  if (error !== undefined || status === null) throw new Error(`${command} could not be run`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Runs the two in turn, since machines change their speed, and gives the median of the ratios pair by pair. */
function ratio(runs: number, ours: () => number, theirs: () => number): { ratio: number; ours: number; theirs: number } {
  ours();
  theirs();
  const pairs = Array.from({ length: runs }, () => [ours(), theirs()] as const);
  return { ratio: median(pairs.map(([a, b]) => a / b)), ours: median(pairs.map(([a]) => a)), theirs: median(pairs.map(([, b]) => b)) };
}

/** Only a result that a busy machine could have caused is measured again, twice at most. */
const NOISE = 1.5;

function report(what: string, bar: number, runs: number, ours: () => number, theirs: () => number): void {
  const limit = NOT_YET[what] ?? bar;
  let measured = ratio(runs, ours, theirs);
  for (let again = 0; again < 2 && measured.ratio > limit && measured.ratio < limit * NOISE; again++) {
    const other = ratio(runs, ours, theirs);
    if (other.ratio < measured.ratio) measured = other;
  }
  add({ what, ratio: measured.ratio, bar, note: `${measured.ours.toFixed(0)} ms : ${measured.theirs.toFixed(0)} ms, median of ${runs} pairs` });
}

function has(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

// ---------------------------------------------------------------------------------------------------------------------
// Input
// ---------------------------------------------------------------------------------------------------------------------

const NAMESPACE = 'http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration';

/** A random number that is the same on every run. */
let seed = 20_261_125;
function random(limit: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  // The low bits of such a sequence repeat soon.
  return Math.floor(seed / 65_536) % limit;
}

const digits = (count: number) => Array.from({ length: count }, () => '0123456789ABCDEF'[random(16)]).join('');

function role(name: string, settings: number): string {
  const lines = Array.from({ length: settings }, (_, index) => `      <Setting name="Shop.Setting${index}" value="DefaultEndpointsProtocol=https;AccountName=shop${index};AccountKey=${digits(40)}" />`);
  const certificates = Array.from({ length: 4 }, (_, index) => `      <Certificate name="Tls${index}" thumbprint="${digits(40)}" thumbprintAlgorithm="sha1" />`);
  return `  <Role name="${name}">\n    <Instances count="2" />\n    <ConfigurationSettings>\n${lines.join('\n')}\n    </ConfigurationSettings>\n    <Certificates>\n${certificates.join('\n')}\n    </Certificates>\n  </Role>`;
}

function configuration(roles: number, settings: number): string {
  const all = Array.from({ length: roles }, (_, index) => role(`Shop.Role${index}`, settings));
  const addresses = Array.from({ length: roles }, (_, index) => `      <InstanceAddress roleName="Shop.Role${index}"><Subnets><Subnet name="shop" /></Subnets></InstanceAddress>`);
  all.push(`  <NetworkConfiguration>\n    <VirtualNetworkSite name="shop-vnet" />\n    <AddressAssignments>\n${addresses.join('\n')}\n    </AddressAssignments>\n  </NetworkConfiguration>`);
  return `<?xml version="1.0" encoding="utf-8"?>\n<ServiceConfiguration serviceName="Shop" osFamily="7" osVersion="*" schemaVersion="2015-04.2.6" xmlns="${NAMESPACE}">\n${all.join('\n')}\n</ServiceConfiguration>\n`;
}

/** A file in a folder of its own: those beside it are looked at too. */
function fileAlone(name: string, text: string): string {
  const path = join(folder, name, 'ServiceConfiguration.Cloud.cscfg');
  mkdirSync(dirname(path));
  writeFileSync(path, text);
  return path;
}

const small = fileAlone('small', configuration(2, 8));
const large = fileAlone('large', configuration(6_000, 24));
const tree = join(folder, 'tree');
// As long as real ones: half of those in public repositories have less than 1.2 KB, one in four more than 1.9.
const paths = Array.from({ length: 2_000 }, (_, index) => join(tree, `service${index >> 1}`, index % 2 === 0 ? 'ServiceConfiguration.Cloud.cscfg' : 'ServiceConfiguration.Test.cscfg'));
for (const path of paths) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, configuration(1, 8));
}

/** Two hundred services with an export, an osProfile and local certificates; gives the arguments. One thumbprint in ten is misspelt. */
function writeServices(into: string): string[] {
  const versions = Array.from({ length: 10_000 }, (_, index) => ({ name: `cert${index >> 1}`, version: digits(32).toLowerCase(), thumbprint: digits(40) }));
  const times = { created: '2026-01-02T03:04:05+00:00', enabled: true, expires: '2028-01-31T09:00:00+00:00', notBefore: '2026-01-01T09:00:00+00:00', updated: '2026-01-02T03:04:05+00:00' };
  const vault = versions.map(({ name, version, thumbprint }) => ({
    attributes: times,
    id: `https://shop-kv.vault.azure.net/certificates/${name}/${version}`,
    name,
    x509ThumbprintHex: thumbprint,
  }));
  const urls = versions.slice(0, 1_000).map(({ name, version }) => ({ certificateUrl: `https://shop-kv.vault.azure.net/secrets/${name}/${version}` }));
  mkdirSync(join(into, 'services'), { recursive: true });
  mkdirSync(join(into, 'pfx'));
  writeFileSync(join(into, 'vault.json'), JSON.stringify(vault, null, 2));
  writeFileSync(join(into, 'secrets.json'), JSON.stringify([{ sourceVault: { id: '/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv' }, vaultCertificates: urls }], null, 2));
  for (let index = 0; index < 200; index++) {
    const text = configuration(2, 8).replace(/(?<=thumbprint=")[^"]+/g, () => (random(10) === 0 ? digits(40) : (versions[random(1_100)]?.thumbprint ?? '')));
    writeFileSync(join(into, 'services', `${index}.cscfg`), text);
  }
  const pfx = readFileSync(join(root, 'fixtures', 'certificates', 'aes-256.pfx'));
  for (let index = 0; index < 100; index++) writeFileSync(join(into, 'pfx', `${index}.pfx`), pfx);
  writeFileSync(join(into, 'password'), 'Pass-2');
  return ['services', '--vault', 'vault.json', '--os-profile', 'secrets.json', '--pfx', 'pfx/*.pfx', '--pfx-password-file', 'password'];
}

// ---------------------------------------------------------------------------------------------------------------------
// Comparisons
// ---------------------------------------------------------------------------------------------------------------------

report('one small file, the whole process : node -e 0', 1.6, 41, () => time(process.execPath, [COMMAND, small]), () => time(process.execPath, ['-e', '0']));

// As a hook calls it: the file itself, found by its first line.
report('one file through the command of a hook : node -e 0', 1.8, 21, () => time(COMMAND, [small]), () => time(process.execPath, ['-e', '0']));

const config = join(folder, 'configured');
mkdirSync(config);
writeFileSync(join(config, 'small.cscfg'), readFileSync(small));
writeFileSync(join(config, '.cscfglintrc'), '{ "root": true, "rules": { "thumbprint-uppercase": "off" } }');
report('the same with a .cscfglintrc : node -e 0', 1.9, 21, () => time(process.execPath, [COMMAND, join(config, 'small.cscfg')]), () => time(process.execPath, ['-e', '0']));

const bare = join(folder, 'bare.cjs');
writeFileSync(bare, `const { SaxesParser } = require(${JSON.stringify(join(root, 'node_modules', 'saxes'))});\nnew SaxesParser({ xmlns: false }).write(require('node:fs').readFileSync(process.argv[2], 'utf8')).close();\n`);
const size = (readFileSync(large).length / 1e6).toFixed(0);
report(`a file of ${size} MB : a bare saxes pass`, 1.6, 9, () => time(process.execPath, [COMMAND, large]), () => time(process.execPath, [bare, large]));

if (has('xmllint')) {
  report('2,000 files : xmllint --noout', 5, 9, () => time(process.execPath, [COMMAND, tree]), () => time('xmllint', ['--noout', ...paths]));
} else {
  add({ what: '2,000 files : xmllint --noout', ratio: null, bar: 5, note: 'skipped: there is no xmllint here' });
}

const certs = join(folder, 'certs');
const certsArguments = writeServices(certs);
const bareCerts = join(folder, 'bare-certs.cjs');
writeFileSync(
  bareCerts,
  `const fs = require('node:fs'), { pbkdf2Sync } = require('node:crypto'), { SaxesParser } = require(${JSON.stringify(join(root, 'node_modules', 'saxes'))});
JSON.parse(fs.readFileSync('vault.json', 'utf8'));
JSON.parse(fs.readFileSync('secrets.json', 'utf8'));
for (const name of fs.readdirSync('services')) new SaxesParser({ xmlns: false }).write(fs.readFileSync('services/' + name, 'utf8')).close();
for (const name of fs.readdirSync('pfx')) { fs.readFileSync('pfx/' + name); pbkdf2Sync('Pass-2', name, 2048, 32, 'sha256'); }
`,
);
report(
  'certs: 200 services, 10,000 certificates, 100 .pfx : JSON.parse, bare saxes, PBKDF2',
  8,
  9,
  () => time(process.execPath, [COMMAND, 'certs', ...certsArguments], certs),
  () => time(process.execPath, [bareCerts], certs),
);

// Where that time goes: phases, and the slowest rules.
console.log(spawnSync(process.execPath, [COMMAND, 'certs', ...certsArguments, '--quiet', '--timing'], { cwd: certs, encoding: 'utf8', maxBuffer: 1e8 }).stderr.trimEnd().replace(/^/gm, '       '));

if (has('openssl')) {
  const pfx = join(root, 'fixtures', 'certificates', 'aes-256.pfx');
  const bytes = readFileSync(pfx);
  const open = () => {
    const start = performance.now();
    const { certificates } = readPfx('aes-256.pfx', bytes, { crypto: nodeCrypto, passwords: ['Pass-2'] });
    if (certificates.length !== 1) throw new Error('the .pfx was not read');
    return performance.now() - start;
  };
  for (let warm = 0; warm < 20; warm++) open();
  report('an ordinary .pfx, warm : the openssl process', 1, 21, open, () => time('openssl', ['pkcs12', '-info', '-noout', '-in', pfx, '-passin', 'pass:Pass-2']));
} else {
  add({ what: 'an ordinary .pfx, warm : the openssl process', ratio: null, bar: 1, note: 'skipped: there is no openssl here' });
}

/** Peak memory of a process, in MB, as the system accounts for it. */
function memory(args: readonly string[]): number {
  const peak = join(folder, 'peak.cjs');
  writeFileSync(peak, `process.on('exit', () => require('node:fs').writeFileSync(process.env.PEAK, String(process.resourceUsage().maxRSS)));\n`);
  const out = join(folder, 'peak.txt');
  execFileSync(process.execPath, ['--require', peak, ...args], { stdio: 'ignore', env: { ...process.env, PEAK: out } });
  return Number(readFileSync(out, 'utf8')) / 1024;
}

const ours = memory([COMMAND, large]);
const theirs = memory([bare, large]);
add({ what: `peak memory, ${size} MB : a bare saxes pass`, ratio: ours / theirs, bar: 1.6, note: `${ours.toFixed(0)} MB : ${theirs.toFixed(0)} MB` });

rmSync(folder, { recursive: true, force: true });

if (rows.some(isTooSlow)) process.exitCode = 1;
