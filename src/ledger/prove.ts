/**
 * Making proofs from tiles: the paths of RFC 6962 §2.1.1 and §2.1.2, read through the tiles of
 * C2SP tlog-tiles. A proof touches a handful of tiles however long the log is.
 */
import { LedgerError } from './error.ts'
import { Frontier, type FrontierSnapshot } from './frontier.ts'
import { HASH_BYTES, nodeHash, pairHash, sha256, type Sha256 } from './hash.ts'
import type { ObjectStore } from './object-store.ts'
import { TILE_WIDTH, formatTilePath, type Tile } from './tiles.ts'

/** A complete subtree: leaves index·2^height … (index + 1)·2^height − 1. */
export type TreeNode = { readonly height: number; readonly index: number }

/** Their hashes, in the order asked for. @throws LedgerError `missing-tile`, `malformed-tile` */
export type HashReader = (nodes: readonly TreeNode[]) => Promise<readonly Uint8Array[]>

/** The leaf's sibling first. @throws RangeError unless 0 ≤ index < size */
export const proveInclusion = (
  readHashes: HashReader,
  index: number,
  size: number,
  hash: Sha256 = sha256,
): Promise<Uint8Array[]> => {
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} of ${size}`)
  return readRanges(readHashes, inclusionPath(index, 0, size), hash)
}

/** Empty when `from` is 0 or `to`. @throws RangeError unless 0 ≤ from ≤ to */
export const proveConsistency = (
  readHashes: HashReader,
  from: number,
  to: number,
  hash: Sha256 = sha256,
): Promise<Uint8Array[]> => {
  if (!(from >= 0 && from <= to)) throw new RangeError(`from ${from} to ${to}`)
  const ranges = from === 0 || from === to ? [] : consistencyPath(from, 0, to, true)
  return readRanges(readHashes, ranges, hash)
}

/** The right edge of the tree of `size`, to go on appending to it. */
export const readFrontier = async (
  readHashes: HashReader,
  size: number,
): Promise<FrontierSnapshot> => ({ size, hashes: await readHashes(cover(0, size)) })

/** The root of the tree of `size`. */
export const readRoot = async (
  readHashes: HashReader,
  size: number,
  hash: Sha256 = sha256,
): Promise<Uint8Array> => new Frontier(await readFrontier(readHashes, size), hash).root()

/**
 * Reads the nodes of a log of `size` from its tiles. Of the lowest level, where each proof needs
 * another tile, the `keep` used last stay in memory (16 kB each); of those above, of which there is
 * one for 65,536 entries and every proof needs one of each level, the last thousand. A partial tile
 * is asked for first, then the full one that has replaced it since.
 */
export const tileHashReader = (
  store: Pick<ObjectStore, 'read'>,
  size: number,
  { hash = sha256, keep = 64 }: { readonly hash?: Sha256; readonly keep?: number } = {},
): HashReader => {
  const read = (tile: Tile) => readTile(store, tile, hash)
  const lowest = keeping(keep, read)
  const upper = keeping(KEPT_ABOVE, read)
  return (nodes) =>
    Promise.all(
      nodes.map(async ({ height, index }) => {
        const tile = tileOf(height, index, size)
        const tree = await (tile.level === 0 ? lowest : upper)(tile)
        const within = height % TILE_HEIGHT
        const at = (index - tile.index * 2 ** (TILE_HEIGHT - within)) * HASH_BYTES
        const found = tree[within]?.subarray(at, at + HASH_BYTES)
        if (found?.length !== HASH_BYTES)
          throw new LedgerError('missing-tile', { path: formatTilePath(tile) })
        return found
      }),
    )
}

const KEPT_ABOVE = 1024

/** What `read` gave for the last `most` tiles asked for. */
const keeping = (most: number, read: (tile: Tile) => Promise<TileTree>) => {
  const kept = new Map<string, Promise<TileTree>>()
  return (tile: Tile): Promise<TileTree> => {
    const path = formatTilePath(tile)
    const tree = kept.get(path) ?? read(tile)
    // Insertion order is the order of use; the one used longest ago goes first.
    kept.delete(path)
    kept.set(path, tree)
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break
      kept.delete(oldest)
    }
    // One failed read must not fail the next ones.
    void tree.catch(() => kept.delete(path))
    return tree
  }
}

/** A tile's own hashes and those of the complete subtrees above them: a row for each height. */
type TileTree = readonly Uint8Array[]

/** 256 = 2^8. */
const TILE_HEIGHT = 8

const tileOf = (height: number, index: number, size: number): Tile => {
  const level = Math.floor(height / TILE_HEIGHT)
  const tileIndex = Math.floor(index / 2 ** (TILE_HEIGHT - (height % TILE_HEIGHT)))
  const hashes = Math.floor(size / TILE_WIDTH ** level) - tileIndex * TILE_WIDTH
  return { level, index: tileIndex, width: Math.min(TILE_WIDTH, hashes) }
}

const readTile = async (
  store: Pick<ObjectStore, 'read'>,
  tile: Tile,
  hash: Sha256,
): Promise<TileTree> => {
  const path = formatTilePath(tile)
  const partial = await store.read(path)
  const full = { ...tile, width: TILE_WIDTH }
  const bytes = partial ?? (await store.read(formatTilePath(full)))
  if (bytes === null) throw new LedgerError('missing-tile', { path })
  const width = partial === null ? TILE_WIDTH : tile.width
  if (bytes.length !== width * HASH_BYTES) throw new LedgerError('malformed-tile', { path })
  const tree = [bytes]
  for (let row = bytes; row.length >= PAIR_BYTES && tree.length < TILE_HEIGHT;) {
    const above = new Uint8Array(Math.floor(row.length / PAIR_BYTES) * HASH_BYTES)
    for (let at = 0; at < above.length; at += HASH_BYTES)
      above.set(pairHash(row.subarray(2 * at, 2 * at + PAIR_BYTES), hash), at)
    tree.push(above)
    row = above
  }
  return tree
}

const PAIR_BYTES = 2 * HASH_BYTES

/** Leaves `start` to before `end`, whose root a proof holds. */
export type Range = { readonly start: number; readonly end: number }

/** PATH(m, D[n]) of RFC 6962 §2.1.1. */
export const inclusionPath = (index: number, start: number, end: number): Range[] => {
  if (end - start === 1) return []
  const middle = start + splitOf(end - start)
  return index < middle
    ? [...inclusionPath(index, start, middle), { start: middle, end }]
    : [...inclusionPath(index, middle, end), { start, end: middle }]
}

/** SUBPROOF(m, D[n], b) of RFC 6962 §2.1.2; `from` counts from `start`. */
const consistencyPath = (from: number, start: number, end: number, isWhole: boolean): Range[] => {
  if (from === end - start) return isWhole ? [] : [{ start, end }]
  const left = splitOf(end - start)
  const middle = start + left
  return from <= left
    ? [...consistencyPath(from, start, middle, isWhole), { start: middle, end }]
    : [...consistencyPath(from - left, middle, end, false), { start, end: middle }]
}

/** The largest power of two below `count`. */
const splitOf = (count: number): number => {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}

/** The complete subtrees that make up leaves start…end, from left to right. */
const cover = (start: number, end: number): TreeNode[] => {
  const nodes: TreeNode[] = []
  for (let at = start; at < end;) {
    let height = 0
    while (at % 2 ** (height + 1) === 0 && at + 2 ** (height + 1) <= end) height += 1
    nodes.push({ height, index: at / 2 ** height })
    at += 2 ** height
  }
  return nodes
}

const readRanges = async (
  readHashes: HashReader,
  ranges: readonly Range[],
  hash: Sha256,
): Promise<Uint8Array[]> => {
  const covers = ranges.map(({ start, end }) => cover(start, end))
  const hashes = await readHashes(covers.flat())
  let at = 0
  return covers.map(({ length }) => {
    const parts = hashes.slice(at, at + length)
    at += length
    return parts.reduceRight((right, left) => nodeHash(left, right, hash))
  })
}
