// Which InstanceAddress belongs to which role: what several rules about addresses have to agree on.

import { isSettledName } from './definition.js';
import { foldName } from './names.js';
import { pairStrangers } from './pairing.js';
import { pipelinePlaceholder } from './placeholder.js';
import type { Attribute, Element, UnknownElement } from './rule.js';
import type { DefinitionFact } from './service-facts.js';
import type { Span } from './types.js';

const INSTANCE_ADDRESS = 'NetworkConfiguration/AddressAssignments/InstanceAddress';

type InstanceAddress = Element<typeof INSTANCE_ADDRESS>;

/** One InstanceAddress that has a roleName. */
export interface Address {
  readonly roleName: Attribute;
  readonly element: InstanceAddress;
  /** Whether it, or a later one of that roleName, has a Subnet. */
  hasSubnet: boolean;
  /** Whether what may be its Subnet stands there misspelt. */
  hasStranger: boolean;
}

/** An InstanceAddress whose roleName is no role of the file. */
export interface Unaddressed {
  readonly roleName: Attribute;
  /** The role without an InstanceAddress that was most probably meant. */
  readonly role: string | null;
}

/** What a file's addresses come to. */
export interface AddressVerdict {
  /** Where no role has an InstanceAddress and there is none at all: the element that should hold them. */
  readonly nowhere: Span | null;
  /** The names of roles without an InstanceAddress; none of those that {@link unknown} or {@link repeated} explains. */
  readonly missing: readonly Attribute[];
  /** Addresses of roles, without a Subnet. */
  readonly bare: readonly Address[];
  readonly unknown: readonly Unaddressed[];
  /** Each with the first of the same roleName, and with the role that it was probably meant for, which has none. */
  readonly repeated: readonly { readonly roleName: Attribute; readonly first: Attribute; readonly role: string | null }[];
}

const NOTHING: AddressVerdict = { nowhere: null, missing: [], bare: [], unknown: [], repeated: [] };

/**
 * Gathers roles and addresses of one file. Each rule about them has one of its own and spreads its visitor into its own.
 *
 * Cloud Services (extended support) wants an InstanceAddress with a Subnet for each role:
 * https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration
 */
export class Addresses {
  /** Names of roles, as they come; they are looked at only in a network. */
  private readonly roleNames: Attribute[] = [];
  private readonly addresses = new Map<string, Address>();
  private readonly repeated: { roleName: Attribute; first: Attribute }[] = [];
  private current: Address | null = null;
  private holder: Span | null = null;
  private isInNetwork = false;
  /** An address without a roleName, or whose roleName is filled in later: it may be of any role. */
  private hasVagueAddress = false;
  private sawAddress = false;
  /** A role whose name is missing or empty, or whose element is misspelt: another rule tells of it, and any address may be meant for it. */
  private hasNamelessRole = false;

  readonly visitor = {
    Role: (element: Element<'Role'>) => {
      const name = element.attribute('name');
      if (name === undefined || name.value === '') this.hasNamelessRole = true;
      else this.roleNames.push(name);
    },
    NetworkConfiguration: (element: Element<'NetworkConfiguration'>) => void (this.holder ??= element.nameSpan),
    'NetworkConfiguration/VirtualNetworkSite': (element: Element<'NetworkConfiguration/VirtualNetworkSite'>) =>
      void (this.isInNetwork ||= element.attribute('name')?.value.trim() !== ''),
    'NetworkConfiguration/AddressAssignments': (element: Element<'NetworkConfiguration/AddressAssignments'>) => void (this.holder = element.nameSpan),
    [INSTANCE_ADDRESS]: (element: InstanceAddress) => this.address(element),
    [`${INSTANCE_ADDRESS}/Subnets/Subnet`]: () => {
      if (this.current !== null) this.current.hasSubnet = true;
    },
    'schema:unknown-element': (event: UnknownElement) => this.stranger(event),
  } as const;

