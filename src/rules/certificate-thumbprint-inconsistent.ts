// One certificate name has one thumbprint in all roles and environments, or at least none that was forgotten in a renewal.

import { defineRule, foldName, once, type CertificateEntry, type CertificateFile, type ConfigurationFact, type Location, type Related, type VaultCertificate, type VaultExport } from '../core/rule.js';
import { classify } from '../core/thumbprint.js';

export default defineRule({
  id: 'certificate-thumbprint-inconsistent',
  family: 'thumbprint',
  summary: 'A certificate that several roles or environments name was renewed in all of them.',
  why: 'A renewal changes the thumbprint in every role and every .cscfg that names the certificate. One that is forgotten goes on with the old certificate until that expires. Different certificates under one name are fine; this speaks where something tells that one was forgotten.',
  source: 'https://learn.microsoft.com/troubleshoot/azure/cloud-services/extended/availability/update-or-change-certificate-used',
  severity: 'warning',
  target: 'cses',
  concerns: 'certificate',
  uses: ['configurations', 'vault', 'certificates'],
  messages: {
    older: {
      message: 'Role "{role}" names an older version of the certificate "{certificate}", {thumbprint}, than {elsewhere}.',
      cause: 'Both are versions of "{name}" in vault {vault}: the renewal was forgotten here.',
      help: 'Write {other}, the thumbprint of the newer version.',
    },
    versions: {
      message: 'Role "{role}" names another version of the certificate "{certificate}", {thumbprint}, than {elsewhere}.',
      cause: 'Both are versions of "{name}" in vault {vault}; the export does not tell which one is newer.',
      help: 'Write the thumbprint of the newer version in both places. The other one is {other}.',
    },
    expired: {
      message: 'Role "{role}" names the certificate "{certificate}" that has expired, {thumbprint}; {elsewhere} names another.',
      cause: 'The renewal was forgotten here.',
      help: 'Write the thumbprint of the renewed certificate. The other one is {other}.',
    },
    lone: {
      message: 'Role "{role}" names the certificate "{certificate}" by {thumbprint}, and the {count} other roles that have it by {other}.',
      help: 'If the renewal was forgotten here, write {other}. If the role is to have its own certificate, give that a name of its own.',
    },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<ServiceConfiguration serviceName="Shop" osFamily="7" osVersion="*" schemaVersion="2015-04.2.6" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="2" /><Certificates><Certificate name="Tls" thumbprint="8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B" thumbprintAlgorithm="sha1" /></Certificates></Role><Role name="Api"><Instances count="2" /><Certificates><Certificate name="Tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" /></Certificates></Role></ServiceConfiguration>',
        vault:
          '[{"id": "https://shop-kv.vault.azure.net/certificates/tls/5f1e0c3a9b7d4e8290a1c2d3e4f5a6b7", "name": "tls", "x509ThumbprintHex": "8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B", "attributes": {"enabled": true, "created": "2026-11-02T09:00:00+00:00"}}, {"id": "https://shop-kv.vault.azure.net/certificates/tls/0a9b8c7d6e5f40312233445566778899", "name": "tls", "x509ThumbprintHex": "3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7", "attributes": {"enabled": true, "created": "2025-11-02T09:00:00+00:00"}}]',
      },
    ],
    good: [
      {
        cscfg:
          '<ServiceConfiguration serviceName="Shop" osFamily="7" osVersion="*" schemaVersion="2015-04.2.6" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration"><Role name="Web"><Instances count="2" /><Certificates><Certificate name="Certificate1" thumbprint="8A1D4E0C97B25F36D0E4A8127C5B9F60E3D1724B" thumbprintAlgorithm="sha1" /></Certificates></Role><Role name="Api"><Instances count="2" /><Certificates><Certificate name="Certificate1" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" /></Certificates></Role></ServiceConfiguration>',
      },
    ],
  },
  check({ report, evidence, inventory, now, path }) {
    const known = knownFrom(evidence.vault ?? NO_VAULT)(evidence.certificates ?? NO_FILES);
    const own = new Named();
    const add = ({ role, certificate, comparable, thumbprint }: CertificateEntry) => {
      if (thumbprint !== undefined && comparable !== null) own.add({ role, certificate, digits: comparable, location: { path, span: thumbprint.valueSpan } });
    };
    // A role has one thumbprint under a name, and nearly every file has few roles: there is nothing to compare.
    let waiting: CertificateEntry[] | null = known.isEmpty ? [] : null;
    let roles = 0;
    return {
      certificate(entry) {
        if (entry.reading?.kind === 'dummy') return;
        if (waiting === null) {
          add(entry);
          return;
        }
        if (entry.role !== waiting.at(-1)?.role) roles++;
        waiting.push(entry);
        if (roles <= MAJORITY) return;
        waiting.forEach(add);
        waiting = null;
      },
      end() {
        const elsewhere = known.isEmpty ? null : (evidence.configurations?.(path) ?? []).map(namedIn);
        for (const [name, entries] of own.byName) {
          if (elsewhere === null && entries.length <= MAJORITY) continue;
          const others = oneOfEach([...entries, ...(elsewhere ?? []).flatMap((one) => one.byName.get(name) ?? [])]);
          if (others.length < 2) continue;
          const told = new Set<string>();
          for (const entry of entries) {
            const sign = firstSign(entry, others, known, now);
            if (sign === null) continue;
            told.add(entry.digits);
            const kind = inventory.judge(entry.digits).kind;
            // Evidence that lacks it has its own rule to say so.
            if (kind !== 'present' && kind !== 'old-version' && kind !== 'unverified' && kind !== 'not-compared') continue;
            const { message, other, name: vaultName, vault, related } = sign;
            const data = { ...dataOf(entry), other: other.digits, elsewhere: placeOf(other, path), name: vaultName, vault };
            report({ message, at: entry.location, data, related: [{ note: `${other.digits} here`, location: other.location }, ...related] });
          }
          const lone = told.size > 0 ? null : loneOf(entries);
          if (lone === null) continue;
          const { one, other, count } = lone;
          report({ message: 'lone', at: one.location, data: { ...dataOf(one), count, other: other.digits }, related: [{ note: `${other.digits} here`, location: other.location }] });
        }
      },
    };
  },
});

