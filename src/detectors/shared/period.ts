/**
 * When a crowd was at it. Those that a detector picked out are picked with error, and who was picked by
 * mistake comes at any time of the evening: the first and the last of all would tell of the likeliest
 * mistake. A crowd is told from them by coming faster. Its usual rate is that of the shortest span
 * that holds half of them all (the shorth of Andrews et al. 1972: right for as long as not every other
 * is a mistake); it begins with the first after whom a tenth as many came as usual, and ends with the
 * last before whom a tenth as many went (the full width at a tenth of the height, as peaks are
 * measured). So a trickle counts from its first hour on, a second wave belongs to it, and a crowd that
 * stays keeps its beginning however long the evening grows.
 */
const CORE = 1 / 2
const TENTH = 1 / 10
/** No beginning is told more finely than by the minute, ms; and one alone is none. */
const MINUTE_MS = 60_000
const LEAST = 2

/**
 * @param starts ms, in any order; neither is changed
 * @param ends ms, each of them of the start at its place; the starts themselves for what has no length
 * @returns ms; NaN of an empty crowd
 */
export const periodOf = (
  starts: Float64Array,
  ends: Float64Array = starts,
): { from: number; until: number } => {
  const from = beginningOf(starts.toSorted())
  const until = -beginningOf(ends.map((at) => -at).sort())
  return { from, until: Math.max(from, until) }
}

const beginningOf = (sorted: Float64Array): number => {
  const many = Math.ceil(sorted.length * CORE)
  let shortestMs = Number.POSITIVE_INFINITY
  for (let i = many; i <= sorted.length; i += 1)
    shortestMs = Math.min(shortestMs, sorted[i - 1]! - sorted[i - many]!)
  const perMs = many / Math.max(shortestMs, MINUTE_MS)
  const few = Math.min(sorted.length, Math.max(LEAST, Math.ceil(perMs * MINUTE_MS * TENTH)))
  const withinMs = few / (perMs * TENTH)
  const first = sorted.findIndex((at, i) => sorted[i + few - 1]! - at <= withinMs)
  // Two have no rate.
  return sorted[Math.max(0, first)] ?? Number.NaN
}
