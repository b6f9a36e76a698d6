// The library's only door: lint, rules, readers of evidence, formats, types. Nothing here touches the file system.

export { NO_CHANGES, configFor, configSchema, ruleSettings, type Config, type RuleChanges } from './core/config.js';
export { applyFixes, fixSource, type FixedSource, type FixedText } from './core/fix.js';
export { lint, prepare, type LintOptions, type LintResult, type LintSettings, type Plan, type Siblings, type Told } from './core/lint.js';
export { lintProject, type Project, type ProjectFile } from './core/project.js';
export type { EvidenceSummary, Report, ReportedFile, ReportedEdit, ReportedFinding, ReportedFix, ReportedLocation, ReportedSkip, Summary } from './core/report.js';
export { defineRule, ruleUrl, type Rule, type RuleSetting } from './core/rule.js';
export { parseVaultIdentifier, secretUrl, type VaultIdentifier } from './core/secret-url.js';
export { SourceFile, decode, encode, type Decoded, type Position } from './core/source.js';
export { classify, readThumbprint, type Thumbprint, type ThumbprintKind } from './core/thumbprint.js';
export type * from './core/types.js';
export { NO_INVENTORY, type Cause, type Doubt, type Inventory, type Verdict, type VerdictKind } from './core/verdict.js';
export { readCertificateFile } from './evidence/certificate.js';
export { createInventory } from './evidence/inventory.js';
export { readOsProfile } from './evidence/os-profile/index.js';
export { readPfx } from './evidence/pfx.js';
export { readVaultExport } from './evidence/vault/index.js';
export { FORMAT_NAMES, loadFormat, type FormatName, type FormatOptions, type Formatter } from './formats/index.js';
export { RULES, type RuleId } from './rules/index.js';
