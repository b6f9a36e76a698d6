// The text of a config that `cscfglint init` writes: what was found, with comments for whoever goes on from there.

import { jsonString } from './json-text.js';

/** What a config is to name. Paths and globs are relative to it and `/`-separated. */
export interface InitialConfig {
  /** All that there are: only one can be named. */
  readonly csdef: readonly string[];
  readonly pfx: readonly string[];
  /** Paths of .pfx files that only a password opens. */
  readonly locked: readonly string[];
  readonly vault: readonly string[];
  readonly osProfile: readonly string[];
  /** Parameters files of which each belongs to another deployment. */
  readonly contradicting: readonly string[];
  /** Names of the cloud services in the sources of osProfile. */
  readonly cloudServices: readonly string[];
}

const DOCS = 'https://github.com/cscfglint/cscfglint/blob/main/docs';

/** A comment lists no more names than this. */
const MAX_LISTED = 10;

/** A longer list stands one entry a line. */
const MAX_LINE = 110;

export function initialConfig(config: InitialConfig): string {
  return [
    '// What cscfglint compares the service configurations of this folder with. "cscfglint init" wrote what it found;',
    '// change it as you like. It is JSON with comments and trailing commas.',
    `// Every key: ${DOCS}/config.md`,
    '{',
    '  // For editors: what may stand here. The file is there where cscfglint is installed in this folder.',
    '  "$schema": "./node_modules/cscfglint/schema/rc.schema.json",',
    '  // Configs in the folders above do not count.',
    '  "root": true,',
    '  // Paths are relative to this file; *, **, ?, [ab] and {a,b} stand for several files. Take out what has nothing to do',
    '  // with the service. What a .gitignore leaves out is not listed: add it by hand.',
    '  "evidence": {',
    ...[definition(config), certificates(config), vault(config), osProfile(config)].flatMap((lines, index) => [...(index === 0 ? [] : ['']), ...lines.map((line) => `    ${line}`)]),
    '  },',
    '',
    '  // A service configuration of another environment has an export of its own; a list here replaces the one above:',
    '  // "overrides": [{ "files": ["*.Test.cscfg"], "evidence": { "vault": ["exports/test-vault.json"] } }],',
    '  // Ends a run with exit code 2 where one of them is missing, as in a pipeline it should:',
    '  // "require": ["csdef", "pfx", "vault", "os-profile"],',
    '  // Levels of rules, which "cscfglint rules" lists:',
    '  // "rules": { "instance-count-single": "warning" },',
    '}',
    '',
  ].join('\n');
}

function definition({ csdef }: InitialConfig): string[] {
  const [only, second] = csdef;
  const beside = 'One that lies beside a .cscfg is found by itself.';
  if (only === undefined) return [`// The service definition: none was found. ${beside}`, '// "csdef": "ServiceDefinition.csdef",'];
  if (second === undefined) return ['// The service definition.', `"csdef": ${jsonString(only)},`];
  return [
    '// The service definition: several were found, and one that stands here would be compared with every .cscfg.',
    `// ${beside} For others, name it in "overrides".`,
    ...listed(csdef, (path) => `"csdef": ${path},`),
  ];
}

function certificates({ pfx, locked }: InitialConfig): string[] {
  return [
    `// Local certificates: .pfx, .p12, .cer, .crt, .pem, .p7b.${none(pfx)}`,
    ...entry('pfx', pfx, ['certs/*.pfx']),
    '// Passwords never stand here, only where they are found: the name of an environment variable, or a file outside of the',
    '// repository whose first line it is. At a terminal cscfglint asks. An empty password is tried by itself.',
    ...(locked.length === 0 ? [] : ['// These files need one:']),
    '// "passwords": {',
    ...(locked.length === 0 ? ['//   "certs/web.pfx": { "env": "WEB_PFX_PASSWORD" },', '//   "certs/api.pfx": { "file": "../secrets/api.txt" },'] : listed(locked, (path) => `  ${path}: { "env": ${jsonString(variableFor(path))} },`)),
    '// },',
  ];
}

function vault({ vault: paths }: InitialConfig): string[] {
  const how = [`// How to make one: ${DOCS}/exports.md`];
  return [`// Exports of Key Vault certificates, to be made again after every renewal.${none(paths)}`, ...how, ...entry('vault', paths, ['exports/vault.json'])];
}

function osProfile({ osProfile: paths, contradicting, cloudServices }: InitialConfig): string[] {
  return [
    `// Where osProfile.secrets stands: an ARM template with its parameters file, or the JSON of the cloud service.${none([...paths, ...contradicting])}`,
    ...entry('osProfile', paths, ['deploy/template.json', 'deploy/parameters.json']),
    ...(contradicting.length === 0
      ? []
      : [
          '// Each of these parameters files belongs to another deployment: add the one that is meant, or name each in "overrides",',
          '// together with its template.',
          ...listed(contradicting, (path) => path),
        ]),
    ...(cloudServices.length < 2
      ? []
      : [
          '// The sources hold several cloud services. Until one is chosen, a certificate of any of them passes for that of every other.',
          ...listed(cloudServices, (name) => `"cloudService": ${name},`),
        ]),
  ];
}

function none(found: readonly string[]): string {
  return found.length === 0 ? ' None was found.' : '';
}

/** A list; where it is empty, how it would look. */
function entry(key: string, values: readonly string[], example: readonly string[]): string[] {
  const line = `"${key}": [${(values.length === 0 ? example : values).map(jsonString).join(', ')}],`;
  if (values.length === 0) return [`// ${line}`];
  return line.length <= MAX_LINE ? [line] : [`"${key}": [`, ...values.map((value) => `  ${jsonString(value)},`), '],'];
}

/** Names in comments, one a line. */
function listed(names: readonly string[], shown: (quoted: string) => string): string[] {
  const more = names.length - MAX_LISTED;
  return [...names.slice(0, MAX_LISTED).map((name) => `// ${shown(jsonString(name))}`), ...(more > 0 ? [`// ... and ${more} more`] : [])];
}

/** What a variable with the password of a file may be called: `WEB_PFX_PASSWORD`. */
function variableFor(path: string): string {
  const words = path.slice(path.lastIndexOf('/') + 1).toUpperCase().match(/[A-Z0-9]+/g) ?? [];
  const name = words.join('_').slice(0, 60);
  return `${/^[A-Z]/.test(name) ? '' : 'CERTIFICATE_'}${name}_PASSWORD`;
}
