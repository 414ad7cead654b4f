/**
 * From what a finding names (vocabulary/event-names.ts) to where it lies in the log. Two sources
 * may use one id: the first that is met is taken, and its leaf says whose it is. Bounded: whoever
 * asks for what is not there makes us read so much and no more.
 */
import { isJsonObject, type JsonObject } from '../ledger/canonical.ts'
import { readChunk } from '../ledger/chunk-body.ts'
import { SALT_BYTES } from '../ledger/disclosure.ts'
import { readEntries } from '../ledger/rooms.ts'
import { TILE_WIDTH } from '../ledger/tiles.ts'
import { namesOf } from '../vocabulary/event-names.ts'
import type { PlacedLeaf } from './leaf-cells.ts'
import { parseObject } from './quick-leaf.ts'
import type { Logged } from './read-log.ts'

export type Whereabouts = {
  readonly index: number
  /** Place in a chunk, from 0; null for a leaf of its own. */
  readonly within: number | null
  readonly type: string
  /** RFC 3339. */
  readonly time: string
}

/** Most leaves and most chunks read for one question. */
export type Bounds = { readonly leaves: number; readonly chunks: number }

export const BOUNDS: Bounds = { leaves: 20_000, chunks: 3_000 }

export class NamedSearch {
  readonly found = new Map<string, Whereabouts>()
  /** Not all was read that was to be read. */
  isCut = false
  readonly #missing: Set<string>
  readonly #logged: Logged
  readonly #left: { leaves: number; chunks: number }

  constructor(names: Iterable<string>, logged: Logged, bounds = BOUNDS) {
    this.#missing = new Set(names)
    this.#logged = logged
    this.#left = { ...bounds }
  }

  /** Leaves in order of the log; those of their own before chunks, which take longer to read. */
  async look(leaves: readonly PlacedLeaf[]): Promise<void> {
    const entryOf = entryReader(this.#logged)
    for (const { index, isChunk } of leaves)
      if (!isChunk && this.#isToRead('leaves')) this.#lookAt(index, await entryOf(index))
    for (const { index, isChunk } of leaves)
      if (isChunk && this.#isToRead('chunks'))
        this.#lookInto(index, await this.#logged.vault.body(index))
  }

  #isToRead(kind: keyof Bounds): boolean {
    if (this.#missing.size === 0) return false
    this.isCut ||= this.#left[kind] === 0
    if (this.#left[kind] === 0) return false
    this.#left[kind] -= 1
    return true
  }

  #lookAt(index: number, entry: Uint8Array): void {
    const event = parseObject(entry)?.['event']
    if (!isJsonObject(event)) return
    for (const name of namesOf(event)) this.#take(name, { index, within: null }, event)
  }

  #lookInto(index: number, body: Uint8Array | null): void {
    if (body === null) return
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
    // Most chunks hold nothing that is asked for: that is told without reading their events.
    if (![...this.#missing].some((name) => bytes.includes(JSON.stringify(name)))) return
    for (const [within, { salted }] of readChunk(body, (record) => record).entries()) {
      const event = salted === null ? null : parseObject(salted.subarray(SALT_BYTES))
      if (event !== null) this.#take(event['id'], { index, within }, event)
    }
  }

  #take(
    name: unknown,
    place: Pick<Whereabouts, 'index' | 'within'>,
    { type, time }: JsonObject,
  ): void {
    if (typeof name !== 'string' || typeof type !== 'string' || typeof time !== 'string') return
    if (this.#missing.delete(name)) this.found.set(name, { ...place, type, time })
  }
}

/** Reads entries one by one; those of one bundle are decoded once. */
const entryReader = ({ log, size }: Logged) => {
  let bucket = -1
  let entries: Uint8Array[] = []
  return async (index: number): Promise<Uint8Array> => {
    const its = Math.floor(index / TILE_WIDTH)
    if (its !== bucket) {
      entries = []
      const from = its * TILE_WIDTH
      for await (const entry of readEntries(log, from, Math.min(size, from + TILE_WIDTH), size))
        entries.push(entry)
      bucket = its
    }
    return entries[index % TILE_WIDTH]!
  }
}
