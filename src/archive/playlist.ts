/**
 * HLS media playlists (RFC 8216; EXT-X-GAP from its second edition), read with hls-parser into just
 * what a recorder needs. A playlist is written by whoever is being recorded, so every figure in it is
 * checked before use.
 */
import HLS from 'hls-parser'

/** Sources in the wild break small rules all the time; what matters is checked below. */
HLS.setOptions({ strictMode: false, silent: true })

export type ByteRange = { readonly offset: number; readonly length: number }
export type Resource = { readonly uri: string; readonly range: ByteRange | null }

export type Piece = Resource & {
  /** EXT-X-MEDIA-SEQUENCE of the playlist plus the place in it. */
  readonly sequence: number
  readonly durationMs: number
  /** EXT-X-PROGRAM-DATE-TIME, ms; null where the piece carries none. */
  readonly at: number | null
  readonly isGap: boolean
  readonly isDiscontinuous: boolean
  readonly isEncrypted: boolean
  /** EXT-X-MAP. */
  readonly init: Resource | null
}

export type MediaPlaylist = {
  readonly kind: 'media'
  readonly pieces: readonly Piece[]
  readonly targetMs: number
  readonly hasEnded: boolean
}

export type Playlist = MediaPlaylist | { readonly kind: 'master'; readonly media: string }

/** Not a playlist, or none that can be followed; the message says why, in English, for the record. */
export class PlaylistError extends Error {}

const MAX_PIECES = 100_000
const MAX_TARGET_SECONDS = 600

/** @throws PlaylistError */
export const parsePlaylist = (text: string): Playlist => {
  const playlist = parsed(text)
  if (playlist.isMasterPlaylist) return { kind: 'master', media: best(playlist) }
  const { segments, targetDuration, endlist } = playlist
  if (segments.length > MAX_PIECES) throw new PlaylistError(`${segments.length} segments`)
  if (!(targetDuration > 0 && targetDuration <= MAX_TARGET_SECONDS))
    throw new PlaylistError(`a target duration of ${targetDuration} s`)
  return {
    kind: 'media',
    // A trailing part list without a URI is no segment yet.
    pieces: segments.filter(({ uri }) => uri !== '').map(pieceOf),
    targetMs: targetDuration * 1000,
    hasEnded: endlist,
  }
}

const parsed = (text: string): HLS.types.MasterPlaylist | HLS.types.MediaPlaylist => {
  if (!text.startsWith('#EXTM3U')) throw new PlaylistError('no #EXTM3U in the first line')
  try {
    // The parser cannot bear titles outside Latin-1, and nobody needs them here.
    return HLS.parse(text.replaceAll(/^(#EXTINF:[^,\r\n]*).*$/gm, '$1,'))
  } catch (error) {
    throw new PlaylistError(error instanceof Error ? error.message : String(error), {
      cause: error,
    })
  }
}

/** The variant of the highest bandwidth whose sound is in the same segments. */
const best = ({ variants }: HLS.types.MasterPlaylist): string => {
  const whole = variants.filter(
    ({ isIFrameOnly, audio, uri }: Partial<HLS.types.Variant>) =>
      typeof uri === 'string' &&
      isIFrameOnly !== true &&
      (audio ?? []).every((sound) => sound.uri === undefined),
  )
  const [first] = whole.sort((x, y) => y.bandwidth - x.bandwidth || 0)
  if (first === undefined)
    throw new PlaylistError('no variant with sound and picture in one; give a media playlist')
  return first.uri
}

const pieceOf = (segment: HLS.types.Segment): Piece => {
  const { uri, mediaSequenceNumber: sequence, duration, programDateTime, map, key } = segment
  const at = programDateTime?.getTime() ?? Number.NaN
  if (!Number.isSafeInteger(sequence) || sequence < 0)
    throw new PlaylistError(`a media sequence of ${sequence}`)
  if (!(duration >= 0 && duration <= MAX_TARGET_SECONDS))
    throw new PlaylistError(`a segment of ${duration} s`)
  return {
    uri,
    range: rangeOf(segment.byterange),
    sequence,
    durationMs: Math.round(duration * 1000),
    at: Number.isNaN(at) ? null : at,
    isGap: segment.gap === true,
    isDiscontinuous: segment.discontinuity === true,
    isEncrypted: (key?.method ?? 'NONE') !== 'NONE',
    init: map?.uri === undefined ? null : { uri: map.uri, range: rangeOf(map.byterange) },
  }
}

const rangeOf = (range: { offset: number; length: number } | undefined): ByteRange | null => {
  if (range === undefined) return null
  // EXT-X-MAP without an offset begins at the start of its resource (RFC 8216 §4.3.2.5).
  const { length } = range
  const offset = Math.max(0, range.offset)
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || length < 1)
    throw new PlaylistError(`a byte range of ${length} at ${offset}`)
  return { offset, length }
}
