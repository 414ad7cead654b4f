/**
 * Values by key of which only the warm ones are in memory: those that changed and are not put away
 * yet, and those asked for lately. The others rest where they were put away, and are read back when
 * they are needed. Bounded by what is on air and what was asked for between two snapshots.
 */

/** Where values rest: a snapshot on disk. Reading blocks, and gives a copy of its own. */
export type Cold<T> = {
  readonly take: (key: string) => T | undefined
  readonly keys: () => Iterable<string>
}

const NOWHERE = { take: () => undefined, keys: () => [] }

export class WarmMap<T> {
  readonly #cold: Cold<T>
  readonly #warm = new Map<string, T>()
  readonly #changed = new Set<string>()
  /** In use: these stay although they were put away. */
  readonly #busy = new Set<string>()

  constructor(cold: Cold<T> = NOWHERE) {
    this.#cold = cold
  }

  get(key: string): T | undefined {
    let value = this.#warm.get(key)
    if (value === undefined) {
      value = this.#cold.take(key)
      if (value !== undefined) this.#warm.set(key, value)
    }
    return value
  }

  /** The value of a key, made where there is none; it stays in memory until `rest`. */
  use(key: string, make: () => T): T {
    let value = this.get(key)
    if (value === undefined) this.#warm.set(key, (value = make()))
    this.#busy.add(key)
    return value
  }

  /** The value was changed, and is to be put away. */
  touch(key: string): void {
    this.#changed.add(key)
  }

  /** Nothing happens to it any more, as far as one can see. */
  rest(key: string): void {
    this.#busy.delete(key)
  }

  /** What changed since the last call; to be put away before `cool`. */
  *changed(): Generator<readonly [string, T]> {
    for (const key of this.#changed) yield [key, this.#warm.get(key)!]
    this.#changed.clear()
  }

  /** Everything changed was put away: what is not in use leaves memory. */
  cool(): void {
    for (const key of this.#warm.keys())
      if (!this.#busy.has(key) && !this.#changed.has(key)) this.#warm.delete(key)
  }

  /** Nothing is kept of it any more, here; whoever puts away drops it there. */
  drop(key: string): void {
    this.#warm.delete(key)
    this.#changed.delete(key)
    this.#busy.delete(key)
  }

  /** All there are; those at rest are read one by one and not kept. */
  *entries(): Generator<readonly [string, T]> {
    yield* this.#warm
    for (const key of this.#cold.keys()) {
      const value = this.#warm.has(key) ? undefined : this.#cold.take(key)
      if (value !== undefined) yield [key, value]
    }
  }

  /** Those in memory. */
  warm(): Iterable<readonly [string, T]> {
    return this.#warm
  }

  /** In memory. */
  get size(): number {
    return this.#warm.size
  }
}
