/**
 * Playing a recording back: a folder with the pieces and an HLS playlist (RFC 8216) that any player
 * opens. Every piece is checked against its digest on the way out; one that is gone or changed stays
 * a gap in the playlist (EXT-X-GAP), where the player and the reader can see it.
 */
import type { ObjectStore } from '../ledger/object-store.ts'
import type { Segment } from './facts.ts'
import { readSegment } from './segments.ts'

export const PLAYLIST_NAME = 'index.m3u8'

export type ReplayFile = { readonly name: string; readonly bytes: Uint8Array }

export type Replay = {
  readonly playlist: string
  /** Sequences of pieces that are gone or are not what the log says. */
  readonly missing: readonly number[]
}

/** Pieces of `segments` from `from` to `until`, ms of programme time, in order of their sequence. */
export const piecesBetween = (
  segments: Iterable<Segment>,
  from = Number.NEGATIVE_INFINITY,
  until = Number.POSITIVE_INFINITY,
): Segment[] =>
  [...segments]
    .filter(({ startsAtMs, durationMs }) => startsAtMs < until && startsAtMs + durationMs > from)
    .sort((x, y) => x.sequence - y.sequence)

/** Writes the files of a replay, a piece at a time, the playlist last. */
export const writeReplay = async (
  store: Pick<ObjectStore, 'read'>,
  segments: readonly Segment[],
  write: (file: ReplayFile) => Promise<void>,
): Promise<Replay> => {
  const rows: PlaylistRow[] = []
  const missing: number[] = []
  const inits = new Map<string, string>()
  for (const segment of segments) {
    const bytes = await readSegment(store, segment.sha256)
    const map = segment.init === undefined ? null : await initOf(store, segment.init, inits, write)
    const isGap = bytes === null || map === undefined
    const name = `${String(segment.sequence).padStart(6, '0')}.${extensionOf(bytes, segment)}`
    if (isGap) missing.push(segment.sequence)
    else await write({ name, bytes })
    rows.push({ segment, name, map: map ?? null, isGap })
  }
  const playlist = formatPlaylist(rows)
  await write({ name: PLAYLIST_NAME, bytes: new TextEncoder().encode(playlist) })
  return { playlist, missing }
}

export type PlaylistRow = {
  readonly segment: Segment
  readonly name: string
  readonly map: string | null
  readonly isGap: boolean
}

/** The name of the initialisation section, written once; undefined where it is gone. */
const initOf = async (
  store: Pick<ObjectStore, 'read'>,
  sha256: string,
  inits: Map<string, string>,
  write: (file: ReplayFile) => Promise<void>,
): Promise<string | undefined> => {
  const known = inits.get(sha256)
  if (known !== undefined) return known
  const bytes = await readSegment(store, sha256)
  if (bytes === null) return undefined
  const name = `init-${inits.size}.mp4`
  inits.set(sha256, name)
  await write({ name, bytes })
  return name
}

/** MPEG-TS packets begin with 0x47 (ISO 13818-1); what has an initialisation section is fMP4. */
const extensionOf = (bytes: Uint8Array | null, { init }: Segment): string =>
  init !== undefined || bytes?.[0] !== 0x47 ? 'm4s' : 'ts'

/** @param isOver false while pieces still come */
export const formatPlaylist = (rows: readonly PlaylistRow[], isOver = true): string => {
  const longestMs = Math.max(1000, ...rows.map(({ segment }) => segment.durationMs))
  const lines = [
    '#EXTM3U',
    // 8 for EXT-X-GAP.
    '#EXT-X-VERSION:8',
    // RFC 8216 §4.3.3.1: no piece, rounded to the second, is longer.
    `#EXT-X-TARGETDURATION:${Math.round(longestMs / 1000)}`,
    `#EXT-X-MEDIA-SEQUENCE:${rows[0]?.segment.sequence ?? 0}`,
    `#EXT-X-PLAYLIST-TYPE:${isOver ? 'VOD' : 'EVENT'}`,
  ]
  let map: string | null = null
  let endsAt: number | null = null
  for (const row of rows) {
    const { durationMs, startsAtMs, discontinuous } = row.segment
    if (endsAt !== null && discontinuous === true) lines.push('#EXT-X-DISCONTINUITY')
    if (row.map !== null && row.map !== map) lines.push(`#EXT-X-MAP:URI="${row.map}"`)
    if (startsAtMs !== endsAt)
      lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(startsAtMs).toISOString()}`)
    if (row.isGap) lines.push('#EXT-X-GAP')
    lines.push(`#EXTINF:${(durationMs / 1000).toFixed(3)},`, row.name)
    map = row.map ?? map
    endsAt = startsAtMs + durationMs
  }
  if (isOver) lines.push('#EXT-X-ENDLIST')
  return `${lines.join('\n')}\n`
}
