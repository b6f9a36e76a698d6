// A role that names issuers names that of its certificate.

import { EXAMPLE_RENEWED, EXAMPLE_RENEWED_CHAIN, defineRule, type CertificateEntry, type CertificateFact } from '../core/rule.js';

export default defineRule({
  id: 'certificate-chain-incomplete',
  family: 'certificate',
  summary: 'A role that names issuers names the issuer of its certificate, too.',
  why: 'A server sends its clients the issuers that it finds in its stores. After a renewal by another issuer the role still names the old one, and clients that do not know the new one refuse the certificate.',
  source: 'https://learn.microsoft.com/azure/cloud-services/cloud-services-configure-ssl-certificate-portal',
  severity: 'info',
  target: 'cses',
  concerns: 'certificate',
  anyOf: ['vault', 'certificates'],
  messages: {
    issuer: {
      message: 'Role "{role}" names the certificate "{certificate}", which {issuer} issued, but not that issuer; the issuer that it names is {named}.',
      help: 'Import the issuer, {thumbprint}, into the vault, and name it in the role in place of the other one: the .csdef declares it with the store CA.',
    },
  },
  examples: {
    bad: [
      {
        cscfg: `<Role name="Web"><Instances count="2" /><Certificates><Certificate name="Tls" thumbprint="${EXAMPLE_RENEWED.leaf}" thumbprintAlgorithm="sha1" /><Certificate name="Issuer" thumbprint="${EXAMPLE_RENEWED.oldIssuer}" thumbprintAlgorithm="sha1" /></Certificates></Role>`,
        certificates:
          EXAMPLE_RENEWED_CHAIN,
      },
    ],
    good: [
      {
        cscfg: `<Role name="Web"><Instances count="2" /><Certificates><Certificate name="Tls" thumbprint="${EXAMPLE_RENEWED.leaf}" thumbprintAlgorithm="sha1" /><Certificate name="Issuer" thumbprint="${EXAMPLE_RENEWED.issuer}" thumbprintAlgorithm="sha1" /></Certificates></Role>`,
        certificates:
          EXAMPLE_RENEWED_CHAIN,
      },
    ],
  },
  check({ report, inventory }) {
    const roles = new Map<string, { entry: CertificateEntry; fact: CertificateFact }[]>();
    return {
      certificate(entry) {
        const fact = entry.comparable === null ? null : inventory.certificateOf(entry.comparable);
        if (fact === null) return;
        const named = roles.get(entry.role);
        if (named === undefined) roles.set(entry.role, [{ entry, fact }]);
        else named.push({ entry, fact });
      },
      end() {
        for (const [role, named] of roles) {
          const authorities = named.filter(({ fact }) => fact.isCa === true && fact.subject !== null);
          const [first] = authorities;
          if (first === undefined) continue;
          const subjects = new Set(authorities.map(({ fact }) => fact.subject));
          for (const { entry, fact } of named) {
            if (fact.isCa === true || fact.issuer === null || fact.issuer === fact.subject || subjects.has(fact.issuer)) continue;
            const issuer = inventory.certificatesOfSubject(fact.issuer).find(({ isCa }) => isCa !== false);
            // A root is in the stores of the clients.
            if (issuer === undefined || issuer.issuer === issuer.subject) continue;
            report({
              message: 'issuer',
              at: entry.thumbprint?.valueSpan ?? entry.element.nameSpan,
              data: { role, certificate: entry.certificate, issuer: fact.issuer, named: first.fact.subject ?? '', thumbprint: issuer.thumbprint },
              related: [{ note: 'its issuer is here', location: issuer.origin }],
            });
          }
        }
      },
    };
  },
});
