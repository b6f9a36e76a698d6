// Where the passwords of .pfx files come from: never an argument, never printed.

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PasswordConfig } from '../core/config.js';
import { decode } from '../core/source.js';
import { visible } from '../formats/visible.js';
import { Failure, systemError } from './failure.js';
import type { Host } from './host.js';

/** How often a person is asked for one file. */
export const MAX_QUESTIONS = 3;

/** Where the command line and configs say that passwords are found. */
export interface PasswordPlaces {
  /** `--pfx-password-env` */
  readonly env: readonly string[];
  /** `--pfx-password-file` */
  readonly files: readonly string[];
  /** `--pfx-password-stdin` */
  readonly stdin: boolean;
}

/** The passwords of one run, each looked up when it is first needed. */
export class Passwords {
  #general: readonly string[] | null = null;
  /** What was typed; tried on later files too, since one password often opens several. */
  readonly #typed: string[] = [];

  constructor(
    private readonly host: Host,
    private readonly places: PasswordPlaces,
  ) {}

  /** Passwords to try on any file. Throws a {@link Failure} for one that cannot be had. */
  general(): readonly string[] {
    this.#general ??= [
      ...this.places.env.map((name) => this.fromEnvironment(name, '--pfx-password-env')),
      ...this.places.files.map((file) => fromFile(resolve(this.host.cwd, file), '--pfx-password-file')),
      ...(this.places.stdin ? [notEmpty(firstLine(Buffer.from(this.host.readInput()).toString('utf8')), 'Standard input')] : []),
    ];
    return [...this.#general, ...this.#typed];
  }

  /** The password that a config names for a file; `own` is relative to `folder`. Throws a {@link Failure} where it cannot be had. */
  own(own: PasswordConfig, folder: string): string {
    return 'env' in own ? this.fromEnvironment(own.env, CONFIG) : fromFile(resolve(folder, own.file), CONFIG);
  }

  /** Asks the person at the terminal; null where nobody sits there. `again`: those that were tried do not open the file. */
  async ask(path: string, again: boolean): Promise<string | null> {
    if (!this.host.interactive) return null;
    if (again) this.host.err(`That password does not open ${visible(path)}.\n`);
    const typed = await this.host.askPassword(`Password of ${visible(path)}: `);
    this.#typed.push(typed);
    return typed;
  }

  private fromEnvironment(name: string, by: string): string {
    const value = this.host.env[name];
    if (value === undefined) throw new Failure(`The environment variable that ${by} names for a password is not set.`, by === CONFIG ? 'A config holds the name of the variable, never the password.' : NOT_ITSELF);
    return notEmpty(value, `The environment variable ${name}, which ${by} names,`);
  }
}

/** Who names a place that is no flag. */
const CONFIG = 'the config';

/** What is nowhere may be the password, written where its place belongs: `--pfx-password-env $PASSWORD`. It is not told. */
const NOT_ITSELF = 'It takes the name of the place, as in "--pfx-password-env PFX_PASSWORD" without a $, not the password itself.';

function fromFile(path: string, by: string): string {
  return notEmpty(firstLine(readPasswordFile(path, by)), `The first line of the password file ${path}`);
}

function readPasswordFile(path: string, by: string): string {
  try {
    // PowerShell's ">" writes UTF-16.
    return decode(path, readFileSync(path)).source.text;
  } catch (error) {
    if (!existsSync(path)) throw new Failure(`The password file that ${by} names does not exist.`, by === CONFIG ? 'A config holds the path of the file, relative to itself, never the password.' : NOT_ITSELF);
    throw new Failure(`The password file ${path} cannot be read: ${systemError(error)}.`);
  }
}

/** The empty password is tried on every file: who names a place for one means another. */
function notEmpty(password: string, place: string): string {
  if (password === '') throw new Failure(`${place} is empty.`, 'It should hold the password of the .pfx; an empty password is tried without being given.');
  return password;
}

function firstLine(text: string): string {
  return /^\uFEFF?([^\r\n]*)/.exec(text)?.[1] ?? '';
}
