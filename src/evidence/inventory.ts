// Everything that the evidence knows, asked by thumbprint: who has it, and is it in osProfile.

import { isKnown, mayBe } from '../core/known.js';
import { nameCertificate, nameRecord, type Material, type Use } from '../core/material.js';
import { holdsPlaceholder } from '../core/placeholder.js';
import { readResourceId } from '../core/resource-id.js';
import { readSecretUrl, secretUrl } from '../core/secret-url.js';
import { classify, differingDigits, withoutSeparators } from '../core/thumbprint.js';
import type { CertificateFact, CertificateFile, CertificateUrl, CloudServiceFact, Evidence, Known, ProblemCode, VaultCertificate, VaultExport } from '../core/types.js';
import type { Cause, Doubt, Holder, Inventory, PinnedUnseen, Presence, Trace, UnseenVersions, Verdict, WrongUrlProblem } from '../core/verdict.js';
import { MeantThumbprints } from './meant.js';
import { NearThumbprints } from './near.js';

/** A URL of osProfile that names a secret in full. */
interface ListedUrl {
  readonly url: CertificateUrl;
  readonly vault: string;
  readonly name: string;
  readonly version: string;
  /** Of vault, name and version. */
  readonly key: string;
}

/** A URL of osProfile that names a certificate of a vault in a way that no deployment can fetch. */
interface WrongUrl {
  readonly url: CertificateUrl;
  readonly vault: string;
  readonly name: string;
  /** Null where it names none, or none that can be. */
  readonly version: string | null;
  readonly problem: WrongUrlProblem;
}

/** A version that differs in more digits than this from a known one is another version, not a misspelt one. */
const MAX_NEAR_DIGITS = 2;

/** Kinds of evidence of which a file was given that could not be used. */
export type Unread = ReadonlySet<keyof Evidence>;

/** Builds the inventory of what a service configuration is compared with. */
export function createInventory(evidence: Partial<Evidence>, unread: Unread = new Set()): Inventory {
  return new EvidenceInventory(evidence, unread);
}

/** Problems that hide a part of what a file of certificates holds. */
const HIDING = new Set<ProblemCode>(['needs-password', 'wrong-password-or-altered', 'unsupported', 'corrupt', 'over-limit']);

class EvidenceInventory implements Inventory {
  private readonly vault: readonly VaultExport[] | undefined;
  private readonly services: readonly CloudServiceFact[] | undefined;
  private readonly certificates: readonly CertificateFact[] | undefined;
  /** Whether local certificates may hold more than was read. */
  readonly hidesCertificates: boolean;

  /** Vault records that a deployment could fetch, by thumbprint. */
  private readonly records = new Map<string, VaultCertificate[]>();
  private readonly deleted = new Map<string, VaultCertificate>();
  private readonly deletedVersions = new Map<string, VaultCertificate>();
  /** By a thumbprint that the export states though the certificate beside it has another. */
  private readonly contradicted = new Map<string, VaultCertificate>();
  /** Records that name their version, by vault, name and version. */
  private readonly versions = new Map<string, VaultCertificate>();
  /** Live and pending records, by vault and name. */
  private readonly named = new Map<string, VaultCertificate[]>();
  /** Short names of the vaults of which there is at least one record. */
  private readonly coveredVaults = new Set<string>();
  private readonly local = new Map<string, CertificateFact[]>();
  private readonly listed: ListedUrl[] = [];
  /** By vault and name. */
  private readonly listedByName = new Map<string, ListedUrl[]>();
  private readonly listedKeys = new Map<string, CertificateUrl>();
  private readonly wrongUrls: WrongUrl[] = [];
  /** URLs of osProfile of which a part is not known. */
  private readonly openUrls: CertificateUrl[] = [];

  /** What was worked out before: several rules ask for the same thumbprint, and most doubts are those of all. */
  private readonly verdicts = new Map<string, Verdict>();
  private near: NearThumbprints | null = null;
  private meant: MeantThumbprints | null = null;
  private serials: Map<string, string | null> | null = null;
  private subjects: Map<string, CertificateFact[]> | null = null;
  private uncoveredDoubts: readonly Doubt[] | null = null;
  private unseen: { readonly of: UnseenVersions | null } | null = null;
  private pinned: readonly PinnedUnseen[] | null = null;
  private unexplainedDoubts: readonly Doubt[] | null = null;

