// The config: what may stand in a .cscfglintrc, and what it means for one file. Pure; reading the file is the command line's.

import type { Rule, RuleSetting } from './rule.js';
import type { EvidenceKind, Level, Severity, Target } from './types.js';

/** A rule's level, or its level and options. */
export type RuleConfig = Level | readonly [level: Level, options: Readonly<Record<string, unknown>>];

/** What a service configuration is compared with. Paths and globs, relative to the config's folder. */
export interface EvidenceConfig {
  readonly csdef?: string;
  readonly pfx?: readonly string[];
  readonly vault?: readonly string[];
  readonly osProfile?: readonly string[];
  /** Which cloud service of a source that holds several. */
  readonly cloudService?: string;
  /** By the path of a .pfx: where its password is found; never the password itself. */
  readonly passwords?: Readonly<Record<string, PasswordConfig>>;
}

export type PasswordConfig = { readonly env: string } | { readonly file: string };

/** Settings for the files that match. */
export interface OverrideConfig {
  /** Patterns as in a .gitignore, relative to the config's folder. */
  readonly files: readonly string[];
  readonly target?: Target;
  readonly evidence?: EvidenceConfig;
  readonly rules?: Readonly<Record<string, RuleConfig>>;
}

/** Findings that are known and borne: all of a rule, or only those about a role or a certificate. */
export interface SuppressionConfig {
  readonly rule: string;
  readonly role?: string;
  readonly certificate?: string;
  readonly reason: string;
  /** The last day on which it holds, UTC: `2026-12-31`. */
  readonly until?: string;
}

/** A `.cscfglintrc`, checked. */
export interface Config {
  readonly $schema?: string;
  /** Whether the search for a config ends here. */
  readonly root?: boolean;
  readonly target?: Target;
  readonly evidence?: EvidenceConfig;
  readonly rules?: Readonly<Record<string, RuleConfig>>;
  readonly overrides?: readonly OverrideConfig[];
  readonly ignore?: readonly string[];
  readonly suppressions?: readonly SuppressionConfig[];
  /** Evidence that must be there and usable, else the run ends with exit code 2. */
  readonly require?: readonly RequiredKind[];
}

/** What a config says about one file. */
export interface FileConfig {
  readonly target: Target | undefined;
  readonly evidence: EvidenceConfig;
  readonly rules: Readonly<Record<string, RuleConfig>>;
}

/** Whether a path, relative to the config's folder, matches one of the patterns of a .gitignore. */
export type PathMatcher = (patterns: readonly string[], path: string) => boolean;

/** A part of a config that holds for a file. */
export interface ConfigLayer extends FileConfig {
  /** Its index in `overrides`; null for the config's own words. */
  readonly override: number | null;
}

/**
 * What of a config holds for a file: its own words, then each override that matches, the later ones winning.
 *
 * `path` is relative to the config's folder, `/`-separated. A target at the config's root does not touch files that are
 * the emulator's by their name (`isLocal`); one in an override does.
 */
export function layersFor(config: Config, path: string, isLocal: boolean, matches: PathMatcher): ConfigLayer[] {
  const layers: ConfigLayer[] = [{ override: null, target: isLocal ? undefined : config.target, evidence: config.evidence ?? {}, rules: config.rules ?? {} }];
  for (const [index, { files, target, evidence = {}, rules = {} }] of (config.overrides ?? []).entries()) {
    if (matches(files, path)) layers.push({ override: index, target, evidence, rules });
  }
  return layers;
}

/** Puts the layers together. A list of evidence in an override replaces the one above it. */
export function configFor(config: Config, path: string, isLocal: boolean, matches: PathMatcher): FileConfig {
  return layersFor(config, path, isLocal, matches).reduce<FileConfig>(
    (above, layer) => ({
      target: layer.target ?? above.target,
      evidence: { ...above.evidence, ...layer.evidence },
      rules: { ...above.rules, ...layer.rules },
    }),
    { target: undefined, evidence: {}, rules: {} },
  );
}

/** Changes for one run, from the command line. */
export interface RuleChanges {
  /** `--rule`: by rule id. */
  readonly levels: ReadonlyMap<string, Level>;
  /** `--only`: run these and no others. */
  readonly only: ReadonlySet<string>;
  /** `--skip` */
  readonly skip: ReadonlySet<string>;
}

export const NO_CHANGES: RuleChanges = { levels: new Map(), only: new Set(), skip: new Set() };

/** How each rule that is on is set: its default, then the config, then the command line. */
export function ruleSettings(rules: readonly Rule[], config: FileConfig['rules'], changes: RuleChanges): Map<string, RuleSetting> {
  const settings = new Map<string, RuleSetting>();
  for (const rule of rules) {
    const configured = config[rule.id];
    const [level, options] = configured === undefined ? [rule.severity, {}] : typeof configured === 'string' ? [configured, {}] : configured;
    const severity = severityIn(rule.id, changes.levels.get(rule.id) ?? level, changes);
    if (severity !== null) settings.set(rule.id, { severity, options: { ...rule.options?.defaults, ...options } });
  }
  return settings;
}

