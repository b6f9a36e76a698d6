// A valid service is silent; each of its one-edit mutations is named by its rule, at its line, by no other rule.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RuleId } from '../src/rules/index.js';
import { lintText } from './support/lint.js';

const cscfg = readFileSync('fixtures/services/harbour/ServiceConfiguration.Cloud.cscfg', 'utf8');
const csdef = readFileSync('fixtures/services/harbour/ServiceDefinition.csdef', 'utf8');

const CSCFG = 'ServiceConfiguration.Cloud.cscfg';
const CSDEF = 'ServiceDefinition.csdef';

interface Told {
  readonly rule: string;
  readonly path: string;
  readonly line: number | null;
}

/** What is wrong, but that the service's end is near, which is so for all. */
function told(configuration: string, definition: string): Told[] {
  return lintText(configuration, { csdef: definition }).files.flatMap(({ path, findings }) =>
    findings.filter(({ ruleId }) => ruleId !== 'cses-retirement').map(({ ruleId: rule, location: { line } }) => ({ rule, path, line })),
  );
}

/** The line on which two texts begin to differ. */
function firstDifference(before: string, after: string): number {
  let index = 0;
  while (before[index] === after[index]) index++;
  return before.slice(0, index).split('\n').length;
}

/** A rule; what is replaced by what, once; the text on the line where it is told, where that is not the line of the edit. */
type Mutation = readonly [rule: RuleId, from: string | RegExp, to: string, at?: string];

