// A password in the two forms that PKCS#12 feeds to its algorithms.

export interface Password {
  /** UTF-16BE with a two-byte terminator: for PBES1 and the classic MAC. */
  readonly utf16: Uint8Array;
  /** For PBES2 and PBMAC1. */
  readonly utf8: Uint8Array;
}

/** Nothing at all, not even the terminator: how some tools write "no password", Azure publish settings among them. */
const NULL_PASSWORD: Password = { utf16: new Uint8Array(0), utf8: new Uint8Array(0) };

/** What is tried, in this order: the empty password, no password, then those given; each once. */
export function candidatesOf(passwords: readonly string[]): Password[] {
  const given = new Set(passwords);
  given.delete('');
  return [passwordOf(''), NULL_PASSWORD, ...Array.from(given, passwordOf)];
}

/** https://www.rfc-editor.org/rfc/rfc7292#appendix-B.1 */
function passwordOf(text: string): Password {
  const utf16 = new Uint8Array(text.length * 2 + 2);
  const view = new DataView(utf16.buffer);
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index));
  return { utf16, utf8: new TextEncoder().encode(text) };
}