interface Entry {
  readonly role: string;
  readonly certificate: string;
  /** Forty upper-case digits. */
  readonly digits: string;
  readonly location: Location;
}

/** The entries of some roles by the certificate's name; of two of one name in a role the first counts. */
class Named {
  readonly byName = new Map<string, Entry[]>();
  private readonly seen = new Set<string>();

  add(entry: Entry): void {
    const name = foldName(entry.certificate);
    // No name in XML holds this character.
    const key = `${foldName(entry.role)}\0${name}`;
    if (name === '' || this.seen.has(key)) return;
    this.seen.add(key);
    const entries = this.byName.get(name);
    if (entries === undefined) this.byName.set(name, [entry]);
    else entries.push(entry);
  }
}

const namedIn = once(({ roles }: ConfigurationFact): Named => {
  const named = new Named();
  for (const { name: role, certificates } of roles) {
    for (const { value: certificate, thumbprint } of certificates) {
      const reading = classify(thumbprint?.value ?? '');
      if (thumbprint === null || (reading.kind !== 'well-formed' && reading.kind !== 'lower-case')) continue;
      named.add({ role, certificate, digits: reading.digits, location: thumbprint.location });
    }
  }
  return named;
});

/** With more thumbprints than this under one name, the name says nothing, and comparing each with each takes long. */
const MAX_DIFFERENT = 50;

/** The first entry of each thumbprint. */
function oneOfEach(entries: readonly Entry[]): Entry[] {
  const first = new Map<string, Entry>();
  for (const entry of entries) if (!first.has(entry.digits)) first.set(entry.digits, entry);
  return first.size > MAX_DIFFERENT ? [] : [...first.values()];
}

/** What evidence knows of thumbprints. */
class Known {
  private readonly records = new Map<string, VaultCertificate[]>();
  private readonly ends = new Map<string, Date>();

  constructor(vault: readonly VaultExport[], files: readonly CertificateFile[]) {
    for (const record of vault.flatMap(({ records }) => records)) {
      const { thumbprint, certificate, expires, deleted, pending } = record;
      if (thumbprint === null || deleted || pending) continue;
      const records = this.records.get(thumbprint);
      if (records === undefined) this.records.set(thumbprint, [record]);
      else records.push(record);
      this.endsAt(thumbprint, certificate?.notAfter ?? expires);
    }
    for (const { thumbprint, notAfter } of files.flatMap(({ certificates }) => certificates)) this.endsAt(thumbprint, notAfter);
  }

