// What is in files, for a person at a terminal: one block per certificate.

import { type InspectedProblem, type Inspection, isUnread } from '../core/inspection.js';
import { showKnown } from '../core/known.js';
import type { CertificateFact, CloudServiceFact, EncryptionScheme, PfxEncryption, VaultCertificate, VaultFact } from '../core/types.js';
import type { Paint } from './text.js';
import { visible } from './visible.js';
import { padTo, wrap } from './width.js';

const COLUMNS = 80;

const KINDS = { pfx: 'PKCS#12', certificate: 'certificates', vault: 'Key Vault', 'os-profile': 'osProfile' } as const;

/** `quiet`: without files in which there is no problem. */
export function formatInspectionsText(inspections: readonly Inspection[], options: { readonly paint: Paint; readonly now: Date; readonly quiet: boolean }): string {
  const shown = options.quiet ? inspections.filter(({ problems }) => problems.length > 0) : inspections;
  return shown.map((inspection) => block(inspection, options.paint, options.now)).join('\n');
}

function block(inspection: Inspection, paint: Paint, now: Date): string {
  const { path, kind, shape, certificates, encryption, vaultCertificates, vaults, services, problems } = inspection;
  const what = kind === null ? 'not recognised' : `${KINDS[kind]} (${shape ?? 'unknown shape'})`;
  const lines = [`${paint('strong', visible(path))}: ${what}${kind === null ? '' : countsOf(inspection)}`];
  if (encryption !== null) lines.push('', ...encryptionLines(encryption));
  for (const certificate of certificates) lines.push('', ...certificateLines(certificate, paint, now));
  for (const record of vaultCertificates) lines.push('', ...recordLines(record, paint, now));
  for (const vault of vaults) lines.push('', ...vaultLines(vault, paint));
  for (const service of services) lines.push('', ...serviceLines(service, paint));
  if (problems.length > 0) lines.push('', ...problems.flatMap((problem) => problemLines(problem, isUnread(inspection), paint)));
  return `${lines.join('\n')}\n`;
}

function countsOf({ certificates, vaultCertificates, services }: Inspection): string {
  const urls = services.reduce((sum, { secrets }) => sum + secrets.reduce((count, group) => count + group.certificateUrls.length, 0), 0);
  const count = certificates.length + vaultCertificates.length;
  const counts = [number(count, 'certificate'), number(urls, 'secret URL')].filter((part) => part !== '');
  return counts.length === 0 ? '' : `, ${counts.join(', ')}`;
}

