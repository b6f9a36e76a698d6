// What stands in a file: recognised by its content, never by its name.

import type { SourceFile } from '../../core/source.js';
import type { Problem } from '../../core/types.js';
import { parseJson, type JsonValue } from '../json.js';
import { parametersIn, type ParametersFile } from './arm-parameters.js';
import { isTemplate } from './arm-template.js';
import { beginningOf, EXPORT_SERVICE, firstOf, isProblem, problemAt, type Found, type FoundService } from './found.js';
import { mistakenJson, mistakenText } from './mistaken.js';
import { readPowerShell, restContent } from './powershell.js';
import { readRest } from './rest.js';
import { readSecretGroups } from './secret-groups.js';
import { readTerraform } from './terraform.js';

/** The parts of a file. Templates and parameters say something only together with those of other files. */
export interface Documents {
  readonly services: FoundService[];
  readonly templates: JsonValue[];
  readonly parameters: ParametersFile[];
  /** What is not to be used, and why. It matters where nothing else is in the file. */
  readonly refused: Problem[];
  /** What keeps the file from being whole. */
  readonly problems: Problem[];
}

/** The first that does not give null has the value. */
const READERS: readonly ((value: JsonValue) => Found | null)[] = [readTerraform, readPowerShell, readRest, readSecretGroups];

/** Takes a file apart. */
export function documentsOf(source: SourceFile): Documents {
  const documents = noDocuments();
  const mistaken = mistakenText(source);
  if (mistaken !== null) {
    documents.refused.push(mistaken);
    return documents;
  }
  const { documents: values, problem } = parseJson(source);
  if (problem !== null) documents.problems.push(problem);
  for (const value of values) take(value, documents);
  return documents;
}

function noDocuments(): Documents {
  return { services: [], templates: [], parameters: [], refused: [], problems: [] };
}

function take(value: JsonValue, documents: Documents): void {
  const found = read(value);
  const list = value.isArray ? value : value.get('value');
  const answers = restContent(value);
  const parameters = parametersIn(value);
  if (isTemplate(value)) documents.templates.push(value);
  else if (found !== null) keep(found, documents);
  else if (list?.isArray === true) takeList(value, list, documents);
  else if (answers !== null) takeAnswers(value, answers, documents);
  else if (parameters !== null) documents.parameters.push(parameters);
  else documents.refused.push(mistakenJson(value));
}

function read(value: JsonValue): Found | null {
  for (const reader of READERS) {
    const found = reader(value);
    if (found !== null) return found;
  }
  return null;
}

function keep(found: Found, documents: Documents): void {
  if (isProblem(found)) documents.refused.push(found);
  else append(documents.services, found);
}

/** An array, or the object that REST and Windows PowerShell put around one. */
function takeList(value: JsonValue, list: JsonValue, documents: Documents): void {
  for (const item of list.items) take(item, documents);
  const next = firstOf(value, 'nextLink');
  if (next !== undefined) documents.problems.push(pageOfSeveral(next));
  if (list.items.length === 0) documents.refused.push(emptyList(value));
}

/** What Invoke-AzRestMethod got, with the name of its own that a service has there. */
function takeAnswers(value: JsonValue, answers: readonly JsonValue[], documents: Documents): void {
  const inner = noDocuments();
  for (const answer of answers) take(answer, inner);
  if (answers.length === 0) inner.refused.push(mistakenJson(value));
  append(documents.services, inner.services.map((service) => ({ ...service, shape: 'powershell-rest-response' as const })));
  append(documents.templates, inner.templates);
  append(documents.parameters, inner.parameters);
  append(documents.refused, inner.refused);
  append(documents.problems, inner.problems);
}

/** One by one: as arguments of one call, the items of a long list would overflow the stack. */
function append<T>(list: T[], items: readonly T[]): void {
  for (const item of items) list.push(item);
}

/** https://learn.microsoft.com/rest/api/compute/cloud-services/list#cloudservicelistresult */
function pageOfSeveral({ location }: JsonValue): Problem {
  return problemAt(
    location,
    'page-of-several',
    'The list of cloud services is one page of several: nextLink says that there is more.',
    EXPORT_SERVICE,
  );
}

function emptyList({ location }: JsonValue): Problem {
  return problemAt(
    beginningOf(location),
    'empty',
    'The list of cloud services is empty.',
    `Check the subscription and the resource group. ${EXPORT_SERVICE}`,
  );
}
