// Rules about sources of an osProfile: where they speak, and where they are silent.

import { describe, expect, it } from 'vitest';
import { idsOf, lintText, type EvidenceTexts } from './support/lint.js';
import { wrap } from './support/texts.js';

const A = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
const B = '8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B';
const [V1, V2, V3] = ['0a9b8c7d6e5f40312233445566778899', '5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7', '9c82a30b4d5e6f708192a3b4c5d6e7f8'] as const;
const secret = (name: string, version: string, vault = 'shop-kv') => `https://${vault}.vault.azure.net/secrets/${name}/${version}`;
const record = (name: string, version: string, thumbprint: string, created = '2026-01-01T00:00:00+00:00') => ({ id: secret(name, version).replace('secrets', 'certificates'), x509ThumbprintHex: thumbprint, attributes: { enabled: true, created } });
const groups = (...urls: string[]) => [{ sourceVault: { id: '/x/vaults/shop-kv' }, vaultCertificates: urls.map((certificateUrl) => ({ certificateUrl })) }];
const role = (thumbprint = A) => wrap(`<Certificate name="Tls" thumbprint="${thumbprint}" thumbprintAlgorithm="sha1" />`);
const json = (value: unknown) => JSON.stringify(value);
const found = (content: string, evidence: EvidenceTexts) => idsOf(lintText(content, evidence));

/** What the only finding says, and where it stands. */
function only(content: string, evidence: EvidenceTexts) {
  const findings = lintText(content, evidence).files.flatMap((file) => file.findings);
  expect(findings).toHaveLength(1);
  return findings[0]!;
}

describe('URLs of secrets', () => {
  it.each([
    [secret('tls', V1).replace('secrets', 'certificates'), 'certificate'],
    [secret('tls', V1).replace('secrets', 'keys'), 'key'],
    [secret('tls', '').slice(0, -1), 'unversioned'],
    [secret('tls', V1.slice(1)), 'misshapen-version'],
    [secret('tls', V1).replace('https', 'http'), 'http'],
    [secret('tls', V1).replace('vault.', 'managedhsm.'), 'managed-hsm'],
    [secret('tls', V1).replace('vault.', 'privatelink.vaultcore.'), 'private-link'],
    [secret('tls', V1).replace('https:', ''), 'no-scheme'],
    ['https', 'no-url'],
  ])('%s is refused, with the vault export and without', (url, messageId) => {
    expect(only(role(), { osProfile: json(groups(url)) })).toMatchObject({ ruleId: 'secret-url-format', messageId, location: { path: 'os-profile.json' } });
    expect(found(role(), { osProfile: json(groups(url)), vault: json([record('tls', V1, A)]) })).toContain('secret-url-format');
  });

  it('names the entry that needs it, and the URL that the export has', () => {
    const finding = only(role(), { osProfile: json(groups(secret('tls', V1).replace('secrets', 'certificates'))), vault: json([record('tls', V1, A)]) });
    expect(finding.data).toMatchObject({ right: secret('tls', V1), uses: [{ role: 'Web', certificate: 'Tls' }] });
  });

  it.each([secret('tls', V1), secret('TLS', V1.toUpperCase()), secret('tls', V1).replace('.net/', '.net:443/'), secret('tls', V1).replace('azure.net', 'contoso.internal'), 'https://{vault}.vault.azure.net/secrets/tls/<version>', secret('tls', '#{version}#')])(
    '%s is none of its business',
    (url) => expect(found(role(), { osProfile: json(groups(url)) })).toEqual([]),
  );

  it('never shows what follows a question mark', () => {
    expect(JSON.stringify(lintText(role(), { osProfile: json(groups('https://x/y?sig=hidden')) }))).not.toContain('hidden');
  });

  it('takes the sourceVault without regard to case, and speaks once where the vault is another', () => {
    const osProfile = json([{ ...groups(secret('tls', V1, 'shopkv'))[0], sourceVault: { id: '/x/vaults/Shop-KV' } }]);
    expect(found(role(), { osProfile, vault: json([record('tls', V1, A)]) })).toEqual(['secret-url-vault-mismatch']);
    expect(found(role(), { osProfile: osProfile.replace('shopkv', 'shop-kv'), vault: json([record('tls', V1, A)]) })).toEqual([]);
  });
});

