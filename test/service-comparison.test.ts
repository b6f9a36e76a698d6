// The .cscfg held against the .csdef and against its siblings: what is compared, and what is left to one finding alone.

import { describe, expect, it } from 'vitest';
import { removeElements } from '../src/core/edits.js';
import { applyFixes } from '../src/core/fix.js';
import { readDefinition } from '../src/core/lint.js';
import { hasCertificate, hasSetting } from '../src/core/plugins.js';
import { SourceFile } from '../src/core/source.js';
import { EXAMPLE_CHAIN, EXAMPLE_LEAF } from '../src/core/example-certificates.js';
import { idsOf, lintText, type LintOptions } from './support/lint.js';
import { wrap, wrapDefinition } from './support/texts.js';

const NEW = '8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B';
const OLD = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
const RULE = 'certificate-thumbprint-inconsistent';

const role = (name: string, inner = '') => `<Role name="${name}"><Instances count="2" />${inner}</Role>`;
const tls = (thumbprint: string, name = 'Tls') => `<Certificates><Certificate name="${name}" thumbprint="${thumbprint}" thumbprintAlgorithm="sha1" /></Certificates>`;
const settings = (...names: string[]) => `<ConfigurationSettings>${names.map((name) => `<Setting name="${name}" value="1" />`).join('')}</ConfigurationSettings>`;
const declared = (...names: string[]) => `<ConfigurationSettings>${names.map((name) => `<Setting name="${name}" />`).join('')}</ConfigurationSettings>`;
const imports = (...names: string[]) => `<Imports>${names.map((name) => `<Import moduleName="${name}" />`).join('')}</Imports>`;
const web = (inner = '') => `<WebRole name="Web" vmsize="Standard_A2_v2">${inner}</WebRole>`;

/** What one rule says of a file: the message and the line's role, and the paths of the related places. */
function told(rule: string, content: string, options: LintOptions = {}): { message: string; role: unknown; related: string[] }[] {
  const [first] = lintText(content, options).files;
  return (first?.findings ?? [])
    .filter(({ ruleId }) => ruleId === rule)
    .map(({ messageId, data, related }) => ({ message: messageId, role: data['role'], related: related.map(({ location }) => location.path) }));
}

interface Record {
  readonly created?: string;
  readonly expires?: string;
}

const record = (name: string, version: string, thumbprint: string, attributes: Record) => ({
  id: `https://shop-kv.vault.azure.net/certificates/${name}/${version.repeat(32)}`,
  name,
  x509ThumbprintHex: thumbprint,
  attributes: { enabled: true, ...attributes },
});
const versions = JSON.stringify([
  record('tls', 'a', OLD, { created: '2025-11-02T09:00:00+00:00' }),
  record('tls', 'b', NEW, { created: '2026-11-02T09:00:00+00:00' }),
]);

