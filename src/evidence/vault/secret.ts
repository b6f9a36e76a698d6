// Secrets that hold a certificate with its key: the .pfx or PEM that a deployment fetches. The value itself goes nowhere.

import type { CertificateFact, Location, Problem, VaultShape } from '../../core/types.js';
import { SourceFile } from '../../core/source.js';
import { certificateFact, pemBlocks } from '../certificate.js';
import { parseJson, type JsonValue } from '../json.js';
import { exportAgain } from './advice.js';
import { describe, firstOf, identifier, isDeleted, lifetimeOf, refusal, textOf, together, type Reading, type VaultTools } from './record.js';

type SecretShape = Extract<VaultShape, `${string}-secret`>;

/**
 * Reads a secret of REST, az or PowerShell. An item of a list has no value, nor has PowerShell's SecureString.
 *
 * https://learn.microsoft.com/azure/key-vault/certificates/about-certificates#composition-of-a-certificate
 */
export function readSecret(element: JsonValue, tools: VaultTools): Reading | null {
  const id = element.get('id');
  const parts = identifier(id);
  if (id === undefined || parts?.collection !== 'secrets') return null;
  if (firstOf(element, 'value', 'secretValue', 'secretValueText', 'attributes', 'contentType') === undefined) return null;

  const shape = shapeOf(element);
  const record = (certificate: CertificateFact | null) =>
    describe(shape, element, {
      id,
      certificate,
      lifetime: lifetimeOf(shape === 'powershell-secret' ? element : element.get('attributes')),
      policy: { exportable: exportable(certificate), contentType: textOf(element.get('contentType')), keyType: null },
      deleted: isDeleted(element),
    }) ?? [];

  const value = valueOf(element);
  if (value === null) return together(shape, [record(null)].flat());
  const { leaves, problem } = open(value, id.location, tools);
  if (leaves.length > 0) return together(shape, leaves.flatMap(record));
  if (!isMeantAsCertificate(element)) {
    return refusal('no-certificate', id.location, 'A secret in the export holds no certificate.', 'Export the secrets of certificates only.');
  }
  const unread: Problem = {
    code: problem?.code ?? 'no-certificate',
    message: problem === null
      ? `The secret "${parts.name}" holds no certificate that can be read.`
      : `The secret "${parts.name}" cannot be read: ${problem.message}`,
    help: exportAgain(parts.vault, parts.name),
    location: id.location,
  };
  const read = together(shape, [record(null)].flat());
  return { ...read, complete: false, problems: [unread] };
}

function shapeOf(element: JsonValue): SecretShape {
  if (element.get('vaultName') !== undefined) return 'powershell-secret';
  const moment = firstOf(element.get('attributes'), 'created', 'updated', 'exp', 'nbf');
  return typeof moment?.number === 'number' || element.get('name') === undefined ? 'rest-secret' : 'az-secret';
}

function valueOf(element: JsonValue): string | null {
  return (element.get('value') ?? element.get('secretValueText') ?? element.get('secretValue'))?.string ?? null;
}

function isMeantAsCertificate(element: JsonValue): boolean {
  return element.get('managed')?.boolean === true || /x-pkcs12|x-pem-file/i.test(element.get('contentType')?.string ?? '');
}

/** Where the value holds the key, whoever fetches the secret gets it. */
function exportable(certificate: CertificateFact | null): boolean | null {
  const has = certificate?.hasPrivateKey;
  return typeof has === 'boolean' ? has : null;
}

interface Opened {
  /** The certificates that belong to the keys inside; of a chain, never the issuers. */
  readonly leaves: readonly CertificateFact[];
  readonly problem: Problem | null;
}

const NOTHING: Opened = { leaves: [], problem: null };

function open(value: string, place: Location, tools: VaultTools): Opened {
  if (value.includes('-----BEGIN ')) return openPem(value, place, tools);
  const bytes = bytesOfBase64(value);
  if (bytes === null) return NOTHING;
  const wrapped = unwrap(value, place.path);
  const pfx = wrapped === null ? { bytes, passwords: [] } : { bytes: bytesOfBase64(wrapped.data), passwords: [wrapped.password] };
  if (pfx.bytes === null) return NOTHING;
  const file = tools.readPfx(place.path, pfx.bytes, { crypto: tools.crypto, passwords: pfx.passwords });
  const keyed = file.certificates.filter(({ hasPrivateKey }) => hasPrivateKey === true);
  const ends = file.certificates.filter(({ chainOf }) => chainOf === null);
  const leaves = keyed.length > 0 ? keyed : ends.length === 1 ? ends : [];
  return { leaves: leaves.map((fact) => ({ ...fact, origin: place })), problem: file.problems[0] ?? null };
}

/** Keys are not opened, so the leaf is the one certificate that issued none of the others. */
function openPem(value: string, place: Location, { crypto }: VaultTools): Opened {
  const blocks = pemBlocks(value);
  const hasPrivateKey = blocks.some(({ label }) => label.endsWith('PRIVATE KEY'));
  const facts = blocks.filter(({ label }) => label === 'CERTIFICATE').map(({ der }) => certificateFact(der, place, crypto));
  const leaves = facts.filter((fact) => !facts.some((other) => other !== fact && other.issuer !== null && other.issuer === fact.subject));
  return leaves.length === 1 ? { leaves: leaves.map((leaf) => ({ ...leaf, hasPrivateKey })), problem: null } : NOTHING;
}

/**
 * The form that secrets for virtual machines had before Key Vault knew certificates: base64 of
 * `{ "data": "<base64 of a .pfx>", "dataType": "pfx", "password": "…" }`.
 *
 * https://learn.microsoft.com/azure/virtual-machines/windows/winrm
 */
function unwrap(value: string, path: string): { data: string; password: string } | null {
  if (!/^\s*e(?:yJ|w[0o])/.test(value)) return null;
  const [object] = parseJson(new SourceFile(path, atob(value))).documents;
  const data = textOf(object?.get('data'));
  return data === null ? null : { data, password: object?.get('password')?.string ?? '' };
}

function bytesOfBase64(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
