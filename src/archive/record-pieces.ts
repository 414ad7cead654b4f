/**
 * Pieces of a recording into the archive: bytes first, then the leaf that vouches for them. Numbers
 * are gap-free from 0 in each broadcast and go on where an earlier recorder stopped.
 */
import type { DataOf } from '../vocabulary/event.ts'
import type { Archive } from './archive.ts'
import type { Followed } from './hls.ts'
import type { Recorded } from './recorder.ts'
import { segmentUri, storeSegment } from './segments.ts'
import { sha256Hex } from './sha256.ts'

export type Piece = Extract<Followed, { readonly kind: 'piece' }>
export type RecordedPiece = Recorded & { readonly segment: DataOf<'live.segment.recorded'> }

const RECORDER_SOURCE = '/assay/recorder'

/** The number that the next piece of a broadcast gets. */
export const nextSequence = (archive: Archive, broadcast: string): number => {
  const segments = archive.facts.broadcasts.get(broadcast)?.segments
  // Recorded in order and never forgotten, so the count is the next number.
  return segments?.size ?? 0
}

/** Durable and logged on return. Pieces of one broadcast must come one after another. */
export const recordPiece = async (
  archive: Archive,
  broadcast: string,
  piece: Omit<Piece, 'kind' | 'sourceSequence'> & { readonly sourceSequence?: number },
): Promise<RecordedPiece> => {
  const { bytes, init, startsAt, durationMs, isReckoned, isDiscontinuous, sourceSequence } = piece
  const pieces = init === null ? [bytes] : [bytes, init]
  const [sha256, initSha256] = await storeSegment(archive.parts.segments, ...pieces)
  const sequence = nextSequence(archive, broadcast)
  const segment = {
    sequence,
    durationMs,
    bytes: bytes.length,
    sha256: sha256!,
    uri: segmentUri(sha256!),
    startsAt: new Date(startsAt).toISOString(),
    ...(initSha256 !== undefined && { init: initSha256 }),
    ...(isDiscontinuous && { discontinuous: true }),
    ...(isReckoned && { startsAtReckoned: true }),
    ...(sourceSequence !== undefined && { sourceSequence }),
  }
  const recorded = await archive.record({
    ...envelope(broadcast, `segment-${sequence}`),
    type: 'live.segment.recorded',
    time: new Date(startsAt).toISOString(),
    data: segment,
  })
  return { ...recorded, segment }
}

/**
 * Records everything a source gives until it ends. Where an earlier recorder left off, what it has
 * recorded already is passed over, and the time between is put on file as missing. `onFollowed` hears
 * of each thing after it is durable.
 */
export const recordFollowed = async (
  archive: Archive,
  broadcast: string,
  followed: AsyncIterable<Followed>,
  onFollowed: (what: Followed) => void = () => {},
): Promise<{ readonly pieces: number; readonly disturbances: number }> => {
  const earlier = [...(archive.facts.broadcasts.get(broadcast)?.segments.values() ?? [])]
  const known = new Set(earlier.map(({ sourceSequence, sha256 }) => `${sourceSequence}:${sha256}`))
  let endedAt = earlier.reduce(
    (last, { startsAtMs, durationMs }) => Math.max(last, startsAtMs + durationMs),
    Number.NEGATIVE_INFINITY,
  )
  let [pieces, disturbances] = [0, 0]
  for await (const what of followed) {
    if (what.kind === 'disturbance') {
      await recordDisturbance(archive, broadcast, what.disturbance)
      disturbances += 1
    } else if (!known.has(`${what.sourceSequence}:${sha256Hex(what.bytes)}`)) {
      const isAway = Number.isFinite(endedAt)
      const awayMs = isAway ? what.startsAt - endedAt : 0
      if (awayMs > SEAM_MS) {
        const note = 'the recorder was away'
        await recordDisturbance(archive, broadcast, { kind: 'jump', durationMs: awayMs, note })
        disturbances += 1
      }
      endedAt = Number.NEGATIVE_INFINITY
      const isDiscontinuous = what.isDiscontinuous || isAway
      await recordPiece(archive, broadcast, { ...what, isDiscontinuous })
      pieces += 1
    }
    onFollowed(what)
  }
  return { pieces, disturbances }
}

/** Clocks of a source drift; less than this is no time missing. */
const SEAM_MS = 1000

const recordDisturbance = async (
  archive: Archive,
  broadcast: string,
  disturbance: Omit<DataOf<'live.recording.disturbed'>, 'beforeSequence'>,
): Promise<void> => {
  const count = archive.facts.broadcasts.get(broadcast)?.disturbances.length ?? 0
  await archive.record({
    ...envelope(broadcast, `disturbance-${count}`),
    type: 'live.recording.disturbed',
    time: new Date(archive.parts.now()).toISOString(),
    data: { ...disturbance, beforeSequence: nextSequence(archive, broadcast) },
  })
}

/** Ids say what they number, so that a repeat can be told from a new piece. */
const envelope = (broadcast: string, id: string) =>
  ({
    specversion: '1.0',
    id: `${broadcast}/${id}`.slice(-128),
    source: RECORDER_SOURCE,
    subject: broadcast,
  }) as const
