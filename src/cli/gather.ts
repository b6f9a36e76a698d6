// From paths to a plan per file: which config holds, which evidence it names, which rules run.

import { relative, resolve } from 'node:path';
import { configFor, isLocalName, ruleSettings, type EvidenceConfig, type FileConfig, type PasswordConfig, type RequiredKind, type RuleChanges } from '../core/config.js';
import { prepare, type LintSettings, type Plan } from '../core/lint.js';
import type { EvidenceSummary } from '../core/report.js';
import type { Rule } from '../core/rule.js';
import type { SourceFile } from '../core/source.js';
import type { DefinitionFact, Evidence, Target } from '../core/types.js';
import { NO_INVENTORY } from '../core/verdict.js';
import { Configs, type LoadedConfig } from './config-file.js';
import type { EvidenceFiles, EvidenceReader, LoadedEvidence } from './evidence.js';
import { Failure, isFailure } from './failure.js';
import { findEvidence, isFile, matchesPatterns, shownPath, slashed, type FoundFile } from './files.js';
import { folderOf, isDefinitionName, type Folders } from './folders.js';
import type { Host } from './host.js';
import { Passwords, type PasswordPlaces } from './passwords.js';
import { Services, type ChosenDefinition } from './services.js';

/** What the command line says about evidence, config and rules. */
export interface GatherOptions {
  readonly rules: readonly Rule[];
  readonly changes: RuleChanges;
  /** `-c FILE`; false for `--no-config`. */
  readonly config: string | false | undefined;
  readonly useIgnore: boolean;
  /** Whether comments and configs may silence findings. */
  readonly useSuppressions: boolean;
  readonly require: readonly RequiredKind[];
  readonly csdef: string | undefined;
  readonly pfx: readonly string[];
  readonly vault: readonly string[];
  readonly osProfile: readonly string[];
  readonly cloudService: string | undefined;
  readonly passwords: PasswordPlaces;
  readonly now: Date;
  /** The rules as they run, for whoever wants to watch them. Default: as they are. */
  readonly watched?: (rules: readonly Rule[]) => readonly Rule[];
  /** Leaves unread what configs and the command line name as evidence. Default false. */
  readonly withoutEvidence?: boolean;
}

/** A file to lint, and how. */
export interface PlannedFile {
  readonly file: FoundFile;
  readonly plan: Plan;
}

export interface Gathered {
  readonly files: readonly PlannedFile[];
  /** How many files the configs ignore. */
  readonly ignored: number;
  readonly evidence: readonly EvidenceSummary[];
  readonly evidenceText: (path: string) => SourceFile | undefined;
  readonly failures: readonly string[];
  readonly warnings: readonly string[];
  /** What is wrong with vault exports, and a matter of rules in a lint. */
  readonly shortfalls: readonly string[];
}

/** The rules with all their words and checks: the built command has those that compare with other files in short. */
async function allRules(): Promise<readonly Rule[]> {
  return (await import('../rules/index.js')).RULES;
}

/**
 * Works out a plan for each file. A service definition is linted once, after the first .cscfg that it belongs to.
 * Throws a {@link Failure} for a config with a mistake or a flag that matches nothing.
 */
export async function gather(files: readonly FoundFile[], host: Host, folders: Folders, options: GatherOptions): Promise<Gathered> {
  const gathering = new Gathering(host, folders, options);
  const planned: (PlannedFile | DefinitionToLint)[] = [];
  const byPath = new Map<string, DefinitionToLint>();
  let ignored = 0;
  const define = (path: string, target: Target | null) => {
    let definition = byPath.get(path);
    if (definition === undefined) {
      definition = { path, targets: new Set() };
      byPath.set(path, definition);
      planned.push(definition);
    }
    if (target !== null) definition.targets.add(target);
  };
  for (const file of files.filter(({ path }) => !isDefinitionName(path))) {
    // Without waiting where nothing has to be read: of two thousand files, nearly all are like the one before.
    const known = gathering.known(file);
    const plan = known === undefined ? await gathering.planFor(file) : known;
    if (plan === null) {
      ignored++;
      continue;
    }
    const { definition, definitions } = plan;
    gathering.services.join(file.path, definition);
    planned.push({ file, plan });
    for (const one of definitions) define(one, plan.settings.target);
  }
  for (const { path } of files) if (isDefinitionName(path)) define(path, null);

  const result: PlannedFile[] = [];
  for (const one of planned) {
    if ('plan' in one) {
      result.push(one);
      continue;
    }
    const plan = await gathering.planForDefinition(one);
    if (plan === null) ignored++;
    else result.push({ file: { path: one.path, named: false }, plan });
  }
  return { files: result, ignored, ...gathering.result() };
}

