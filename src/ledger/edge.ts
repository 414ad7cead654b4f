/**
 * The right edge of a log in tiles: what a writer must hold to go on. One open tile a level and the
 * open entry bundle, so memory is that of at most 256 entries and 255 hashes a level (tlog-tiles,
 * "Merkle tree"; partial tiles are never hashed upward).
 */
import { equalBytes } from './bytes.ts'
import { decodeEntries, encodeEntries } from './entry-bundle.ts'
import { LedgerError } from './error.ts'
import { Frontier } from './frontier.ts'
import { EMPTY_ROOT, HASH_BYTES, leafHash, nodeHash, type Sha256 } from './hash.ts'
import type { ObjectStore } from './object-store.ts'
import { formatTilePath, TILE_WIDTH, type Tile } from './tiles.ts'

export type PlacedTile = { readonly tile: Tile; readonly bytes: Uint8Array }

type Level = {
  /** Of the open tile, from the left. */
  hashes: Uint8Array[]
  /** The same as subtrees: a full tile's root falls out of it without hashing it again. */
  tree: Frontier
}

export class Edge {
  readonly #hash: Sha256
  readonly #levels: Level[] = []
  #entries: Uint8Array[] = []
  #size = 0
  /** Filled since the last cut. */
  #full: PlacedTile[] = []

  constructor(hash: Sha256) {
    this.#hash = hash
  }

  /**
   * The edge of the tree of `size` entries, from its right-most tiles in a log of `within` entries.
   * `missing` where one does not stand there, `damaged` where it is torn or does not hold the hashes
   * of its entries. Whether the root is the one wanted is for the caller to compare: nothing here
   * says what it should be.
   */
  static async load(
    store: ObjectStore,
    size: number,
    hash: Sha256,
    within: number = size,
  ): Promise<Edge | 'missing' | 'damaged'> {
    const edge = new Edge(hash)
    for (let level = 0, [count, all] = [size, within]; count > 0; level += 1) {
      const bytes = await readOpen(store, level, count, all)
      if (bytes === null) return 'missing'
      const width = count % TILE_WIDTH
      if (bytes.length < width * HASH_BYTES) return 'damaged'
      const hashes = hashesIn(bytes, width)
      const tree = new Frontier(undefined, hash)
      for (const each of hashes) tree.push(each)
      edge.#levels.push({ hashes, tree })
      count = Math.floor(count / TILE_WIDTH)
      all = Math.floor(all / TILE_WIDTH)
    }
    const bundle = await readOpen(store, 'entries', size, within)
    if (bundle === null) return 'missing'
    const leaves = edge.#levels[0]?.hashes ?? []
    const entries = entriesIn(bundle, leaves.length)
    const areSound = entries?.every((entry, i) => equalBytes(leafHash(entry, hash), leaves[i]!))
    if (entries === null || areSound !== true) return 'damaged'
    edge.#entries = entries
    edge.#size = size
    return edge
  }

  get size(): number {
    return this.#size
  }

  /** Takes one entry (kept until its bundle is cut; the caller must not change it). */
  push(entry: Uint8Array): void {
    this.#entries.push(entry)
    this.#size += 1
    if (this.#entries.length === TILE_WIDTH) {
      const index = this.#size / TILE_WIDTH - 1
      this.#full.push(placed('entries', index, TILE_WIDTH, encodeEntries(this.#entries)))
      this.#entries = []
    }
    this.#pushHash(0, leafHash(entry, this.#hash))
  }

  #pushHash(level: number, hash: Uint8Array): void {
    const open = (this.#levels[level] ??= { hashes: [], tree: new Frontier(undefined, this.#hash) })
    open.hashes.push(hash)
    open.tree.push(hash)
    if (open.hashes.length < TILE_WIDTH) return
    const index = this.#size / TILE_WIDTH ** (level + 1) - 1
    this.#full.push(placed(level, index, TILE_WIDTH, joined(open.hashes)))
    const root = open.tree.root()
    this.#levels[level] = { hashes: [], tree: new Frontier(undefined, this.#hash) }
    this.#pushHash(level + 1, root)
  }

  /** MTH of everything pushed (RFC 6962 §2.1): subtrees from the right, the smallest first. */
  root(): Uint8Array {
    const subtrees = this.#levels.toReversed().flatMap(({ tree }) => tree.snapshot().hashes)
    if (subtrees.length === 0) return EMPTY_ROOT
    return subtrees.reduceRight((right, left) => nodeHash(left, right, this.#hash))
  }

  /** Everything to store so that the tree of this size can be read: full since the last cut, and partial. */
  cut(): PlacedTile[] {
    const tiles = this.#full
    this.#full = []
    const bundles = Math.floor(this.#size / TILE_WIDTH)
    if (this.#entries.length > 0)
      tiles.push(placed('entries', bundles, this.#entries.length, encodeEntries(this.#entries)))
    for (const [level, { hashes }] of this.#levels.entries()) {
      const index = Math.floor(this.#size / TILE_WIDTH ** (level + 1))
      if (hashes.length > 0) tiles.push(placed(level, index, hashes.length, joined(hashes)))
    }
    return tiles
  }
}

const placed = (level: Tile['level'], index: number, width: number, bytes: Uint8Array) => ({
  tile: { level, index, width },
  bytes,
})

const joined = (hashes: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(hashes.length * HASH_BYTES)
  for (const [i, hash] of hashes.entries()) bytes.set(hash, i * HASH_BYTES)
  return bytes
}

/**
 * The right-most tile of `count` things at a level of a log that has `all` of them: the partial one
 * of that width, or the longer one that has replaced it. Empty bytes where it would hold nothing.
 */
const readOpen = async (
  store: ObjectStore,
  level: Tile['level'],
  count: number,
  all: number,
): Promise<Uint8Array | null> => {
  const width = count % TILE_WIDTH
  if (width === 0) return new Uint8Array(0)
  const index = Math.floor(count / TILE_WIDTH)
  const now = Math.min(TILE_WIDTH, all - index * TILE_WIDTH)
  for (const each of new Set([width, now, TILE_WIDTH])) {
    const bytes = await store.read(formatTilePath({ level, index, width: each }))
    if (bytes !== null) return bytes
  }
  return null
}

const hashesIn = (bytes: Uint8Array, width: number): Uint8Array[] =>
  Array.from({ length: width }, (_, i) => bytes.slice(i * HASH_BYTES, (i + 1) * HASH_BYTES))

/** The first `width` entries of a bundle; null where it is torn. */
const entriesIn = (bundle: Uint8Array, width: number): Uint8Array[] | null => {
  try {
    const entries = decodeEntries(bundle).slice(0, width)
    return entries.length === width ? entries : null
  } catch (error) {
    if (error instanceof LedgerError) return null
    throw error
  }
}
