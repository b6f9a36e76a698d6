// A baseline holds what is still found.

import { defineRule } from '../core/rule.js';

export default defineRule({
  id: 'baseline-stale',
  family: 'run',
  summary: 'The baseline holds what is still found.',
  why: 'An entry for a mistake that was mended would silence the same mistake when it is made again.',
  source: 'https://github.com/cscfglint/cscfglint#suppressions',
  severity: 'warning',
  languages: ['cscfg', 'csdef'],
  messages: {
    gone: {
      message: 'The baseline still has {rule} about {subject}, which is not found any more.',
      help: '--prune-baseline takes such entries out.',
    },
    fewer: {
      message: 'The baseline has {count} findings of {rule} about {subject}; there are {found}.',
      help: '--prune-baseline brings it up to date.',
    },
  },
  examples: {
    bad: [{ cscfg: '<Role name="Web"><Instances count="2" /></Role>', baseline: [{ rule: 'role-duplicate', path: 'ServiceConfiguration.Cloud.cscfg', role: 'Web', name: '', count: 1 }] }],
    good: [{ cscfg: '<Role name="Web"><Instances count="2" /></Role>', baseline: [] }],
  },
  check({ report }) {
    return {
      'baseline:stale'({ ruleId, path, role, name, count, found, at }) {
        const subject = [role, name].filter((part) => part !== '').map((part) => `"${part}"`).join(', ') || path;
        const data = { rule: ruleId, subject, count, found };
        report(found === 0 ? { message: 'gone', at, data } : { message: 'fewer', at, data });
      },
    };
  },
});
