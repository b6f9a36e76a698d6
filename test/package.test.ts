// What npm pack would publish, and the library as the README shows it.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { snippetWith } from './support/documents.js';
import { callIn, emptyFolder } from './support/repository.js';

interface Packed {
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

describe('the package', () => {
  let packed: Packed;
  beforeAll(() => {
    const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], { encoding: 'utf8', shell: process.platform === 'win32' });
    // An array up to npm 10, an object by name from npm 11 on.
    [packed] = Object.values(JSON.parse(stdout) as Record<string, Packed>) as [Packed];
  });
  const paths = () => packed.files.map(({ path }) => path);

  it('holds what is needed and nothing else', () => {
    const schemas = readdirSync('schema').map((name) => `schema/${name}`);
    const others = paths().filter((path) => !path.startsWith('dist/'));
    expect(new Set(others)).toEqual(new Set(['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md', 'THIRD-PARTY-NOTICES.txt', '.cscfglintrc.example', ...schemas]));
    const built = paths().filter((path) => path.startsWith('dist/'));
    expect(built.filter((path) => !/^dist\/(?:cscfglint\.cjs|index\.js|node-crypto\.js|(?:lazy|chunks)\/[\w-]+\.(?:js|cjs|json)|types\/[\w/.-]+\.d\.ts)$/.test(path))).toEqual([]);
  });

  it('holds every file that it promises', () => {
    const { bin, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: Record<string, string>; exports: Record<string, string | Record<string, string>> };
    const promised = [...Object.values(bin), ...Object.values(exports).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target)))];
    const built = promised.map((path) => path.replace(/^\.\//, '')).filter((path) => !path.startsWith('dist/types/'));
    expect(paths()).toEqual(expect.arrayContaining(built));
  });

  it('asks for nothing at run time', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, unknown>;
    expect(['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies'].filter((key) => key in manifest)).toEqual([]);
    for (const path of paths().filter((one) => /^dist\/.*\.c?js$/.test(one))) {
      const text = readFileSync(path, 'utf8');
      const imported = Array.from(text.matchAll(/^(?:import|export) [^;]*?from ["']([^"'.][^"']*)["']/gm), ([, name]) => name!);
      expect(imported.filter((name) => !name.startsWith('node:') && !NODE_MODULES.test(name)), path).toEqual([]);
    }
  });
});

/** Node's own modules, as bundled packages name them. */
const NODE_MODULES = /^(?:assert|crypto|fs|fs\/promises|module|os|path|process|url|util)$/;

describe('the library', () => {
  it('does what the README shows', () => {
    const folder = emptyFolder();
    cpSync('fixtures/projects/rotation', folder, { recursive: true });
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(resolve('.'), join(folder, 'node_modules/cscfglint'), 'junction');
    writeFileSync(join(folder, 'example.mjs'), snippetWith('README.md', "from 'cscfglint'"));
    const { status, printed } = callIn(folder, process.execPath, ['example.mjs']);
    expect(printed).toContain('ServiceConfiguration.Cloud.cscfg os-profile-missing-certificate Shop.Web Tls\n');
    expect(printed).toContain('ServiceConfiguration.Cloud.cscfg:9:43: error os-profile-missing-certificate: Role "Shop.Web"');
    expect(status).toBe(0);
  });
});
