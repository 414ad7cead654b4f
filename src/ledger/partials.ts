/**
 * Which partial tiles stand in the store. They must exist for every published checkpoint until the
 * full tile does (tlog-tiles, "Partial tiles"); one commit later they go, so that whoever has just
 * read a checkpoint still finds what it names.
 */
import { LedgerError } from './error.ts'
import type { ObjectStore } from './object-store.ts'
import { formatTilePath, parseTilePath, TILE_WIDTH, type Tile } from './tiles.ts'

export class Partials {
  /** By the path of the full tile. */
  readonly #open = new Map<string, Set<string>>()
  #retired: string[] = []

  /**
   * Finds what stands around the right edge of a tree of `size`: within the last group of a thousand
   * tiles at each level, which is as far back as a writer that was killed can have left any.
   */
  static async find(store: ObjectStore, size: number): Promise<Partials> {
    const partials = new Partials()
    const look = async (level: Tile['level'], index: number) => {
      const edge = formatTilePath({ level, index, width: TILE_WIDTH })
      const full = new Set<string>()
      for await (const path of store.list(edge.slice(0, edge.lastIndexOf('/') + 1))) {
        const tile = tileOrNull(path)
        if (tile?.width === TILE_WIDTH) full.add(path)
        else if (tile !== null) partials.#placed(tile)
      }
      for (const path of full) partials.#retire(path)
    }
    await look('entries', Math.floor(size / TILE_WIDTH))
    for (let level = 0, count = size; count > 0; level += 1) {
      count = Math.floor(count / TILE_WIDTH)
      await look(level, count)
    }
    return partials
  }

  /** Told of the tiles of a commit that was published; gives the partial ones that may go now. */
  after(tiles: readonly { readonly tile: Tile }[]): string[] {
    const due = this.#retired
    this.#retired = []
    for (const { tile } of tiles) {
      if (tile.width < TILE_WIDTH) this.#placed(tile)
      else this.#retire(formatTilePath(tile))
    }
    return due
  }

  #placed(tile: Tile): void {
    const home = formatTilePath({ ...tile, width: TILE_WIDTH })
    const paths = this.#open.get(home) ?? new Set()
    this.#open.set(home, paths.add(formatTilePath(tile)))
  }

  #retire(home: string): void {
    this.#retired.push(...(this.#open.get(home) ?? []))
    this.#open.delete(home)
  }
}

/** Something else in the store is none of our business here; the verifier names it. */
const tileOrNull = (path: string): Tile | null => {
  try {
    return parseTilePath(path)
  } catch (error) {
    if (error instanceof LedgerError) return null
    throw error
  }
}
