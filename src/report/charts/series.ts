/** Fewer points for the eye: curves keep their peaks and troughs, counts keep their sums. */
import type { Series } from '../../engine/report.ts'

export type Point = readonly [at: number, value: number | null]

/**
 * At most about `limit` points. Of each stretch the lowest and the highest stay, in their order,
 * so that a spike of one sample is never averaged away; a stretch that begins with a gap keeps it.
 */
export const thin = (
  at: readonly number[],
  values: readonly (number | null)[],
  limit = 300,
): readonly Point[] => {
  const points = at.map((time, i): Point => [time, values[i] ?? null])
  if (points.length <= limit) return points
  const size = Math.ceil((2 * points.length) / limit)
  const kept: Point[] = []
  for (let from = 0; from < points.length; from += size)
    kept.push(...extremes(points.slice(from, from + size)))
  return kept
}

const extremes = (stretch: readonly Point[]): readonly Point[] => {
  const known = stretch.filter(([, value]) => value !== null)
  const first = stretch[0]
  if (known.length === 0 || first === undefined) return stretch.slice(0, 1)
  let low = known[0] ?? first
  let high = low
  for (const point of known) {
    if ((point[1] ?? 0) < (low[1] ?? 0)) low = point
    if ((point[1] ?? 0) > (high[1] ?? 0)) high = point
  }
  const pair = low[0] <= high[0] ? [low, high] : [high, low]
  const gap: readonly Point[] = first[1] === null ? [first] : []
  return [...gap, ...(low === high ? [low] : pair)]
}

/** Counts of a longer bucket each. */
export type Buckets = {
  readonly at: readonly number[]
  /** Length of a bucket, ms. */
  readonly bucketMs: number
  readonly names: readonly string[]
  /** By name, then by bucket; unknown counts as nothing here, for nothing can be drawn for it. */
  readonly counts: readonly (readonly number[])[]
}

/** Adds neighbouring buckets up until at most `limit` are left. */
export const merge = (series: Series, limit = 72): Buckets => {
  const size = Math.max(1, Math.ceil(series.at.length / limit))
  const at = series.at.filter((_, i) => i % size === 0)
  const names = Object.keys(series.values)
  const counts = names.map((name) => {
    const sums = at.map(() => 0)
    series.values[name]?.forEach((value, i) => {
      const bucket = Math.floor(i / size)
      if (bucket < sums.length) sums[bucket] = (sums[bucket] ?? 0) + (value ?? 0)
    })
    return sums
  })
  const [first = 0, second = first + 60_000] = series.at
  return { at, bucketMs: (second - first) * size, names, counts }
}
