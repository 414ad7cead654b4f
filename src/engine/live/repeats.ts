/**
 * Which events were seen before, exactly: a second event with the same (source, id) changes nothing.
 *
 * Fingerprints lie in cells by broadcast and by quarter of an hour of the event's own time, so that
 * a cell nobody touches can leave memory and come back: a repeat carries the time of the original.
 * An event counts as seen only once it is durable; while it is under way it is held apart, because
 * after a crash it may have to be sent again. In memory are the cells touched since `forget` was last
 * told; on disk those of every broadcast of which something is kept.
 */
import { FingerprintSet } from '../../sketches/fingerprint-set.ts'
import { fingerprint, type Lanes } from '../../sketches/hash.ts'
import type { AssayEvent } from '../../vocabulary/index.ts'

const CELL_MS = 900_000

export type SavedCell = ReturnType<FingerprintSet['save']>

type Cell = {
  readonly set: FingerprintSet
  /** Of the name: tells its events under way from those of other cells. */
  readonly seed: Readonly<Lanes>
  isChanged: boolean
  touchedMs: number
}

/** An event that is not yet durable; to be given to `settle`. */
export type Mark = { readonly cell: string; readonly hi: number; readonly lo: number }

/** A cell is named by its quarter of an hour and its broadcast. */
export const broadcastOfCell = (name: string): string => name.slice(name.indexOf(' ') + 1)

const lanes: Lanes = { hi: 0, lo: 0 }

export class Repeats {
  readonly #cells = new Map<string, Cell>()
  /** Fingerprints, each crossed with the seed of its cell. */
  readonly #underWay = new FingerprintSet()
  /** Events of one broadcast come together, and a name for each would cost more than the rest. */
  #last = { quarter: Number.NaN, broadcast: '', name: '' }
  readonly #read: (cell: string) => SavedCell | undefined

  /** @param read a cell that left memory, from where it was put away */
  constructor(read: (cell: string) => SavedCell | undefined = () => undefined) {
    this.#read = read
  }

  /** A mark for an event met for the first time; null for a repeat. */
  mark(event: AssayEvent, at: number, nowMs: number): Mark | null {
    const name = this.#nameOf(Math.floor(at / CELL_MS), event.subject ?? '')
    const { set, seed } = this.#cell(name, nowMs)
    fingerprint(event.source, lanes)
    fingerprint(event.id, lanes, lanes.lo)
    const { hi, lo } = lanes
    if (set.has(hi, lo)) return null
    if (!this.#underWay.add((hi ^ seed.hi) >>> 0, (lo ^ seed.lo) >>> 0)) return null
    return { cell: name, hi, lo }
  }

  /** The marked events are durable, or (`isDurable` false) were given up. */
  settle(marks: readonly Mark[], isDurable: boolean, nowMs: number): void {
    for (const { cell: name, hi, lo } of marks) {
      const cell = this.#cell(name, nowMs)
      this.#underWay.delete((hi ^ cell.seed.hi) >>> 0, (lo ^ cell.seed.lo) >>> 0)
      if (!isDurable) continue
      cell.set.add(hi, lo)
      cell.isChanged = true
    }
  }

  /** An event that is durable already, as a replay tells it. */
  know(event: AssayEvent, at: number, nowMs: number): void {
    const mark = this.mark(event, at, nowMs)
    if (mark !== null) this.settle([mark], true, nowMs)
  }

  /** What changed since the last call, to be put away. */
  *changed(): Generator<readonly [string, SavedCell]> {
    for (const [name, cell] of this.#cells) {
      if (!cell.isChanged) continue
      cell.isChanged = false
      yield [name, cell.set.save()]
    }
  }

  /** Frees cells that were put away and not touched since `beforeMs`. */
  forget(beforeMs: number): void {
    for (const [name, { isChanged, touchedMs }] of this.#cells)
      if (!isChanged && touchedMs < beforeMs) this.#cells.delete(name)
  }

  /** Forgets the cells of broadcasts of which nothing is kept any more. */
  drop(broadcasts: ReadonlySet<string>): void {
    for (const name of this.#cells.keys())
      if (broadcasts.has(broadcastOfCell(name))) this.#cells.delete(name)
  }

  /** Cells in memory. */
  get size(): number {
    return this.#cells.size
  }

  #nameOf(quarter: number, broadcast: string): string {
    if (quarter !== this.#last.quarter || broadcast !== this.#last.broadcast)
      this.#last = { quarter, broadcast, name: `${quarter} ${broadcast}` }
    return this.#last.name
  }

  #cell(name: string, nowMs: number): Cell {
    let cell = this.#cells.get(name)
    if (cell === undefined) {
      const seed = { hi: 0, lo: 0 }
      fingerprint(name, seed)
      cell = { set: new FingerprintSet(), seed, isChanged: false, touchedMs: nowMs }
      const saved = this.#read(name)
      if (saved !== undefined) cell.set.load(saved)
      this.#cells.set(name, cell)
    }
    cell.touchedMs = nowMs
    return cell
  }
}
