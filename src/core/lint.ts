// The engine: one source and the rules that are on for it give findings and skips, in one pass.

import { CERTIFICATE_PATH, ROOTS, type GrammarNode } from './dispatch.js';
import { mentionsDirectives } from './directives.js';
import { toFinding } from './finding.js';
import { ConfigurationFold } from './fold-configuration.js';
import { DefinitionFold } from './fold-definition.js';
import { ROOT_ELEMENTS, type Language, type RootPath } from './grammar.js';
import { suggest } from './names.js';
import { CheckContext, prepare, type Handler, type Handlers, type Plan } from './plan.js';
import { isPasswordCertificate } from './plugins.js';
import { read, type ReadHandlers, type XmlElement } from './read.js';
import type { AnyElement, CertificateEntry, Element, EventName, Events, Visitor } from './rule.js';
import { SchemaWatch } from './schema.js';
import { SourceFile, otherVersion, wrongEncoding, type Decoded } from './source.js';
import { silence, type PlacedSuppression } from './suppress.js';
import { classify } from './thumbprint.js';
import type { ConfigurationFact, DefinitionFact, Finding, Skip, Span } from './types.js';
import { NO_INVENTORY } from './verdict.js';
import type { Emit, Told, Watch } from './watch.js';
import { beginWatches } from './watches.js';

export { prepare, type LintSettings, type Plan, type Siblings } from './plan.js';
export type { Told } from './watch.js';

export interface LintResult {
  /** In the order of the rules' reports. */
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skip[];
  /** How many findings comments in the file or the config silenced. */
  readonly suppressed: number;
  /** The config's suppressions that a finding needed. */
  readonly used: ReadonlySet<PlacedSuppression>;
}

export interface LintOptions {
  /** Is shown every certificate entry beside the rules; its elements are good until it returns. */
  readonly watch?: (entry: CertificateEntry) => void;
  /** Shared by the files of a plan: the first tells of the run, and {@link lintShared} of the certificates that osProfile alone names. Default: this file tells of both. */
  readonly told?: Told;
}

/** Lints one file. Nothing is thrown for anything that a file can hold. */
export function lint(plan: Plan, file: Decoded, options: LintOptions = {}): LintResult {
  return startLint(plan, file, options).finish();
}

/** A file that was read, and not yet compared with the others of its service. */
export interface StartedLint {
  /** Compares it, and tells what there is to tell. Once only. */
  finish(): LintResult;
}

/** Reads one file. To be finished when the others of its group have been started, too; see {@link Siblings}. */
export function startLint(plan: Plan, file: Decoded, options: LintOptions = {}): StartedLint {
  const run = new Run(plan, file.source, options);
  if (file.ok) {
    run.read(file.source);
  } else {
    run.emit('xml:undecodable', { encoding: file.encoding, span: { start: file.offset, end: Math.min(file.offset + 1, file.source.text.length) } });
    run.giveUp('everything');
  }
  run.keep();
  return run;
}

/** What the rules say of the certificates that osProfile lists and no file of the plan needs. */
export function lintShared(plan: Plan, { needs }: Told): LintResult {
  const run = new Run(plan, new SourceFile('', ''));
  if (needs !== null) for (const material of plan.settings.inventory.listedMaterials(needs)) run.emit('material', material);
  return run.finish();
}

/** An event, and what it tells. */
export type ToldEvent = { readonly [E in EventName]: { readonly name: E; readonly argument: Events[E] } }[EventName];

/** What the rules of a plan say to events that are about no text of their own, such as an entry of a config. */
export function emitAlone(plan: Plan, events: readonly ToldEvent[]): readonly Finding[] {
  const run = new Run(plan, new SourceFile('', ''));
  for (const { name, argument } of events) run.emit(name, argument);
  return run.finish().findings;
}

/** The facts of a service definition; null for a file that is none, or not well-formed. */
export function readDefinition(file: Decoded): DefinitionFact | null {
  const fold = new DefinitionFold(file.source.path);
  return foldFile(file, 'csdef', fold) ? fold.result() : null;
}

