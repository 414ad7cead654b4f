/**
 * The head in the second place, and the batch that it vouches for. The head is swapped before
 * anything of a batch becomes a tile, so tiles only ever hold what some head covers, and two writers
 * cannot overwrite one another (as Sunlight: staging, then the lock backend, then tiles).
 */
import { fromDecimal } from './bytes.ts'
import { formatCheckpoint, parseCheckpoint, type Checkpoint } from './checkpoint.ts'
import { encodeEntries } from './entry-bundle.ts'

export type Head = {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  /** Grows with every opening, so that whoever opened before can swap no more. */
  readonly term: number
  /**
   * Where the last batches lie in the journal, one after the other; none before the first. Two,
   * because one may be taken in while the tiles of the one before are being written.
   */
  readonly batches: readonly string[]
}

/** A checkpoint text with further lines, which keep it from ever being signed as one. */
export const formatHead = ({ origin, size, root, term, batches }: Head): string => {
  const extensions = [`term ${term}`, ...batches.map((path) => `batch ${path}`)]
  return formatCheckpoint({ origin, size, root, extensions })
}

/** Null for a checkpoint that is no head. @throws LedgerError `malformed-checkpoint` */
export const parseHead = (text: string): Head | null => {
  const { origin, size, root, extensions }: Checkpoint = parseCheckpoint(text)
  const [termLine, ...batchLines] = extensions
  const term = fromDecimal(/^term (.*)$/.exec(termLine ?? '')?.[1] ?? '')
  const batches = batchLines.map((line) => /^batch (.*)$/.exec(line)?.[1] ?? '')
  if (term === null || batches.includes('')) return null
  return { origin, size, root, term, batches }
}

export type Batch = { readonly from: number; readonly entries: readonly Uint8Array[] }

/** Where the journal keeps batches. */
export const BATCHES = 'batch/'

/** Named by the root it leads to: two batches from one place never have one name. */
export const batchPath = (from: number, to: number, rootHex: string): string =>
  `${BATCHES}${from}-${to}-${rootHex}`

/** Each entry after its length, 16 bits big-endian, as in an entry bundle but without its limit. */
export const encodeBatch = (entries: readonly Uint8Array[]): Uint8Array => encodeEntries(entries)

/** Null for a batch that is torn or not of that path. */
export const parseBatch = (path: string, bytes: Uint8Array): Batch | null => {
  const match = /^batch\/([0-9]+)-([0-9]+)-[0-9a-f]{64}$/.exec(path)
  const from = fromDecimal(match?.[1] ?? '')
  const to = fromDecimal(match?.[2] ?? '')
  if (from === null || to === null) return null
  const entries: Uint8Array[] = []
  let at = 0
  while (at + 2 <= bytes.length) {
    const end = at + 2 + ((bytes[at]! << 8) | bytes[at + 1]!)
    if (end > bytes.length) return null
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return at === bytes.length && entries.length === to - from ? { from, entries } : null
}
