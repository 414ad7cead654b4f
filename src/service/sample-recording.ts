/**
 * The recording of one of the sample's rooms: each piece goes in by the same door as anybody's when it
 * is over, and those from before the start of the service at once.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Recordings } from '../archive/recordings.ts'
import { PIECE_MS, sampleInit, samplePiece } from '../simulator/video/sample-video.ts'
import type { Player } from './sample.ts'

export type SampleRecordingOptions = {
  readonly recordings: Pick<Recordings, 'storeInit' | 'push'>
  readonly broadcast: string
  /** ms from the epoch. */
  readonly startsAt: number
  readonly endsAt: number
  /** Whether the broadcast is on record: its pieces come after it. */
  readonly isKnown: () => boolean
  readonly now: () => number
  readonly failed: (what: string, error: unknown) => void
}

const LOOK_MS = 250

export const recordSample = (options: SampleRecordingOptions): Player => {
  const stopping = new AbortController()
  return { done: record(options, stopping.signal), stop: () => stopping.abort() }
}

/** The picture's clock is that of the place where the service runs. */
const record = async (options: SampleRecordingOptions, signal: AbortSignal): Promise<void> => {
  const { recordings, broadcast, endsAt, isKnown, now, failed } = options
  const pause = (ms: number) => wait(ms, undefined, { signal, ref: false }).catch(() => {})
  const beganAt = Math.ceil(options.startsAt / 1000) * 1000
  const offsetMinutes = -new Date(beganAt).getTimezoneOffset()
  let init: string | null = null
  for (let sequence = 0; !signal.aborted;) {
    const startsAt = beganAt + sequence * PIECE_MS
    if (startsAt + PIECE_MS > endsAt) return
    const waitMs = isKnown() ? startsAt + PIECE_MS - now() : LOOK_MS
    if (waitMs > 0) {
      await pause(waitMs)
      continue
    }
    try {
      const bytes = new Uint8Array(samplePiece({ sequence, beganAt, offsetMinutes }))
      init ??= await recordings.storeInit(sampleInit())
      const times = { startsAt, durationMs: PIECE_MS, isDiscontinuous: false }
      await recordings.push(broadcast, { ...times, sequence, bytes, init })
      sequence += 1
    } catch (error) {
      if (signal.aborted) return
      failed('sample recording', error)
      await pause(PIECE_MS)
    }
  }
}
