/**
 * Telemetry, a leaf a chunk. The leaf holds counts, times and the root of a Merkle tree (RFC 6962
 * §2.1) over the salted events; the events lie in the chunk's body, in the erasable vault. Erasing
 * one keeps its 32-byte hash and drops salt and content, and everything else stays provable.
 */
import type { AssayEvent } from '../vocabulary/event.ts'
import { parseTime } from '../vocabulary/time.ts'
import { base64, equalBytes, fromBase64 } from './bytes.ts'
import { canonicalBytes, fromCanonical, isJsonObject, type JsonObject } from './canonical.ts'
import { ChunkWriter, readChunk } from './chunk-body.ts'
import { SALT_BYTES } from './disclosure.ts'
import { LedgerError } from './error.ts'
import { Frontier, rootOf } from './frontier.ts'
import { HASH_BYTES, leafHash, sha256, type Sha256 } from './hash.ts'
import type { LeafPlace, Salt } from './leaf.ts'
import { checkInclusion } from './merkle.ts'
import { inclusionPath } from './prove.ts'

export type ChunkPlace = LeafPlace & { readonly broadcast: string }

export type ChunkLeaf = ChunkPlace & {
  /** How many events of each type. */
  readonly counts: Readonly<Record<string, number>>
  /** RFC 3339 in UTC, of the earliest and the latest event. */
  readonly first: string
  readonly last: string
  readonly root: Uint8Array
  /** How many events, erased ones included. */
  readonly size: number
}

export type Chunk = {
  /** The leaf, to log. */
  readonly entry: Uint8Array
  /** The events, to keep in the vault. */
  readonly body: Uint8Array
}

/** @throws RangeError without events; LedgerError `not-canonical` */
export const chunkOf = (
  events: readonly AssayEvent[],
  { broadcast, room, sequence }: ChunkPlace,
  salt: Salt,
  hash: Sha256 = sha256,
): Chunk => {
  if (events.length === 0) throw new RangeError('a chunk of nothing')
  const counts = new Map<string, number>()
  const tree = new Frontier({ size: 0, hashes: [] }, hash)
  const body = new ChunkWriter(events.length * 256)
  let first = Infinity
  let last = -Infinity
  for (const event of events) {
    const at = parseTime(event.time)
    first = Math.min(first, at)
    last = Math.max(last, at)
    counts.set(event.type, (counts.get(event.type) ?? 0) + 1)
    tree.push(hash(body.addEvent(salt(), event)))
  }
  const entry = canonicalBytes({
    chunk: {
      broadcast,
      counts: Object.fromEntries(counts),
      first: new Date(first).toISOString(),
      last: new Date(last).toISOString(),
      root: base64(tree.root()),
      size: events.length,
    },
    room,
    sequence,
    v: 1,
  })
  return { entry, body: body.bytes() }
}

/** The leaf of a chunk; null where the entry is another kind of leaf. */
export const parseChunkLeaf = (entry: Uint8Array): ChunkLeaf | null => {
  const leaf = fromCanonical(entry) ?? undefined
  const chunk = isJsonObject(leaf) ? leaf['chunk'] : undefined
  if (!isJsonObject(leaf) || !isJsonObject(chunk)) return null
  const { room, sequence } = leaf
  const { broadcast, counts, first, last, size, root: rootText } = chunk
  const root = typeof rootText === 'string' ? fromBase64(rootText) : null
  if (
    typeof room !== 'string' ||
    typeof broadcast !== 'string' ||
    typeof first !== 'string' ||
    typeof last !== 'string' ||
    !isCount(sequence) ||
    !isCount(size) ||
    !isJsonObject(counts) ||
    !Object.values(counts).every(isCount) ||
    root?.length !== HASH_BYTES
  )
    return null
  const countOf = counts as Readonly<Record<string, number>>
  return { room, sequence, broadcast, counts: countOf, first, last, root, size }
}