describe('a certificate that was renewed', () => {
  const two = wrap(role('Web', tls(NEW)) + role('Api', tls(OLD)));

  it('is told of at the role that was forgotten, in whichever order', () => {
    expect(told(RULE, two, { vault: versions })).toMatchObject([{ message: 'older', role: 'Api' }]);
    expect(told(RULE, wrap(role('Api', tls(OLD)) + role('Web', tls(NEW))), { vault: versions })).toMatchObject([{ message: 'older', role: 'Api' }]);
  });

  it('is told of in the file that was forgotten, and in no other', () => {
    const sibling = (thumbprint: string) => ({ 'ServiceConfiguration.Test.cscfg': wrap(role('Web', tls(thumbprint))) });
    const [finding] = told(RULE, wrap(role('Web', tls(OLD))), { vault: versions, siblings: sibling(NEW) });
    expect(finding).toEqual({ message: 'older', role: 'Web', related: ['ServiceConfiguration.Test.cscfg', 'vault.json', 'vault.json'] });
    expect(told(RULE, wrap(role('Web', tls(NEW))), { vault: versions, siblings: sibling(OLD) })).toEqual([]);
  });

  it('is told of once where nobody knows which version is newer', () => {
    const vault = JSON.stringify([record('tls', 'a', OLD, {}), record('tls', 'b', NEW, {})]);
    expect(told(RULE, two, { vault })).toMatchObject([{ message: 'versions', role: 'Api' }]);
    const sibling = { 'ServiceConfiguration.Test.cscfg': wrap(role('Web', tls(NEW))) };
    expect(told(RULE, wrap(role('Web', tls(OLD))), { vault, siblings: sibling })).toEqual([]);
    expect(told(RULE, wrap(role('Web', tls(OLD))), { vault, siblings: sibling, path: 'ServiceConfiguration.Tests.cscfg' })).toMatchObject([{ message: 'versions' }]);
  });

  it('is not told of where another environment has another one under that name', () => {
    const vault = JSON.stringify([record('tls', 'a', OLD, { expires: '2026-01-01T00:00:00+00:00' })]);
    expect(told(RULE, wrap(role('Web', tls(OLD))), { vault, siblings: { 'ServiceConfiguration.Test.cscfg': wrap(role('Web', tls(NEW))) } })).toEqual([]);
  });

  it('is told of where the other one has expired', () => {
    const vault = JSON.stringify([record('tls', 'a', OLD, { expires: '2026-12-31T00:00:00+00:00' }), record('tls-2', 'b', NEW, { expires: '2027-12-31T00:00:00+00:00' })]);
    expect(told(RULE, two, { vault })).toMatchObject([{ message: 'expired', role: 'Api' }]);
    const both = vault.replace('2027-12-31', '2026-12-30');
    expect(told(RULE, two, { vault: both })).toEqual([]);
  });

  it('is left to the rule that finds it nowhere', () => {
    const osProfile = JSON.stringify([{ sourceVault: { id: '/x/vaults/shop-kv' }, vaultCertificates: [{ certificateUrl: `https://shop-kv.vault.azure.net/secrets/tls/${'b'.repeat(32)}` }] }]);
    expect(idsOf(lintText(two, { vault: versions, osProfile }))).toEqual(['os-profile-missing-certificate']);
  });

  it('may differ without a sign', () => {
    const other = JSON.stringify([record('tls', 'a', OLD, {}), record('api', 'b', NEW, {})]);
    expect(told(RULE, two, { vault: other })).toEqual([]);
    expect(told(RULE, two)).toEqual([]);
    expect(told(RULE, wrap(role('Web', tls(NEW)) + role('Api', tls(EXAMPLE_LEAF))), { certificates: EXAMPLE_CHAIN })).toEqual([]);
  });

  it('has one thumbprint under two names', () => {
    expect(told(RULE, wrap(role('Web', tls(NEW)) + role('Api', tls(OLD, 'Api'))), { vault: versions })).toEqual([]);
  });
});

describe('a role', () => {
  it('that the service definition lacks is not compared further', () => {
    const content = wrap(role('Mail', settings('Queue', 'Microsoft.WindowsAzure.Plugins.RemoteAccess.Enabled') + tls(NEW)) + role('Web'));
    expect(idsOf(lintText(content, { csdef: web() }))).toEqual(['role-not-defined']);
  });

  it('that is there twice is compared once', () => {
    expect(idsOf(lintText(wrap(role('Web', settings('Queue')) + role('web', settings('Topic'))), { csdef: web(declared('Queue')) }))).toEqual(['role-duplicate']);
  });

  it('is not judged where a name of the service definition is a placeholder', () => {
    expect(idsOf(lintText(wrap(role('Web', settings('Queue'))), { csdef: web(declared('__Queue__')) }))).toEqual(['unresolved-placeholder']);
  });

  it('has one finding for a typo', () => {
    const content = wrap(role('Web', settings('QueueNmae') + tls(NEW, 'ShopTsl')));
    const csdef = web(declared('QueueName') + '<Certificates><Certificate name="ShopTls" storeLocation="LocalMachine" storeName="My" /></Certificates>');
    expect(idsOf(lintText(content, { csdef }))).toEqual(['setting-not-declared', 'certificate-not-declared']);
  });

  it('is not judged at its end in a file that is not well-formed', () => {
    const report = lintText(wrap(role('Web', settings('Queue'))).replace('</ServiceConfiguration>', '<'), { csdef: web() });
    expect(report.skipped.filter(({ reason }) => reason === 'not-well-formed').flatMap(({ rules }) => rules)).toContain('setting-not-declared');
  });
});

