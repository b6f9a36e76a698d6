// The rules about XML and schema judge a service definition as well.

import { describe, expect, it } from 'vitest';
import type { RuleId } from '../src/rules/index.js';
import { idsOf, lintText } from './support/lint.js';

const NAMESPACE = 'http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition';
const SITES = '<Sites><Site name="Web"><Bindings><Binding name="Http" endpointName="Http" /></Bindings></Site></Sites>';
const wrap = (content: string, attributes = 'schemaVersion="2015-04.2.6"') => `<ServiceDefinition name="Shop" xmlns="${NAMESPACE}" ${attributes}>${content}</ServiceDefinition>`;
const ENDPOINTS = '<Endpoints><InputEndpoint name="Http" protocol="http" port="80" /></Endpoints>';
const role = (content: string) => wrap(`<WebRole name="Web" vmsize="Standard_D1_v2">${SITES}${content.includes('<Endpoints>') ? '' : ENDPOINTS}${content}</WebRole>`);
const lint = (text: string) => lintText(null, { csdef: text });

const BAD: readonly (readonly [rule: RuleId, text: string, says: string])[] = [
  ['xml-well-formed', role('').replace('</WebRole>', ''), 'does not fit'],
  ['xml-doctype', `<!DOCTYPE ServiceDefinition>${role('')}`, 'DOCTYPE'],
  ['xml-encoding-declaration', `<?xml version="1.0" encoding="utf-16"?>${role('')}`, 'utf-16'],
  ['schema-root', '<ServiceConfiguration serviceName="Shop" />', 'This is a service configuration, not a service definition.'],
  ['schema-root', '<RoleModule />', 'not a service definition'],
  ['schema-namespace', '<ServiceDefinition name="Shop" />', 'ServiceDefinition is in no namespace'],
  ['schema-missing-required', '<ServiceDefinition xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition" />', 'no name'],
  ['schema-unknown-element', wrap('<VirtualMachineRole name="Old" />'), 'no VirtualMachineRole'],
  ['schema-unknown-element', role('<Setting name="Mode" />'), 'WebRole/ConfigurationSettings.'],
  ['schema-unknown-attribute', role('<ConfigurationSettings><Setting name="Mode" value="do-not-show-this" /></ConfigurationSettings>'), 'only declares'],
  ['schema-unknown-attribute', role('<Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My" permisionLevel="elevated" /></Certificates>'), 'permissionLevel?'],
  ['schema-cardinality', role('<Imports /><Imports />'), 'more than one Imports'],
  ['schema-cardinality', wrap('<NetworkTrafficRules /><NetworkTrafficRules />'), 'more than one NetworkTrafficRules'],
  [
    'schema-cardinality',
    wrap(
      '<WorkerRole name="Web" vmsize="Standard_D1_v2"><Endpoints><InternalEndpoint name="Api" protocol="tcp" /></Endpoints></WorkerRole><NetworkTrafficRules><OnlyAllowTrafficTo><Destinations><RoleEndpoint roleName="Web" endpointName="Api" /></Destinations><AllowAllTraffic /><WhenSource matches="AnyRule" /></OnlyAllowTrafficTo></NetworkTrafficRules>',
    ),
    'both',
  ],
  ['schema-element-order', wrap('<NetworkTrafficRules /><WorkerRole name="Worker" vmsize="Standard_D1_v2" />'), 'before NetworkTrafficRules'],
  ['schema-value-type', role('<Endpoints><InputEndpoint name="Http" protocol="HTTP" port="80" /></Endpoints>'), 'did you mean "http"'],
  ['schema-value-type', role('<Endpoints><InputEndpoint name="Http" protocol="http" port="70000" /></Endpoints>'), 'from 1 to 65535'],
  ['schema-value-type', role(`<Startup><Task commandLine="${'do-not-show-this '.repeat(20)}" /></Startup>`), '1 to 256'],
  ['schema-text-content', role('<Imports> - </Imports>'), 'holds text'],
  ['schema-version-known', wrap('', 'schemaVersion="2018-05.1.7"'), 'no published SDK'],
];

const GOOD = [
  role(''),
  wrap('', ''),
  role('<ConfigurationSettings /><Endpoints><InputEndpoint name="Http" protocol="http" port=" 080 " localPort="*" /></Endpoints>'),
  role('<Startup><Task commandLine="setup.cmd"><Environment><Variable name="Mode" value="live" /></Environment></Task></Startup><LocalResources />'),
];

describe('a service definition', () => {
  it.each(BAD)('%s speaks of %s', (rule, text, says) => {
    const report = lint(text);
    expect(idsOf(report)).toEqual([rule]);
    const [finding] = report.files.flatMap(({ findings }) => findings);
    expect(`${finding?.message} ${finding?.help}`).toContain(says);
    expect(JSON.stringify(report)).not.toContain('do-not-show-this');
  });

  it.each(GOOD)('%s is silent', (text) => {
    expect(idsOf(lint(text))).toEqual([]);
  });
});
