// Gathers what each role of a .cscfg names, and tells of it when the role is closed.

import { foldName } from './names.js';
import { moduleOf } from './plugins.js';
import type { XmlElement } from './read.js';
import { byPlugin, compareRole, type NamedEntry, type RoleEntry } from './role-comparison.js';
import type { DefinedRole, DefinitionFact } from './service-facts.js';

/** Watches one file. */
export class RoleWatch {
  private settings: XmlElement[] = [];
  private certificates: XmlElement[] = [];
  private readonly defined = new Map<string, DefinedRole>();
  /** Names of the roles that were compared: the second of equal ones is not. */
  private readonly compared = new Set<string>();

  constructor(private readonly definition: DefinitionFact | undefined) {
    for (const role of definition?.roles ?? []) {
      const name = foldName(role.name);
      if (name !== '' && !this.defined.has(name)) this.defined.set(name, role);
    }
  }

  open(element: XmlElement, path: string): void {
    switch (path) {
      case 'Role':
        this.settings = [];
        this.certificates = [];
        break;
      case 'Role/ConfigurationSettings/Setting':
        this.settings.push(element);
        break;
      case 'Role/Certificates/Certificate':
        this.certificates.push(element);
        break;
    }
  }

  /** What there was in a role that is closed now. */
  close(role: XmlElement): RoleEntry {
    const name = role.attribute('name')?.value ?? '';
    const element = role as unknown as RoleEntry['element'];
    const folded = foldName(name);
    const defined = this.compared.has(folded) ? undefined : this.defined.get(folded);
    this.compared.add(folded);
    // Without a definition only the names of plugins are of interest.
    const isWanted = this.definition === undefined ? (one: string) => moduleOf(one) !== null : () => true;
    const settings = named(this.settings, isWanted);
    const certificates = named(this.certificates, isWanted);
    return {
      element,
      name,
      plugins: byPlugin(settings, certificates),
      compared: defined === undefined ? null : compareRole(settings, certificates, defined),
    };
  }
}

function named(elements: readonly XmlElement[], isWanted: (name: string) => boolean): NamedEntry[] {
  const entries: NamedEntry[] = [];
  for (const one of elements) {
    const attribute = one.attribute('name');
    if (attribute === undefined || attribute.value === '' || !isWanted(attribute.value)) continue;
    entries.push({ name: attribute.value, attribute, element: one as unknown as NamedEntry['element'] });
  }
  return entries;
}
