/**
 * What the page showed, in order of time, and what follows from it alone. Little's law (Little 1961):
 * people present = arrivals × mean stay, whatever the pattern of arrivals; so the page's own two
 * figures say how long a viewer stayed on average.
 */
import type { Room } from '../room.ts'

export type Point = { readonly at: number; readonly value: number; readonly row: number }

type Figure = 'concurrent' | 'viewers' | 'likes' | 'orders' | 'sales'

/** Every showing of one figure, by time. */
export const shown = (room: Room, figure: Figure): readonly Point[] => {
  const { at } = room.displays.columns
  const values = room.displays.columns[figure]
  const points: Point[] = []
  for (let row = 0; row < room.displays.length; row += 1)
    if (!Number.isNaN(values[row]!)) points.push({ at: at[row]!, value: values[row]!, row })
  return points.sort((a, b) => a.at - b.at || a.value - b.value)
}

/** Half a unit of the last digit shown: "6.8万" is 68,000 ± 500. A plain 5,392 is exact. */
export const rounding = (value: number): number => {
  if (value < 1000) return 0
  let unit = 1
  while (value % (unit * 10) === 0) unit *= 10
  return unit === 1 ? 0 : unit / 2
}

export type Stay = {
  /** Mean stay that the display implies, ms: the kindest reading. */
  readonly meanMs: number
  /** ∫ people present dt, person-ms, and the growth of the cumulative figure. */
  readonly presentMs: number
  readonly arrivals: number
  readonly from: number
  readonly until: number
  /** Cumulative figure shown at `from`. */
  readonly before: number
}

/** Shorter than this, most people shown have not had time to leave. */
const LEAST_WINDOW_MS = 600_000
/** A gap between two showings of the concurrent figure beyond which it is not interpolated. */
const MAX_GAP_MS = 600_000

/** undefined where the display does not show both figures for long enough. */
export const impliedStay = (room: Room): Stay | undefined => {
  const concurrent = shown(room, 'concurrent')
  const viewers = shown(room, 'viewers')
  if (concurrent.length < 2 || viewers.length < 2) return undefined
  const from = Math.max(concurrent[0]!.at, viewers[0]!.at)
  const until = Math.min(concurrent.at(-1)!.at, viewers.at(-1)!.at)
  if (until - from < LEAST_WINDOW_MS) return undefined
  let presentMs = 0
  for (let i = 1; i < concurrent.length; i += 1) {
    const [a, b] = [concurrent[i - 1]!, concurrent[i]!]
    const ms = Math.min(b.at, until) - Math.max(a.at, from)
    if (ms <= 0) continue
    if (b.at - a.at > MAX_GAP_MS) return undefined
    // The larger of the two ends: what the gap may have held at the least surprise.
    presentMs += ms * Math.max(a.value, b.value)
  }
  const before = lastUntil(viewers, from)
  const after = lastUntil(viewers, until)
  const arrivals = after.value - rounding(after.value) - (before.value + rounding(before.value))
  if (arrivals <= 0) return undefined
  // People still present at the end have not finished their stay: count departures if they are fewer.
  const grown = lastUntil(concurrent, until).value - lastUntil(concurrent, from).value
  const stays = Math.max(1, Math.min(arrivals, arrivals - grown))
  return { meanMs: presentMs / stays, presentMs, arrivals, from, until, before: before.value }
}

const lastUntil = (points: readonly Point[], at: number): Point => {
  let found = points[0]!
  for (const point of points) if (point.at <= at) found = point
  return found
}
