/** The objects of a log as a verifier meets them: there or not, sound or torn (C2SP tlog-tiles). */
import { decodeEntries } from './entry-bundle.ts'
import { HASH_BYTES } from './hash.ts'
import type { ObjectStore } from './object-store.ts'
import { TILE_WIDTH, formatTilePath, parseTilePath, type Tile } from './tiles.ts'

export type Fault = 'missing' | 'malformed'
export type Reading = Pick<ObjectStore, 'read'>

export const isFault = (read: readonly Uint8Array[] | Fault): read is Fault =>
  typeof read === 'string'

export type Objects = {
  /** Widths of the partial tiles and bundles there are, by level and index. */
  readonly partial: ReadonlyMap<string, readonly number[]>
  /** Of entries after the checkpoint. */
  readonly unsigned: readonly string[]
  /** Under `tile/`, and no tile. */
  readonly strange: readonly string[]
}

export const keyOf = ({ level, index }: Pick<Tile, 'level' | 'index'>): string =>
  `${level}/${index}`

export const listObjects = async (
  store: Pick<ObjectStore, 'list'>,
  size: number,
): Promise<Objects> => {
  const partial = new Map<string, number[]>()
  const unsigned: string[] = []
  const strange: string[] = []
  for await (const path of store.list('tile/')) {
    const tile = tryParse(path)
    if (tile === null) strange.push(path)
    else if (tile.index * TILE_WIDTH + tile.width > countAt(tile.level, size)) unsigned.push(path)
    else if (tile.width < TILE_WIDTH)
      partial.set(keyOf(tile), [...(partial.get(keyOf(tile)) ?? []), tile.width])
  }
  return { partial, unsigned: unsigned.sort(), strange: strange.sort() }
}

const tryParse = (path: string): Tile | null => {
  try {
    return parseTilePath(path)
  } catch {
    return null
  }
}

export const countAt = (level: Tile['level'], size: number): number =>
  level === 'entries' ? size : Math.floor(size / TILE_WIDTH ** level)

export const readEntries = async (store: Reading, tile: Tile): Promise<Uint8Array[] | Fault> => {
  const found = await readTile(store, tile)
  if (found === null) return 'missing'
  try {
    return decodeEntries(found.bytes, found.width).slice(0, tile.width)
  } catch {
    return 'malformed'
  }
}

export const readHashes = async (store: Reading, tile: Tile): Promise<Uint8Array[] | Fault> => {
  const found = await readTile(store, tile)
  if (found === null) return 'missing'
  const { bytes, width } = found
  if (bytes.length !== width * HASH_BYTES) return 'malformed'
  return Array.from({ length: tile.width }, (_, i) =>
    bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  )
}

/** A log that grows meanwhile may have replaced a partial tile by the full one. */
const readTile = async (store: Reading, tile: Tile) => {
  const bytes = await store.read(formatTilePath(tile))
  if (bytes !== null || tile.width === TILE_WIDTH) return bytes && { bytes, width: tile.width }
  const full = await store.read(formatTilePath({ ...tile, width: TILE_WIDTH }))
  return full && { bytes: full, width: TILE_WIDTH }
}
