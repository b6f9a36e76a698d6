// The engine: one source and the rules that are on for it give findings and skips, in one pass.

import { CERTIFICATE_PATH, NODE_COUNT, ROOTS, slotOf, type GrammarNode, type Slot } from './dispatch.js';
import { ROOT_NAMESPACE, type RootPath } from './grammar.js';
import { foldName } from './names.js';
import { read, type ReadHandlers, type XmlElement } from './read.js';
import type {
  AnyElement,
  CertificateEntry,
  Element,
  EventName,
  Messages,
  MessageText,
  MissingPart,
  Reported,
  Rule,
  RuleContext,
  RuleSetting,
  Visitor,
} from './rule.js';
import type { Decoded, SourceFile } from './source.js';
import { classify } from './thumbprint.js';
import { EVIDENCE_KIND, type Evidence, type EvidenceKind, type Finding, type Location, type Skip, type Target } from './types.js';
import type { Inventory } from './verdict.js';

/** What decides which rules run, and what they see. */
export interface LintSettings {
  /** How each rule is set; a rule that is not in the table is off. */
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly evidence: Partial<Evidence>;
  readonly inventory: Inventory;
  readonly target: Target;
  readonly now: Date;
}

/** A rule that runs, and what it asks to see: known once, since that does not depend on the file. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly setting: RuleSetting;
  /** Whether it has something to say only when the whole file was read. */
  readonly needsEnd: boolean;
}

/** Calls one method of one rule's visitor. */
interface Handler {
  /** Index among the active rules. */
  readonly index: number;
  readonly key: keyof Visitor;
}

/** The rules that run under some settings, worked out once for all files that share them. */
export interface Plan {
  readonly settings: LintSettings;
  readonly active: readonly ActiveRule[];
  readonly handlers: Handlers;
  /** Rules that are on and lack their evidence. */
  readonly unable: readonly Skip[];
  /** Those of them that a file without any certificate lacks as well. */
  readonly unableWithoutCertificates: readonly Skip[];
}

/** Who is called when, by the ids of elements. */
interface Handlers {
  readonly open: readonly (readonly Handler[] | undefined)[];
  readonly exit: readonly (readonly Handler[] | undefined)[];
  readonly any: readonly Handler[];
  readonly end: readonly Handler[];
  readonly event: Readonly<Partial<Record<EventName, readonly Handler[]>>>;
}

export interface LintResult {
  /** In the order of the rules' reports. */
  readonly findings: readonly Finding[];
  readonly skipped: readonly Skip[];
}

/**
 * The certificate with which the Remote Desktop plugin encrypts its password. Azure's client compares it with nothing.
 *
 * https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1
 */
const PASSWORD_CERTIFICATE = 'microsoft.windowsazure.plugins.remoteaccess.passwordencryption';

/** Works out which rules run: those that are on, fit the target, have their evidence, and are not superseded by better evidence. */
export function prepare(rules: readonly Rule[], settings: LintSettings): Plan {
  const active: { rule: Rule; setting: RuleSetting }[] = [];
  const unable: Skip[] = [];
  const unableWithoutCertificates: Skip[] = [];
  for (const rule of rules) {
    const setting = settings.rules.get(rule.id);
    if (setting === undefined) continue;
    if (rule.target !== undefined && rule.target !== settings.target) continue;
    if (rule.unless.some((key) => settings.evidence[key] !== undefined)) continue;
    const missing = missingEvidence(rule, settings.evidence);
    if (missing.length === 0) {
      active.push({ rule, setting });
      continue;
    }
    const skip: Skip = { ruleId: rule.id, severity: setting.severity, reason: 'evidence', missing };
    unable.push(skip);
    if (rule.concerns !== 'certificate') unableWithoutCertificates.push(skip);
  }
  return { settings, ...dispatch(active, settings), unable, unableWithoutCertificates };
}

/** Asks each rule once what it wants to see. */
function dispatch(rules: readonly { readonly rule: Rule; readonly setting: RuleSetting }[], settings: LintSettings): Pick<Plan, 'active' | 'handlers'> {
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
    const visitor = rule.check(contextFor(setting, settings, '', () => undefined));
    let needsEnd = false;
    for (const key of Object.keys(visitor) as (keyof Visitor)[]) {
      const slot = slotOf(key);
      if (slot === undefined) throw new Error(`${rule.id} asks for "${key}", which is neither an element nor an event`);
      needsEnd ||= slot.at === 'exit' || slot.at === 'end' || (slot.at === 'event' && slot.event === 'schema:missing');
      listFor(slot).push({ index, key });
    }
    return { rule, setting, needsEnd };
  });
  return { active, handlers: { open, exit, any, end, event } };
}

