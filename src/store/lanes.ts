/** Doing many things a bounded number at a time. */

/** Waits for all that was begun even when one fails; then throws the first failure. */
export const inLanes = async <T, R>(
  lanes: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = []
  const queue = items.values()
  const lane = async () => {
    for (const item of queue) results.push(await work(item))
  }
  const running = Array.from({ length: Math.min(lanes, items.length) }, lane)
  for (const outcome of await Promise.allSettled(running))
    if (outcome.status === 'rejected') throw outcome.reason
  return results
}

/** Null is equal to null only. */
export const sameBytes = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a === null || b === null ? a === b : Buffer.compare(a, b) === 0
