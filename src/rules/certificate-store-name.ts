// A certificate's store is one that Windows has, unless it is meant to be a new one.

import { defineRule, distinctRoles, foldName, httpsEndpointsOf, pipelinePlaceholder, suggest } from '../core/rule.js';

export default defineRule({
  id: 'certificate-store-name',
  family: 'definition',
  languages: ['csdef'],
  summary: 'A store that is nearly called like one of Windows’ own is called exactly so.',
  why: 'A store name may be any text: one that does not exist is created, and nothing looks for certificates there. So a mistyped name fails when the role runs, and not before.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'info',
  messages: {
    near: {
      message: 'The certificate "{certificate}" is put into the store "{store}", which is nearly "{near}".',
      help: 'Write storeName="{near}", unless the role is to have a store of its own.',
    },
    display: {
      message: 'The certificate "{certificate}" is put into the store "{store}": that is how Windows shows the store "{near}".',
      help: 'Write storeName="{near}".',
    },
  },
  examples: {
    bad: [
      { csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Certificates><Certificate name="Client" storeLocation="LocalMachine" storeName="TrustedPeopel" /></Certificates></WorkerRole>' },
      { csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Certificates><Certificate name="Client" storeLocation="LocalMachine" storeName="Personal" /></Certificates></WorkerRole>' },
    ],
    good: [{ csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Certificates><Certificate name="Client" storeLocation="LocalMachine" storeName="Harbour" /></Certificates></WorkerRole>' }],
  },
  check({ report }) {
    return {
      definition(definition) {
        for (const role of distinctRoles(definition)) {
          const ofEndpoints = new Set(httpsEndpointsOf(role).map(({ certificate }) => foldName(certificate.value)));
          for (const { value: certificate, storeName } of role.certificates) {
            if (storeName === null || BUILT_IN.includes(storeName.value) || pipelinePlaceholder(storeName.value) !== null) continue;
            const store = storeName.value;
            // The store of an endpoint's certificate must be My: that is for https-certificate-store.
            if (ofEndpoints.has(foldName(certificate)) && foldName(store) !== 'my') continue;
            const shown = DISPLAYED.get(foldName(store));
            const near = shown ?? suggest(store, BUILT_IN);
            if (near === null) continue;
            report({ message: shown === undefined ? 'near' : 'display', at: storeName.location, data: { role: role.name, certificate, store, near } });
          }
        }
      },
    };
  },
});

const BUILT_IN: readonly string[] = ['My', 'Root', 'CA', 'Trust', 'Disallowed', 'TrustedPeople', 'TrustedPublisher', 'AuthRoot', 'AddressBook'];

/** The names under which Windows’ own window of certificates shows them. */
const DISPLAYED: ReadonlyMap<string, string> = new Map([
  ['personal', 'My'],
  ['trusted root certification authorities', 'Root'],
  ['intermediate certification authorities', 'CA'],
  ['enterprise trust', 'Trust'],
  ['untrusted certificates', 'Disallowed'],
  ['trusted people', 'TrustedPeople'],
  ['trusted publishers', 'TrustedPublisher'],
  ['third-party root certification authorities', 'AuthRoot'],
]);
