// What a rule is, and all that a rule imports: elements, visitors, messages, defineRule.

import type { BaselineEntry } from './baseline.js';
import type { AddressVerdict } from './addresses.js';
import type { Move } from './edits.js';
import type { AttributeName, ElementPath, Language } from './grammar.js';
import type { Material } from './material.js';
import type { MissedReference } from './references.js';
import type { RoleEntry } from './role-comparison.js';
import type { LowerCase } from './spellings.js';
import type { Thumbprint } from './thumbprint.js';
import type { ValueProblem } from './value-type.js';
import type { AzureSeen, ConfigurationFact, DefinitionFact, Edit, Evidence, Fix, GivenEvidence, Level, Location, Severity, Span, Target } from './types.js';
import type { Inventory } from './verdict.js';

export { configuredRoles, distinct, distinctRoles, endpointsOf, hasClearRoles, hasOuterBlank, httpsEndpointsOf, isSettledName, nameMatcher, pluginEndpointsOf, type ServiceEndpoint } from './definition.js';
export { describe, roleOf } from './describe.js';
export { escapeValue, moveElement, moveElements, removeElement, removeElements } from './edits.js';
export { EXAMPLE_3DES_PFX, EXAMPLE_AES_PFX, EXAMPLE_CHAIN, EXAMPLE_ISSUER, EXAMPLE_LEAF, EXAMPLE_LEAF_DER, EXAMPLE_PFX, EXAMPLE_RENEWED, EXAMPLE_RENEWED_CHAIN, EXAMPLE_SMALL, EXAMPLE_SMALL_KEY } from './example-certificates.js';
export { guestOsFamily, LIVE_FAMILIES, parseGuestOsVersion, RETIRED_FAMILIES } from './guest-os.js';
export { meantElement } from './network.js';
export { AFTER_RETIREMENT, DAY, PARTIAL_EXPORT, certificateOf, commandName, isNewer, nameCertificate, nameRecord, needOf, policyHolders, showDate, showMoment, validityOf, type Material, type Use } from './material.js';
export { foldName, suggest, suggester } from './names.js';
export { isKnown, showKnown } from './known.js';
export { pairNames, pairStrangers, type Pairing } from './pairing.js';
export { holdsPlaceholder, pipelinePlaceholder } from './placeholder.js';
export {
  PLUGIN_PREFIX,
  findPlugin,
  hasCertificate,
  hasEndpoint,
  hasSetting,
  importOf,
  importsOf,
  importsUnknown,
  isPasswordCertificate,
  lacksForwarder,
  moduleOf,
  pluginsOf,
  type Plugin,
  type PluginEndpoint,
} from './plugins.js';
export { RoleNames } from './role-names.js';
export { readResourceName } from './resource-name.js';
export { LATEST_SCHEMA_VERSION, isKnownSchemaVersion } from './schema-versions.js';
export { foldRegion, lastSegment, readResourceId } from './resource-id.js';
export { parseVaultIdentifier, readSecretUrl, secretUrl, secretUrlKey, type SecretUrlReading } from './secret-url.js';
export { isPartOf, isWithin } from './address-prefix.js';
export { frontendsOf, isDescribedInFull, onlyService, remoteDesktopExtension } from './cloud-services.js';
export { listedVersions, urlsIn, versionsIn, type ListedVersion } from './vault-versions.js';
export { once } from './once.js';
export { isName, portNumber, wholeNumber } from './value-type.js';
export { DEFAULT_SIZE, isOfferedSize, offeredSizes, successorOf } from './vm-sizes.js';
export { nameDigits, placesOfDigits } from './verdict.js';
export type { AttributeName, ElementPath } from './grammar.js';
export type * from './role-comparison.js';
export type * from './types.js';
export type * from './verdict.js';

// ---------------------------------------------------------------------------------------------------------------------
// What a visitor is handed
// ---------------------------------------------------------------------------------------------------------------------

/** An attribute as it stands in the text. */
export interface Attribute {
  readonly name: string;
  /** The value with entities resolved and line ends normalised; never the place to look for a position. */
  readonly value: string;
  readonly nameSpan: Span;
  /** Exactly what stands between the quotes. */
  readonly valueSpan: Span;
}

/** An element at its start tag. */
export interface Element<P extends ElementPath = ElementPath> {
  /** Local name, without a prefix. */
  readonly name: string;
  readonly path: P;
  readonly attributes: readonly Attribute[];
  attribute(name: AttributeName<P>): Attribute | undefined;
  readonly parent: Element | null;
  readonly nameSpan: Span;
  /** The start tag, from `<` to `>`. */
  readonly span: Span;
  /** From `<` to the `>` of its end tag, which is known once it is closed: at `:exit`, and in events about its place. */
  readonly wholeSpan: Span;
}

