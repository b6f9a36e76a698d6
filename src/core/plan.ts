// Which rules run on files of one kind, and who is called when: worked out once for all of them.

import { NODE_COUNT, slotOf, type Slot } from './dispatch.js';
import type { Language } from './grammar.js';
import { NETWORK_EVENTS } from './network.js';
import { once } from './once.js';
import type { EventName, Messages, Reported, Rule, RuleContext, RuleSetting, Visitor } from './rule.js';
import type { SourceFile } from './source.js';
import type { PlacedSuppression } from './suppress.js';
import { EVIDENCE_KIND, type ConfigurationFact, type Evidence, type EvidenceKind, type GivenEvidence, type Skip, type Target } from './types.js';
import type { Inventory } from './verdict.js';

/** What decides which rules run, and what they see. */
export interface LintSettings {
  /** How each rule is set; a rule that is not in the table is off. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly evidence: Partial<Evidence>;
  readonly inventory: Inventory;
  readonly target: Target;
  readonly now: Date;
  /** What the config silences. Null: nothing is silenced, comments in the files included. Default: comments only. */
  readonly suppressions?: readonly PlacedSuppression[] | null;
  /** What the files are meant to be. Default: service configurations. */
  readonly language?: Language;
  /** Which files of a run are compared with each other. Default: none knows of another. */
  readonly siblings?: Siblings;
  /** Why there is no service definition, where that is another reason than that none was given. */
  readonly definitionLacks?: 'ambiguous-definition' | 'unreadable-definition' | undefined;
}

/** Knows which .cscfg go together, and keeps what they say, so that one that is linted need not be read a second time. Paths as they are shown. */
export interface Siblings {
  /** What a file has in common with those that it is compared with; null for one that is alone. */
  groupOf(path: string): string | null;
  /** Keeps a text and what it says; null for one that did not yield it all. */
  keep(source: SourceFile, fact: ConfigurationFact | null): void;
}

/** A rule that runs, and what it asks to see: known once, since that does not depend on the file. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly setting: RuleSetting;
  /** Whether it has something to say only when the whole file was read. */
  readonly needsEnd: boolean;
}

/** Calls one method of one rule's visitor. */
export interface Handler {
  /** Index among the active rules. */
  readonly index: number;
  readonly key: keyof Visitor;
}

/** The rules that run under some settings, worked out once for all files that share them. */
export interface Plan {
  readonly settings: LintSettings;
  readonly active: readonly ActiveRule[];
  /** Of the rules that may have something to say of a text. */
  readonly handlersFor: (text: string) => Handlers;
  /** The ids of all rules, whether they are on or not. */
  readonly known: ReadonlySet<string>;
  /** Rules that are on and lack their evidence. */
  readonly unable: readonly Skip[];
  /** Those of them that a file without any certificate lacks as well. */
  readonly unableWithoutCertificates: readonly Skip[];
}

/** Who is called when, by the ids of elements. */
export interface Handlers {
  readonly open: readonly (readonly Handler[] | undefined)[];
  readonly exit: readonly (readonly Handler[] | undefined)[];
  readonly any: readonly Handler[];
  readonly end: readonly Handler[];
  readonly event: Readonly<Partial<Record<EventName, readonly Handler[]>>>;
}

/** Works out which rules run: those that are on, fit the target, have their evidence, and are not superseded by better evidence. */
export function prepare(rules: readonly Rule[], settings: LintSettings): Plan {
  const { language = 'cscfg', target, evidence, definitionLacks = '' } = settings;
  const given = EVIDENCE_KEYS.filter((key) => evidence[key] !== undefined);
  const prepared = preparedFor(rules)(settings.rules);
  const key = [language, target, definitionLacks, ...given].join(' ');
  let choice = prepared.get(key);
  if (choice === undefined) {
    choice = choose(rules, settings);
    prepared.set(key, choice);
  }
  return { settings, ...choice };
}

/** What of a plan does not depend on what the evidence says: a thousand services of one config share it. */
type Choice = Omit<Plan, 'settings'>;

const preparedFor = once((_rules: readonly Rule[]) => once((_levels: LintSettings['rules']) => new Map<string, Choice>()));

const EVIDENCE_KEYS: readonly (keyof Evidence)[] = ['certificates', 'vault', 'vaults', 'osProfile', 'definition', 'configurations'];

function choose(rules: readonly Rule[], settings: LintSettings): Choice {
  const active: { rule: Rule; setting: RuleSetting }[] = [];
  const unable: Skip[] = [];
  const unableWithoutCertificates: Skip[] = [];
  for (const rule of rules) {
    const setting = settings.rules.get(rule.id);
    if (setting === undefined || !rule.languages.includes(settings.language ?? 'cscfg')) continue;
    if (rule.target !== undefined && rule.target !== settings.target) continue;
    if (rule.unless.some((key) => settings.evidence[key] !== undefined)) continue;
    const missing = missingEvidence(rule, settings);
    if (missing.length === 0) {
      active.push({ rule, setting });
      continue;
    }
    const skip = skipFor(rule, setting, missing, settings);
    unable.push(skip);
    if (rule.concerns !== 'certificate') unableWithoutCertificates.push(skip);
  }
  return { ...dispatch(active, settings), known: new Set(rules.map(({ id }) => id)), unable, unableWithoutCertificates };
}

/** That a rule lacks evidence; where it lacks the service definition alone, why there is none. */
function skipFor(rule: Rule, { severity }: RuleSetting, missing: readonly EvidenceKind[], { definitionLacks }: LintSettings): Skip {
  const isAboutDefinition = definitionLacks !== undefined && missing.length === 1 && missing[0] === 'csdef';
  return isAboutDefinition ? { ruleId: rule.id, severity, reason: definitionLacks, missing: [] } : { ruleId: rule.id, severity, reason: 'evidence', missing };
}

