/**
 * Broadcasts that the service records by itself: an HLS playlist each, followed from the start of the
 * service until the playlist ends or the source refuses. A source that is not there yet is waited for,
 * one that dies may come back. What could not be made durable is taken again: the playlist still has
 * it, or its absence goes on file.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { recordFollowed } from '../archive/follow-recording.ts'
import { followHls } from '../archive/hls.ts'
import type { Recordings } from '../archive/recordings.ts'
import { placeOf } from '../archive/source.ts'

export type RecordedSource = {
  readonly broadcast: string
  /** URL of a playlist, its file, or a folder with `index.m3u8` in it. */
  readonly place: string
}

export type RecordOptions = {
  readonly sources: readonly RecordedSource[]
  /** Hosts that pieces may come from beside those of the playlists. */
  readonly hosts: readonly string[]
  readonly recordings: Recordings
  readonly now: () => number
  readonly failed: (what: string, error: unknown) => void
  readonly againMs?: number
}

export type Recording = {
  /** Resolves when what is being stored is durable. */
  readonly stop: () => Promise<void>
  /** Resolves when every source has ended. */
  readonly done: Promise<void>
}

const AGAIN_MS = 5_000

export const recordSources = (options: RecordOptions): Recording => {
  const stopping = new AbortController()
  const all = Promise.all(options.sources.map((one) => recordOne(one, options, stopping.signal)))
  const done = all.then(() => undefined)
  return {
    done,
    stop: () => {
      stopping.abort()
      return done
    },
  }
}

const recordOne = async (
  { broadcast, place }: RecordedSource,
  { hosts, recordings, now, failed, againMs = AGAIN_MS }: RecordOptions,
  signal: AbortSignal,
): Promise<void> => {
  const sleep = (ms: number) => wait(ms, undefined, { signal })
  while (!signal.aborted)
    try {
      const giveUpAfterMs = Number.POSITIVE_INFINITY
      const followed = followHls({ ...placeOf(place, hosts), now, sleep, signal, giveUpAfterMs })
      await recordFollowed(recordings, broadcast, followed)
      return
    } catch (error) {
      if (signal.aborted) return
      failed(`recording ${broadcast}`, error)
      await sleep(againMs).catch(() => {})
    }
}
