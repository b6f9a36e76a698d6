// Which roles of a .cscfg and of its .csdef have no counterpart: what the rules of either side have to agree on.

import { hasClearRoles, hasOuterBlank, isSettledName } from './definition.js';
import { meantElement } from './network.js';
import { pairNames, type Pairing } from './pairing.js';
import type { Attribute, Element, UnknownElement } from './rule.js';
import type { DefinedRole, DefinitionFact } from './service-facts.js';

/** A role of the .cscfg whose name can be compared. */
export interface NamedRole {
  readonly name: string;
  readonly attribute: Attribute;
}

/** The roles that are on one side alone. */
export interface RolesCompared {
  /** `near` is one that is not configured and was probably meant; `lone` the only one that is not configured. */
  readonly notDefined: Pairing<NamedRole, DefinedRole>['onlyHere'];
  readonly notConfigured: readonly DefinedRole[];
}

/** Gathers the roles of one file. Each rule about them has one of its own and spreads its visitor into its own. */
export class RoleNames {
  private readonly roles: NamedRole[] = [];
  /** A role whose name is missing, refused or filled in later, or whose element is misspelt: it may be any. */
  private hasVague = false;

  readonly visitor = {
    Role: (element: Element<'Role'>) => {
      const attribute = element.attribute('name');
      if (attribute === undefined || !(isSettledName(attribute.value) || hasOuterBlank(attribute.value))) this.hasVague = true;
      else this.roles.push({ name: attribute.value, attribute });
    },
    'schema:unknown-element': (event: UnknownElement) => {
      if (meantElement(event) === 'Role') this.hasVague = true;
    },
  } as const;

  /** At the end of the file. Where one side has a role that may be any, none on the other can be said to be alone. */
  compare(definition: DefinitionFact): RolesCompared {
    const defined = definition.roles.filter(({ name }) => isSettledName(name));
    // Of two with one name, which is a mistake of its own, one may be any, too.
    const isClear = hasClearRoles(definition);
    const { onlyHere, onlyThere } = pairNames(this.roles, defined, this.hasVague);
    return { notDefined: isClear ? onlyHere : [], notConfigured: this.hasVague ? [] : onlyThere };
  }
}