/** An element that may be unknown to the grammar. */
export interface AnyElement extends Omit<Element, 'path' | 'attribute' | 'parent'> {
  /** Null for an element that the grammar does not have there. */
  readonly path: ElementPath | null;
  readonly parent: AnyElement | null;
}

/** One `Certificate` of a role. */
export interface CertificateEntry {
  /** Name of the role; empty where it has none. */
  readonly role: string;
  /** Name of the certificate; empty where it has none. */
  readonly certificate: string;
  readonly element: Element<'Role/Certificates/Certificate'>;
  /** The attribute, which is missing in a file that breaks the schema. */
  readonly thumbprint: Attribute | undefined;
  /** What its value is; null without the attribute. */
  readonly reading: Thumbprint | null;
  /**
   * The forty digits to compare with evidence, or null: a thumbprint that has not its shape is left to the rules about
   * shapes, and the password certificate of the Remote Desktop plugin is never compared, as Azure's client does not.
   */
  readonly comparable: string | null;
}

/** The first place at which a text stops being XML. */
export interface IllFormed {
  readonly code: IllFormedCode;
  readonly span: Span;
  /** Other places that explain it, such as the attribute whose quote is lost. */
  readonly related: readonly { readonly note: string; readonly span: Span }[];
  /** Names that the sentence needs. Never a value. */
  readonly detail: string;
}

export type IllFormedCode =
  | 'conflict-markers'
  | 'less-than-in-value'
  | 'ampersand'
  | 'lost-quote'
  | 'duplicate-attribute'
  | 'placeholder-attribute'
  | 'attribute-without-value'
  | 'value-without-quotes'
  | 'typographic-quote'
  | 'odd-blank'
  | 'lost-bracket'
  | 'no-space-between-attributes'
  | 'text-outside-root'
  | 'json'
  | 'declaration-not-first'
  | 'second-declaration'
  | 'wrong-end-tag'
  | 'stray-end-tag'
  | 'unclosed-element'
  | 'unfinished-tag'
  | 'unclosed-comment'
  | 'unclosed-cdata'
  | 'unclosed-instruction'
  | 'stray-less-than'
  | 'second-root'
  | 'no-root'
  | 'control-character'
  | 'double-hyphen'
  | 'unbound-prefix'
  | 'too-deep'
  | 'other';

/** A required attribute or child that is absent. */
export interface MissingPart {
  readonly element: Element;
  readonly part: 'attribute' | 'child';
  readonly name: string;
  /** The place of the same name in other letter case, where that stands there instead. */
  readonly miscased: { readonly name: string; readonly edits: readonly [Span, ...Span[]] } | null;
  /** The unknown attribute that was probably meant to be this one. */
  readonly misspelt: Attribute | null;
}

/** An element that the grammar does not have where it stands. */
export interface UnknownElement {
  readonly name: string;
  /** In the start tag, and in the end tag where there is one. */
  readonly nameSpans: readonly [Span, ...Span[]];
  readonly parent: Element;
  /** The same name in the letter case that the grammar has. */
  readonly miscased: string | null;
  readonly suggestion: string | null;
  /** Paths of elements in which one of this name may lie. */
  readonly belongs: readonly string[];
  /** Whether the grammar has one of this name there, which is in another namespace. */
  readonly isForeign: boolean;
}

/** An attribute that the grammar does not have there. */
export interface UnknownAttribute {
  readonly element: Element;
  readonly attribute: Attribute;
  readonly miscased: string | null;
  readonly suggestion: string | null;
  /** Whether the attribute that was meant is required, so that `schema:missing` tells of it. */
  readonly isTold: boolean;
}

/** A child that occurs more often than it may. */
export interface TooMany {
  readonly element: Element;
  /** The first of them. */
  readonly first: Span;
  readonly max: number;
  /** The name of the child that excludes this one, where it is not the same. */
  readonly other: string | null;
}

/** A parent whose children are not in order. */
export interface OutOfOrder {
  /** The first child that stands behind one that must follow it. */
  readonly element: Element;
  readonly parent: Element;
  /** The child that must follow it. */
  readonly after: { readonly name: string; readonly nameSpan: Span };
  /** Every child that stands too late, whole, with the first sibling that must follow it: what `moveElements` takes. */
  readonly moves: readonly [Move, ...Move[]];
  /** All children in their right order. */
  readonly order: readonly string[];
}

