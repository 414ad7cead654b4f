/**
 * Where the leaves of each broadcast lie in the log, so that a question about one broadcast reads its
 * leaves alone. In cells by broadcast and by quarter of an hour of what happened; a chunk that spans
 * several is in each. What an event says of itself is not kept: the leaf says it.
 *
 * A saved cell is a row of varints, a leaf each: the distance to the leaf before it, doubled, and one
 * more for a chunk. Saved, a million leaves of five hundred rooms that take turns are 2 MB; in memory
 * are only the cells touched since `forget`, 9 MB a million.
 */
import { isJsonObject, type Json } from '../ledger/canonical.ts'
import { parseTime } from '../vocabulary/time.ts'
import type { Span } from './bundle-selection.ts'
import { parseObject } from './quick-leaf.ts'

export type PlacedLeaf = { readonly index: number; readonly isChunk: boolean }

/** What was put away; every key is asked for once, at the start. */
export type SavedCells = {
  readonly take: (cell: string) => Uint8Array | undefined
  readonly keys: Iterable<string>
}

const CELL_MS = 900_000
/** A chunk with a single late event may span years: beyond a day it is in its first and last cell. */
const MOST_CELLS = 96

/** Twice the place in the log, and one more for a chunk; ascending. */
type Code = number
type Cell = { readonly codes: Code[]; isChanged: boolean }

export class LeafCells {
  readonly #cells = new Map<string, Cell>()
  /** Of every cell, put away or not: a question about one broadcast asks for its cells by name. */
  readonly #numbers = new Map<string, number[]>()
  readonly #saved: SavedCells

  constructor(saved: SavedCells) {
    this.#saved = saved
    for (const name of saved.keys) this.#note(name)
  }

  /** Learns a leaf; each once, in the order of the log. */
  learn(index: number, entry: Uint8Array): void {
    const known = whereaboutsOf(entry)
    if (known === null) return
    const { broadcast, isChunk, from, until } = known
    const [first, last] = [numberOf(from), numberOf(until)]
    const step = last - first > MOST_CELLS ? last - first : 1
    for (let number = first; number <= last; number += step) {
      const cell = this.#cell(nameOf(number, broadcast))
      cell.codes.push(index * 2 + (isChunk ? 1 : 0))
      cell.isChanged = true
    }
  }

  /** The leaves of a broadcast, in order: of the cells that touch the span, or of all others. */
  leavesOf(broadcast: string, { from, until }: Span, where: 'within' | 'outside'): PlacedLeaf[] {
    const codes = new Set<Code>()
    for (const number of this.#numbers.get(broadcast) ?? []) {
      const isWithin = number >= numberOf(from) && number <= numberOf(until)
      if (isWithin !== (where === 'within')) continue
      const name = nameOf(number, broadcast)
      for (const code of this.#cells.get(name)?.codes ?? this.#read(name) ?? []) codes.add(code)
    }
    return [...codes]
      .sort((a, b) => a - b)
      .map((code) => ({ index: Math.floor(code / 2), isChunk: code % 2 === 1 }))
  }

  /** What changed and is to be put away. */
  *changed(): Generator<readonly [string, Uint8Array]> {
    for (const [name, { codes, isChanged }] of this.#cells)
      if (isChanged) yield [name, encode(codes)]
  }

  /** Frees memory: everything was put away. */
  forget(): void {
    this.#cells.clear()
  }

  #cell(name: string): Cell {
    let cell = this.#cells.get(name)
    if (cell === undefined) {
      const codes = this.#read(name)
      if (codes === null) this.#note(name)
      cell = { codes: codes ?? [], isChanged: false }
      this.#cells.set(name, cell)
    }
    return cell
  }

  #note(name: string): void {
    const gap = name.indexOf(' ')
    const broadcast = name.slice(gap + 1)
    const number = Number(name.slice(0, gap))
    const numbers = this.#numbers.get(broadcast)
    if (numbers === undefined) this.#numbers.set(broadcast, [number])
    else numbers.push(number)
  }

  #read(name: string): Code[] | null {
    const bytes = this.#saved.take(name)
    return bytes === undefined ? null : decode(bytes)
  }
}

/** What an entry of ours tells of when and where; null for one that holds no event. */
const whereaboutsOf = (entry: Uint8Array) => {
  const leaf = parseObject(entry)
  const { event, chunk } = leaf ?? {}
  const [what, broadcast, first, last] = isJsonObject(chunk)
    ? [chunk, chunk['broadcast'], chunk['first'], chunk['last']]
    : isJsonObject(event)
      ? [event, event['subject'], event['time'], event['time']]
      : []
  const [from, until] = [instantOf(first), instantOf(last)]
  if (what === undefined || Number.isNaN(from) || Number.isNaN(until)) return null
  const of = typeof broadcast === 'string' ? broadcast : ''
  return { broadcast: of, isChunk: what === chunk, from, until }
}

const instantOf = (value: Json | undefined): number =>
  typeof value === 'string' ? parseTime(value) : Number.NaN

const numberOf = (at: number): number => Math.floor(at / CELL_MS)

const nameOf = (number: number, broadcast: string): string => `${number} ${broadcast}`

const encode = (codes: readonly Code[]): Uint8Array => {
  const bytes: number[] = []
  let before = 0
  for (const code of codes) {
    // Even distances from an even number: the lowest bit stays that of the leaf itself.
    let rest = code - before
    // A place in the log may be beyond 32 bits: no shifts.
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80)
    bytes.push(rest)
    before = code - (code % 2)
  }
  return Uint8Array.from(bytes)
}

const decode = (bytes: Uint8Array): Code[] => {
  const codes: Code[] = []
  let [before, value, unit] = [0, 0, 1]
  for (const byte of bytes) {
    value += (byte % 0x80) * unit
    unit *= 0x80
    if (byte >= 0x80) continue
    const code = before + value
    codes.push(code)
    before = code - (code % 2)
    ;[value, unit] = [0, 1]
  }
  return codes
}
