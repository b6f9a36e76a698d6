// The certificates that a service needs, judged by what the evidence has of them.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../src/cli/crypto.js';
import { EXAMPLE_AES_PFX, EXAMPLE_LEAF, EXAMPLE_LEAF_DER, EXAMPLE_PFX } from '../src/core/example-certificates.js';
import { readPfx } from '../src/evidence/pfx.js';
import { idsOf, lintText, type LintOptions } from './support/lint.js';
import { processorTime } from './support/setup.js';
import { wrap } from './support/texts.js';

const A = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
const B = '8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B';
const V1 = '0a9b8c7d6e5f40312233445566778899';
const V2 = '5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7';
const HOST = 'https://shop-kv.vault.azure.net';

const entry = (thumbprint: string, name = 'Tls') => `<Certificate name="${name}" thumbprint="${thumbprint}" thumbprintAlgorithm="sha1" />`;
const item = (thumbprint: string | null, attributes: object = {}, more: { version?: string | null; name?: string } = {}) => {
  const { version = V1, name = 'tls', ...rest } = more;
  return { id: `${HOST}/certificates/${name}${version === null ? '' : `/${version}`}`, name, x509ThumbprintHex: thumbprint, attributes: { enabled: true, ...attributes }, ...rest };
};
const vault = (...items: object[]) => JSON.stringify(items);
const profile = (...urls: string[]) => JSON.stringify([{ sourceVault: { id: '/x/vaults/shop-kv' }, vaultCertificates: urls.map((path) => ({ certificateUrl: `${HOST}/secrets/${path}` })) }]);
const idsFor = (thumbprint: string, options: LintOptions) => idsOf(lintText(wrap(entry(thumbprint)), options));

describe('only what is needed is judged', () => {
  const expired = item(B, { expires: '2026-01-01T00:00:00Z' }, { version: V2, name: 'other' });

  it('by its thumbprint', () => {
    expect(idsFor(A, { vault: vault(item(A), expired) })).toEqual([]);
    expect(idsFor(B, { vault: vault(item(A), expired) })).toEqual(['certificate-expired']);
  });

  it('or by its secret URL in osProfile', () => {
    const report = lintText(wrap(entry(A)), { vault: vault(item(A), expired), osProfile: profile(`tls/${V1}`, `other/${V2}`) });
    const [finding] = report.files.flatMap(({ findings }) => findings).filter(({ ruleId }) => ruleId === 'certificate-expired');
    expect(finding).toMatchObject({ data: { uses: [] }, location: { path: 'vault.json' }, related: [{ note: 'osProfile lists it here' }] });
  });
});

describe('a finding about a record', () => {
  it('stands in the export once, with everything that needs it', () => {
    const roles = ['Web', 'Api'].map((role) => `<Role name="${role}"><Instances count="2" /><Certificates>${entry(A)}${entry(A, 'Second')}</Certificates></Role>`).join('');
    const { files } = lintText(wrap(roles), { vault: vault(item(A, { enabled: false })) });
    expect(files.at(-1)).toMatchObject({ path: 'vault.json', findings: [{ ruleId: 'certificate-disabled' }] });
    expect(files.at(-1)?.findings).toHaveLength(1);
    expect(files.at(-1)?.findings[0]?.data['uses']).toEqual(['Web', 'Api'].flatMap((role) => [{ role, certificate: 'Tls' }, { role, certificate: 'Second' }]));
  });

  it('of two exports stands in one of them', () => {
    expect(idsFor(A, { vault: `${vault(item(A, { expires: '2026-01-01T00:00:00Z' }))} ${vault(item(A, { expires: '2026-01-01T00:00:00Z' }, { version: null }))}` })).toEqual(['certificate-expired']);
  });
});

