// Types of the validator of configs that npm run update generates.

import type { SchemaError } from './config.js';

/** Whether a value is a config; `errors` of the last call that said no. */
declare const validate: ((value: unknown) => boolean) & { readonly errors?: readonly SchemaError[] | null };
export default validate;
