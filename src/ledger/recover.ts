/**
 * Opening a log: head, tiles and checkpoint must agree. What is behind the head for want of a last
 * step is finished from the journal; what contradicts the head, or what others have seen, is refused.
 */
import { say } from '../language/say.ts'
import { equalBytes, fromUtf8, utf8 } from './bytes.ts'
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts'
import { Edge } from './edge.ts'
import { LedgerError } from './error.ts'
import { EMPTY_ROOT, type Sha256 } from './hash.ts'
import { BATCHES, formatHead, parseBatch, parseHead, type Head } from './head.ts'
import { LogError } from './log-error.ts'
import type { VerifierKey } from './note-key.ts'
import { openNote } from './note.ts'
import type { HeadStore, ObjectStore } from './object-store.ts'
import { CHECKPOINT_PATH, formatTilePath } from './tiles.ts'

export type Places = {
  readonly origin: string
  /** The public tree: `checkpoint`, `tile/…`. */
  readonly store: ObjectStore
  /** Where a batch waits between the swap of the head and its tiles; not public. */
  readonly journal: ObjectStore
  readonly head: HeadStore
  readonly verifier: VerifierKey
  readonly sha256: Sha256
}

export type Recovered = {
  readonly head: Head
  readonly edge: Edge
  /** The published note, null where it is not yet (or no longer) the head's. */
  readonly published: Uint8Array | null
}

/**
 * Checks the log, finishes what was left half done, and takes it over: from then on whoever opened
 * it before can swap the head no more. A refused opening takes nothing over.
 * `seen`: checkpoints of this log that others hold.
 * @throws LogError where what stands here is not the log that was signed; StoreError
 */
export const recover = async (
  places: Places,
  seen: readonly Uint8Array[] = [],
): Promise<Recovered> => {
  const { origin, store, head: second, sha256 } = places
  const note = await store.read(CHECKPOINT_PATH)
  const published = note === null ? null : openOwn(note, places)
  const kept = await second.read()
  const was = headOf(kept, published, origin)
  if (published !== null && published.size > was.size)
    throw new LogError(
      'head-behind',
      say('ledger.head-behind', { head: was.size, published: published.size }),
    )
  if (published?.size === was.size && !equalBytes(published.root, was.root))
    throw new LogError('forked', say('ledger.forked', { origin, size: was.size }))
  const edge = (await redo(places, was)) ?? (await Edge.load(store, was.size, sha256))
  if (edge === 'missing')
    throw new LogError('older-than-head', say('ledger.older-than-head', { size: was.size }))
  if (edge === 'damaged' || !equalBytes(edge.root(), was.root)) throw damaged(was.size)
  const others = seen.map((each) => openOwn(each, places))
  await compareWithSeen(places, was.size, published === null ? others : [published, ...others])
  const head = { ...was, term: was.term + 1 }
  if (!(await second.swap(kept, utf8(formatHead(head))))) throw fenced(origin)
  await sweepBatches(places.journal, head)
  return { head, edge, published: published?.size === head.size ? note : null }
}

/** With what was published, and what witnesses and mirrors hold: this key signed it all once. */
const compareWithSeen = async (
  { store, sha256, origin }: Pick<Places, 'store' | 'sha256' | 'origin'>,
  size: number,
  seen: readonly Checkpoint[],
): Promise<void> => {
  for (const other of seen) {
    if (other.origin !== origin) throw new LogError('foreign', say('ledger.foreign', { origin }))
    if (other.size > size)
      throw new LogError(
        'older-than-seen',
        say('ledger.older-than-seen', { size, seen: other.size }),
      )
    const edge = await Edge.load(store, other.size, sha256, size)
    if (typeof edge === 'string') throw damaged(other.size)
    if (!equalBytes(edge.root(), other.root))
      throw new LogError('forked', say('ledger.forked', { origin, size: other.size }))
  }
}

/** A checkpoint that this log's key signed. @throws LogError `foreign` */
const openOwn = (
  note: Uint8Array,
  { verifier, origin }: Pick<Places, 'verifier' | 'origin'>,
): Checkpoint => {
  try {
    const checkpoint = parseCheckpoint(openNote(note, [verifier]).text)
    if (checkpoint.origin === origin) return checkpoint
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
    throw new LogError('foreign', say('ledger.foreign', { origin }), { cause: error })
  }
  throw new LogError('foreign', say('ledger.foreign', { origin }))
}

/** What the second place holds; the head of nothing where nothing was published yet. */
const headOf = (kept: Uint8Array | null, published: Checkpoint | null, origin: string): Head => {
  if (kept !== null) return readHead(kept, origin)
  if (published !== null && published.size > 0)
    throw new LogError('head-behind', say('ledger.head-missing', { published: published.size }))
  return { origin, size: 0, root: EMPTY_ROOT, term: 0, batches: [] }
}

export const fenced = (origin: string) => new LogError('fenced', say('ledger.fenced', { origin }))

const damaged = (size: number) => new LogError('damaged', say('ledger.damaged', { size }))

const readHead = (kept: Uint8Array, origin: string): Head => {
  try {
    const head = parseHead(fromUtf8(kept) ?? '')
    if (head?.origin === origin) return head
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error
  }
  throw new LogError('foreign', say('ledger.foreign-head', { origin }))
}

/**
 * Does the last batches again: what of them stands is left, what is missing or torn is written. Null
 * where they cannot be told to lead to the head.
 */
const redo = async ({ store, journal, sha256 }: Places, head: Head): Promise<Edge | null> => {
  let edge: Edge | null = null
  for (const path of head.batches) {
    const bytes = await journal.read(path)
    const batch = bytes === null ? null : parseBatch(path, bytes)
    if (batch === null) return null
    if (edge === null) {
      const loaded: Edge | 'missing' | 'damaged' = await Edge.load(store, batch.from, sha256)
      if (typeof loaded === 'string') return null
      edge = loaded
    }
    if (edge.size !== batch.from) return null
    for (const entry of batch.entries) edge.push(entry)
  }
  if (edge === null || edge.size !== head.size || !equalBytes(edge.root(), head.root)) return null
  const missing = new Map<string, Uint8Array>()
  for (const { tile, bytes: due } of edge.cut()) {
    const path = formatTilePath(tile)
    const stands = await store.read(path)
    if (stands === null || !equalBytes(stands, due)) missing.set(path, due)
  }
  if (missing.size > 0) await store.write(missing)
  return edge
}

/** Batches of writers that were killed or lost the swap: no head will ever name them. */
const sweepBatches = async (journal: ObjectStore, head: Head): Promise<void> => {
  const strays: string[] = []
  for await (const path of journal.list(BATCHES))
    if (!head.batches.includes(path)) strays.push(path)
  if (strays.length > 0) await journal.remove(strays)
}
