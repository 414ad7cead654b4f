/**
 * Checking a whole log: every tile and every partial tile is recomputed from the entries (C2SP
 * tlog-tiles), and the root compared with the signed one. Where two objects contradict one another,
 * a third that commits to both says which was changed: the level above, or the signed root.
 */
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import { equalBytes } from './bytes.ts'
import { LedgerError } from './error.ts'
import { rootOf } from './frontier.ts'
import { leafHash, sha256, type Sha256 } from './hash.ts'
import {
  countAt,
  isFault,
  keyOf,
  listObjects,
  readEntries,
  readHashes,
  type Objects,
  type Reading,
} from './log-objects.ts'
import type { ObjectStore } from './object-store.ts'
import { openCheckpoint, type Policy, type TrustedCheckpoint } from './policy.ts'
import { CHECKPOINT_PATH, TILE_WIDTH, formatTilePath, type Tile } from './tiles.ts'
import { TreeBuilder, type BuiltTile } from './tree-builder.ts'

export type LogFailureCode =
  | 'missing'
  | 'malformed'
  | 'wrong-entries'
  | 'wrong-hashes'
  | 'disagree'
  | 'wrong-root'
  | 'unexpected'
  | 'unknown-signature'
  /** The checkpoint does not open under the policy; the sentence says why. */
  | 'checkpoint'

export type LogFailure = {
  /** Path of the object in the store. */
  readonly object: string
  readonly code: LogFailureCode
  readonly sentence: Sentence
}

export type LogReport = {
  /** Empty: everything holds. */
  readonly failures: readonly LogFailure[]
  /** Null where it does not open; then nothing else was checked. */
  readonly trusted: TrustedCheckpoint | null
  /** Objects of entries after the checkpoint: written, not yet signed, proved by nothing. */
  readonly unsigned: readonly string[]
}

export type VerifyLogOptions = {
  readonly hash?: Sha256
  /** Signatures of keys that the policy does not name are let pass, as C2SP verifiers do. */
  readonly allowUnknownSignatures?: boolean
  /** Called, in order, with the entries of each bundle that agrees with its hashes. */
  readonly onEntries?: (entries: readonly Uint8Array[], firstIndex: number) => void
}

/** @throws StoreError when an object cannot be read, which is not the same as not being there */
export const verifyLog = async (
  store: Pick<ObjectStore, 'read' | 'list'>,
  policy: Policy,
  { hash = sha256, allowUnknownSignatures = false, onEntries }: VerifyLogOptions = {},
): Promise<LogReport> => {
  const failures: LogFailure[] = []
  const fail: Fail = (object, code) => {
    failures.push({ object, code, sentence: say(`verify-log.${code}`) })
  }
  const note = await store.read(CHECKPOINT_PATH)
  if (note === null) fail(CHECKPOINT_PATH, 'missing')
  const trusted = note === null ? null : tryOpen(note, policy, failures)
  if (trusted === null) return { failures, trusted, unsigned: [] }
  if (!allowUnknownSignatures)
    for (const { name } of trusted.unknown)
      failures.push({
        object: CHECKPOINT_PATH,
        code: 'unknown-signature',
        sentence: say('verify-log.unknown-signature', { name }),
      })
  const { size, root } = trusted.checkpoint
  const objects = await listObjects(store, size)
  for (const path of objects.strange) fail(path, 'unexpected')
  const walk: Walk = { store, trusted, objects, builder: new TreeBuilder(hash), hash, fail }
  // False once 256 entries are lost altogether: then nothing leads to the root, but what follows
  // still has its own tile to answer to.
  let isWhole = true
  for (let index = 0; index * TILE_WIDTH < size; index += 1) {
    const { leaves, entries } = await checkBundle(walk, index, isWhole)
    if (entries !== null) onEntries?.(entries, index * TILE_WIDTH)
    isWhole &&= leaves !== null
    if (leaves === null) continue
    await checkOlderBundles(walk, index, leaves)
    const filled = walk.builder.push(leaves)
    if (isWhole) for (const built of filled) await checkTile(walk, built)
  }
  if (isWhole) {
    for (const built of walk.builder.edge()) await checkTile(walk, built)
    if (!equalBytes(walk.builder.root(), root)) fail(CHECKPOINT_PATH, 'wrong-root')
  }
  return { failures, trusted, unsigned: objects.unsigned }
}