/** What a service configuration says to rules about other files; null for a file that is none, or not well-formed. */
export function readConfiguration(file: Decoded): ConfigurationFact | null {
  const fold = new ConfigurationFold(file.source.path);
  return foldFile(file, 'cscfg', fold) ? fold.result() : null;
}

/** Hands the elements of a file to a fold. False where the file did not yield them all. */
function foldFile(file: Decoded, language: Language, fold: Watch): boolean {
  if (!file.ok) return false;
  const plan = prepare([], { rules: new Map(), evidence: {}, inventory: NO_INVENTORY, target: 'cses', now: new Date(0), language });
  const run = new Run(plan, file.source, {}, fold);
  run.read(file.source);
  return run.isWhole();
}

type Method = (argument: unknown) => void;

class Run implements ReadHandlers {
  private findings: Finding[] = [];
  private suppressed = 0;
  private used: ReadonlySet<PlacedSuppression> = new Set();
  private readonly skipped: Skip[] = [];
  /** What the rules want to see; one that sees nothing in this file is never begun. */
  private readonly visitors: (Visitor | undefined)[] = [];

  /** Those of the rules that may have something to say of this text. */
  private readonly handlers: Handlers;
  private readonly schema: SchemaWatch;
  /** The element of the grammar that is open, by depth. */
  private readonly nodes: (GrammarNode | null)[] = [null];

  private rootNamespace = '';
  private isStranger = false;
  private sawCertificate = false;
  private sawEnd = false;

  /** For comparing the file with the others of its service. */
  private readonly own: ConfigurationFold | null;
  private readonly watches: readonly Watch[];
  private readonly wantsCertificates: boolean;

  constructor(
    private readonly plan: Plan,
    private readonly source: SourceFile,
    private readonly options: LintOptions = {},
    fold?: Watch,
  ) {
    this.handlers = plan.handlersFor(source.text);
    const { event } = this.handlers;
    const { settings } = plan;
    const asks = (name: EventName) => event[name] !== undefined;
    const watches = beginWatches({ source, settings, told: options.told, emit: this.emit }, asks);
    this.own = settings.language !== 'csdef' && isCompared(plan, this.handlers, source.path) ? new ConfigurationFold(source.path) : null;
    for (const one of [this.own, fold]) if (one !== null && one !== undefined) watches.push(one);
    this.watches = watches;
    this.wantsCertificates = asks('certificate') || asks('certificate:unusual') || options.watch !== undefined || watches.some((watch) => watch.certificate !== undefined);
    const wantsUnknown = watches.some((watch) => watch.unknown !== undefined);
    this.schema = new SchemaWatch(this.emit, (name) => asks(name) || (name === 'schema:unknown-element' && wantsUnknown));
  }

  /** Begins a rule where it has not seen anything yet. */
  private visitorOf(index: number): Visitor {
    const known = this.visitors[index];
    if (known !== undefined) return known;
    const active = this.plan.active[index];
    if (active === undefined) throw new Error('a handler belongs to no rule');
    const { rule, setting } = active;
    const { path } = this.source;
    const visitor = rule.check(new CheckContext(setting, this.plan.settings, this.source, (reported) => this.findings.push(toFinding(rule, setting, path, reported))));
    this.visitors[index] = visitor;
    return visitor;
  }

  private call(handlers: readonly Handler[] | undefined, argument: unknown): void {
    if (handlers === undefined) return;
    for (let at = 0; at < handlers.length; at++) {
      const handler = handlers[at];
      if (handler !== undefined) (this.visitorOf(handler.index)[handler.key] as Method)(argument);
    }
  }

  read(source: SourceFile): void {
    const encoding = wrongEncoding(source);
    if (encoding !== null) this.emit('xml:encoding-declaration', encoding);
    const version = otherVersion(source.text);
    if (version !== null) this.emit('xml:version', version);
    const problem = read(source, this);
    if (problem === null) {
      this.sawEnd = true;
      if (!this.isStranger) for (const watch of this.watches) watch.finish?.();
      return;
    }
    if (problem.kind === 'doctype') this.emit('xml:doctype', problem.span);
    else this.emit('xml:ill-formed', problem.place);
    this.giveUp('what-needs-the-end');
  }

