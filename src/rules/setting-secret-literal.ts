// No setting holds a secret in clear text.

import { defineRule, pipelinePlaceholder, roleOf } from '../core/rule.js';

export default defineRule({
  id: 'setting-secret-literal',
  family: 'service',
  summary: 'No setting holds a secret in clear text.',
  why: 'A service configuration lies in source control and is shown in the portal; a key or a password in it is known to all who read that. Many teams live with it, hence off.',
  source: 'https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string',
  severity: 'off',
  messages: {
    secret: {
      message: 'The setting "{setting}" of role "{role}" holds {what} in clear text.',
      help: 'Put it into Key Vault, or let the pipeline fill it in. Once it was in source control, it should be replaced.',
    },
  },
  examples: {
    bad: [
      { cscfg: role('Storage', 'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=dGhpcyBpcyBubyByZWFsIGtleSwgb25seSBhbiBleGFtcGxl') },
      { cscfg: role('Bus', 'Endpoint=sb://shop.servicebus.windows.net/;SharedAccessKeyName=Send;SharedAccessKey=bm8gcmVhbCBrZXkgZWl0aGVy') },
      { cscfg: role('Database', 'Server=tcp:shop.database.windows.net;User ID=app;Password=not-a-real-one;') },
      { cscfg: role('Blob', 'https://shop.blob.core.windows.net/in?sv=2022-11-02&amp;sig=bm8gcmVhbCBzaWduYXR1cmU%3D') },
      { cscfg: role('Smtp.Password', 'not-a-real-one') },
    ],
    good: [
      { cscfg: role('Storage', 'DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=__StorageKey__') },
      { cscfg: role('Bus', 'Endpoint=sb://[YourNamespace].servicebus.windows.net/;SharedAccessKeyName=Send;SharedAccessKey=[YourAccessKey]') },
      { cscfg: role('InstrumentationKey', '00000000-1111-2222-3333-444444444444') },
      { cscfg: role('Database', 'Server=tcp:shop.database.windows.net;Authentication=Active Directory Default;Password=;') },
    ],
  },
  check({ report }) {
    return {
      'Role/ConfigurationSettings/Setting'(setting) {
        const value = setting.attribute('value');
        const name = setting.attribute('name')?.value ?? '';
        if (value === undefined || value.value === '') return;
        const what = secretIn(name, value.value);
        if (what !== null) report({ message: 'secret', at: value.valueSpan, data: { role: roleOf(setting), setting: name, what } });
      },
    };
  },
});

/** What stands behind these words in a connection string or a URL, up to the next `;` or `&`. */
const SECRETS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an account key', /(?:^|;)\s*AccountKey\s*=\s*([^;]+)/i],
  ['a shared access key', /(?:^|;)\s*SharedAccessKey\s*=\s*([^;]+)/i],
  ['a shared access signature', /(?:^|[?&;])\s*sig\s*=\s*([^;&]+)/i],
  ['a password', /(?:^|;)\s*(?:Password|Pwd)\s*=\s*([^;]+)/i],
];

const ACCOUNT_KEY_NAME = /(?:AccountKey|SharedAccessKey)$/i;

/** The password of the Remote Desktop plugin is encrypted. */
const PASSWORD_NAME = /(?<!Encrypted)(?:Password|Pwd)$/i;

/** The key of the storage emulator is public; a reference to Key Vault is none. */
const PUBLIC = /AccountName=devstoreaccount1(?:;|$)|@Microsoft\.KeyVault\(/i;

function secretIn(name: string, value: string): string | null {
  if (PUBLIC.test(value) || pipelinePlaceholder(value) !== null) return null;
  for (const [what, pattern] of SECRETS) {
    const secret = pattern.exec(value)?.[1];
    if (secret !== undefined && isLiteral(secret)) return what;
  }
  return isLiteral(value) ? secretByName(name) : null;
}

/** Neither nothing, nor stars, nor a placeholder such as `[YourAccessKey]`, nor a switch. */
function isLiteral(secret: string): boolean {
  const text = secret.trim();
  return /[A-Za-z0-9]/.test(text) && pipelinePlaceholder(text) === null && !/^(?:true|false)$/i.test(text);
}

/** What a setting holds by its name. */
function secretByName(name: string): string | null {
  if (PASSWORD_NAME.test(name)) return 'a password';
  return ACCOUNT_KEY_NAME.test(name) ? 'an account key' : null;
}

function role(name: string, value: string): string {
  return `<Role name="Web"><Instances count="1" /><ConfigurationSettings><Setting name="${name}" value="${value}" /></ConfigurationSettings></Role>`;
}
