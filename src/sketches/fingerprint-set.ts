/**
 * A set of 64-bit fingerprints: open addressing, linear probing, 8 bytes a slot at a load of at
 * most 0.6. Used to know repeats of (source, id). Two different members share a fingerprint with
 * probability n²/2^65: 3 in 10^6 at ten million, so at worst one event in such a file is lost.
 */
export class FingerprintSet {
  size = 0
  /** A judgement makes dozens for a room, and most stay small. */
  #mask = 63
  #sink = 0
  #slots = new Uint32Array(128)

  /** Adds a fingerprint; false when it was there already. (0, 0) stands for an empty slot. */
  add(hi: number, lo: number): boolean {
    if (hi === 0 && lo === 0) lo = 1
    const slots = this.#slots
    let at = homeOf(hi, lo) & this.#mask
    for (;;) {
      const low = slots[at * 2]!
      const high = slots[at * 2 + 1]!
      if (low === 0 && high === 0) break
      if (low === lo && high === hi) return false
      at = (at + 1) & this.#mask
    }
    slots[at * 2] = lo
    slots[at * 2 + 1] = hi
    this.size += 1
    if (this.size > (this.#mask + 1) * LOAD) this.#grow(this.#mask * 2 + 1)
    return true
  }

  has(hi: number, lo: number): boolean {
    if (hi === 0 && lo === 0) lo = 1
    const slots = this.#slots
    for (let at = homeOf(hi, lo) & this.#mask; ; at = (at + 1) & this.#mask) {
      const low = slots[at * 2]!
      const high = slots[at * 2 + 1]!
      if (low === lo && high === hi) return true
      if (low === 0 && high === 0) return false
    }
  }

  /** Takes a fingerprint out; false when it was not there. Knuth, TAOCP 6.4, algorithm R. */
  delete(hi: number, lo: number): boolean {
    if (hi === 0 && lo === 0) lo = 1
    const slots = this.#slots
    const mask = this.#mask
    let hole = homeOf(hi, lo) & mask
    for (;;) {
      const low = slots[hole * 2]!
      const high = slots[hole * 2 + 1]!
      if (low === 0 && high === 0) return false
      if (low === lo && high === hi) break
      hole = (hole + 1) & mask
    }
    for (let at = (hole + 1) & mask; ; at = (at + 1) & mask) {
      const low = slots[at * 2]!
      const high = slots[at * 2 + 1]!
      if (low === 0 && high === 0) break
      // Whoever would not be found across the hole moves into it.
      const isFound = ((at - homeOf(high, low)) & mask) < ((at - hole) & mask)
      if (isFound) continue
      slots[hole * 2] = low
      slots[hole * 2 + 1] = high
      hole = at
    }
    slots[hole * 2] = 0
    slots[hole * 2 + 1] = 0
    this.size -= 1
    return true
  }

  /**
   * Adds many, (low, high) pairs of words: `isNew[i]` becomes 1 where the i-th was not there. The
   * first pass only touches the slots: loads that do not wait for each other are several times
   * faster on a table far larger than the cache.
   */
  addAll(words: Uint32Array, count: number, isNew: Uint8Array): void {
    let sink = 0
    for (let i = 0; i < count; i += 1) {
      const at = homeOf(words[i * 2 + 1]!, words[i * 2]!) & this.#mask
      sink |= this.#slots[at * 2]!
    }
    this.#sink = sink
    for (let i = 0; i < count; i += 1) isNew[i] = this.add(words[i * 2 + 1]!, words[i * 2]!) ? 1 : 0
  }

  /** Keeps the first pass from being optimised away. */
  get touched(): number {
    return this.#sink
  }

  /** Makes room for so many more at once: growing by steps costs as much again, and the old table. */
  reserve(more: number): void {
    let mask = this.#mask
    while (this.size + more > (mask + 1) * LOAD) mask = mask * 2 + 1
    if (mask !== this.#mask) this.#grow(mask)
  }

  save() {
    return { size: this.size, slots: this.#slots.slice() }
  }

  load({ size, slots }: ReturnType<FingerprintSet['save']>): void {
    this.size = size
    this.#slots = slots
    this.#mask = slots.length / 2 - 1
  }

  #grow(mask: number) {
    const old = this.#slots
    this.#mask = mask
    const slots = new Uint32Array((this.#mask + 1) * 2)
    for (let i = 0; i < old.length; i += 2) {
      const lo = old[i]!
      const hi = old[i + 1]!
      if (lo === 0 && hi === 0) continue
      let at = homeOf(hi, lo) & this.#mask
      while (slots[at * 2] !== 0 || slots[at * 2 + 1] !== 0) at = (at + 1) & this.#mask
      slots[at * 2] = lo
      slots[at * 2 + 1] = hi
    }
    this.#slots = slots
  }
}

const LOAD = 0.6

/** Where a fingerprint is looked for first, before the mask. */
const homeOf = (hi: number, lo: number): number => lo ^ Math.imul(hi, 0x9e3779b1)
