// The compiler reviews a rule first: what is misspelt in one does not compile. `npm run types` runs this test.

import { expect, it } from 'vitest';
import { defineRule } from '../src/core/rule.js';

const metadata = {
  id: 'example',
  family: 'thumbprint',
  summary: '',
  why: '',
  source: 'https://example.org/',
  severity: 'error',
  examples: { bad: [{ cscfg: '' }], good: [{ cscfg: '' }] },
} as const;

it('lets a rule see what it asked for, and say what its messages hold', () => {
  const rule = defineRule({
    ...metadata,
    needs: ['vault'],
    messages: { sha256: { message: 'The thumbprint of "{name}".', help: 'Use {what}.' }, plain: { message: 'Plain.', help: 'None.' } },
    check({ report, evidence }) {
      const exports = evidence.vault.length;
      // @ts-expect-error: osProfile is not among its needs
      const services: unknown = evidence.osProfile;
      return {
        'Role/Certificates/Certificate'(certificate) {
          const at = certificate.attribute('thumbprint')?.valueSpan ?? certificate.nameSpan;
          // @ts-expect-error: no such attribute
          certificate.attribute('thumprint');
          report({ message: 'sha256', at, data: { name: 'a', what: exports } });
          // @ts-expect-error: a slot is missing
          report({ message: 'sha256', at, data: { name: 'a' } });
          // @ts-expect-error: no such message
          report({ message: 'sha265', at, data: { name: 'a', what: 'b' } });
          report({ message: 'plain', at, data: {} });
          expect(services).toBeUndefined();
        },
      };
    },
  });
  expect(rule.needs).toEqual(['vault']);
});

it('refuses an element path that the grammar does not have', () => {
  const rule = defineRule({
    ...metadata,
    messages: {},
    // @ts-expect-error: it is Certificate
    check() {
      return {
        'Role/Certificates/Certificat'() {
          return undefined;
        },
      };
    },
  });
  expect(rule.id).toBe('example');
});
