/**
 * The recording in a bundle: the pieces that the selected leaves name, a playlist over them, and a
 * clip for every run of pieces that follow one another, since browsers do not play HLS from a disk.
 */
import { isJsonObject, type Json, type JsonObject } from '../ledger/canonical.ts'
import { utf8 } from '../ledger/bytes.ts'
import type { ObjectStore } from '../ledger/object-store.ts'
import { parseTime } from '../vocabulary/time.ts'
import type { BundlePlace } from './bundle-folder.ts'
import { joinedClip, MAX_CLIP_BYTES, remuxedClip, type ClipPart } from './clip.ts'
import { readSegment } from './segments.ts'

export type BundleClip = {
  /** Path in the bundle. */
  readonly path: string
  /** Programme time of its first frame, ms since the epoch. */
  readonly startsAt: number
  readonly durationMs: number
}

export type BundleRecording = {
  readonly clips: readonly BundleClip[]
  readonly pieces: number
  /** Pieces that were logged and are gone from the store. */
  readonly missing: number
}

/** `events`: those of type `live.segment.recorded` among the selected. */
export const writeRecording = async (
  events: readonly JsonObject[],
  store: Pick<ObjectStore, 'read'>,
  place: BundlePlace,
): Promise<BundleRecording> => {
  const pieces: Piece[] = []
  const inits = new Map<string, string>()
  let missing = 0
  for (const stated of events.map(statedOf).sort((a, b) => a.startsAt - b.startsAt)) {
    const bytes = await readSegment(store, stated.sha256)
    const init = stated.init === null ? null : await writeInit(stated.init, store, place, inits)
    if (bytes === null || (stated.init !== null && init === null)) {
      missing += 1
      continue
    }
    const path = freePath(
      `data/segments/${String(stated.sequence).padStart(6, '0')}`,
      bytes,
      pieces,
    )
    await place.write(path, bytes)
    pieces.push({ ...stated, path, bytes: bytes.length, initPath: init })
  }
  if (pieces.length > 0) await place.write('data/replay.m3u8', utf8(playlistOf(pieces)))
  return { clips: await writeClips(pieces, place), pieces: pieces.length, missing }
}

type Stated = {
  readonly sequence: number
  readonly durationMs: number
  readonly sha256: string
  readonly init: string | null
  readonly isDiscontinuous: boolean
  /** Milliseconds since the epoch. */
  readonly startsAt: number
}

type Piece = Stated & {
  readonly path: string
  readonly bytes: number
  readonly initPath: string | null
}

const statedOf = (event: JsonObject): Stated => {
  const data = isJsonObject(event['data']) ? event['data'] : {}
  const { sequence, durationMs, sha256, init, startsAt, discontinuous } = data
  return {
    sequence: Number(sequence),
    durationMs: Number(durationMs),
    sha256: textOf(sha256).toLowerCase(),
    init: init === undefined ? null : textOf(init).toLowerCase(),
    isDiscontinuous: discontinuous === true,
    startsAt: parseTime(textOf(startsAt)),
  }
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

const writeInit = async (
  sha256: string,
  store: Pick<ObjectStore, 'read'>,
  place: BundlePlace,
  inits: Map<string, string>,
): Promise<string | null> => {
  const known = inits.get(sha256)
  if (known !== undefined) return known
  const bytes = await readSegment(store, sha256)
  if (bytes === null) return null
  const path = `data/segments/init-${sha256.slice(0, 16)}.mp4`
  await place.write(path, bytes)
  inits.set(sha256, path)
  return path
}

/** MPEG-TS begins with its sync byte, a box of MP4 never does: it would be over a gigabyte long. */
const TS_SYNC = 0x47

const freePath = (stem: string, bytes: Uint8Array, taken: readonly Piece[]): string => {
  const ending = bytes[0] === TS_SYNC ? 'ts' : 'm4s'
  const again = taken.filter(({ path }) => path.startsWith(stem)).length
  return again === 0 ? `${stem}.${ending}` : `${stem}-${again}.${ending}`
}

/** RFC 8216, as a finished programme; every piece says when it was. */
const playlistOf = (pieces: readonly Piece[]): string => {
  const longest = Math.max(...pieces.map(({ durationMs }) => durationMs))
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.max(1, Math.ceil(longest / 1000))}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
  ]
  for (const [i, piece] of pieces.entries()) {
    const before = pieces[i - 1]
    if (before !== undefined && !follows(piece, before)) lines.push('#EXT-X-DISCONTINUITY')
    if (piece.initPath !== null && piece.initPath !== before?.initPath)
      lines.push(`#EXT-X-MAP:URI="${piece.initPath.slice('data/'.length)}"`)
    lines.push(
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(piece.startsAt).toISOString()}`,
      `#EXTINF:${(piece.durationMs / 1000).toFixed(3)},`,
      piece.path.slice('data/'.length),
    )
  }
  return `${lines.join('\n')}\n#EXT-X-ENDLIST\n`
}

const follows = (piece: Piece, before: Piece): boolean =>
  piece.sequence === before.sequence + 1 &&
  !piece.isDiscontinuous &&
  piece.initPath === before.initPath

const writeClips = async (
  pieces: readonly Piece[],
  place: BundlePlace,
): Promise<readonly BundleClip[]> => {
  const clips: BundleClip[] = []
  const files = await place.files()
  for (const run of runsOf(pieces)) {
    if (run.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_CLIP_BYTES) continue
    const partOf = async (path: string): Promise<ClipPart> => ({
      path,
      bytes: await files.read(path),
    })
    const parts: ClipPart[] = []
    for (const { path } of run) parts.push(await partOf(path))
    const { initPath, startsAt } = run[0]!
    const clip =
      initPath === null ? await remuxedClip(parts) : joinedClip(await partOf(initPath), parts)
    if (clip === null) continue
    const path = `data/clips/${clips.length + 1}.mp4`
    await place.write(path, clip.bytes)
    await place.write(path.replace(/mp4$/, 'json'), utf8(`${JSON.stringify(clip.recipe)}\n`))
    const durationMs = run.reduce((sum, piece) => sum + piece.durationMs, 0)
    clips.push({ path, startsAt, durationMs })
  }
  return clips
}

/** Pieces that follow one another without a break. */
const runsOf = (pieces: readonly Piece[]): readonly (readonly Piece[])[] => {
  const runs: Piece[][] = []
  for (const [i, piece] of pieces.entries()) {
    const before = pieces[i - 1]
    if (before !== undefined && follows(piece, before)) runs.at(-1)!.push(piece)
    else runs.push([piece])
  }
  return runs
}
