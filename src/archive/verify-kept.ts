/**
 * Checking what lies beside a log: every disclosure in the vault belongs to its leaf, every chunk to
 * its root, every recording to its name. What is missing is no failure here: it may go; the record of
 * what went, and why, is in the log.
 */
import { openChunk, parseChunkLeaf } from '../ledger/chunk.ts'
import { LedgerError } from '../ledger/error.ts'
import { openLeaf } from '../ledger/open-leaf.ts'
import { readEntries } from '../ledger/rooms.ts'
import type { ObjectStore } from '../ledger/object-store.ts'
import { TILE_WIDTH } from '../ledger/tiles.ts'
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import { segmentPath } from './segments.ts'
import { nodeSha256, sha256Hex } from './sha256.ts'
import { bucketPath, VaultError, type Vault } from './vault.ts'

export type KeptFailure = {
  /** Path in the ledger's folder. */
  readonly object: string
  readonly code: 'bad-disclosure' | 'bad-chunk' | 'bad-recording'
  readonly sentence: Sentence
}

export type KeptPlaces = {
  readonly log: Pick<ObjectStore, 'read'>
  readonly vault: Vault
  readonly segments: Pick<ObjectStore, 'read' | 'list'>
  /** Leaves to look at: the size of a checkpoint that holds. */
  readonly size: number
}

/** @throws LogError, StoreError where the log itself cannot be read */
export const verifyKept = async (places: KeptPlaces): Promise<readonly KeptFailure[]> => [
  ...(await checkVault(places)),
  ...(await checkSegments(places)),
]

const checkVault = async ({ log, vault, size }: KeptPlaces): Promise<readonly KeptFailure[]> => {
  const failures: KeptFailure[] = []
  let lines: readonly (readonly string[])[] = []
  let index = 0
  for await (const entry of readEntries(log, 0, size)) {
    const bucket = Math.floor(index / TILE_WIDTH)
    const object = `vault/${bucketPath(bucket)}`
    if (index % TILE_WIDTH === 0)
      try {
        lines = await vault.bucket(bucket)
      } catch (error) {
        if (!(error instanceof VaultError)) throw error
        lines = []
        failures.push({ object, code: 'bad-disclosure', sentence: say('verify.bad-bucket') })
      }
    const disclosures = lines[index % TILE_WIDTH] ?? []
    const leafFault =
      disclosures.length === 0 ? null : faultOf(() => openLeaf(entry, disclosures, nodeSha256))
    if (leafFault !== null) failures.push({ object, code: 'bad-disclosure', sentence: leafFault })
    const chunkFault = parseChunkLeaf(entry) === null ? null : await faultIn(vault, index, entry)
    if (chunkFault !== null) failures.push(chunkFault)
    index += 1
  }
  return failures
}

const faultIn = async (
  vault: Vault,
  index: number,
  entry: Uint8Array,
): Promise<KeptFailure | null> => {
  const object = `vault/${(await vault.bodyPath(index)) ?? 'chunks'}`
  try {
    const body = await vault.body(index)
    const sentence = body === null ? null : faultOf(() => openChunk(entry, body, nodeSha256))
    return sentence === null ? null : { object, code: 'bad-chunk', sentence }
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return { object, code: 'bad-chunk', sentence: say('verify.bad-pack') }
  }
}

const faultOf = (open: () => unknown): Sentence | null => {
  try {
    open()
    return null
  } catch (error) {
    if (error instanceof LedgerError) return error.sentence
    throw error
  }
}

const checkSegments = async ({ segments }: KeptPlaces): Promise<readonly KeptFailure[]> => {
  const failures: KeptFailure[] = []
  for await (const path of segments.list('')) {
    const bytes = await segments.read(path)
    if (bytes !== null && segmentPath(sha256Hex(bytes)) !== path)
      failures.push({
        object: `segments/${path}`,
        code: 'bad-recording',
        sentence: say('verify.bad-recording'),
      })
  }
  return failures
}
