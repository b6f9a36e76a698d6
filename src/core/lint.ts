// The engine: one source and the rules that are on for it give findings and skips, in one pass.

import { CERTIFICATE_PATH, ROOTS, type GrammarNode } from './dispatch.js';
import { mentionsDirectives } from './directives.js';
import { ConfigurationFold } from './fold-configuration.js';
import { DefinitionFold } from './fold-definition.js';
import { ROOT_ELEMENTS, type Language, type RootPath } from './grammar.js';
import type { Use } from './material.js';
import { foldName, suggest } from './names.js';
import { NETWORK_EVENTS, NetworkWatch } from './network.js';
import { CheckContext, prepare, type Handler, type Handlers, type Plan } from './plan.js';
import { PASSWORD_CERTIFICATE } from './plugins.js';
import { read, type ReadHandlers, type XmlElement } from './read.js';
import { RoleWatch } from './role-watch.js';
import type { AnyElement, CertificateEntry, EventName, Messages, MessageText, Reported, Rule, RuleSetting, UnknownElement, Visitor } from './rule.js';
import { SchemaWatch } from './schema.js';
import { SourceFile, wrongEncoding, type Decoded } from './source.js';
import { Spellings } from './spellings.js';
import { silence, type PlacedSuppression } from './suppress.js';
import { classify } from './thumbprint.js';
import type { ConfigurationFact, DefinitionFact, Finding, Location, Skip, Span } from './types.js';
import { NO_INVENTORY } from './verdict.js';

export { prepare, type LintSettings, type Plan, type Siblings } from './plan.js';

export interface LintResult {
  /** In the order of the rules' reports. */
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skip[];
  /** How many findings comments in the file or the config silenced. */
  readonly suppressed: number;
  /** The config's suppressions that a finding needed. */
  readonly used: ReadonlySet<PlacedSuppression>;
}

/**
 * Its entry of the .cscfg is compared with nothing, as in Azure's client:
 * https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1
 */
const UNCOMPARED = foldName(PASSWORD_CERTIFICATE);

