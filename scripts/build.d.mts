// Types of the build script, for the tests that call it.

/** Builds the bundles into dist. */
export function bundle(): Promise<void>;
/** Writes the declarations of the library into dist/types. */
export function declarations(): void;
export function bundledPackages(): Promise<string[]>;
