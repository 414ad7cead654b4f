/**
 * Checking Merkle proofs: RFC 9162 §2.1.3.2 (inclusion) and §2.1.4.2 (consistency). Indices and
 * sizes are bigint, for they may reach 2^64 − 1; every hash given must be 32 bytes, for a proof of
 * empty strings would otherwise agree with an empty root.
 */
import { equalBytes } from './bytes.ts'
import { EMPTY_ROOT, HASH_BYTES, nodeHash, sha256, type Sha256 } from './hash.ts'

export type ProofCheck = { readonly ok: true } | { readonly ok: false; readonly fault: ProofFault }

/** `length`: too many or too few hashes. `root`: it leads to another root than the one given. */
export type ProofFault = 'hash-length' | 'out-of-range' | 'length' | 'root'

export type InclusionClaim = {
  /** From 0; must be below `size`. */
  readonly index: bigint
  readonly size: bigint
  readonly leaf: Uint8Array
  /** The leaf's sibling first. */
  readonly proof: readonly Uint8Array[]
  readonly root: Uint8Array
}

/** Whether the tree of `size` leaves with that root has that leaf hash at `index`. */
export const checkInclusion = (claim: InclusionClaim, hash: Sha256 = sha256): ProofCheck => {
  const { index, size, leaf, proof, root } = claim
  if (![leaf, root, ...proof].every(isHash)) return refused('hash-length')
  if (index < 0n || index >= size) return refused('out-of-range')
  let node = index
  let last = size - 1n
  let reached = leaf
  for (const sibling of proof) {
    if (last === 0n) return refused('length')
    if (isOdd(node) || node === last) {
      reached = nodeHash(sibling, reached, hash)
      while (!isOdd(node) && node !== 0n) [node, last] = [node >> 1n, last >> 1n]
    } else reached = nodeHash(reached, sibling, hash)
    node >>= 1n
    last >>= 1n
  }
  if (last !== 0n) return refused('length')
  return equalBytes(reached, root) ? HOLDS : refused('root')
}

export type ConsistencyClaim = {
  readonly from: bigint
  readonly to: bigint
  readonly fromRoot: Uint8Array
  readonly toRoot: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/**
 * Whether the tree of size `to` continues the tree of size `from`. Everything continues the empty
 * tree, and RFC 9162 defines no proof of that: `from` 0 is out of range unless `to` is 0 as well.
 */
export const checkConsistency = (claim: ConsistencyClaim, hash: Sha256 = sha256): ProofCheck => {
  const { from, to, fromRoot, toRoot, proof } = claim
  if (![fromRoot, toRoot, ...proof].every(isHash)) return refused('hash-length')
  if (from < 0n || from > to || (from === 0n && to > 0n)) return refused('out-of-range')
  if (from === to) {
    if (proof.length > 0) return refused('length')
    const isEqual = equalBytes(fromRoot, toRoot)
    return isEqual && (to > 0n || equalBytes(toRoot, EMPTY_ROOT)) ? HOLDS : refused('root')
  }
  // §2.1.4.2 step 3: where `from` is a power of two its root is not sent.
  const path = (from & (from - 1n)) === 0n ? [fromRoot, ...proof] : proof
  let node = from - 1n
  let last = to - 1n
  while (isOdd(node)) [node, last] = [node >> 1n, last >> 1n]
  const [first, ...rest] = path
  if (first === undefined) return refused('length')
  let old = first
  let current = first
  for (const sibling of rest) {
    if (last === 0n) return refused('length')
    if (isOdd(node) || node === last) {
      old = nodeHash(sibling, old, hash)
      current = nodeHash(sibling, current, hash)
      while (!isOdd(node) && node !== 0n) [node, last] = [node >> 1n, last >> 1n]
    } else current = nodeHash(current, sibling, hash)
    node >>= 1n
    last >>= 1n
  }
  if (last !== 0n) return refused('length')
  return equalBytes(old, fromRoot) && equalBytes(current, toRoot) ? HOLDS : refused('root')
}

const HOLDS: ProofCheck = { ok: true }
const refused = (fault: ProofFault): ProofCheck => ({ ok: false, fault })
const isOdd = (value: bigint): boolean => (value & 1n) === 1n
const isHash = (bytes: Uint8Array): boolean => bytes.length === HASH_BYTES
