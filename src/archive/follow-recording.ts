/** A source that is followed, into the archive until it ends. */
import type { Followed } from './hls.ts'
import { SEAM_MS, type Recordings } from './recordings.ts'
import { sha256Hex } from './sha256.ts'

/**
 * Records everything a source gives until it ends. Where an earlier recorder left off, what it has
 * recorded already is passed over, and the time between is put on file as missing. `onFollowed` hears
 * of each thing after it is durable.
 */
export const recordFollowed = async (
  recordings: Recordings,
  broadcast: string,
  followed: AsyncIterable<Followed>,
  onFollowed: (what: Followed) => void = () => {},
): Promise<{ readonly pieces: number; readonly disturbances: number }> => {
  const earlier = recordings.of(broadcast)
  const known = new Set(earlier.map(({ sourceSequence, sha256 }) => `${sourceSequence}:${sha256}`))
  let endedAt = earlier.reduce(
    (last, { startsAtMs, durationMs }) => Math.max(last, startsAtMs + durationMs),
    Number.NEGATIVE_INFINITY,
  )
  let [pieces, disturbances] = [0, 0]
  for await (const what of followed) {
    if (what.kind === 'disturbance') {
      await recordings.disturb(broadcast, what.disturbance)
      disturbances += 1
    } else if (!known.has(`${what.sourceSequence}:${sha256Hex(what.bytes)}`)) {
      const isAway = Number.isFinite(endedAt)
      const awayMs = isAway ? what.startsAt - endedAt : 0
      if (awayMs > SEAM_MS) {
        const note = 'the recorder was away'
        await recordings.disturb(broadcast, { kind: 'jump', durationMs: awayMs, note })
        disturbances += 1
      }
      endedAt = Number.NEGATIVE_INFINITY
      const isDiscontinuous = what.isDiscontinuous || isAway
      await recordings.add(broadcast, { ...what, isDiscontinuous })
      pieces += 1
    }
    onFollowed(what)
  }
  return { pieces, disturbances }
}
