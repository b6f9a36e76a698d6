// Gathers what each role of a .cscfg names, and tells of it when the role is closed.

import { foldName, suggest } from './names.js';
import { moduleOf } from './plugins.js';
import type { XmlElement } from './read.js';
import { byPlugin, compareRole, type Entries, type NamedEntry, type RoleEntry } from './role-comparison.js';
import type { DefinedRole, DefinitionFact } from './service-facts.js';

type Kind = 'settings' | 'certificates';

/** What holds settings and certificates. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['ConfigurationSettings', 'settings'],
  ['Setting', 'settings'],
  ['Certificates', 'certificates'],
  ['Certificate', 'certificates'],
]);

/** Watches one file. */
export class RoleWatch {
  private settings: NamedEntry[] = [];
  private certificates: NamedEntry[] = [];
  /** Of what there is something without a name, or misspelt, in the role that is open. */
  private readonly mayHaveMore = new Set<Kind>();
  private readonly defined = new Map<string, DefinedRole>();
  /** The definition of the role that is open; null for one that is not compared. */
  private role: DefinedRole | null = null;

  constructor(definition: DefinitionFact | undefined) {
    for (const role of definition?.roles ?? []) {
      const name = foldName(role.name);
      if (name !== '' && !this.defined.has(name)) this.defined.set(name, role);
    }
  }

  open(element: XmlElement, path: string): void {
    switch (path) {
      case 'Role':
        this.openRole(foldName(element.attribute('name')?.value ?? ''));
        break;
      case 'Role/ConfigurationSettings/Setting':
        this.add('settings', element);
        break;
      case 'Role/Certificates/Certificate':
        this.add('certificates', element);
        break;
    }
  }

  /** An element that the grammar does not have there: schema-unknown-element tells of it, and of nothing in it. */
  stranger({ name }: XmlElement, parentPath: string): void {
    if (this.role === null || !parentPath.startsWith('Role')) return;
    const meant = suggest(name, KINDS.keys());
    const kind = meant === null ? undefined : KINDS.get(meant);
    if (kind !== undefined) this.mayHaveMore.add(kind);
  }

  private openRole(name: string): void {
    this.settings = [];
    this.certificates = [];
    this.mayHaveMore.clear();
    this.role = this.defined.get(name) ?? null;
    // The second of equal roles is not compared.
    this.defined.delete(name);
  }

  private add(kind: Kind, element: XmlElement): void {
    const attribute = element.attribute('name');
    if (attribute === undefined) this.mayHaveMore.add(kind);
    if (attribute === undefined || attribute.value === '') return;
    // Without a definition only the names of plugins are of interest.
    if (this.role === null && moduleOf(attribute.value) === null) return;
    this[kind].push({ name: attribute.value, attribute, element: element as unknown as NamedEntry['element'] });
  }

  /** What there was in a role that is closed now; null where there is nothing to tell of. */
  close(element: XmlElement): RoleEntry | null {
    const { settings, certificates, role, mayHaveMore } = this;
    if (role === null && settings.length === 0 && certificates.length === 0) return null;
    const entries = (kind: Kind): Entries => ({ named: this[kind], hasMore: mayHaveMore.has(kind) });
    return {
      element: element as unknown as RoleEntry['element'],
      name: element.attribute('name')?.value ?? '',
      plugins: byPlugin(settings, certificates),
      compared: role === null ? null : compareRole(entries('settings'), entries('certificates'), role),
    };
  }
}
