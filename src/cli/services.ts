// Which files make up a service: the .csdef of a .cscfg, and the .cscfg that go with it.

import { dirname } from 'node:path';
import { isLocalName } from '../core/config.js';
import { readConfiguration, readDefinition } from '../core/lint.js';
import { foldName } from '../core/names.js';
import type { EvidenceSummary } from '../core/report.js';
import { MAX_TEXT_BYTES, decode, type Decoded, type SourceFile } from '../core/source.js';
import type { ConfigurationFact, DefinitionFact } from '../core/types.js';
import { systemError } from './failure.js';
import { CONFIGURATION, DEFINITION, readBounded, shownPath, type Folders } from './files.js';

/** Which service definition goes with a .cscfg. */
export type ChosenDefinition =
  | { readonly kind: 'one'; readonly path: string }
  | { readonly kind: 'none' }
  /** Several lie beside it, and nobody said which. */
  | { readonly kind: 'several'; readonly paths: readonly string[] };

const NONE: ChosenDefinition = { kind: 'none' };

/** How many .cscfg of one service are held against each other. */
const MAX_SIBLINGS = 100;

/** Finds and reads the files of services, each once. Paths are absolute but where they are said to be shown. */
export class Services {
  /** Texts of service definitions and configurations by the path that is shown, for frames. */
  readonly texts = new Map<string, SourceFile>();
  readonly failures: string[] = [];
  readonly summaries: EvidenceSummary[] = [];

  readonly #beside = new Map<string, ChosenDefinition>();
  readonly #definitions = new Map<string, DefinitionFact | null>();
  readonly #configurations = new Map<string, ConfigurationFact | null>();
  /** The files that were asked for, by the path that is shown, and the service definition of each. */
  readonly #members = new Map<string, { readonly path: string; readonly definition: string | null }>();

  constructor(
    private readonly folders: Folders,
    private readonly cwd: string,
  ) {}

  /** The service definition beside a .cscfg of a folder. */
  beside(folder: string): ChosenDefinition {
    let chosen = this.#beside.get(folder);
    if (chosen === undefined) {
      const paths = this.folders.files(folder, DEFINITION);
      const [first] = paths;
      chosen = first === undefined ? NONE : paths.length > 1 ? { kind: 'several', paths } : { kind: 'one', path: first };
      this.#beside.set(folder, chosen);
    }
    return chosen;
  }

  /** Notes that a file is linted, and with which service definition; that of a .csdef is itself. */
  join(path: string, definition: string | null): void {
    this.#members.set(shownPath(path, this.cwd), { path, definition });
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

  private siblingsOf({ path, definition }: { readonly path: string; readonly definition: string | null }): string[] {
    const folder = dirname(path);
    const paths = new Set<string>();
    const isOfFolder = definition === null || dirname(definition) === folder;
    if (isOfFolder) for (const other of this.folders.files(folder, CONFIGURATION)) paths.add(other);
    if (definition !== null) for (const other of this.#members.values()) if (other.definition === definition) paths.add(other.path);
    return [...paths].filter((other) => other !== path && other !== definition && !isLocalName(other)).slice(0, MAX_SIBLINGS);
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
        const file = decode(shown, bytes);
        this.texts.set(shown, file.source);
        return file;
      }
      if (isWanted) this.failures.push(`${shown} has more than ${MAX_TEXT_BYTES} bytes, and is not read. Check that it is a service definition.`);
    } catch (error) {
      if (isWanted) this.failures.push(`${shown} cannot be read: ${systemError(error)}.`);
    }
    return null;
  }
}

/** Whether a file is a service definition by its name. */
export function isDefinitionName(path: string): boolean {
  return DEFINITION.test(path);
}
