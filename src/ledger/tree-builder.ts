/** Tiles recomputed from leaf hashes: C2SP tlog-tiles "Merkle tree", level by level, in one pass. */
import { EMPTY_ROOT, nodeHash, sha256, type Sha256 } from './hash.ts'
import { rootOf } from './frontier.ts'
import { TILE_WIDTH } from './tiles.ts'

export type BuiltTile = {
  readonly level: number
  readonly index: number
  /** 256 of them when full. */
  readonly hashes: readonly Uint8Array[]
}

/** Holds at most 255 hashes a level, whatever the size of the log. */
export class TreeBuilder {
  readonly #hash: Sha256
  /** The hashes at each level since its last full tile. */
  readonly #edge: Uint8Array[][] = []
  readonly #full: number[] = []

  constructor(hash: Sha256 = sha256) {
    this.#hash = hash
  }

  /** @returns the tiles that these leaf hashes filled, lower levels first */
  push(leaves: readonly Uint8Array[]): BuiltTile[] {
    const filled: BuiltTile[] = []
    for (const leaf of leaves) this.#add(0, leaf, filled)
    return filled
  }

  /** The partial tiles at the right edge, lower levels first; none of them is empty. */
  edge(): BuiltTile[] {
    return this.#edge.flatMap((hashes, level) =>
      hashes.length === 0 ? [] : [{ level, index: this.#full[level]!, hashes: [...hashes] }],
    )
  }

  root(): Uint8Array {
    const complete = this.#edge.flatMap((hashes) => completeRoots(hashes, this.#hash))
    // Smallest and rightmost first: each next one is the left sibling of all before it.
    return complete.length === 0
      ? EMPTY_ROOT
      : complete.reduce((right, left) => nodeHash(left, right, this.#hash))
  }

  /** What the root would be with these leaves after the others. */
  rootWith(leaves: readonly Uint8Array[]): Uint8Array {
    const copy = new TreeBuilder(this.#hash)
    copy.#edge.push(...this.#edge.map((hashes) => [...hashes]))
    copy.#full.push(...this.#full)
    copy.push(leaves)
    return copy.root()
  }

  #add(level: number, hash: Uint8Array, filled: BuiltTile[]): void {
    const hashes = (this.#edge[level] ??= [])
    this.#full[level] ??= 0
    hashes.push(hash)
    if (hashes.length < TILE_WIDTH) return
    filled.push({ level, index: this.#full[level], hashes })
    this.#full[level] += 1
    this.#edge[level] = []
    this.#add(level + 1, rootOf(hashes, this.#hash), filled)
  }
}

/** The roots of the complete subtrees that these siblings make up, rightmost and smallest first. */
const completeRoots = (hashes: readonly Uint8Array[], hash: Sha256): Uint8Array[] => {
  const roots: Uint8Array[] = []
  let end = hashes.length
  for (let width = 1; end > 0; width *= 2)
    if ((end / width) % 2 === 1) {
      roots.push(rootOf(hashes.slice(end - width, end), hash))
      end -= width
    }
  return roots
}
