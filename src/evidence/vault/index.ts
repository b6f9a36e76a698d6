// Exports of a Key Vault, whichever tool wrote them: recognised by their content, never by their name.

import type { SourceFile } from '../../core/source.js';
import type { VaultExport, VaultShape } from '../../core/types.js';
import { readAzCli } from './az-cli.js';
import { contentsOf, type Element } from './contents.js';
import { settleCurrent } from './current.js';
import { readKeyVault } from './key-vault.js';
import { mistakenText, readMistaken } from './mistaken.js';
import { readOperation } from './operation.js';
import { readPowerShell } from './powershell.js';
import { readProjection } from './projection.js';
import { beginningOf, type Reader, type Reading, type VaultTools } from './record.js';
import { readRest } from './rest.js';
import { readSecret } from './secret.js';
import { isUsable, isWhole, merged, nothingInIt, unrecognised, withoutThumbprint } from './shortfalls.js';
import { readTerraform } from './terraform.js';

export type { VaultTools } from './record.js';

/** The first that does not give null has the element; the readers of big lists come first. */
const READERS: readonly Reader[] = [
  readAzCli,
  readRest,
  readPowerShell,
  readSecret,
  readOperation,
  readTerraform,
  readKeyVault,
  readMistaken,
  readProjection,
];

/** Shapes whose lists have a name of their own. */
const LIST_SHAPE: Partial<Record<VaultShape, VaultShape>> = {
  'rest-certificate': 'rest-certificates',
  'az-certificate': 'az-certificates',
  'powershell-certificate': 'powershell-certificates',
};

/**
 * Reads what Azure's REST interface, the Azure CLI, PowerShell or Terraform say about the certificates of a vault, about
 * secrets that hold one, and about the vault itself. The elements of a list may be of several shapes.
 *
 * Never throws. What could not be used is in `problems`, with the command that gives a usable export.
 */
export function readVaultExport(source: SourceFile, tools: VaultTools): VaultExport {
  const { path } = source;
  const mistaken = mistakenText(source);
  if (mistaken !== null) return { path, shape: null, records: [], vaults: [], complete: false, problems: [mistaken] };

  const contents = contentsOf(source);
  const whole = contents.problems.length === 0;
  const readings: Reading[] = [];
  const strangers: Element[] = [];
  for (const element of contents.elements) {
    const found = readElement(element, tools);
    if (found === null) strangers.push(element);
    else readings.push(found);
  }
  const records = readings.flatMap((reading) => reading.records);
  const ofVersionList = new Set(readings.filter((reading) => reading.ofVersionList).flatMap((reading) => reading.records));
  return {
    path,
    shape: (readings.find(isUsable) ?? readings.find(({ shape }) => shape !== null))?.shape ?? null,
    records: settleCurrent(records, (record) => whole && ofVersionList.has(record)),
    vaults: readings.flatMap(({ vaults }) => vaults),
    complete: whole && strangers.length === 0 && readings.every(isWhole) && (contents.elements.length === 0 || readings.some(isUsable)),
    problems: [
      ...contents.problems,
      ...merged(readings.flatMap(({ problems }) => problems)),
      ...unrecognised(strangers.map(({ value }) => beginningOf(value)), contents.elements.length),
      ...withoutThumbprint(readings),
      ...(whole && contents.elements.length === 0 ? [nothingInIt(source)] : []),
    ],
  };
}

function readElement({ value, listed }: Element, tools: VaultTools): Reading | null {
  for (const reader of READERS) {
    const found = reader(value, tools);
    if (found === null) continue;
    return listed && found.shape !== null ? { ...found, shape: LIST_SHAPE[found.shape] ?? found.shape } : found;
  }
  return null;
}
