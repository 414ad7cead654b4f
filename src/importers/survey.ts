/**
 * A look at the first rows of a table that nobody has mapped yet: what its columns hold, so that
 * whoever handed it in can say what they are.
 */
import { Unmapped } from './unreadable.ts'

const MOST_ROWS = 10_000
const MOST_COLUMNS = 200
/** So many different values, none longer, are a list to choose from. */
const MOST_VALUES = 16
const MOST_CHARACTERS = 80

export class Survey {
  readonly #of: Unmapped
  readonly #values: readonly Set<string>[]
  #rows = 0

  constructor(of: Unmapped) {
    this.#of = of
    this.#values = of.columns.slice(0, MOST_COLUMNS).map(() => new Set())
  }

  /** One row. @throws Unmapped once enough of them were seen */
  take(cells: readonly string[]): void {
    for (const [i, seen] of this.#values.entries()) {
      const value = cells[i] ?? ''
      // One more than is shown: then there are others.
      if (value !== '' && seen.size <= MOST_VALUES) seen.add(value)
    }
    this.#rows += 1
    if (this.#rows >= MOST_ROWS) throw this.result()
  }

  result(): Unmapped {
    const columns = this.#values.map((seen, i) => {
      // As they stand, for a rule must name them so; one that is cut off names nothing.
      const values = [...seen].filter((value) => value.length <= MOST_CHARACTERS)
      const isAll = values.length === seen.size && seen.size <= MOST_VALUES
      return { name: this.#of.columns[i]!.name, values: values.slice(0, MOST_VALUES), isAll }
    })
    return new Unmapped(this.#of.sentence, columns)
  }
}
