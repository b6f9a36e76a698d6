// Silences findings: what comments in the file and the config say, and which of that was needed.

import type { SuppressionConfig } from './config.js';
import { findDirectives, hasPassed, type Directive, type MisshapenDirective } from './directives.js';
import { foldName } from './names.js';
import type { SourceFile } from './source.js';
import type { Finding, Location } from './types.js';

/** A suppression of a config, and where it stands. */
export interface PlacedSuppression extends SuppressionConfig {
  readonly location: Location;
}

/** One rule that a comment silences. */
export interface SilencedRule {
  readonly ruleId: string;
  readonly directive: Directive;
}

/** What became of the findings of one file. */
export interface Silenced {
  readonly kept: readonly Finding[];
  readonly suppressed: number;
  /** Comments that no finding needed. */
  readonly unused: readonly SilencedRule[];
  /** Comments whose day has passed. */
  readonly expired: readonly SilencedRule[];
  readonly misshapen: readonly MisshapenDirective[];
  /** Suppressions of the config that a finding needed. */
  readonly used: ReadonlySet<PlacedSuppression>;
}

/** Takes out the findings that a comment of their file, or the config, silences. */
export function silence(findings: readonly Finding[], source: SourceFile, config: readonly PlacedSuppression[], now: Date): Silenced {
  const { directives, misshapen } = findDirectives(source);
  const all = directives.flatMap((directive) => directive.rules.map((ruleId) => ({ ruleId, directive })));
  const isOver = ({ directive: { until } }: SilencedRule) => until !== null && hasPassed(until, now);
  const inForce = all.filter((one) => !isOver(one));
  const byRule = new Map<string, SilencedRule[]>();
  for (const one of inForce) byRule.set(one.ruleId, byRule.get(one.ruleId) ?? []).get(one.ruleId)?.push(one);
  const used = new Set<SilencedRule | PlacedSuppression>();
  const kept = findings.filter((finding) => {
    const comment = byRule.get(finding.ruleId)?.find((one) => isCovered(finding, one, source.path));
    const suppression = config.find((one) => !isPast(one, now) && matches(finding, one));
    for (const one of [comment, suppression]) if (one !== undefined) used.add(one);
    return comment === undefined && suppression === undefined;
  });
  return {
    kept,
    suppressed: findings.length - kept.length,
    unused: inForce.filter((one) => !used.has(one)),
    expired: all.filter(isOver),
    misshapen,
    used: new Set(config.filter((one) => used.has(one))),
  };
}

/** Whether the day of a config's suppression has passed. */
export function isPast({ until }: SuppressionConfig, now: Date): boolean {
  return until !== undefined && hasPassed(until, now);
}

function isCovered({ location: { path, span } }: Finding, { directive }: SilencedRule, own: string): boolean {
  const { start, end } = directive.covers;
  return path === own && span !== null && span.start >= start && span.start < end;
}

/** A finding about a record of evidence names everyone who uses it; all of them must be meant. */
function matches({ ruleId, data }: Finding, { rule, role, certificate }: SuppressionConfig): boolean {
  if (ruleId !== rule) return false;
  const uses = Array.isArray(data['uses']) && data['uses'].length > 0 ? (data['uses'] as Readonly<Record<string, unknown>>[]) : [data];
  return uses.every((use) => isNamed(use['role'], role) && isNamed(use['certificate'], certificate));
}

function isNamed(name: unknown, wanted: string | undefined): boolean {
  return wanted === undefined || (typeof name === 'string' && foldName(name) === foldName(wanted));
}
