// What stands in a file of JSON: its elements, taken out of whatever the tools wrapped around them.

import { SourceFile } from '../../core/source.js';
import type { Location, Problem } from '../../core/types.js';
import { parseJson, type JsonValue, type ParsedJson } from '../json.js';
import { beginningOf, textOf } from './record.js';

/** One thing that was exported. */
export interface Element {
  readonly value: JsonValue;
  /** Whether it stood in a list. */
  readonly listed: boolean;
}

export interface Contents {
  readonly elements: readonly Element[];
  /** The file is cut off, or one page of several: with any of these it does not hold all that was exported. */
  readonly problems: readonly Problem[];
}

/** JSON in a string, in a string, in a string: nothing writes that. */
const MAX_NESTED_TEXTS = 2;

/**
 * Takes a file apart: documents one after the other, arrays, `{ "value": […] }` (REST; with `Count`, Windows PowerShell),
 * the body of an example from Azure's specifications, and the `Content` of Invoke-AzRestMethod.
 */
export function contentsOf(source: SourceFile): Contents {
  const elements: Element[] = [];
  const problems: Problem[] = [];

  const read = ({ documents, problem }: ParsedJson, level: number): void => {
    if (problem !== null) problems.push(problem);
    for (const document of documents) take(document, documents.length > 1, level);
  };

  const take = (value: JsonValue, listed: boolean, level: number): void => {
    const list = value.isArray ? value : value.get('value');
    const body = value.at('responses', '200', 'body');
    const content = value.get('content');
    const text = textOf(content) ?? '';
    if (list?.isArray === true) {
      for (const item of list.items) take(item, true, level);
      const next = value.get('nextLink');
      if (next !== undefined && textOf(next) !== null) problems.push(pageOfSeveral(next.location));
    } else if (body !== undefined) {
      take(body, listed, level);
    } else if (content !== undefined && /^[[{]/.test(text) && level < MAX_NESTED_TEXTS) {
      read(parseJson(new SourceFile(source.path, text), beginningOf(content)), level + 1);
    } else {
      elements.push({ value, listed });
    }
  };

  read(parseJson(source), 0);
  return { elements, problems };
}

/** https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificates/get-certificates#certificatelistresult */
function pageOfSeveral(location: Location): Problem {
  return {
    code: 'page-of-several',
    message: 'The export is one page of several: nextLink says that there is more.',
    help: 'Export with "az keyvault certificate list" or "az keyvault certificate list-versions", which fetch every page.',
    location,
  };
}
