// IPv4 prefixes in CIDR notation, as subnets have them.

/** Whether an address lies in a prefix; null where one of them is not IPv4. */
export function isWithin(address: string, prefix: string): boolean | null {
  const own = numberOf(address);
  const of = readPrefix(prefix);
  return own === null || of === null ? null : isSame(own, of.network, of.bits);
}

/** Whether all addresses of a prefix lie in another; null where one of them is not IPv4. Bits beyond a prefix mean nothing. */
export function isPartOf(inner: string, outer: string): boolean | null {
  const [one, other] = [readPrefix(inner), readPrefix(outer)];
  if (one === null || other === null) return null;
  return one.bits >= other.bits && isSame(one.network, other.network, other.bits);
}

function isSame(one: number, other: number, bits: number): boolean {
  const size = 2 ** (32 - bits);
  return Math.floor(one / size) === Math.floor(other / size);
}

function readPrefix(prefix: string): { readonly network: number; readonly bits: number } | null {
  const [, base = '', length = ''] = /^\s*([\d.]+)\/(\d{1,2})\s*$/.exec(prefix) ?? [];
  const [network, bits] = [numberOf(base), Number(length)];
  return network === null || length === '' || bits > 32 ? null : { network, bits };
}

function numberOf(address: string): number | null {
  const parts = address.trim().split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}
