// The account of the Remote Desktop plugin has not expired.

import { defineRule, foldName, pipelinePlaceholder, roleOf } from '../core/rule.js';

const SETTING = foldName('Microsoft.WindowsAzure.Plugins.RemoteAccess.AccountExpiration');

export default defineRule({
  id: 'remote-desktop-expired',
  family: 'certificate',
  summary: 'The account of Remote Desktop has not expired.',
  why: 'After AccountExpiration nobody can sign in with it. It does no harm, but who needs Remote Desktop finds out when it is needed.',
  source: 'https://learn.microsoft.com/azure/cloud-services-extended-support/enable-rdp',
  severity: 'info',
  target: 'cses',
  mentions: /AccountExpiration/i,
  messages: {
    expired: {
      message: 'The Remote Desktop account of role "{role}" has expired.',
      help: 'Remove the plugin; for Remote Desktop add the RDP extension to the cloud service, with an expiration that lies ahead.',
    },
  },
  examples: {
    bad: [
      {
        cscfg:
          '<Role name="Web"><Instances count="2" /><ConfigurationSettings>\n<!-- cscfglint-disable-next-line plugin-remote-desktop: until the move -->\n<Setting name="Microsoft.WindowsAzure.Plugins.RemoteAccess.AccountExpiration" value="2020-12-31T23:59:59.0000000+00:00" /></ConfigurationSettings></Role>',
      },
    ],
    good: [
      {
        cscfg:
          '<Role name="Web"><Instances count="2" /><ConfigurationSettings>\n<!-- cscfglint-disable-next-line plugin-remote-desktop: until the move -->\n<Setting name="Microsoft.WindowsAzure.Plugins.RemoteAccess.AccountExpiration" value="2030-12-31T23:59:59.0000000+00:00" /></ConfigurationSettings></Role>',
      },
    ],
  },
  check({ report, now }) {
    return {
      'Role/ConfigurationSettings/Setting'(setting) {
        const name = setting.attribute('name')?.value;
        // A file may hold very many settings.
        if (name?.length !== SETTING.length || foldName(name) !== SETTING) return;
        const value = setting.attribute('value');
        if (value === undefined || pipelinePlaceholder(value.value) !== null) return;
        const end = momentOf(value.value.trim());
        if (end === null || end > now) return;
        report({ message: 'expired', at: value.valueSpan, data: { role: roleOf(setting) } });
      },
    };
  },
});

/** A moment as Visual Studio writes it (ISO 8601), without a zone in UTC, or in the order of the United States, as samples have it; null for anything else. */
function momentOf(value: string): Date | null {
  const iso = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?)?$/.exec(value);
  if (iso !== null) return dateOf(`${iso[1] ?? ''}T${iso[2] ?? '00:00'}${iso[3] ?? 'Z'}`);
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: .{1,20})?$/.exec(value) ?? [];
  // The whole of that day is left, since its time may be of any zone.
  return year === '' ? null : dateOf(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T23:59:59Z`);
}

function dateOf(text: string): Date | null {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}