/** A value that is not of its simple type. */
export interface WrongValue {
  readonly element: Element;
  readonly attribute: Attribute;
  readonly problem: ValueProblem;
}

/** Text where only elements may stand. */
export interface StrayText {
  readonly span: Span;
  readonly parent: Element;
  /** Whether the element lacks a required attribute, such as the one that this is the value of, so that `schema:missing` tells of it. */
  readonly isTold: boolean;
}

/** An XML declaration that names another version than 1.0. */
export interface OtherVersion {
  /** As the XML declaration has it. */
  readonly version: string;
  readonly span: Span;
}

/** An XML declaration that does not name the encoding of the bytes. */
export interface WrongEncoding {
  /** Whether what is declared is the name of an encoding at all. */
  readonly isName: boolean;
  readonly declared: string;
  readonly actual: string;
  readonly span: Span;
}

/** A root element that is not the one of the file's language. */
export interface WrongRoot {
  readonly name: string;
  readonly nameSpan: Span;
  /** What the file is meant to be. */
  readonly language: Language;
}

/** A root in no namespace, or in another than that of its language. */
export interface WrongNamespace {
  readonly root: AnyElement;
  /** The `xmlns` attribute; undefined where there is none. */
  readonly attribute: Attribute | undefined;
  readonly namespace: string;
  readonly expected: string;
}

/** Bytes that are no text in the file's encoding. */
export interface UndecodablePlace {
  readonly encoding: string;
  readonly span: Span;
}

/** A suppression of one rule, in a comment of the file or in the config. */
export interface Suppression {
  readonly ruleId: string;
  readonly at: Span | Location;
  /** The last day on which it holds. */
  readonly until: string | null;
}

/** A comment that was meant to be a suppression. */
export interface MisshapenSuppression {
  readonly problem: 'no-rules' | 'no-reason' | 'unknown-verb' | 'misspelt-form' | 'no-date' | 'unknown-option' | 'nothing-to-enable' | 'too-many' | 'no-such-rule';
  readonly word: string;
  readonly suggestion: string | null;
  readonly at: Span | Location;
}

/** An entry of a baseline that counts more findings than there are. */
export interface StaleBaselineEntry {
  readonly ruleId: string;
  readonly path: string;
  readonly role: string;
  readonly name: string;
  readonly count: number;
  readonly found: number;
  readonly at: Location;
}

/** That a file with roles names no virtual network. */
export interface NetworkGap {
  readonly gap: 'no-network' | 'no-site' | 'empty';
  readonly at: Span;
}

/** Where a rule tells of a run as a whole. */
export interface RunStart {
  /** The name of the root element. */
  readonly at: Span;
}

/** The .cscfg of one service, seen from one of them. */
export interface ServiceConfigurations {
  readonly own: ConfigurationFact;
  readonly others: readonly ConfigurationFact[];
}

/** The things that the reader and the engine notice, each for one rule to speak of. */
export interface Events {
  'xml:undecodable': UndecodablePlace;
  'xml:encoding-declaration': WrongEncoding;
  /** A version of XML other than 1.0. */
  'xml:version': OtherVersion;
  'xml:ill-formed': IllFormed;
  'xml:doctype': Span;
  'schema:root': WrongRoot;
  'schema:namespace': WrongNamespace;
  'schema:missing': MissingPart;
  'schema:unknown-element': UnknownElement;
  'schema:unknown-attribute': UnknownAttribute;
  'schema:too-many': TooMany;
  'schema:order': OutOfOrder;
  'schema:value': WrongValue;
  'schema:text': StrayText;
  certificate: CertificateEntry;
  /** One whose thumbprint is anything but forty hexadecimal digits that could be a certificate's. */
  'certificate:unusual': CertificateEntry;
  /** A role of a service configuration, when it is closed: one that is compared with its definition, or has something of a plugin. */
  role: RoleEntry;
  /** At the root of one of the files that share the evidence: for what is about the evidence, or the run, whatever a file says. */
  run: RunStart;
  /** The other .cscfg of the service, where there are any, before `end`. */
  configurations: ServiceConfigurations;
  /** A certificate that the whole file needs, with what the evidence has of it, before `end`. */
  material: Material;
  /** These are told at the end of a file. */
  'certificate:lower-case': LowerCase;
  'network:gap': NetworkGap;
  /** Only where something is wrong with them. */
  'network:addresses': AddressVerdict;
  'network:reference': MissedReference;
  /** The whole of a service definition that is well-formed, before `end`. */
  definition: DefinitionFact;
  'suppression:unused': Suppression;
  'suppression:expired': Suppression;
  'suppression:misshapen': MisshapenSuppression;
  'baseline:stale': StaleBaselineEntry;
}