  /**
   * At the end of the file. Says nothing where no virtual network is named: that is one mistake, and explains the rest. What
   * only one of the .cscfg and the .csdef has for a role is told where roles are compared, and not here as well.
   */
  verdict(definition: DefinitionFact | undefined): AddressVerdict {
    if (!this.isInNetwork) return NOTHING;
    const { repeated } = this;
    const { roles, hasVagueRole } = this.roles();
    const defined = new Set(definition?.roles.map(({ name }) => foldName(name)));
    const isDefined = (name: string) => definition === undefined || defined.has(name) || definition.roles.some((role) => !isSettledName(role.name));
    const unaddressed = [...roles].filter(([name]) => !this.addresses.has(name));
    const without = unaddressed.filter(([name]) => isDefined(name)).map(([, name]) => name);
    // Any of them may be of a role whose name is filled in later.
    const strangers = hasVagueRole || this.hasNamelessRole ? [] : [...this.addresses].filter(([name]) => !roles.has(name) && !defined.has(name)).map(([, { roleName }]) => roleName);
    const pairs = pairStrangers(
      strangers.map(({ value }) => value),
      without.map(({ value }) => value),
    );
    const paired = new Set([...pairs.values()].map(foldName));
    const missing = this.hasVagueAddress || !this.sawAddress ? [] : without.filter(({ value }) => !paired.has(foldName(value)));
    // An address that was copied and not renamed is one mistake.
    const areCopies = missing.length <= repeated.length;
    const [only, ...others] = missing;
    const meant = repeated.length === 1 && others.length === 0 ? (only?.value ?? null) : null;
    return {
      nowhere: !this.sawAddress && (unaddressed.length > 0 || hasVagueRole) ? this.holder : null,
      missing: areCopies ? [] : missing,
      bare: [...this.addresses].filter(([name, { hasSubnet, hasStranger }]) => roles.has(name) && !hasSubnet && !hasStranger).map(([, address]) => address),
      unknown: strangers.map((roleName) => ({ roleName, role: pairs.get(roleName.value) ?? null })),
      repeated: repeated.map((one) => ({ ...one, role: meant })),
    };
  }

  /** The first role of each name, and whether there is one whose name is filled in later, or refused: it may be any. */
  private roles(): { readonly roles: ReadonlyMap<string, Attribute>; readonly hasVagueRole: boolean } {
    const roles = new Map<string, Attribute>();
    let hasVagueRole = false;
    for (const name of this.roleNames) {
      const folded = foldName(name.value);
      if (!isSettledName(name.value)) hasVagueRole = true;
      else if (!roles.has(folded)) roles.set(folded, name);
    }
    return { roles, hasVagueRole };
  }

  private address(element: InstanceAddress): void {
    this.sawAddress = true;
    this.current = null;
    const roleName = element.attribute('roleName');
    if (roleName === undefined || pipelinePlaceholder(roleName.value) !== null) {
      this.hasVagueAddress = true;
      return;
    }
    const first = this.addresses.get(foldName(roleName.value));
    if (first !== undefined) this.repeated.push({ roleName, first: first.roleName });
    const address = first ?? { roleName, element, hasSubnet: false, hasStranger: false };
    this.current = address;
    if (first === undefined) this.addresses.set(foldName(roleName.value), address);
  }

  /** What stands there misspelt is told by another rule, and is not missed as well. */
  private stranger(event: UnknownElement): void {
    const meant = meantElement(event);
    if (meant === 'Role') this.hasNamelessRole = true;
    if (meant === 'AddressAssignments' || meant === 'InstanceAddress') {
      this.sawAddress = true;
      this.hasVagueAddress = true;
    } else if (this.current !== null && (meant === 'Subnets' || meant === 'Subnet')) {
      this.current.hasStranger = true;
    }
  }
}

/** The name that an element was probably meant to have, which the grammar does not have where it stands. */
export function meantElement({ name, miscased, suggestion }: UnknownElement): string {
  return miscased ?? suggestion ?? name;
}