  constructor(
    evidence: Partial<Evidence>,
    private readonly unread: Unread,
  ) {
    this.hidesCertificates = unread.has('certificates') || (evidence.certificates?.some(hidesSome) ?? false);
    this.vault = evidence.vault;
    this.services = evidence.osProfile?.services;
    this.certificates = evidence.certificates?.flatMap((file) => file.certificates);
    for (const record of this.vault?.flatMap((file) => file.records) ?? []) this.addRecord(record);
    for (const certificate of this.certificates ?? []) append(this.local, certificate.thumbprint, certificate);
    for (const service of this.services ?? []) {
      for (const { certificateUrls, vaultId } of service.secrets) certificateUrls.forEach((url) => this.addUrl(url, vaultId));
    }
  }

  private addRecord(record: VaultCertificate): void {
    this.coveredVaults.add(record.vault.toLowerCase());
    const { thumbprint, version } = record;
    if (record.deleted) {
      if (thumbprint !== null) this.deleted.set(thumbprint, record);
      if (version !== null) this.deletedVersions.set(keyOf(record.vault, record.name, version), record);
      return;
    }
    append(this.named, keyOf(record.vault, record.name, ''), record);
    if (record.pending) return;
    for (const { digits } of record.contradicted) this.contradicted.set(digits, record);
    if (thumbprint !== null) append(this.records, thumbprint, record);
    if (version === null) return;
    const key = keyOf(record.vault, record.name, version);
    // Of two exports of one version the one that tells the thumbprint is worth more.
    if (thumbprint !== null || !this.versions.has(key)) this.versions.set(key, record);
  }

  private addUrl(url: CertificateUrl, vaultId: Known | null): void {
    if (!isKnown(url.url) || holdsPlaceholder(url.url)) {
      this.openUrls.push(url);
      return;
    }
    const { parts, problem } = readSecretUrl(url.url);
    if (parts === null) return;
    const { vault, name, version } = parts;
    // By http, or by the name of a private endpoint, the URL tells all the same which version is meant.
    if (version === null || (problem !== null && problem !== 'http' && problem !== 'private-link')) {
      this.wrongUrls.push({ url, vault, name, version: problem === 'misshapen-version' ? null : version, problem: problem ?? 'unversioned' });
      return;
    }
    const source = vaultId === null || !isKnown(vaultId) ? null : readResourceId(vaultId);
    if (source !== null && source.name.toLowerCase() !== vault.toLowerCase()) this.wrongUrls.push({ url, vault: source.name, name, version, problem: 'other-vault' });
    const key = keyOf(vault, name, version);
    const listed = { url, vault: vault.toLowerCase(), name: name.toLowerCase(), version: version.toLowerCase(), key };
    this.listed.push(listed);
    append(this.listedByName, keyOf(vault, name, ''), listed);
    if (!this.listedKeys.has(key)) this.listedKeys.set(key, url);
  }

  judge(thumbprint: string): Verdict {
    const digits = thumbprint.toUpperCase();
    let verdict = this.verdicts.get(digits);
    if (verdict === undefined) {
      verdict = this.decide(digits);
      this.verdicts.set(digits, verdict);
    }
    return verdict;
  }

  private decide(digits: string): Verdict {
    if (this.services !== undefined && this.vault !== undefined) return this.judgeByOsProfile(digits, this.services);
    if (this.services !== undefined) return { kind: 'not-compared' };
    if (this.vault !== undefined) return this.judgeByVault(digits, this.vault);
    if (this.certificates !== undefined) return this.judgeByCertificates(digits);
    return { kind: 'not-compared' };
  }

  trace(thumbprint: string): Trace {
    const digits = thumbprint.toUpperCase();
    const verdict = this.judge(digits);
    return {
      certificates: this.traceCertificates(digits),
      vault: this.traceVault(digits, verdict),
      osProfile: this.traceOsProfile(verdict),
      notAfter: this.expiryOf(digits),
    };
  }

  private traceCertificates(digits: string): Presence {
    if (this.local.get(digits)?.some(({ chainOf }) => chainOf === null) === true) return 'yes';
    if (this.hidesCertificates) return 'unknown';
    return this.certificates === undefined ? null : 'no';
  }