export type EventName = keyof Events;

/**
 * What a rule wants to see. Keys are element paths (at the start tag), paths with `:exit` (at the end tag), `*` (every
 * element, known or not), the engine's events, and `end`, for rules that saw something before. Nothing with `:exit` and no
 * `end` runs in a text that is not well-formed. Which keys there are must not depend on the file.
 */
export type Visitor = { readonly [P in ElementPath]?: (element: Element<P>) => void } & {
  readonly [P in ElementPath as `${P}:exit`]?: (element: Element<P>) => void;
} & { readonly [E in EventName]?: (event: Events[E]) => void } & {
  readonly '*'?: (element: AnyElement) => void;
  readonly end?: () => void;
};

// ---------------------------------------------------------------------------------------------------------------------
// Messages
// ---------------------------------------------------------------------------------------------------------------------

/** The words of one thing that a rule can say. `{slots}` are filled from the finding's data. */
export interface MessageText {
  /** What is wrong, one sentence. */
  readonly message: string;
  /** Why it came to be, where that can be told. */
  readonly cause?: string;
  /** What to do. */
  readonly help: string;
  /** The literal refusal of Azure that this pre-empts, without its trailing "To understand more…". */
  readonly azure?: string;
  /** `similar`: seen from a related service, not from Cloud Services (extended support). Default `cses`. */
  readonly azureSeen?: AzureSeen;
}

export type Messages = Readonly<Record<string, MessageText>>;

type SlotsIn<T> = T extends `${string}{${infer Slot}}${infer Rest}` ? Slot | SlotsIn<Rest> : never;
type Slots<M extends MessageText> = SlotsIn<M['message']> | SlotsIn<M['cause']> | SlotsIn<M['help']> | SlotsIn<M['azure']>;

/** The data of a finding: each slot of its message, and anything else worth telling a machine. Never a setting's value. */
export type DataFor<M extends MessageText> = Readonly<Record<Slots<M>, string | number>> & Readonly<Record<string, unknown>>;

/** What a rule reports. */
export interface Reported<M extends Messages, K extends keyof M> {
  readonly message: K;
  /** A place in the linted file, or a location in any other. */
  readonly at: Span | Location;
  readonly data: DataFor<M[K]>;
  /** Other places, each as `at`. */
  readonly related?: readonly { readonly note: string; readonly location: Span | Location }[];
  /** Of the linted file. */
  readonly fix?: { readonly title: string; readonly safety?: Fix['safety']; readonly edits: readonly [Edit, ...Edit[]] };
}

// ---------------------------------------------------------------------------------------------------------------------
// Rules
// ---------------------------------------------------------------------------------------------------------------------

type EvidenceKey = keyof Evidence;

/** What a check is given. Only the evidence that the rule asked for is there. */
export interface RuleContext<M extends Messages, Needed extends EvidenceKey, Used extends EvidenceKey, O> {
  readonly report: <K extends keyof M & string>(finding: Reported<M, K>) => void;
  readonly evidence: Readonly<Pick<Evidence, Needed>> & Readonly<Partial<Pick<Evidence, Used>>>;
  /** All evidence of this file, asked by thumbprint. */
  readonly inventory: Inventory;
  readonly options: O;
  readonly now: Date;
  readonly target: Target;
  /** Path of the linted file, as it is shown. */
  readonly path: string;
  /** The linted file, for the edits of fixes. What there is to find, a visitor finds. */
  readonly text: string;
}

/** A piece of a service configuration or definition that shows what a rule means. */
export interface Example {
  /** A whole file, or `Role`, `Certificate` or `NetworkConfiguration` elements that stand for one. Not needed for what is wrong in a .csdef alone. */
  readonly cscfg?: string;
  /** How it is written to bytes, where that is the point. Default UTF-8. */
  readonly encoding?: 'latin1';
  /** JSON as an export would hold it. */
  readonly vault?: string;
  readonly osProfile?: string;
  /** The service definition: a whole file, or a `WebRole` or `WorkerRole` element that stands for one. */
  readonly csdef?: string;
  /** Another service configuration of the service, as `cscfg`. */
  readonly sibling?: string;
  /** Certificates in PEM. */
  readonly certificates?: string;
  /** A .pfx without a password, in base64. */
  readonly pfx?: string;
  /** What the tool's baseline holds. */
  readonly baseline?: readonly BaselineEntry[];
}