const IN_CSCFG: readonly Mutation[] = [
  // XML
  ['xml-well-formed', 'count="2" />', 'count="2 />'],
  ['xml-well-formed', '</Role>', '</Rol>'],
  ['xml-well-formed', 'AccountName=harbour', 'AccountName=har&bour'],
  ['xml-well-formed', 'name="Quay">', 'name="Quay" name="Quay">'],
  ['xml-well-formed', '  <Role name="Crane"', '<<<<<<< HEAD\n  <Role name="Crane"'],
  ['xml-doctype', '<ServiceConfiguration ', '<!DOCTYPE ServiceConfiguration>\n<ServiceConfiguration '],
  ['xml-encoding-declaration', 'encoding="utf-8"', 'encoding="utf-16"'],
  // The schema
  ['schema-namespace', 'ServiceHosting/2008/10/ServiceConfiguration"', 'ServiceHosting/2008/10/ServiceDefinition"'],
  ['schema-missing-required', 'serviceName="Harbour" ', ''],
  ['schema-missing-required', '    <Instances count="2" />\n', '', '<Role name="Quay">'],
  ['schema-missing-required', ' thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7"', '', 'name="QuayTls"'],
  ['schema-missing-required', '<Role name="Quay">', '<Role Name="Quay">'],
  ['schema-missing-required', ' action="deny"', ''],
  ['schema-missing-required', ' thumbprint="3F9C', ' thumprint="3F9C'],
  ['schema-missing-required', ' value="12"', ' vale="12"'],
  ['schema-missing-required', '<Setting name="Berths.Max"', '<Setting nmae="Berths.Max"'],
  ['schema-unknown-element', '<Setting name="Berths.Max"', '<setting name="Berths.Max"'],
  ['schema-unknown-element', '<Certificate name="Issuer"', '<Certifcate name="Issuer"'],
  ['schema-unknown-element', /Certificates>([^]*?)Certificates>/, 'certificates>$1certificates>'],
  ['schema-unknown-element', /ConfigurationSettings>([^]*?)ConfigurationSettings>/, 'configurationSettings>$1configurationSettings>'],
  ['schema-unknown-element', '    <Instances count="2" />', '    <Instances count="2" /><Instance />'],
  ['schema-unknown-attribute', 'vmName="crane"', 'vmname="crane"'],
  ['schema-unknown-attribute', 'endPoint="Http"', 'endPoint="Http" endpointName="Http"'],
  ['schema-cardinality', '    <Instances count="3" />', '    <Instances count="3" />\n    <Instances count="3" />', '<Instances count="3" />\n    <ConfigurationSettings>'],
  ['schema-value-type', 'endPoint="Http"', 'endPoint=""'],
  ['schema-value-type', 'order="100"', 'order="first"'],
  ['schema-value-type', 'action="permit"', 'action="allow"'],
  ['schema-value-type', 'IPAddress="10.0.0.4"', 'IPAddress="10.0.0.400"'],
  ['schema-text-content', '    <Certificates>\n      <Certificate name="Signing"', '    <Certificates> -\n      <Certificate name="Signing"'],
  ['schema-version-known', 'schemaVersion="2015-04.2.6"', 'schemaVersion="2018-05.1.7"'],
  // Guest OS, service, roles, settings
  ['os-family-missing', ' osFamily="7" osVersion="*"', ''],
  ['os-family-retired', 'osFamily="7"', 'osFamily="4"'],
  ['os-family-unknown', 'osFamily="7"', 'osFamily="70"'],
  ['os-version-format', 'osVersion="*"', 'osVersion="latest"'],
  ['os-version-family-mismatch', 'osVersion="*"', 'osVersion="WA-GUEST-OS-6.50_202609-01"'],
  ['os-version-pinned', 'osVersion="*"', 'osVersion="WA-GUEST-OS-7.40_202612-01"'],
  ['role-duplicate', '  <NetworkConfiguration>', '  <Role name="crane"><Instances count="1" /></Role>\n  <NetworkConfiguration>'],
  ['vm-name-format', 'vmName="crane"', 'vmName="the-tallest-crane"'],
  ['instance-count-invalid', 'count="2"', 'count="two"'],
  ['instance-count-invalid', 'count="3"', 'count="-3"'],
  ['instance-count-zero', 'count="3"', 'count="0"'],
  ['setting-duplicate', '      <Setting name="Berths.Max" value="12" />', '      <Setting name="Berths.Max" value="12" />\n      <Setting name="Berths.Max" value="13" />', '<Setting name="Berths.Max" value="13" />'],
  ['setting-dev-storage', 'DefaultEndpointsProtocol=https;AccountName=harbour;AccountKey=aGFyYm91cg==', 'UseDevelopmentStorage=true'],
  ['unresolved-placeholder', 'value="12"', 'value="#{Berths}"'],
  ['unresolved-placeholder', '<Role name="Crane"', '<Role name="#{CraneRole}"'],
  ['unresolved-placeholder', '<Setting name="Berths.Max"', '<Setting name="__Key__"'],
  ['unresolved-placeholder', '<Certificate name="Issuer"', '<Certificate name="__Ca__"'],
  ['role-name-format', '<Role name="Quay"', '<Role name=""'],
  ['role-name-format', '<Role name="Crane"', '<Role name="1Crane"'],
  ['schema-missing-required', '<Role name="Crane"', '<Role'],
  ['schema-missing-required', '<Setting name="Berths.Max"', '<Setting Name="Berths.Max"'],
  ['schema-missing-required', '<Certificate name="Issuer"', '<Certificate'],
  // Certificates
  ['certificate-name-format', '<Certificate name="Issuer"', '<Certificate name="1Ca"'],
  ['certificate-name-format', '<Certificate name="Issuer"', '<Certificate name="a/b"'],
  ['thumbprint-length', '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7', '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C'],
  ['thumbprint-length', '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7', ''],
  ['thumbprint-invisible-characters', '"3F9C0A7B51D2', '"\u200E3F9C0A7B51D2'],
  ['thumbprint-separators', '3F9C0A7B51D2', '3F 9C 0A 7B 51 D2'],
  ['thumbprint-uppercase', '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7', '3f9c0a7b51d2e86494c1b07d2a5e8f63109db4c7'],
  ['thumbprint-two-spellings', '8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B', '3f9c0a7b51d2e86494c1b07d2a5e8f63109db4c7'],
  ['thumbprint-placeholder', '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7', '0000000000000000000000000000000000000000'],
  ['thumbprint-algorithm', 'thumbprintAlgorithm="sha1"', 'thumbprintAlgorithm="sha256"'],
  ['certificate-name-duplicate', '    </Certificates>\n  </Role>\n  <Role', '      <Certificate name="quaytls" thumbprint="B2F09A4D3856E0C1D7A2B4F69385017DE8ACC7E1" thumbprintAlgorithm="sha1" />\n    </Certificates>\n  </Role>\n  <Role'],
  // With the service definition
  [
    'role-not-defined',
    /( {2}<NetworkConfiguration>[^]*)( {6}<ReservedIPs>)/,
    '  <Role name="Lighthouse"><Instances count="1" /></Role>\n$1      <InstanceAddress roleName="Lighthouse"><Subnets><Subnet name="back" /></Subnets></InstanceAddress>\n$2',
  ],
  ['role-not-defined', '<Role name="Crane"', '<Role name="Crnae"'],
  ['role-not-defined', '<Role name="Quay"', '<Role name="Qauy"'],
  ['role-not-configured', /  <Role name="Crane"[^]*?<\/Role>\n/, '', '<ServiceConfiguration'],
  ['role-not-defined', '  <NetworkConfiguration>', '  <Role name="Lighthouse"><Instances count="1" /></Role>\n  <NetworkConfiguration>'],
  ['setting-not-declared', '<Setting name="Berths.Max" value="12" />', '<Setting name="Berths.Max" value="12" /><Setting name="Ferries" value="1" />'],
  ['setting-value-missing', '      <Setting name="Berths.Max" value="12" />\n', '', '<Role name="Quay">'],
  ['certificate-not-declared', '      <Certificate name="Signing"', '      <Certificate name="Payments" thumbprint="B2F09A4D3856E0C1D7A2B4F69385017DE8ACC7E1" thumbprintAlgorithm="sha1" />\n      <Certificate name="Signing"'],
  ['certificate-not-configured', /\n {6}<Certificate name="Issuer"[^\n]*/, '', '<Role name="Quay">'],
  ['name-case-mismatch', '<Setting name="Berths.Max"', '<Setting name="berths.max"'],
  ['service-name-mismatch', 'serviceName="Harbour"', 'serviceName="Harbor"'],
  ['service-name-mismatch', 'serviceName="Harbour"', 'serviceName=""'],
  ['service-name-equals-role', 'serviceName="Harbour"', 'serviceName="Crane"', '<Role name="Crane"'],
  ['schema-version-mismatch', 'schemaVersion="2015-04.2.6"', 'schemaVersion="2014-06.2.4"'],
  // The network
  ['vnet-required', '    <VirtualNetworkSite name="harbour-vnet" />\n', '', '<NetworkConfiguration>'],
  ['vnet-required', 'name="harbour-vnet"', 'name=""'],
  ['vnet-name-format', 'name="harbour-vnet"', 'name="harbour vnet"'],
  ['vnet-resource-id', 'name="harbour-vnet"', 'name="/subscriptions/0f9c6a3e-2a77-4f4f-9a3b-1c2d3e4f5a6b/resourceGroups/harbour/providers/Microsoft.Network/virtualNetworks/harbour-vnet"'],
  ['instance-address-missing', /\n {6}<InstanceAddress roleName="Crane">[^]*?<\/InstanceAddress>/, '', '<Role name="Crane"'],
  ['instance-address-unknown-role', 'roleName="Crane"', 'roleName="Crane2"'],
  ['instance-address-duplicate', '      <ReservedIPs>', '      <InstanceAddress roleName="quay"><Subnets><Subnet name="front" /></Subnets></InstanceAddress>\n      <ReservedIPs>'],
  ['instance-address-duplicate', 'roleName="Crane"', 'roleName="Quay"'],
  ['subnet-name-empty', '<Subnet name="front" />', '<Subnet name="" />'],
  ['dns-server-duplicate', '<DnsServer name="resolver" IPAddress="10.0.0.4" />', '<DnsServer name="resolver" IPAddress="10.0.0.4" /><DnsServer name="resolver" IPAddress="10.0.0.5" />'],
  ['reserved-ip-name-format', 'name="harbour-ip"', 'name="harbour ip"'],
  ['acl-rules', 'order="200"', 'order="100"'],
  ['acl-rules', '203.0.113.0/24', '203.0.113.0/33'],
  ['endpoint-acl-reference', 'accessControl="office"', 'accessControl="offices"'],
  ['endpoint-acl-endpoint', 'endPoint="Http"', 'endPoint="Htpp"'],
  ['access-control-unused', '      <EndpointAcl role="Quay" endPoint="Http" accessControl="office" />\n', '', '<AccessControl name="office">'],
  ['network-name-duplicate', '    </AccessControls>', '      <AccessControl name="Office"><Rule order="100" action="deny" remoteSubnet="0.0.0.0/0" /></AccessControl>\n    </AccessControls>'],
  ['network-name-duplicate', '    </EndpointAcls>', '      <EndpointAcl role="quay" endPoint="http" accessControl="office" />\n    </EndpointAcls>'],
  ['network-name-duplicate', '    </LoadBalancers>', '      <LoadBalancer name="inner"><FrontendIPConfiguration type="private" subnet="front" /></LoadBalancer>\n    </LoadBalancers>'],
  ['endpoint-acl-reference', /( {6}<AccessControl name="office">[^]*?<\/AccessControl>\n)([^]*accessControl=")office/, '$1$1$2home', 'accessControl="home"'],
  ['network-name-duplicate', /( {6}<LoadBalancer name=")inner(">[^]*?<\/LoadBalancer>\n)/, '$1other$2$1other$2', 'other">\n        <FrontendIPConfiguration type="private" subnet="back" staticVirtualNetworkIPAddress="10.0.1.9" />\n      </LoadBalancer>\n    </LoadBalancers>'],
  ['schema-value-type', '<LoadBalancer name="inner"', '<LoadBalancer name=""'],
  ['schema-missing-required', '<LoadBalancer name="inner"', '<LoadBalancer Name="inner"'],
  ['schema-unknown-element', /LoadBalancers>([^]*?)LoadBalancers>/, 'Loadbalancers>$1Loadbalancers>'],
  ['network-name-empty', '<DnsServer name="resolver"', '<DnsServer name=""'],
  ['network-name-empty', '<DnsServer name="resolver"', '<DnsServer name=" "'],
  ['network-name-empty', '</Subnets>', '</Subnets><PublicIPs><PublicIP name="" /></PublicIPs>'],
  ['load-balancer-private-ip', ' subnet="back" static', ' static'],
  ['network-element-order', /( {4}<Dns>[^]*?<\/Dns>\n)( {4}<VirtualNetworkSite[^\n]*\n)/, '$2$1', '<Dns>'],
];

const IN_CSDEF: readonly Mutation[] = [
  ['schema-value-type', 'loadBalancer="inner"', 'loadBalancer=""'],
  ['definition-name-duplicate', '<LoadBalancerProbe name="alive"', '<LoadBalancerProbe name="open"', 'name="open" protocol="tcp"'],
  ['plugin-half-removed', '    <LocalResources>', '    <Imports>\n      <Import moduleName="RemoteAccess" />\n    </Imports>\n    <LocalResources>', '<Import module'],
  ['schema-value-type', '<WorkerRole name="Crane"', '<WorkerRole name=""'],
  ['schema-value-type', '<Setting name="Berths.Max"', '<Setting name=""'],
  ['schema-value-type', '<Certificate name="Issuer"', '<Certificate name="1Ca"'],
  ['schema-missing-required', '<WorkerRole name="Crane"', '<WorkerRole'],
  ['schema-missing-required', '<InputEndpoint name="Http"', '<InputEndpoint'],
  ['schema-missing-required', '<Certificate name="Issuer"', '<Certificate Name="Issuer"'],
  ['unresolved-placeholder', '<InputEndpoint name="Http"', '<InputEndpoint name="#{Http}"'],
  ['unresolved-placeholder', '<WorkerRole name="Crane"', '<WorkerRole name="__Crane__"', '<WorkerRole'],
  ['unresolved-placeholder', '<Setting name="Berths.Max"', '<Setting name="__Key__"'],
  ['unresolved-placeholder', '<Certificate name="Issuer"', '<Certificate name="__Ca__"'],
  ['unresolved-placeholder', 'vmsize="Standard_A2_v2"', 'vmsize="#{Size}"'],
  ['unresolved-placeholder', 'commandLine="setup.cmd"', 'commandLine="%ROLEROOT%\\setup.cmd #{Key}"'],
  ['schema-unknown-attribute', 'loadBalancerProbe="open"', 'loadBalancerProbes="open"'],
  ['schema-value-type', 'protocol="https"', 'protocol="HTTPS"'],
  ['schema-value-type', 'port="443"', 'port="443s"'],
  ['schema-element-order', /( {2}<LoadBalancerProbes>[^]*?<\/LoadBalancerProbes>\n)([^]*)(<\/ServiceDefinition>)/, '$2$1$3', '<LoadBalancerProbes>'],
  ['https-endpoint-certificate', ' certificate="QuayTls"', ''],
  ['https-certificate-store', '<Certificate name="QuayTls" storeLocation="LocalMachine" storeName="My" />', '<Certificate name="QuayTls" storeLocation="LocalMachine" storeName="Root" />'],
  ['certificate-store-name', 'storeName="CA"', 'storeName="CAs"'],
  ['endpoint-name-duplicate', '<InstanceInputEndpoint name="Direct"', '<InstanceInputEndpoint name="tls"'],
  ['endpoint-port-conflict', 'name="Tls" protocol="https" port="443"', 'name="Tls" protocol="https" port="80"'],
  ['endpoint-port-range', 'min="10100" max="10109"', 'min="10109" max="10100"'],
  ['instance-endpoint-range', 'min="10100" max="10109"', 'min="10100" max="10100"'],
  ['load-balancer-probe', ' path="/alive"', ''],
  ['load-balancer-probe', '<LoadBalancerProbe name="alive"', '<LoadBalancerProbe name=""'],
  ['load-balancer-probe', '<LoadBalancerProbe name="open"', '<LoadBalancerProbe name=" "'],
  ['load-balancer-probe', 'timeoutInSeconds="31"', 'timeoutInSeconds="12"'],
  ['variable-value-missing', /<Variable name="STATUS_PORT">[^]*?<\/Variable>/, '<Variable name="STATUS_PORT" />'],
  ['schema-unknown-attribute', /<Variable name="STATUS_PORT">[^]*?<\/Variable>/, '<Variable name="STATUS_PORT" Value="1" />'],
  ['schema-unknown-element', /RoleInstanceValue xpath/, 'RoleInstanceValues xpath'],
  ['schema-text-content', /<Variable name="STATUS_PORT">[^]*?<\/Variable>/, '<Variable name="STATUS_PORT">1</Variable>'],
  ['csdef-unresolved-reference', 'endpointName="Http"', 'endpointName="Htpt"'],
  ['csdef-unresolved-reference', 'loadBalancerProbe="alive"', 'loadBalancerProbe="dead"'],
  ['csdef-unresolved-reference', 'endpointName="Orders" />', 'endpointName="Order" />'],
  ['csdef-xpath-reference', "@name='Status'", "@name='State'"],
  ['definition-name-duplicate', '<Setting name="Berths.Max" />', '<Setting name="Berths.Max" /><Setting name="berths.max" />'],
  ['vm-size-legacy', 'Standard_D2_v3', 'Medium'],
  ['vm-size-unknown', 'Standard_D2_v3', 'Standard_Z2_v9'],
  ['upgrade-domain-count', 'upgradeDomainCount="5"', 'upgradeDomainCount="21"'],
];

/** The line to expect: of a text that stands in the mutated file, or of the edit. */
function lineOf(before: string, after: string, at: string | undefined): number {
  if (at === undefined) return firstDifference(before, after);
  const index = after.indexOf(at);
  if (index === -1) throw new Error(`the mutated file does not hold ${at}`);
  return after.slice(0, index).split('\n').length;
}

function titleOf([rule, from, to]: Mutation): string {
  return `${rule}: ${from} → ${to}`;
}

describe('a valid service', () => {
  it('is silent', () => {
    expect(told(cscfg, csdef)).toEqual([]);
  });

  it.each(IN_CSCFG.map((mutation) => [titleOf(mutation), mutation] as const))('with a mistake in the .cscfg: %s', (_, [rule, from, to, at]) => {
    const mutated = cscfg.replace(from, to);
    expect(told(mutated, csdef)).toEqual([{ rule, path: CSCFG, line: lineOf(cscfg, mutated, at) }]);
  });

  it.each(IN_CSDEF.map((mutation) => [titleOf(mutation), mutation] as const))('with a mistake in the .csdef: %s', (_, [rule, from, to, at]) => {
    const mutated = csdef.replace(from, to);
    expect(told(cscfg, mutated)).toEqual([{ rule, path: CSDEF, line: lineOf(csdef, mutated, at) }]);
  });
});