function number(count: number, what: string): string {
  return count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`;
}

const NAME_WIDTH = 13;

/** A fact on its line; what it says is from a file. */
function fact(name: string, value: string | null): string[] {
  return value === null || value === '' ? [] : [`    ${padTo(name, NAME_WIDTH)}${visible(value)}`];
}

function certificateLines(certificate: CertificateFact, paint: Paint, now: Date): string[] {
  const { subject, dnsNames, hasPrivateKey, chainOf } = certificate;
  return [
    `  ${paint('strong', visible(subject ?? 'a certificate that cannot be decoded'))}`,
    ...fact('thumbprint', certificate.thumbprint),
    ...fact('issuer', certificate.issuer === subject ? `${subject ?? ''} (itself)` : certificate.issuer),
    ...fact('DNS names', dnsNames.join(', ')),
    ...validity(certificate.notBefore, certificate.notAfter, paint, now),
    ...fact('key', keyOf(certificate)),
    ...fact('private key', hasPrivateKey === 'unknown' ? 'unknown' : hasPrivateKey ? 'yes' : 'no'),
    ...fact('role', chainOf === null ? null : `an issuer in the chain of ${chainOf}`),
  ];
}

function encryptionLines(encryption: PfxEncryption): string[] {
  const { mac } = encryption;
  return [...fact('encryption', ciphersOf(encryption)), ...fact('integrity', mac === null ? 'no MAC' : `MAC with ${mac}`)];
}

function ciphersOf({ certificates, keys }: PfxEncryption): string {
  const [ofCertificates, ofKeys] = [schemesOf(certificates), schemesOf(keys)];
  if (keys.length === 0 || ofKeys === ofCertificates) return ofCertificates || 'none';
  return certificates.length === 0 ? `of the private key alone: ${ofKeys}` : `${ofCertificates}; of the private key ${ofKeys}`;
}

function schemesOf(all: readonly EncryptionScheme[]): string {
  return all.map(({ cipher, hash }) => (hash === null ? cipher : `${cipher} with ${hash}`)).join(', ');
}

function keyOf({ keyType, keyBits, isCa }: CertificateFact): string | null {
  if (keyType === null) return null;
  return `${keyType}${keyBits === null ? '' : ` ${keyBits}`}${isCa === true ? ', a certificate authority' : ''}`;
}

function recordLines(record: VaultCertificate, paint: Paint, now: Date): string[] {
  const { vault, name, version, certificate, thumbprint, secretUrl } = record;
  const title = `${name || '(no name)'}${vault === '' ? '' : ` in vault ${vault}`}`;
  return [
    `  ${paint('strong', visible(title))}`,
    ...fact('thumbprint', thumbprint ?? 'not in the export'),
    ...fact('version', version ?? 'not in the export'),
    ...fact('secret URL', secretUrl ?? 'unknown: it ends in the version, which the export does not hold'),
    ...fact('subject', certificate?.subject ?? null),
    ...fact('issuer', certificate?.issuer ?? null),
    ...validity(certificate?.notBefore ?? record.notBefore, certificate?.notAfter ?? record.expires, paint, now),
    ...fact('key', certificate === null ? record.keyType : (keyOf(certificate) ?? record.keyType)),
    ...fact('private key', record.exportable === null ? 'unknown' : record.exportable ? 'yes, exportable' : 'not exportable'),
    ...fact('state', stateOf(record)),
  ];
}

function stateOf({ enabled, deleted, pending, isCurrent }: VaultCertificate): string {
  const states = [
    deleted ? 'deleted' : '',
    pending ? 'still being made' : '',
    enabled === null ? '' : enabled ? 'enabled' : 'disabled',
    // What is not there, or not yet, is no version that a deployment could choose.
    deleted || pending || isCurrent === 'unknown' ? '' : isCurrent ? 'current version' : 'older version',
  ];
  return states.filter((state) => state !== '').join(', ');
}

function vaultLines({ name, location, enabledForDeployment }: VaultFact, paint: Paint): string[] {
  return [
    `  ${paint('strong', visible(`vault ${name}`))}`,
    ...fact('region', location),
    ...fact('deployment', enabledForDeployment === null ? 'unknown' : enabledForDeployment ? 'Azure may fetch secrets when it deploys' : 'Azure may not fetch secrets when it deploys'),
  ];
}

function serviceLines({ name, live, secrets, complete }: CloudServiceFact, paint: Paint): string[] {
  const title = `${name === null ? 'a cloud service' : `cloud service ${showKnown(name)}`}${live ? ', as it runs' : ''}`;
  const lines = [`  ${paint('strong', visible(title))}`];
  for (const { vaultId, certificateUrls } of secrets) {
    if (vaultId !== null) lines.push(...fact('vault', showKnown(vaultId).split('/').at(-1) ?? null));
    for (const { url, bootstrap } of certificateUrls) lines.push(...fact('secret URL', `${showKnown(url)}${bootstrap ? ' (bootstrap)' : ''}`));
  }
  if (secrets.every(({ certificateUrls }) => certificateUrls.length === 0)) lines.push(...fact('secret URL', complete ? 'none' : 'not known before deployment'));
  return lines;
}

const DAY = 24 * 60 * 60 * 1000;

/** `2026-01-01 to 2027-01-01 (34 days left)`, in UTC. */
function validity(from: Date | null, to: Date | null, paint: Paint, now: Date): string[] {
  if (from === null && to === null) return [];
  const [line = ''] = fact('valid', `${day(from)} to ${day(to)}`);
  if (to === null) return [line];
  const days = Math.floor((to.getTime() - now.getTime()) / DAY);
  if (days < 0) return [`${line} ${paint('error', `(expired ${plural(-days)} ago)`)}`];
  if (from !== null && from > now) return [`${line} ${paint('warning', `(begins in ${plural(Math.ceil((from.getTime() - now.getTime()) / DAY))})`)}`];
  return [`${line} (${plural(days)} left)`];
}

function plural(days: number): string {
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}

function day(date: Date | null): string {
  return date === null ? 'unknown' : date.toISOString().slice(0, 10);
}

function problemLines({ code, message, help, at }: InspectedProblem, unread: boolean, paint: Paint): string[] {
  const place = at === null ? '' : `line ${at.line}, column ${at.column}: `;
  const head = `  ${unread ? 'error' : 'problem'} ${code}: `;
  const text = wrap(`${head}${place}${visible(message)}`, COLUMNS, '    ');
  return [text.replace(head, `  ${paint(unread ? 'error' : 'warning', head.trim())} `), wrap(`    help: ${visible(help)}`, COLUMNS, '    ')];
}
