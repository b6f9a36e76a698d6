// Gathers what each role of a .cscfg names, and tells of it when the role is closed.

import { distinctRoles } from './definition.js';
import type { GrammarNode } from './dispatch.js';
import { foldName, suggest } from './names.js';
import { once } from './once.js';
import { moduleOf } from './plugins.js';
import type { XmlElement } from './read.js';
import { byPlugin, compareRole, type Entries, type NamedEntry, type RoleEntry } from './role-comparison.js';
import type { DefinedRole, DefinitionFact } from './service-facts.js';
import type { Emit, Watch } from './watch.js';

type Kind = 'settings' | 'certificates';

/** What holds settings and certificates. */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['ConfigurationSettings', 'settings'],
  ['Setting', 'settings'],
  ['Certificates', 'certificates'],
  ['Certificate', 'certificates'],
]);

const NO_ROLES: ReadonlyMap<string, DefinedRole> = new Map();

/** The roles of a service definition by their folded name; of two of one name the first. */
const definedRoles = once((definition: DefinitionFact): ReadonlyMap<string, DefinedRole> => new Map(distinctRoles(definition).map((role) => [foldName(role.name), role])));

/** Watches one file, and tells of each role. */
export class RoleWatch implements Watch {
  private settings: NamedEntry[] = [];
  private certificates: NamedEntry[] = [];
  /** Of what there is something without a name, or misspelt, in the role that is open. */
  private readonly mayHaveMore: Record<Kind, boolean> = { settings: false, certificates: false };
  private readonly defined: ReadonlyMap<string, DefinedRole>;
  /** Those of them that were met. */
  private readonly met = new Set<DefinedRole>();
  /** The definition of the role that is open; null for one that is not compared. */
  private role: DefinedRole | null = null;

  constructor(
    definition: DefinitionFact | undefined,
    private readonly emit: Emit,
  ) {
    this.defined = definition === undefined ? NO_ROLES : definedRoles(definition);
  }

  open(element: XmlElement, { path }: GrammarNode): void {
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
      default:
    }
  }

  /** An element that the grammar does not have there: schema-unknown-element tells of it, and of nothing in it. */
  stranger({ name }: XmlElement, parent: GrammarNode): void {
    if (this.role === null || !parent.path.startsWith('Role')) return;
    const meant = suggest(name, KINDS.keys());
    const kind = meant === null ? undefined : KINDS.get(meant);
    if (kind !== undefined) this.mayHaveMore[kind] = true;
  }

  private openRole(name: string): void {
    if (this.settings.length > 0) this.settings = [];
    if (this.certificates.length > 0) this.certificates = [];
    this.mayHaveMore.settings = false;
    this.mayHaveMore.certificates = false;
    const role = this.defined.get(name);
    // The second of equal roles is not compared.
    this.role = role === undefined || this.met.has(role) ? null : role;
    if (this.role !== null) this.met.add(this.role);
  }

  private add(kind: Kind, element: XmlElement): void {
    const attribute = element.attribute('name');
    if (attribute === undefined) this.mayHaveMore[kind] = true;
    if (attribute === undefined || attribute.value === '') return;
    // Without a definition only the names of plugins are of interest.
    if (this.role === null && moduleOf(attribute.value) === null) return;
    this[kind].push({ name: attribute.value, attribute, element: element as unknown as NamedEntry['element'] });
  }

  /** Tells what there was in a role, where there is anything to tell. */
  close(element: XmlElement, { path }: GrammarNode): void {
    const { settings, certificates, role, mayHaveMore } = this;
    if (path !== 'Role' || (role === null && settings.length === 0 && certificates.length === 0)) return;
    const entries = (kind: Kind): Entries => ({ named: this[kind], hasMore: mayHaveMore[kind] });
    this.emit('role', {
      element: element as unknown as RoleEntry['element'],
      name: element.attribute('name')?.value ?? '',
      plugins: byPlugin(settings, certificates),
      compared: role === null ? null : compareRole(entries('settings'), entries('certificates'), role),
    });
  }
}