/** A service definition, and what the .cscfg of the run that it belongs to are for. */
interface DefinitionToLint {
  readonly path: string;
  readonly targets: Set<Target>;
}

/** The plan of a .cscfg, and its service definition. */
interface ServicePlan extends Plan {
  /** Absolute. */
  readonly definition: string | null;
  /** Service definitions that are linted with it: the one, or several of which none can be chosen. */
  readonly definitions: readonly string[];
}

interface FileKind {
  readonly key: string;
  /** What decides how the rules are set. */
  readonly levelsKey: string;
  /** Relative to the config's folder, where the config asks for it. */
  readonly path: string;
  /** Whether it is the emulator's by its name. */
  readonly isLocal: boolean;
  /** Whether it was nevertheless named together with evidence of a deployment. */
  readonly isAsked: boolean;
  /** The service definition beside it. */
  readonly beside: ChosenDefinition;
}

/** What a plan has of the service that a file belongs to. */
type PlannedService = Pick<LintSettings, 'target' | 'language' | 'definitionLacks'> & { readonly definition?: DefinitionFact | null };

/** The kinds of evidence as the config names them, each with its flag and what its files are usually called. */
const FLAGS = {
  pfx: { flag: '--pfx', glob: '*.pfx' },
  vault: { flag: '--vault', glob: '*.json' },
  osProfile: { flag: '--os-profile', glob: '*.json' },
} as const;

const REQUIRED = { csdef: 'definition', vault: 'vault', 'os-profile': 'osProfile', pfx: 'certificates' } as const satisfies Record<RequiredKind, keyof Evidence>;
const WORDS = { csdef: 'service definition', vault: 'vault export', 'os-profile': 'osProfile', pfx: 'local certificate' } as const satisfies Record<RequiredKind, string>;

class Gathering {
  readonly services: Services;
  private readonly configs: Configs;
  private readonly plans = new Map<string, ServicePlan>();
  private readonly watchedRules = new Map<readonly Rule[], readonly Rule[]>();
  /** How rules are set, by what sets them: the same for all services of a config. */
  private readonly levels = new Map<string, LintSettings['rules']>();
  private readonly loaded = new Map<string, LoadedEvidence>();
  private readonly passwords: Passwords;
  private readonly noConfig: LoadedConfig;
  private readonly warnings = new Set<string>();
  /** What a config or an option demanded, and was not to be had. */
  private readonly unmet = new Set<string>();
  private reader: EvidenceReader | null = null;

  constructor(
    private readonly host: Host,
    folders: Folders,
    private readonly options: GatherOptions,
  ) {
    this.services = new Services(folders, host.cwd);
    this.configs = new Configs(folders, options.rules, host.home, host.cwd);
    this.passwords = new Passwords(host, options.passwords);
    this.noConfig = { path: null, folder: host.cwd, config: {}, suppressions: [] };
  }

  /** The plan of a file whose config and kind were met before; undefined for any other, null for one that its config ignores. */
  known(file: FoundFile): ServicePlan | null | undefined {
    const loaded = this.options.config === undefined ? this.configs.known(folderOf(file.path)) : undefined;
    if (loaded === undefined) return undefined;
    const kind = this.kindOf(file, loaded ?? this.noConfig);
    return kind === null ? null : this.plans.get(kind.key);
  }

  /** Null for a file that its config ignores. */
  async planFor(file: FoundFile): Promise<ServicePlan | null> {
    const loaded = await this.configs.for(file.path, this.options.config);
    const kind = this.kindOf(file, loaded);
    if (kind === null) return null;
    const { key, levelsKey, path, isLocal, isAsked } = kind;
    const known = this.plans.get(key);
    if (known !== undefined) return known;
    const own = configFor(loaded.config, path, isLocal, matchesPatterns);
    const target = own.target ?? (isLocal && !isAsked ? 'emulator' : 'cses');
    const chosen = this.definitionOf(own.evidence, loaded, kind);
    const fact = chosen.kind === 'one' ? this.services.definition(chosen.path) : null;
    const plan = await this.plan(own, loaded, levelsKey, {
      target,
      definition: fact,
      definitionLacks: chosen.kind === 'several' ? 'ambiguous-definition' : chosen.kind === 'one' && fact === null ? 'unreadable-definition' : undefined,
    });
    if (target === 'cses' && this.options.withoutEvidence !== true) this.demand([...this.options.require, ...(loaded.config.require ?? [])], plan, file);
    const definition = chosen.kind === 'one' ? chosen.path : null;
    const definitions = chosen.kind === 'several' ? chosen.paths : definition === null ? [] : [definition];
    const servicePlan = { ...plan, definition, definitions };
    this.plans.set(key, servicePlan);
    return servicePlan;
  }

