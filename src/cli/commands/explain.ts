// cscfglint explain RULE: the page of a rule, in the terminal.

import { ruleUrl, type Example, type MessageText, type Rule } from '../../core/rule.js';
import { EVIDENCE_KIND, type Evidence } from '../../core/types.js';
import { loadPaint } from '../../formats/paint.js';
import type { Paint } from '../../formats/text.js';
import { visible } from '../../formats/visible.js';
import { wrap } from '../../formats/width.js';
import { RULES } from '../../rules/index.js';
import type { Command } from '../command.js';
import { knownRule } from '../known-rule.js';

export const explainCommand: Command = async (args, host) => {
  const id = knownRule(args.paths[0] ?? '');
  const paint = await loadPaint(args.color ?? host.colors);
  for (const rule of RULES) if (rule.id === id) host.out(page(rule, paint));
  return 0;
};

const COLUMNS = 80;

function page(rule: Rule, paint: Paint): string {
  const { id, severity, summary, why, source, messages, examples } = rule;
  const facts = [`default: ${severity}`, fixOf(rule), needsOf(rule)].filter((fact) => fact !== '');
  const blocks = [
    `${wrap(`${id}: ${summary}`, COLUMNS).replace(id, paint('strong', id))}\n${wrap(facts.join('; '), COLUMNS)}`,
    wrap(why, COLUMNS),
    `Source: ${source}\nRule: ${ruleUrl(id)}`,
    `${paint('strong', 'What it says')}${Object.values(messages).some(hasSlot) ? ', with the words in {braces} filled in' : ''}`,
    ...Object.values(messages).map((message) => said(message)),
    paint('strong', 'Wrong'),
    ...examples.bad.map(example),
    paint('strong', 'Right'),
    ...examples.good.map(example),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function fixOf({ fixable }: Rule): string {
  if (fixable === undefined) return '';
  return fixable === 'safe' ? 'can be fixed' : 'can be fixed, which changes what is deployed';
}

function needsOf({ needs, anyOf, unless }: Rule): string {
  const all = needs.flatMap(given);
  const any = anyOf.flatMap(given);
  const needed = [...all, ...(any.length > 0 ? [any.join(' or ')] : [])].join(' and ');
  const instead = unless.flatMap(given).join(' or ');
  return [needed === '' ? '' : `needs ${needed}`, instead === '' ? '' : `silent where there is ${instead}`].filter((part) => part !== '').join('; ');
}

/** The other .cscfg of a service nobody has to give. */
function given(kind: keyof Evidence): string[] {
  return kind === 'configurations' ? [] : [EVIDENCE[EVIDENCE_KIND[kind]]];
}

const EVIDENCE: Readonly<Record<(typeof EVIDENCE_KIND)[keyof typeof EVIDENCE_KIND], string>> = {
  csdef: 'a service definition (--csdef)',
  pfx: 'local certificates (--pfx)',
  vault: 'a vault export (--vault)',
  'os-profile': 'an osProfile (--os-profile)',
};

/** Azure's own texts may have braces that nothing fills. */
function hasSlot({ message, cause = '', help }: MessageText): boolean {
  return [message, cause, help].some((text) => /\{\w+\}/.test(text));
}

function said({ message, cause, help, azure, azureSeen }: MessageText): string {
  const lines = [wrap(`  ${message}`, COLUMNS, '  ')];
  const note = (name: string, text: string) => lines.push(wrap(`    ${name}: ${text}`, COLUMNS, '      '));
  if (cause !== undefined) note('cause', cause);
  note('help', help);
  if (azure !== undefined) note(azureSeen === 'similar' ? 'similar to' : 'azure', azure);
  return lines.join('\n');
}

function example({ cscfg, csdef, vault, osProfile, certificates, pfx, sibling }: Example): string {
  const parts = [
    ['', cscfg],
    ['with another environment', sibling],
    ['with the service definition', csdef],
    ['with the vault export', vault],
    ['with the osProfile', osProfile],
    ['with the certificates', certificates],
    ['with the .pfx, in base64', pfx],
  ] as const;
  return parts.flatMap(([name, text]) => (text === undefined ? [] : [...(name === '' ? [] : [`    ${name}:`]), ...text.trim().split('\n').map((line) => `    ${visible(line)}`)])).join('\n');
}