/**
 * Checks a body against its leaf: the tree's root, the number, and the counts (with erased events,
 * that no more are left of a type than the leaf counts).
 * @returns the events in order, null for an erased one
 * @throws LedgerError `malformed-chunk`
 */
export const openChunk = (
  entry: Uint8Array,
  body: Uint8Array,
  hash: Sha256 = sha256,
): (JsonObject | null)[] => {
  const leaf = parseChunkLeaf(entry)
  const records = readChunk(body, hash)
  const root = rootOf(
    records.map((record) => record.hash),
    hash,
  )
  if (leaf === null || leaf.size !== records.length || !equalBytes(root, leaf.root))
    throw new LedgerError('malformed-chunk')
  const events = records.map(({ salted }) => (salted === null ? null : eventOf(salted)))
  const left = new Map(Object.entries(leaf.counts))
  for (const event of events)
    if (event !== null) {
      const { type } = event
      if (typeof type !== 'string') throw new LedgerError('malformed-chunk')
      const rest = (left.get(type) ?? 0) - 1
      if (rest < 0) throw new LedgerError('malformed-chunk')
      left.set(type, rest)
    }
  const unseen = [...left.values()].reduce((sum, rest) => sum + rest, 0)
  if (unseen !== events.filter((event) => event === null).length)
    throw new LedgerError('malformed-chunk')
  return events
}

/** The body without the content of these events. Erasing again changes nothing. */
export const eraseFromChunk = (
  body: Uint8Array,
  indices: ReadonlySet<number>,
  hash: Sha256 = sha256,
): Uint8Array => {
  const rest = new ChunkWriter(body.length)
  for (const [index, event] of readChunk(body, hash).entries())
    if (event.salted === null || indices.has(index)) rest.addErased(event.hash)
    else rest.addSalted(event.salted)
  return rest.bytes()
}

/**
 * What proves one event of a chunk to whoever holds the chunk's leaf.
 * @throws LedgerError `malformed-chunk`, `erased-event`; RangeError for an index outside the chunk
 */
export const proveInChunk = (
  body: Uint8Array,
  index: number,
  hash: Sha256 = sha256,
): { readonly salted: Uint8Array; readonly proof: Uint8Array[] } => {
  const records = readChunk(body, hash)
  const record = records[index]
  if (record === undefined) throw new RangeError(`event ${index} of ${records.length}`)
  if (record.salted === null) throw new LedgerError('erased-event', { index })
  const hashes = records.map((other) => other.hash)
  const proof = inclusionPath(index, 0, hashes.length).map(({ start, end }) =>
    rootOf(hashes.slice(start, end), hash),
  )
  return { salted: record.salted, proof }
}

/** The event, proved to be in the chunk. @throws LedgerError `malformed-chunk`, `not-included` */
export const checkInChunk = (
  entry: Uint8Array,
  index: number,
  salted: Uint8Array,
  proof: readonly Uint8Array[],
  hash: Sha256 = sha256,
): JsonObject => {
  checkRow(entry, index, leafHash(salted, hash), proof, hash)
  return eventOf(salted)
}

/** The same of an event that is known by its leaf hash alone: who it names stays hidden. */
export const checkRow = (
  entry: Uint8Array,
  index: number,
  row: Uint8Array,
  proof: readonly Uint8Array[],
  hash: Sha256 = sha256,
): void => {
  const leaf = parseChunkLeaf(entry)
  if (leaf === null || !isCount(index)) throw new LedgerError('malformed-chunk')
  const { size, root } = leaf
  const claim = { index: BigInt(index), size: BigInt(size), leaf: row, proof, root }
  if (!checkInclusion(claim, hash).ok) throw new LedgerError('not-included', { index })
}

const eventOf = (salted: Uint8Array): JsonObject => {
  const event = fromCanonical(salted.subarray(SALT_BYTES)) ?? undefined
  if (!isJsonObject(event)) throw new LedgerError('malformed-chunk')
  return event
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0
