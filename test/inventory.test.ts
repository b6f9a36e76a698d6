// What evidence says about a thumbprint, where it is not simply yes or no.

import { describe, expect, it } from 'vitest';
import type { Verdict } from '../src/core/verdict.js';
import { createInventory } from '../src/evidence/inventory.js';
import { EXAMPLE_CHAIN, EXAMPLE_ISSUER, EXAMPLE_LEAF } from '../src/core/example-certificates.js';
import { evidenceOf, type EvidenceTexts } from './support/lint.js';

const A = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
const B = '8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B';
const V1 = '0a9b8c7d6e5f40312233445566778899';
const V2 = '5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7';
const HOST = 'https://shop-kv.vault.azure.net';

interface Item {
  readonly name?: string;
  readonly version?: string | null;
  readonly thumbprint: string | null;
  readonly created?: string;
  readonly host?: string;
}

const vault = (...items: Item[]) =>
  JSON.stringify(
    items.map(({ name = 'tls', version = V1, thumbprint, created = '2026-01-01T00:00:00Z', host = HOST }) => ({
      id: `${host}/certificates/${name}${version === null ? '' : `/${version}`}`,
      name,
      x509ThumbprintHex: thumbprint,
      attributes: { enabled: true, created },
    })),
  );
/** Each URL is in a group of its own vault. */
const profile = (...urls: string[]) =>
  JSON.stringify(urls.map((url) => ({ sourceVault: { id: `/x/vaults/${/^https:\/\/([\w-]+)\./.exec(url)?.[1] ?? 'shop-kv'}` }, vaultCertificates: [{ certificateUrl: url }] })));
const template = (url: string) =>
  JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    parameters: { version: { type: 'string' }, host: { type: 'string' } },
    resources: [{ type: 'Microsoft.Compute/cloudServices', name: 'shop', properties: { osProfile: { secrets: JSON.parse(profile(url)) as unknown } } }],
  });

function judge(thumbprint: string, texts: EvidenceTexts): Verdict {
  return createInventory(evidenceOf(texts).evidence).judge(thumbprint);
}

function causeOf(thumbprint: string, texts: EvidenceTexts) {
  const verdict = judge(thumbprint, texts);
  expect(verdict.kind).toBe('not-in-os-profile');
  return verdict.kind === 'not-in-os-profile' ? verdict.cause : null;
}

function doubtsOf(thumbprint: string, texts: EvidenceTexts) {
  const verdict = judge(thumbprint, texts);
  expect(verdict.kind).toBe('unverified');
  return verdict.kind === 'unverified' ? verdict.doubts.map(({ kind }) => kind) : [];
}

