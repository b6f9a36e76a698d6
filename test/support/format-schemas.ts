// JSON schemas of what the readers of SARIF, GitLab's code quality report and rdjson demand, closed against misspelt names.

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string', minLength: 1 };
const positive: Schema = { type: 'integer', minimum: 1 };
const strings: Schema = { type: 'array', items: text };

/** An object with these properties and no others; a name with `?` may be absent. */
function object(properties: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(properties);
  return {
    type: 'object',
    additionalProperties: false,
    required: names.filter((name) => !name.endsWith('?')),
    properties: Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name.replace(/\?$/, ''), schema])),
  };
}

function list(items: Schema, bounds: Schema = {}): Schema {
  return { type: 'array', items, ...bounds };
}

const message = object({ text, 'markdown?': text });
const level: Schema = { enum: ['none', 'note', 'warning', 'error'] };
/** Relative, so that GitHub finds the file in the repository, and made of the characters that RFC 3986 has for paths. */
const artifactLocation = object({ uri: { type: 'string', pattern: "^(?:[A-Za-z0-9\\-._~!$&'()*+,;=@/]|%[0-9A-F]{2})+$" } });
const region = object({ startLine: positive, startColumn: positive, endLine: positive, endColumn: positive });
const physicalLocation = object({ artifactLocation, region });
const description = object({ text: { type: 'string', minLength: 1, maxLength: 1024 } });

/**
 * SARIF 2.1.0 with what GitHub requires and bounds on top.
 *
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
export const SARIF = object({
  $schema: { const: 'https://json.schemastore.org/sarif-2.1.0.json' },
  version: { const: '2.1.0' },
  runs: list(
    object({
      tool: object({
        driver: object({
          name: { const: 'cscfglint' },
          informationUri: text,
          version: text,
          semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
          rules: list(
            object({
              id: text,
              shortDescription: description,
              fullDescription: description,
              helpUri: text,
              help: message,
              defaultConfiguration: object({ enabled: { type: 'boolean' }, level }),
              properties: object({
                tags: { ...strings, maxItems: 10 },
                precision: { enum: ['very-high', 'high', 'medium', 'low'] },
                'problem.severity': { enum: ['error', 'warning', 'recommendation'] },
              }),
            }),
            { maxItems: 25_000 },
          ),
        }),
      }),
      'automationDetails?': object({ id: text }),
      invocations: list(
        object({
          executionSuccessful: { const: true },
          toolExecutionNotifications: list(
            object({
              level,
              message,
              locations: list(object({ physicalLocation: object({ artifactLocation }) })),
              properties: object({ rules: strings, missing: strings, reason: text }),
            }),
          ),
        }),
      ),
      columnKind: { const: 'utf16CodeUnits' },
      results: list(
        object({
          ruleId: text,
          ruleIndex: { type: 'integer', minimum: 0 },
          level,
          message,
          locations: list(object({ physicalLocation }), { minItems: 1, maxItems: 1 }),
          'relatedLocations?': list(object({ physicalLocation, message }), { minItems: 1, maxItems: 100 }),
          partialFingerprints: object({ 'cscfglint/v1': text }),
          'fixes?': list(
            object({
              description: message,
              artifactChanges: list(object({ artifactLocation, replacements: list(object({ deletedRegion: region, insertedContent: object({ text: { type: 'string' } }) }), { minItems: 1 }) }), { minItems: 1 }),
            }),
          ),
          'properties?': object({ azure: text }),
        }),
        { maxItems: 25_000 },
      ),
    }),
    { minItems: 1, maxItems: 20 },
  ),
});

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export const GITLAB = list(
  object({
    description: text,
    check_name: text,
    fingerprint: text,
    severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
    location: object({ path: { type: 'string', minLength: 1, not: { pattern: '^\\./' } }, lines: object({ begin: positive, end: positive }) }),
  }),
);

const position = object({ line: positive, column: positive });
const range = object({ start: position, end: position });
const location = object({ path: text, 'range?': range });

/** https://github.com/reviewdog/reviewdog/tree/master/proto/rdf */
export const RDJSON = object({
  source: object({ name: { const: 'cscfglint' }, url: text }),
  diagnostics: list(
    object({
      message: text,
      location,
      severity: { enum: ['ERROR', 'WARNING', 'INFO'] },
      code: object({ value: text, url: text }),
      'suggestions?': list(object({ range, text: { type: 'string' } })),
      'related_locations?': list(object({ message: text, location })),
    }),
  ),
});
