// A watch sees all of one file, for rules that ask about more than one element, and tells its own events.

import type { GrammarNode } from './dispatch.js';
import type { Use } from './material.js';
import type { LintSettings } from './plan.js';
import type { XmlElement } from './read.js';
import type { CertificateEntry, EventName, Events, UnknownElement } from './rule.js';
import type { SourceFile } from './source.js';

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