  get isEmpty(): boolean {
    return this.records.size === 0 && this.ends.size === 0;
  }

  private endsAt(thumbprint: string, end: Date | null): void {
    if (end !== null) this.ends.set(thumbprint, end);
  }

  hasExpired(thumbprint: string, now: Date): boolean {
    const end = this.ends.get(thumbprint);
    return end !== undefined && end.getTime() <= now.getTime();
  }

  /** Two records of one vault certificate that have these thumbprints. */
  versions(thumbprint: string, other: string): { own: VaultCertificate; theirs: VaultCertificate } | null {
    for (const own of this.records.get(thumbprint) ?? []) {
      const theirs = this.records.get(other)?.find(({ vault, name }) => foldName(vault) === foldName(own.vault) && foldName(name) === foldName(own.name));
      if (theirs !== undefined) return { own, theirs };
    }
    return null;
  }
}

const NO_VAULT: readonly VaultExport[] = [];
const NO_FILES: readonly CertificateFile[] = [];
const knownFrom = once((vault: readonly VaultExport[]) => once((files: readonly CertificateFile[]) => new Known(vault, files)));

interface Sign {
  readonly message: 'older' | 'versions' | 'expired';
  readonly other: Entry;
  /** Of the certificate in the vault; empty where that is not the sign. */
  readonly name: string;
  readonly vault: string;
  readonly related: readonly Related[];
}

function firstSign(entry: Entry, others: readonly Entry[], known: Known, now: Date): Sign | null {
  for (const other of others) {
    const sign = other.digits === entry.digits ? null : signOf(entry, other, known, now);
    if (sign !== null) return sign;
  }
  return null;
}

/** What tells that an entry was forgotten when another was renewed. */
function signOf(entry: Entry, other: Entry, known: Known, now: Date): Sign | null {
  const versions = known.versions(entry.digits, other.digits);
  if (versions !== null) {
    const { own, theirs } = versions;
    const age = ageOf(own, theirs);
    if (age === 'newer' || (age === 'unknown' && !standsAfter(entry, other))) return null;
    const related = [{ note: 'the version that is named here', location: own.origin }, { note: 'the other version', location: theirs.origin }];
    return { message: age === 'older' ? 'older' : 'versions', other, name: own.name, vault: own.vault, related };
  }
  // Another environment has its own certificate under that name.
  if (other.location.path !== entry.location.path) return null;
  return known.hasExpired(entry.digits, now) && !known.hasExpired(other.digits, now) ? { message: 'expired', other, name: '', vault: '', related: [] } : null;
}

function ageOf(own: VaultCertificate, theirs: VaultCertificate): 'older' | 'newer' | 'unknown' {
  const [a, b] = [own, theirs].map(({ created, notBefore }) => (created ?? notBefore)?.getTime());
  if (a !== undefined && b !== undefined && a !== b) return a < b ? 'older' : 'newer';
  if (own.isCurrent === true) return 'newer';
  return theirs.isCurrent === true ? 'older' : 'unknown';
}

/** Of two files the one whose path comes later is told of. */
function standsAfter({ location: a }: Entry, { location: b }: Entry): boolean {
  return a.path === b.path ? (a.span?.start ?? 0) > (b.span?.start ?? 0) : a.path > b.path;
}

/** So many other roles have to agree before the one that differs is believed to be forgotten. */
const MAJORITY = 3;

/** The one role that differs from all others, which agree. */
function loneOf(entries: readonly Entry[]): { readonly one: Entry; readonly other: Entry; readonly count: number } | null {
  const [a, b, ...more] = oneOfEach(entries);
  if (a === undefined || b === undefined || more.length > 0 || entries.length <= MAJORITY) return null;
  const count = (entry: Entry) => entries.filter(({ digits }) => digits === entry.digits).length;
  if (count(a) === 1) return { one: a, other: b, count: count(b) };
  return count(b) === 1 ? { one: b, other: a, count: count(a) } : null;
}

function dataOf({ role, certificate, digits }: Entry): { role: string; certificate: string; thumbprint: string } {
  return { role, certificate, thumbprint: digits };
}

function placeOf({ role, location }: Entry, path: string): string {
  return location.path === path ? `role "${role}"` : `role "${role}" of ${location.path}`;
}