  private traceVault(digits: string, verdict: Verdict): Presence {
    const records = this.records.get(digits);
    // What is switched off, nobody can fetch.
    if (records !== undefined) return isSwitchedOff(records) ? 'no' : 'yes';
    if (verdict.kind === 'deleted') return 'no';
    if (verdict.kind === 'contradicted') return 'unknown';
    // A URL that no export explains may be that of this very certificate.
    if (this.unread.has('vault') || (verdict.kind === 'unverified' && this.vault !== undefined)) return 'unknown';
    if (this.vault === undefined) return null;
    return this.vault.some((file) => doubtsAboutExport(file).length > 0) ? 'unknown' : 'no';
  }

  private traceOsProfile(verdict: Verdict): Presence {
    const { services } = this;
    if (services !== undefined && verdict.kind === 'present') return 'yes';
    if (this.unread.has('osProfile')) return 'unknown';
    if (services === undefined) return null;
    if (verdict.kind === 'deleted' && verdict.isListed) return 'yes';
    if (['not-in-os-profile', 'wrong-url', 'deleted', 'disabled'].includes(verdict.kind)) return this.unread.has('vault') ? 'unknown' : 'no';
    // Without an export no URL tells its thumbprint; where there is none at all, none is needed.
    const isEmpty = services.every(({ complete, secrets }) => complete && secrets.every(({ certificateUrls }) => certificateUrls.length === 0));
    return isEmpty ? 'no' : 'unknown';
  }

  private expiryOf(digits: string): Date | null {
    for (const { expires, certificate } of this.records.get(digits) ?? []) {
      const date = certificate?.notAfter ?? expires;
      if (date !== null) return date;
    }
    return this.local.get(digits)?.[0]?.notAfter ?? null;
  }

  private judgeByOsProfile(digits: string, services: readonly CloudServiceFact[]): Verdict {
    const records = this.records.get(digits) ?? [];
    if (records.some(({ vault, name, version }) => version !== null && this.listedKeys.has(keyOf(vault, name, version)))) {
      return { kind: 'present' };
    }
    const deleted = records.length > 0 ? undefined : this.deleted.get(digits);
    const isListed = deleted !== undefined && this.listedUrlOf(deleted) !== null;
    if (isListed) return { kind: 'deleted', record: deleted, isListed };
    if (records.length === 0 && this.contradicted.has(digits)) return { kind: 'contradicted' };
    const wrong = this.wrongUrlOf(records, (url, record) => url.version === null || url.version.toLowerCase() === record.version?.toLowerCase());
    if (wrong !== null) return wrong;
    const doubts = records.length > 0 ? this.doubtsAboutRecords(records) : this.doubtsAboutUrls();
    const [first, ...others] = [...doubts, ...doubtsAboutServices(services)];
    if (first !== undefined) return { kind: 'unverified', doubts: [first, ...others] };
    if (deleted !== undefined) return { kind: 'deleted', record: deleted, isListed };
    if (records.length > 0 && isSwitchedOff(records)) return { kind: 'disabled' };
    const listed = this.causeOfListedVersions(records);
    if (listed !== null) return { kind: 'not-in-os-profile', cause: listed };
    const [record] = records;
    const cause = record === undefined ? this.causeElsewhere(digits) : ({ kind: 'not-listed', record } as const);
    return this.wrongUrlOf(records, ({ problem }) => problem !== 'other-vault') ?? { kind: 'not-in-os-profile', cause };
  }

  private judgeByVault(digits: string, exports: readonly VaultExport[]): Verdict {
    const records = this.records.get(digits);
    if (records !== undefined) return isSwitchedOff(records) ? { kind: 'disabled' } : (this.oldVersion(records) ?? { kind: 'present' });
    if (this.contradicted.has(digits)) return { kind: 'contradicted' };
    const [first, ...others] = exports.flatMap(doubtsAboutExport);
    if (first !== undefined) return { kind: 'unverified', doubts: [first, ...others] };
    const deleted = this.deleted.get(digits);
    if (deleted !== undefined) return { kind: 'deleted', record: deleted, isListed: false };
    return { kind: 'not-in-vault', cause: this.causeElsewhere(digits) };
  }

