// Looks through a repository for what a config can name: services, certificates, exports of Key Vault, sources of osProfile.

import { extname } from 'node:path';
import type { InspectedProblem, Inspection } from '../core/inspection.js';
import { decode, type SourceFile } from '../core/source.js';
import { inspectCertificates, inspectExport, isExport, isExportOfVault, isLookAlike, isSourceOfProfile } from '../evidence/inspect.js';
import { isParameters, namesOf, sourcesTogether } from '../evidence/os-profile/together.js';
import { MAX_PFX_BYTES, readPfx } from '../evidence/pfx.js';
import { nodeCrypto } from './crypto.js';
import { isAboutPassword, notText, readBytes, readCertificates } from './evidence.js';
import { findByName, shownPath, type NamedFile } from './files.js';
import { isCertificateName, serviceKind, type Folders } from './folders.js';

/** Files and folders that are looked at by their name. */
const MAX_ENTRIES = 200_000;

/** Files of certificates that are read. A .pfx may take some tenths of a second. */
const MAX_CERTIFICATE_FILES = 300;

/** Files of JSON that are read: how many, how large one may be, and all of them together. */
const MAX_JSON_FILES = 1_000;
const MAX_JSON_BYTES = 16 * 1024 * 1024;
const MAX_ALL_JSON_BYTES = 64 * 1024 * 1024;

/** What a file may be by its name. Bicep is no JSON, and looked at only to say so. */
type Candidate = 'cscfg' | 'csdef' | 'certificate' | 'json' | 'bicep';

const CANDIDATES: Readonly<Record<string, Candidate>> = {
  '.json': 'json',
  '.jsonc': 'json',
  '.tfstate': 'json',
  '.bicep': 'bicep',
};

/** A file that a config can name. */
export interface Usable {
  /** Absolute. */
  readonly path: string;
  /** What it holds, as far as it was read. */
  readonly inspection: Inspection;
}

/** What there is in a repository. Paths are absolute. */
export interface Discovery {
  readonly configurations: readonly string[];
  readonly definitions: readonly string[];
  readonly certificates: readonly Usable[];
  /** Those of the certificates that only a password opens. */
  readonly locked: ReadonlySet<string>;
  readonly vault: readonly Usable[];
  readonly osProfile: readonly Usable[];
  /** Parameters files of which each belongs to another deployment. */
  readonly contradicting: readonly string[];
  /** Names of the cloud services in the sources of osProfile. */
  readonly cloudServices: readonly string[];
  /** What was probably meant as evidence and is none. */
  readonly unusable: readonly { readonly path: string; readonly problem: Pick<InspectedProblem, 'message' | 'help'> }[];
  /** Certificates that a .gitignore leaves out. */
  readonly ignored: readonly string[];
  /** Files that were not read, for their number or their size. */
  readonly unread: readonly string[];
  /** Whether all folders were looked at. */
  readonly isWhole: boolean;
  /** Lines of .gitignore files that were left out. */
  readonly warnings: readonly string[];
}

/** Looks through a folder. Nobody is asked for a password. */
export async function discover(folder: string, folders: Folders, cwd: string): Promise<Discovery> {
  const { files, ignored, isWhole, warnings } = findByName(folder, folders, candidateOf, MAX_ENTRIES);
  const of = (kind: Candidate) => pathsOf(files, kind);
  const discovering = new Discovering(cwd);
  if (of('cscfg').length > 0) {
    for (const path of of('certificate')) await discovering.certificate(path);
    for (const path of of('json')) discovering.json(path);
    for (const path of of('bicep')) discovering.bicep(path);
  }
  return { configurations: of('cscfg'), definitions: of('csdef'), ignored: pathsOf(ignored, 'certificate'), isWhole, warnings, ...discovering.result() };
}

function candidateOf(name: string): Candidate | null {
  const ending = extname(name).toLowerCase();
  if (isCertificateName(name)) return 'certificate';
  return serviceKind(name) ?? (Object.hasOwn(CANDIDATES, ending) ? (CANDIDATES[ending] ?? null) : null);
}

function pathsOf(files: readonly NamedFile<Candidate>[], wanted: Candidate): readonly string[] {
  return files.flatMap(({ kind, path }) => (kind === wanted ? [path] : []));
}

/** Init asks for no passwords: which files need one is all that it has to know. */
const NOBODY = { ask: () => Promise.resolve(null) };

const OTHER_PARAMETERS = {
  message: 'The file is one of parameters, and no template that was found takes its secret groups.',
  help: 'Name it together with its template, in "overrides" where the config has another one.',
};