  /** Keeps for the others of the service what this file says. */
  keep(): void {
    const { own, plan, source } = this;
    if (own !== null) plan.settings.siblings?.keep(source, this.isWhole() ? own.result() : null);
  }

  finish(): LintResult {
    if (this.isWhole()) this.tellEnd();
    this.silence();
    return this.result();
  }

  /** A rule that saw nothing has nothing to say at the end. */
  private tellEnd(): void {
    const { handlers, plan: { settings } } = this;
    if (this.own !== null && handlers.event.configurations !== undefined) {
      const others = settings.evidence.configurations?.(this.source.path) ?? [];
      if (others.length > 0) this.emit('configurations', { own: this.own.result(), others });
    }
    for (const handler of handlers.end) this.visitors[handler.index]?.end?.();
  }

  open(element: XmlElement): void {
    const node = this.enter(element);
    this.nodes[element.depth] = node;
    if (this.isStranger) return;
    const { handlers } = this;
    this.call(handlers.any, element);
    if (node === null) return;
    this.schema.open(element, node);
    const { watches } = this;
    for (let at = 0; at < watches.length; at++) watches[at]?.open?.(element, node);
    this.call(handlers.open[node.id], element);
    if (node.path === CERTIFICATE_PATH) this.openCertificate(element);
  }

  close(element: XmlElement): void {
    const node = this.nodes[element.depth];
    if (node === null || node === undefined || this.isStranger) return;
    this.schema.close(element);
    this.call(this.handlers.exit[node.id], element);
    const { watches } = this;
    for (let at = 0; at < watches.length; at++) watches[at]?.close?.(element, node);
  }

  text(span: Span, parent: XmlElement): void {
    const node = this.nodes[parent.depth];
    if (node === null || node === undefined || this.isStranger) return;
    const isTold = node.requiredAttributes.some((name) => parent.attribute(name) === undefined);
    this.emit('schema:text', { span, parent: parent as unknown as Element, isTold });
  }

  /** Finds the element in the grammar, and its place among its parent's children. */
  private enter(element: XmlElement): GrammarNode | null {
    if (element.depth === 1) return this.enterRoot(element);
    const parent = this.nodes[element.depth - 1];
    if (parent === null || parent === undefined) return null;
    const child = element.namespace === this.rootNamespace ? parent.children.get(element.name) : undefined;
    if (child === undefined) {
      this.schema.stranger(element, parent);
      for (const watch of this.watches) watch.stranger?.(element, parent);
      return null;
    }
    this.schema.child(element, child);
    element.path = child.node.path;
    return child.node;
  }

  private enterRoot(element: XmlElement): GrammarNode | null {
    const node = ROOTS.get(element.name);
    const facts = node === undefined ? undefined : ROOT_ELEMENTS[node.path as RootPath];
    const { language = 'cscfg' } = this.plan.settings;
    if (node === undefined || facts?.language !== language) {
      this.isStranger = true;
      this.emit('schema:root', { name: element.name, nameSpan: element.nameSpan, language });
      return null;
    }
    this.rootNamespace = element.namespace;
    element.path = node.path;
    this.tellRun(element);
    if (element.namespace !== facts.namespace) {
      const root = element as unknown as AnyElement;
      this.emit('schema:namespace', { root, attribute: element.attribute('xmlns'), namespace: element.namespace, expected: facts.namespace });
    }
    return node;
  }

  private tellRun({ nameSpan: at }: XmlElement): void {
    const { told } = this.options;
    if (told?.run === true) return;
    this.emit('run', { at });
    if (told !== undefined) told.run = true;
  }

