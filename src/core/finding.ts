// A finding as the engine hands it on: what a rule reported, in the words of the rule.

import type { Messages, MessageText, Reported, Rule, RuleSetting } from './rule.js';
import type { Finding, Location, Span } from './types.js';

/** `path` is that of the linted file. Throws for a message that the rule does not have, which the compiler refuses. */
export function toFinding(rule: Rule, { severity }: RuleSetting, path: string, reported: Reported<Messages, string>): Finding {
  const { message: messageId, at, data, related = [], fix } = reported;
  const text: MessageText | undefined = rule.messages[messageId];
  if (text === undefined) throw new Error(`${rule.id} has no message "${messageId}"`);
  const located = (place: Span | Location): Location => ('path' in place ? place : { path, span: place });
  return {
    ruleId: rule.id,
    messageId,
    severity,
    data,
    message: fill(text.message, data),
    cause: text.cause === undefined ? null : fill(text.cause, data),
    help: fill(text.help, data),
    location: located(at),
    related: related.map(({ note, location }) => ({ note, location: located(location) })),
    fix: fix === undefined ? null : { title: fix.title, safety: fix.safety ?? 'safe', path, edits: fix.edits },
    azure: text.azure === undefined ? null : fill(text.azure, data),
    azureSeen: text.azure === undefined ? null : (text.azureSeen ?? 'cses'),
  };
}

/** Names longer than this are cut in sentences; a name can be as long as its file. */
const MAX_SLOT = 2000;

function shortened(text: string): string {
  return text.length > MAX_SLOT ? `${text.slice(0, MAX_SLOT)}…` : text;
}

/** Fills the slots of a message. What else stands in braces is Azure's own: it prints "{Name}" as it is. */
function fill(template: string, data: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (braces, slot: string) => (Object.hasOwn(data, slot) ? shortened(String(data[slot])) : braces));
}
