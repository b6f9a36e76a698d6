// References by name: whether one hits, which several rules ask in the same way.

import { foldName, suggest } from './names.js';
import { pipelinePlaceholder } from './placeholder.js';
import type { Attribute } from './rule.js';
import { isName } from './value-type.js';

/** Comparing letter by letter is for the slip of a pen: beyond so many names, or misses, nothing is suggested. */
const MAX_NAMES = 500;
const MAX_SUGGESTIONS = 100;

/** The names of one kind of thing in a file. They are only kept as they come, and looked at when somebody asks. */
export class NameTable {
  private readonly attributes: Attribute[] = [];
  private names: Map<string, string> | null = null;
  private misses = 0;
  private isVague = false;

  add(name: Attribute | undefined): void {
    // What has no name, or a misspelt attribute for it, may be what a reference means.
    if (name === undefined) this.isVague = true;
    else this.attributes.push(name);
  }

  /** Something is missing here that another rule tells of: no reference can be said to miss. */
  addUnknown(): void {
    this.isVague = true;
  }

  /** At the end of the file, as is {@link miss}. */
  has(name: string): boolean {
    return this.table().has(foldName(name));
  }

  /** What a reference that hits nothing was probably meant to hit; null where it hits, or where that cannot be told yet. */
  miss(reference: Attribute): { readonly suggestion: string | null } | null {
    const { value } = reference;
    const names = this.table();
    if (this.isVague || names.has(foldName(value)) || pipelinePlaceholder(value) !== null) return null;
    this.misses++;
    const canSuggest = names.size <= MAX_NAMES && this.misses <= MAX_SUGGESTIONS;
    return { suggestion: canSuggest ? suggest(value, names.values()) : null };
  }

  private table(): ReadonlyMap<string, string> {
    if (this.names !== null) return this.names;
    this.names = new Map();
    for (const { value } of this.attributes) {
      // What is filled in later, or refused by the rule for its form, may be what a reference means.
      if (!isName(value) || pipelinePlaceholder(value) !== null) this.isVague = true;
      this.names.set(foldName(value), value);
    }
    return this.names;
  }
}
