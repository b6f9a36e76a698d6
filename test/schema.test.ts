// What is remembered of one element must not be told of the next: frames, lists of attributes and names are used again.

import { describe, expect, it } from 'vitest';
import { EXAMPLE_CHAIN, EXAMPLE_LEAF } from '../src/core/example-certificates.js';
import { nodeCrypto } from '../src/cli/crypto.js';
import { readCertificateFile } from '../src/evidence/certificate.js';
import { RULES } from '../src/rules/index.js';
import { fixBytes, idsOf, lintText } from './support/lint.js';
import { wrap, wrapDefinition } from './support/texts.js';

/** How often a rule speaks of a service configuration, or of a service definition alone. */
const told = (rule: string, cscfg: string | null, csdef?: string) => idsOf(lintText(cscfg, csdef === undefined ? {} : { csdef })).filter((id) => id === rule).length;

const attributes = (prefix: string) => Array.from({ length: 20 }, (_, index) => `${prefix}${index}="x"`).join(' ');

describe('one element after the other', () => {
  const role = (inner: string, name = 'Web') => `<Role name="${name}">${inner}</Role>`;
  const one = '<Instances count="1" />';

  it('has its own order', () => {
    const rules = (...inner: string[]) => `<ServiceDefinition name="Shop" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceDefinition"><WebRole name="Web" vmsize="Standard_A2_v2" /><NetworkTrafficRules>${inner.map((part) => `<OnlyAllowTrafficTo>${part}</OnlyAllowTrafficTo>`).join('')}</NetworkTrafficRules></ServiceDefinition>`;
    const [to, from] = ['<Destinations><RoleEndpoint endpointName="a" roleName="Web" /></Destinations>', '<AllowAllTraffic />'];
    expect(told('schema-element-order', null, wrapDefinition(rules(to + from, to + from)))).toBe(0);
    expect(told('schema-element-order', null, wrapDefinition(rules(from + to, to + from)))).toBe(1);
    expect(told('schema-element-order', null, wrapDefinition(rules(to + from, from + to)))).toBe(1);
    expect(told('schema-element-order', null, wrapDefinition(rules(from + to, from + to)))).toBe(2);
  });

  it('has its own counts', () => {
    expect(told('schema-cardinality', wrap(role(one) + role(one, 'Api')))).toBe(0);
    expect(told('schema-cardinality', wrap(role(one + one) + role(one + one, 'Api')))).toBe(2);
  });

  it('is not known by the attributes of one of another kind', () => {
    expect(told('schema-unknown-attribute', wrap(role(`${one}<Certificates count="1" />`)))).toBe(1);
  });

  it('has its own attributes, however many', () => {
    expect(told('xml-well-formed', wrap(role(`<Instances count="1" ${attributes('a')} /><Certificates ${attributes('a')} />`)))).toBe(0);
    expect(told('xml-well-formed', wrap(role(`<Instances count="1" ${attributes('a')} a3="y" />`)))).toBe(1);
    expect(told('xml-well-formed', wrap(role(`<Instances count="1" ${attributes('a')} a19="y" />`)))).toBe(1);
  });
});

describe('what only looks like a blank', () => {
  const nbsp = (attributes = '', before = '') => `${before}<ServiceConfiguration serviceName="Shop" osFamily="7"${attributes} xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration">\u00A0<Role name="Web"><Instances count="1" /></Role></ServiceConfiguration>`;

  it('is found whichever way the text is read', () => {
    for (const text of [nbsp(), nbsp(' xmlns:x="y"'), nbsp('', '<?pi x?>')]) {
      const [finding] = lintText(text).files.flatMap(({ findings }) => findings.filter(({ ruleId }) => ruleId === 'schema-text-content'));
      expect(finding).toMatchObject({ messageId: 'hidden', location: { line: 1, column: text.indexOf('\u00A0') + 1 } });
    }
  });

  it('is pointed at before the root, too', () => {
    const [finding] = lintText(`\u00A0${nbsp()}`).files.flatMap(({ findings }) => findings);
    expect(finding).toMatchObject({ ruleId: 'xml-well-formed', location: { line: 1, column: 1 } });
  });
});