describe('dates', () => {
  it.each([
    ['2026-12-31T23:59:59Z', ['certificate-expired']],
    ['2027-01-01T00:00:00Z', ['certificate-expired']],
    ['2027-01-01T00:00:01Z', ['certificate-expiring-soon']],
    ['2027-01-31T00:00:00Z', ['certificate-expiring-soon']],
    ['2027-01-31T00:00:01Z', []],
  ])('until %s', (expires, ids) => {
    expect(idsFor(A, { vault: vault(item(A, { expires })) })).toEqual(ids);
  });

  it('after the end of the service are never soon', () => {
    const config = { rules: { 'certificate-expiring-soon': ['warning', { days: 3650 }] as const } };
    expect(idsFor(A, { config, vault: vault(item(A, { expires: '2027-03-31T23:59:59Z' })) })).toEqual(['certificate-expiring-soon']);
    expect(idsFor(A, { config, vault: vault(item(A, { expires: '2027-04-01T00:00:00Z' })) })).toEqual([]);
  });

  it('that nobody knows are no finding', () => {
    expect(idsFor(A, { vault: vault({ id: `${HOST}/certificates/tls/${V1}`, name: 'tls', x509ThumbprintHex: A }) })).toEqual([]);
  });
});

describe('a version that is switched off', () => {
  const off = item(A, { enabled: false });

  it('speaks for the entries that it explains', () => {
    expect(idsFor(A, { vault: vault(off), osProfile: profile(`tls/${V1}`) })).toEqual(['certificate-disabled']);
    expect(idsFor(A, { vault: vault(off), osProfile: profile() })).toEqual(['certificate-disabled']);
  });

  it('does not matter beside one that is on, unless osProfile chooses it', () => {
    const on = item(A, {}, { name: 'copy', version: V2 });
    expect(idsFor(A, { vault: vault(off, on) })).toEqual([]);
    expect(idsFor(A, { vault: vault(off, on), osProfile: profile(`copy/${V2}`) })).toEqual([]);
    expect(idsFor(A, { vault: vault(off, on), osProfile: profile(`tls/${V1}`) })).toEqual(['certificate-disabled']);
  });
});

describe('a deleted certificate', () => {
  const gone = { ...item(A), deletedDate: '2026-12-01T09:00:00Z' };

  it('speaks for the entries that it explains, listed or not', () => {
    expect(idsFor(A, { vault: vault(gone, item(B, {}, { name: 'x' })), osProfile: profile(`tls/${V1}`) })).toEqual(['certificate-deleted']);
    expect(idsFor(A, { vault: vault(gone, item(B, {}, { name: 'x' })) })).toEqual(['certificate-deleted']);
  });

  it('is no answer where a URL that no export explains may carry it', () => {
    expect(idsFor(A, { vault: vault(gone, item(B, {}, { name: 'x' })), osProfile: profile(`other/${V2}`) })).toEqual(['thumbprint-unverified']);
  });

  it('does not matter where it is live elsewhere', () => {
    expect(idsFor(A, { vault: vault(gone, item(A, {}, { name: 'x' })) })).toEqual([]);
  });
});

describe('an export', () => {
  it('that contradicts itself is told where it is needed, and not elsewhere', () => {
    const wrong = { ...item(A), cer: EXAMPLE_LEAF_DER };
    expect(idsFor(EXAMPLE_LEAF, { vault: vault(wrong) })).toEqual(['vault-export-inconsistent']);
    expect(idsFor(A, { vault: vault(wrong) })).toEqual(['vault-export-inconsistent']);
    expect(idsFor(B, { vault: vault(wrong, item(B, {}, { name: 'x' })) })).toEqual([]);
  });

  it('of one page is told once, whatever it lacks', () => {
    const page = JSON.stringify({ value: [item(A), item(null, {}, { name: 'x' })], nextLink: `${HOST}/certificates?$skiptoken=1` });
    expect(idsFor(A, { vault: page })).toEqual(['vault-export-incomplete']);
  });
});

describe('a .pfx', () => {
  it('without its key is told by the rule about what the vault lacks, where that speaks', () => {
    expect(idsFor(EXAMPLE_LEAF, { pfx: EXAMPLE_PFX })).toEqual(['pfx-no-private-key']);
    expect(idsFor(EXAMPLE_LEAF, { pfx: EXAMPLE_PFX, vault: vault(item(B, { created: '2026-12-01T00:00:00Z' })) })).toEqual(['thumbprint-not-in-vault']);
  });
});