describe('with an export and an osProfile', () => {
  it('spelling does not matter: case, port, trailing slash', () => {
    const url = `${HOST.toUpperCase()}:443/SECRETS/TLS/${V1.toUpperCase()}/`;
    expect(judge(A.toLowerCase(), { vault: vault({ thumbprint: A.toLowerCase() }), osProfile: profile(url) })).toEqual({ kind: 'present' });
  });

  it('any of several records with the thumbprint will do', () => {
    const texts = { vault: vault({ thumbprint: A, name: 'other' }, { thumbprint: A }), osProfile: profile(`${HOST}/secrets/tls/${V1}`) };
    expect(judge(A, texts).kind).toBe('present');
  });

  it('the name of the vault counts: the same name and version elsewhere is another secret', () => {
    const texts = { vault: vault({ thumbprint: A }, { thumbprint: B, name: 'x', host: 'https://other-kv.vault.azure.net' }), osProfile: profile(`https://other-kv.vault.azure.net/secrets/tls/${V1}`) };
    expect(causeOf(A, texts)).toMatchObject({ kind: 'not-listed' });
  });

  it('a URL under the sourceVault of the record, but in another vault, is the wrong one', () => {
    const osProfile = JSON.stringify([{ sourceVault: { id: '/x/vaults/Shop-KV' }, vaultCertificates: [{ certificateUrl: `https://shopkv.vault.azure.net/secrets/tls/${V1}` }] }]);
    expect(judge(A, { vault: vault({ thumbprint: A }), osProfile })).toMatchObject({ kind: 'wrong-url', problem: 'other-vault' });
    expect(judge(A, { vault: vault({ thumbprint: A, name: 'x' }), osProfile })).toMatchObject({ kind: 'unverified' });
  });

  it.each([
    ['older', '2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['newer', '2026-01-01T00:00:00Z', '2025-01-01T00:00:00Z'],
    ['unknown', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
  ])('tells that it is an %s version than the listed one', (age, created, other) => {
    const texts = { vault: vault({ thumbprint: A, created }, { thumbprint: B, version: V2, created: other }), osProfile: profile(`${HOST}/secrets/tls/${V2}`) };
    expect(causeOf(A, texts)).toMatchObject({ kind: 'other-version', age, other: { version: V2 } });
  });

  it('tells that the listed version is another one, though no export has that', () => {
    const texts = { vault: vault({ thumbprint: A }), osProfile: profile(`${HOST}/secrets/tls/${V2}`) };
    expect(causeOf(A, texts)).toMatchObject({ kind: 'unknown-version', near: null });
  });

  it('tells that the listed version differs in one or two digits from a known one', () => {
    const change = (version: string, ...indices: number[]) => Array.from(version, (digit, index) => (indices.includes(index) ? (digit === '0' ? '1' : '0') : digit)).join('');
    const listing = (version: string) => ({ vault: vault({ thumbprint: A }, { thumbprint: B, version: V2 }, { thumbprint: B, name: 'x', version: change(V1, 9) }), osProfile: profile(`${HOST}/secrets/tls/${version}`) });
    expect(causeOf(A, listing(change(V1, 3)))).toMatchObject({ kind: 'unknown-version', near: { version: V1, indices: [3] } });
    expect(causeOf(A, listing(change(V1, 3, 31).toUpperCase()))).toMatchObject({ near: { version: V1, indices: [3, 31] } });
    expect(causeOf(A, listing(change(V2, 0)))).toMatchObject({ near: { version: V2, indices: [0] } });
    expect(causeOf(A, listing(change(V1, 3, 4, 5)))).toMatchObject({ near: null });
    // A version of another certificate is no version of this one.
    expect(causeOf(A, listing(change(V1, 9)))).toMatchObject({ near: { version: V1 } });
  });

  it.each([
    [`/certificates/tls/${V1}`, 'certificate'],
    [`/keys/tls/${V1}`, 'key'],
    ['/certificates/tls', 'certificate'],
    ['/secrets/TLS/', 'unversioned'],
    [`/certificates/tls/${V2}`, 'certificate'],
    ['/secrets/tls/current', 'misshapen-version'],
  ])('tells that osProfile lists it by the wrong URL, %s', (path, problem) => {
    expect(judge(A, { vault: vault({ thumbprint: A }), osProfile: profile(HOST + path) })).toMatchObject({ kind: 'wrong-url', problem, listed: { url: HOST + path } });
    expect(causeOf(A, { vault: vault({ thumbprint: A }), osProfile: profile(HOST + path.replace(/tls/i, 'other')) })).toMatchObject({ kind: 'not-listed' });
    expect(judge(A, { vault: vault({ thumbprint: A }), osProfile: profile(HOST + path, `${HOST}/secrets/tls/${V1}`) }).kind).toBe('present');
  });

  it('prefers the wrong URL of the very version to another version, and that to any wrong URL', () => {
    const texts = (path: string) => ({ vault: vault({ thumbprint: A }, { thumbprint: B, version: V2 }), osProfile: profile(`${HOST}/secrets/tls/${V2}`, HOST + path) });
    expect(judge(A, texts(`/certificates/tls/${V1}`))).toMatchObject({ kind: 'wrong-url' });
    expect(causeOf(A, texts(`/certificates/tls/${V2}`))).toMatchObject({ kind: 'other-version' });
  });

  it('does not know which version a list without versions shows', () => {
    expect(doubtsOf(A, { vault: vault({ thumbprint: A, version: null }), osProfile: profile(`${HOST}/secrets/tls/${V1}`) })).toEqual(['version-unknown']);
    expect(causeOf(A, { vault: vault({ thumbprint: A, version: null }, { thumbprint: B, name: 'x' }), osProfile: profile(`${HOST}/secrets/x/${V1}`) })).toMatchObject({ kind: 'not-listed' });
    const explained = { vault: vault({ thumbprint: A, version: null }, { thumbprint: B, version: V2 }), osProfile: profile(`${HOST}/secrets/tls/${V2}`) };
    expect(causeOf(A, explained)).toMatchObject({ kind: 'other-version', age: 'newer' });
  });

  it('does not know what is in a vault of which there is no export', () => {
    const texts = { vault: vault({ thumbprint: A }), osProfile: profile(`https://other-kv.vault.azure.net/secrets/tls/${V1}`) };
    expect(doubtsOf(A, texts)).toEqual(['uncovered-vault']);
    expect(doubtsOf(B, texts)).toEqual(['uncovered-vault']);
  });

  it('does not know what an expression hides, as far as it may hide it', () => {
    const may = template("[concat('https://shop-kv.vault.azure.net/secrets/tls/', parameters('version'))]");
    expect(doubtsOf(A, { vault: vault({ thumbprint: A }), osProfile: may })).toEqual(['expression']);
    expect(doubtsOf(B, { vault: vault({ thumbprint: A }), osProfile: may })).toEqual(['expression']);
    const cannot = template("[concat('https://shop-kv.vault.azure.net/secrets/other/', parameters('version'))]");
    expect(causeOf(A, { vault: vault({ thumbprint: A }), osProfile: cannot })).toMatchObject({ kind: 'not-listed' });
    const whole = template("[parameters('host')]");
    expect(doubtsOf(A, { vault: vault({ thumbprint: A }), osProfile: whole })).toEqual(['expression']);
  });

  it('takes a placeholder in a URL for an expression', () => {
    for (const url of [`${HOST}/secrets/tls/#{Version}`, `https://{keyvault-name}.vault.azure.net/secrets/tls/${V1}`, `${HOST}/secrets/<name>/${V1}`]) {
      expect(doubtsOf(B, { vault: vault({ thumbprint: A }), osProfile: profile(url) })).toEqual(['expression']);
    }
  });

  it('knows that nothing is in an empty osProfile, however little the export says', () => {
    const cut = JSON.stringify({ value: JSON.parse(vault({ thumbprint: A })) as unknown, nextLink: 'https://next' });
    expect(causeOf(B, { vault: cut, osProfile: '[]' })).toMatchObject({ kind: 'nowhere' });
  });
});

describe('causes, in their order', () => {
  const osProfile = '[]';

  it('an issuer in a bundle, before that it is local', () => {
    expect(causeOf(EXAMPLE_ISSUER, { vault: vault({ thumbprint: A }), osProfile, certificates: EXAMPLE_CHAIN })).toMatchObject({ kind: 'issuer', leaf: { thumbprint: EXAMPLE_LEAF } });
  });

  it('one or two digits that differ, never three', () => {
    const change = (digits: string, ...indices: number[]) => Array.from(digits, (digit, index) => (indices.includes(index) ? (digit === '0' ? '1' : '0') : digit)).join('');
    expect(causeOf(change(A, 0), { vault: vault({ thumbprint: A }), osProfile })).toMatchObject({ kind: 'near', indices: [0], holder: { thumbprint: A } });
    expect(causeOf(change(A, 5, 39), { vault: vault({ thumbprint: A }), osProfile })).toMatchObject({ kind: 'near', indices: [5, 39] });
    expect(causeOf(change(A, 5, 6, 39), { vault: vault({ thumbprint: A }), osProfile })).toMatchObject({ kind: 'nowhere' });
    expect(causeOf(change(EXAMPLE_LEAF, 3), { vault: vault({ thumbprint: A }), osProfile, certificates: EXAMPLE_CHAIN })).toMatchObject({ kind: 'near', holder: { name: 'CN=shop.example in certificates.pem' } });
  });

  it('an older version, where the exports may not hold those', () => {
    const nowhere = (...items: Item[]) => causeOf(B, { vault: vault(...items), osProfile });
    // One or several items with versions are a whole list of versions.
    expect(nowhere({ thumbprint: A })).toEqual({ kind: 'nowhere', unseen: null });
    expect(nowhere({ thumbprint: A, version: null })).toEqual({ kind: 'nowhere', unseen: { vault: 'shop-kv', name: 'tls' } });
    expect(nowhere({ thumbprint: A, version: null }, { thumbprint: A })).toMatchObject({ unseen: null });
    expect(nowhere({ thumbprint: A, version: null }, { thumbprint: A, version: null, name: 'x' })).toMatchObject({ unseen: { name: null } });
    const show = JSON.stringify({ ...(JSON.parse(vault({ thumbprint: A })) as object[])[0], sid: `${HOST}/secrets/tls/${V1}`, cer: 'bm90IGEgY2VydGlmaWNhdGU=' });
    expect(causeOf(B, { vault: show, osProfile })).toMatchObject({ unseen: { name: 'tls' } });
  });

  it('known locally only, else in the vault, else nowhere', () => {
    expect(causeOf(EXAMPLE_LEAF, { vault: vault({ thumbprint: A }), osProfile, certificates: EXAMPLE_CHAIN })).toMatchObject({ kind: 'local-only' });
    expect(causeOf(A, { vault: vault({ thumbprint: A }), osProfile, certificates: EXAMPLE_CHAIN })).toMatchObject({ kind: 'not-listed' });
    expect(causeOf(B, { vault: vault({ thumbprint: A }), osProfile, certificates: EXAMPLE_CHAIN })).toMatchObject({ kind: 'nowhere' });
    expect(causeOf('0'.repeat(40), { vault: vault({ thumbprint: A }), osProfile })).toMatchObject({ kind: 'dummy' });
  });
});

describe('with an export alone', () => {
  it('a thumbprint that one page of several lacks is unknown', () => {
    const page = JSON.stringify({ value: JSON.parse(vault({ thumbprint: A })) as unknown, nextLink: 'https://next' });
    expect(judge(A, { vault: page }).kind).toBe('present');
    expect(doubtsOf(B, { vault: page })).toEqual(['incomplete-export']);
    expect(judge(B, { vault: vault({ thumbprint: A }) }).kind).toBe('not-in-vault');
  });

  it('so is one that a record without thumbprint may have', () => {
    expect(doubtsOf(B, { vault: vault({ thumbprint: A }, { thumbprint: null, name: 'x' }) })).toEqual(['incomplete-export']);
  });
});

describe('without an export', () => {
  it('an osProfile alone tells nothing of a thumbprint', () => {
    expect(judge(A, { osProfile: profile(`${HOST}/secrets/tls/${V1}`), certificates: EXAMPLE_CHAIN })).toEqual({ kind: 'not-compared' });
  });
});
