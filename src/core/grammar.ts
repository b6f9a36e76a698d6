// What a grammar is made of, and the two languages put together. Data only; the tables stand in grammar-cscfg.ts and grammar-csdef.ts.

import { CSCFG, CSCFG_NAMESPACE } from './grammar-cscfg.js';
import { CSDEF, CSDEF_NAMESPACE } from './grammar-csdef.js';
import type { ElementShape } from './grammar-shape.js';

export type { AttributeShape, ElementShape, Occurs, ValueType } from './grammar-shape.js';

/** The grammar of both languages by element path; no path occurs in both. */
export const GRAMMAR = { ...CSCFG, ...CSDEF } as const satisfies Record<string, ElementShape>;

/** The path of an element. Paths begin below the root, so that they read as people speak of them: `Role/Certificates/Certificate`. */
export type ElementPath = keyof typeof GRAMMAR;

/** The names of an element's attributes. */
export type AttributeName<P extends ElementPath> = P extends ElementPath ? keyof (typeof GRAMMAR)[P]['attributes'] & string : never;

/** `cscfg`: a service configuration. `csdef`: a service definition. */
export type Language = 'cscfg' | 'csdef';

/** The paths that are roots of a document. */
export type RootPath = 'ServiceConfiguration' | 'ServiceDefinition';

interface RootFacts {
  readonly language: Language;
  /** The namespace that its elements stand in. */
  readonly namespace: string;
}

export const ROOT_ELEMENTS: Readonly<Record<RootPath, RootFacts>> = {
  ServiceConfiguration: { language: 'cscfg', namespace: CSCFG_NAMESPACE },
  ServiceDefinition: { language: 'csdef', namespace: CSDEF_NAMESPACE },
};

/**
 * The path of a child. Those of a root carry no prefix; one that lies in an element of its own kind (a VirtualApplication in
 * a VirtualDirectory) is described where it first occurs.
 */
export function childPath(parent: ElementPath, child: string): ElementPath {
  const path = parent in ROOT_ELEMENTS ? child : `${parent}/${child}`;
  return (path in GRAMMAR ? path : `${parent.slice(0, parent.lastIndexOf('/'))}/${child}`) as ElementPath;
}