function contextFor(
  setting: RuleSetting,
  { evidence, inventory, now, target }: LintSettings,
  path: string,
  report: (reported: Reported<Messages, string>) => void,
): RuleContext<Messages, keyof Evidence, keyof Evidence, unknown> {
  // The types let a rule see only the evidence it asked for.
  return { report, evidence: evidence as Evidence, inventory, options: setting.options, now, target, path };
}

function missingEvidence(rule: Rule, evidence: Partial<Evidence>): EvidenceKind[] {
  const missing = rule.needs.filter((key) => evidence[key] === undefined);
  if (missing.length === 0 && rule.anyOf.length > 0 && rule.anyOf.every((key) => evidence[key] === undefined)) {
    return rule.anyOf.map((key) => EVIDENCE_KIND[key]);
  }
  return missing.map((key) => EVIDENCE_KIND[key]);
}

/** Lints one file. Nothing is thrown for anything that a file can hold. */
export function lint(plan: Plan, file: Decoded): LintResult {
  const run = new Run(plan, file.source);
  if (file.ok) {
    run.read(file.source);
  } else {
    run.emit('xml:undecodable', { encoding: file.encoding, span: { start: file.offset, end: Math.min(file.offset + 1, file.source.text.length) } });
    run.giveUp('everything');
  }
  return run.result();
}

type Method = (argument: unknown) => void;

class Run implements ReadHandlers {
  private readonly findings: Finding[] = [];
  private readonly skipped: Skip[] = [];
  /** What the rules want to see; one that sees nothing in this file is never begun. */
  private readonly visitors: (Visitor | undefined)[] = [];

  // What is open, by depth; arrays side by side, since an object per element would cost a tenth of the time.
  private readonly nodes: (GrammarNode | null)[] = [null];
  /** Bits of the children that were seen. */
  private readonly seen: number[] = [0];
  /** Children that the grammar does not have, where their parent requires some. */
  private readonly strangers: (XmlElement[] | null)[] = [null];

  private rootNamespace = '';
  private isStranger = false;
  private sawCertificate = false;
  private sawEnd = false;

  constructor(
    private readonly plan: Plan,
    private readonly source: SourceFile,
  ) {}

  /** Begins a rule where it has not seen anything yet. */
  private visitorOf(index: number): Visitor {
    const known = this.visitors[index];
    if (known !== undefined) return known;
    const active = this.plan.active[index];
    if (active === undefined) throw new Error('a handler belongs to no rule');
    const { rule, setting } = active;
    const { path } = this.source;
    const visitor = rule.check(contextFor(setting, this.plan.settings, path, (reported) => this.findings.push(toFinding(rule, setting, path, reported))));
    this.visitors[index] = visitor;
    return visitor;
  }

  private call(handlers: readonly Handler[] | undefined, argument: unknown): void {
    if (handlers === undefined) return;
    for (const { index, key } of handlers) (this.visitorOf(index)[key] as Method)(argument);
  }

  read(source: SourceFile): void {
    const problem = read(source, this);
    if (problem === null) {
      this.sawEnd = true;
      if (!this.isStranger) this.finish();
      return;
    }
    if (problem.kind === 'doctype') this.emit('xml:doctype', problem.span);
    else this.emit('xml:ill-formed', problem.place);
    this.giveUp('what-needs-the-end');
  }

  /** A rule that saw nothing has nothing to say at the end. */
  private finish(): void {
    for (const handler of this.plan.handlers.end) this.visitors[handler.index]?.end?.();
  }

  open(element: XmlElement): void {
    const { depth } = element;
    const node = this.enter(element, depth);
    this.nodes[depth] = node;
    this.seen[depth] = 0;
    this.strangers[depth] = null;
    if (this.isStranger) return;
    const { handlers } = this.plan;
    this.call(handlers.any, element);
    if (node === null) return;
    if (handlers.event['schema:missing'] !== undefined) this.askForAttributes(element, node);
    this.call(handlers.open[node.id], element);
    if (node.path === CERTIFICATE_PATH) this.openCertificate(element);
  }

  close(element: XmlElement): void {
    const { depth } = element;
    const node = this.nodes[depth];
    if (node === null || node === undefined || this.isStranger) return;
    this.askForChildren(element, node, depth);
    this.call(this.plan.handlers.exit[node.id], element);
  }

  /** Finds the element in the grammar and notes it in its parent. */
  private enter(element: XmlElement, depth: number): GrammarNode | null {
    if (depth === 1) return this.enterRoot(element);
    const parent = this.nodes[depth - 1];
    if (parent === null || parent === undefined) return null;
    const node = element.namespace === this.rootNamespace ? parent.children.get(element.name) : undefined;
    if (node === undefined) {
      if (parent.requiredChildren !== 0) (this.strangers[depth - 1] ??= []).push(element);
      return null;
    }
    this.seen[depth - 1] = (this.seen[depth - 1] ?? 0) | node.bit;
    element.path = node.path;
    return node;
  }

