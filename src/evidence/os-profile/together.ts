// Which of the osProfile sources of a repository can be read together: parameters of several deployments contradict each other.

import { isKnown } from '../../core/known.js';
import { foldName } from '../../core/names.js';
import type { SourceFile } from '../../core/source.js';
import type { CloudServiceFact, Known, OsProfile } from '../../core/types.js';
import { documentsOf } from './documents.js';
import { readOsProfile } from './index.js';

/** Holding parameters files against each other takes a reading for each pair: so many at most, and so many characters of all sources. */
const MAX_COMPARED = 12;
const MAX_COMPARED_LENGTH = 1_000_000;

export interface SourcesTogether {
  /** Those that say more together than any of them alone, in the order given. */
  readonly sources: readonly SourceFile[];
  /** Parameters files that give the certificates of the same template differently: which one is meant, only a person knows. */
  readonly contradicting: readonly SourceFile[];
  /** What is read of `sources`. */
  readonly profile: OsProfile;
}

/** Whether a text is a file of parameters, which says something together with its template only. */
export function isParameters(source: SourceFile): boolean {
  return documentsOf(source).parameters.length > 0;
}

/** Sorts out sources of which each was found to be one by itself, or to be parameters. */
export function sourcesTogether(candidates: readonly SourceFile[]): SourcesTogether {
  const { files } = read(candidates);
  const used = candidates.filter((_, index) => (files[index]?.shape ?? null) !== null);
  const all = used.filter(isParameters);
  const others = used.filter((source) => !all.includes(source));
  const canCompare = all.length <= MAX_COMPARED && used.reduce((sum, { text }) => sum + text.length, 0) <= MAX_COMPARED_LENGTH;
  const parameters = canCompare ? helpful(all, others) : all;
  const contradicting = canCompare ? contradictions(parameters, others) : parameters.length > 1 ? parameters : [];
  const sources = used.filter((source) => others.includes(source) || (parameters.includes(source) && !contradicting.includes(source)));
  return { sources, contradicting, profile: read(sources) };
}

/** Names of cloud services, each once, as far as they are known. */
export function namesOf(services: readonly CloudServiceFact[]): readonly string[] {
  const names = new Map<string, string>();
  for (const { name } of services) if (name !== null && isKnown(name) && !names.has(foldName(name))) names.set(foldName(name), name);
  return [...names.values()];
}

/**
 * Parameters that tell more of the certificates. Those of another template may share a name, such as "location", with the one
 * that deploys the cloud service; where none tells more, that is no reason to leave any out.
 */
function helpful(parameters: readonly SourceFile[], others: readonly SourceFile[]): readonly SourceFile[] {
  const alone = known(others);
  const telling = parameters.filter((source) => known([...others, source]) > alone);
  return telling.length === 0 ? parameters : telling;
}

function contradictions(parameters: readonly SourceFile[], others: readonly SourceFile[]): readonly SourceFile[] {
  const single = new Map(parameters.map((source) => [source, known([...others, source])]));
  const contradicts = (one: SourceFile, other: SourceFile) =>
    one !== other && known([...others, one, other]) < Math.max(single.get(one) ?? 0, single.get(other) ?? 0);
  return parameters.filter((one) => parameters.some((other) => contradicts(one, other)));
}

function read(sources: readonly SourceFile[]): OsProfile {
  return readOsProfile(sources, { cloudService: null });
}

/** How much of the secrets is known, in characters: more parameters make it more, and two values of one make it less. */
function known(sources: readonly SourceFile[]): number {
  const secrets = read(sources).services.flatMap((service) => service.secrets);
  return secrets.reduce((sum, { vaultId, certificateUrls }) => sum + lengthOf(vaultId) + certificateUrls.reduce((urls, { url }) => urls + lengthOf(url), 0), 0);
}

function lengthOf(value: Known | null): number {
  if (value === null || isKnown(value)) return value?.length ?? 0;
  return value.parts.reduce((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
}
