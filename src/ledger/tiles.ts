/**
 * Where a log's objects lie: C2SP tlog-tiles "Merkle tree" and "Log entries". Hash tiles hold up to
 * 256 hashes, entry bundles the same 256 entries as the level-0 tile of the same index.
 */
import { fromDecimal } from './bytes.ts'
import { LedgerError } from './error.ts'

export const TILE_WIDTH = 256
export const CHECKPOINT_PATH = 'checkpoint'
const MAX_LEVEL = 63

export type Tile = {
  readonly level: number | 'entries'
  readonly index: number
  /** Hashes or entries in it: 256 when full, 1 to 255 when partial. */
  readonly width: number
}

/** `tile/0/x001/x234/067`, `tile/1/001.p/17`, `tile/entries/000`. Is the inverse of parseTilePath. */
export const formatTilePath = ({ level, index, width }: Tile): string => {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g)!
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${path}${width === TILE_WIDTH ? '' : `.p/${width}`}`
}

/** @throws LedgerError `malformed-path` for any path that formatTilePath would not have written */
export const parseTilePath = (path: string): Tile => {
  const match =
    /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path)
  const level: Tile['level'] | null =
    match?.[1] === 'entries' ? 'entries' : fromDecimal(match?.[1] ?? '')
  const index = Number((match?.[2] ?? '').replaceAll(/[x/]/g, ''))
  const width = match?.[3] === undefined ? TILE_WIDTH : fromDecimal(match[3])
  const isSound =
    match !== null &&
    level !== null &&
    (level === 'entries' || level <= MAX_LEVEL) &&
    Number.isSafeInteger(index) &&
    width !== null &&
    width >= 1 &&
    (match[3] === undefined || width < TILE_WIDTH)
  if (!isSound) throw new LedgerError('malformed-path', { path })
  const tile: Tile = { level, index, width }
  // Also refuses surplus leading groups: `x000/001`.
  if (formatTilePath(tile) !== path) throw new LedgerError('malformed-path', { path })
  return tile
}

/**
 * Every bundle and tile that a log of `size` must have and one of size `from` had not: bundles
 * first, then tiles from level 0 upwards, each level from left to right, its partial one last.
 */
export const tilesOf = function* (size: number, from = 0): Generator<Tile> {
  yield* tilesAt('entries', size, from)
  let [count, had] = [size, from]
  for (let level = 0; count > 0; level += 1) {
    yield* tilesAt(level, count, had)
    count = Math.floor(count / TILE_WIDTH)
    had = Math.floor(had / TILE_WIDTH)
  }
}

const tilesAt = function* (level: Tile['level'], count: number, had: number): Generator<Tile> {
  const full = Math.floor(count / TILE_WIDTH)
  for (let index = Math.floor(had / TILE_WIDTH); index < full; index += 1)
    yield { level, index, width: TILE_WIDTH }
  const width = count % TILE_WIDTH
  if (width > 0 && count > had) yield { level, index: full, width }
}
