// The vocabulary: places, findings, fixes, and the facts that evidence is made of.

import type { ConfigurationFact, DefinitionFact } from './service-facts.js';
import type { ServiceModel } from './service-model.js';

export type * from './service-facts.js';
export type * from './service-model.js';

/**
 * A range of a text: half-open, in UTF-16 units, counted from the first character after a byte order mark.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A place in any file: a service configuration, an export, a template, or (without a span) a binary file. */
export interface Location {
  /** As the user would write it: relative to the working directory, `/`-separated. */
  readonly path: string;
  /** Null where the file has no text to point into, such as a .pfx. */
  readonly span: Span | null;
  /** The JSON path of the value (`$.value[3].id`) where the file is JSON. */
  readonly pointer?: string | null;
}

export type Severity = 'error' | 'warning' | 'info';

/** A severity, or not at all. */
export type Level = Severity | 'off';

/** The kinds of evidence, named alike in flags, the config, `--require` and the report. */
export type EvidenceKind = 'csdef' | 'pfx' | 'certificate' | 'vault' | 'os-profile';

/** What a service is configured for: Azure Cloud Services (extended support), or the developer's own machine. */
export type Target = 'cses' | 'emulator';

/** A second place that belongs to a finding. */
export interface Related {
  readonly note: string;
  readonly location: Location;
}

/** A replacement of `[start, end)` by `text`; offsets as in {@link Span}. */
export interface Edit extends Span {
  readonly text: string;
}

/** A change to one file that removes the finding it belongs to. */
export interface Fix {
  readonly title: string;
  /** `unsafe` changes what is deployed, or chooses which of two files is right. */
  readonly safety: 'safe' | 'unsafe';
  readonly path: string;
  readonly edits: readonly [Edit, ...Edit[]];
}

/** What a rule has to say about one place. A finding is data; its sentences come from the rule's table of messages. */
export interface Finding {
  readonly ruleId: string;
  readonly messageId: string;
  readonly severity: Severity;
  /** The values of the message's slots, and what else a reader of the report can use. Never a setting's value. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly cause: string | null;
  readonly help: string;
  readonly location: Location;
  readonly related: readonly Related[];
  readonly fix: Fix | null;
  /** The literal refusal of Azure that this pre-empts, without its trailing "To understand more…". */
  readonly azure: string | null;
  /** Where that text was seen: from Cloud Services (extended support) itself, or from a related service only. */
  readonly azureSeen: AzureSeen | null;
}

export type AzureSeen = 'cses' | 'similar';

/** Why a rule that is on could not run. */
export type SkipReason = 'evidence' | 'not-well-formed' | 'ambiguous-definition' | 'unreadable-definition';

/** A rule that is on for a file and could not run there. */
export interface Skip {
  readonly ruleId: string;
  /** As the rule is set for the file. */
  readonly severity: Severity;
  readonly reason: SkipReason;
  /** The kinds of evidence that would have to be given; empty unless the reason is `evidence`. */
  readonly missing: readonly EvidenceKind[];
}

// ---------------------------------------------------------------------------------------------------------------------
// Evidence
// ---------------------------------------------------------------------------------------------------------------------

/**
 * What is in one X.509 certificate.
 *
 * Any fact may be null: the file did not hold it, or the platform's reader could not tell.
 */
export interface CertificateFact {
  /** SHA-1 of the DER, forty upper-case hexadecimal digits. */
  readonly thumbprint: string;
  /** Distinguished name, one line, most specific part first: `CN=shop.example, O=Contoso`. */
  readonly subject: string | null;
  readonly issuer: string | null;
  /** Hexadecimal, upper case. */
  readonly serial: string | null;
  readonly dnsNames: readonly string[];
  /** UTC. */
  readonly notBefore: Date | null;
  /** UTC. */
  readonly notAfter: Date | null;
  /** `rsa`, `ec`, `ed25519`, … as the platform calls it. */
  readonly keyType: string | null;
  /** RSA and DSA: bits of the modulus. Null for other kinds. */
  readonly keyBits: number | null;
  readonly isCa: boolean | null;
  /** Whether the file it came from holds its private key. */
  readonly hasPrivateKey: boolean | 'unknown';
  /** For a certificate that stands in a .pfx as an issuer: the thumbprint of the leaf whose chain it belongs to. */
  readonly chainOf: string | null;
  readonly origin: Location;
}

/** A file that holds certificates: a .pfx, a DER or PEM certificate. */
export interface CertificateFile {
  readonly path: string;
  readonly kind: 'pfx' | 'certificate';
  readonly shape: CertificateShape | null;
  readonly certificates: readonly CertificateFact[];
  /** Null for anything but a .pfx, and for one too damaged to tell. */
  readonly encryption: PfxEncryption | null;
  readonly problems: readonly Problem[];
}

/** How a .pfx is protected. It says so in clear, so that this is known without its password. */
export interface PfxEncryption {
  /** Of its encrypted safes, where the certificates lie, each once; empty where all of them lie in clear. */
  readonly certificates: readonly EncryptionScheme[];
  /** Of its private keys, each once. Those in an encrypted safe are seen only where the safe was opened. */
  readonly keys: readonly EncryptionScheme[];
  /** The hash of its MAC: `sha256`, …, or an OID without a name here. Null without a MAC. */
  readonly mac: string | null;
}