  private enterRoot(element: XmlElement): GrammarNode | null {
    const node = ROOTS.get(element.name);
    if (node === undefined) {
      this.isStranger = true;
      this.emit('schema:root', { name: element.name, nameSpan: element.nameSpan });
      return null;
    }
    this.rootNamespace = element.namespace;
    element.path = node.path;
    const expected = ROOT_NAMESPACE[node.path as RootPath];
    if (element.namespace !== expected) {
      const root = element as unknown as AnyElement;
      this.emit('schema:namespace', { root, attribute: element.attribute('xmlns'), namespace: element.namespace, expected });
    }
    return node;
  }

  private askForAttributes(element: XmlElement, node: GrammarNode): void {
    for (const name of node.requiredAttributes) {
      if (element.attribute(name) !== undefined) continue;
      const other = element.attributes.find((attribute) => foldName(attribute.name) === foldName(name));
      const miscased: MissingPart['miscased'] = other === undefined ? null : { name: other.name, edits: [other.nameSpan] };
      this.emit('schema:missing', { element: element as unknown as Element, part: 'attribute', name, miscased });
    }
  }

  private askForChildren(element: XmlElement, node: GrammarNode, depth: number): void {
    const missing = node.requiredChildren & ~(this.seen[depth] ?? 0);
    if (missing === 0) return;
    for (const [name, child] of node.children) {
      if ((missing & child.bit) === 0) continue;
      const other = this.strangers[depth]?.find((stranger) => foldName(stranger.name) === foldName(name));
      const miscased: MissingPart['miscased'] =
        other === undefined ? null : { name: other.name, edits: other.endNameSpan === null ? [other.nameSpan] : [other.nameSpan, other.endNameSpan] };
      this.emit('schema:missing', { element: element as unknown as Element, part: 'child', name, miscased });
    }
  }

  private openCertificate(element: XmlElement): void {
    const certificate = element.attribute('name')?.value ?? '';
    const isPassword = foldName(certificate) === PASSWORD_CERTIFICATE;
    this.sawCertificate ||= !isPassword;
    if (this.plan.handlers.event.certificate === undefined) return;
    const thumbprint = element.attribute('thumbprint');
    const reading = thumbprint === undefined ? null : classify(thumbprint.value);
    const digits = reading !== null && isWellShaped(reading.kind) && 'digits' in reading ? reading.digits : null;
    const entry: CertificateEntry = {
      role: element.parent?.parent?.attribute('name')?.value ?? '',
      certificate,
      element: element as unknown as CertificateEntry['element'],
      thumbprint,
      reading,
      comparable: isPassword ? null : digits,
    };
    this.emit('certificate', entry);
  }

  emit(event: EventName, argument: unknown): void {
    this.call(this.plan.handlers.event[event], argument);
  }

  /** Lists the rules that could not run to their end. */
  giveUp(which: 'everything' | 'what-needs-the-end'): void {
    for (const { rule, setting, needsEnd } of this.plan.active) {
      if (which === 'everything' ? rule.family !== 'xml' : needsEnd) {
        this.skipped.push({ ruleId: rule.id, severity: setting.severity, reason: 'not-well-formed', missing: [] });
      }
    }
  }

  result(): LintResult {
    const nothingToCompare = this.sawEnd && !this.sawCertificate;
    const unable = nothingToCompare ? this.plan.unableWithoutCertificates : this.plan.unable;
    // The same array for all files alike, so that a report of many can tell at a glance.
    return { findings: this.findings, skipped: this.skipped.length === 0 ? unable : [...this.skipped, ...unable] };
  }
}

function isWellShaped(kind: string): boolean {
  return kind === 'well-formed' || kind === 'lower-case' || kind === 'dummy';
}

function toFinding(rule: Rule, setting: RuleSetting, path: string, reported: Reported<Messages, string>): Finding {
  const { message: messageId, at, data, related = [], fix } = reported;
  const text: MessageText | undefined = rule.messages[messageId];
  if (text === undefined) throw new Error(`${rule.id} has no message "${messageId}"`);
  const location: Location = 'path' in at ? at : { path, span: at };
  return {
    ruleId: rule.id,
    messageId,
    severity: setting.severity,
    data,
    message: fill(text.message, data),
    cause: text.cause === undefined ? null : fill(text.cause, data),
    help: fill(text.help, data),
    location,
    related,
    fix: fix === undefined ? null : { title: fix.title, safety: fix.safety ?? 'safe', path, edits: fix.edits },
    azure: text.azure === undefined ? null : fill(text.azure, data),
    azureSeen: text.azure === undefined ? null : (text.azureSeen ?? 'cses'),
  };
}

/** Fills the slots of a message. */
function fill(template: string, data: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (_, slot: string) => String(data[slot]));
}
