// Folds the elements of a service configuration into what rules about other files ask of it, as they pass.

import type { GrammarNode } from './dispatch.js';
import { attributeAt, nameAt } from './placed.js';
import type { XmlElement } from './read.js';
import type { ConfigurationFact, ConfiguredCertificate, Placed, VirtualIp } from './service-facts.js';
import type { Location, Span } from './types.js';

/** A role whose elements still pass. */
interface OpenRole {
  readonly name: string;
  readonly location: Location;
  instances: Placed | null;
  readonly certificates: ConfiguredCertificate[];
}

/** A certificate whose places are worked out only when somebody asks: of thousands of files, hardly any is told of. */
class CertificateAt implements ConfiguredCertificate {
  constructor(
    private readonly path: string,
    private readonly element: XmlElement,
  ) {}

  get value(): string {
    return this.element.attribute('name')?.value ?? '';
  }

  get location(): Location {
    return nameAt(this.path, this.element).location;
  }

  get thumbprint(): Placed | null {
    return attributeAt(this.path, this.element, 'thumbprint');
  }
}

/** Folds one file. */
export class ConfigurationFold {
  private root: Span | null = null;
  private serviceName: Placed | null = null;
  private virtualNetwork: Placed | null = null;
  private reservedIp: Placed | null = null;
  private readonly roles: OpenRole[] = [];
  private readonly virtualIps: (VirtualIp & { readonly endpoints: VirtualIp['endpoints'][number][] })[] = [];

  constructor(private readonly path: string) {}

  result(): ConfigurationFact {
    const { path, root, serviceName, roles, virtualIps, virtualNetwork, reservedIp } = this;
    return { path, root: { path, span: root }, serviceName, roles, virtualIps, virtualNetwork, reservedIp };
  }

  /** An element that the grammar has, at its start tag. */
  open(element: XmlElement, { path }: Pick<GrammarNode, 'path'>): void {
    switch (path) {
      case 'ServiceConfiguration':
        this.root = element.nameSpan;
        this.serviceName = attributeAt(this.path, element, 'serviceName');
        break;
      case 'Role': {
        const { value: name, location } = nameAt(this.path, element);
        this.roles.push({ name, location, instances: null, certificates: [] });
        break;
      }
      case 'Role/Instances': {
        const role = this.roles.at(-1);
        if (role !== undefined) role.instances ??= attributeAt(this.path, element, 'count');
        break;
      }
      case 'Role/Certificates/Certificate':
        this.roles.at(-1)?.certificates.push(new CertificateAt(this.path, element));
        break;
      default:
        this.openNetwork(element, path);
    }
  }

  private openNetwork(element: XmlElement, path: string): void {
    switch (path) {
      case 'NetworkConfiguration/VirtualNetworkSite':
        this.virtualNetwork ??= attributeAt(this.path, element, 'name');
        break;
      case 'NetworkConfiguration/AddressAssignments/ReservedIPs/ReservedIP':
        this.reservedIp ??= attributeAt(this.path, element, 'name');
        break;
      case 'NetworkConfiguration/AddressAssignments/VirtualIPs/VirtualIP':
        this.virtualIps.push({ name: element.attribute('name')?.value ?? '', endpoints: [] });
        break;
      case 'NetworkConfiguration/AddressAssignments/VirtualIPs/VirtualIP/Endpoints/Endpoint':
        this.virtualIps.at(-1)?.endpoints.push({ role: element.attribute('role')?.value ?? '', endpoint: element.attribute('name')?.value ?? '' });
        break;
    }
  }
}
