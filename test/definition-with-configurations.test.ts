// Rules about a service definition that look at the .cscfg of its service: at several, at one that has not the role, and
// where another rule speaks for the same mistake.

import { describe, expect, it } from 'vitest';
import { RULES } from '../src/rules/index.js';
import { lintText } from './support/lint.js';
import { wrap } from './support/texts.js';

const ids = ['https-endpoint-certificate', 'https-certificate-undeclared', 'instance-endpoint-range', 'endpoint-port-conflict'];
const rules = RULES.filter(({ id }) => ids.includes(id));

/** What those rules say of the definition beside these configurations. */
function findings(csdef: string, siblings: Readonly<Record<string, string>>) {
  const wrapped = Object.fromEntries(Object.entries(siblings).map(([path, text]) => [path, wrap(text)]));
  return lintText(null, { csdef, siblings: wrapped, rules }).files.flatMap((file) => file.findings);
}

const says = (csdef: string, siblings: Readonly<Record<string, string>>) => findings(csdef, siblings).map(({ ruleId, messageId }) => `${ruleId}: ${messageId}`);

describe('the certificate of an https endpoint', () => {
  const csdef = '<WebRole name="Web"><Endpoints><InputEndpoint name="Https" protocol="https" port="443" certificate="Tls" /></Endpoints></WebRole>';
  const bare = '<Role name="web"><Instances count="1" /></Role>';
  const configured =
    '<Role name="Web"><Instances count="1" /><Certificates><Certificate name="tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" /></Certificates></Role>';

  it('is undeclared where there is no configuration, or none of the role', () => {
    expect(says(csdef, {})).toEqual(['https-certificate-undeclared: undeclared']);
    expect(says(csdef, { 'a.cscfg': '<Role name="Worker"><Instances count="1" /></Role>' })).toEqual(['https-certificate-undeclared: undeclared']);
  });

  it('is nowhere where no configuration of the role has it', () => {
    expect(says(csdef, { 'a.cscfg': bare, 'b.cscfg': bare })).toEqual(['https-endpoint-certificate: unknown']);
  });

  it('is left to the rule about the configuration that has it', () => {
    expect(says(csdef, { 'a.cscfg': bare, 'b.cscfg': configured })).toEqual([]);
  });
});

describe('the public ports of instances', () => {
  const csdef =
    '<WorkerRole name="Worker"><Endpoints><InstanceInputEndpoint name="Direct" protocol="tcp" localPort="9000"><AllocatePublicPortFrom><FixedPortRange min="100" max="102" /></AllocatePublicPortFrom></InstanceInputEndpoint></Endpoints></WorkerRole>';
  const count = (value: string) => `<Role name="Worker"><Instances count="${value}" /></Role>`;

  it('are told once, with all configurations for which they are too few and the highest number', () => {
    const [first, ...others] = findings(csdef, { 'a.cscfg': count('4'), 'b.cscfg': count('3'), 'c.cscfg': count('7') });
    expect(others).toEqual([]);
    expect(first?.data).toMatchObject({ ports: 3, count: 7 });
    expect(first?.related.map(({ location }) => location.path)).toEqual(['a.cscfg', 'c.cscfg']);
  });

  it.each(['__Count__', 'many', '-4', ''])('are not compared with %s', (value) => {
    expect(says(csdef, { 'a.cscfg': count(value) })).toEqual([]);
  });
});

describe('a public port of two endpoints', () => {
  const csdef =
    '<WebRole name="Web"><Endpoints><InputEndpoint name="Shop" protocol="http" port="80" /><InputEndpoint name="Admin" protocol="http" port="80" /></Endpoints></WebRole>';
  const role = '<Role name="Web"><Instances count="1" /></Role>';
  const apart = `${role}<NetworkConfiguration><AddressAssignments><VirtualIPs><VirtualIP name="admin"><Endpoints><Endpoint role="web" name="admin" /></Endpoints></VirtualIP></VirtualIPs></AddressAssignments></NetworkConfiguration>`;

  it('is told once, however many configurations there are', () => {
    expect(says(csdef, { 'a.cscfg': role, 'b.cscfg': role })).toEqual(['endpoint-port-conflict: port']);
  });

  it('is fine where every configuration puts them on different virtual IPs', () => {
    expect(says(csdef, { 'a.cscfg': apart, 'b.cscfg': apart })).toEqual([]);
  });

  it('names the configuration that does not', () => {
    const [first, ...others] = findings(csdef, { 'a.cscfg': apart, 'b.cscfg': role });
    expect(others).toEqual([]);
    expect(first?.related.map(({ location }) => location.path)).toEqual(['ServiceDefinition.csdef', 'b.cscfg']);
  });

  it('is told of the later of the two, whichever has the lower ports', () => {
    const range = '<InstanceInputEndpoint name="Direct" protocol="tcp" localPort="1"><AllocatePublicPortFrom><FixedPortRange min="70" max="90" /></AllocatePublicPortFrom></InstanceInputEndpoint>';
    const endpoints = (text: string) => `<WebRole name="Web"><Endpoints>${text}</Endpoints></WebRole>`;
    const input = '<InputEndpoint name="Http" protocol="http" port="80" />';
    expect(findings(endpoints(range + input), {}).map(({ data }) => data['endpoint'])).toEqual(['Http']);
    expect(findings(endpoints(input + range), {}).map(({ data }) => data['endpoint'])).toEqual(['Direct']);
  });
});
