// Each role of the .csdef stands in the .cscfg.

import { defineRule, foldName, pairNames, type Span } from '../core/rule.js';

export default defineRule({
  id: 'role-not-configured',
  family: 'definition',
  summary: 'Each role of the .csdef is configured in the .cscfg.',
  why: 'Without a Role in the .cscfg nobody knows how many instances a role of the package has; Azure’s client refuses the pair.',
  source: 'https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1',
  severity: 'error',
  needs: ['definition'],
  messages: {
    absent: {
      message: 'The role "{role}" of the service definition is not configured here.',
      help: 'Add <Role name="{role}"> with its Instances, or remove the role from the .csdef and build the package again.',
      azure:
        "The CSCFG did not match the CSDEF. More details: No role named '{folded}' found in the service configuration file. For more details please refer to : https://aka.ms/cses-cscfg-csdef",
    },
  },
  examples: {
    bad: [
      {
        cscfg: '<Role name="Worker"><Instances count="2" /></Role>',
        csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2" /><WorkerRole name="Mailer" vmsize="Standard_A2_v2" />',
      },
    ],
    good: [{ cscfg: '<Role name="Worker"><Instances count="2" /></Role>', csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2" />' }],
  },
  check({ report, evidence: { definition } }) {
    const roles: { name: string }[] = [];
    let root: Span | null = null;
    let isNameless = false;
    return {
      ServiceConfiguration(element) {
        root = element.nameSpan;
      },
      Role(role) {
        const name = role.attribute('name');
        if (name === undefined) isNameless = true;
        else roles.push({ name: name.value });
      },
      end() {
        // A role whose name is missing or misspelt may be any of them.
        if (root === null || isNameless) return;
        for (const { name, location } of pairNames(roles, definition.roles).onlyThere) {
          report({ message: 'absent', at: root, data: { role: name, folded: foldName(name) }, related: [{ note: 'it is defined here', location }] });
        }
      },
    };
  },
});
