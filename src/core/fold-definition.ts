// Folds the elements of a service definition into its facts, as they pass.

import type { GrammarNode } from './dispatch.js';
import { attributeAt, nameAt } from './placed.js';
import type { XmlElement } from './read.js';
import type { DefinedEndpoint, DefinedRole, DefinitionFact, EndpointKind, Placed, PortRange, TrafficRule } from './service-facts.js';

/** Facts whose lists still grow. */
type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K] };

/** Folds one file. */
export class DefinitionFold {
  private readonly definition: Growing<DefinitionFact>;
  private role: Growing<DefinedRole> | null = null;
  private ranges: PortRange[] = [];
  private trafficRule: Growing<TrafficRule> | null = null;
  private site = '';

  constructor(private readonly path: string) {
    this.definition = { path, name: null, schemaVersion: null, upgradeDomainCount: null, roles: [], probes: [], trafficRules: [], location: { path, span: null } };
  }

  result(): DefinitionFact {
    return this.definition;
  }

  /** An element that the grammar has, at its start tag. */
  open(element: XmlElement, { path }: Pick<GrammarNode, 'path'>): void {
    const [first = '', ...rest] = path.split('/');
    if (first === 'WebRole' || first === 'WorkerRole') this.inRole(element, first, rest.join('/'));
    else if (path === 'ServiceDefinition') this.root(element);
    else if (path === 'LoadBalancerProbes/LoadBalancerProbe') this.probe(element);
    else this.inTrafficRules(element);
  }

  private root(element: XmlElement): void {
    const { definition } = this;
    definition.location = { path: this.path, span: element.nameSpan };
    definition.name = this.attribute(element, 'name');
    definition.schemaVersion = this.attribute(element, 'schemaVersion');
    definition.upgradeDomainCount = this.attribute(element, 'upgradeDomainCount');
  }

  private probe(element: XmlElement): void {
    this.definition.probes.push({
      ...this.named(element),
      protocol: this.attribute(element, 'protocol'),
      path: this.attribute(element, 'path'),
      port: this.attribute(element, 'port'),
      intervalInSeconds: this.attribute(element, 'intervalInSeconds'),
      timeoutInSeconds: this.attribute(element, 'timeoutInSeconds'),
    });
  }

  private inTrafficRules(element: XmlElement): void {
    switch (element.name) {
      case 'OnlyAllowTrafficTo':
        this.trafficRule = { destinations: [], sources: [] };
        this.definition.trafficRules.push(this.trafficRule);
        break;
      case 'RoleEndpoint':
        this.trafficRule?.destinations.push({ role: this.attribute(element, 'roleName'), endpoint: this.attribute(element, 'endpointName') });
        break;
      case 'FromRole':
        this.push(this.trafficRule?.sources, this.attribute(element, 'roleName'));
        break;
    }
  }

  private inRole(element: XmlElement, kind: DefinedRole['kind'], path: string): void {
    if (path === '') this.openRole(element, kind);
    const { role } = this;
    if (role === null) return;
    switch (path) {
      case 'ConfigurationSettings/Setting':
        role.settings.push(this.named(element));
        break;
      case 'Certificates/Certificate':
        role.certificates.push({ ...this.named(element), storeLocation: this.attribute(element, 'storeLocation'), storeName: this.attribute(element, 'storeName') });
        break;
      case 'LocalResources/LocalStorage':
      case 'LocalStorage':
        role.stores.push({ ...this.named(element), sizeInMB: this.attribute(element, 'sizeInMB') });
        break;
      case 'Imports/Import':
        this.push(role.imports, this.attribute(element, 'moduleName'));
        break;
      case 'Sites/Site':
        this.site = element.attribute('name')?.value ?? '';
        break;
      case 'Sites/Site/Bindings/Binding':
        role.bindings.push({ ...this.named(element), site: this.site, endpoint: this.attribute(element, 'endpointName'), hostHeader: element.attribute('hostHeader')?.value ?? '' });
        break;
      default:
        this.inEndpointsOrEnvironment(element, role);
    }
  }

  private inEndpointsOrEnvironment(element: XmlElement, role: Growing<DefinedRole>): void {
    switch (element.name) {
      case 'InputEndpoint':
      case 'InternalEndpoint':
      case 'InstanceInputEndpoint':
        role.endpoints.push(this.endpoint(element, element.name));
        break;
      case 'FixedPortRange': {
        const [min, max] = [this.attribute(element, 'min'), this.attribute(element, 'max')];
        if (min !== null && max !== null) this.ranges.push({ min, max });
        break;
      }
      case 'RoleInstanceValue':
        this.push(role.xpaths, this.attribute(element, 'xpath'));
        break;
    }
  }

  private openRole(element: XmlElement, kind: DefinedRole['kind']): void {
    const { value: name, location } = this.named(element);
    this.role = { kind, name, location, vmSize: this.attribute(element, 'vmsize'), settings: [], certificates: [], endpoints: [], stores: [], imports: [], bindings: [], xpaths: [] };
    this.definition.roles.push(this.role);
  }

  private endpoint(element: XmlElement, kind: EndpointKind): DefinedEndpoint {
    this.ranges = [];
    return {
      ...this.named(element),
      kind,
      protocol: this.attribute(element, 'protocol'),
      port: this.attribute(element, 'port'),
      localPort: this.attribute(element, 'localPort'),
      certificate: this.attribute(element, 'certificate'),
      loadBalancerProbe: this.attribute(element, 'loadBalancerProbe'),
      loadBalancer: this.attribute(element, 'loadBalancer'),
      ranges: this.ranges,
    };
  }

  private push(list: Placed[] | undefined, value: Placed | null): void {
    if (value !== null) list?.push(value);
  }

  private named(element: XmlElement): Placed {
    return nameAt(this.path, element);
  }

  private attribute(element: XmlElement, name: string): Placed | null {
    return attributeAt(this.path, element, name);
  }
}
