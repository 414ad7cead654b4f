/** Any transcript by what it looks like, not by its name: JSON, or timed text (WebVTT, SubRip). */
import type { Captions } from './cue.ts'
import { readJsonTranscript } from './json.ts'
import { readTimedText } from './timed-text.ts'

/** @throws CaptionError for a text that is no transcript */
export const readCaptions = (source: string): Captions =>
  /^\ufeff?\s*[[{]/.test(source) ? readJsonTranscript(source) : readTimedText(source)

/** `00:01:02.500`, for a hit that is shown at a second of the recording. */
export const clockOf = (ms: number): string => {
  const whole = Math.max(0, Math.round(ms))
  const [h, m, s] = [whole / 3_600_000, (whole / 60_000) % 60, (whole / 1000) % 60]
  return `${two(h)}:${two(m)}:${two(s)}.${String(whole % 1000).padStart(3, '0')}`
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
