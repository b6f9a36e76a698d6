// What the readers of all producers share: from the values that one element holds to the record of a certificate, its parts checked against each other.

import { parseVaultIdentifier, secretUrl, type VaultIdentifier } from '../../core/secret-url.js';
import { readThumbprint } from '../../core/thumbprint.js';
import type { CertificateFact, CertificateFile, Crypto, Location, Problem, ProblemCode, StatedThumbprint, VaultCertificate, VaultFact, VaultShape } from '../../core/types.js';
import { certificateFact, derOfBase64 } from '../certificate.js';
import { readDate } from '../dates.js';
import type { JsonValue } from '../json.js';
import { exportAgain } from './advice.js';

/** What reading an export takes besides its text. */
export interface VaultTools {
  readonly crypto: Crypto;
  /** Reads the PKCS#12 that the secret of a certificate holds. */
  readonly readPfx: (path: string, bytes: Uint8Array, options: { crypto: Crypto; passwords: readonly string[] }) => CertificateFile;
}

/** What one element of an export says. */
export interface Reading {
  /** Null where the element is refused. The name for a single one; a list of them has a name of its own. */
  readonly shape: VaultShape | null;
  readonly records: readonly VaultCertificate[];
  readonly vaults: readonly VaultFact[];
  readonly problems: readonly Problem[];
  /** False where the element shows that a part of it was lost. */
  readonly complete: boolean;
  /** Whether only a list of versions has such an element: the versions beside it are then all there are. */
  readonly ofVersionList: boolean;
}

/** Reads one element of an export, or gives null where it is not of that reader's producer. */
export type Reader = (element: JsonValue, tools: VaultTools) => Reading | null;

/** A reading with nothing in it but what is given. */
export function reading(shape: VaultShape | null, parts: Partial<Reading>): Reading {
  return { records: [], vaults: [], problems: [], complete: true, ofVersionList: false, ...parts, shape };
}

/** A reading of what is no evidence: one problem. */
export function refusal(code: ProblemCode, at: Location, message: string, help: string): Reading {
  return reading(null, { problems: [{ code, message, help, location: at }] });
}

/** The values of an element, under whatever names its producer gives them; what a producer does not write is left out. */
export interface Description {
  /** The identifier of the certificate or, for a secret, of the secret. */
  readonly id?: JsonValue | undefined;
  /** The identifier of the certificate's secret. */
  readonly secretId?: JsonValue | undefined;
  /** These three are used where no identifier is there to tell. */
  readonly name?: JsonValue | undefined;
  readonly version?: JsonValue | undefined;
  readonly vault?: string | null;
  /** The certificate itself. */
  readonly certificate?: CertificateFact | null;
  /** Every thumbprint that the element states. */
  readonly thumbprints?: readonly (StatedThumbprint | null)[];
  readonly lifetime: Lifetime;
  readonly policy?: Policy;
  readonly deleted?: boolean;
  readonly pending?: boolean;
  /** Whether only a list has such an element. */
  readonly isListItem?: boolean;
}

export type Lifetime = Pick<VaultCertificate, 'enabled' | 'created' | 'updated' | 'notBefore' | 'expires'>;

/** The policy is the certificate's: of an older version it holds only probably. */
export type Policy = Pick<VaultCertificate, 'exportable' | 'contentType' | 'keyType'>;

const NO_POLICY: Policy = { exportable: null, contentType: null, keyType: null };

/** The record that a description amounts to, or null where not even a name is there. */
export function describe(shape: VaultShape, element: JsonValue, says: Description): Reading | null {
  const identity = identityOf(says);
  if (identity === null) return null;
  const { certificate = null, deleted = false, pending = false, lifetime, policy = NO_POLICY } = says;
  const { digits, contradicted, problem } = agreed(says, identity);
  // Written out: copying the parts costs more than everything else about a record.
  const record: VaultCertificate = {
    vault: identity.vault,
    host: identity.host,
    name: identity.name,
    version: identity.version,
    secretUrl: identity.secretUrl,
    certificate,
    thumbprint: digits,
    contradicted,
    enabled: lifetime.enabled,
    exportable: policy.exportable,
    contentType: policy.contentType,
    keyType: policy.keyType,
    created: lifetime.created,
    updated: lifetime.updated,
    notBefore: lifetime.notBefore ?? certificate?.notBefore ?? null,
    expires: lifetime.expires ?? certificate?.notAfter ?? null,
    deleted,
    pending,
    // An identifier without a version stands for the current one; of a version, the element alone cannot tell.
    isCurrent: !deleted && !pending && (identity.version === null && identity.host !== null ? true : 'unknown'),
    origin: placeOf(element, says),
  };
  const ofVersionList = says.isListItem === true && identity.version !== null;
  return { shape, records: [record], vaults: [], problems: problem === null ? [] : [problem], complete: true, ofVersionList };
}

