// Which known thumbprint a value was meant to be that lost digits, or has letters in their place.

import { isHexadecimal, withoutSeparators } from '../core/thumbprint.js';

/** Comparing with every known thumbprint is for the slip of a pen: of a file full of them, so many different ones are compared. */
const MAX_COMPARED = 1_000;

/** How many digits a thumbprint has. */
const LENGTH = 40;

/** So many digits may be missing, in one place. */
const MAX_LOST = 2;

/** So many letters may stand in the place of digits. */
const MAX_STRANGERS = 8;

/** The known thumbprints. */
export class MeantThumbprints {
  readonly #known: ReadonlySet<string>;
  /** What was answered before. */
  readonly #meant = new Map<string, string | null>();

  constructor(thumbprints: Iterable<string>) {
    this.#known = new Set(thumbprints);
  }

  /** The only known one that a value can have been; null where none can, or several. */
  meantBy(value: string): string | null {
    const digits = withoutSeparators(value).toUpperCase();
    const fits = digits.length === LENGTH ? isWithStrangers(digits) : isWithGap(digits);
    if (fits === null) return null;
    const answered = this.#meant.get(digits);
    if (answered !== undefined || this.#meant.size === MAX_COMPARED) return answered ?? null;
    const meant = this.find(fits);
    this.#meant.set(digits, meant);
    return meant;
  }

  private find(fits: (known: string) => boolean): string | null {
    let meant: string | null = null;
    for (const one of this.#known) {
      if (!fits(one)) continue;
      if (meant !== null) return null;
      meant = one;
    }
    return meant;
  }
}

/** Forty characters of which some are no digits. */
function isWithStrangers(digits: string): ((known: string) => boolean) | null {
  const strangers = Array.from(digits).filter((digit) => !isHexadecimal(digit)).length;
  if (strangers === 0 || strangers > MAX_STRANGERS) return null;
  return (known) => {
    for (let index = 0; index < LENGTH; index++) {
      if (digits[index] !== known[index] && isHexadecimal(digits.charAt(index))) return false;
    }
    return true;
  };
}

/** Digits of which some next to each other are missing, or one is too many. */
function isWithGap(digits: string): ((known: string) => boolean) | null {
  const lost = LENGTH - digits.length;
  if (lost < -1 || lost > MAX_LOST || !isHexadecimal(digits)) return null;
  const [inKnown, inDigits] = lost > 0 ? [lost, 0] : [0, 1];
  return (known) => {
    let index = 0;
    while (index < digits.length && digits[index] === known[index]) index++;
    return digits.slice(index + inDigits) === known.slice(index + inKnown);
  };
}
