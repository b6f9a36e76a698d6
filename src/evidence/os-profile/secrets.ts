// osProfile.secrets of a cloud service: groups of certificate URLs by vault, in every spelling that the producers have.

import { isKnown } from '../../core/known.js';
import type { CertificateUrl, Hole, Location, Problem, SecretGroup } from '../../core/types.js';
import { beginningOf, EXPORT_SERVICE, problemAt } from './found.js';
import { isSet, property, textOf, type Resolved } from './resolved.js';

/** An expression that hides a URL, or more than one. */
export interface Unresolved {
  readonly expression: string;
  readonly location: Location;
}

/** What `osProfile.secrets` says. */
export interface Secrets {
  readonly groups: readonly SecretGroup[];
  /** False where something hides whole entries or groups. */
  readonly complete: boolean;
  /** Where the list stands, or what should hold it. */
  readonly origin: Location;
  readonly unresolved: readonly Unresolved[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the certificate URLs of a cloud service from its `properties`.
 *
 * A list that is absent, or null, is empty: that is how Azure describes a service without certificates. The names are
 * those of the REST interface (`secrets`, `sourceVault.id`, `vaultCertificates`) or of PowerShell (`Secret`,
 * `SourceVaultId`, `VaultCertificate`).
 *
 * https://github.com/Azure/azure-rest-api-specs/blob/main/specification/compute/resource-manager/Microsoft.Compute/CloudserviceRP/stable/2022-09-04/cloudService.json
 */
export function readSecrets(properties: Resolved): Secrets {
  return new SecretsReader().read(properties);
}

class SecretsReader {
  #complete = true;
  readonly #unresolved: Unresolved[] = [];
  readonly #problems: Problem[] = [];

  read(properties: Resolved): Secrets {
    const osProfile = this.objectProperty(properties, ['osProfile']);
    const secrets = this.objectProperty(osProfile, ['secrets', 'secret']);
    const groups = this.elements(secrets, 'osProfile.secrets').map((group) => this.group(group));
    const origin = secrets ?? osProfile ?? properties;
    return {
      groups: groups.filter((group) => group !== null),
      complete: this.#complete,
      origin: origin.kind === 'unknown' ? origin.location : beginningOf(origin.location),
      unresolved: this.#unresolved,
      problems: this.#problems,
    };
  }

  private group(group: Resolved): SecretGroup | null {
    if (group.kind === 'unknown') return this.hide(group.hole, group.location);
    const certificates = firstSet(group, ['vaultCertificates', 'vaultCertificate']);
    const vault = firstSet(group, ['sourceVault', 'sourceVaultId']);
    if (certificates === undefined && vault === undefined) return this.malformed(group, 'a group of osProfile.secrets');
    const vaultId = textOf(property(property(group, 'sourceVault'), 'id') ?? property(group, 'sourceVaultId'));
    const certificateUrls = this.elements(certificates, 'vaultCertificates').map((entry) => this.certificateUrl(entry));
    return { vaultId, certificateUrls: certificateUrls.filter((url) => url !== null), location: placeOfVault(group) };
  }

  private certificateUrl(entry: Resolved): CertificateUrl | null {
    if (entry.kind === 'unknown') return this.hide(entry.hole, entry.location);
    const value = property(entry, 'certificateUrl');
    const url = textOf(value);
    if (value === undefined || url === null) return this.malformed(entry, 'an entry of vaultCertificates');
    const hole = isKnown(url) ? undefined : url.parts.find((part) => typeof part !== 'string');
    if (hole !== undefined) this.#unresolved.push({ expression: hole.expression, location: value.location });
    return { url, bootstrap: isTrue(property(entry, 'isBootstrapCertificate')), location: value.location };
  }

  /** The elements of a list. One element may stand without its list, as ConvertTo-Json writes it. */
  private elements(value: Resolved | undefined, name: string): readonly Resolved[] {
    if (value === undefined) return [];
    switch (value.kind) {
      case 'list':
        if (value.rest !== null) this.hide(value.rest, value.location);
        return value.items;
      case 'object':
        return [value];
      case 'unknown':
        this.hide(value.hole, value.location);
        return [];
      default:
        this.malformed(value, name);
        return [];
    }
  }

  /** What an object has under one of the names; a string in the object's place is what a cut export leaves. */
  private objectProperty(value: Resolved | undefined, keys: readonly string[]): Resolved | undefined {
    if (value !== undefined && value.kind !== 'object' && value.kind !== 'unknown') this.malformed(value, 'osProfile');
    return firstSet(value, keys);
  }

  private hide({ expression }: Hole, location: Location): null {
    this.#complete = false;
    this.#unresolved.push({ expression, location });
    return null;
  }

  private malformed(value: Resolved, name: string): null {
    this.#complete = false;
    this.#problems.push(isCutByDepth(value) ? cutByDepth(value) : notAsExpected(value, name));
    return null;
  }
}

/** Where the id of the vault stands; else where the group begins. */
function placeOfVault(group: Resolved): Location {
  const id = property(property(group, 'sourceVault'), 'id') ?? property(group, 'sourceVaultId');
  return id?.kind === 'text' ? id.location : beginningOf(group.location);
}

function firstSet(value: Resolved | undefined, keys: readonly string[]): Resolved | undefined {
  return keys.map((key) => property(value, key)).find(isSet);
}

/** A boolean in the schema, a string in Azure's own example. What is not known counts as not set, which is the default. */
function isTrue(value: Resolved | undefined): boolean {
  if (value?.kind === 'scalar') return value.value === true;
  return value?.kind === 'text' && isKnown(value.value) && value.value.toLowerCase() === 'true';
}

/** What ConvertTo-Json writes for an object below its depth: the name of its type, or its properties in one line. */
function isCutByDepth(value: Resolved): boolean {
  return value.kind === 'text' && isKnown(value.value) && /^(?:@\{|(?:System|Microsoft)\.[\w.+[\]`]+(?: |$))/.test(value.value);
}

function cutByDepth({ location }: Resolved): Problem {
  return problemAt(
    beginningOf(location),
    'depth-truncated',
    'The secrets were cut off: ConvertTo-Json wrote the name of a type in place of what lies deeper than its -Depth.',
    'Export again with "| ConvertTo-Json -Depth 100", or with "(Get-AzCloudService -ResourceGroupName GROUP -Name NAME).ToJsonString()".',
  );
}

function notAsExpected(value: Resolved, name: string): Problem {
  return problemAt(
    beginningOf(value.location),
    'unsupported-projection',
    `What stands here is not ${name} as Azure has it, so certificate URLs may be missing.`,
    `Write it as { "sourceVault": { "id": … }, "vaultCertificates": [ { "certificateUrl": … } ] }. ${EXPORT_SERVICE}`,
  );
}
