// The schemaVersion is one of those that SDKs have.

import { LATEST_SCHEMA_VERSION as LATEST, defineRule, isKnownSchemaVersion, pipelinePlaceholder, type Edit, type Element } from '../core/rule.js';

export default defineRule({
  id: 'schema-version-known',
  family: 'schema',
  summary: 'schemaVersion, where it is given, is that of a published SDK.',
  why: 'By schemaVersion Visual Studio picks the SDK to check a file with. It gates nothing else, so an unknown one does little harm, and an absent one none.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-cscfg-file',
  severity: 'info',
  languages: ['cscfg', 'csdef'],
  fixable: 'unsafe',
  messages: {
    later: { message: 'The schemaVersion is "{version}", and no published SDK has it: {latest} is the last one.', help: 'Write {latest}, or leave schemaVersion out.' },
    empty: { message: 'The schemaVersion is empty.', help: 'Write {latest}, the last one, or leave schemaVersion out.' },
    blanks: { message: 'The schemaVersion "{version}" has a blank before or after it, and so is that of no SDK.', help: 'Delete the blank.' },
    unknown: { message: 'The schemaVersion is "{version}", which is that of no known SDK.', help: 'Write {latest}, the last one, or leave schemaVersion out.' },
  },
  examples: {
    bad: [{ cscfg: document('2018-05.1.7') }, { cscfg: document('2.4') }, { cscfg: document('2015-04.2.6 ') }, { cscfg: document('') }],
    good: [{ cscfg: document('2015-04.2.6') }, { cscfg: document('2012-05.1.7') }, { cscfg: document('unspecified') }, { cscfg: document('#{SchemaVersion}') }],
  },
  check({ report }) {
    const look = (element: Element<'ServiceConfiguration'> | Element<'ServiceDefinition'>) => {
      const attribute = element.attributes.find(({ name }) => name === 'schemaVersion');
      if (attribute === undefined || isKnownSchemaVersion(attribute.value) || pipelinePlaceholder(attribute.value) !== null) return;
      const { value, valueSpan } = attribute;
      const version = value.trim();
      const isKnown = isKnownSchemaVersion(version);
      const text = isKnown ? version : LATEST;
      const edits: [Edit] = [{ ...valueSpan, text }];
      // An empty value has nothing to underline, so its quotes are.
      const at = version === '' ? { start: valueSpan.start - 1, end: valueSpan.end + 1 } : valueSpan;
      const isLater = /^20\d\d-\d\d\./.test(version) && version > LATEST;
      const message = version === '' ? 'empty' : isKnown ? 'blanks' : isLater ? 'later' : 'unknown';
      report({ message, at, data: { version, latest: LATEST }, fix: { title: `Write ${text}`, safety: 'unsafe', edits } });
    };
    return { ServiceConfiguration: look, ServiceDefinition: look };
  },
});

function document(version: string): string {
  return `<ServiceConfiguration serviceName="Shop" osFamily="7" schemaVersion="${version}" xmlns="http://schemas.microsoft.com/ServiceHosting/2008/10/ServiceConfiguration" />`;
}
