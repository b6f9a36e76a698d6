// Watches the network of a service configuration: what is wrong with it as a whole is told at the end of the file.

import { Addresses } from './addresses.js';
import type { GrammarNode } from './dispatch.js';
import type { ElementPath } from './grammar.js';
import { foldName } from './names.js';
import type { XmlElement } from './read.js';
import { References } from './references.js';
import type { Attribute, EventName, NetworkGap, UnknownElement } from './rule.js';
import type { DefinitionFact } from './service-facts.js';
import type { Span } from './types.js';
import type { Emit, Watch } from './watch.js';
import { isName } from './value-type.js';

/** The events of this file. */
export const NETWORK_EVENTS = ['network:gap', 'network:addresses', 'network:reference'] as const satisfies readonly EventName[];

/** Whether elements of a path are watched. */
export function isWatched(path: ElementPath): boolean {
  return path === 'ServiceConfiguration' || path === 'Role' || path.startsWith('NetworkConfiguration');
}

/** Watches one file; one for all rules, and nothing is compared before its end. */
export class NetworkWatch implements Watch {
  private hasRole = false;
  private root: Span | null = null;
  private network: Span | null = null;
  /** Where addresses are, or should be. */
  private holder: Span | null = null;
  private sites = 0;
  private emptySite: Attribute | null = null;
  /** Whether a network is named, or its name only missing. */
  private isNamed = false;
  /** It stands there misspelt, or in the wrong place. */
  private isMisspelt = false;
  private readonly addresses = new Addresses();
  private readonly toRoles = new References();
  private readonly toAccessControls = new References();
  private readonly toVirtualIps = new References();

  constructor(
    private readonly definition: DefinitionFact | undefined,
    private readonly emit: Emit,
  ) {}

  open(element: XmlElement, { path, isWatched: isOfNetwork }: GrammarNode): void {
    if (!isOfNetwork) return;
    switch (path) {
      case 'ServiceConfiguration':
        this.root = element.nameSpan;
        break;
      case 'Role':
        this.role(element.attribute('name'));
        break;
      case 'NetworkConfiguration':
        this.network ??= element.nameSpan;
        this.holder ??= element.nameSpan;
        break;
      case 'NetworkConfiguration/VirtualNetworkSite':
        this.site(element.attribute('name'));
        break;
      case 'NetworkConfiguration/AddressAssignments':
        this.holder = element.nameSpan;
        break;
      case 'NetworkConfiguration/AddressAssignments/InstanceAddress':
        this.addresses.address(element.attribute('roleName'), element.nameSpan);
        break;
      case 'NetworkConfiguration/AddressAssignments/InstanceAddress/Subnets/Subnet':
        this.addresses.subnet(element.attribute('name'));
        break;
      case 'NetworkConfiguration/AddressAssignments/VirtualIPs/VirtualIP':
        this.toVirtualIps.name(element.attribute('name'));
        break;
      case 'NetworkConfiguration/AddressAssignments/VirtualIPs/VirtualIP/Endpoints/Endpoint':
        this.toRoles.add('virtual-ip-role', element.attribute('role'));
        break;
      case 'NetworkConfiguration/AddressAssignments/ReservedIPs/ReservedIP':
        this.toVirtualIps.add('virtual-ip', element.attribute('virtualIpName'));
        break;
      case 'NetworkConfiguration/AccessControls/AccessControl':
        this.toAccessControls.name(element.attribute('name'));
        break;
      case 'NetworkConfiguration/EndpointAcls/EndpointAcl':
        this.toRoles.add('acl-role', wellFormed(element.attribute('role')));
        this.toAccessControls.add('acl-access-control', wellFormed(element.attribute('accessControl')));
        break;
      default:
    }
  }

  /** What stands there misspelt is told by another rule, and is not missed as well. */
  unknown(event: UnknownElement): void {
    switch (meantElement(event)) {
      case 'NetworkConfiguration':
      case 'VirtualNetworkSite':
        this.isMisspelt = true;
        break;
      case 'AddressAssignments':
      case 'InstanceAddress':
        this.addresses.misspeltAddress();
        break;
      case 'Subnets':
      case 'Subnet':
        this.addresses.misspeltSubnet();
        break;
      case 'Role':
        this.role(undefined);
        break;
      case 'AccessControls':
      case 'AccessControl':
        this.toAccessControls.misspeltName();
        break;
      case 'VirtualIPs':
      case 'VirtualIP':
        this.toVirtualIps.misspeltName();
        break;
      default:
    }
  }

  /** At the end of the file. */
  finish(): void {
    const { definition, emit } = this;
    const gap = this.gap();
    if (gap !== null) emit('network:gap', gap);
    // Without a network there are no addresses in it either: that is one mistake.
    const verdict = this.isNamed ? this.addresses.verdict(this.toRoles.names, this.holder, definition) : null;
    if (verdict !== null) emit('network:addresses', verdict);
    // Of a role that only the .csdef has, role-not-configured tells.
    const isDefined = (name: string) => definition?.roles.some((role) => foldName(role.name) === name) === true;
    for (const one of this.toRoles.missed(isDefined)) emit('network:reference', one);
    for (const one of this.toAccessControls.missed()) emit('network:reference', one);
    for (const one of this.toVirtualIps.missed()) emit('network:reference', one);
  }

  private role(name: Attribute | undefined): void {
    this.hasRole = true;
    this.toRoles.name(name);
    if (name === undefined || name.value === '') this.addresses.namelessRole();
  }

  private site(name: Attribute | undefined): void {
    this.sites++;
    if (name?.value.trim() === '') this.emptySite ??= name;
    else this.isNamed = true;
  }

  private gap(): NetworkGap | null {
    if (this.emptySite !== null && !this.isNamed) return { gap: 'empty', at: this.emptySite.valueSpan };
    // A file without roles is a template: nothing is deployed with it.
    if (this.sites > 0 || this.isMisspelt || !this.hasRole) return null;
    if (this.network !== null) return { gap: 'no-site', at: this.network };
    return this.root === null ? null : { gap: 'no-network', at: this.root };
  }
}

/** The name that an element was probably meant to have, which the grammar does not have where it stands. */
export function meantElement({ name, miscased, suggestion }: UnknownElement): string {
  return miscased ?? suggestion ?? name;
}

/** What is no name at all is the business of schema-value-type. */
function wellFormed(name: Attribute | undefined): Attribute | undefined {
  return name !== undefined && isName(name.value) ? name : undefined;
}
