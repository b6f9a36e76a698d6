// What the readers of all producers hand on: cloud services as they were found, and what was wrong on the way.

import type { Location, OsProfileShape, Problem, ProblemCode } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import type { Resolved } from './resolved.js';

/** A cloud service in a source, or no more than its secret groups. */
export interface FoundService {
  readonly shape: OsProfileShape;
  readonly live: boolean;
  /** The resource with its id, name and location; null where the source holds secret groups only. */
  readonly resource: Resolved | null;
  /** What the resource's schema calls `properties`. Everything about the service is reached from here, resolved. */
  readonly properties: Resolved;
  /** What a template deploys beside it. */
  readonly siblings?: readonly Resolved[];
  /** JSON paths of the extensions of a template that have a secret in their protected settings, written as it is. */
  readonly literalSecrets?: ReadonlySet<string>;
}

/** What a reader makes of one JSON value: services, or why there are none. */
export type Found = readonly FoundService[] | Problem;

export function isProblem(found: Found): found is Problem {
  return 'code' in found;
}

/** The type of the resource, in a template, in a state of azapi (`…@2022-09-04`) and in an answer of Azure. */
export function isCloudServiceType(type: string): boolean {
  return /^microsoft\.compute\/cloudservices(?:@|$)/i.test(type);
}

/** The first character of a place: what is long is not shown, and may hold what must not be shown. */
export function beginningOf(location: Location): Location {
  const { path, span, pointer = null } = location;
  return { path, span: span === null ? null : { start: span.start, end: Math.min(span.start + 1, span.end) }, pointer };
}

export function problemAt(location: Location, code: ProblemCode, message: string, help: string): Problem {
  return { code, message, help, location };
}

/** The command that gives what Azure has, whole: a sentence for the help of problems. */
export const EXPORT_SERVICE =
  'Export the service itself: "az resource show --resource-group GROUP --name NAME --resource-type Microsoft.Compute/cloudServices -o json", or "(Get-AzCloudService -ResourceGroupName GROUP -Name NAME).ToJsonString()".';

/** A property that a producer has under one of several names; null counts as absent. */
export function firstOf(value: JsonValue | undefined, ...keys: readonly string[]): JsonValue | undefined {
  return keys.map((key) => value?.get(key)).find((found) => found !== undefined && !found.isNull);
}
