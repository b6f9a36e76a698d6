// Each role of the .cscfg stands in the .csdef.

import { defineRule, foldName, RoleNames } from '../core/rule.js';

export default defineRule({
  id: 'role-not-defined',
  family: 'definition',
  summary: 'Each role of the .cscfg is defined in the .csdef.',
  why: 'The package is built from the roles of the .csdef; one that only the .cscfg names does not exist, and Azure’s client refuses the pair.',
  source: 'https://github.com/Azure/azure-powershell/blob/main/src/CloudService/CloudService.Autorest/custom/New-AzCloudService.ps1',
  severity: 'error',
  needs: ['definition'],
  messages: {
    absent: {
      message: 'The role "{role}" is not in the service definition.',
      help: 'Remove the Role here, or add it to the .csdef and build the package again.',
      azure:
        "The CSCFG did not match the CSDEF. More details: No role named '{folded}' found in the service definition file. For more details please refer to : https://aka.ms/cses-cscfg-csdef",
    },
    lone: {
      message: 'The role "{role}" is not in the service definition, which has "{near}" without a configuration.',
      help: 'If it was renamed there, write "{near}" here. Else remove the Role, or add it to the .csdef and build the package again.',
      azure:
        "The CSCFG did not match the CSDEF. More details: No role named '{folded}' found in the service definition file. For more details please refer to : https://aka.ms/cses-cscfg-csdef",
    },
    blank: {
      message: 'The role "{role}" has a blank before or behind its name, and the service definition has "{near}".',
      help: 'Delete the blank.',
      azure:
        "The CSCFG did not match the CSDEF. More details: No role named '{folded}' found in the service definition file. For more details please refer to : https://aka.ms/cses-cscfg-csdef",
    },
    near: {
      message: 'The role "{role}" is not in the service definition, which has "{near}" without a configuration.',
      cause: 'The name is mistyped, or the role was renamed on one side.',
      help: 'Write "{near}" here, or rename the role in the .csdef and build the package again.',
      azure:
        "The CSCFG did not match the CSDEF. More details: No role named '{folded}' found in the service definition file. For more details please refer to : https://aka.ms/cses-cscfg-csdef",
    },
  },
  examples: {
    bad: [
      { cscfg: '<Role name="Wroker"><Instances count="2" /></Role>', csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2" />' },
      {
        cscfg: '<Role name="Worker"><Instances count="2" /></Role><Role name="Mailer"><Instances count="2" /></Role>',
        csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2" />',
      },
    ],
    good: [{ cscfg: '<Role name="Worker"><Instances count="2" /></Role>', csdef: '<WorkerRole name="Worker" vmsize="Standard_A2_v2" />' }],
  },
  check({ report, evidence: { definition } }) {
    const roles = new RoleNames();
    return {
      ...roles.visitor,
      end() {
        for (const { one, near, lone } of roles.compare(definition).notDefined) {
          const data = { role: one.name, folded: foldName(one.name) };
          const at = one.attribute.valueSpan;
          if (lone !== null) report({ message: 'lone', at, data: { ...data, near: lone.name }, related: [{ note: 'this role is configured nowhere', location: lone.location }] });
          else if (near === null) report({ message: 'absent', at, data, related: [{ note: 'the roles are defined here', location: definition.location }] });
          else report({ message: foldName(one.name.trim()) === foldName(near.name) ? 'blank' : 'near', at, data: { ...data, near: near.name }, related: [{ note: 'this role is configured nowhere', location: near.location }] });
        }
      },
    };
  },
});
