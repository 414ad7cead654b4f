/**
 * The hashes of a Merkle tree: RFC 6962 §2.1, SHA-256. Leaves and nodes are told apart by their
 * first byte, so that no node can pass for an entry.
 */
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { concat } from './bytes.ts'

/** 32 bytes. A host with a faster one passes its own; every function takes it as last argument. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

export const HASH_BYTES = 32

/** Pure JavaScript: the same in Node and in a browser page opened from a file. */
export const sha256: Sha256 = (bytes) => nobleSha256(bytes)

/** Root of the tree without entries: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0))

export const leafHash = (entry: Uint8Array, hash: Sha256 = sha256): Uint8Array => {
  if (entry.length >= leaf.length) return hash(concat(leaf.subarray(0, 1), entry))
  leaf.set(entry, 1)
  return hash(leaf.subarray(0, 1 + entry.length))
}

/** Both children are 32 bytes. */
export const nodeHash = (left: Uint8Array, right: Uint8Array, hash: Sha256 = sha256) => {
  node.set(left, 1)
  node.set(right, 1 + HASH_BYTES)
  return hash(node)
}

/** The same of both children as they lie one after the other in a tile, 64 bytes. */
export const pairHash = (pair: Uint8Array, hash: Sha256 = sha256): Uint8Array => {
  node.set(pair, 1)
  return hash(node)
}

/** Filled anew for each leaf or node and read before the next: hashing is synchronous. */
const leaf = new Uint8Array(4096)
const node = new Uint8Array(1 + 2 * HASH_BYTES)
node[0] = 1
