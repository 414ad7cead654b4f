/**
 * Making an evidence bundle: a BagIt folder (RFC 8493) for a broadcast, a complaint or an order, that
 * whoever receives it can check offline with tools that are not ours. verify-bundle.ts is what it
 * must pass, and is run on it before it is handed over.
 *
 * A bundle discloses what the matter needs: everything of the matter itself, and of the scene around
 * it what was said, not by whom. The other digests stay, and can be disclosed later.
 */
import { TAG_MANIFEST } from '../ledger/bagit.ts'
import type { BundleReport } from '../ledger/bundle-report.ts'
import { fromUtf8, utf8 } from '../ledger/bytes.ts'
import { isJsonObject, type Json } from '../ledger/canonical.ts'
import { parseCheckpoint } from '../ledger/checkpoint.ts'
import { parseNote } from '../ledger/note.ts'
import type { ObjectStore } from '../ledger/object-store.ts'
import { readEntries } from '../ledger/rooms.ts'
import { AUTHORITIES, CHECKPOINT, POLICY, verifyBundle } from '../ledger/verify-bundle.ts'
import { writeBag, writeTagManifest } from './bundle-bag.ts'
import {
  writeEntries,
  writeSnapshots,
  type BundleEntry,
  type Disclose,
  type EntrySource,
} from './bundle-entries.ts'
import type { BundlePlace } from './bundle-folder.ts'
import { writeRecording, type BundleRecording } from './bundle-recording.ts'
import { factsOf, selectLeaves, type BundleMatter, type Selection } from './bundle-selection.ts'
import { remakeClip } from './clip.ts'
import { nodeSha256 } from './sha256.ts'
import { checkTimestamp } from './timestamp.ts'

export type BundleSource = EntrySource & {
  readonly segments: Pick<ObjectStore, 'read'>
  /** tlog-policy text that the checkpoint meets. */
  readonly policy: string
}

export type BundleRequest = {
  readonly matter: BundleMatter
  /** Before and after each moment in question. */
  readonly marginMs: number
  readonly disclose: Disclose
  /** Milliseconds since the epoch. */
  readonly madeAt: number
  readonly version: string
  /** A time-stamping authority: gives a token (RFC 3161 response) for the bytes. */
  readonly stamp?: {
    readonly token: (data: Uint8Array) => Promise<Uint8Array>
    /** Its certificates, PEM. */
    readonly authorities: string
  }
  /** Draws `index.html`. */
  readonly page: (facts: BundleFacts) => string
}

/** What the page of a bundle shows. */
export type BundleFacts = {
  readonly matter: BundleMatter
  readonly broadcast: string | null
  readonly madeAt: number
  readonly selection: Selection
  readonly recording: BundleRecording
  readonly entries: readonly BundleEntry[]
  /** The check of everything but the page itself. */
  readonly report: BundleReport
}

export class BundleError extends Error {
  readonly code: 'unknown-matter' | 'does-not-verify'
  readonly report: BundleReport | null
  constructor(code: BundleError['code'], message: string, report: BundleReport | null = null) {
    super(message)
    this.code = code
    this.report = report
  }
}

/**
 * Writes the whole bundle to an empty place.
 * @throws BundleError `unknown-matter`, `does-not-verify`; LedgerError, StoreError, VaultError where
 *   the ledger cannot be read
 */
export const writeBundle = async (
  source: BundleSource,
  request: BundleRequest,
  place: BundlePlace,
): Promise<BundleReport> => {
  const size = parseCheckpoint(parseNote(source.checkpoint).text).size
  const selection = await selectLeaves(
    () => leavesOf(source, size),
    request.matter,
    request.marginMs,
  )
  if (selection === null)
    throw new BundleError('unknown-matter', `the log has no ${request.matter.kind} of this id`)
  const entries = await writeEntries(source, size, selection, request.disclose, place)
  const events = entries.flatMap(({ leaf }) => (isJsonObject(leaf['event']) ? [leaf['event']] : []))
  const pieces = events.filter(({ type }) => type === 'live.segment.recorded')
  const recording = await writeRecording(pieces, source.segments, place)
  await writeSnapshots(entries, place)
  await place.write(CHECKPOINT, source.checkpoint)
  await place.write(POLICY, utf8(source.policy))
  if (request.stamp !== undefined) {
    await place.write(AUTHORITIES, utf8(request.stamp.authorities))
    await place.write(`${CHECKPOINT}.tsr`, await request.stamp.token(source.checkpoint))
  }
  await writeBag({ ...request, isStamped: request.stamp !== undefined }, place)
  const checks = { hash: nodeSha256, checkTimestamp, remakeClip }
  const report = await verifyBundle(await place.files(), checks)
  if (report.failures.length > 0)
    throw new BundleError('does-not-verify', 'the bundle does not pass its own check', report)
  const { matter, madeAt } = request
  const { broadcast } = selection
  const facts = { matter, broadcast, madeAt, selection, recording, entries, report }
  await place.write('index.html', utf8(request.page(facts)))
  const tags = await writeTagManifest(place)
  if (request.stamp !== undefined)
    await place.write(`${TAG_MANIFEST}.tsr`, await request.stamp.token(tags))
  return verifyBundle(await place.files(), checks)
}

const leavesOf = async function* ({ log }: BundleSource, size: number) {
  let index = 0
  for await (const entry of readEntries(log, 0, size)) {
    const facts = factsOf(jsonOf(entry))
    if (facts !== null) yield { index, facts }
    index += 1
  }
}

const jsonOf = (entry: Uint8Array): Json => {
  try {
    return JSON.parse(fromUtf8(entry) ?? 'null') as Json
  } catch {
    return null
  }
}