  private openCertificate(element: XmlElement): void {
    const isPassword = isPasswordCertificate(element.attribute('name')?.value ?? '');
    this.sawCertificate ||= !isPassword;
    if (!this.wantsCertificates) return;
    const entry = certificateEntry(element, isPassword);
    const { reading } = entry;
    this.options.watch?.(entry);
    for (const watch of this.watches) watch.certificate?.(entry);
    this.emit('certificate', entry);
    if (reading !== null && reading.kind !== 'well-formed' && reading.kind !== 'lower-case') this.emit('certificate:unusual', entry);
  }

  /** Hands an event to the rules that asked for it. */
  readonly emit: Emit = (event, argument) => {
    if (event === 'schema:unknown-element') for (const watch of this.watches) watch.unknown?.(argument as Events['schema:unknown-element']);
    this.call(this.handlers.event[event], argument);
  };

  /** Lists the rules that could not run to their end. */
  giveUp(which: 'everything' | 'what-needs-the-end'): void {
    for (const { rule, setting, needsEnd } of this.plan.active) {
      if (which === 'everything' ? rule.family !== 'xml' : needsEnd) {
        this.skipped.push({ ruleId: rule.id, severity: setting.severity, reason: 'not-well-formed', missing: [] });
      }
    }
  }

  /** Takes out what is silenced, and tells what silences nothing. A suppression of a rule that did not run is not judged. */
  private silence(): void {
    const { plan, source } = this;
    const { suppressions = [], now } = plan.settings;
    if (suppressions === null || (suppressions.length === 0 && !mentionsDirectives(source.text))) return;
    const { kept, suppressed, unused, expired, misshapen, used } = silence(this.findings, source, suppressions, now);
    this.findings = [...kept];
    this.suppressed = suppressed;
    this.used = used;
    const ran = new Set(plan.active.map(({ rule }) => rule.id).filter((id) => !this.skipped.some(({ ruleId }) => ruleId === id)));
    for (const { ruleId, directive } of [...unused, ...expired]) {
      if (plan.known.has(ruleId)) continue;
      this.emit('suppression:misshapen', { problem: 'no-such-rule', word: ruleId, suggestion: suggest(ruleId, plan.known), at: directive.span });
    }
    for (const { ruleId, directive } of unused) if (ran.has(ruleId)) this.emit('suppression:unused', { ruleId, at: directive.span, until: directive.until });
    for (const { ruleId, directive } of expired) if (plan.known.has(ruleId)) this.emit('suppression:expired', { ruleId, at: directive.span, until: directive.until });
    for (const { problem, word, span } of misshapen) this.emit('suppression:misshapen', { problem, word, suggestion: null, at: span });
  }

  /** Whether the text was read to its end, and is of its language. */
  isWhole(): boolean {
    return this.sawEnd && !this.isStranger;
  }

  private result(): LintResult {
    const nothingToCompare = this.sawEnd && !this.sawCertificate;
    const unable = nothingToCompare ? this.plan.unableWithoutCertificates : this.plan.unable;
    // The same array for all files alike, so that a report of many can tell at a glance.
    return { findings: this.findings, skipped: this.skipped.length === 0 ? unable : [...this.skipped, ...unable], suppressed: this.suppressed, used: this.used };
  }
}

function certificateEntry(element: XmlElement, isPassword: boolean): CertificateEntry {
  const thumbprint = element.attribute('thumbprint');
  const reading = thumbprint === undefined ? null : classify(thumbprint.value);
  const digits = reading !== null && isWellShaped(reading.kind) && 'digits' in reading ? reading.digits : null;
  return {
    role: element.parent?.parent?.attribute('name')?.value ?? '',
    certificate: element.attribute('name')?.value ?? '',
    element: element as unknown as CertificateEntry['element'],
    thumbprint,
    reading,
    comparable: isPassword ? null : digits,
  };
}

/** Whether a file may have others beside it that it is compared with. */
function isCompared({ settings: { siblings, evidence } }: Plan, { event }: Handlers, path: string): boolean {
  if (siblings !== undefined) return siblings.groupOf(path) !== null;
  return evidence.configurations !== undefined && event.configurations !== undefined;
}

function isWellShaped(kind: string): boolean {
  return kind === 'well-formed' || kind === 'lower-case' || kind === 'dummy';
}
