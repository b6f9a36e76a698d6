// What is worked out of evidence once, however many files share it: an export has thousands of records, and files come by the thousand.

/** A function that works out its answer once for each object. Of two objects, `once((one) => once((other) => …))`. */
export function once<K extends object, T>(work: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, { readonly answer: T }>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = { answer: work(key) };
      known.set(key, found);
    }
    return found.answer;
  };
}