/** A password-based encryption. */
export interface EncryptionScheme {
  /** `aes-256-cbc`, `des-ede3-cbc`, `rc2-40-cbc`, …, or an OID without a name here. */
  readonly cipher: string;
  /** The hash by which the password becomes a key: `sha256`. Null where there is none, as for scrypt, or it is not known. */
  readonly hash: string | null;
}

export type CertificateShape = 'pfx' | 'text-encoded-pfx' | 'der' | 'pem' | 'pkcs7';

/** One version of a certificate in a Key Vault, as far as an export tells. */
export interface VaultCertificate {
  /** Short name of the vault, as written: `contoso-kv`. */
  readonly vault: string;
  /** Host of the vault without a port, lower case: `contoso-kv.vault.azure.net`. Null where only the short name is known. */
  readonly host: string | null;
  /** The certificate's name in the vault. */
  readonly name: string;
  /** Null where the export does not name a version, as every plain list does; it then is the current one. */
  readonly version: string | null;
  /** `https://<host>/secrets/<name>/<version>`, from the export or derived from the certificate's own identifier. */
  readonly secretUrl: string | null;
  readonly certificate: CertificateFact | null;
  /** Forty upper-case hexadecimal digits; null where the export holds none. */
  readonly thumbprint: string | null;
  /** Thumbprints that the export states for it though its own certificate, or another statement beside it, has another. */
  readonly contradicted: readonly StatedThumbprint[];
  readonly enabled: boolean | null;
  readonly exportable: boolean | null;
  readonly contentType: string | null;
  readonly keyType: string | null;
  /** All times are UTC. */
  readonly created: Date | null;
  readonly updated: Date | null;
  readonly notBefore: Date | null;
  readonly expires: Date | null;
  readonly deleted: boolean;
  readonly pending: boolean;
  readonly isCurrent: boolean | 'unknown';
  /** Where the record stands in the export. */
  readonly origin: Location;
}

/** A thumbprint as it stands in an export. */
export interface StatedThumbprint {
  /** Forty upper-case hexadecimal digits. */
  readonly digits: string;
  readonly location: Location;
}

/** One file that was given as a vault export. */
export interface VaultExport {
  readonly path: string;
  readonly shape: VaultShape | null;
  readonly records: readonly VaultCertificate[];
  /** The vaults themselves, where the file describes any (`az keyvault show`). */
  readonly vaults: readonly VaultFact[];
  /** False where the file itself shows that it holds a part only: one page of several, records cut by depth. */
  readonly complete: boolean;
  readonly problems: readonly Problem[];
}

/** Public names of the shapes of a vault export. */
export type VaultShape =
  | 'rest-certificates'
  | 'rest-certificate'
  | 'rest-secret'
  | 'az-certificates'
  | 'az-certificate'
  | 'az-secret'
  | 'powershell-certificates'
  | 'powershell-certificate'
  | 'powershell-secret'
  | 'terraform-show'
  | 'terraform-plan'
  | 'terraform-state'
  | 'key-vault'
  | 'projection';

/** A Key Vault itself, where it was given: what no export of its certificates can tell. */
export interface VaultFact {
  /** ARM resource id. */
  readonly id: string | null;
  readonly name: string;
  /** Azure region. */
  readonly location: string | null;
  readonly enabledForDeployment: boolean | null;
  readonly origin: Location;
}

/** A part of a value that cannot be known offline, such as an expression of a template. */
export interface Hole {
  /** The expression as written, without its brackets. */
  readonly expression: string;
}

/** A string, or one of which only parts are known; the parts stay readable. */
export type Known = string | { readonly parts: readonly (string | Hole)[] };

/** One entry of `osProfile.secrets[].vaultCertificates`. */
export interface CertificateUrl {
  readonly url: Known;
  /** `isBootstrapCertificate`, for the Key Vault extension. */
  readonly bootstrap: boolean;
  readonly location: Location;
}

/** One group of `osProfile.secrets`, as written. */
export interface SecretGroup {
  /** `sourceVault.id`; null where the source does not hold one. */
  readonly vaultId: Known | null;
  readonly certificateUrls: readonly CertificateUrl[];
  /** Where the id of the vault stands, or, where there is none, the group. */
  readonly location: Location;
}

/** A cloud service, as far as an osProfile source tells. */
export interface CloudServiceFact extends ServiceModel {
  /** ARM resource id. */
  readonly id: string | null;
  readonly name: Known | null;
  /** Azure region. */
  readonly location: Known | null;
  /** True for what a GET returned: it is what runs, not what will be deployed. */
  readonly live: boolean;
  readonly secrets: readonly SecretGroup[];
  /** False where an expression or a missing parameters file hides a part of `secrets` as a whole. */
  readonly complete: boolean;
  /** Where `osProfile.secrets` stands, or, where there is none, the place that should hold it. */
  readonly origin: Location;
  readonly shape: OsProfileShape;
}

