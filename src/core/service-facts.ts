// The facts of a service definition and of a service configuration that rules hold against each other.

import type { Location } from './types.js';

/** A value and where it stands. */
export interface Placed {
  readonly value: string;
  readonly location: Location;
}

/** What a service definition (.csdef) says, as far as rules ask. In the order of the file; nothing is judged. */
export interface DefinitionFact {
  readonly path: string;
  readonly name: Placed | null;
  readonly schemaVersion: Placed | null;
  readonly upgradeDomainCount: Placed | null;
  readonly roles: readonly DefinedRole[];
  readonly probes: readonly DefinedProbe[];
  readonly trafficRules: readonly TrafficRule[];
  /** The name of the root element. */
  readonly location: Location;
}

/** A WebRole or WorkerRole. */
export interface DefinedRole {
  readonly kind: 'WebRole' | 'WorkerRole';
  /** Empty where it has none. */
  readonly name: string;
  /** Its name, or the element where it has none. */
  readonly location: Location;
  readonly vmSize: Placed | null;
  readonly settings: readonly Placed[];
  readonly certificates: readonly DefinedCertificate[];
  /** Of all three kinds, in the order of the file. */
  readonly endpoints: readonly DefinedEndpoint[];
  readonly stores: readonly LocalStore[];
  /** `moduleName` of each Import. */
  readonly imports: readonly Placed[];
  readonly bindings: readonly SiteBinding[];
  /** `xpath` of each RoleInstanceValue of a startup task or of the runtime. */
  readonly xpaths: readonly Placed[];
}

/** A `Certificate` of a role: its name, and the store that it is put into. */
export interface DefinedCertificate extends Placed {
  readonly storeLocation: Placed | null;
  readonly storeName: Placed | null;
}

export type EndpointKind = 'InputEndpoint' | 'InternalEndpoint' | 'InstanceInputEndpoint';

/** An endpoint of a role. `value` is its name. */
export interface DefinedEndpoint extends Placed {
  readonly kind: EndpointKind;
  readonly protocol: Placed | null;
  readonly port: Placed | null;
  readonly localPort: Placed | null;
  readonly certificate: Placed | null;
  readonly loadBalancerProbe: Placed | null;
  readonly loadBalancer: Placed | null;
  readonly ranges: readonly PortRange[];
}

/** A FixedPortRange: for an instance input endpoint it is public, else internal. */
export interface PortRange {
  readonly min: Placed;
  readonly max: Placed;
}

/** A LocalStorage. `value` is its name. */
export interface LocalStore extends Placed {
  readonly sizeInMB: Placed | null;
}

/** A Binding of a site. `value` is its name. */
export interface SiteBinding extends Placed {
  readonly site: string;
  readonly endpoint: Placed | null;
  /** Empty where it has none. */
  readonly hostHeader: string;
}

/** A LoadBalancerProbe. `value` is its name. */
export interface DefinedProbe extends Placed {
  readonly protocol: Placed | null;
  readonly path: Placed | null;
  readonly port: Placed | null;
  readonly intervalInSeconds: Placed | null;
  readonly timeoutInSeconds: Placed | null;
}

/** An OnlyAllowTrafficTo. */
export interface TrafficRule {
  readonly destinations: readonly { readonly role: Placed | null; readonly endpoint: Placed | null }[];
  readonly sources: readonly Placed[];
}

/** What a service configuration (.cscfg) says, as far as rules about other files ask. */
export interface ConfigurationFact {
  readonly path: string;
  /** The name of the root element. */
  readonly root: Location;
  readonly serviceName: Placed | null;
  readonly roles: readonly ConfiguredRole[];
  readonly virtualIps: readonly VirtualIp[];
  /** The name of the VirtualNetworkSite. */
  readonly virtualNetwork: Placed | null;
  /** The name of the ReservedIP. */
  readonly reservedIp: Placed | null;
}

/** A VirtualIP, and which input endpoints it is for. */
export interface VirtualIp {
  readonly name: string;
  readonly endpoints: readonly { readonly role: string; readonly endpoint: string }[];
}

/** A Role of a service configuration. */
export interface ConfiguredRole {
  /** Empty where it has none. */
  readonly name: string;
  readonly location: Location;
  /** The number of instances; null where it is missing or no number. */
  readonly instances: Placed | null;
  readonly certificates: readonly ConfiguredCertificate[];
}

/** A Certificate of a role. `value` is its name. */
export interface ConfiguredCertificate extends Placed {
  /** The value of its thumbprint, whatever it is; the location is the value's. */
  readonly thumbprint: Placed | null;
}
