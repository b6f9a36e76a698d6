// What a cloud service's resource says beside its certificates: roles, network, extensions, package, and what a template deploys with it.

import type { ConfigurationFact } from './service-facts.js';
import type { Known, Location } from './types.js';

/** A value, of which a part may be unknown, and where it stands. */
export interface PlacedKnown {
  readonly value: Known;
  readonly location: Location;
}

/**
 * The properties of Microsoft.Compute/cloudServices. Null where the source does not hold one; what an expression hides is
 * unknown, never absent.
 *
 * https://github.com/Azure/azure-rest-api-specs/blob/main/specification/compute/resource-manager/Microsoft.Compute/CloudserviceRP/stable/2022-09-04/cloudService.json
 */
export interface ServiceModel {
  /** Where the name of the service stands, or the beginning of what describes it. */
  readonly at: Location;
  /** The version of the interface that a template asks for. */
  readonly apiVersion: PlacedKnown | null;
  readonly upgradeMode: PlacedKnown | null;
  readonly slotType: PlacedKnown | null;
  /** Default false. */
  readonly allowModelOverride: boolean | 'unknown';
  /** May hold a signature that grants access: never to be shown whole. */
  readonly packageUrl: PlacedKnown | null;
  /** As {@link packageUrl}. */
  readonly configurationUrl: PlacedKnown | null;
  readonly configuration: InlineConfiguration | null;
  readonly roleProfile: RoleProfile | null;
  readonly networkProfile: NetworkProfile | null;
  readonly extensionProfile: ExtensionProfile | null;
  readonly siblings: Siblings;
}

/** `configuration`: a service configuration as a string, in Base64 in some templates. */
export interface InlineConfiguration {
  /** Null where it is not known, or no service configuration. Places in it are those of the string alone. */
  readonly fact: ConfigurationFact | null;
  /** Where the string begins. */
  readonly location: Location;
}

/** A list of which elements may be hidden. */
export interface KnownList<T> {
  readonly items: readonly T[];
  /** False where an expression hides elements. */
  readonly complete: boolean;
  /** Where the list begins. */
  readonly location: Location;
}

export type RoleProfile = KnownList<ProfiledRole>;

/** A role of `roleProfile.roles`. */
export interface ProfiledRole {
  readonly name: PlacedKnown | null;
  /** `sku.name` */
  readonly size: PlacedKnown | null;
  /** `sku.tier` */
  readonly tier: PlacedKnown | null;
  /** `sku.capacity`, in decimal digits: a number, or, in samples of the documentation, a string. */
  readonly capacity: PlacedKnown | null;
  readonly location: Location;
}

export type NetworkProfile = KnownList<LoadBalancerConfiguration>;

/** One of `networkProfile.loadBalancerConfigurations`: its frontends. */
export type LoadBalancerConfiguration = KnownList<Frontend>;

/** One of `frontendIpConfigurations`. */
export interface Frontend {
  /** The id of the public IP address. */
  readonly publicIp: PlacedKnown | null;
  /** The id of the subnet. */
  readonly subnet: PlacedKnown | null;
  readonly privateIp: PlacedKnown | null;
  readonly location: Location;
}

export type ExtensionProfile = KnownList<Extension>;

/** One of `extensionProfile.extensions`. */
export interface Extension {
  readonly name: PlacedKnown | null;
  readonly publisher: PlacedKnown | null;
  readonly type: PlacedKnown | null;
  /** Null where it is absent, which means all roles. */
  readonly rolesAppliedTo: readonly PlacedKnown[] | null;
  /** Whether the protected settings hold a password or a key as it is. The secret itself is never kept. */
  readonly hasLiteralSecret: boolean;
  /** Where its name stands, or its beginning. */
  readonly location: Location;
}

/** Resources that a template deploys beside the service. */
export interface Siblings {
  readonly vnets: readonly VirtualNetwork[];
  readonly publicIps: readonly PublicIpAddress[];
}

/** A Microsoft.Network/virtualNetworks. */
export interface VirtualNetwork {
  readonly name: PlacedKnown;
  /** Azure region. */
  readonly region: PlacedKnown | null;
  readonly subnets: KnownList<Subnet>;
}

export interface Subnet {
  readonly name: PlacedKnown;
  /** In CIDR notation; null where there is none, or one is not known. */
  readonly prefixes: readonly string[] | null;
}

/** A Microsoft.Network/publicIPAddresses. */
export interface PublicIpAddress {
  readonly name: PlacedKnown;
  /** Azure region. */
  readonly region: PlacedKnown | null;
  /** `publicIPAllocationMethod` */
  readonly allocation: PlacedKnown | null;
}