describe('the names of plugins', () => {
  const defined = (csdef: string) => {
    const [first] = readDefinition({ ok: true, source: new SourceFile('x.csdef', wrapDefinition(csdef)) })?.roles ?? [];
    if (first === undefined) throw new Error('there is no role');
    return first;
  };
  const PREFIX = 'microsoft.windowsazure.plugins.';

  it('are those that an Import brings along', () => {
    const plain = defined(web());
    const importing = defined(web(imports('REMOTEACCESS')));
    expect([plain, importing].map((one) => hasSetting(one, `${PREFIX}RemoteAccess.enabled`))).toEqual([false, true]);
    expect([plain, importing].map((one) => hasCertificate(one, `${PREFIX}RemoteAccess.PasswordEncryption`))).toEqual([false, true]);
    expect(hasSetting(importing, `${PREFIX}RemoteAccess.Enable`)).toBe(false);
  });

  it('are not known of a module that is not known, or that differs between versions', () => {
    const role = defined(web(imports('Startup', 'Caching')));
    const names = [`${PREFIX}Startup.Mode`, 'Contoso.Startup.Mode', `${PREFIX}Caching.Anything`, `${PREFIX}RemoteDebugger.Port`, 'Startups.Mode', `${PREFIX}Connect.Refresh`];
    expect(names.map((name) => hasSetting(role, name))).toEqual([true, true, true, true, false, false]);
  });

  it('are nobody’s business for the emulator', () => {
    const content = wrap(role('Web', settings('Microsoft.WindowsAzure.Plugins.RemoteAccess.Enabled')));
    expect(idsOf(lintText(content, { csdef: web(), target: 'emulator' }))).toEqual([]);
    expect(idsOf(lintText(content, { csdef: web() }))).toEqual(['plugin-settings-leftover']);
  });

  it('have one finding in a file, however many roles use the plugin', () => {
    const one = (name: string) => role(name, settings('Microsoft.WindowsAzure.Plugins.RemoteForwarder.Enabled'));
    expect(idsOf(lintText(wrap(one('Web') + one('Api'))))).toEqual(['plugin-remote-desktop']);
  });
});

describe('removeElements', () => {
  const remove = (text: string, ...names: string[]) => {
    const spans = names.map((name) => ({ start: text.indexOf(`<${name}/>`), end: text.indexOf(`<${name}/>`) + name.length + 3 }));
    const edits = removeElements(text, spans);
    return edits === null ? text : applyFixes(text, [{ title: '', safety: 'unsafe', path: '', edits }]).text;
  };

  it('takes lines whole, and neighbours on a line together', () => {
    expect(remove('<r>\n  <a/>\n  <b/>\n  <c/>\n</r>', 'a', 'b')).toBe('<r>\n  <c/>\n</r>');
    expect(remove('<r>\r\n  <a/> <b/>\r\n  <c/>\r\n</r>', 'b', 'a')).toBe('<r>\r\n  <c/>\r\n</r>');
    expect(remove('<r>\n  <a/> <b/> <c/>\n</r>', 'a', 'b')).toBe('<r>\n  <c/>\n</r>');
    expect(remove('<r><a/> <b/><c/></r>', 'a', 'c')).toBe('<r> <b/></r>');
    expect(remove('<r/>')).toBe('<r/>');
  });
});

describe('roles that stand in a file twice', () => {
  const entry = (role: string, thumbprint: string) => `<Role name="${role}"><Instances count="2" />${tls(thumbprint)}</Role>`;

  it('count once where thumbprints are compared, in whatever letter case and order', () => {
    for (const again of ['Web', 'web']) expect(told(RULE, wrap(entry('Web', OLD) + entry('Api', OLD) + entry('Jobs', OLD) + entry(again, NEW)))).toEqual([]);
  });

  it('hide no address of a role that is not there', () => {
    const address = (name: string) => `<InstanceAddress roleName="${name}"><Subnets><Subnet name="s" /></Subnets></InstanceAddress>`;
    const text = wrap(`${role('Web')}${role('Web')}<NetworkConfiguration><VirtualNetworkSite name="vnet" /><AddressAssignments>${address('Web')}${address('Worker')}</AddressAssignments></NetworkConfiguration>`);
    expect(idsOf(lintText(text))).toContain('instance-address-unknown-role');
  });
});