  /** Evidence that must be there and usable. */
  private demand(kinds: readonly RequiredKind[], { settings: { evidence } }: Plan, { path }: FoundFile): void {
    for (const kind of kinds) {
      if (evidence[REQUIRED[kind]] === undefined) this.unmet.add(`${shownPath(path, this.host.cwd)}: ${kind} is required, and there is no usable ${WORDS[kind]}.`);
    }
  }

  /** The plan of a service definition; it is for the emulator where all its .cscfg are. Null for one that its config ignores. */
  async planForDefinition({ path, targets }: DefinitionToLint): Promise<Plan | null> {
    const loaded = await this.configs.for(path, this.options.config);
    const kind = this.kindOf({ path, named: false }, loaded);
    if (kind === null) return null;
    this.services.join(path, path);
    const own = configFor(loaded.config, kind.path, false, matchesPatterns);
    const target = targets.size === 1 && targets.has('emulator') ? 'emulator' : 'cses';
    return this.plan(own, loaded, kind.levelsKey, { target, language: 'csdef' });
  }

  /** What decides about the plan of a file; files of one kind share it. Null for a file that its config ignores. */
  private kindOf(file: FoundFile, { path: configPath, folder, config }: LoadedConfig): FileKind | null {
    const path = config.ignore === undefined && config.overrides === undefined ? '' : slashed(relative(folder, file.path));
    if (this.options.useIgnore && config.ignore !== undefined && matchesPatterns(config.ignore, path)) return null;
    const isLocal = isLocalName(file.path);
    // Microsoft's own article has people edit ServiceConfiguration.Local.cscfg and deploy it.
    const isAsked = isLocal && file.named && (this.options.vault.length > 0 || this.options.osProfile.length > 0 || this.options.require.length > 0);
    const overrides = config.overrides?.map(({ files }) => (matchesPatterns(files, path) ? '+' : '-')).join('') ?? '';
    const beside = this.services.beside(folderOf(file.path));
    const definition = beside.kind === 'one' ? beside.path : beside.kind;
    const levelsKey = `${overrides} ${configPath ?? ''}`;
    return { key: `${isLocal} ${isAsked} ${levelsKey} ${definition} ${folder}`, levelsKey, path, isLocal, isAsked, beside };
  }

  /** The service definition that the command line names, or else the config, or else the one beside the file. */
  private definitionOf({ csdef }: EvidenceConfig, { folder, path: configPath }: LoadedConfig, { beside }: FileKind): ChosenDefinition {
    const given = this.options.csdef;
    if (given !== undefined) {
      if (/\.cscfg$/i.test(given)) throw new Failure(`--csdef ${given} names a service configuration.`, 'It takes the service definition, whose name ends in .csdef.');
      const path = resolve(this.host.cwd, given);
      if (!isFile(path)) throw new Failure(`--csdef ${given} is no file.`, `Paths are relative to ${this.host.cwd}.`);
      return { kind: 'one', path };
    }
    if (csdef === undefined) return beside;
    const path = resolve(folder, csdef);
    if (isFile(path)) return { kind: 'one', path };
    this.warnings.add(`${shownPath(configPath ?? folder, this.host.cwd)}: evidence.csdef "${csdef}" is no file.`);
    return { kind: 'none' };
  }

  private async plan(config: FileConfig, loaded: LoadedConfig, levelsKey: string, service: PlannedService): Promise<Plan> {
    const { options } = this;
    const { evidence, inventory } = (await this.evidence(loaded, config.evidence)) ?? { evidence: {}, inventory: NO_INVENTORY };
    const { definition = null, ...rest } = service;
    const isAlone = inventory === NO_INVENTORY && definition === null && service.language !== 'csdef';
    const known = isAlone ? options.rules : await allRules();
    const rules = this.watched(known);
    return prepare(rules, {
      ...rest,
      rules: this.levelsOf(rules, config, `${isAlone} ${levelsKey}`),
      suppressions: options.useSuppressions ? loaded.suppressions : null,
      evidence: { ...evidence, configurations: this.services.configurations, ...(definition === null ? {} : { definition }) },
      inventory,
      siblings: this.services,
      now: options.now,
    });
  }

  private watched(rules: readonly Rule[]): readonly Rule[] {
    const { watched } = this.options;
    if (watched === undefined) return rules;
    const known = this.watchedRules.get(rules) ?? watched(rules);
    this.watchedRules.set(rules, known);
    return known;
  }

