// IPv4 prefixes in CIDR notation, as subnets have them.

/** Whether an address lies in a prefix; null where one of them is not IPv4. */
export function isWithin(address: string, prefix: string): boolean | null {
  const [, base = '', length = ''] = /^\s*([\d.]+)\/(\d{1,2})\s*$/.exec(prefix) ?? [];
  const [own, network, bits] = [numberOf(address), numberOf(base), Number(length)];
  if (own === null || network === null || length === '' || bits > 32) return null;
  const size = 2 ** (32 - bits);
  return Math.floor(own / size) === Math.floor(network / size);
}

function numberOf(address: string): number | null {
  const parts = address.trim().split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}
