/**
 * The right edge of a growing Merkle tree (RFC 6962 §2.1): one root for each power of two in its
 * size, largest first. Appending costs two hashes an entry on average and memory is log2(size).
 */
import { EMPTY_ROOT, HASH_BYTES, nodeHash, sha256, type Sha256 } from './hash.ts'

export type FrontierSnapshot = {
  readonly size: number
  /** Roots of the complete subtrees, leftmost and largest first: as many as `size` has set bits. */
  readonly hashes: readonly Uint8Array[]
}

export class Frontier {
  readonly #hash: Sha256
  readonly #stack: Uint8Array[]
  #size: number

  /** @throws RangeError where the snapshot's hashes do not fit its size */
  constructor(snapshot: FrontierSnapshot = { size: 0, hashes: [] }, hash: Sha256 = sha256) {
    if (snapshot.hashes.length !== bitCount(snapshot.size))
      throw new RangeError(`a frontier of size ${snapshot.size} with ${snapshot.hashes.length}`)
    if (snapshot.hashes.some(({ length }) => length !== HASH_BYTES))
      throw new RangeError('a frontier hash that is not 32 bytes')
    this.#hash = hash
    this.#stack = [...snapshot.hashes]
    this.#size = snapshot.size
  }

  get size(): number {
    return this.#size
  }

  /** Takes a leaf hash (not the entry). */
  push(leaf: Uint8Array): void {
    let node = leaf
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2)
      node = nodeHash(this.#stack.pop()!, node, this.#hash)
    this.#stack.push(node)
    this.#size += 1
  }

  root(): Uint8Array {
    if (this.#size === 0) return EMPTY_ROOT
    return this.#stack.reduceRight((right, left) => nodeHash(left, right, this.#hash))
  }

  snapshot(): FrontierSnapshot {
    return { size: this.#size, hashes: [...this.#stack] }
  }
}

/** The root of these leaf hashes (or of these equally high subtrees): MTH of RFC 6962 §2.1. */
export const rootOf = (leaves: readonly Uint8Array[], hash: Sha256 = sha256): Uint8Array => {
  const frontier = new Frontier({ size: 0, hashes: [] }, hash)
  for (const leaf of leaves) frontier.push(leaf)
  return frontier.root()
}

/** For sizes to 2^53 − 1, where bit operators on numbers would stop at 2^32. */
const bitCount = (size: number): number => {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}