describe('URLs and a vault export', () => {
  const versions = [record('tls', V1, A), record('tls', V2, B, '2026-06-01T00:00:00+00:00')];

  it('speaks of a newer version where thumbprint and URL agree', () => {
    expect(only(role(), { osProfile: json(groups(secret('tls', V1))), vault: json(versions) })).toMatchObject({ ruleId: 'secret-version-stale', data: { thumbprint: B, uses: [{ role: 'Web', certificate: 'Tls' }] } });
    const off = [versions[0], { ...versions[1], attributes: { enabled: false, created: '2026-06-01T00:00:00+00:00' } }];
    expect(found(role(), { osProfile: json(groups(secret('tls', V1))), vault: json(off) })).toEqual([]);
  });

  it('leaves a version that nobody has to the entry that needs it', () => {
    expect(found(role(), { osProfile: json(groups(secret('tls', V3))), vault: json(versions) })).toEqual(['os-profile-missing-certificate']);
    const twoNames = [...versions, record('api', V3, 'E4A0B7C3D2F1908675645342312AFBECD0192837')];
    expect(found(wrap('<Role name="Web"><Instances count="1" /></Role>'), { osProfile: json(groups(secret('tls', V3))), vault: json(twoNames) })).toEqual(['secret-url-unknown']);
  });

  it('says nothing of a version where the export need not have them all', () => {
    expect(found(wrap('<Role name="Web"><Instances count="1" /></Role>'), { osProfile: json(groups(secret('tls', V3))), vault: json([{ ...versions[0], id: secret('tls', '').replace('secrets', 'certificates').slice(0, -1) }]) })).toEqual([]);
  });

  it('speaks of what nobody names, unless something is missing or in doubt', () => {
    const vault = json([record('tls', V1, A), record('api', V2, B)]);
    const osProfile = json(groups(secret('tls', V1), secret('api', V2)));
    expect(found(role(), { osProfile, vault })).toEqual(['os-profile-unused-certificate']);
    expect(found(role('__Tls__'), { osProfile, vault })).toEqual(['unresolved-placeholder']);
    expect(found(role(A.slice(1)), { osProfile, vault })).toEqual(['thumbprint-length']);
    expect(found(role().replaceAll('Certificates>', 'certificates>'), { osProfile, vault })).toEqual(['schema-unknown-element']);
    const csdef = '<WebRole name="Web" vmsize="Standard_A2_v2"><Certificates><Certificate name="Tls" storeLocation="LocalMachine" storeName="My" /><Certificate name="Api" storeLocation="LocalMachine" storeName="My" /></Certificates></WebRole>';
    expect(found(role(), { osProfile, vault, csdef })).toEqual(['certificate-not-configured']);
    const report = lintText(role(), { osProfile, vault, siblings: { 'ServiceConfiguration.Test.cscfg': role(B) } });
    expect(idsOf(report)).not.toContain('os-profile-unused-certificate');
  });
});

describe('a certificate of a vault that osProfile lists nothing of', () => {
  const inVault = (name: string) => ({ ...record('tls', V1, A), id: secret('tls', V1, name).replace('secrets', 'certificates') });
  const missing = (content: string, options: Parameters<typeof lintText>[1]) =>
    lintText(content, options).files.flatMap(({ findings }) => findings.filter(({ ruleId }) => ruleId === 'os-profile-missing-certificate').map(({ messageId, data, related }) => [messageId, data['vault'], related.filter(({ note }) => note.startsWith('another')).map(({ location }) => location.path)]));

  it('may be that of another environment, which is pointed at', () => {
    const options = { osProfile: json(groups(secret('api', V2))), vault: json([inVault('test-kv'), record('api', V2, B)]) };
    expect(missing(role(), options)).toEqual([['other-vault', 'test-kv', []]]);
    expect(missing(role(), { ...options, siblings: { 'ServiceConfiguration.Test.cscfg': role() } })).toEqual([['other-vault', 'test-kv', ['ServiceConfiguration.Test.cscfg']]]);
  });

  it('is looked for in the vaults that it lists first, in whichever order the exports come', () => {
    for (const records of [[inVault('test-kv'), inVault('shop-kv')], [inVault('shop-kv'), inVault('test-kv')]]) {
      expect(missing(role(), { osProfile: json(groups(secret('api', V2))), vault: json([...records, record('api', V2, B)]) })).toEqual([['not-listed', 'shop-kv', []]]);
    }
  });

  it('is not, where there is a group for the vault, or nothing is listed at all', () => {
    const vault = json([inVault('shop-kv')]);
    expect(missing(role(), { osProfile: json(groups()), vault })).toEqual([['not-listed', 'shop-kv', []]]);
    expect(missing(role(), { osProfile: '[]', vault, siblings: { 'ServiceConfiguration.Test.cscfg': role() } })).toEqual([['not-listed', 'shop-kv', []]]);
  });
});

describe('roles of a template', () => {
  const body = (roles: unknown, more: object = {}) => json({ location: 'westeurope', properties: { packageUrl: 'https://x/y', configurationUrl: 'https://x/z', roleProfile: { roles }, ...more } });
  const one = (name: string, capacity: unknown = 2, size = 'Standard_D1_v2') => ({ name, sku: { name: size, tier: 'Standard', capacity } });
  const web = wrap('<Role name="Web"><Instances count="2" /></Role>');

  it('tells a renamed role once', () => {
    expect(only(web, { osProfile: body([one('Frontend')]) })).toMatchObject({ ruleId: 'role-profile-mismatch', messageId: 'role-near' });
  });

  it('is silent where the list, a name or a number is not known, and where there are two services', () => {
    for (const roles of [[], [one('#{Role}#')], [one('Web', '#{Count}#')]]) expect(found(web, { osProfile: body(roles) })).toEqual([]);
    const two = ['a', 'b'].map((name) => ({ type: 'Microsoft.Compute/cloudServices', id: `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/cloudServices/${name}`, name, properties: { roleProfile: { roles: [one('Other')] } } }));
    expect(found(web, { osProfile: json({ value: two }) })).toEqual([]);
  });

  it('leaves a role that the .cscfg and the .csdef do not have alike to the rules about these', () => {
    const csdef = '<WorkerRole name="Web" vmsize="Standard_D1_v2" /><WorkerRole name="Jobs" vmsize="Standard_D1_v2" />';
    expect(found(web, { csdef, osProfile: body([one('Web'), one('Jobs')]) })).toEqual(['role-not-configured']);
  });

  it('lets sizes and counts differ under allowModelOverride, not the roles', () => {
    expect(found(web, { osProfile: body([one('Web', 5, 'Standard_D2_v2')], { allowModelOverride: true }) })).toEqual([]);
    expect(found(web, { osProfile: body([one('Web', 5), one('Jobs')], { allowModelOverride: true }) })).toEqual(['role-profile-mismatch']);
    expect(found(web, { osProfile: body([one('Web', 5)], { allowModelOverride: '__Override__' }) })).toEqual([]);
  });
});
