// What is in files, for programs: JSON, version 1. schema/inspect.schema.json describes it.

import type { Inspection } from '../core/inspection.js';
import { showKnown } from '../core/known.js';
import type { CertificateFact, VaultCertificate } from '../core/types.js';
import { jsonText } from './json-text.js';

export function formatInspectionsJson(inspections: readonly Inspection[], version: string): string {
  return jsonText({ version: 1, tool: { name: 'cscfglint', version }, files: inspections.map(file) });
}

function file({ path, kind, shape, certificates, encryption, vaultCertificates, vaults, services, problems }: Inspection) {
  return {
    path,
    kind,
    shape,
    certificates: certificates.map(certificate),
    encryption,
    vaultCertificates: vaultCertificates.map(record),
    vaults: vaults.map(({ id, name, location, enabledForDeployment }) => ({ id, name, location, enabledForDeployment })),
    certificateUrls: services.flatMap(({ secrets }) => secrets.flatMap(({ certificateUrls }) => certificateUrls.map(({ url }) => showKnown(url)))),
    problems: problems.map(({ code, message, help, at }) => ({ code, message, help, line: at?.line ?? null, column: at?.column ?? null })),
  };
}

function certificate({ thumbprint, subject, issuer, serial, dnsNames, notBefore, notAfter, keyType, keyBits, isCa, hasPrivateKey, chainOf }: CertificateFact) {
  return { thumbprint, subject, issuer, serial, dnsNames, notBefore: time(notBefore), notAfter: time(notAfter), keyType, keyBits, isCa, hasPrivateKey, chainOf };
}

function record(one: VaultCertificate) {
  const { vault, host, name, version, secretUrl, thumbprint, enabled, exportable, contentType, keyType, deleted, pending, isCurrent } = one;
  return {
    vault,
    host,
    name,
    version,
    secretUrl,
    thumbprint,
    enabled,
    exportable,
    contentType,
    keyType,
    created: time(one.created),
    updated: time(one.updated),
    notBefore: time(one.notBefore),
    expires: time(one.expires),
    deleted,
    pending,
    isCurrent,
    certificate: one.certificate === null ? null : certificate(one.certificate),
  };
}

function time(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