/** Several readings of one element as one. */
export function together(shape: VaultShape, readings: readonly Reading[]): Reading {
  return reading(shape, {
    records: readings.flatMap(({ records }) => records),
    vaults: readings.flatMap(({ vaults }) => vaults),
    problems: readings.flatMap(({ problems }) => problems),
    complete: readings.every(({ complete }) => complete),
  });
}

/** The parts of a value that identifies a Key Vault object; null for anything else. `…/pending` names an operation, not a version. */
export function identifier(value: JsonValue | undefined): VaultIdentifier | null {
  const text = textOf(value);
  const parts = text === null ? null : parseVaultIdentifier(text);
  return parts?.version?.toLowerCase() === 'pending' ? { ...parts, version: null } : parts;
}

/**
 * The thumbprint that a value states, decided by its length and alphabet: one key holds hexadecimal in one tool and base64
 * in another. JavaScript's tools print the twenty bytes. Null where the value is no SHA-1 thumbprint.
 */
export function statement(value: JsonValue | undefined): StatedThumbprint | null {
  if (value === undefined) return null;
  const digits = value.string === null ? hexadecimal(bytesOf(value)) : readThumbprint(value.string);
  return digits === null ? null : { digits, location: value.location };
}

/** The certificate that a value holds in base64, in hexadecimal or as a list of bytes, with the place of `at`; null where it holds none. */
export function certificateIn(value: JsonValue | undefined, at: JsonValue, { crypto }: VaultTools): CertificateFact | null {
  if (value === undefined) return null;
  const text = textOf(value);
  const der = text === null ? bytesOf(value) : (bytesOfDigits(text) ?? bytesOf(value) ?? derOfBase64(text));
  return der === null ? null : certificateFact(der, at.location, crypto);
}

/** The text of a string that is not blank. */
export function textOf(value: JsonValue | undefined): string | null {
  const text = value?.string?.trim() ?? '';
  return text === '' ? null : text;
}

/** Whether it is enabled, and its moments, under the names of REST, az, PowerShell and Terraform. */
export function lifetimeOf(attributes: JsonValue | undefined): Lifetime {
  const moment = (...keys: readonly string[]) => readDate(firstOf(attributes, ...keys));
  return {
    enabled: attributes?.get('enabled')?.boolean ?? null,
    created: moment('created'),
    updated: moment('updated'),
    notBefore: moment('nbf', 'notBefore', 'not_before'),
    expires: moment('exp', 'expires'),
  };
}

/** The value of the first key that holds something other than null. */
export function firstOf(object: JsonValue | undefined, ...keys: readonly string[]): JsonValue | undefined {
  for (const key of keys) {
    const value = object?.get(key);
    if (value !== undefined && !value.isNull) return value;
  }
  return undefined;
}

/** The place of a value that is too long to be shown, or must not be: its first character. */
export function beginningOf(value: JsonValue): Location {
  const { path, span, pointer } = value.location;
  return { path, span: span === null ? null : { start: span.start, end: Math.min(span.start + 1, span.end) }, pointer: pointer ?? null };
}

/** Whether a vault has marked the object as deleted: it can be recovered, and until then nobody can fetch it. */
export function isDeleted(element: JsonValue): boolean {
  return firstOf(element, 'deletedDate', 'scheduledPurgeDate', 'recoveryId') !== undefined;
}

