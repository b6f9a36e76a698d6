// cscfglint init: a config for a repository, from what lies in it.

import { constants, copyFileSync, linkSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import type { Inspection } from '../../core/inspection.js';
import { decode } from '../../core/source.js';
import { parseJson } from '../../evidence/json.js';
import { initialConfig } from '../../formats/initial-config.js';
import { visible } from '../../formats/visible.js';
import type { Command } from '../command.js';
import { CONFIG_NAMES } from '../config-file.js';
import { discover, type Discovery } from '../discovery.js';
import { Failure, systemError } from '../failure.js';
import { findConfigurations, findEvidence, shownPath, slashed } from '../files.js';
import { Folders } from '../folders.js';
import type { Host } from '../host.js';
import { globProblem } from '../patterns.js';
import { temporaryBeside, writeTemporary } from '../temporary-file.js';

const [NAME] = CONFIG_NAMES;

export const initCommand: Command = async (args, host) => {
  const folder = resolve(host.cwd, args.paths[0] ?? '.');
  const folders = new Folders();
  refuseFolder(folder, host);
  refuseSecondConfig(folder, folders, host);
  const discovery = await discover(folder, folders, host.cwd);
  if (discovery.configurations.length === 0) throw await nothingToLint(folder, folders, host, discovery);
  const found = await nameable(discovery, folder);
  for (const warning of discovery.warnings) host.err(`cscfglint: warning: ${visible(warning)}\n`);
  const path = join(folder, NAME);
  writeNew(path, initialConfig(configOf(found, folder)), host);
  host.out(toText(found, path, host));
  return 0;
};

// ---------------------------------------------------------------------------------------------------------------------
// Where no config is written
// ---------------------------------------------------------------------------------------------------------------------

function refuseFolder(folder: string, { cwd, home }: Host): void {
  let isFolder: boolean;
  try {
    isFolder = statSync(folder).isDirectory();
  } catch (error) {
    throw new Failure(`${shownPath(folder, cwd)} cannot be read: ${systemError(error)}.`);
  }
  if (!isFolder) throw new Failure(`${shownPath(folder, cwd)} is no folder.`, 'Name the folder that the config is for.');
  if (folder === home) throw new Failure(`${folder} is the home folder, whose config counts for nothing.`, 'Name the folder of the repository: cscfglint init FOLDER.');
}

/** A folder has one config, and nobody's work is written over. */
function refuseSecondConfig(folder: string, folders: Folders, { cwd }: Host): void {
  const names = CONFIG_NAMES.filter((name) => folders.holds(folder, name));
  const paths = names.map((name) => shownPath(join(folder, name), cwd));
  if (folders.holds(folder, 'package.json') && holdsConfig(join(folder, 'package.json'))) paths.push(`"cscfglint" in ${shownPath(join(folder, 'package.json'), cwd)}`);
  if (paths.length > 0) throw isThere(paths.join(' and '));
}

function isThere(what: string): Failure {
  return new Failure(`There is a config already, which stays as it is: ${what}.`, 'cscfglint print-config FILE.cscfg shows what holds for a file.');
}

/** Whether a package.json has a part for cscfglint, be it right or wrong. */
function holdsConfig(path: string): boolean {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Failure(`${path} cannot be read, and may hold a config: ${systemError(error)}.`);
  }
  const decoded = decode(path, bytes);
  return decoded.ok && parseJson(decoded.source).documents[0]?.get('cscfglint') !== undefined;
}

async function nothingToLint(folder: string, folders: Folders, { cwd }: Host, { isWhole }: Discovery): Promise<Failure> {
  const shown = shownPath(folder, cwd);
  if (!isWhole) return new Failure(`${shown} holds too many files to look through all, and no .cscfg is among the first.`, 'Name the folder of the repository: cscfglint init FOLDER.');
  const { unmatched } = await findConfigurations([folder], cwd, folders, true);
  if (unmatched.some(({ isIgnored }) => isIgnored)) return new Failure(`${shown}: a .gitignore leaves out every .cscfg file there, so there is nothing to write a config for.`);
  return new Failure(`There is no .cscfg file in ${shown}, so there is nothing to write a config for.`, 'Name the folder that holds them: cscfglint init FOLDER.');
}

// ---------------------------------------------------------------------------------------------------------------------
// What the config names
// ---------------------------------------------------------------------------------------------------------------------

/** What was found without what no config can name: the name of a file may itself be a glob that takes too long to match. */
async function nameable(discovery: Discovery, folder: string): Promise<Named> {
  const unusable = [...discovery.unusable];
  const canBeNamed = (path: string): boolean => {
    const problem = globProblem(named(path, folder));
    if (problem !== null) unusable.push({ path, problem: { message: `A config cannot name it: ${problem}.`, help: 'Give it another name.' } });
    return problem === null;
  };
  const kept = {
    ...discovery,
    certificates: discovery.certificates.filter(({ path }) => canBeNamed(path)),
    vault: discovery.vault.filter(({ path }) => canBeNamed(path)),
    osProfile: discovery.osProfile.filter(({ path }) => canBeNamed(path)),
    unusable,
  };
  return { ...kept, pfx: await patternsFor(kept.certificates.map(({ path }) => path), folder) };
}

interface Named extends Discovery {
  /** Patterns for the certificates. */
  readonly pfx: readonly string[];
}

