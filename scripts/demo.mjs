// npm run demo: lints a service in the middle of a certificate rotation, and says what to look at.

import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'fixtures', 'projects', 'rotation');
const args = [
  'ServiceConfiguration.Cloud.cscfg',
  '--vault',
  'exports/vault.json',
  '--os-profile',
  'deploy/template.json',
  '--os-profile',
  'deploy/parameters.json',
  '--pfx',
  'certs/*.pfx',
  // Certificates end; the demo shall show the same in ten years.
  '--now',
  '2027-01-01',
];

console.log(`A service in the middle of a certificate rotation (fixtures/projects/rotation):\n\n  $ cscfglint ${args.map((arg) => (arg.includes('*') ? `'${arg}'` : arg)).join(' ')}\n`);
const { status, error } = spawnSync(process.execPath, [join(root, 'dist', 'cscfglint.cjs'), ...args], { cwd: folder, stdio: 'inherit' });
if (error !== undefined || status === null || status === 2) {
  console.error('The demo could not be run: build first (npm ci does).');
  process.exitCode = 1;
} else {
  console.log(`\ncscfglint ended with exit code ${status}: this deployment would have failed in Azure, minutes later and without a file or a line.`);
}
