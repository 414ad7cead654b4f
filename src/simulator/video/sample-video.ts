/**
 * The recording of a sample broadcast: four seconds a piece, two pictures a second, each with the time
 * of day in it, so that anybody sees which second is shown. Real video (H.264 in fragmented MP4), made
 * here without an encoder. Pure.
 */
import { encodePictures } from './h264.ts'
import { fragment, initialisation } from './mp4.ts'
import { drawPicture } from './picture.ts'

export const PIECE_MS = 4_000
const EACH_MS = 500

/** What a player needs before the first piece. */
export const sampleInit = (): Uint8Array => initialisation()

export type SampleMoment = {
  readonly sequence: number
  /** When the recording begins, ms from the epoch; a whole second. */
  readonly beganAt: number
  /** What the clock in the picture adds to UTC, minutes. */
  readonly offsetMinutes: number
}

/** Begins `sequence` pieces after the recording does. */
export const samplePiece = ({ sequence, beganAt, offsetMinutes }: SampleMoment): Uint8Array => {
  const sinceMs = sequence * PIECE_MS
  const pictures = Array.from({ length: PIECE_MS / EACH_MS }, (_, i) => {
    const at = beganAt + sinceMs + i * EACH_MS
    return drawPicture(clockOf(at + offsetMinutes * 60_000), at % 1000 < 500)
  })
  return fragment(sequence, sinceMs, EACH_MS, encodePictures(pictures))
}

/** `HH:MM:SS` of an instant in UTC. */
const clockOf = (at: number): string => new Date(at).toISOString().slice(11, 19)