/** What files of a plan share: whether the run's own rules have spoken, and which thumbprints they need. */
export interface Told {
  run: boolean;
  /** Null until a file needs any. */
  needs: Map<string, readonly Use[]> | null;
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

/** What the rules of a plan say to events that are about no text of their own, such as an entry of a config. */
export function emitAlone(plan: Plan, events: readonly { readonly name: EventName; readonly argument: unknown }[]): readonly Finding[] {
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
function foldFile(file: Decoded, language: Language, fold: Fold): boolean {
  if (!file.ok) return false;
  const plan = prepare([], { rules: new Map(), evidence: {}, inventory: NO_INVENTORY, target: 'cses', now: new Date(0), language });
  const run = new Run(plan, file.source, {}, fold);
  run.read(file.source);
  return run.isWhole();
}

/** Whoever wants to see all elements of the grammar, whatever the rules want. */
interface Fold {
  open(element: XmlElement, path: string): void;
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

  /** For rules about the service definition as a whole. */
  private readonly definition: DefinitionFold | null;
  private readonly fold: Fold | null;
  /** For rules about what roles name. */
  private readonly roles: RoleWatch | null;
  /** For rules about the network as a whole, and about the letter case of thumbprints. */
  private readonly network: NetworkWatch | null;
  private readonly spellings: Spellings | null;
  /** For rules about what the evidence has of the certificates: what needs each thumbprint. */
  private readonly needs: Map<string, Use[]> | null;
  private readonly wantsCertificates: boolean;

  constructor(
    private readonly plan: Plan,
    private readonly source: SourceFile,
    private readonly options: LintOptions = {},
    fold?: Fold,
  ) {
    this.handlers = plan.handlersFor(source.text);
    const { event } = this.handlers;
    const isDefinition = plan.settings.language === 'csdef';
    this.definition = isDefinition && event.definition !== undefined ? new DefinitionFold(source.path) : null;
    this.roles = isDefinition || event.role === undefined ? null : new RoleWatch(plan.settings.evidence.definition);
    this.needs = event.material === undefined ? null : new Map();
    this.own = !isDefinition && isCompared(plan, this.handlers, source.path) ? new ConfigurationFold(source.path) : null;
    this.fold = fold ?? this.definition ?? this.own;
    const asks = (name: EventName) => event[name] !== undefined;
    const network = NETWORK_EVENTS.some(asks) ? new NetworkWatch() : null;
    this.network = network;
    this.spellings = asks('certificate:lower-case') ? new Spellings(source.text) : null;
    this.wantsCertificates = asks('certificate') || asks('certificate:unusual') || options.watch !== undefined || this.spellings !== null || this.needs !== null;
    this.schema = new SchemaWatch(
      (event, argument) => {
        if (event === 'schema:unknown-element') network?.stranger(argument as UnknownElement);
        this.emit(event, argument);
      },
      (event) => asks(event) || (event === 'schema:unknown-element' && network !== null),
    );
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
    const problem = read(source, this);
    if (problem === null) {
      this.sawEnd = true;
      if (!this.isStranger) this.tellWhole();
      return;
    }
    if (problem.kind === 'doctype') this.emit('xml:doctype', problem.span);
    else this.emit('xml:ill-formed', problem.place);
    this.giveUp('what-needs-the-end');
  }

  private tellWhole(): void {
    if (this.definition !== null) this.emit('definition', this.definition.result());
    for (const lowerCase of this.spellings?.lowerCase() ?? []) this.emit('certificate:lower-case', lowerCase);
    this.network?.finish((event, argument) => this.emit(event, argument), this.plan.settings.evidence.definition);
    if (this.needs !== null && this.sawCertificate) this.tellMaterials(this.needs);
  }

  private tellMaterials(needs: ReadonlyMap<string, readonly Use[]>): void {
    const { inventory } = this.plan.settings;
    const { told } = this.options;
    for (const material of inventory.materials(needs)) this.emit('material', material);
    if (told === undefined) {
      for (const material of inventory.listedMaterials(needs)) this.emit('material', material);
      return;
    }
    told.needs ??= new Map();
    for (const [digits, uses] of needs) told.needs.set(digits, uses);
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
    this.fold?.open(element, node.path);
    this.roles?.open(element, node.path);
    if (node.isWatched) this.network?.open(element, node.path);
    this.call(handlers.open[node.id], element);
    if (node.path === CERTIFICATE_PATH) this.openCertificate(element);
  }

  close(element: XmlElement): void {
    const node = this.nodes[element.depth];
    if (node === null || node === undefined || this.isStranger) return;
    this.schema.close(element);
    this.call(this.handlers.exit[node.id], element);
    const role = node.path === 'Role' && this.roles !== null ? this.roles.close(element) : null;
    if (role !== null) this.emit('role', role);
  }

  text(span: Span, parent: XmlElement): void {
    const node = this.nodes[parent.depth];
    if (node === null || node === undefined || this.isStranger) return;
    this.emit('schema:text', { span, parent, isTold: node.requiredAttributes.some((name) => parent.attribute(name) === undefined) });
  }

  /** Finds the element in the grammar, and its place among its parent's children. */
  private enter(element: XmlElement): GrammarNode | null {
    if (element.depth === 1) return this.enterRoot(element);
    const parent = this.nodes[element.depth - 1];
    if (parent === null || parent === undefined) return null;
    const child = element.namespace === this.rootNamespace ? parent.children.get(element.name) : undefined;
    if (child === undefined) {
      this.schema.stranger(element, parent);
      this.roles?.stranger(element, parent.path);
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
    const isPassword = foldName(element.attribute('name')?.value ?? '') === UNCOMPARED;
    this.sawCertificate ||= !isPassword;
    if (!this.wantsCertificates) return;
    const entry = certificateEntry(element, isPassword);
    const { reading } = entry;
    if (this.needs !== null) addNeed(this.needs, entry, this.source.path);
    this.options.watch?.(entry);
    this.spellings?.add(entry);
    this.emit('certificate', entry);
    if (reading !== null && reading.kind !== 'well-formed' && reading.kind !== 'lower-case') this.emit('certificate:unusual', entry);
  }

  emit(event: EventName, argument: unknown): void {
    this.call(this.handlers.event[event], argument);
  }

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

function addNeed(needs: Map<string, Use[]>, { role, certificate, comparable, thumbprint, element }: CertificateEntry, path: string): void {
  if (comparable === null) return;
  const use: Use = { role, certificate, location: { path, span: thumbprint?.valueSpan ?? element.nameSpan } };
  const uses = needs.get(comparable);
  if (uses === undefined) needs.set(comparable, [use]);
  else uses.push(use);
}

function isWellShaped(kind: string): boolean {
  return kind === 'well-formed' || kind === 'lower-case' || kind === 'dummy';
}

function toFinding(rule: Rule, setting: RuleSetting, path: string, reported: Reported<Messages, string>): Finding {
  const { message: messageId, at, data, related = [], fix } = reported;
  const text: MessageText | undefined = rule.messages[messageId];
  if (text === undefined) throw new Error(`${rule.id} has no message "${messageId}"`);
  const located = (place: Span | Location): Location => ('path' in place ? place : { path, span: place });
  return {
    ruleId: rule.id,
    messageId,
    severity: setting.severity,
    data,
    message: fill(text.message, data),
    cause: text.cause === undefined ? null : fill(text.cause, data),
    help: fill(text.help, data),
    location: located(at),
    related: related.map(({ note, location }) => ({ note, location: located(location) })),
    fix: fix === undefined ? null : { title: fix.title, safety: fix.safety ?? 'safe', path, edits: fix.edits },
    azure: text.azure === undefined ? null : fill(text.azure, data),
    azureSeen: text.azure === undefined ? null : (text.azureSeen ?? 'cses'),
  };
}

/** Names longer than this are cut in sentences; a name can be as long as its file. */
const MAX_SLOT = 2000;

function shortened(text: string): string {
  return text.length > MAX_SLOT ? `${text.slice(0, MAX_SLOT)}…` : text;
}

/** Fills the slots of a message. What else stands in braces is Azure's own: it prints "{Name}" as it is. */
function fill(template: string, data: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (braces, slot: string) => (Object.hasOwn(data, slot) ? shortened(String(data[slot])) : braces));
}
