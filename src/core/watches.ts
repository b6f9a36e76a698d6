// Every watch that there is, and which of them a file needs.

import { DefinitionFold } from './fold-definition.js';
import type { Language } from './grammar.js';
import type { Use } from './material.js';
import { NETWORK_EVENTS, NetworkWatch } from './network.js';
import { isPasswordCertificate } from './plugins.js';
import { RoleWatch } from './role-watch.js';
import type { CertificateEntry, EventName } from './rule.js';
import { Spellings } from './spellings.js';
import type { Watch, WatchedFile } from './watch.js';

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
    this.sawCertificate ||= !isPasswordCertificate(certificate);
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