  /** Azure's client looks at the current version of each certificate only. */
  private oldVersion(records: readonly VaultCertificate[]): Verdict | null {
    const [record] = records;
    if (record === undefined || records.some(({ isCurrent }) => isCurrent !== false)) return null;
    const current = this.versionsOf(record).find(({ isCurrent, pending }) => isCurrent === true && !pending) ?? null;
    return { kind: 'old-version', record, current };
  }

  private judgeByCertificates(digits: string): Verdict {
    const known = this.local.get(digits);
    if (known === undefined) return { kind: 'not-in-certificates', cause: this.causeElsewhere(digits) };
    const issuer = this.issuerOnly(digits);
    return issuer === null ? { kind: 'present' } : { kind: 'issuer-only', ...issuer };
  }

  // -------------------------------------------------------------------------------------------------------------------
  // What is needed
  // -------------------------------------------------------------------------------------------------------------------

  versionsOf({ vault, name }: Pick<VaultCertificate, 'vault' | 'name'>): readonly VaultCertificate[] {
    return this.named.get(keyOf(vault, name, '')) ?? [];
  }

  recordsOf(thumbprint: string): readonly VaultCertificate[] {
    return this.records.get(thumbprint.toUpperCase()) ?? [];
  }

  certificateOf(thumbprint: string): CertificateFact | null {
    const digits = thumbprint.toUpperCase();
    return this.records.get(digits)?.find(({ certificate }) => certificate !== null)?.certificate ?? this.local.get(digits)?.[0] ?? null;
  }

  certificatesOfSubject(subject: string): readonly CertificateFact[] {
    if (this.subjects === null) {
      this.subjects = new Map();
      for (const certificate of this.allCertificates()) if (certificate.subject !== null) append(this.subjects, certificate.subject, certificate);
    }
    return this.subjects.get(subject) ?? [];
  }

  /** Every certificate that a file or an export holds whole. */
  private allCertificates(): readonly CertificateFact[] {
    return [...[...this.records.values()].flat().flatMap(({ certificate }) => certificate ?? []), ...(this.certificates ?? [])];
  }

  bySerial(serial: string): Holder | null {
    const key = serialKey(serial);
    this.serials ??= this.findSerials();
    const thumbprint = key.length < MIN_SERIAL ? null : (this.serials.get(key) ?? null);
    return thumbprint === null ? null : this.holderOf(thumbprint);
  }

  /** The thumbprints by serial number; null for one that several certificates have: each issuer counts by itself. */
  private findSerials(): Map<string, string | null> {
    const serials = new Map<string, string | null>();
    for (const { serial, thumbprint } of this.allCertificates()) {
      if (serial === null || this.isIssuerAlone(thumbprint)) continue;
      const known = serials.get(serialKey(serial));
      serials.set(serialKey(serial), known === undefined || known === thumbprint ? thumbprint : null);
    }
    return serials;
  }

  /** An issuer is hardly ever meant. */
  private isIssuerAlone(thumbprint: string): boolean {
    return this.issuerOnly(thumbprint) !== null && !this.records.has(thumbprint);
  }

  *materials(needs: ReadonlyMap<string, readonly Use[]>): Generator<Material> {
    for (const [digits, uses] of needs) {
      const records = this.records.get(digits) ?? [];
      const listed = records.filter((record) => this.listedUrlOf(record) !== null);
      const enabled = records.filter(({ enabled: isEnabled }) => isEnabled !== false);
      const chosen = listed.length > 0 ? listed : enabled.length > 0 ? enabled : records;
      const verdict = this.judge(digits);
      const deleted = verdict.kind === 'deleted' ? verdict.record : null;
      const [chief = deleted] = listed;
      yield {
        thumbprint: digits,
        uses,
        versions: byVersion(chosen),
        listed: chief === null ? null : this.listedUrlOf(chief),
        deleted,
        contradicting: records.length > 0 ? null : (this.contradicted.get(digits) ?? null),
        certificates: this.local.get(digits) ?? [],
      };
    }
  }

