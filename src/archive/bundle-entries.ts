/**
 * The entries of a bundle with their proofs, what is disclosed of them, telemetry, and snapshots of
 * orders and prices. What a bundle discloses is decided here.
 */
import {
  DISCLOSURES_FILE,
  EVENTS_FILE,
  formatDisclosures,
  proofPath,
} from '../ledger/check-entries.ts'
import { formatTelemetry, telemetryPath } from '../ledger/check-telemetry.ts'
import { readChunk } from '../ledger/chunk-body.ts'
import { parseChunkLeaf } from '../ledger/chunk.ts'
import { fromUtf8, utf8 } from '../ledger/bytes.ts'
import { canonical, isJsonObject, type Json, type JsonObject } from '../ledger/canonical.ts'
import { openDisclosure } from '../ledger/disclosure.ts'
import type { ObjectStore } from '../ledger/object-store.ts'
import { openLeaf } from '../ledger/open-leaf.ts'
import { proveInclusion, tileHashReader } from '../ledger/prove.ts'
import { readEntries } from '../ledger/rooms.ts'
import { TILE_WIDTH } from '../ledger/tiles.ts'
import { formatTlogProof } from '../ledger/tlog-proof.ts'
import type { BundlePlace } from './bundle-folder.ts'
import type { Selection } from './bundle-selection.ts'
import { nodeSha256 } from './sha256.ts'
import type { Vault } from './vault.ts'

export type EntrySource = {
  readonly log: Pick<ObjectStore, 'read'>
  readonly vault: Vault
  /** A signed and cosigned note; entries after its size are not looked at. */
  readonly checkpoint: Uint8Array
}

/** `needed`: of the scene around the matter, words but no persons. */
export type Disclose = 'needed' | 'all'

export type BundleEntry = {
  readonly index: number
  readonly leaf: JsonObject
  /** Digests without a disclosure. */
  readonly hidden: number
}

/** `size`: of the log under the checkpoint. */
export const writeEntries = async (
  source: EntrySource,
  size: number,
  selection: Selection,
  disclose: Disclose,
  place: BundlePlace,
): Promise<readonly BundleEntry[]> => {
  const readHashes = tileHashReader(source.log, size, { hash: nodeSha256 })
  const checkpoint = fromUtf8(source.checkpoint) ?? ''
  const entries: BundleEntry[] = []
  const lines: Uint8Array[] = []
  const disclosed: string[] = []
  let bucket = -1
  let leaves: readonly Uint8Array[] = []
  let kept: readonly (readonly string[])[] = []
  for (const { index, type, isTied } of selection.leaves) {
    if (Math.floor(index / TILE_WIDTH) !== bucket) {
      bucket = Math.floor(index / TILE_WIDTH)
      const from = bucket * TILE_WIDTH
      leaves = await all(readEntries(source.log, from, Math.min(size, from + TILE_WIDTH)))
      kept = await source.vault.bucket(bucket)
    }
    const entry = leaves[index % TILE_WIDTH]!
    const disclosures = (kept[index % TILE_WIDTH] ?? []).filter(
      (one) =>
        disclose === 'all' ||
        isTied ||
        (SPOKEN.has(type) && SPOKEN_FIELDS.has(openDisclosure(one).name)),
    )
    const opened = openLeaf(entry, disclosures, nodeSha256)
    entries.push({ index, leaf: opened.leaf, hidden: opened.hidden.length })
    lines.push(entry, LINE_FEED)
    // Telemetry names persons all through: it goes along only with everything else.
    if (disclose === 'all' && parseChunkLeaf(entry) !== null)
      await writeTelemetry(source.vault, index, place)
    disclosed.push(`${formatDisclosures({ index, disclosures })}\n`)
    const hashes = await proveInclusion(readHashes, index, size, nodeSha256)
    await place.write(proofPath(index), utf8(formatTlogProof({ index, hashes, checkpoint })))
  }
  await place.write(EVENTS_FILE, new Uint8Array(Buffer.concat(lines)))
  await place.write(DISCLOSURES_FILE, utf8(disclosed.join('')))
  return entries
}

/** Snapshots repeat what was agreed and what was offered (M26-16), so that nothing needs decoding. */
export const writeSnapshots = async (entries: readonly BundleEntry[], place: BundlePlace) => {
  for (const [file, types] of SNAPSHOTS) {
    const rows = entries
      .filter(({ leaf: { event } }) => isJsonObject(event) && isOf(types, event['type']))
      .map(({ index, leaf }) => `  ${canonical({ index, leaf })}`)
    if (rows.length > 0)
      await place.write(`data/snapshots/${file}.json`, utf8(`[\n${rows.join(',\n')}\n]\n`))
  }
}

/** Of the scene: what was said and written in public, and the host who said it; no other persons. */
const SPOKEN = new Set([
  'live.broadcast.started',
  'live.caption.spoken',
  'live.comment.posted',
  'live.comment.removed',
  'live.promise.made',
])
const SPOKEN_FIELDS = new Set(['text', 'speaker', 'account', 'note'])

const writeTelemetry = async (vault: Vault, index: number, place: BundlePlace) => {
  const body = await vault.body(index)
  if (body === null) return
  const lines = readChunk(body, nodeSha256).map(({ salted, hash }) => formatTelemetry(salted, hash))
  await place.write(telemetryPath(index), utf8(`${lines.join('\n')}\n`))
}

const LINE_FEED = Uint8Array.of(0x0a)

const all = async <T>(items: AsyncIterable<T>): Promise<readonly T[]> => {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

const SNAPSHOTS: readonly (readonly [file: string, types: RegExp])[] = [
  ['orders', /^live\.(order|refund)\./],
  ['prices', /^live\.(product\.(listed|withdrawn)|price\.set|coupon\.issued|promise\.made)$/],
]

const isOf = (types: RegExp, type: Json | undefined) => typeof type === 'string' && types.test(type)