  private levelsOf(rules: readonly Rule[], config: FileConfig, key: string): LintSettings['rules'] {
    const known = this.levels.get(key) ?? ruleSettings(rules, config.rules, this.options.changes);
    this.levels.set(key, known);
    return known;
  }

  /** The evidence of a config and of the command line together; null where neither names any. */
  private async evidence(own: LoadedConfig, config: EvidenceConfig): Promise<LoadedEvidence | null> {
    const { options } = this;
    if (options.withoutEvidence === true) return null;
    const { folder } = own;
    const [pfx, vault, osProfile] = [
      await this.find('pfx', options.pfx, config.pfx, own),
      await this.find('vault', options.vault, config.vault, own),
      await this.find('osProfile', options.osProfile, config.osProfile, own),
    ];
    if (pfx === undefined && vault === undefined && osProfile === undefined) return null;
    const files: EvidenceFiles = { pfx, vault, osProfile, cloudService: options.cloudService ?? config.cloudService ?? null };
    const passwords = Object.entries(config.passwords ?? {}).map(([path, place]) => [resolve(folder, path), place] as const);
    const key = JSON.stringify([files, passwords]);
    let loaded = this.loaded.get(key);
    if (loaded === undefined) {
      const { EvidenceReader: Reader } = await import('./evidence.js');
      this.reader ??= new Reader(this.host.cwd, this.passwords);
      const byPath = new Map(passwords);
      loaded = await this.reader.load(files, (path) => this.passwordsFor(path, byPath.get(path), own));
      this.loaded.set(key, loaded);
    }
    return loaded;
  }

  /** Passwords to try on a file, its own first. One that the config names and that cannot be had is a failure, and no reason to check nothing. */
  private passwordsFor(path: string, place: PasswordConfig | undefined, { path: configPath, folder }: LoadedConfig): readonly string[] {
    const general = this.passwords.general();
    if (place === undefined) return general;
    try {
      return [this.passwords.own(place, folder), ...general];
    } catch (error) {
      if (!isFailure(error)) throw error;
      const { cwd } = this.host;
      this.unmet.add(`${shownPath(configPath ?? folder, cwd)}, the password of ${shownPath(path, cwd)}: ${error.message} ${error.help ?? ''}`.trimEnd());
      return general;
    }
  }

  /** A flag that matches no file is a failure; an entry of the config that matches none is absent evidence, and said. */
  private async find(kind: keyof typeof FLAGS, given: readonly string[], configured: readonly string[] | undefined, { path: configPath, folder }: LoadedConfig): Promise<string[] | undefined> {
    const paths = new Set<string>();
    const { flag, glob } = FLAGS[kind];
    for (const pattern of given) {
      const found = await findEvidence(pattern, this.host.cwd);
      if (found === 'folder') throw new Failure(`${flag} ${pattern} is a folder.`, `Name the files in it: ${flag} '${pattern.replace(/\/$/, '')}/${glob}'.`);
      if (found.length === 0) throw new Failure(`${flag} ${pattern} matches no file.`, `Paths are relative to ${this.host.cwd}.`);
      for (const path of found) paths.add(path);
    }
    for (const pattern of configured ?? []) {
      const found = await findEvidence(pattern, folder);
      if (found === 'folder' || found.length === 0) {
        const why = found === 'folder' ? 'is a folder, and not read' : 'matches no file';
        this.warnings.add(`${shownPath(configPath ?? folder, this.host.cwd)}: evidence.${kind} "${pattern}" ${why}.`);
      } else {
        for (const path of found) paths.add(path);
      }
    }
    return paths.size === 0 ? undefined : [...paths];
  }

  result(): Pick<Gathered, 'evidence' | 'evidenceText' | 'failures' | 'warnings' | 'shortfalls'> {
    const { services } = this;
    const loaded = [...this.loaded.values()];
    const evidence = new Map([...services.summaries, ...loaded.flatMap(({ summaries }) => summaries)].map((summary) => [`${summary.kind} ${summary.path}`, summary]));
    return {
      evidence: [...evidence.values()],
      evidenceText: (path) => this.reader?.texts.get(path) ?? services.text(path) ?? this.configs.texts.get(path),
      failures: [...new Set([...this.unmet, ...services.failures, ...loaded.flatMap(({ failures }) => failures)])],
      warnings: [...new Set([...this.warnings, ...loaded.flatMap(({ warnings }) => warnings)])],
      shortfalls: [...new Set(loaded.flatMap(({ shortfalls }) => shortfalls))],
    };
  }
}