  *listedMaterials(needs: ReadonlyMap<string, readonly Use[]>): Generator<Material> {
    for (const [key, listed] of this.listedKeys) {
      const record = this.versions.get(key);
      const deleted = record === undefined ? (this.deletedVersions.get(key) ?? null) : null;
      if ((record === undefined && deleted === null) || (record !== undefined && needs.has(record.thumbprint ?? ''))) continue;
      const thumbprint = record?.thumbprint ?? deleted?.thumbprint ?? null;
      yield { thumbprint, uses: [], versions: record === undefined ? [] : [[record]], listed, deleted, contradicting: null, certificates: thumbprint === null ? [] : (this.local.get(thumbprint) ?? []) };
    }
  }

  pinnedUnseen(): readonly PinnedUnseen[] {
    this.pinned ??= this.listed.flatMap((listed) => {
      const versions = this.versionsOf(listed).filter(({ pending }) => !pending);
      const [record] = versions;
      return record === undefined || versions.some(({ version }) => version !== null) ? [] : [{ record, url: listed.url }];
    });
    return this.pinned;
  }

  // -------------------------------------------------------------------------------------------------------------------
  // Doubts
  // -------------------------------------------------------------------------------------------------------------------

  /** The vault has it, and none of the URLs that name its secret is listed for certain. */
  private doubtsAboutRecords(records: readonly VaultCertificate[]): Doubt[] {
    const doubts: Doubt[] = [];
    for (const record of records) {
      if (record.version === null) {
        const unexplained = this.listedVersionsOf(record).find((listed) => !this.isExplained(listed));
        if (unexplained !== undefined) doubts.push({ kind: 'version-unknown', record, url: unexplained.url });
      }
      const open = this.openUrls.find(({ url }) => mayName(url, record));
      if (open !== undefined) doubts.push(openDoubt(open));
    }
    // The same certificate may lie in a second vault, of which there is no export.
    this.uncoveredDoubts ??= this.listed.filter(({ vault }) => !this.coveredVaults.has(vault)).map((listed) => this.urlDoubt(listed));
    return [...doubts, ...this.uncoveredDoubts];
  }

  /** The vault export does not have it: any URL whose thumbprint is unknown may be its secret's. */
  private doubtsAboutUrls(): readonly Doubt[] {
    this.unexplainedDoubts ??= [...this.listed.filter((listed) => !this.isExplained(listed)).map((listed) => this.urlDoubt(listed)), ...this.openUrls.map(openDoubt)];
    return this.unexplainedDoubts;
  }

  /** The URL by which osProfile lists the version of a record. */
  private listedUrlOf({ vault, name, version }: VaultCertificate): CertificateUrl | null {
    return version === null ? null : (this.listedKeys.get(keyOf(vault, name, version)) ?? null);
  }

  private urlDoubt({ url, vault }: ListedUrl): Doubt {
    return this.coveredVaults.has(vault) ? { kind: 'unexplained-url', url } : { kind: 'uncovered-vault', url, vault };
  }

  /** Whether an export tells which thumbprint the secret of a URL has. */
  private isExplained({ key }: ListedUrl): boolean {
    return (this.versions.get(key)?.thumbprint ?? null) !== null;
  }

  private listedVersionsOf(record: VaultCertificate): readonly ListedUrl[] {
    return this.listedByName.get(keyOf(record.vault, record.name, '')) ?? [];
  }

  // -------------------------------------------------------------------------------------------------------------------
  // Causes, in the order in which they explain most
  // -------------------------------------------------------------------------------------------------------------------

  private causeOfListedVersions(records: readonly VaultCertificate[]): Cause | null {
    for (const record of records) {
      const [listed] = this.listedVersionsOf(record);
      if (listed !== undefined) return this.causeOfListed(record, listed);
    }
    return null;
  }

  /** The URL that was meant for one of the records, and that nothing can be fetched by. */
  private wrongUrlOf(records: readonly VaultCertificate[], isMeant: (url: WrongUrl, record: VaultCertificate) => boolean): Verdict | null {
    for (const record of records) {
      const wrong = this.wrongUrls.find((url) => isSameCertificate(url, record) && isMeant(url, record));
      if (wrong !== undefined) return { kind: 'wrong-url', record, listed: wrong.url, problem: wrong.problem };
    }
    return null;
  }

