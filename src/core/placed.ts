// Attribute values with the places they stand at.

import type { XmlElement } from './read.js';
import type { Placed } from './service-facts.js';

/** The value of an attribute; null without one. */
export function attributeAt(path: string, element: XmlElement, name: string): Placed | null {
  const attribute = element.attribute(name);
  return attribute === undefined ? null : { value: attribute.value, location: { path, span: attribute.valueSpan } };
}

/** The name of an element; an empty one at the element itself where it has none. */
export function nameAt(path: string, element: XmlElement): Placed {
  return attributeAt(path, element, 'name') ?? { value: '', location: { path, span: element.nameSpan } };
}