describe('what watches a file', () => {
  const THUMBPRINT = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
  const vault = `[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "${THUMBPRINT}", "attributes": {"enabled": true, "expires": "2020-01-01T00:00:00+00:00"}}]`;
  const osProfile =
    '[{"sourceVault": {"id": "/subscriptions/0/resourceGroups/shop/providers/Microsoft.KeyVault/vaults/shop-kv"}, "vaultCertificates": [{"certificateUrl": "https://shop-kv.vault.azure.net/secrets/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7"}]}]';
  const certificate = (name: string, thumbprint = THUMBPRINT) => wrap(`<Certificate name="${name}" thumbprint="${thumbprint}" thumbprintAlgorithm="sha1" />`);

  it('tells of no certificate in a file without any', () => {
    expect(idsOf(lintText(certificate('Tls'), { vault, osProfile }))).toContain('certificate-expired');
    expect(idsOf(lintText(wrap('<Role name="Web"><Instances count="1" /></Role>'), { vault, osProfile }))).not.toContain('certificate-expired');
  });

  it('compares no password certificate, in any letter case', () => {
    const name = 'Microsoft.WindowsAzure.Plugins.RemoteAccess.PasswordEncryption';
    for (const one of [name, name.toLowerCase()]) expect(idsOf(lintText(certificate(one, '8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B'), { vault, osProfile }))).not.toContain('os-profile-missing-certificate');
  });

  it('hears of misspelt elements that no rule asks for', () => {
    const file = '<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="1" /></Role><NetworkConfiguraton /></ServiceConfiguration>';
    const alone = (text: string) => idsOf(lintText(text, { config: { rules: Object.fromEntries(RULES.filter(({ id }) => id !== 'vnet-required').map(({ id }) => [id, 'off'])) } }));
    expect(alone(file)).toEqual([]);
    expect(alone(file.replace('<NetworkConfiguraton />', ''))).toEqual(['vnet-required']);
  });

  it('knows a certificate by its serial number, of any length, and under any evidence', () => {
    const [serial, others] = ['5712D8800B177C5590779826F3C3F097CA8A456C', { certificates: EXAMPLE_CHAIN }];
    const messages = (thumbprint: string, evidence: object) => lintText(certificate('Tls', thumbprint), evidence).files.flatMap(({ findings }) => findings.map(({ ruleId, messageId, data }) => [ruleId, messageId, data['known'] ?? data['digits']]));
    expect(messages(serial, others)).toEqual([['thumbprint-not-in-pfx', 'serial', EXAMPLE_LEAF]]);
    expect(messages(serial, { ...others, vault })).toEqual([['thumbprint-not-in-vault', 'serial', EXAMPLE_LEAF]]);
    expect(messages(serial, { ...others, vault, osProfile: '[]' })).toContainEqual(['os-profile-missing-certificate', 'serial', EXAMPLE_LEAF]);
    expect(messages(`00${serial}`, others)).toEqual([['thumbprint-length', 'serial', EXAMPLE_LEAF]]);
    // An issuer's, and one that two certificates have.
    expect(messages('7D61FDFCECC14B2D4128DE53C420963253EC992B', others)).toEqual([['thumbprint-not-in-pfx', 'nowhere', undefined]]);
    const [file] = [readCertificateFile('chain.pem', Buffer.from(EXAMPLE_CHAIN), nodeCrypto)];
    const twin = { ...file, path: 'twin.pem', certificates: file.certificates.map((one) => ({ ...one, thumbprint: THUMBPRINT })) };
    expect(messages(serial, { certificateFiles: [file, twin] })).toEqual([['thumbprint-not-in-pfx', 'nowhere', undefined]]);
    expect(messages('0'.repeat(32), others)).toEqual([['thumbprint-length', 'sixteen-bytes', '']]);
  });

  it('gives what was mistyped and is known as a fix that changes what is deployed', () => {
    for (const wrong of [THUMBPRINT.slice(1), `${THUMBPRINT}7`, THUMBPRINT.slice(2), THUMBPRINT.replace('0', 'O')]) {
      const text = certificate('Tls', wrong);
      expect(idsOf(lintText(text, { vault }))).toContain('thumbprint-length');
      expect(fixBytes(text, 'safe', { vault }).toString()).toBe(text);
      expect(fixBytes(text, 'unsafe', { vault }).toString()).toBe(certificate('Tls'));
    }
  });
});
