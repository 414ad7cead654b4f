/** When a delivery is tried again: the schedule that the Standard Webhooks specification suggests. */
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** After the first attempt, the second, …; after the last of them it is a dead letter. */
export const WAITS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const

/** Part of a wait that jitter adds at most: receivers that fell together do not rise together. */
const JITTER = 0.2
const MOST_WAIT_MS = 24 * HOUR * (1 + JITTER)

/**
 * @param attempts made so far, from 1 · @param random in [0, 1)
 * @param askedMs what the receiver asked for; counts where it is longer, up to a day
 * @returns ms, or null where it is given up
 */
export const waitAfter = (attempts: number, random: number, askedMs = 0): number | null => {
  const wait = WAITS_MS[attempts - 1]
  if (wait === undefined) return null
  return Math.min(MOST_WAIT_MS, Math.max(askedMs, Math.round(wait * (1 + JITTER * random))))
}