function severityIn(id: string, level: Level, { only, skip }: RuleChanges): Severity | null {
  if (skip.has(id) || (only.size > 0 && !only.has(id))) return null;
  // Who asks for a rule by name wants to hear it, though it is off by default.
  if (level === 'off') return only.has(id) ? 'warning' : null;
  return level;
}

/** Whether a file is the emulator's by its name: `ServiceConfiguration.Local.cscfg`. */
export function isLocalName(path: string): boolean {
  return /\.(?:local|emulator)\.cscfg$/i.test(path);
}

/** Evidence that can be demanded. */
export type RequiredKind = Exclude<EvidenceKind, 'certificate'>;

/** Names of evidence as `--require` and the config have them. */
export const EVIDENCE_KINDS: readonly RequiredKind[] = ['csdef', 'vault', 'os-profile', 'pfx'];

const LEVELS: readonly Level[] = ['off', 'info', 'warning', 'error'];

/** An error as the generated validator gives it. */
export interface SchemaError {
  /** JSON pointer to the value. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The key that the error is about, where it is not about a value. */
  readonly propertyName?: string;
}

/** A JSON schema, as far as the config's uses it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON schema (draft-07) of a config, made from the rules. */
export function configSchema(rules: readonly Rule[]): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Config of cscfglint',
    description: 'A .cscfglintrc: JSON with comments and trailing commas. Paths are relative to its folder.',
    ...object({
      $schema: { type: 'string', description: 'Path or URL of this schema, for editors.' },
      root: { type: 'boolean', description: 'Ends the search for a config in the folders above.' },
      target: TARGET,
      evidence: EVIDENCE,
      rules: ruleTable(rules),
      overrides: {
        type: 'array',
        description: 'Settings for some of the files; of several that match, the later one wins.',
        items: object({ files: { ...STRINGS, description: 'Patterns as in a .gitignore.' }, target: TARGET, evidence: EVIDENCE, rules: ruleTable(rules) }, ['files']),
      },
      ignore: { ...STRINGS, description: 'Files that are not linted: patterns as in a .gitignore.' },
      require: { type: 'array', items: { enum: EVIDENCE_KINDS }, description: 'Evidence that must be there and usable, else the run ends with exit code 2.' },
      suppressions: {
        type: 'array',
        description: 'Findings that are known and borne. One that is not needed any more, or whose day has passed, is a finding.',
        items: object(
          {
            rule: { enum: rules.map(({ id }) => id) },
            role: { type: 'string', description: 'Only findings about this role.' },
            certificate: { type: 'string', description: 'Only findings about a certificate of this name.' },
            reason: { type: 'string', minLength: 1, description: 'Why it is borne, for whoever reads it next year.' },
            until: { type: 'string', pattern: '^\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])$', description: 'The last day on which it holds, UTC: 2026-12-31.' },
          },
          ['rule', 'reason'],
        ),
      },
    }),
  };
}

function object(properties: Readonly<Record<string, JsonSchema>>, required: readonly string[] = []): JsonSchema {
  return { type: 'object', additionalProperties: false, properties, ...(required.length > 0 ? { required } : {}) };
}

const STRINGS: JsonSchema = { type: 'array', items: { type: 'string' } };

const TARGET: JsonSchema = {
  enum: ['cses', 'emulator'],
  description: 'What a file is for: Cloud Services (extended support), or the emulator, which *.Local.cscfg and *.Emulator.cscfg are for by their name. Rules about a deployment are silent for the emulator.',
};

const PASSWORD: JsonSchema = {
  type: 'object',
  description: 'Where the password is found; never the password itself.',
  additionalProperties: false,
  properties: {
    env: { type: 'string', description: 'Name of an environment variable.' },
    file: { type: 'string', description: 'A file whose first line is the password.' },
  },
  minProperties: 1,
  maxProperties: 1,
};

const EVIDENCE: JsonSchema = {
  ...object({
    csdef: { type: 'string', description: 'The service definition; one beside the .cscfg is found by itself.' },
    pfx: { ...STRINGS, description: 'Local certificates: .pfx, .p12, .cer, .crt, .pem. Globs.' },
    vault: { ...STRINGS, description: 'Exports of Key Vault certificates. Globs.' },
    osProfile: { ...STRINGS, description: 'Where osProfile.secrets stands: an ARM template with its parameters file, or the JSON of the cloud service. Globs.' },
    cloudService: { type: 'string', description: 'Which cloud service, where the osProfile sources hold several.' },
    passwords: { type: 'object', additionalProperties: PASSWORD, description: 'Passwords by the path of the .pfx.' },
  }),
  description: 'What the thumbprints are compared with.',
};

function ruleTable(rules: readonly Rule[]): JsonSchema {
  const properties = Object.fromEntries(
    rules.map((rule): [string, JsonSchema] => {
      const description = `${rule.summary} Default: ${rule.severity}.`;
      if (rule.options === null) return [rule.id, { enum: LEVELS, description }];
      const tuple = { type: 'array', items: [{ enum: LEVELS }, rule.options.schema], minItems: 2, maxItems: 2 };
      return [rule.id, { anyOf: [{ enum: LEVELS }, tuple], description }];
    }),
  );
  return { ...object(properties), description: 'Levels of rules: off, info, warning or error; with options: ["warning", { … }].' };
}