describe('environments without a service definition', () => {
  const role = (name: string, certificates: readonly string[] = []) =>
    `<Role name="${name}"><Instances count="2" /><Certificates>${certificates.map((one) => `<Certificate name="${one}" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />`).join('')}</Certificates></Role>`;
  const told = (path: string, own: string, other: string) =>
    lintText(wrap(own), { path, siblings: { 'M.cscfg': wrap(other) } }).files.flatMap(({ findings }) => findings.flatMap(({ ruleId, messageId }) => (ruleId === 'environment-parity' ? [messageId] : [])));

  it('tell of a name that differs once: where the path comes later', () => {
    expect(told('N.cscfg', role('Shop'), role('Shpo'))).toEqual(['renamed-role']);
    expect(told('A.cscfg', role('Shop'), role('Shpo'))).toEqual([]);
    expect(told('N.cscfg', role('Shop', ['Signing']), role('Shop', ['Singing']))).toEqual(['renamed-certificate']);
    expect(told('A.cscfg', role('Shop', ['Signing']), role('Shop', ['Singing']))).toEqual([]);
  });

  it('miss nothing that a placeholder may turn into', () => {
    expect(told('A.cscfg', role('__Role__'), role('Shop'))).toEqual([]);
    expect(told('A.cscfg', role('Shop', ['__Tls__']), role('Shop', ['Signing']))).toEqual([]);
    expect(told('A.cscfg', role('Shop'), role('Shop') + role('Worker'))).toEqual(['role']);
  });
});

describe('what may have been renamed on one side', () => {
  const declares = (...names: string[]) => `<Certificates>${names.map((name) => `<Certificate name="${name}" storeLocation="LocalMachine" storeName="My" />`).join('')}</Certificates>`;
  const other = '<WorkerRole name="Mailer" vmsize="Standard_A2_v2" />';
  const messages = (content: string, csdef: string) => lintText(wrap(content), { csdef }).files.flatMap(({ findings }) => findings.map(({ ruleId, messageId }) => `${ruleId} ${messageId}`));

  it.each([
    ['a role', role('Web'), other, ['role-not-configured absent', 'role-not-defined lone']],
    ['a certificate', role('Web', tls(NEW)), web(declares('Storefront')), ['certificate-not-configured absent', 'certificate-not-declared lone']],
    ['a role with a blank behind its name', role('Web\u00A0'), web(), ['role-not-defined blank']],
    ['a certificate with a blank before its name', role('Web', tls(NEW, ' Tls')), web(declares('Tls')), ['certificate-not-declared blank']],
    ['a role with a blank where the service definition is not clear', role('Web '), web() + web(), ['role-name-format blank']],
    ['a certificate with a blank in a role that is not defined', role('Api', tls(NEW, ' Tls')), web() + other, ['certificate-name-format blank', 'role-not-configured absent', 'role-not-configured absent', 'role-not-defined absent']],
    ['a role beside one whose name is filled in later', role('Web') + role('__Role__'), other, ['role-not-defined absent']],
    ['two roles', role('Web') + role('Api'), other + other.replace('Mailer', 'Importer'), ['role-not-configured absent', 'role-not-configured absent', 'role-not-defined absent', 'role-not-defined absent']],
    ['a certificate beside those of plugins', role('Web', tls(NEW)), web(imports('RemoteAccess') + declares()), ['certificate-not-declared absent']],
  ])('is said of %s, and nothing is left out for it', (_, content, csdef, expected) => {
    expect(messages(content, csdef).filter((one) => /^(?:role|certificate)-/.test(one)).sort()).toEqual(expected);
  });
});