describe('a .pfx encrypted with AES-256 and SHA-256', () => {
  const config = { rules: { 'pfx-encryption': 'warning' } } as const;
  const truth = JSON.parse(readFileSync('fixtures/certificates/truth.json', 'utf8')) as Record<string, { password: string; thumbprints: string[] }>;
  /** Lints roles that name certificates of files of the fixtures. */
  const lintFiles = (thumbprints: readonly string[], ...names: readonly string[]) => {
    const certificates = names.map((name) => readPfx(name, readFileSync(`fixtures/certificates/${name}`), { crypto: nodeCrypto, passwords: [truth[name]!.password] }));
    return lintText(wrap(thumbprints.map((thumbprint, index) => entry(thumbprint, `Tls${index}`)).join('')), { config, certificateFiles: certificates });
  };
  const [SHOP = '', ISSUING = ''] = truth['chain.pfx']!.thumbprints;

  it('is told of only where the rule is on', () => {
    expect(idsFor(EXAMPLE_LEAF, { pfx: EXAMPLE_AES_PFX })).toEqual([]);
    expect(idsFor(EXAMPLE_LEAF, { config, pfx: EXAMPLE_AES_PFX })).toEqual(['pfx-encryption']);
  });

  it.each([
    ['aes-256.pfx', true],
    // Only the certificates of the first and the key of the second are: that is enough.
    ['chain.pfx', true],
    ['pbes2-aes-128-cbc.pfx', true],
    ['pbe-3des.pfx', false],
    ['rc2-40-3des.pfx', false],
    ['certificate-in-clear.pfx', false],
    ['no-mac.pfx', false],
  ])('is what %s is: %s', (name, is) => {
    expect(idsOf(lintFiles([truth[name]!.thumbprints[0]!], name))).toEqual(is ? ['pfx-encryption'] : []);
  });

  it('is told of each such file once, whatever needs it, and of no file that nothing needs', () => {
    const { files } = lintFiles([SHOP, SHOP], 'chain.pfx', 'pbe-3des.pfx', 'mac-md5.pfx', 'aes-256.pfx');
    expect(files.flatMap(({ path, findings }) => findings.map(({ ruleId }) => `${path} ${ruleId}`))).toEqual(['chain.pfx pfx-encryption', 'mac-md5.pfx pfx-encryption']);
    const [finding] = files.find(({ path }) => path === 'chain.pfx')!.findings;
    expect(finding!.data).toMatchObject({ encryption: { mac: 'sha256' }, uses: [{ certificate: 'Tls0' }, { certificate: 'Tls1' }] });
  });

  it('is not told of where only an issuer in it is needed', () => {
    expect(idsOf(lintFiles([ISSUING], 'chain.pfx'))).toEqual(['thumbprint-is-issuer']);
  });

  it('is listed as not looked for where only a vault is given', () => {
    const { skipped } = lintText(wrap(entry(A)), { config, vault: vault(item(A)) });
    expect(skipped.find(({ rules }) => rules.includes('pfx-encryption'))).toMatchObject({ reason: 'evidence', missing: ['pfx'] });
  });
});

describe('an older version', () => {
  const older = item(A, { created: '2025-01-01T00:00:00Z' });
  const newer = item(B, { created: '2026-01-01T00:00:00Z' }, { version: V2 });

  it('is not told where another role names the newer one by the same name', () => {
    const roles = [A, B].map((thumbprint, index) => `<Role name="R${index}"><Instances count="2" /><Certificates>${entry(thumbprint)}</Certificates></Role>`).join('');
    expect(idsFor(A, { vault: vault(older, newer) })).toEqual(['thumbprint-old-version']);
    expect(idsOf(lintText(wrap(roles), { vault: vault(older, newer) }))).toEqual(['certificate-thumbprint-inconsistent']);
  });
});

describe('many certificates', () => {
  it('take no time that grows faster than they do', () => {
    const digits = (index: number) => (index * 2654435761).toString(16).padStart(40, 'c0ffee1234').slice(-40).toUpperCase();
    const at = (count: number) => {
      const items = Array.from({ length: count }, (_, index) => item(digits(index), { expires: '2026-01-01T00:00:00Z' }, { name: `c${index}` }));
      const role = `<Role name="Web"><Instances count="2" /><Certificates>${items.map((_, index) => entry(digits(index), `C${index}`)).join('')}</Certificates></Role>`;
      const [text, evidence] = [wrap(role), { vault: vault(...items), osProfile: profile(...items.map(({ name }) => `${name}/${V1}`)) }];
      return processorTime(() => expect(lintText(text, evidence).summary.warnings).toBe(count));
    };
    at(200);
    const small = at(1000);
    expect(at(8000)).toBeLessThan(Math.max(small, 20) * 40);
  });
});
