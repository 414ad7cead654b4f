/** The curves of a broadcast, on one grid, for reports. */
import { ENTRIES } from '../vocabulary/index.ts'
import type { OrderTable } from '../detectors/tables/orders.ts'
import type { Room } from '../detectors/room.ts'
import type { RoomScores } from '../judgement/suspicions.ts'
import { bucketOf, type Grid, type Presence } from './presence.ts'
import type { BroadcastAudit, Series } from './report.ts'

export const seriesOf = (
  room: Room,
  scores: RoomScores,
  grid: Grid,
  presence: Presence,
  orders: OrderTable,
  orderRows: Uint32Array,
): BroadcastAudit['series'] => ({
  audience: audience(room, grid, presence),
  arrivals: arrivals(room, grid),
  likes: sums(
    grid,
    room.likes.length,
    room.likes.columns.at,
    room.likes.columns.count,
    scores.likes.probability,
  ),
  comments: sums(
    grid,
    room.comments.length,
    room.comments.columns.at,
    undefined,
    scores.comments.probability,
  ),
  orders: ordersSeries(grid, orders, orderRows),
})

const times = (grid: Grid): number[] =>
  Array.from({ length: grid.points }, (_, i) => grid.from + i * grid.stepMs)

const audience = (room: Room, grid: Grid, presence: Presence): Series => {
  const displayed: (number | null)[] = Array.from({ length: grid.points }, () => null)
  const { at, concurrent } = room.displays.columns
  const latest = new Float64Array(grid.points).fill(Number.NaN)
  for (let row = 0; row < room.displays.length; row += 1) {
    if (Number.isNaN(concurrent[row]!)) continue
    const bucket = bucketOf(grid, at[row]!)
    if (latest[bucket]! > at[row]!) continue
    // Equal times: the larger, so that the order of reading does not matter.
    displayed[bucket] =
      latest[bucket] === at[row]!
        ? Math.max(displayed[bucket] ?? 0, concurrent[row]!)
        : concurrent[row]!
    latest[bucket] = at[row]!
  }
  const hasViews = room.views.joined > 0
  return {
    at: times(grid),
    values: {
      displayed,
      observed: Array.from(presence.observed, (value) => (hasViews ? value : null)),
      genuine: Array.from(presence.genuine, (value) => (hasViews ? Math.round(value) : null)),
    },
  }
}

const arrivals = (room: Room, grid: Grid): Series => {
  const { startAt, entry } = room.views.columns
  const counts = new Map<string, number[]>()
  for (let row = 0; row < room.views.length; row += 1) {
    if (Number.isNaN(startAt[row]!)) continue
    const name = ENTRIES[entry[row]! - 1] ?? 'unknown'
    let curve = counts.get(name)
    if (curve === undefined)
      counts.set(name, (curve = Array.from({ length: grid.points }, () => 0)))
    curve[bucketOf(grid, startAt[row]!)]! += 1
  }
  return {
    at: times(grid),
    values: Object.fromEntries([...counts].sort(([x], [y]) => (x < y ? -1 : 1))),
  }
}

const sums = (
  grid: Grid,
  length: number,
  at: Float64Array,
  amount: Uint32Array | undefined,
  probability: Float64Array,
): Series => {
  const observed = new Float64Array(grid.points)
  const genuine = new Float64Array(grid.points)
  for (let row = 0; row < length; row += 1) {
    const bucket = bucketOf(grid, at[row]!)
    const count = amount === undefined ? 1 : amount[row]!
    observed[bucket]! += count
    genuine[bucket]! += count * (1 - probability[row]!)
  }
  return {
    at: times(grid),
    values: {
      observed: Array.from(observed),
      genuine: Array.from(genuine, (value) => Math.round(value)),
    },
  }
}

const ordersSeries = (grid: Grid, orders: OrderTable, rows: Uint32Array): Series => {
  const paid = Array.from({ length: grid.points }, () => 0)
  const refunded = Array.from({ length: grid.points }, () => 0)
  const { paidAt, placedAt, refundedAt } = orders.columns
  for (const row of rows) {
    const at = Number.isNaN(paidAt[row]!) ? placedAt[row]! : paidAt[row]!
    if (!Number.isNaN(at)) paid[bucketOf(grid, at)]! += 1
    // Refunds after the end fall outside the curve; the figures hold them all.
    if (refundedAt[row]! <= grid.from + grid.points * grid.stepMs)
      refunded[bucketOf(grid, refundedAt[row]!)]! += 1
  }
  return { at: times(grid), values: { paid, refunded } }
}

/** Dwell of views with a known end, in steps that grow by half. */
export const dwellOf = (room: Room, scores: RoomScores): BroadcastAudit['dwell'] => {
  const edges = [0, 5]
  while (edges.at(-1)! < 43_200) edges.push(Math.round((edges.at(-1)! * 1.3) / 5 + 1) * 5)
  const { startAt, leftAt, lastAt } = room.views.columns
  const bars = edges.slice(0, -1).map((from, i) => ({
    fromSeconds: from,
    untilSeconds: edges[i + 1]!,
    genuine: 0,
    suspected: 0,
  }))
  for (let row = 0; row < room.views.length; row += 1) {
    const end = leftAt[row]! >= startAt[row]! ? leftAt[row]! : lastAt[row]!
    const stay = (end - startAt[row]!) / 1000
    if (Number.isNaN(stay)) continue
    let low = 0
    let high = bars.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (edges[middle]! <= stay) low = middle
      else high = middle - 1
    }
    const bar = bars[low]!
    if (scores.views.probability[row]! >= 0.5) bar.suspected += 1
    else bar.genuine += 1
  }
  while (bars.length > 0 && bars.at(-1)!.genuine + bars.at(-1)!.suspected === 0) bars.pop()
  return bars
}
