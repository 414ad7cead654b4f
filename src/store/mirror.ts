/**
 * A full copy of somebody else's log, kept by whoever must be able to show it when they no longer
 * do. Everything is recomputed from the entries; what contradicts the copy is refused and kept as
 * evidence: two checkpoints under one key that no proof joins.
 */
import { say } from '../language/say.ts'
import { equalBytes } from '../ledger/bytes.ts'
import type { Checkpoint } from '../ledger/checkpoint.ts'
import { decodeEntries } from '../ledger/entry-bundle.ts'
import { LedgerError } from '../ledger/error.ts'
import { Edge, type PlacedTile } from '../ledger/edge.ts'
import type { Sha256 } from '../ledger/hash.ts'
import { LogError } from '../ledger/log-error.ts'
import { checkConsistency } from '../ledger/merkle.ts'
import type { ObjectStore } from '../ledger/object-store.ts'
import { openCheckpoint, type Policy } from '../ledger/policy.ts'
import { proveConsistency, tileHashReader } from '../ledger/prove.ts'
import { CHECKPOINT_PATH, formatTilePath, tilesOf, TILE_WIDTH } from '../ledger/tiles.ts'

export type MirrorOptions = {
  readonly source: Pick<ObjectStore, 'read'>
  /** The copy, in the same layout. */
  readonly target: ObjectStore
  /** Where checkpoints are kept that contradict it. */
  readonly contradictions: ObjectStore
  /** The mirror's own: the log's key, and the witnesses it wants to see. */
  readonly policy: Policy
  readonly sha256: Sha256
  readonly onProgress?: (size: number, of: number) => void
}

export type Mirrored = { readonly origin: string; readonly from: number; readonly to: number }

/** Entries fetched before their full tiles are put down: the memory that a long catch-up takes. */
const STRIDE = 16 * TILE_WIDTH

/**
 * Brings the copy up to the source's checkpoint.
 * @throws LogError `forked`, `older-than-seen` (the source went back), `damaged` (it does not serve
 *   what its checkpoint covers); LedgerError where the checkpoint does not satisfy the policy; StoreError
 */
export const follow = async (options: MirrorOptions): Promise<Mirrored> => {
  const { source, target, policy, sha256 } = options
  const note = await source.read(CHECKPOINT_PATH)
  if (note === null) throw new LogError('no-ledger', say('witness.nothing-served'))
  const { checkpoint } = openCheckpoint(note, policy)
  const kept = await target.read(CHECKPOINT_PATH)
  const before = kept === null ? null : openCheckpoint(kept, { ...policy, quorum: null }).checkpoint
  const from = before?.size ?? 0
  if (before !== null) await continues(options, before, checkpoint, note)
  const edge = await Edge.load(target, from, sha256)
  if (typeof edge === 'string') throw new LogError('damaged', say('ledger.damaged', { size: from }))
  await copy(options, edge, checkpoint)
  await target.write(placed(edge.cut()))
  if (!equalBytes(edge.root(), checkpoint.root)) {
    await target.remove([...tilesOf(checkpoint.size, from)].map(formatTilePath))
    throw new LogError('damaged', say('witness.served-otherwise', { size: checkpoint.size }))
  }
  // Cosignatures may have come to a checkpoint that is held already.
  if (kept === null || !equalBytes(kept, note))
    await target.write(new Map([[CHECKPOINT_PATH, note]]))
  return { origin: checkpoint.origin, from, to: checkpoint.size }
}

/** The new checkpoint continues the one held, or both are kept and it is refused. */
const continues = async (
  { source, contradictions, sha256 }: MirrorOptions,
  before: Checkpoint,
  now: Checkpoint,
  note: Uint8Array,
): Promise<void> => {
  const { origin } = now
  if (now.origin !== before.origin)
    throw new LogError('foreign', say('ledger.foreign', { origin: before.origin }))
  if (now.size < before.size) {
    const sizes = { size: now.size, seen: before.size }
    throw new LogError('older-than-seen', say('witness.went-back', { origin, ...sizes }))
  }
  if (before.size === 0) return
  const read = tileHashReader(source, now.size, { hash: sha256 })
  const proof = await proveConsistency(read, before.size, now.size, sha256).catch((error) => {
    if (!(error instanceof LedgerError)) throw error
    throw new LogError('damaged', say('witness.served-otherwise', { size: now.size }), {
      cause: error,
    })
  })
  const { ok } = checkConsistency({
    from: BigInt(before.size),
    to: BigInt(now.size),
    fromRoot: before.root,
    toRoot: now.root,
    proof,
  })
  if (ok) return
  await contradictions.write(
    new Map([[`${now.size}-${Buffer.from(now.root).toString('hex')}`, note]]),
  )
  throw new LogError(
    'forked',
    say('witness.forked', { origin, before: before.size, now: now.size }),
  )
}

/** Entries from the edge to the checkpoint; full tiles go down on the way, unsigned until the end. */
const copy = async (
  { source, target, onProgress }: MirrorOptions,
  edge: Edge,
  { size }: Checkpoint,
): Promise<void> => {
  while (edge.size < size) {
    const index = Math.floor(edge.size / TILE_WIDTH)
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const entries = await readBundle(source, index, width)
    if (entries === null) throw new LogError('damaged', say('witness.served-otherwise', { size }))
    for (const entry of entries.slice(edge.size % TILE_WIDTH)) edge.push(entry)
    if (edge.size % STRIDE !== 0) continue
    onProgress?.(edge.size, size)
    const full = edge.cut().filter(({ tile }) => tile.width === TILE_WIDTH)
    await target.write(placed(full))
  }
}

const readBundle = async (
  source: Pick<ObjectStore, 'read'>,
  index: number,
  width: number,
): Promise<Uint8Array[] | null> => {
  const tile = { level: 'entries', index, width } as const
  const partial = await source.read(formatTilePath(tile))
  const bundle = partial ?? (await source.read(formatTilePath({ ...tile, width: TILE_WIDTH })))
  try {
    const entries = bundle === null ? [] : decodeEntries(bundle).slice(0, width)
    return entries.length === width ? entries : null
  } catch (error) {
    if (error instanceof LedgerError) return null
    throw error
  }
}

const placed = (tiles: readonly PlacedTile[]) =>
  new Map(tiles.map(({ tile, bytes }) => [formatTilePath(tile), bytes]))