/** A source of an osProfile, or parameters, which may belong to one. */
interface Source {
  readonly path: string;
  readonly source: SourceFile;
  readonly inspection: Inspection;
}

class Discovering {
  private readonly certificates: Usable[] = [];
  private readonly locked = new Set<string>();
  private readonly exports: Usable[] = [];
  /** Vaults without their certificates: a template that declares one, "az keyvault show". */
  private readonly vaults: Usable[] = [];
  private readonly sources: Source[] = [];
  private readonly unusable: Discovery['unusable'][number][] = [];
  private readonly unread: string[] = [];
  private certificateFiles = 0;
  private jsonFiles = 0;
  private jsonBytes = 0;

  constructor(private readonly cwd: string) {}

  async certificate(path: string): Promise<void> {
    if (++this.certificateFiles > MAX_CERTIFICATE_FILES) {
      this.unread.push(path);
      return;
    }
    const read = readBytes(path, MAX_PFX_BYTES);
    if ('problem' in read) {
      this.unusable.push({ path, problem: read.problem });
      return;
    }
    const inspection = inspectCertificates(await readCertificates(this.shown(path), read.bytes, [], NOBODY));
    const { certificates, problems } = inspection;
    const isLocked = certificates.length === 0 && problems.some(isAboutPassword);
    if (isLocked) this.locked.add(path);
    if (isLocked || certificates.length > 0) this.certificates.push({ path, inspection });
    else this.refuse(path, inspection);
  }

  json(path: string): void {
    const bytes = this.read(path);
    if (bytes === null) return;
    const decoded = decode(this.shown(path), bytes);
    const { source } = decoded;
    if (!decoded.ok) {
      if (isLookAlike(source, null)) this.unusable.push({ path, problem: notText(bytes, { path: source.path, span: null }) });
      return;
    }
    if (!isExport(source)) return;
    const inspection = inspectExport(source, { crypto: nodeCrypto, readPfx, cloudService: null });
    const isSource = isSourceOfProfile(source, inspection) || (inspection.kind === null && isParameters(source));
    if (isSource) this.sources.push({ path, source, inspection });
    if (isExportOfVault(source, inspection)) this.exports.push({ path, inspection });
    else if (inspection.vaults.length > 0) this.vaults.push({ path, inspection });
    else if (!isSource && isLookAlike(source, inspection)) this.refuse(path, inspection);
  }

  bicep(path: string): void {
    const bytes = this.read(path);
    const decoded = bytes === null ? null : decode(this.shown(path), bytes);
    if (decoded?.ok !== true || !isExport(decoded.source)) return;
    const inspection = inspectExport(decoded.source, { crypto: nodeCrypto, readPfx, cloudService: null });
    if (isLookAlike(decoded.source, inspection)) this.refuse(path, inspection);
  }

  /** The bytes of a file; null beyond the bounds, or for one that cannot be read: nobody knows what it would have been. */
  private read(path: string): Uint8Array | null {
    if (++this.jsonFiles > MAX_JSON_FILES) {
      this.unread.push(path);
      return null;
    }
    const read = readBytes(path, Math.min(MAX_JSON_BYTES, MAX_ALL_JSON_BYTES - this.jsonBytes));
    if ('problem' in read) {
      this.unread.push(path);
      return null;
    }
    this.jsonBytes += read.bytes.length;
    return read.bytes;
  }

  private refuse(path: string, { problems: [problem] }: Inspection): void {
    if (problem !== undefined) this.unusable.push({ path, problem });
  }

  private shown(path: string): string {
    return shownPath(path, this.cwd);
  }

  result() {
    const byText = new Map(this.sources.map((one) => [one.source, one]));
    const { sources, contradicting, profile } = sourcesTogether([...byText.keys()]);
    const usable = (texts: readonly SourceFile[]) => texts.flatMap((text) => byText.get(text) ?? []).map(({ path, inspection }): Usable => ({ path, inspection }));
    // Parameters without secret groups say nothing by themselves: those of any template look like that.
    const aside = this.sources.filter(({ source, inspection }) => inspection.kind === 'os-profile' && !sources.includes(source) && !contradicting.includes(source));
    const { certificates, locked, exports, vaults, unread } = this;
    return {
      certificates,
      locked,
      vault: [...exports, ...vaults],
      osProfile: usable(sources),
      contradicting: usable(contradicting).map(({ path }) => path),
      cloudServices: namesOf(profile.services),
      unusable: [...this.unusable, ...aside.map(({ path }) => ({ path, problem: OTHER_PARAMETERS }))],
      unread,
    };
  }
}