  /** osProfile lists a version of the record's certificate, but not this one. */
  private causeOfListed(record: VaultCertificate, listed: ListedUrl): Cause {
    const other = this.versions.get(listed.key);
    if (other !== undefined) return { kind: 'other-version', record, listed: listed.url, other, age: compareAge(record, other) };
    for (const { vault, name, version } of [record, ...this.versions.values()]) {
      if (version === null || !isSameCertificate(listed, { vault, name }) || version.length !== listed.version.length) continue;
      const indices = differingDigits(version.toLowerCase(), listed.version, MAX_NEAR_DIGITS);
      if (indices !== null) return { kind: 'unknown-version', record, listed: listed.url, near: { version, indices } };
    }
    return { kind: 'unknown-version', record, listed: listed.url, near: null };
  }

  /** Causes of a thumbprint that no vault record has. */
  private causeElsewhere(digits: string): Cause {
    if (classify(digits).kind === 'dummy') return { kind: 'dummy' };
    const issuer = this.issuerOnly(digits);
    if (issuer !== null) return { kind: 'issuer', ...issuer };
    const serial = this.bySerial(digits);
    if (serial !== null) return { kind: 'serial', holder: serial };
    const near = this.nearest(digits);
    if (near !== null) return near;
    const local = this.local.get(digits) ?? [];
    // The file with the private key is the one to import.
    const certificate = local.find(({ hasPrivateKey }) => hasPrivateKey === true) ?? local[0];
    return certificate === undefined ? { kind: 'nowhere', unseen: this.unseenVersions() } : { kind: 'local-only', certificate };
  }

  /** The certificates of which the exports hold a version that does not come from a list of versions, and no such list. */
  private unseenVersions(): UnseenVersions | null {
    this.unseen ??= { of: this.findUnseenVersions() };
    return this.unseen.of;
  }

  private findUnseenVersions(): UnseenVersions | null {
    const byName = new Map<string, { readonly record: VaultCertificate; isWhole: boolean }>();
    for (const record of [...this.records.values()].flat()) {
      const isWhole = record.version !== null && record.isCurrent !== 'unknown';
      const known = byName.get(keyOf(record.vault, record.name, ''));
      if (known === undefined) byName.set(keyOf(record.vault, record.name, ''), { record, isWhole });
      else known.isWhole ||= isWhole;
    }
    const [first, ...others] = [...byName.values()].filter(({ isWhole }) => !isWhole);
    return first === undefined ? null : { vault: first.record.vault, name: others.length === 0 ? first.record.name : null };
  }

  /** The issuer with this thumbprint, where local certificates know it as nothing else. */
  private issuerOnly(digits: string): { issuer: CertificateFact; leaf: CertificateFact | null } | null {
    const known = this.local.get(digits) ?? [];
    const [issuer] = known;
    if (issuer === undefined || known.some(({ chainOf }) => chainOf === null)) return null;
    return { issuer, leaf: this.local.get(issuer.chainOf ?? '')?.[0] ?? null };
  }

  private nearest(digits: string): Cause | null {
    if (this.local.has(digits)) return null;
    this.near ??= new NearThumbprints(this.known());
    const near = this.near.nearest(digits);
    return near === null ? null : { kind: 'near', holder: this.holderOf(near.thumbprint), indices: near.indices };
  }

  meantBy(value: string): Holder | null {
    this.meant ??= new MeantThumbprints([...this.known()].filter((digits) => !this.isIssuerAlone(digits)));
    const thumbprint = this.meant.meantBy(value);
    return thumbprint === null ? null : this.holderOf(thumbprint);
  }

  /** Every known thumbprint; those that osProfile lists come first. */
  private *known(): Generator<string> {
    for (const { key } of this.listed) {
      const thumbprint = this.versions.get(key)?.thumbprint ?? null;
      if (thumbprint !== null) yield thumbprint;
    }
    yield* this.records.keys();
    yield* this.local.keys();
  }

  private holderOf(thumbprint: string): Holder {
    const records = this.records.get(thumbprint) ?? [];
    const record = records.find(({ vault, name, version }) => version !== null && this.listedKeys.has(keyOf(vault, name, version))) ?? records[0];
    if (record !== undefined) return vaultHolder(record, thumbprint);
    const [certificate] = this.local.get(thumbprint) ?? [];
    if (certificate === undefined) throw new Error('a known thumbprint has no holder');
    return { name: nameCertificate(certificate), thumbprint, origin: certificate.origin };
  }
}

