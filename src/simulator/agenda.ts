/**
 * What is still to happen, earliest first: a binary heap (Williams, 1964). Equal times keep the
 * order in which they were entered, so a simulation has one outcome. Its size is what is under way
 * at one moment (visits, open orders), not what happens in all: that is the bound on memory.
 */
type Entry = { readonly at: number; readonly order: number; readonly act: () => void }

export class Agenda {
  readonly #heap: Entry[] = []
  #entered = 0

  get size(): number {
    return this.#heap.length
  }

  /** `at` in ms from the epoch. */
  add(at: number, act: () => void): void {
    const heap = this.#heap
    const entry = { at, order: this.#entered, act }
    this.#entered += 1
    let hole = heap.push(entry) - 1
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (before(heap[parent]!, entry)) break
      heap[hole] = heap[parent]!
      hole = parent
    }
    heap[hole] = entry
  }

  /** Removes and returns the earliest entry. */
  next(): Entry | undefined {
    const heap = this.#heap
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let hole = 0
    for (;;) {
      let child = 2 * hole + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1
      if (before(last, heap[child]!)) break
      heap[hole] = heap[child]!
      hole = child
    }
    heap[hole] = last
    return first
  }
}

const before = (a: Entry, b: Entry): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)
