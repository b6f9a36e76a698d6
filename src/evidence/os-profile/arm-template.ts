// Cloud services in ARM templates, their expressions resolved with the values that parameters files give.

import { foldName } from '../../core/names.js';
import type { Problem } from '../../core/types.js';
import type { JsonValue } from '../json.js';
import { resolve, type Meter, type Scope } from './arm-evaluation.js';
import type { Parameters } from './arm-parameters.js';
import { beginningOf, EXPORT_SERVICE, firstOf, isCloudServiceType, problemAt, type Found, type FoundService } from './found.js';
import { literalSecretsIn } from './literal-secrets.js';
import { knownTextOf, property, unknownAt, view, type Reading, type Resolved } from './resolved.js';
import { isSiblingType } from './siblings.js';

/** Whether a value is a template, of any scope; an exported one may have lost its `$schema`. */
export function isTemplate(value: JsonValue): boolean {
  const schema = value.get('$schema')?.string;
  if (typeof schema === 'string') return /\/\w*deploymentTemplate\.json/i.test(schema);
  return value.get('contentVersion') !== undefined && value.get('resources') !== undefined;
}

/** What is in a template. */
export interface Template {
  readonly found: Found;
  /** Folded names of the parameters that the template declares itself. */
  readonly declared: ReadonlySet<string>;
}

/**
 * Reads the cloud services of a template, those of nested templates too.
 *
 * A resource whose condition is false, or that exists already, is not deployed and not read. One whose condition is not
 * known is: it may be. A resource in a copy loop is read once; what depends on the loop is not known.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax
 */
export function readTemplate(template: JsonValue, parameters: Parameters, meter: Meter): Template {
  const scope = new TemplateScope(template, (name) => parameters.value(name), meter);
  const seen: Seen = { services: [], siblings: [], otherTypes: [], linked: false };
  collect(template, scope, seen);
  const declared = new Set(Array.from(template.get('parameters')?.properties() ?? [], ([name]) => foldName(name)));
  const services = seen.services.map((one) => ({ ...one, siblings: seen.siblings }));
  return { found: services.length > 0 ? services : withoutService(template, seen), declared };
}

interface Seen {
  readonly services: FoundService[];
  /** Network resources. */
  readonly siblings: Resolved[];
  /** Types of resources that have an osProfile of another kind. */
  readonly otherTypes: string[];
  /** Whether a template is deployed that is not in this file. */
  linked: boolean;
}

function collect(template: JsonValue, scope: TemplateScope, seen: Seen): void {
  for (const resource of resourcesOf(template)) {
    const type = resource.get('type')?.string ?? '';
    if (!isDeployed(resource, scope)) continue;
    if (isCloudServiceType(type)) seen.services.push(service(resource, scope));
    else if (/^microsoft\.resources\/deployments$/i.test(type)) collectNested(resource, scope, seen);
    else if (isSiblingType(type)) seen.siblings.push(scope.view(resource));
    else if (/^microsoft\.compute\/virtualmachine/i.test(type)) seen.otherTypes.push(type);
  }
}

/** A list, or since version 2.0 of the language an object with a name for each. */
function resourcesOf(template: JsonValue): readonly JsonValue[] {
  const resources = template.get('resources');
  return resources?.isObject === true ? Array.from(resources.properties(), ([, resource]) => resource) : (resources?.items ?? []);
}

function isDeployed(resource: JsonValue, scope: TemplateScope): boolean {
  return resource.get('existing')?.boolean !== true && !isFalse(resource.get('condition'), scope);
}

function isFalse(condition: JsonValue | undefined, scope: TemplateScope): boolean {
  if (condition === undefined) return false;
  const value = scope.view(condition);
  return value.kind === 'scalar' ? value.value === false : knownTextOf(value)?.toLowerCase() === 'false';
}

function service(resource: JsonValue, scope: TemplateScope): FoundService {
  const properties = scope.view(firstOf(resource, 'properties') ?? resource);
  return { shape: 'arm-template', live: false, resource: scope.view(resource), properties, literalSecrets: literalSecretsIn(resource) };
}

/**
 * A template inside a deployment. Its expressions are those of the template around it, unless it says otherwise.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/linked-templates#expression-evaluation-scope-in-nested-templates
 */
function collectNested(deployment: JsonValue, scope: TemplateScope, seen: Seen): void {
  const template = deployment.at('properties', 'template');
  if (template?.isObject !== true) {
    seen.linked = true;
    return;
  }
  const inner = deployment.at('properties', 'expressionEvaluationOptions', 'scope')?.string?.toLowerCase() === 'inner';
  collect(template, inner ? scope.inner(template, deployment.at('properties', 'parameters')) : scope, seen);
}

function withoutService(template: JsonValue, { otherTypes, linked }: Seen): Problem {
  const [other] = otherTypes;
  const what = other === undefined ? '' : `; it has ${other}, whose osProfile is another one`;
  return problemAt(
    beginningOf((template.get('resources') ?? template).location),
    'wrong-resource',
    `The template deploys no cloud service (Microsoft.Compute/cloudServices)${what}.`,
    linked ? 'It links to templates that are not in the file: give the one that holds the cloud service, and its parameters.' : EXPORT_SERVICE,
  );
}

/** The parameters and variables of one template. */
class TemplateScope implements Scope {
  /** Values by kind and name. Null while one is being resolved: whoever asks then goes round in a circle. */
  readonly #values = new Map<string, Resolved | null>();

  constructor(
    private readonly template: JsonValue,
    private readonly given: (name: string) => Resolved | undefined,
    readonly meter: Meter,
  ) {}

  parameter(name: string): Resolved | null {
    return this.once(`parameter ${foldName(name)}`, () => {
      const given = this.given(name);
      if (given !== undefined) return given;
      const byDefault = this.template.get('parameters')?.get(name)?.get('defaultValue');
      return byDefault === undefined ? null : this.view(byDefault);
    });
  }

  variable(name: string): Resolved | null {
    return this.once(`variable ${foldName(name)}`, () => {
      const variables = this.template.get('variables');
      return variables === undefined ? null : (property(this.view(variables), name) ?? null);
    });
  }

  /** The values of a part of the template. */
  view(value: JsonValue): Resolved {
    return view(value, this.#reading);
  }

  /** The scope of a nested template that has parameters of its own, to which this one gives values. */
  inner(template: JsonValue, parameters: JsonValue | undefined): TemplateScope {
    const given = parameters === undefined ? undefined : this.view(parameters);
    return new TemplateScope(template, (name) => passedOn(property(given, name), name), this.meter);
  }

  readonly #reading: Reading = {
    text: (text, value) => resolve(text, value.location, this),
    absent: (object, key) => loopOver(object, key),
  };

  private once(key: string, work: () => Resolved | null): Resolved | null {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    this.#values.set(key, null);
    const value = work();
    this.#values.set(key, value);
    return value;
  }
}

/** What a deployment passes to a parameter of its template; undefined where it passes nothing. */
function passedOn(entry: Resolved | undefined, name: string): Resolved | undefined {
  if (entry === undefined || entry.kind === 'unknown') return entry;
  return property(entry, 'value') ?? unknownAt(`parameters('${name}')`, beginningOf(entry.location));
}

/**
 * A property that a copy loop makes: how often, and of what, is not worked out here.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-properties
 */
function loopOver(object: JsonValue, key: string): Resolved | undefined {
  const loop = object.get('copy')?.items.find((copy) => foldName(copy.get('name')?.string ?? '') === foldName(key));
  return loop === undefined ? undefined : unknownAt(`copyIndex('${key}')`, beginningOf(loop.location));
}