/** Public names of the shapes of an osProfile source. */
export type OsProfileShape =
  | 'rest-cloud-service'
  | 'az-cloud-service'
  | 'az-resource'
  | 'az-deployment'
  | 'powershell-cloud-service'
  | 'powershell-resource'
  | 'powershell-rest-response'
  | 'powershell-secret-groups'
  | 'arm-template'
  | 'arm-parameters'
  | 'secret-groups'
  | 'azapi-state';

/** One file that was given as an osProfile source. */
export interface OsProfileFile {
  readonly path: string;
  readonly shape: OsProfileShape | null;
  /** How many certificate URLs it holds itself. */
  readonly urls: number;
  readonly problems: readonly Problem[];
}

/** Everything that a set of osProfile files says together: a template and its parameters go together. */
export interface OsProfile {
  readonly files: readonly OsProfileFile[];
  readonly services: readonly CloudServiceFact[];
}

/** What keeps a file from being evidence, or makes it less than whole. */
export interface Problem {
  readonly code: ProblemCode;
  /** One sentence: what is wrong. Never a secret. */
  readonly message: string;
  /** What to do: usually the exact command that gives a usable file. */
  readonly help: string;
  readonly location: Location;
}

/** Public codes of problems, in the JSON of reports. */
export type ProblemCode =
  // any file
  | 'empty'
  | 'over-limit'
  | 'unreadable'
  | 'undecodable'
  // JSON
  | 'not-json'
  | 'truncated-json'
  | 'depth-truncated'
  | 'backup-blob'
  | 'no-thumbprints'
  | 'service-error'
  | 'unsupported-projection'
  | 'wrong-resource'
  | 'page-of-several'
  | 'several-services'
  | 'sources-differ'
  | 'unresolved-expression'
  | 'duplicate-key'
  | 'inconsistent-thumbprint'
  // certificates
  | 'not-pfx'
  | 'not-certificate'
  | 'text-encoded'
  | 'corrupt'
  | 'needs-password'
  | 'wrong-password-or-altered'
  | 'unsupported'
  | 'no-certificate'
  | 'integrity-not-proven';

/**
 * What rules may ask for. A kind that was not given is absent, which is not the same as empty.
 */
export interface Evidence {
  /** Local certificates: every .pfx, .cer, .pem that was given. */
  readonly certificates: readonly CertificateFile[];
  /** Exports of certificates; what only describes a vault is none. */
  readonly vault: readonly VaultExport[];
  /** The vaults themselves, as far as a file describes them. */
  readonly vaults: readonly VaultFact[];
  readonly osProfile: OsProfile;
  /** The service definition of a service configuration. */
  readonly definition: DefinitionFact;
  /**
   * The service configurations that belong together with a file, by its path as it is shown: of a .cscfg the other .cscfg of
   * its service, of a .csdef those that it defines the roles for. They are read when a rule first asks.
   */
  readonly configurations: (path: string) => readonly ConfigurationFact[];
}

/** A piece of evidence by the name it has in the config, in flags and in the report. */
export const EVIDENCE_KIND = {
  certificates: 'pfx',
  vault: 'vault',
  vaults: 'vault',
  osProfile: 'os-profile',
  definition: 'csdef',
} as const satisfies Record<GivenEvidence, EvidenceKind>;

/** The evidence that somebody has to give; the other .cscfg of a service are found by themselves. */
export type GivenEvidence = Exclude<keyof Evidence, 'configurations'>;

/**
 * What the readers of certificates need of cryptography. Node's crypto fills it in the command line; a browser can hand
 * in another.
 */
export interface Crypto {
  /** Digest of `bytes`; `algorithm` in OpenSSL's spelling (`sha1`, `sha256`, `sha512-256`, `md5`). Throws on one it does not know. */
  hash(algorithm: string, bytes: Uint8Array): Uint8Array;
  hmac(algorithm: string, key: Uint8Array, bytes: Uint8Array): Uint8Array;
  /** PBKDF2, RFC 8018. `length` in bytes. */
  pbkdf2(algorithm: string, password: Uint8Array, salt: Uint8Array, iterations: number, length: number): Uint8Array;
  /** scrypt, RFC 7914. `length` in bytes. */
  scrypt(password: Uint8Array, salt: Uint8Array, cost: number, blockSize: number, parallel: number, length: number): Uint8Array;
  /** Block decryption in CBC mode with PKCS#7 padding removed. Throws where the padding is wrong. */
  decrypt(cipher: 'des-ede3-cbc' | 'des-cbc' | 'aes-128-cbc' | 'aes-192-cbc' | 'aes-256-cbc', key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array;
  /** The facts of a DER certificate, or null where the platform cannot read it. Never throws. */
  certificate(der: Uint8Array): X509Facts | null;
}

/** What a platform's X.509 reader tells; forms as in {@link CertificateFact}. */
export type X509Facts = Pick<
  CertificateFact,
  'subject' | 'issuer' | 'serial' | 'dnsNames' | 'notBefore' | 'notAfter' | 'keyType' | 'keyBits' | 'isCa'
>;
