// Each endpoint name stands in a role once.

import { defineRule, distinctRoles, foldName, pluginEndpointsOf, type Location } from '../core/rule.js';

export default defineRule({
  id: 'endpoint-name-duplicate',
  family: 'definition',
  languages: ['csdef'],
  summary: 'Each endpoint name stands in a role once.',
  why: 'The role’s code, its site bindings and the .cscfg look an endpoint up by its name, whatever its kind, so the name must be unique in its role.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/schema-csdef-webrole',
  severity: 'error',
  messages: {
    duplicate: {
      message: 'Role "{role}" has two endpoints called "{endpoint}".',
      help: 'Delete one of them, or give it a name of its own.',
    },
    plugin: {
      message: 'Role "{role}" declares the endpoint "{endpoint}", which its plugin {module} opens as well.',
      help: 'Delete the endpoint or the Import: one of them is enough.',
    },
  },
  examples: {
    bad: [
      {
        csdef:
          '<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Orders" protocol="tcp" port="9000" /><InternalEndpoint name="orders" protocol="tcp" /></Endpoints></WorkerRole>',
      },
    ],
    good: [
      {
        csdef:
          '<WorkerRole name="Worker" vmsize="Standard_A2_v2"><Endpoints><InputEndpoint name="Orders" protocol="tcp" port="9000" /></Endpoints></WorkerRole><WorkerRole name="Mailer" vmsize="Standard_A2_v2"><Endpoints><InternalEndpoint name="Orders" protocol="tcp" /></Endpoints></WorkerRole>',
      },
    ],
  },
  check({ report }) {
    return {
      definition(definition) {
        for (const role of distinctRoles(definition)) {
          const imported = new Map(pluginEndpointsOf(role).map((endpoint) => [foldName(endpoint.name), endpoint]));
          const first = new Map<string, Location>();
          for (const { value: endpoint, location } of role.endpoints) {
            const name = foldName(endpoint);
            const [before, plugin] = [first.get(name), imported.get(name)];
            if (name === '') continue;
            if (before !== undefined) report({ message: 'duplicate', at: location, data: { role: role.name, endpoint }, related: [{ note: 'called so here first', location: before }] });
            else if (plugin !== undefined) report({ message: 'plugin', at: location, data: { role: role.name, endpoint, module: plugin.plugin ?? '' }, related: [{ note: 'imported here', location: plugin.location }] });
            if (before === undefined) first.set(name, location);
          }
        }
      },
    };
  },
});
