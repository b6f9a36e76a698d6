// The name of a certificate is one that a service definition can declare.

import { defineRule, foldName, hasOuterBlank, isName, isSettledName, moduleOf, pipelinePlaceholder, type DefinitionFact } from '../core/rule.js';

export default defineRule({
  id: 'certificate-name-format',
  family: 'thumbprint',
  summary: 'The name of a certificate is one that the service definition can declare.',
  why: 'The service definition declares each certificate under the same name, and its names have a form: a letter or _ first, no path characters or quotes, no dot or blank last. Spaces and dots inside are fine.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'warning',
  uses: ['definition'],
  messages: {
    empty: { message: 'A certificate of role "{role}" has an empty name.', help: 'Write the name under which the .csdef declares it.' },
    first: { message: 'The certificate name "{certificate}" does not begin with a letter or _.', help: 'Rename it here and in the .csdef, which can declare no such name.' },
    blank: { message: 'The certificate name "{certificate}" has a blank before or behind it.', help: 'Delete it: the .csdef can declare no such name.' },
    last: { message: 'The certificate name "{certificate}" ends with a dot.', help: 'Delete what stands last, here and in the .csdef, which can declare no such name.' },
    characters: {
      message: 'The certificate name "{certificate}" holds {characters}.',
      help: 'Rename it here and in the .csdef, which can declare no such name: \\ / : * ? " < > | \' ^ ` are not allowed.',
    },
  },
  examples: {
    bad: [
      { cscfg: '<Certificate name="shop/tls" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />' },
      { cscfg: '<Certificate name="" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />' },
    ],
    good: [{ cscfg: '<Certificate name="Contoso.Shop Tls.1" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />' }],
  },
  check({ report, evidence: { definition } }) {
    return {
      'Role/Certificates/Certificate'(element) {
        const name = element.attribute('name');
        if (name === undefined || isName(name.value) || pipelinePlaceholder(name.value) !== null) return;
        const { value: certificate, valueSpan: at } = name;
        const role = element.parent?.parent?.attributes.find((attribute) => attribute.name === 'name')?.value ?? '';
        const characters = [...new Set(certificate.match(FORBIDDEN) ?? [])].join(' ');
        if (certificate.trim() === '') report({ message: 'empty', at, data: { role } });
        // With a service definition it is the certificate that is not declared.
        else if (hasOuterBlank(certificate)) {
          if (!isComparedIn(definition, role, certificate)) report({ message: 'blank', at, data: { role, certificate } });
        }
        else if (characters !== '') report({ message: 'characters', at, data: { role, certificate, characters } });
        else if (!/^[A-Za-z_]/.test(certificate)) report({ message: 'first', at, data: { role, certificate } });
        else report({ message: 'last', at, data: { role, certificate } });
      },
    };
  },
});

/** Whether another rule finds that the role does not declare it. */
function isComparedIn(definition: DefinitionFact | undefined, role: string, certificate: string): boolean {
  const defined = definition?.roles.find(({ name }) => foldName(name) === foldName(role));
  return defined !== undefined && moduleOf(certificate.trim()) === null && defined.certificates.every(({ value }) => isSettledName(value));
}

const FORBIDDEN = /[\\/:*?"<>|'^`]/g;
