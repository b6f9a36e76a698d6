// cscfglint print-config: the config that holds for a file, and where each part of it comes from.

import { relative, resolve } from 'node:path';
import { isLocalName, layersFor, type ConfigLayer, type EvidenceConfig, type RuleConfig } from '../../core/config.js';
import type { Level, Target } from '../../core/types.js';
import { jsonText } from '../../formats/json-text.js';
import { visible } from '../../formats/visible.js';
import { padTo } from '../../formats/width.js';
import { RULES } from '../../rules/index.js';
import type { Command } from '../command.js';
import { Configs, isIgnored, type LoadedConfig } from '../config-file.js';
import { matchesPatterns, shownPath, slashed } from '../files.js';
import { Folders } from '../folders.js';
import type { Host } from '../host.js';
import { readOutputs, writeOutput } from '../output.js';

export const printConfigCommand: Command = async (args, host, version) => {
  const outputs = readOutputs(args.format, ['text', 'json']);
  const path = resolve(host.cwd, args.paths[0] ?? '');
  const loaded = await new Configs(new Folders(), RULES, host.home, host.cwd).for(path, args.config);
  const effective = effectiveConfig(path, loaded, host, args.ignore !== false);
  for (const output of outputs) {
    writeOutput(output, output.format === 'json' ? jsonText({ version: 1, tool: { name: 'cscfglint', version }, ...effective }) : toText(effective), host);
  }
  return 0;
};

/** A part of the config, and the file that says it; `default` where none does. */
interface Sourced<T> {
  readonly value: T;
  readonly from: string;
}

interface Effective {
  readonly file: string;
  /** The path of the config; null where there is none. */
  readonly config: string | null;
  readonly ignored: boolean;
  readonly target: Sourced<Target>;
  readonly evidence: Readonly<Record<string, Sourced<unknown>>>;
  readonly rules: Readonly<Record<string, Sourced<Level> & { readonly options: unknown }>>;
  readonly require: Sourced<readonly string[]>;
  readonly ignore: Sourced<readonly string[]>;
  readonly suppressions: Sourced<readonly unknown[]>;
}

const DEFAULT = 'default';

function effectiveConfig(path: string, loaded: LoadedConfig, { cwd }: Host, useIgnore: boolean): Effective {
  const config = loaded.path === null ? null : shownPath(loaded.path, cwd);
  const isLocal = isLocalName(path);
  const layers = layersFor(loaded.config, slashed(relative(loaded.folder, path)), isLocal, matchesPatterns);
  const fromOf = ({ override }: ConfigLayer) => `${config ?? DEFAULT}${override === null ? '' : `, overrides[${override}]`}`;
  const evidence: Record<string, Sourced<unknown>> = {};
  const rules = new Map<string, Sourced<RuleConfig>>();
  let target: Sourced<Target> = { value: isLocal ? 'emulator' : 'cses', from: isLocal ? 'the name of the file' : DEFAULT };
  for (const layer of layers) {
    const from = fromOf(layer);
    if (layer.target !== undefined) target = { value: layer.target, from };
    for (const [kind, value] of Object.entries(layer.evidence) as [keyof EvidenceConfig, unknown][]) evidence[kind] = { value, from };
    for (const [id, value] of Object.entries(layer.rules)) rules.set(id, { value, from });
  }
  return {
    file: shownPath(path, cwd),
    config,
    ignored: useIgnore && isIgnored(loaded, path),
    target,
    evidence,
    rules: Object.fromEntries(
      RULES.map(({ id, severity, options: own }) => {
        const { value, from } = rules.get(id) ?? { value: severity, from: DEFAULT };
        const [level, options] = typeof value === 'string' ? [value, {}] : value;
        return [id, { value: level, options: own === null ? null : { ...own.defaults, ...options }, from }];
      }),
    ),
    require: sourced(loaded.config.require, config),
    ignore: sourced(loaded.config.ignore, config),
    suppressions: sourced(loaded.config.suppressions, config),
  };
}

function sourced<T>(value: readonly T[] | undefined, config: string | null): Sourced<readonly T[]> {
  return { value: value ?? [], from: value === undefined ? DEFAULT : (config ?? DEFAULT) };
}

function toText({ file, config, ignored, target, evidence, rules, require, ignore, suppressions }: Effective): string {
  const line = (name: string, value: string, from: string) => `  ${padTo(name, NAME_WIDTH)} ${visible(value)}${from === DEFAULT ? '' : `  (${visible(from)})`}`;
  const kinds = Object.entries(evidence).map(([kind, { value, from }]) => line(kind, JSON.stringify(value), from));
  const lines = [
    `file     ${visible(file)}${ignored ? ' (ignored)' : ''}`,
    `config   ${config === null ? 'none' : visible(config)}`,
    `target   ${target.value}${target.from === DEFAULT ? '' : `  (${visible(target.from)})`}`,
    '',
    ...(['require', 'ignore'] as const).flatMap((name) => {
      const { value, from } = name === 'require' ? require : ignore;
      return value.length === 0 ? [] : [`${name.padEnd(8)} ${visible(JSON.stringify(value))}  (${visible(from)})`];
    }),
    kinds.length === 0 ? 'evidence none' : 'evidence',
    ...kinds,
    '',
    'rules',
    ...Object.entries(rules).map(([id, { value, options, from }]) => line(id, `${value}${options === null ? '' : ` ${JSON.stringify(options)}`}`, from)),
    ...(suppressions.value.length === 0 ? [] : ['', `suppressions  (${visible(suppressions.from)})`, ...suppressions.value.map((one) => `  ${visible(JSON.stringify(one))}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

const NAME_WIDTH = Math.max(...RULES.map(({ id }) => id.length));