/** What every step needs. */
type Walk = {
  readonly store: Reading
  readonly trusted: TrustedCheckpoint
  readonly objects: Objects
  readonly builder: TreeBuilder
  readonly hash: Sha256
  readonly fail: Fail
}

type Fail = (
  object: string,
  code: Exclude<LogFailureCode, 'checkpoint' | 'unknown-signature'>,
) => void

const tryOpen = (
  note: Uint8Array,
  policy: Policy,
  failures: LogFailure[],
): TrustedCheckpoint | null => {
  try {
    return openCheckpoint(note, policy)
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    const { sentence } = error
    failures.push({ object: CHECKPOINT_PATH, code: 'checkpoint', sentence })
    return null
  }
}

/**
 * One bundle against its level-0 tile. `leaves` are the hashes that hold, null where both are lost;
 * `entries` are null unless they agree with those.
 */
const checkBundle = async (walk: Walk, index: number, isWhole: boolean) => {
  const { store, trusted, hash, fail } = walk
  const width = Math.min(TILE_WIDTH, trusted.checkpoint.size - index * TILE_WIDTH)
  const tile: Tile = { level: 0, index, width }
  const bundle: Tile = { level: 'entries', index, width }
  const [bundlePath, tilePath] = [formatTilePath(bundle), formatTilePath(tile)]
  const entries = await readEntries(store, bundle)
  const hashes = await readHashes(store, tile)
  if (isFault(entries)) {
    fail(bundlePath, entries)
    if (isFault(hashes)) fail(tilePath, hashes)
    return { leaves: isFault(hashes) ? null : hashes, entries: null }
  }
  const leaves = entries.map((entry) => leafHash(entry, hash))
  // A tile that is missing or torn is named when the tree is checked.
  if (isFault(hashes) || areEqual(leaves, hashes)) return { leaves, entries }
  const isRight = await arbiter(walk, tile, isWhole)
  if (isRight(hashes)) {
    fail(bundlePath, 'wrong-entries')
    return { leaves: hashes, entries: null }
  }
  if (isRight(leaves)) return { leaves, entries }
  fail(bundlePath, 'disagree')
  fail(tilePath, 'disagree')
  return { leaves, entries: null }
}

/** Whether leaves of a level-0 tile are those that the tile above, or the signed root, commits to. */
const arbiter = async (
  { store, builder, trusted, hash }: Walk,
  { index, width }: Tile,
  isWhole: boolean,
): Promise<(leaves: readonly Uint8Array[]) => boolean> => {
  const { size, root } = trusted.checkpoint
  // The last, partial tile has no hash above it; then the root itself decides.
  if (width < TILE_WIDTH) return (leaves) => isWhole && equalBytes(builder.rootWith(leaves), root)
  const above = Math.floor(index / TILE_WIDTH)
  const aboveWidth = Math.min(TILE_WIDTH, countAt(1, size) - above * TILE_WIDTH)
  const hashes = await readHashes(store, { level: 1, index: above, width: aboveWidth })
  const parent = isFault(hashes) ? undefined : hashes[index % TILE_WIDTH]
  return (leaves) => parent !== undefined && equalBytes(rootOf(leaves, hash), parent)
}

/** The tile itself and every partial one that is still there from when it was smaller. */
const checkTile = async (
  { store, objects, fail }: Walk,
  { level, index, hashes }: BuiltTile,
): Promise<void> => {
  const older = objects.partial.get(keyOf({ level, index })) ?? []
  for (const width of new Set([hashes.length, ...older])) {
    const path = formatTilePath({ level, index, width })
    const stored = await readHashes(store, { level, index, width })
    if (isFault(stored)) fail(path, stored)
    else if (!areEqual(stored, hashes.slice(0, width))) fail(path, 'wrong-hashes')
  }
}

const checkOlderBundles = async (
  { store, objects, hash, fail }: Walk,
  index: number,
  leaves: readonly Uint8Array[],
): Promise<void> => {
  for (const width of objects.partial.get(keyOf({ level: 'entries', index })) ?? []) {
    if (width === leaves.length) continue
    const tile: Tile = { level: 'entries', index, width }
    const entries = await readEntries(store, tile)
    if (isFault(entries)) fail(formatTilePath(tile), entries)
    else {
      const hashes = entries.map((entry) => leafHash(entry, hash))
      if (!areEqual(hashes, leaves.slice(0, width))) fail(formatTilePath(tile), 'wrong-entries')
    }
  }
}

const areEqual = (a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean =>
  a.length === b.length && a.every((hash, i) => equalBytes(hash, b[i]!))
