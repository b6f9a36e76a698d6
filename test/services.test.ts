// Forty random services, every shape of export and of osProfile: each role and thumbprint is answered rightly.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderWith, removeFolder, run } from './support/cli.js';
import { runs } from './support/setup.js';
import { EXPORT_SHAPES, OS_PROFILE_SHAPES, type Version } from './support/shapes.js';
import { NAMESPACE, networkFor } from './support/texts.js';

/** What happened to a certificate: where it can be found. */
const FATES = ['everywhere', 'not in osProfile', 'not in the export', 'nowhere'] as const;
type Fate = (typeof FATES)[number];

interface Certificate extends Version {
  readonly fate: Fate;
}

interface Service {
  readonly certificates: readonly Certificate[];
  /** For each role the certificates it names, by index. */
  readonly roles: readonly (readonly number[])[];
}

const hex = (length: number, alphabet: string) =>
  fc.array(fc.constantFrom(...Array.from(alphabet)), { minLength: length, maxLength: length }).map((digits) => digits.join(''));

const thumbprint = hex(40, '0123456789ABCDEF').filter((digits) => new Set(digits).size > 9);

const certificate = fc.record({
  vault: fc.constantFrom('shop-kv', 'partner-kv'),
  name: fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/),
  version: hex(32, '0123456789abcdef'),
  thumbprint,
  fate: fc.constantFrom(...FATES),
});

/** Each vault has one certificate that is exported, so that no vault is unknown altogether. */
const anchors: Certificate[] = ['shop-kv', 'partner-kv'].map((vault, index) => ({
  vault,
  name: 'anchor',
  version: `${index}a9b8c7d6e5f40312233445566778899`.slice(0, 32),
  thumbprint: `${index}BE1D72F3A4C5968071625344DAF0E9C8B7162533`.slice(0, 40),
  fate: 'everywhere',
}));

const service: fc.Arbitrary<Service> = fc
  .uniqueArray(certificate, { minLength: 0, maxLength: 6, selector: ({ vault, name }) => `${vault}/${name}` })
  .chain((certificates) =>
    fc.record({
      certificates: fc.constant([...anchors, ...certificates]),
      roles: fc.array(fc.uniqueArray(fc.nat({ max: certificates.length + 1 }), { maxLength: 5 }), { minLength: 1, maxLength: 3 }),
    }),
  );

function configuration({ certificates, roles }: Service, lowerCase: boolean): string {
  const spelled = (digits: string) => (lowerCase ? digits.toLowerCase() : digits);
  const elements = roles.map((indices, role) => {
    const entries = indices.map((index) => `<Certificate name="C${index}" thumbprint="${spelled(certificates[index]!.thumbprint)}" thumbprintAlgorithm="sha1" />`);
    return `<Role name="Role${role}"><Instances count="1" /><Certificates>${entries.join('')}</Certificates></Role>`;
  });
  return `<ServiceConfiguration serviceName="Shop" osFamily="7" xmlns="${NAMESPACE}">${elements.join('\n')}${networkFor(elements.join(''))}</ServiceConfiguration>`;
}

type Answer = 'present' | 'missing' | 'unknown';

/** What can be known, said as simply as possible. */
function answer({ certificates }: Service, { fate }: Certificate, hasVersions: boolean): Answer {
  const isListed = fate === 'everywhere' || fate === 'not in the export';
  const isExported = fate === 'everywhere' || fate === 'not in osProfile';
  if (isExported && hasVersions) return isListed ? 'present' : 'missing';
  // Without versions the export cannot tell whether the listed version is the one that the vault now has.
  if (isExported) return isListed ? 'unknown' : 'missing';
  const isAnyUrlOpen = certificates.some((other) => (hasVersions ? other.fate === 'not in the export' : other.fate === 'everywhere' || other.fate === 'not in the export'));
  return isAnyUrlOpen ? 'unknown' : 'missing';
}

interface Json {
  files: { findings: { rule: string; data: { role: string; certificate: string; thumbprint: string }; azure: string | null }[] }[];
}

async function check(one: Service, exportShape: (typeof EXPORT_SHAPES)[number], profileShape: (typeof OS_PROFILE_SHAPES)[number], lowerCase: boolean): Promise<void> {
  const exported = one.certificates.filter(({ fate }) => fate === 'everywhere' || fate === 'not in osProfile');
  const listed = one.certificates.filter(({ fate }) => fate === 'everywhere' || fate === 'not in the export');
  const vault = exportShape.write(exported).map((content, index) => [`vault${index}.json`, content] as const);
  const profile = profileShape.write(listed).map((content, index) => [`profile${index}.json`, content] as const);
  const cwd = folderWith({ 'a.cscfg': configuration(one, lowerCase), ...Object.fromEntries([...vault, ...profile]) });
  const flags = [...vault.flatMap(([path]) => ['--vault', path]), ...profile.flatMap(([path]) => ['--os-profile', path])];
  const { code, out, err } = await run(['a.cscfg', ...flags, '--format', 'json', '--skip', 'thumbprint-uppercase'], { cwd });
  removeFolder(cwd);
  expect(err).toBe('');

  const found = (JSON.parse(out) as Json).files[0]!.findings.filter(({ rule }) => rule !== 'cses-retirement').map(({ rule, data, azure }) => [rule, data.role, data.certificate, data.thumbprint, azure?.split(': ').at(-1) ?? null]);
  const expected = one.roles.flatMap((indices, role) =>
    indices.flatMap((index) => {
      const { thumbprint: digits } = one.certificates[index]!;
      switch (answer(one, one.certificates[index]!, exportShape.versions)) {
        case 'present':
          return [];
        case 'missing':
          return [['os-profile-missing-certificate', `Role${role}`, `C${index}`, digits, `Role${role}|${digits}`]];
        case 'unknown':
          return [['thumbprint-unverified', `Role${role}`, `C${index}`, digits, null]];
      }
    }),
  );
  expect(found).toEqual(expected);
  expect(code).toBe(expected.some(([rule]) => rule === 'os-profile-missing-certificate') ? 1 : 0);
}

describe('forty random services', () => {
  it.each(EXPORT_SHAPES.map((shape) => [shape.shape, shape] as const))('with the export as %s', async (_, shape) => {
    await fc.assert(
      fc.asyncProperty(service, fc.constantFrom(...OS_PROFILE_SHAPES), fc.boolean(), (one, profile, lowerCase) => check(one, shape, profile, lowerCase)),
      { numRuns: runs(40) },
    );
  });

  it.each(OS_PROFILE_SHAPES.map((shape) => [shape.shape, shape] as const))('with the osProfile as %s', async (_, shape) => {
    await fc.assert(
      fc.asyncProperty(service, fc.constantFrom(...EXPORT_SHAPES), fc.boolean(), (one, exported, lowerCase) => check(one, exported, shape, lowerCase)),
      { numRuns: runs(40) },
    );
  });
});
