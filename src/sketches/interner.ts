/**
 * Gives each distinct string a dense number: the first is 0. Strings are known by a 64-bit
 * fingerprint; their text is kept in one byte arena only where a report must name them.
 *
 * An adversary who crafts two ids with one fingerprint merges two of his own ids into one, which
 * makes them look more alike; he cannot touch anybody else's.
 */
import { fingerprint, type Lanes } from './hash.ts'
import { TextColumn } from './text-column.ts'

const lanes: Lanes = { hi: 0, lo: 0 }

export class Interner {
  size = 0
  #mask = 15
  /** Three words a slot: low lane, high lane, number + 1 (0 = empty). */
  #slots = new Uint32Array(48)
  readonly #names: TextColumn | undefined

  constructor(options: { readonly named: boolean }) {
    this.#names = options.named ? new TextColumn() : undefined
  }

  /** The number of `text`, giving it the next one when it is new. */
  intern(text: string): number {
    fingerprint(text, lanes)
    return this.internFingerprint(lanes.hi, lanes.lo, text)
  }

  /** The same, for a caller who has the fingerprint; a `text` not given reads back as empty. */
  internFingerprint(hi: number, lo: number, text = ''): number {
    const slots = this.#slots
    let at = (lo ^ Math.imul(hi, 0x9e3779b1)) & this.#mask
    for (;;) {
      const tag = slots[at * 3 + 2]!
      if (tag === 0) break
      if (slots[at * 3] === lo && slots[at * 3 + 1] === hi) return tag - 1
      at = (at + 1) & this.#mask
    }
    const number = this.size
    slots[at * 3] = lo
    slots[at * 3 + 1] = hi
    slots[at * 3 + 2] = number + 1
    this.size += 1
    this.#names?.push(text)
    if (this.size > (this.#mask + 1) * 0.6) this.#grow()
    return number
  }

  /** The number of `text`, or undefined when it was never interned. */
  find(text: string): number | undefined {
    fingerprint(text, lanes)
    let at = (lanes.lo ^ Math.imul(lanes.hi, 0x9e3779b1)) & this.#mask
    for (;;) {
      const tag = this.#slots[at * 3 + 2]!
      if (tag === 0) return undefined
      if (this.#slots[at * 3] === lanes.lo && this.#slots[at * 3 + 1] === lanes.hi) return tag - 1
      at = (at + 1) & this.#mask
    }
  }

  /** The text of a number; empty for an interner that keeps no names. */
  nameOf(number: number): string {
    return this.#names?.nameOf(number) ?? ''
  }

  /** Forgets whose a number was: its text and fingerprint go, the number stays in use. */
  forgetNumber(number: number): void {
    this.#names?.blank(number)
    const old = this.#slots
    this.#slots = new Uint32Array(old.length)
    this.#refill(old, number + 1)
  }

  /** The same by text. @returns the number, or undefined where it was never interned */
  forget(text: string): number | undefined {
    const number = this.find(text)
    if (number !== undefined) this.forgetNumber(number)
    return number
  }

  /** Forgets whose every number was; the numbers stay in use. */
  forgetAll(): void {
    this.#names?.blankAll()
    this.#slots.fill(0)
  }

  /** As `intern`; what is not known, because it was erased, gets a number of its own. */
  internIfKnown(text: string | undefined): number {
    return text === undefined ? this.anonymous() : this.intern(text)
  }

  /** A number that is nobody's. */
  anonymous(): number {
    this.#names?.push('')
    this.size += 1
    return this.size - 1
  }

  save() {
    return { size: this.size, slots: this.#slots.slice(), names: this.#names?.save() }
  }

  load({ size, slots, names }: ReturnType<Interner['save']>): void {
    this.size = size
    this.#slots = slots
    this.#mask = slots.length / 3 - 1
    if (names !== undefined) this.#names?.load(names)
  }

  #grow() {
    const old = this.#slots
    this.#mask = this.#mask * 2 + 1
    this.#slots = new Uint32Array((this.#mask + 1) * 3)
    this.#refill(old, 0)
  }

  /** Puts what is in old slots into the present, empty ones; without one tag, 0 for none. */
  #refill(old: Uint32Array, without: number) {
    const slots = this.#slots
    for (let i = 0; i < old.length; i += 3) {
      const tag = old[i + 2]!
      if (tag === 0 || tag === without) continue
      const lo = old[i]!
      const hi = old[i + 1]!
      let at = (lo ^ Math.imul(hi, 0x9e3779b1)) & this.#mask
      while (slots[at * 3 + 2] !== 0) at = (at + 1) & this.#mask
      slots[at * 3] = lo
      slots[at * 3 + 1] = hi
      slots[at * 3 + 2] = tag
    }
  }
}
