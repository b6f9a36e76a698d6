// docs/rules/<id>.md: the page of a rule, with what its wrong examples really print.

import type { Example, MessageText, Rule } from '../src/core/rule.js';
import { formatText } from '../src/formats/text.js';
import { visible } from '../src/formats/visible.js';
import { exampleConfig, lintExample } from '../test/support/lint.js';

export interface PageTools {
  /** Every rule: an example is linted as a file is. */
  readonly rules: readonly Rule[];
  readonly notice: string;
  /** The evidence that a rule needs, in words; empty for none. */
  readonly needs: (rule: Rule) => string;
}

/** The page of a rule. */
export function rulePage(rule: Rule, { rules, notice, needs }: PageTools): string {
  const { id, summary, severity, why, source, messages, examples, languages, options } = rule;
  const facts = [
    ['default', severity],
    ['looks at', languages.map((language) => `\`.${language}\``).join(' and ')],
    ['needs', needs(rule)],
    ['silent', rule.target === undefined ? '' : 'in configurations of the emulator'],
    ['fix', FIXES[rule.fixable ?? 'none']],
    ['options', options === null ? '' : `\`${JSON.stringify(options.defaults)}\``],
  ].flatMap(([name = '', value = '']) => (value === '' ? [] : [`| ${name} | ${value} |`]));
  const sections = [
    `# ${id}`,
    `<!-- ${notice} -->`,
    prose(summary),
    ['| | |', '|---|---|', ...facts].join('\n'),
    '## Why',
    prose(why),
    `Source: <${source}>`,
    '## What it says',
    Object.entries(messages)
      .map(([name, message]) => said(name, message))
      .join('\n'),
    '## Wrong',
    ...examples.bad.flatMap((example) => [...shown(example), 'prints', fence('text', printed(example, rule, rules))]),
    '## Right',
    ...examples.good.flatMap(shown),
  ];
  return `${sections.join('\n\n')}\n`;
}

const FIXES = {
  safe: '`--fix`',
  unsafe: '`--fix-unsafe`: it changes what is deployed, or chooses which of two files is right',
  none: '',
};

/** A sentence of ours as Markdown shows it. */
function prose(text: string): string {
  return visible(text).replace(/[\\`*_<>[\]|~$]/g, '\\$&');
}

function said(name: string, { message, cause, help, azure, azureSeen }: MessageText): string {
  const notes = [
    ['cause', cause],
    ['help', help],
    [azureSeen === 'similar' ? 'similar to, seen from another Azure service' : 'azure', azure],
  ] as const;
  return [`- \`${name}\`: ${prose(message)}`, ...notes.flatMap(([title, text]) => (text === undefined ? [] : [`  - ${title}: ${prose(text)}`]))].join('\n');
}

/** What an example consists of, each part in a block of its own. */
function shown({ cscfg, csdef, vault, osProfile, certificates, pfx, sibling, baseline, encoding }: Example): string[] {
  const parts = [
    ['', 'xml', cscfg],
    ['in another environment', 'xml', sibling],
    ['in the service definition', 'xml', csdef],
    ['in the vault export', 'json', vault],
    ['in osProfile', 'json', osProfile],
    ['in local certificates', 'text', certificates],
    ['in a .pfx, here in base64', 'text', pfx],
    ['in the baseline', 'json', baseline === undefined ? undefined : JSON.stringify(baseline, null, 2)],
  ] as const;
  const blocks = parts.flatMap(([where, language, text]) => (text === undefined ? [] : [...(where === '' ? [] : [where]), fence(language, text)]));
  return encoding === undefined ? blocks : [...blocks, `written in ${encoding}`];
}

function fence(language: string, text: string): string {
  const lines = text.trim().split('\n').map(visible);
  const ticks = '`'.repeat(Math.max(3, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length + 1)));
  return `${ticks}${language}\n${lines.join('\n')}\n${ticks}`;
}

function printed(example: Example, rule: Rule, rules: readonly Rule[]): string {
  // A remark stands on the summary line.
  return formatText(lintExample(example, exampleConfig(rule), rules), { quiet: rule.remark !== true, version: '' });
}
