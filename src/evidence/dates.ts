// Moments as exports write them: unix seconds, ISO 8601, and what ConvertTo-Json makes of a .NET date.

import type { JsonValue } from './json.js';

/** 9999-12-31T23:59:59.999Z in unix milliseconds: the end of .NET's calendar, and of every other that writes exports. */
const LAST_MILLISECOND = 253_402_300_799_999;

/** Year 1, .NET's way to say that there is no date, does not match. */
const ISO = /^([1-9]\d{3})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?(?:Z|([+-])(\d\d):?(\d\d))?$/i;

/** Milliseconds; the zone behind them says how the date was shown and changes nothing. */
const MICROSOFT = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/;

/**
 * The moment that a value names, in UTC, or null where it names none.
 *
 * - number: unix seconds (REST)
 * - `2026-10-15T06:09:12+00:00`, `2026-10-15T06:09:12Z`, and without a zone, which is then UTC (az, Terraform, PowerShell 7)
 * - `/Date(1792044552000)/` (Windows PowerShell)
 * - `{ "value": …, "DisplayHint": 2, "DateTime": "…" }`, a date that PowerShell has decorated
 *
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/convertto-json
 */
export function readDate(value: JsonValue | undefined): Date | null {
  const bare = value?.get('value') ?? value;
  if (bare === undefined) return null;
  if (bare.number !== null) return ofMilliseconds(bare.number * 1000);
  return bare.string === null ? null : ofText(bare.string.trim());
}

function ofMilliseconds(milliseconds: number): Date | null {
  return Math.abs(milliseconds) <= LAST_MILLISECOND ? new Date(milliseconds) : null;
}

function ofText(text: string): Date | null {
  const iso = ISO.exec(text);
  if (iso !== null) return ofIso(iso);
  const milliseconds = MICROSOFT.exec(text)?.[1];
  return milliseconds === undefined ? null : ofMilliseconds(Number(milliseconds));
}

function ofIso(parts: RegExpExecArray): Date | null {
  const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', sign, zoneHours = 0, zoneMinutes = 0] = parts;
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // A day that does not exist, such as 30 February, is carried over into the next month.
  if (midnight.getUTCMonth() !== Number(month) - 1 || midnight.getUTCDate() !== Number(day)) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const clock = (Number(hour) * 60 + Number(minute)) * 60 + Number(second);
  const zone = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return new Date(midnight.getTime() + (clock - (sign === '-' ? -zone : zone)) * 1000 + milliseconds);
}