/** What is told only when the whole file was read, or the whole of an element. */
const TOLD_AT_THE_END: ReadonlySet<EventName> = new Set([
  'schema:missing',
  'schema:unknown-element',
  'schema:too-many',
  'schema:order',
  'role',
  'definition',
  'configurations',
  'material',
  'certificate:lower-case',
  ...NETWORK_EVENTS,
]);

/** Asks each rule once what it wants to see. */
function dispatch(rules: readonly { readonly rule: Rule; readonly setting: RuleSetting }[], settings: LintSettings): Pick<Plan, 'active' | 'handlersFor'> {
  const open = new Array<Handler[] | undefined>(NODE_COUNT).fill(undefined);
  const exit = new Array<Handler[] | undefined>(NODE_COUNT).fill(undefined);
  const any: Handler[] = [];
  const end: Handler[] = [];
  const event: Partial<Record<EventName, Handler[]>> = {};
  const listFor = (slot: Slot): Handler[] => {
    switch (slot.at) {
      case 'open':
        return (open[slot.id] ??= []);
      case 'exit':
        return (exit[slot.id] ??= []);
      case 'event':
        return (event[slot.event] ??= []);
      case 'any':
        return any;
      case 'end':
        return end;
    }
  };
  const active = rules.map(({ rule, setting }, index): ActiveRule => {
    const visitor = rule.check(new CheckContext(setting, settings, NO_FILE, () => undefined));
    let needsEnd = false;
    for (const key of Object.keys(visitor) as (keyof Visitor)[]) {
      const slot = slotOf(key);
      if (slot === undefined) throw new Error(`${rule.id} asks for "${key}", which is neither an element nor an event`);
      needsEnd ||= slot.at === 'exit' || slot.at === 'end' || (slot.at === 'event' && TOLD_AT_THE_END.has(slot.event));
      listFor(slot).push({ index, key });
    }
    return { rule, setting, needsEnd };
  });
  return { active, handlersFor: byMentions(active, { open, exit, any, end, event }) };
}

/** In a longer text nearly everything is mentioned, and looking for it takes longer than the rules do. */
const MAX_LOOKED_THROUGH = 64 * 1024;

/** Each has a bit of a number; any rule beyond them sees every text. */
const MAX_PICKY = 30;

/** Leaves out the handlers of rules that a text has nothing for. What it writes with character references is not looked through. */
function byMentions(active: readonly ActiveRule[], all: Handlers): Plan['handlersFor'] {
  const picky = active.flatMap(({ rule: { mentions } }, index) => (mentions === undefined ? [] : [{ index, mentions }])).slice(0, MAX_PICKY);
  if (picky.length === 0) return () => all;
  const tables = new Map<number, Handlers>();
  return (text) => {
    if (text.length > MAX_LOOKED_THROUGH || text.includes('&#')) return all;
    let silent = 0;
    for (let at = 0; at < picky.length; at++) if (text.search(picky[at]?.mentions ?? '') === -1) silent |= 1 << at;
    let table = tables.get(silent);
    if (table === undefined) {
      table = without(all, new Set(picky.flatMap(({ index }, at) => ((silent & (1 << at)) === 0 ? [] : [index]))));
      tables.set(silent, table);
    }
    return table;
  };
}

function without({ open, exit, any, end, event }: Handlers, silent: ReadonlySet<number>): Handlers {
  const heard = (handlers: readonly Handler[]) => handlers.filter(({ index }) => !silent.has(index));
  const some = (handlers: readonly Handler[] | undefined) => {
    const left = handlers === undefined ? [] : heard(handlers);
    return left.length === 0 ? undefined : left;
  };
  const events = Object.entries(event).flatMap(([name, handlers]) => {
    const left = heard(handlers);
    return left.length === 0 ? [] : [[name, left]];
  });
  return { open: open.map(some), exit: exit.map(some), any: heard(any), end: heard(end), event: Object.fromEntries(events) as Handlers['event'] };
}

/** What a rule sees when it is only asked what it wants to see. */
const NO_FILE = { path: '', text: '' };

/** What a check is given, made out as far as it asks: some thirty rules look at each of thousands of files. */
export class CheckContext implements RuleContext<Messages, keyof Evidence, keyof Evidence, unknown> {
  constructor(
    private readonly setting: RuleSetting,
    private readonly settings: LintSettings,
    private readonly source: Pick<SourceFile, 'path' | 'text'>,
    private readonly take: (reported: Reported<Messages, string>) => void,
  ) {}

  get report() {
    return this.take;
  }

  /** The types let a rule see only what it asked for. */
  get evidence() {
    return this.settings.evidence as Evidence;
  }

  get inventory() {
    return this.settings.inventory;
  }

  get options() {
    return this.setting.options;
  }

  get now() {
    return this.settings.now;
  }

  get target() {
    return this.settings.target;
  }

  get path() {
    return this.source.path;
  }

  get text() {
    return this.source.text;
  }
}

function kindsOf(keys: readonly GivenEvidence[]): EvidenceKind[] {
  return [...new Set(keys.map((key) => EVIDENCE_KIND[key]))];
}

/** A service definition that is linted itself is there: the event `definition` tells of it. */
function missingEvidence(rule: Rule, { evidence, language }: LintSettings): EvidenceKind[] {
  const missing = rule.needs.filter((key) => evidence[key] === undefined && !(key === 'definition' && language === 'csdef'));
  if (missing.length === 0 && rule.anyOf.length > 0 && rule.anyOf.every((key) => evidence[key] === undefined)) {
    return kindsOf(rule.anyOf);
  }
  return kindsOf(missing);
}
