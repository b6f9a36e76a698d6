// References by name: whether one hits, which several rules ask in the same way.

import { foldName, suggest } from './names.js';
import { pipelinePlaceholder } from './placeholder.js';
import type { Attribute } from './rule.js';

/** Comparing letter by letter is for the slip of a pen: beyond so many names, or misses, nothing is suggested. */
const MAX_NAMES = 500;
const MAX_SUGGESTIONS = 100;

/** The names of one kind of thing in a file. */
export class NameTable {
  private readonly names = new Map<string, string>();
  private misses = 0;
  private isVague = false;

  add(name: Attribute | undefined): void {
    if (name === undefined) return;
    if (pipelinePlaceholder(name.value) !== null) this.isVague = true;
    this.names.set(foldName(name.value), name.value);
  }

  /** Something is missing here that another rule tells of: no reference can be said to miss. */
  addUnknown(): void {
    this.isVague = true;
  }

  has(name: string): boolean {
    return this.names.has(foldName(name));
  }

  /** What a reference that hits nothing was probably meant to hit; null where it hits, or where that cannot be told yet. */
  miss(reference: Attribute): { readonly suggestion: string | null } | null {
    const { value } = reference;
    if (this.isVague || this.has(value) || pipelinePlaceholder(value) !== null) return null;
    this.misses++;
    const canSuggest = this.names.size <= MAX_NAMES && this.misses <= MAX_SUGGESTIONS;
    return { suggestion: canSuggest ? suggest(value, this.names.values()) : null };
  }
}
