/**
 * Receipts: a leaf with its proof under a checkpoint, and for telemetry the way from a row of the
 * chunk to the root that the leaf states.
 */
import { fromUtf8 } from '../ledger/bytes.ts'
import { proveInChunk } from '../ledger/chunk.ts'
import { LedgerError } from '../ledger/error.ts'
import { leafHash } from '../ledger/hash.ts'
import type { ObjectStore } from '../ledger/object-store.ts'
import { proveInclusion, tileHashReader, type HashReader } from '../ledger/prove.ts'
import { readEntries } from '../ledger/rooms.ts'
import { formatTlogProof } from '../ledger/tlog-proof.ts'
import { nodeSha256 } from './sha256.ts'
import type { Vault } from './vault.ts'

/** A checkpoint, and the size of the tree that it signs. */
export type Signed = { readonly note: Uint8Array; readonly size: number }

export type Receipt = {
  readonly entry: Uint8Array
  /** A `.tlog-proof` file. */
  readonly proof: string
}

export type RowReceipt = {
  /** Salt and event, as they are hashed: the event in clear, persons too. */
  readonly salted: Uint8Array
  /** RFC 6962 leaf hash of `salted`: tells nothing without the salt. */
  readonly hash: Uint8Array
  readonly proof: readonly Uint8Array[]
}

/** Makes receipts under one checkpoint; several share the tiles that they read. */
export const receipts = (log: Pick<ObjectStore, 'read'>, { note, size }: Signed) => {
  const readHashes: HashReader = tileHashReader(log, size, { hash: nodeSha256 })
  const checkpoint = fromUtf8(note) ?? ''
  /** @throws RangeError for a leaf that the checkpoint does not cover */
  return async (index: number): Promise<Receipt> => {
    const hashes = await proveInclusion(readHashes, index, size, nodeSha256)
    const proof = formatTlogProof({ index, hashes, checkpoint })
    for await (const entry of readEntries(log, index, index + 1, size)) return { entry, proof }
    throw new RangeError(`leaf ${index} of ${size}`)
  }
}

/** Null for a row that was erased, alone or with its chunk. */
export const rowReceipt = async (
  vault: Vault,
  index: number,
  within: number,
): Promise<RowReceipt | null> => {
  const body = await vault.body(index)
  if (body === null) return null
  try {
    const { salted, proof } = proveInChunk(body, within, nodeSha256)
    return { salted, proof, hash: leafHash(salted, nodeSha256) }
  } catch (error) {
    if (error instanceof LedgerError && error.code === 'erased-event') return null
    throw error
  }
}