/** Test certificates have shorter ones, and so does much else. */
const MIN_SERIAL = 8;

/** Tools print a serial number with a leading zero or without, in groups or not. */
function serialKey(serial: string): string {
  return withoutSeparators(serial).toUpperCase().replace(/^0+/, '');
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** Vaults, names and versions compare without case. */
function keyOf(vault: string, name: string, version: string): string {
  return `${vault}/${name}/${version}`.toLowerCase();
}

function isSameCertificate(a: Pick<VaultCertificate, 'vault' | 'name'>, b: Pick<VaultCertificate, 'vault' | 'name'>): boolean {
  return a.vault.toLowerCase() === b.vault.toLowerCase() && a.name.toLowerCase() === b.name.toLowerCase();
}

function openDoubt(url: CertificateUrl): Doubt {
  const hole = isKnown(url.url) ? undefined : url.url.parts.find((part) => typeof part !== 'string');
  const expression = typeof hole === 'object' ? hole.expression : isKnown(url.url) ? url.url : '';
  return { kind: 'expression', expression, location: url.location };
}

function doubtsAboutServices(services: readonly CloudServiceFact[]): Doubt[] {
  return services
    .filter(({ complete }) => !complete)
    .map(({ origin }) => ({ kind: 'expression', expression: 'osProfile.secrets', location: origin }));
}

function doubtsAboutExport({ complete, path, records }: VaultExport): Doubt[] {
  const blank = records.find(({ thumbprint, deleted, pending }) => thumbprint === null && !deleted && !pending);
  if (blank !== undefined) return [{ kind: 'incomplete-export', location: blank.origin }];
  return complete ? [] : [{ kind: 'incomplete-export', location: { path, span: null } }];
}

/** Whether a URL with unknown parts may turn out to be that of a record's secret. */
function mayName(url: Known, { host, vault, name, version }: VaultCertificate): boolean {
  if (isKnown(url)) return true;
  const hosts = host === null ? [`${vault}.vault.azure.net`] : [host, `${host}:443`];
  if (version !== null) return hosts.some((one) => mayBe(url, secretUrl(one, name, version)));
  // Any version will do: what must fit is what stands before it.
  const [first] = url.parts;
  const known = typeof first === 'string' ? first.toLowerCase() : '';
  return hosts.some((one) => {
    const prefix = secretUrl(one, name, '').toLowerCase();
    return known.startsWith(prefix) || prefix.startsWith(known);
  });
}

function hidesSome({ problems }: CertificateFile): boolean {
  return problems.some(({ code }) => HIDING.has(code));
}

function compareAge(record: VaultCertificate, other: VaultCertificate): 'older' | 'newer' | 'unknown' {
  const own = (record.created ?? record.notBefore)?.getTime();
  const theirs = (other.created ?? other.notBefore)?.getTime();
  if (own !== undefined && theirs !== undefined && own !== theirs) return own < theirs ? 'older' : 'newer';
  if (record.isCurrent === true) return 'newer';
  return other.isCurrent === true ? 'older' : 'unknown';
}

function vaultHolder(record: VaultCertificate, thumbprint: string): Holder {
  return { name: nameRecord(record), thumbprint, origin: record.origin };
}

/** Whether an export says so of every version, and none says otherwise. */
function isSwitchedOff(records: readonly VaultCertificate[]): boolean {
  return byVersion(records).every((same) => same.some(({ enabled }) => enabled === false) && !same.some(({ enabled }) => enabled === true));
}

/** Records of one version, from several exports, together. */
function byVersion(records: readonly VaultCertificate[]): [VaultCertificate, ...VaultCertificate[]][] {
  const [only, ...others] = records;
  if (only !== undefined && others.length === 0) return [[only]];
  const versions = new Map<string, [VaultCertificate, ...VaultCertificate[]]>();
  for (const record of records) {
    const key = keyOf(record.vault, record.name, record.version ?? '');
    const known = versions.get(key);
    if (known === undefined) versions.set(key, [record]);
    else known.push(record);
  }
  return [...versions.values()];
}
