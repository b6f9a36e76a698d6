// The values of schemaVersion that SDKs have.
//
// https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file

/** The last one: SDK 2.6, and kept by all later ones up to 2.9. */
export const LATEST_SCHEMA_VERSION = '2015-04.2.6';

/** The versions of SDK 1.7 to 2.6. */
const KNOWN: ReadonlySet<string> = new Set([
  'unspecified',
  '2012-05.1.7',
  '2012-10.1.8',
  '2013-03.2.0',
  '2013-10.2.2',
  '2014-01.2.3',
  '2014-06.2.4',
  LATEST_SCHEMA_VERSION,
]);

/** Whether some published SDK has it. */
export function isKnownSchemaVersion(value: string): boolean {
  return KNOWN.has(value);
}
