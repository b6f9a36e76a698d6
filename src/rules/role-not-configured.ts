// Each role of the .csdef stands in the .cscfg.

import { defineRule, foldName, RoleNames, type Span } from '../core/rule.js';

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
    const roles = new RoleNames();
    let root: Span | null = null;
    return {
      ...roles.visitor,
      ServiceConfiguration(element) {
        root = element.nameSpan;
      },
      end() {
        if (root === null) return;
        for (const { name, location } of roles.compare(definition).notConfigured) {
          report({ message: 'absent', at: root, data: { role: name, folded: foldName(name) }, related: [{ note: 'it is defined here', location }] });
        }
      },
    };
  },
});
