// Types of the two modules of node-forge that are used: its own types have an index only.

declare module 'node-forge/lib/asn1.js' {
  interface ParsedAsn1 {
    readonly tagClass: number;
    readonly type: number;
    readonly constructed: boolean;
    readonly value: string | readonly ParsedAsn1[];
  }

  interface ParseOptions {
    /** Refuses what is cut short. */
    readonly strict: boolean;
    /** Refuses bytes after the first element. */
    readonly parseAllBytes: boolean;
    /** Looks for ASN.1 inside bit strings. */
    readonly decodeBitStrings: boolean;
    readonly maxDepth: number;
  }

  const asn1: {
    /** `bytes`: one character per byte. Throws on damage. */
    fromDer(bytes: string, options: ParseOptions): ParsedAsn1;
  };
  export default asn1;
}

declare module 'node-forge/lib/rc2.js' {
  interface Input {
    getBytes(): string;
  }

  interface Cipher {
    readonly output: Input;
    /** Begins again, with empty buffers. */
    start(iv: string): void;
    update(input: Input): void;
    /** `unpad` takes the place of the removal of padding. */
    finish(unpad: () => boolean): boolean;
  }

  const rc2: {
    /** `key`: one character per byte. */
    createDecryptionCipher(key: string, effectiveBits: number): Cipher;
  };
  export default rc2;
}
