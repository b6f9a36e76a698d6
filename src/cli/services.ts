// Which files make up a service: the .csdef of a .cscfg, and the .cscfg that go with it.

import { isLocalName } from '../core/config.js';
import { readConfiguration, readDefinition } from '../core/lint.js';
import { foldName } from '../core/names.js';
import type { EvidenceSummary } from '../core/report.js';
import { MAX_TEXT_BYTES, decode, type Decoded, type SourceFile } from '../core/source.js';
import type { Siblings } from '../core/lint.js';
import type { ConfigurationFact, DefinitionFact } from '../core/types.js';
import { systemError } from './failure.js';
import { readBounded, shownPath } from './files.js';
import { folderOf, type Folders } from './folders.js';

/** Which service definition goes with a .cscfg. */
export type ChosenDefinition =
  | { readonly kind: 'one'; readonly path: string }
  | { readonly kind: 'none' }
  /** Several lie beside it, and nobody said which. */
  | { readonly kind: 'several'; readonly paths: readonly string[] };

const NO_PATHS: readonly string[] = [];

const NONE: ChosenDefinition = { kind: 'none' };

/** A file that was asked for. Absolute paths. */
interface Member {
  readonly path: string;
  readonly definition: string | null;
  /** Those that it is compared with, once somebody has asked. */
  siblings: readonly string[] | null;
}

/** How many .cscfg of one service are held against each other. */
const MAX_SIBLINGS = 100;

/** Finds and reads the files of services, each once. Paths are absolute but where they are said to be shown. */
export class Services implements Siblings {
  readonly failures: string[] = [];
  readonly summaries: EvidenceSummary[] = [];

  readonly #beside = new Map<string, ChosenDefinition>();
  readonly #definitions = new Map<string, DefinitionFact | null>();
  /** What the files of one group say, by path. */
  #configurations = new Map<string, ConfigurationFact | null>();
  /** Their texts as they were linted: of standard input, or after fixes, another than on disk. */
  #kept = new Map<string, SourceFile>();
  #group: string | null = null;
  /** The files that were asked for, by the path that is shown, and the service definition of each. */
  readonly #members = new Map<string, Member>();
  /** Their paths, by the service definition. */
  readonly #defined = new Map<string, string[]>();
  /** The service configurations of folders, but those for the emulator. */
  readonly #inFolders = new Map<string, readonly string[]>();
  readonly #ofDefinitions = new Map<string, readonly string[]>();
  /** The paths of files that were read, by the path that is shown, and the texts of those that a report shows places of. */
  readonly #read = new Map<string, string>();
  readonly #texts = new Map<string, SourceFile | undefined>();

  constructor(
    private readonly folders: Folders,
    private readonly cwd: string,
  ) {}

  /** The service definition beside a .cscfg of a folder. */
  beside(folder: string): ChosenDefinition {
    let chosen = this.#beside.get(folder);
    if (chosen === undefined) {
      const paths = this.folders.look(folder).definitions;
      const [first] = paths;
      chosen = first === undefined ? NONE : paths.length > 1 ? { kind: 'several', paths } : { kind: 'one', path: first };
      this.#beside.set(folder, chosen);
    }
    return chosen;
  }

  /** Notes that a file is linted, and with which service definition; that of a .csdef is itself. */
  join(path: string, definition: string | null): void {
    this.#members.set(shownPath(path, this.cwd), { path, definition, siblings: null });
    if (definition === null) return;
    const paths = this.#defined.get(definition);
    if (paths === undefined) this.#defined.set(definition, [path]);
    else paths.push(path);
  }

  /** The text of a file of a service, by its path as it is shown; undefined for one that cannot be read now. */
  text(shown: string): SourceFile | undefined {
    const kept = this.#kept.get(shown);
    if (kept !== undefined) return kept;
    if (!this.#texts.has(shown)) {
      const path = this.#read.get(shown) ?? this.#members.get(shown)?.path;
      this.#texts.set(shown, path === undefined ? undefined : this.read(path, false)?.source);
    }
    return this.#texts.get(shown);
  }

  /** Which files are compared with each other: those of one service definition, else those of one folder. */
  groupOf(shown: string): string | null {
    const member = this.#members.get(shown);
    if (member === undefined || this.siblingsOf(member).length === 0) return null;
    return member.definition ?? folderOf(member.path);
  }

