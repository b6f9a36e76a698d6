// Builds the command once before the tests that spawn it, so that they test the sources as they are.

import { bundle } from '../../scripts/build.mjs';

export default async function setup(): Promise<void> {
  await bundle();
}
