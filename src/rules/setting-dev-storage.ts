// What is deployed does not use the storage of the developer's machine.

import { defineRule, roleOf } from '../core/rule.js';

export default defineRule({
  id: 'setting-dev-storage',
  family: 'service',
  summary: 'No setting of a deployment uses the storage emulator.',
  why: "UseDevelopmentStorage=true names the storage emulator of the developer's machine; a role in Azure finds nothing there and fails, mostly when it starts.",
  source: 'https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string',
  severity: 'warning',
  target: 'cses',
  mentions: /UseDevelopmentStorage/i,
  messages: {
    emulator: {
      message: 'The setting "{setting}" of role "{role}" uses the storage emulator (UseDevelopmentStorage), which is not there in Azure.',
      help: 'Write the connection string of a storage account, or let the pipeline fill it in. If this file is for the emulator, call it ….Local.cscfg or set "target": "emulator" for it in the config.',
    },
  },
  examples: {
    bad: [{ cscfg: role('UseDevelopmentStorage=true') }, { cscfg: role('UseDevelopmentStorage=true;DevelopmentStorageProxyUri=http://127.0.0.1') }],
    good: [{ cscfg: role('__Storage__') }, { cscfg: role('UseDevelopmentStorage=false') }],
  },
  check({ report }) {
    return {
      'Role/ConfigurationSettings/Setting'(setting) {
        const value = setting.attribute('value');
        if (value === undefined || !isDevelopmentStorage(value.value)) return;
        report({ message: 'emulator', at: value.valueSpan, data: { role: roleOf(setting), setting: setting.attribute('name')?.value ?? '' } });
      },
    };
  },
});

const DEVELOPMENT_STORAGE = /(?:^|;)\s*UseDevelopmentStorage\s*=\s*true\s*(?:;|$)/i;

/** A file may hold very many settings, and hardly one begins like this. */
function isDevelopmentStorage(value: string): boolean {
  switch (value.charCodeAt(0)) {
    case 0x20:
    case 0x44: // D
    case 0x64:
    case 0x55: // U
    case 0x75:
      return value.length <= MAX_LENGTH && DEVELOPMENT_STORAGE.test(value);
    default:
      return false;
  }
}

/** Characters; with a proxy it is shorter by far. */
const MAX_LENGTH = 1000;

function role(value: string): string {
  return `<Role name="Web"><Instances count="1" /><ConfigurationSettings><Setting name="Storage" value="${value}" /></ConfigurationSettings></Role>`;
}
