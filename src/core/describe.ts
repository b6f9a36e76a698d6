// How a sentence speaks of an element.

import type { AnyElement } from './rule.js';

/** `Role "Web"`, or `Instances of Role "Web"`: the element with its own name, or with that of the nearest one around it. */
export function describe(element: AnyElement): string {
  const own = nameOf(element);
  if (own !== '') return `${element.name} "${own}"`;
  for (let parent = element.parent; parent !== null; parent = parent.parent) {
    const name = nameOf(parent);
    if (name !== '') return `${element.name} of ${parent.name} "${name}"`;
  }
  return element.name;
}

function nameOf({ attributes }: AnyElement): string {
  return attributes.find(({ name }) => name === 'name' || name === 'roleName')?.value ?? '';
}

/** Name of the role that an element of a service configuration stands in; empty where that has none. */
export function roleOf(element: AnyElement): string {
  for (let parent = element.parent; parent !== null; parent = parent.parent) {
    if (parent.path === 'Role') return parent.attributes.find(({ name }) => name === 'name')?.value ?? '';
  }
  return '';
}
