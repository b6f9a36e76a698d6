// Lints a text in a test as the command line would, without evidence or with evidence as texts.

import { configFor, ruleSettings, NO_CHANGES, type Config } from '../../src/core/config.js';
import { fixSource, type FixSafety } from '../../src/core/fix.js';
import { lint, prepare, readConfiguration, readDefinition } from '../../src/core/lint.js';
import { lintProject, type ProjectFile } from '../../src/core/project.js';
import type { Report } from '../../src/core/report.js';
import type { Example, Rule } from '../../src/core/rule.js';
import { SourceFile, decode, encode } from '../../src/core/source.js';
import type { PlacedSuppression } from '../../src/core/suppress.js';
import type { Evidence, Target, VaultExport } from '../../src/core/types.js';
import { nodeCrypto } from '../../src/cli/crypto.js';
import { readCertificateFile } from '../../src/evidence/certificate.js';
import { createInventory } from '../../src/evidence/inventory.js';
import { readOsProfile } from '../../src/evidence/os-profile/index.js';
import { readPfx } from '../../src/evidence/pfx.js';
import { readVaultExport } from '../../src/evidence/vault/index.js';
import { RULES } from '../../src/rules/index.js';
import { NOW, bytesOf, wrap, wrapDefinition } from './texts.js';

/** Evidence as the files of it would read. */
export type EvidenceTexts = Pick<Example, 'vault' | 'osProfile' | 'certificates' | 'pfx' | 'csdef'>;

/** Reads evidence from texts; the files are called vault.json, os-profile.json, certificates.pem, shop.pfx and ServiceDefinition.csdef. */
export function evidenceOf({ vault, osProfile, certificates, pfx, csdef }: EvidenceTexts): { evidence: Partial<Evidence>; texts: Map<string, SourceFile> } {
  const texts = new Map<string, SourceFile>();
  const text = (path: string, content: string) => {
    const source = new SourceFile(path, content);
    texts.set(path, source);
    return source;
  };
  const definition = csdef === undefined ? null : readDefinition({ ok: true, source: text(CSDEF, wrapDefinition(csdef)) });
  const evidence: Partial<Evidence> = {
    ...(definition === null ? {} : { definition }),
    ...(vault === undefined ? {} : vaultEvidence(readVaultExport(text('vault.json', vault), { crypto: nodeCrypto, readPfx }))),
    ...(osProfile === undefined ? {} : { osProfile: readOsProfile([text('os-profile.json', osProfile)], { cloudService: null }) }),
    ...(certificates === undefined && pfx === undefined
      ? {}
      : {
          certificates: [
            ...(certificates === undefined ? [] : [readCertificateFile('certificates.pem', Buffer.from(certificates), nodeCrypto)]),
            ...(pfx === undefined ? [] : [readPfx('shop.pfx', Buffer.from(pfx, 'base64'), { crypto: nodeCrypto, passwords: [] })]),
          ],
        }),
  };
  return { evidence, texts };
}

function vaultEvidence(file: VaultExport): Partial<Evidence> {
  const isExport = file.records.length > 0 || file.vaults.length === 0;
  return { ...(isExport ? { vault: [file] } : {}), ...(file.vaults.length > 0 ? { vaults: file.vaults } : {}) };
}

const CSDEF = 'ServiceDefinition.csdef';

export interface LintOptions extends EvidenceTexts {
  /** Certificates that were read already, in place of those in texts. */
  readonly certificateFiles?: Evidence['certificates'];
  readonly rules?: readonly Rule[];
  readonly config?: Config;
  readonly path?: string;
  readonly target?: Target;
  readonly baseline?: Example['baseline'];
  readonly suppressions?: readonly PlacedSuppression[] | null;
  /** Other service configurations of the service, by path. */
  readonly siblings?: Readonly<Record<string, string>>;
}

/** Lints a service configuration, or null for none, and the service definition where one is given. */
export function lintText(content: string | Uint8Array | null, options: LintOptions = {}): Report {
  const { files, texts } = planned(content, options);
  const baseline = options.baseline?.map((entry) => ({ ...entry, location: { path: 'baseline.json', span: null } }));
  return lintProject({ files, evidence: [], evidenceText: (path) => texts.get(path), rules: options.rules ?? RULES, isWhole: true, ...(baseline === undefined ? {} : { baseline }) });
}

/** Lints what an example shows. */
export function lintExample(example: Example, config: Config = {}, rules: readonly Rule[] = RULES): Report {
  const siblings = example.sibling === undefined ? {} : { siblings: { 'ServiceConfiguration.Test.cscfg': wrap(example.sibling) } };
  return lintText(bytesOf(example), { ...example, ...siblings, config, rules });
}

/** What an example of a rule is linted with: one that is off by default is on, and one that shows a whole file may leave its network out. */
export function exampleConfig({ id, severity, family, remark }: Rule): Config {
  return { rules: { ...(severity === 'off' ? { [id]: 'warning' } : {}), ...(remark === true ? { [id]: 'info' } : {}), ...(family === 'network' ? {} : { 'vnet-required': 'off' }) } };
}

/** The bytes of a service configuration after its fixes; without one, those of the service definition. */
export function fixBytes(content: string | Uint8Array | null, safety: FixSafety = 'safe', options: LintOptions = {}): Buffer {
  const [first] = planned(content, options).files;
  if (first === undefined) throw new Error('there is nothing to fix');
  const { plan, file } = first;
  if (!file.ok) return Buffer.from(content ?? '');
  const { source } = fixSource(file.source, safety, (one) => lint(plan, { ok: true, source: one }).findings);
  const bytes = encode(source);
  if (bytes === null) throw new Error(`${source.encoding} cannot be written`);
  return Buffer.from(bytes);
}

/** What a service without a mistake is told all the same. */
const QUIET = { 'cses-retirement': 'off' } as const;

/** The files of a service, each with its plan, and all texts by path. */
function planned(content: string | Uint8Array | null, options: LintOptions): { files: ProjectFile[]; texts: Map<string, SourceFile> } {
  const { rules = RULES, config = {}, path = 'ServiceConfiguration.Cloud.cscfg', target = 'cses', siblings = {} } = options;
  const { evidence: outside, texts } = evidenceOf(options);
  const own = content === null ? [] : [decode(path, typeof content === 'string' ? Buffer.from(content) : content)];
  const others = Object.entries(siblings).map(([name, text]) => decode(name, Buffer.from(text)));
  for (const { source } of [...own, ...others]) texts.set(source.path, source);
  const configurations = (asking: string) => [...own, ...others].flatMap((file) => (file.source.path === asking ? [] : (readConfiguration(file) ?? [])));
  const evidence: Partial<Evidence> = { ...outside, ...(options.certificateFiles === undefined ? {} : { certificates: options.certificateFiles }), configurations };
  const { rules: levels } = configFor(config, path, false, () => false);
  const settings = { rules: ruleSettings(rules, { ...QUIET, ...levels }, NO_CHANGES), evidence, inventory: createInventory(evidence), target, now: NOW, ...(options.suppressions === undefined ? {} : { suppressions: options.suppressions }) };
  const files: ProjectFile[] = own.map((file) => ({ file, plan: prepare(rules, settings) }));
  const csdef = texts.get(CSDEF);
  if (csdef !== undefined) files.push({ file: { ok: true, source: csdef }, plan: prepare(rules, { ...settings, language: 'csdef' }) });
  return { files, texts };
}

/** The ids of what was found, in order. */
export function idsOf(report: Report): string[] {
  return report.files.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId));
}
