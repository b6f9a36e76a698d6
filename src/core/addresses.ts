// Which InstanceAddress belongs to which role: one verdict for the several rules about addresses.

import { isSettledName } from './definition.js';
import { foldName } from './names.js';
import { pairStrangers } from './pairing.js';
import { pipelinePlaceholder } from './placeholder.js';
import type { Attribute } from './rule.js';
import type { DefinitionFact } from './service-facts.js';
import type { Span } from './types.js';

/** One InstanceAddress that has a roleName. */
export interface Address {
  readonly roleName: Attribute;
  /** Its name in the start tag. */
  readonly nameSpan: Span;
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
  /** Where there is no InstanceAddress at all: the element that should hold them. */
  readonly nowhere: Span | null;
  /** The names of roles without an InstanceAddress; none of those that `unknown` explains. */
  readonly missing: readonly Attribute[];
  /** Addresses of roles, without a Subnet. */
  readonly bare: readonly Address[];
  readonly unknown: readonly Unaddressed[];
  /** Each with the first of the same roleName, and the role without an address that it was probably meant for. */
  readonly repeated: readonly { readonly roleName: Attribute; readonly first: Attribute; readonly role: string | null }[];
  /** Empty names of subnets. */
  readonly nameless: readonly { readonly role: string; readonly name: Attribute }[];
}

/**
 * The addresses of one file, gathered as they come.
 *
 * Cloud Services (extended support) wants an InstanceAddress with a Subnet for each role:
 * https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-networkconfiguration
 */
export class Addresses {
  private readonly byRole = new Map<string, Address>();
  private readonly repeated: { roleName: Attribute; first: Attribute }[] = [];
  private readonly nameless: { role: string; name: Attribute }[] = [];
  private current: Address | null = null;
  /** An address without a roleName, or whose roleName is filled in later: it may be of any role. */
  private hasVague = false;
  private isEmpty = true;
  private hasNamelessRole = false;

  address(roleName: Attribute | undefined, nameSpan: Span): void {
    this.isEmpty = false;
    this.current = null;
    if (roleName === undefined || pipelinePlaceholder(roleName.value) !== null) {
      this.hasVague = true;
      return;
    }
    const folded = foldName(roleName.value);
    const first = this.byRole.get(folded);
    if (first === undefined) {
      this.current = { roleName, nameSpan, hasSubnet: false, hasStranger: false };
      this.byRole.set(folded, this.current);
      return;
    }
    this.repeated.push({ roleName, first: first.roleName });
    this.current = first;
  }

  subnet(name: Attribute | undefined): void {
    if (this.current !== null) this.current.hasSubnet = true;
    if (name?.value.trim() === '') this.nameless.push({ role: this.current?.roleName.value ?? '', name });
  }

  /** An address stands there misspelt, which another rule tells: none is missed as well. */
  misspeltAddress(): void {
    this.isEmpty = false;
    this.hasVague = true;
  }

  /** A role whose name is missing or misspelt: any address may be its. */
  namelessRole(): void {
    this.hasNamelessRole = true;
  }

  misspeltSubnet(): void {
    if (this.current !== null) this.current.hasStranger = true;
  }

  /** Whether each role, in order, has its one address with a subnet: nearly every file is like this. */
  private isPlain(roleNames: readonly Attribute[]): boolean {
    const { byRole } = this;
    if (byRole.size !== roleNames.length || this.hasVague || this.hasNamelessRole || this.repeated.length > 0 || this.nameless.length > 0) return false;
    if (roleNames.length > 1 && new Set(roleNames.map(({ value }) => foldName(value))).size < roleNames.length) return false;
    for (const { value } of roleNames) if (!isSettledName(value) || byRole.get(foldName(value))?.hasSubnet !== true) return false;
    return true;
  }

  /**
   * `roleNames` are those of the file; `holder` is the element that should hold addresses. What only one of the .cscfg and the
   * .csdef has for a role is told where roles are compared, and not here as well. Null where all is well.
   */
  verdict(roleNames: readonly Attribute[], holder: Span | null, definition: DefinitionFact | undefined): AddressVerdict | null {
    if (this.isPlain(roleNames)) return null;
    const { byRole, nameless } = this;
    const { roles, hasUnsettled } = rolesByName(roleNames);
    const hasVagueRole = hasUnsettled || this.hasNamelessRole;
    const defined = new Set(definition?.roles.map(({ name }) => foldName(name)));
    const isDefined = (folded: string) => definition === undefined || defined.has(folded) || definition.roles.some(({ name }) => !isSettledName(name));
    const unaddressed = [...roles].filter(([folded]) => !byRole.has(folded));
    const without = unaddressed.filter(([folded]) => isDefined(folded)).map(([, name]) => name);
    // Any of them may be of a role whose name is not known.
    const strangers = hasVagueRole ? [] : [...byRole].filter(([folded]) => !roles.has(folded) && !defined.has(folded)).map(([, { roleName }]) => roleName);
    const pairs = pairStrangers(strangers.map(valueOf), without.map(valueOf));
    const paired = new Set([...pairs.values()].map(foldName));
    const nowhere = this.isEmpty && (unaddressed.length > 0 || hasUnsettled) ? holder : null;
    const left = this.isEmpty || this.hasVague ? [] : without.filter(({ value }) => !paired.has(foldName(value)));
    // An address that was copied and not renamed is one mistake.
    const missing = left.length <= this.repeated.length ? [] : left;
    const [only, ...others] = left;
    const meant = this.repeated.length === 1 && others.length === 0 ? (only?.value ?? null) : null;
    const repeated = this.repeated.map((one) => ({ ...one, role: meant }));
    const bare = [...byRole].filter(([folded, { hasSubnet, hasStranger }]) => roles.has(folded) && !hasSubnet && !hasStranger).map(([, address]) => address);
    const unknown = strangers.map((roleName) => ({ roleName, role: pairs.get(roleName.value) ?? null }));
    const isWell = nowhere === null && [missing, bare, unknown, repeated, nameless].every(({ length }) => length === 0);
    return isWell ? null : { nowhere, missing, bare, unknown, repeated, nameless };
  }
}

/** The first role of each name, and whether there is one whose name is filled in later, or refused: it may be any. */
function rolesByName(names: readonly Attribute[]): { readonly roles: ReadonlyMap<string, Attribute>; readonly hasUnsettled: boolean } {
  const roles = new Map<string, Attribute>();
  let hasUnsettled = false;
  for (const name of names) {
    const folded = foldName(name.value);
    // One without a name is told by itself.
    if (folded === '') continue;
    if (!isSettledName(name.value)) hasUnsettled = true;
    else if (!roles.has(folded)) roles.set(folded, name);
  }
  return { roles, hasUnsettled };
}

function valueOf({ value }: Attribute): string {
  return value;
}
