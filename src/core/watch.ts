// What watches a whole file for rules that ask about more than one element: each watch sees all of it, and tells its own events.

import { foldName } from './names.js';
import type { GrammarNode } from './dispatch.js';
import { DefinitionFold } from './fold-definition.js';
import type { Language } from './grammar.js';
import type { Use } from './material.js';
import { NETWORK_EVENTS, NetworkWatch } from './network.js';
import type { LintSettings } from './plan.js';
import { PASSWORD_CERTIFICATE } from './plugins.js';
import type { XmlElement } from './read.js';
import { RoleWatch } from './role-watch.js';
import type { CertificateEntry, EventName, Events, UnknownElement } from './rule.js';
import type { SourceFile } from './source.js';
import { Spellings } from './spellings.js';

/** Sees one file as it is read. */
export interface Watch {
  /** An element that the grammar has, at its start tag. */
  open?(element: XmlElement, node: GrammarNode): void;
  /** Its end, after the rules about the element. */
  close?(element: XmlElement, node: GrammarNode): void;
  /** An element that the grammar does not have in its parent. */
  stranger?(element: XmlElement, parent: GrammarNode): void;
  /** The same when its parent is closed, with what it was probably meant to be. */
  unknown?(event: UnknownElement): void;
  certificate?(entry: CertificateEntry): void;
  /** The text was read to its end. */
  finish?(): void;
}

/** Hands an event to the rules that asked for it. */
export type Emit = <E extends EventName>(event: E, argument: Events[E]) => void;

/** What files of a plan share: whether the run's own rules have spoken, and which thumbprints they need. */
export interface Told {
  run: boolean;
  /** Null until a file needs any. */
  needs: Map<string, readonly Use[]> | null;
}

/** What a watch is begun with. */
export interface WatchedFile {
  readonly source: SourceFile;
  readonly settings: LintSettings;
  readonly told: Told | undefined;
  readonly emit: Emit;
}

interface WatchKind {
  readonly language: Language;
  /** Its events: without a rule that asks for one of them it is not begun. */
  readonly tells: readonly EventName[];
  readonly begin: (file: WatchedFile) => Watch;
}

const KINDS: readonly WatchKind[] = [
  { language: 'csdef', tells: ['definition'], begin: watchDefinition },
  { language: 'cscfg', tells: ['role'], begin: ({ settings, emit }) => new RoleWatch(settings.evidence.definition, emit) },
  { language: 'cscfg', tells: NETWORK_EVENTS, begin: ({ settings, emit }) => new NetworkWatch(settings.evidence.definition, emit) },
  { language: 'cscfg', tells: ['certificate:lower-case'], begin: ({ source, emit }) => new Spellings(source.text, emit) },
  { language: 'cscfg', tells: ['material'], begin: (file) => new NeedsWatch(file) },
];

/** Begins what the rules of a file ask for. */
export function beginWatches(file: WatchedFile, asks: (event: EventName) => boolean): Watch[] {
  const { language = 'cscfg' } = file.settings;
  const watches: Watch[] = [];
  for (const kind of KINDS) if (kind.language === language && kind.tells.some(asks)) watches.push(kind.begin(file));
  return watches;
}

function watchDefinition({ source, emit }: WatchedFile): Watch {
  const fold = new DefinitionFold(source.path);
  return {
    open: (element, node) => {
      fold.open(element, node);
    },
    finish: () => {
      emit('definition', fold.result());
    },
  };
}

/** Gathers which certificates a file needs, and tells at its end what evidence holds of them. */
class NeedsWatch implements Watch {
  private readonly needs = new Map<string, Use[]>();
  private sawCertificate = false;

  constructor(private readonly file: WatchedFile) {}

  certificate({ role, certificate, comparable, thumbprint, element }: CertificateEntry): void {
    this.sawCertificate ||= !isUncompared(certificate);
    if (comparable === null) return;
    const use: Use = { role, certificate, location: { path: this.file.source.path, span: thumbprint?.valueSpan ?? element.nameSpan } };
    const uses = this.needs.get(comparable);
    if (uses === undefined) this.needs.set(comparable, [use]);
    else uses.push(use);
  }

  finish(): void {
    const { needs, file: { settings: { inventory }, told, emit } } = this;
    if (!this.sawCertificate) return;
    for (const material of inventory.materials(needs)) emit('material', material);
    if (told === undefined) {
      for (const material of inventory.listedMaterials(needs)) emit('material', material);
      return;
    }
    told.needs ??= new Map();
    for (const [digits, uses] of needs) told.needs.set(digits, uses);
  }
}

/**
 * Whether an entry of that name is compared with nothing, as in Azure's client:
 * https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1
 */
export function isUncompared(certificate: string): boolean {
  return certificate.length === PASSWORD_CERTIFICATE.length && foldName(certificate) === UNCOMPARED;
}

const UNCOMPARED = foldName(PASSWORD_CERTIFICATE);
