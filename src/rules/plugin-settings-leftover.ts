// Nothing is left in the .cscfg of a plugin that the .csdef does not import.

import { defineRule, removeElements, type PluginEntries } from '../core/rule.js';

export default defineRule({
  id: 'plugin-settings-leftover',
  family: 'definition',
  summary: 'The settings and the certificate of a plugin went with its Import.',
  why: 'The names of a plugin exist only where the .csdef imports it, or declares them. Cloud Services (extended support) asks to remove plugins from both files: Import, settings and certificate.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/deploy-prerequisite',
  severity: 'warning',
  fixable: 'unsafe',
  target: 'cses',
  needs: ['definition'],
  messages: {
    settings: {
      message: 'Role "{role}" still has {what} of the plugin {module}, which the service definition does not import for it.',
      cause: 'The plugin went from the .csdef, or was never there; its names stayed here.',
      help: 'Remove what is left of it here: {names}.',
      azure:
        "Error validating the .cscfg file against the .csdef file. Severity:Error, message:Setting '{setting}' for role '{role}' specified in the service configuration file is not declared in the service definition file.",
      azureSeen: 'similar',
    },
    certificate: {
      message: 'Role "{role}" still has {what} of the plugin {module}, which the service definition does not import for it.',
      cause: 'The plugin went from the .csdef, or was never there; its names stayed here.',
      help: 'Remove what is left of it here: {names}.',
    },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="Microsoft.WindowsAzure.Plugins.RemoteForwarder.Enabled" value="true" /></ConfigurationSettings></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2" />',
      },
      {
        cscfg:
          '<Certificate name="Microsoft.WindowsAzure.Plugins.RemoteAccess.PasswordEncryption" thumbprint="3F9C0A7B51D2E86494C1B07D2A5E8F63109DB4C7" thumbprintAlgorithm="sha1" />',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2" />',
      },
    ],
    good: [
      {
        cscfg:
          '<Role name="Web"><Instances count="2" /><ConfigurationSettings><Setting name="Microsoft.WindowsAzure.Plugins.RemoteDebugger.Connector.Enabled" value="true" /></ConfigurationSettings></Role>',
        csdef: '<WebRole name="Web" vmsize="Standard_A2_v2" />',
      },
    ],
  },
  check({ report, text }) {
    return {
      role({ name: role, compared }) {
        if (compared === null) return;
        for (const { module, settings, certificates } of compared.leftovers) {
          const [first, ...others] = [...settings, ...certificates];
          const edits = removeElements(text, [...settings, ...certificates].map(({ element }) => element.wholeSpan));
          if (first === undefined || edits === null) continue;
          const names = [first, ...others].map(({ name }) => name).join(', ');
          report({
            message: settings.length > 0 ? 'settings' : 'certificate',
            at: first.attribute.valueSpan,
            data: { role, module, names, setting: first.name, what: describe({ settings, certificates }) },
            related: [{ note: 'the role is defined here, without that Import', location: compared.defined.location }],
            fix: { title: `Remove what is left of the plugin ${module}`, safety: 'unsafe', edits },
          });
        }
      },
    };
  },
});

function describe({ settings, certificates }: Pick<PluginEntries, 'settings' | 'certificates'>): string {
  const ofSettings = settings.length === 0 ? [] : [settings.length === 1 ? 'a setting' : `${settings.length} settings`];
  const ofCertificates = certificates.length === 0 ? [] : [certificates.length === 1 ? 'a certificate' : `${certificates.length} certificates`];
  return [...ofSettings, ...ofCertificates].join(' and ');
}
