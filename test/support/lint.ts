// Lints a text in a test as the command line would, without evidence or with evidence as texts.

import { configFor, ruleSettings, NO_CHANGES, type Config } from '../../src/core/config.js';
import { fixSource, type FixSafety } from '../../src/core/fix.js';
import { lint, prepare } from '../../src/core/lint.js';
import { lintProject } from '../../src/core/project.js';
import type { Report } from '../../src/core/report.js';
import type { Example, Rule } from '../../src/core/rule.js';
import { SourceFile, decode, encode } from '../../src/core/source.js';
import type { Evidence, Target } from '../../src/core/types.js';
import { nodeCrypto } from '../../src/cli/crypto.js';
import { readCertificateFile } from '../../src/evidence/certificate.js';
import { createInventory } from '../../src/evidence/inventory.js';
import { readOsProfile } from '../../src/evidence/os-profile/index.js';
import { readPfx } from '../../src/evidence/pfx.js';
import { readVaultExport } from '../../src/evidence/vault/index.js';
import { RULES } from '../../src/rules/index.js';
import { NOW } from './texts.js';

/** Evidence as the files of it would read. */
export type EvidenceTexts = Pick<Example, 'vault' | 'osProfile' | 'certificates'>;

/** Reads evidence from texts; the files are called vault.json, os-profile.json and certificates.pem. */
export function evidenceOf({ vault, osProfile, certificates }: EvidenceTexts): { evidence: Partial<Evidence>; texts: Map<string, SourceFile> } {
  const texts = new Map<string, SourceFile>();
  const text = (path: string, content: string) => {
    const source = new SourceFile(path, content);
    texts.set(path, source);
    return source;
  };
  const evidence: Partial<Evidence> = {
    ...(vault === undefined ? {} : { vault: [readVaultExport(text('vault.json', vault), { crypto: nodeCrypto, readPfx })] }),
    ...(osProfile === undefined ? {} : { osProfile: readOsProfile([text('os-profile.json', osProfile)], { cloudService: null }) }),
    ...(certificates === undefined ? {} : { certificates: [readCertificateFile('certificates.pem', Buffer.from(certificates), nodeCrypto)] }),
  };
  return { evidence, texts };
}

export interface LintOptions extends EvidenceTexts {
  readonly rules?: readonly Rule[];
  readonly config?: Config;
  readonly path?: string;
  readonly target?: Target;
}

/** Lints one file. */
export function lintText(content: string | Uint8Array, options: LintOptions = {}): Report {
  const { rules = RULES } = options;
  const { plan, file, texts } = planned(content, options);
  return lintProject({ files: [{ file, plan }], evidence: [], evidenceText: (one) => texts.get(one), rules });
}

/** The bytes of a file after its fixes. */
export function fixBytes(content: string | Uint8Array, safety: FixSafety = 'safe', options: LintOptions = {}): Buffer {
  const { plan, file } = planned(content, options);
  if (!file.ok) return Buffer.from(content);
  const { source } = fixSource(file.source, safety, (one) => lint(plan, { ok: true, source: one }).findings);
  const bytes = encode(source);
  if (bytes === null) throw new Error(`${source.encoding} cannot be written`);
  return Buffer.from(bytes);
}

function planned(content: string | Uint8Array, options: LintOptions) {
  const { rules = RULES, config = {}, path = 'ServiceConfiguration.Cloud.cscfg', target = 'cses' } = options;
  const { evidence, texts } = evidenceOf(options);
  const { rules: levels } = configFor(config, path, false, () => false);
  const plan = prepare(rules, { rules: ruleSettings(rules, levels, NO_CHANGES), evidence, inventory: createInventory(evidence), target, now: NOW });
  return { plan, file: decode(path, typeof content === 'string' ? Buffer.from(content) : content), texts };
}

/** The ids of what was found, in order. */
export function idsOf(report: Report): string[] {
  return report.files.flatMap(({ findings }) => findings.map(({ ruleId }) => ruleId));
}
