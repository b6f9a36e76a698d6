// One mistake, one finding: each kind of thumbprint and each verdict has exactly one rule that speaks for it. An orphan does not compile.

import { describe, expect, it } from 'vitest';
import { EXAMPLE_CHAIN, EXAMPLE_ISSUER, EXAMPLE_LEAF_DER } from '../src/core/example-certificates.js';
import type { ThumbprintKind } from '../src/core/thumbprint.js';
import type { VerdictKind } from '../src/core/verdict.js';
import type { RuleId } from '../src/rules/index.js';
import { idsOf, lintText, type EvidenceTexts } from './support/lint.js';
import { wrap } from './support/texts.js';

const GOOD = '3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7';
const OTHER = '8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B';
const certificate = (thumbprint: string) => wrap(`<Certificate name="Tls" thumbprint="${thumbprint}" thumbprintAlgorithm="sha1" />`);

const THUMBPRINTS = {
  'well-formed': { rule: null, value: GOOD },
  'lower-case': { rule: 'thumbprint-uppercase', value: GOOD.toLowerCase() },
  dummy: { rule: 'thumbprint-placeholder', value: '0'.repeat(40) },
  'pipeline-placeholder': { rule: 'unresolved-placeholder', value: '__Tls__' },
  'hidden-marks': { rule: 'thumbprint-invisible-characters', value: `\u200E${GOOD.toLowerCase()} ` },
  separated: { rule: 'thumbprint-separators', value: ` ${GOOD.toLowerCase()}` },
  misshapen: { rule: 'thumbprint-length', value: GOOD.slice(1) },
} satisfies Record<ThumbprintKind, { rule: RuleId | null; value: string }>;

const url = (name: string, version: string, vault = 'shop-kv') => `https://${vault}.vault.azure.net/secrets/${name}/${version}`;
const V1 = '0a9b8c7d6e5f40312233445566778899';
const V2 = '5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7';
const item = (thumbprint: string, version: string, created: string, more: object = {}) => ({ id: url('tls', version).replace('secrets', 'certificates'), name: 'tls', x509ThumbprintHex: thumbprint, attributes: { created }, ...more });
const vaultOf = (...items: object[]) => JSON.stringify(items);
const vault = (thumbprint: string, more: object = {}) => vaultOf(item(thumbprint, V1, '2026-06-01T09:00:00+00:00', more));
const profile = (...urls: string[]) => JSON.stringify([{ sourceVault: { id: '/x/vaults/shop-kv' }, vaultCertificates: urls.map((certificateUrl) => ({ certificateUrl })) }]);

const VERDICTS = {
  'not-compared': { rule: null, thumbprint: GOOD, evidence: {} },
  present: { rule: null, thumbprint: GOOD, evidence: { vault: vault(GOOD), osProfile: profile(url('tls', V1)) } },
  'not-in-os-profile': { rule: 'os-profile-missing-certificate', thumbprint: GOOD, evidence: { vault: vault(GOOD), osProfile: profile() } },
  'wrong-url': { rule: 'secret-url-format', thumbprint: GOOD, evidence: { vault: vault(GOOD), osProfile: profile(url('tls', V1).replace('secrets', 'certificates')) } },
  unverified: { rule: 'thumbprint-unverified', thumbprint: GOOD, evidence: { vault: vault(OTHER), osProfile: profile(url('tls', V2)) } },
  'not-in-vault': { rule: 'thumbprint-not-in-vault', thumbprint: GOOD, evidence: { vault: vault(OTHER) } },
  'not-in-certificates': { rule: 'thumbprint-not-in-pfx', thumbprint: GOOD, evidence: 'chain' },
  disabled: { rule: 'certificate-disabled', thumbprint: GOOD, evidence: { vault: vault(GOOD, { attributes: { enabled: false } }), osProfile: profile() } },
  deleted: { rule: 'certificate-deleted', thumbprint: GOOD, evidence: { vault: `${vault(OTHER)} ${vault(GOOD, { deletedDate: '2026-12-01T09:00:00+00:00' })}`, osProfile: profile() } },
  contradicted: { rule: 'vault-export-inconsistent', thumbprint: GOOD, evidence: { vault: vault(GOOD, { cer: EXAMPLE_LEAF_DER }), osProfile: profile() } },
  'old-version': { rule: 'thumbprint-old-version', thumbprint: GOOD, evidence: { vault: vaultOf(item(GOOD, V1, '2025-06-01T09:00:00+00:00'), item(OTHER, V2, '2026-06-01T09:00:00+00:00')) } },
  'issuer-only': { rule: 'thumbprint-is-issuer', thumbprint: 'issuer', evidence: 'chain' },
} satisfies Record<VerdictKind, { rule: RuleId | null; thumbprint: string; evidence: EvidenceTexts | 'chain' }>;


describe('each kind of thumbprint', () => {
  it.each(Object.entries(THUMBPRINTS))('%s', (_, { rule, value }) => {
    expect(idsOf(lintText(certificate(value)))).toEqual(rule === null ? [] : [rule]);
  });

  it.each(Object.entries(THUMBPRINTS))('%s, compared with evidence that lacks it', (kind, { rule, value }) => {
    const found = idsOf(lintText(certificate(value), { vault: vault(OTHER), osProfile: profile() }));
    const isCompared = ['well-formed', 'lower-case', 'dummy'].includes(kind);
    const shape = rule === null || kind === 'dummy' ? [] : [rule];
    expect(found).toEqual(isCompared ? ['os-profile-missing-certificate', ...shape] : shape);
  });
});

describe('each verdict', () => {
  it.each(Object.entries(VERDICTS))('%s', (_, { rule, thumbprint, evidence }) => {
    const texts = evidence === 'chain' ? { certificates: EXAMPLE_CHAIN } : evidence;
    const report = lintText(certificate(thumbprint === 'issuer' ? EXAMPLE_ISSUER : thumbprint), texts);
    expect(idsOf(report)).toEqual(rule === null ? [] : [rule]);
  });
});
