/**
 * Stops the run when one of our own beliefs is broken: a stopped run beats a wrong one.
 *
 * @param message  built only when the belief fails; say tick, ids and values
 */
export function invariant(condition: boolean, message: () => string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message()}`)
}