/** What ConvertTo-Json writes in place of an object that lies deeper than its -Depth. */
export function isCutByDepth(value: JsonValue | undefined): boolean {
  return /^(?:@\{|(?:System|Microsoft)\.[\w.+[\]`]+$)/.test(value?.string ?? '');
}

/** The problem of an element that lost a part of itself so. */
export function cutByDepth(location: Location): Problem {
  return {
    code: 'depth-truncated',
    message: 'A part of the export is missing: ConvertTo-Json wrote the name of a type in place of what lies deeper than its -Depth.',
    help: 'Export again with "ConvertTo-Json -Depth 100".',
    location,
  };
}

/** An item of a list that has neither thumbprint nor certificate and is switched off is how a vault lists what it is still making. */
export function isListedPending({ certificate = null, thumbprints = [], lifetime }: Description): boolean {
  return certificate === null && lifetime.enabled === false && thumbprints.every((thumbprint) => thumbprint === null);
}

/** A reading of which -Depth has cut a part that is needed; `at` is a value next to it. */
export function cut(read: Reading, at: JsonValue): Reading {
  return { ...read, complete: false, problems: [...read.problems, cutByDepth(at.location)] };
}

/** The largest certificate that is read from a list of numbers or from hexadecimal. */
const MAX_LISTED_BYTES = 64 * 1024;

/** `[48, 130, …]`, `{ "type": "Buffer", "data": [48, …] }`, `{ "0": 48, … }`, and PowerShell's `"48 130 …"` of a list that lies too deep. */
function bytesOf(value: JsonValue): Uint8Array | null {
  const numbers = numbersOf(value.get('data') ?? value);
  if (numbers.length === 0 || numbers.length > MAX_LISTED_BYTES) return null;
  return numbers.every((number) => Number.isInteger(number) && number >= 0 && number <= 255) ? Uint8Array.from(numbers) : null;
}

/** DER begins with 30, which no base64 of DER does. */
function bytesOfDigits(text: string): Uint8Array | null {
  if (text.length > 2 * MAX_LISTED_BYTES || !/^30(?:[0-9a-f]{2})+$/i.test(text)) return null;
  return Uint8Array.from({ length: text.length / 2 }, (_, index) => parseInt(text.slice(2 * index, 2 * index + 2), 16));
}

function numbersOf(value: JsonValue): number[] {
  if (value.isArray) return value.items.map(({ number }) => number ?? NaN);
  if (value.isObject) return Array.from(value.properties(), ([, { number }]) => number ?? NaN);
  const text = value.string ?? '';
  return /^\d{1,3}(?: \d{1,3})+$/.test(text) ? text.split(' ').map(Number) : [];
}

/** The twenty bytes of a SHA-1 as digits. */
function hexadecimal(bytes: Uint8Array | null): string | null {
  if (bytes?.length !== 20) return null;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase();
}

type Identity = Pick<VaultCertificate, 'vault' | 'host' | 'name' | 'version' | 'secretUrl'>;

function identityOf(says: Description): Identity | null {
  const id = identifier(says.id);
  const secret = identifier(says.secretId);
  const object = id ?? secret;
  const version = id?.version ?? secret?.version ?? textOf(says.version);
  if (object !== null) {
    const { vault, host, name } = object;
    return { vault, host, name, version, secretUrl: secretUrlOf(secret ?? object, version) };
  }
  const name = textOf(says.name);
  return name === null ? null : { vault: says.vault ?? '', host: null, name, version, secretUrl: null };
}

/** The URL that the export gives, else the one that follows from the certificate's own identifier: both share the version. */
function secretUrlOf({ host, name, version: own }: VaultIdentifier, version: string | null): string | null {
  const exact = own ?? version;
  return exact === null ? null : secretUrl(host, name, exact);
}

const NOTHING: readonly StatedThumbprint[] = [];

/** The digest of the certificate itself, where it is there, holds against what the file states. */
function agreed({ certificate, thumbprints = [] }: Description, { vault, name }: Identity): { digits: string | null; contradicted: readonly StatedThumbprint[]; problem: Problem | null } {
  const stated = thumbprints.filter((thumbprint) => thumbprint !== null);
  const computed = certificate?.thumbprint ?? null;
  const digits = computed ?? stated[0]?.digits ?? null;
  const other = stated.find((thumbprint) => thumbprint.digits !== digits);
  if (other === undefined || digits === null) return { digits, contradicted: NOTHING, problem: null };
  const problem: Problem = {
    code: 'inconsistent-thumbprint',
    message:
      computed === null
        ? `The export states two thumbprints for "${name}", ${digits} and ${other.digits}.`
        : `The export states the thumbprint ${other.digits} for "${name}", but the certificate beside it has ${computed}.`,
    help: `No vault says so: the export was edited, or put together from two. ${exportAgain(vault, name)}`,
    location: other.location,
  };
  return { digits: computed, contradicted: stated.filter((thumbprint) => thumbprint.digits !== computed), problem };
}

/** Something short to underline. */
function placeOf(element: JsonValue, { id, secretId, thumbprints = [], name }: Description): Location {
  const stated = thumbprints.find((thumbprint) => thumbprint !== null);
  return (id ?? secretId)?.location ?? stated?.location ?? name?.location ?? beginningOf(element);
}