/** Several files of one folder and ending as a glob, as long as that stands for these and no others. */
async function patternsFor(paths: readonly string[], folder: string): Promise<string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const glob = join(dirname(path), `*${extname(path)}`);
    groups.set(glob, [...(groups.get(glob) ?? []), path]);
  }
  const patterns: string[] = [];
  for (const [glob, group] of groups) {
    const pattern = named(glob, folder);
    if (group.length > 1 && (await standsFor(pattern, group, folder))) patterns.push(pattern);
    else patterns.push(...group.map((path) => named(path, folder)));
  }
  return patterns;
}

async function standsFor(pattern: string, paths: readonly string[], folder: string): Promise<boolean> {
  if (globProblem(pattern) !== null) return false;
  const found = await findEvidence(pattern, folder);
  return found !== 'folder' && found.length === paths.length && found.every((path) => paths.includes(path));
}

function named(path: string, folder: string): string {
  return slashed(relative(folder, path));
}

function configOf({ definitions, pfx, locked, vault, osProfile, contradicting, cloudServices }: Named, folder: string) {
  const names = (paths: Iterable<string>) => Array.from(paths, (path) => named(path, folder));
  return {
    csdef: names(definitions),
    pfx,
    locked: names(locked),
    vault: names(vault.map(({ path }) => path)),
    osProfile: names(osProfile.map(({ path }) => path)),
    contradicting: names(contradicting),
    cloudServices,
  };
}

// ---------------------------------------------------------------------------------------------------------------------
// Writing it
// ---------------------------------------------------------------------------------------------------------------------

/** Writes a file that is not there yet: whole, or not at all. Of two processes that try it at once, one is refused. */
function writeNew(path: string, text: string, { cwd }: Host): void {
  const temporary = temporaryBeside(path);
  try {
    writeTemporary(temporary, text);
    putInPlace(temporary, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw isThere(shownPath(path, cwd));
    throw new Failure(`${shownPath(path, cwd)} cannot be written: ${systemError(error)}.`);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Renaming would take the place of a file that somebody wrote meanwhile; a second name for it does not. */
function putInPlace(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    // Some file systems, such as FAT, know no second names.
    copyFileSync(temporary, path, constants.COPYFILE_EXCL);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

// ---------------------------------------------------------------------------------------------------------------------
// What is printed
// ---------------------------------------------------------------------------------------------------------------------

/** So many files of one kind have a line of their own. */
const MAX_LINES = 20;

function toText(found: Named, path: string, { cwd }: Host): string {
  const { configurations, definitions, certificates, locked, vault, osProfile, contradicting, unusable, ignored, unread, isWhole } = found;
  const shown = (one: string) => shownPath(one, cwd);
  const lines = [
    ...few('found', configurations, (one) => `${shown(one)}: service configuration`),
    ...few('found', definitions, (one) => `${shown(one)}: service definition${definitions.length > 1 ? ', one of several; see the config' : ''}`),
    ...few('found', certificates, (one) => `${shown(one.path)}: local certificate${locked.has(one.path) ? '; needs a password, see the config' : ''}`),
    ...few('found', vault, (one) => `${shown(one.path)}: ${vaultLine(one.inspection)}`),
    ...few('found', osProfile, (one) => `${shown(one.path)}: source of osProfile${counted(urlsOf(one.inspection), 'secret URL')}`),
    ...few('found', contradicting, (one) => `${shown(one)}: parameters of one of several deployments; see the config`),
    ...few('left out', unusable, ({ path: one, problem }) => `${shown(one)}: ${problem.message} ${problem.help}`),
    ...few('left out', ignored, (one) => `${shown(one)}: a .gitignore leaves it out. Add it to the config by hand if it is wanted.`),
    ...few('not read', unread, (one) => `${shown(one)}: there are too many files, it is too large, or it may not be read.`),
    ...(isWhole ? [] : ['not read  the rest: the folder holds too many files.']),
    `wrote     ${shown(path)}`,
    `next      ${lintOf(dirname(path), cwd)}`,
  ];
  return lines.map((line) => `${visible(line)}\n`).join('');
}

function few<T>(word: string, all: readonly T[], line: (one: T) => string): string[] {
  const more = all.length - MAX_LINES;
  const lines = all.slice(0, MAX_LINES).map((one) => `${word.padEnd(9)} ${line(one)}`);
  return more > 0 ? [...lines, `${word.padEnd(9)} ${more} more`] : lines;
}

/** Beside exports, what tells of the vault itself is of use, too. */
function vaultLine({ vaultCertificates: { length } }: Inspection): string {
  return length === 0 ? 'settings of a vault' : `vault export${counted(length, 'certificate')}`;
}

function counted(count: number, what: string): string {
  return count === 0 ? '' : `, ${count} ${what}${count === 1 ? '' : 's'}`;
}

function urlsOf({ services }: Inspection): number {
  return services.reduce((sum, { secrets }) => sum + secrets.reduce((urls, { certificateUrls }) => urls + certificateUrls.length, 0), 0);
}

/** The command that lints a folder. One that is named like a command is written with "./". */
function lintOf(folder: string, cwd: string): string {
  if (folder === cwd) return 'cscfglint';
  const shown = shownPath(folder, cwd);
  const path = /^(?:\.|\/|[A-Za-z]:)/.test(shown) ? shown : `./${shown}`;
  return `cscfglint ${/^[\w./:-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`}`;
}
