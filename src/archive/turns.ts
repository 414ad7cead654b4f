/** Work on the same thing, one after another in the order in which it was asked for. */

/** @returns takes a piece of work; what fails fails for its asker alone, and the next goes on */
export const oneByOne = (): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
}

/** The same for many things by key; those with nothing under way cost nothing. */
export class Turns {
  readonly #lasts = new Map<string, Promise<unknown>>()

  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const done = (this.#lasts.get(key) ?? Promise.resolve()).then(work)
    const last = done
      .catch(() => {})
      .then(() => {
        if (this.#lasts.get(key) === last) this.#lasts.delete(key)
      })
    this.#lasts.set(key, last)
    return done
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    while (this.#lasts.size > 0) await Promise.all(this.#lasts.values())
  }
}
