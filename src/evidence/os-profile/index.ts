// Sources of an osProfile, whichever tools wrote them, read together: a template says little without its parameters.

import { foldName } from '../../core/names.js';
import type { SourceFile } from '../../core/source.js';
import type { CloudServiceFact, OsProfile, OsProfileFile, Problem } from '../../core/types.js';
import { Meter } from './arm-evaluation.js';
import { Parameters, readParametersAlone, unusedParameters, type ParametersFile } from './arm-parameters.js';
import { readTemplate } from './arm-template.js';
import { choose, type Choice } from './choice.js';
import { disagreement } from './disagreement.js';
import { documentsOf, type Documents } from './documents.js';
import { isProblem, type Found, type FoundService } from './found.js';
import { knownTextOf, property, textOf } from './resolved.js';
import { readSecrets, type Secrets } from './secrets.js';
import { readServiceModel } from './service-model.js';
import { unresolvedProblem } from './unresolved.js';

/** One file, and what came of it. */
interface FileSoFar {
  readonly path: string;
  readonly documents: Documents;
  readonly services: ReadService[];
}

/** A service, and what keeps its certificates from being known. */
interface ReadService {
  readonly fact: CloudServiceFact;
  readonly secrets: Secrets;
}

/**
 * Reads all osProfile sources of a run together: templates are resolved with the parameters files beside them, and the
 * services of several sources add up. A parameters file counts by itself where no template of the set deploys a cloud
 * service.
 *
 * `cloudService` chooses by name, without regard to case. A service whose name is not known stays: it may be the one.
 * Where nothing is chosen and the sources hold services of different names, all are returned, each with its own secrets:
 * one template may well deploy two services for two configurations, and leaving one out would report its certificates as
 * missing. Since a certificate of one service then passes for that of the other, the problem `several-services` says so.
 * Where two files list different certificates for one service, the problem `sources-differ` does.
 *
 * Never throws. What could not be used is in `problems`, with the command that gives a usable source.
 */
export function readOsProfile(sources: readonly SourceFile[], options: { readonly cloudService: string | null }): OsProfile {
  const files = sources.map((source): FileSoFar => ({ path: source.path, documents: documentsOf(source), services: [] }));
  const parameters = new Parameters(files.flatMap(({ documents }) => documents.parameters));
  const declared = readTemplates(files, parameters);
  for (const file of files) {
    addServices(file, file.documents.services);
    readParameters(file, declared);
    if (!file.services.some(isUsable)) refuse(file);
  }
  const choice = choose(files.map(({ services }) => services.map(({ fact }) => fact)), options.cloudService);
  const urls = countUrls(files);
  const unclear = [choice.problem === null ? null : { at: choice.at, problem: choice.problem }, disagreement(choice.services)].filter((one) => one !== null);
  return { files: files.map((file) => fileOf(file, parameters, urls.get(file.path) ?? 0, { services: choice.services, unclear })), services: [...choice.services] };
}

/** Reads the templates of all files. The names of the parameters that they declare, or null where none deploys a service. */
function readTemplates(files: readonly FileSoFar[], parameters: Parameters): ReadonlySet<string> | null {
  const meter = new Meter();
  const declared = new Set<string>();
  let any = false;
  for (const file of files) {
    for (const root of file.documents.templates) {
      const template = readTemplate(root, parameters, meter);
      add(file, template.found);
      if (isProblem(template.found)) continue;
      any = true;
      for (const name of template.declared) declared.add(name);
    }
  }
  return any ? declared : null;
}

/** Parameters without a template that deploys a service may hold the secret groups themselves. */
function readParameters(file: FileSoFar, declared: ReadonlySet<string> | null): void {
  for (const parameters of file.documents.parameters) {
    if (declared === null) add(file, readParametersAlone(parameters));
    else if (!namesAnyOf(parameters, declared)) file.documents.refused.push(unusedParameters(parameters));
  }
}

function namesAnyOf({ entries }: ParametersFile, declared: ReadonlySet<string>): boolean {
  for (const [name] of entries.properties()) if (declared.has(foldName(name))) return true;
  return false;
}

function add(file: FileSoFar, found: Found): void {
  if (isProblem(found)) file.documents.refused.push(found);
  else addServices(file, found);
}

function addServices(file: FileSoFar, found: readonly FoundService[]): void {
  for (const service of found) file.services.push(readService(service));
}

function readService(found: FoundService): ReadService {
  const { shape, live, resource, properties } = found;
  const secrets = readSecrets(properties);
  const fact: CloudServiceFact = {
    ...readServiceModel(found),
    id: knownTextOf(property(resource, 'id')) ?? knownTextOf(property(resource, 'resourceId')),
    name: textOf(property(resource, 'name')),
    location: textOf(property(resource, 'location')),
    live,
    secrets: secrets.groups,
    complete: secrets.complete,
    origin: secrets.origin,
    shape,
  };
  return { fact, secrets };
}

/** Whether anything is left of a service but a problem: an export may be cut off above its URLs. */
function isUsable({ secrets }: ReadService): boolean {
  return secrets.problems.length === 0 || secrets.groups.some(({ certificateUrls }) => certificateUrls.length > 0);
}

function refuse({ documents, services }: FileSoFar): void {
  for (const { secrets } of services.splice(0)) for (const problem of secrets.problems) documents.refused.push(problem);
}

/** The services that are meant, and what is not clear about them all, with the service that it is told of. */
interface Chosen {
  readonly services: Choice['services'];
  readonly unclear: readonly { readonly at: CloudServiceFact | undefined; readonly problem: Problem }[];
}

function fileOf({ path, documents, services }: FileSoFar, parameters: Parameters, urls: number, choice: Chosen): OsProfileFile {
  const used = services.length > 0 || (documents.parameters.length > 0 && documents.refused.length === 0);
  const [refused] = [...documents.refused, ...documents.problems];
  if (!used) return { path, shape: null, urls, problems: refused === undefined ? [] : [refused] };
  const chosen = services.filter(({ fact }) => choice.services.has(fact)).map(({ secrets }) => secrets);
  const expression = unresolvedProblem(chosen.flatMap(({ unresolved }) => unresolved), parameters);
  const unclear = choice.unclear.flatMap(({ at, problem }) => (services.some(({ fact }) => fact === at) ? [problem] : []));
  // What else is in a list or a template beside the cloud service is of no interest.
  const problems = [...documents.problems, ...chosen.flatMap((secrets) => secrets.problems), expression, ...unclear];
  const shape = services[0]?.fact.shape ?? documents.parameters[0]?.shape ?? null;
  return { path, shape, urls, problems: onePerCode(problems.filter((problem) => problem !== null)) };
}

/** The first problem of each kind: a file that was cut off has the same one in every group. */
function onePerCode(problems: readonly Problem[]): readonly Problem[] {
  const byCode = new Map<string, Problem>();
  for (const problem of problems) if (!byCode.has(problem.code)) byCode.set(problem.code, problem);
  return [...byCode.values()];
}

/** How many URLs each file holds: one of a parameters file is that file's, though it is the template that lists it. */
function countUrls(files: readonly FileSoFar[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const group of files.flatMap(({ services }) => services).flatMap(({ secrets }) => secrets.groups)) {
    for (const { location } of group.certificateUrls) counts.set(location.path, (counts.get(location.path) ?? 0) + 1);
  }
  return counts;
}