  keep(source: SourceFile, fact: ConfigurationFact | null): void {
    const { path: shown } = source;
    const member = this.#members.get(shown);
    if (member === undefined) return;
    // What was kept of another group is not asked for again: the files of one come one after the other.
    const group = this.groupOf(shown);
    if (group !== this.#group) {
      // New ones, since V8 links what a map held before `clear` to what comes after, and so keeps the texts of all files.
      this.#configurations = new Map();
      this.#kept = new Map();
    }
    this.#group = group;
    // More are not compared with: of thousands in a group, not all texts need be in memory.
    if (this.#kept.size > MAX_SIBLINGS) return;
    this.#configurations.set(member.path, fact);
    this.#kept.set(shown, source);
  }

  /** The facts of a service definition; null where it is none, not well-formed, or cannot be read, which is a failure. */
  definition(path: string): DefinitionFact | null {
    const known = this.#definitions.get(path);
    if (known !== undefined) return known;
    const file = this.read(path, true);
    const fact = file === null ? null : readDefinition(file);
    this.#definitions.set(path, fact);
    if (fact !== null) this.summaries.push({ path: fact.path, kind: 'csdef', shape: 'service-definition', records: fact.roles.length, newest: null });
    return fact;
  }

  /**
   * The other .cscfg of a service, by the shown path of one of its files. Of those for the emulator none is given: its
   * certificates and counts are the developer's own.
   */
  readonly configurations = (shown: string): readonly ConfigurationFact[] => {
    const member = this.#members.get(shown);
    if (member === undefined) return [];
    const facts = this.siblingsOf(member).flatMap((path) => this.configuration(path) ?? []);
    // One that is alone in its folder is not read for this.
    if (member.definition !== null || facts.length === 0) return facts;
    // Without a service definition it is the service's name that tells what belongs together.
    const own = this.configuration(member.path)?.serviceName;
    return own === null || own === undefined ? [] : facts.filter(({ serviceName }) => serviceName !== null && foldName(serviceName.value) === foldName(own.value));
  };

  private siblingsOf(member: Member): readonly string[] {
    member.siblings ??= this.findSiblings(member);
    return member.siblings;
  }

  private findSiblings({ path, definition }: Member): readonly string[] {
    const folder = folderOf(path);
    const all = definition === null ? this.inFolder(folder) : this.ofDefinition(definition, folder);
    // Nearly every file is alone.
    if (all.length === 0 || (all.length === 1 && all[0] === path)) return NO_PATHS;
    // Two more than are wanted: the file itself may be among them, and its definition.
    return all.slice(0, MAX_SIBLINGS + 2).filter((other) => other !== path && other !== definition).slice(0, MAX_SIBLINGS);
  }

  /** Those of a service definition, and those of a folder that it lies in. All are known when the first is asked for. */
  private ofDefinition(definition: string, folder: string): readonly string[] {
    const isBeside = folderOf(definition) === folder;
    const key = isBeside ? definition : `${definition}\0`;
    let paths = this.#ofDefinitions.get(key);
    if (paths === undefined) {
      const defined = (this.#defined.get(definition) ?? NO_PATHS).filter((other) => !isLocalName(other));
      paths = isBeside ? [...new Set([...this.inFolder(folder), ...defined])] : defined;
      this.#ofDefinitions.set(key, paths);
    }
    return paths;
  }

  private inFolder(folder: string): readonly string[] {
    let paths = this.#inFolders.get(folder);
    if (paths === undefined) {
      paths = this.folders.look(folder).configurations.filter((path) => !isLocalName(path));
      this.#inFolders.set(folder, paths);
    }
    return paths;
  }

  private configuration(path: string): ConfigurationFact | null {
    const known = this.#configurations.get(path);
    if (known !== undefined) return known;
    const file = this.read(path, false);
    const fact = file === null ? null : readConfiguration(file);
    this.#configurations.set(path, fact);
    return fact;
  }

  /** Nobody asked for a sibling, so that one that cannot be read is no failure. */
  private read(path: string, isWanted: boolean): Decoded | null {
    const shown = shownPath(path, this.cwd);
    try {
      const bytes = readBounded(path, MAX_TEXT_BYTES);
      if (bytes !== null) {
        this.#read.set(shown, path);
        return decode(shown, bytes);
      }
      if (isWanted) this.failures.push(`${shown} has more than ${MAX_TEXT_BYTES} bytes, and is not read. Check that it is a service definition.`);
    } catch (error) {
      if (isWanted) this.failures.push(`${shown} cannot be read: ${systemError(error)}.`);
    }
    return null;
  }
}
