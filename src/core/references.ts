// References by name within a service configuration: which of them hit nothing.

import { isSettledName } from './definition.js';
import { foldName, suggest } from './names.js';
import { pipelinePlaceholder } from './placeholder.js';
import type { Attribute } from './rule.js';

/** Comparing letter by letter is for the slip of a pen: beyond so many names, or misses, nothing is suggested. */
const MAX_NAMES = 500;
const MAX_SUGGESTIONS = 100;

/** What refers to what. */
export type ReferenceKind = 'acl-role' | 'acl-access-control' | 'virtual-ip-role' | 'virtual-ip';

/** A reference by name that hits nothing in the file. */
export interface MissedReference {
  readonly kind: ReferenceKind;
  readonly reference: Attribute;
  /** The name that was probably meant. */
  readonly suggestion: string | null;
}

const NONE: readonly MissedReference[] = [];

/** The things of one kind, and the references of some kinds to them. */
export class References {
  /** The names of the things, in the order of the file. */
  readonly names: Attribute[] = [];
  private readonly references: { readonly kind: ReferenceKind; readonly reference: Attribute }[] = [];
  /** Something is missing among the names that another rule tells of, or whose name is filled in later: nothing can be said to miss. */
  private isVague = false;

  add(kind: ReferenceKind, reference: Attribute | undefined): void {
    if (reference !== undefined && pipelinePlaceholder(reference.value) === null) this.references.push({ kind, reference });
  }

  /** A thing. A name that is missing may be the one that a reference hits. */
  name(name: Attribute | undefined): void {
    if (name === undefined) this.isVague = true;
    else this.names.push(name);
  }

  misspeltName(): void {
    this.isVague = true;
  }

  /** Those that hit nothing, nor what is known elsewhere by its folded name, of which another rule tells that it is missing. */
  missed(isElsewhere: (folded: string) => boolean = () => false): readonly MissedReference[] {
    const { names } = this;
    if (this.references.length === 0 || this.isVague || names.some(({ value }) => !isSettledName(value))) return NONE;
    const known = new Map(names.map(({ value }) => [foldName(value), value]));
    return this.references
      .filter(({ reference: { value } }) => !known.has(foldName(value)) && !isElsewhere(foldName(value)))
      .map(({ kind, reference }, index) => {
        const canSuggest = known.size <= MAX_NAMES && index < MAX_SUGGESTIONS;
        return { kind, reference, suggestion: canSuggest ? suggest(reference.value, known.values()) : null };
      });
  }
}