/** The families in which rules are listed. */
export type Family = 'xml' | 'schema' | 'service' | 'thumbprint' | 'definition' | 'network' | 'os-profile' | 'certificate' | 'run';

interface RuleMetadata<M extends Messages> {
  readonly id: string;
  readonly family: Family;
  /** What holds when all is well, one sentence. */
  readonly summary: string;
  /** Who demands it, and what happens otherwise. */
  readonly why: string;
  /** The page that says so. */
  readonly source: `https://${string}`;
  /** The default. */
  readonly severity: Level;
  /** Whether it has fixes; `unsafe` where all of them are. */
  readonly fixable?: Fix['safety'];
  readonly messages: M;
  /** What files it is about. Default: service configurations. */
  readonly languages?: readonly Language[];
  /** `cses`: about a deployment, so silent for a configuration of the emulator. */
  readonly target?: 'cses';
  /** `certificate`: about certificates, or about a source that is given for their sake, so that nothing is skipped on its account where no role has one. */
  readonly concerns?: 'certificate';
  /** A remark that holds for the whole run: told once, at the first file, and in text on the summary line as long as it is a note. */
  readonly remark?: true;
  /** What a text must hold somewhere for the rule to have anything to say: of most, one look tells that there is nothing to look at. */
  readonly mentions?: RegExp;
  /** Which of its messages say that an answer is unknown, which a strict reader counts as errors. */
  readonly unknown?: 'all' | readonly (keyof M & string)[];
  readonly examples: { readonly bad: readonly [Example, ...Example[]]; readonly good: readonly [Example, ...Example[]] };
}

interface RuleDefinition<
  M extends Messages,
  Needed extends GivenEvidence,
  Used extends EvidenceKey,
  O,
  V extends Visitor,
> extends RuleMetadata<M> {
  /** Evidence without which the rule is skipped, and the report says so. */
  readonly needs?: readonly Needed[];
  /** At least one of these; without any the rule is skipped. */
  readonly anyOf?: readonly (Used & GivenEvidence)[];
  /** Taken where it is there; never a reason to skip. */
  readonly uses?: readonly Used[];
  /** Superseded where one of these is given, which is not "skipped" either. */
  readonly unless?: readonly GivenEvidence[];
  readonly options?: { readonly schema: Readonly<Record<string, unknown>>; readonly defaults: O };
  check(context: RuleContext<M, Needed, Used, O>): V;
}

/** Refuses keys that no visitor has: a misspelt element path does not compile. */
type OnlyKnown<V> = [Exclude<keyof V, keyof Visitor>] extends [never] ? unknown : { check: { notAnElementPath: Exclude<keyof V, keyof Visitor> } };

/** A rule as the engine holds it: the types of its messages, options and evidence have done their work. */
export interface Rule extends RuleMetadata<Messages> {
  readonly languages: readonly Language[];
  readonly needs: readonly GivenEvidence[];
  readonly anyOf: readonly GivenEvidence[];
  readonly unless: readonly GivenEvidence[];
  readonly options: { readonly schema: Readonly<Record<string, unknown>>; readonly defaults: Readonly<Record<string, unknown>> } | null;
  check(context: RuleContext<Messages, EvidenceKey, EvidenceKey, unknown>): Visitor;
}

/** How one rule is set for one file. */
export interface RuleSetting {
  readonly severity: Severity;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A rule, as its file exports it. What it may say, see and ask for is checked by the compiler. */
export function defineRule<
  const M extends Messages,
  V extends Visitor,
  const Needed extends GivenEvidence = never,
  const Used extends EvidenceKey = never,
  O extends Readonly<Record<string, unknown>> = Readonly<Record<string, never>>,
>(rule: RuleDefinition<M, Needed, Used, O, V> & OnlyKnown<V>): Rule {
  const { languages = ['cscfg'], needs = [], anyOf = [], unless = [], options = null } = rule;
  // The object itself: in the command some of its parts are getters that load what they give.
  return Object.assign(rule, { languages, needs, anyOf, unless, options }) as unknown as Rule;
}

/** The URL of what is written about a rule. */
export function ruleUrl(ruleId: string): string {
  return `https://github.com/cscfglint/cscfglint/blob/main/docs/rules/${ruleId}.md`;
}
