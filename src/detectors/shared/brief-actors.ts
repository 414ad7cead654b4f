/**
 * Accounts that act though they were hardly there. Some people do that too: how many is foretold by
 * the room itself, from those who left as quickly without acting and from how often people who stayed
 * a little longer act. Only the excess over that weighs.
 */
import type { Presence } from './dwell.ts'

export type Brief = {
  /** By account row, 1 for one that acted and hardly was there. */
  readonly has: Uint8Array
  /** Weight of each such account, bans; and how many of them people would have been. */
  readonly bans: number
  readonly expected: number
}

/** People who stayed this long are the control: long enough to act, short enough to compare. */
const CONTROL_FROM_MS = 10_000
const CONTROL_UNTIL_MS = 300_000
/** At least this share of control accounts is granted to act, whatever the room shows. */
const LEAST_RATE = 0.05
/** And added to both counts, so that a few accounts say little. */
const SMOOTHING = 2

/**
 * @param acted by account row: does it show the act at all.
 * @param briefMs a stay shorter than this is hardly being there.
 * @param mostBans model error: an account's stay may be misread.
 */
export const briefActors = (
  there: Presence,
  acted: (account: number) => boolean,
  briefMs: number,
  mostBans: number,
): Brief => {
  const size = there.dwellMs.length
  const has = new Uint8Array(size)
  let [found, bounced, control, controlActed] = [0, 0, 0, 0]
  for (let i = 0; i < size; i += 1) {
    const dwell = there.dwellMs[i]!
    const isBrief = Number.isNaN(dwell) ? there.isComplete : there.isMeasured && dwell < briefMs
    const does = acted(i)
    if (isBrief && does) {
      has[i] = 1
      found += 1
    } else if (isBrief) bounced += 1
    if (!(dwell >= CONTROL_FROM_MS && dwell < CONTROL_UNTIL_MS)) continue
    control += 1
    if (does) controlActed += 1
  }
  const rate = Math.min(0.9, Math.max(LEAST_RATE, control === 0 ? 0 : controlActed / control))
  const expected = (bounced * rate) / (1 - rate)
  const ratio = (found + SMOOTHING) / (expected + SMOOTHING)
  return { has, expected, bans: Math.min(mostBans, Math.max(0, Math.log10(ratio))) }
}
