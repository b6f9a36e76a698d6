// What only the export as a whole shows: that thumbprints are missing, that something was not recognised, that nothing is there.

import type { SourceFile } from '../../core/source.js';
import type { Location, Problem, VaultCertificate } from '../../core/types.js';
import { EXPORT_WITH_AZ, exportWithThumbprints, recover } from './advice.js';
import type { Reading } from './record.js';

/** Whether an element gave anything that a rule can use. */
export function isUsable({ records, vaults }: Reading): boolean {
  return vaults.length > 0 || records.some(({ thumbprint }) => thumbprint !== null);
}

/** Whether a thumbprint is missing that the vault has: one that is being made has none, and a deleted one is not present. */
function lacksThumbprint({ thumbprint, pending, deleted }: VaultCertificate): boolean {
  return thumbprint === null && !pending && !deleted;
}

/** Whether an element hides nothing that may be a thumbprint asked for. */
export function isWhole({ complete, records }: Reading): boolean {
  return complete && !records.some(lacksThumbprint);
}

/** What is to be said of many elements alike, said once, at the first. */
export function merged(problems: readonly Problem[]): Problem[] {
  const alike = new Map<string, { readonly first: Problem; count: number }>();
  for (const first of problems) {
    const key = `${first.code} ${first.message}`;
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { first, count: 1 });
    else known.count++;
  }
  return Array.from(alike.values(), ({ first, count }) =>
    count === 1 ? first : { ...first, message: first.message.replace(/\.$/, ` (${count} times).`) },
  );
}

/** Elements that no reader knows, by their places. */
export function unrecognised(places: readonly Location[], total: number): Problem[] {
  const [location] = places;
  if (location === undefined) return [];
  const message =
    places.length === total
      ? 'Nothing in the file is recognised: no thumbprint stands beside the name or the URL of a certificate.'
      : `Of the ${total} elements of the file, ${places.length} ${places.length === 1 ? 'is' : 'are'} not recognised.`;
  return [{ code: 'unsupported-projection', message, help: `Export without --query and without Select-Object. ${EXPORT_WITH_AZ}`, location }];
}

/** One problem for all records that should have a thumbprint; those with a problem of their own are left out. */
export function withoutThumbprint(readings: readonly Reading[]): Problem[] {
  const usable = readings.some(isUsable);
  const quiet = readings.filter(({ problems }) => problems.length === 0);
  const lacking = quiet.flatMap(({ shape, records }) => records.filter(lacksThumbprint).map((record) => ({ shape, record })));
  const [first] = lacking;
  if (first !== undefined) {
    const { shape, record } = first;
    const alone = lacking.every((other) => other.record.name === record.name);
    const total = readings.reduce((sum, { records }) => sum + records.length, 0);
    return [
      {
        code: 'no-thumbprints',
        message: usable
          ? `Of the ${total} certificates in the export, ${lacking.length} ${lacking.length === 1 ? 'has' : 'have'} no thumbprint.`
          : 'The export holds no thumbprint.',
        help: exportWithThumbprints(shape, record.vault, alone ? record.name : ''),
        location: record.origin,
      },
    ];
  }
  const absent = usable ? undefined : quiet.flatMap(({ records }) => records)[0];
  return absent === undefined ? [] : [notPresent(absent)];
}

/** Nothing in the export is present in the vault. */
function notPresent({ vault, name, pending, origin }: VaultCertificate): Problem {
  return {
    code: 'no-thumbprints',
    message: pending
      ? `The certificate "${name}" is still being made, so it has no thumbprint yet.`
      : `The certificate "${name}" is deleted, and the export does not hold its thumbprint.`,
    help: pending
      ? `Finish the request first. ${exportWithThumbprints(null, vault, name)}`
      : `Recover it first: "${recover(vault, name)}".`,
    location: origin,
  };
}

/** A list of nothing. */
export function nothingInIt({ path, text }: SourceFile): Problem {
  const start = text.length - text.trimStart().length;
  return {
    code: 'empty',
    message: 'The export is an empty list.',
    help: `Check the name of the vault, and that your account may list its certificates. A certificate that is a plain secret, as after a migration, is in no list of certificates: export it with "az keyvault secret show --vault-name VAULT --name NAME -o json".`,
    location: { path, span: { start, end: Math.min(start + 1, text.length) } },
  };
}
