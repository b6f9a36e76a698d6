// cscfglint rules: the list of all rules.

import { ruleUrl, type Rule } from '../../core/rule.js';
import { jsonText } from '../../formats/json-text.js';
import { padTo, wrap } from '../../formats/width.js';
import { RULES } from '../../rules/index.js';
import type { Command } from '../command.js';
import { readOutputs, writeOutput } from '../output.js';

export const rulesCommand: Command = (args, host, version) => {
  for (const output of readOutputs(args.format, ['text', 'json'])) {
    writeOutput(output, output.format === 'json' ? jsonText(toJson(version)) : toText(), host);
  }
  return Promise.resolve(0);
};

const COLUMNS = 80;

function toText(): string {
  const blocks = RULES.map((rule) => {
    const { id, severity, summary } = rule;
    return `${padTo(severity, LEVEL_WIDTH)}${id}${fixWords(rule)}\n${wrap(`${INDENT}${summary}`, COLUMNS, INDENT)}\n`;
  });
  return `${blocks.join('')}\n${RULES.length} rules. "cscfglint explain RULE" says more of one.\n`;
}

const LEVEL_WIDTH = 9;

const INDENT = ' '.repeat(LEVEL_WIDTH);

function fixWords({ fixable }: Rule): string {
  return fixable === undefined ? '' : ` (fixable${fixable === 'unsafe' ? ', unsafe' : ''})`;
}

/** schema/rules.schema.json describes it. */
function toJson(version: string) {
  return {
    version: 1,
    tool: { name: 'cscfglint', version },
    rules: RULES.map(({ id, family, severity, summary, why, source, fixable }) => ({
      id,
      family,
      severity,
      summary,
      why,
      source,
      fixable: fixable ?? null,
      url: ruleUrl(id),
    })),
  };
}
