/**
 * People present over time, observed and genuine: a sweep over starts and ends on a fixed grid, so
 * that three million views cost one pass and no sort.
 */
import type { Room } from '../detectors/room.ts'
import { GenuineCount } from '../judgement/interval.ts'
import type { RoomScores } from '../judgement/suspicions.ts'
import type { Interval } from '../vocabulary/finding.ts'

/** At most this many points a curve; each at least half a minute wide. */
const MOST_POINTS = 240
const LEAST_STEP_MS = 30_000

export type Grid = { readonly from: number; readonly stepMs: number; readonly points: number }

/** The broadcast cut into equal steps; from its first to its last sign where it was not announced. */
export const gridOf = (room: Room): Grid => {
  const from = Number.isNaN(room.startedAt) ? room.firstAt : room.startedAt
  const until = Number.isNaN(room.endedAt) ? room.lastAt : room.endedAt
  if (!(until > from))
    return { from: Number.isNaN(from) ? 0 : from, stepMs: LEAST_STEP_MS, points: 1 }
  const stepMs = Math.max(LEAST_STEP_MS, Math.ceil((until - from) / MOST_POINTS / 1000) * 1000)
  return { from, stepMs, points: Math.ceil((until - from) / stepMs) + 1 }
}

export const bucketOf = (grid: Grid, at: number): number =>
  Math.min(grid.points - 1, Math.max(0, Math.floor((at - grid.from) / grid.stepMs)))

export type Presence = {
  readonly observed: Float64Array
  readonly genuine: Float64Array
  readonly peak: { readonly observed: number; readonly genuine: Interval }
}

export const presenceOf = (room: Room, scores: RoomScores, grid: Grid): Presence => {
  const { startAt, leftAt, lastAt } = room.views.columns
  const observed = new Float64Array(grid.points + 1)
  const genuine = new Float64Array(grid.points + 1)
  const endOf = (row: number) => (leftAt[row]! >= startAt[row]! ? leftAt[row]! : lastAt[row]!)
  for (let row = 0; row < room.views.length; row += 1) {
    if (Number.isNaN(startAt[row]!)) continue
    // Counted in the buckets whose beginning it saw: a visit between two beginnings is in none.
    const first = Math.max(0, Math.ceil((startAt[row]! - grid.from) / grid.stepMs))
    const last = Math.min(grid.points, Math.floor((endOf(row) - grid.from) / grid.stepMs) + 1)
    if (last <= first) continue
    const weight = 1 - scores.views.probability[row]!
    observed[first]! += 1
    observed[last]! -= 1
    genuine[first]! += weight
    genuine[last]! -= weight
  }
  let top = 0
  for (let i = 1; i < grid.points; i += 1) {
    observed[i]! += observed[i - 1]!
    genuine[i]! += genuine[i - 1]!
    if (observed[i]! > observed[top]!) top = i
  }
  const atPeak = new GenuineCount()
  const moment = grid.from + top * grid.stepMs
  for (let row = 0; row < room.views.length; row += 1)
    if (startAt[row]! <= moment && endOf(row) >= moment)
      atPeak.add(1, scores.views.probability[row]!)
  return {
    observed: observed.subarray(0, grid.points),
    genuine: genuine.subarray(0, grid.points),
    peak: { observed: atPeak.observed, genuine: atPeak.interval() },
  }
}
