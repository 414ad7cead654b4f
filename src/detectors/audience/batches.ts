/**
 * Accounts made in a batch. Sign-up dates of a real audience spread over years; accounts for sale
 * are registered by the thousand in a few days (Thomas et al., "Trafficking Fraudulent Accounts",
 * USENIX Security 2013). Very young accounts may also be the fruit of a new-user promotion, which
 * is why youth alone weighs little.
 */
import { surpriseBans } from '../../sketches/poisson.ts'
import { say } from '../../language/say.ts'
import { LEAST_VIEWS, ratioBans, spanOf, type Cohort } from './cohort.ts'
import type { Profile } from './profile.ts'

const DAY_MS = 86_400_000
const WIDTHS_DAYS = [1, 3, 7] as const
/** The oldest dates of all are where records begin, or what a record says that has none. */
const LEAST_OLDER = 0.02
const LEAST_RATIO = 5
const LEAST_SURPRISE_BANS = 8
const SHORT_DAYS = 3
const MANY_SPANS = 6
/** Younger than this may simply have come for the promotion. */
const YOUNG_DAYS = 30

export const batches = (profile: Profile): Cohort[] => {
  const created = new Map<number, number>()
  const dayOf = (row: number) => Math.floor(profile.startAt[row]! / DAY_MS - profile.ageDays[row]!)
  const dated = profile.rows.filter(
    (row) => !Number.isNaN(profile.ageDays[row]!) && profile.first[row] === 1,
  )
  if (dated.length < LEAST_VIEWS * 2) return []
  for (const row of dated) created.set(dayOf(row), (created.get(dayOf(row)) ?? 0) + 1)
  const today = Math.floor(profile.until / DAY_MS)
  const spans = scan(created, today, Math.max(LEAST_VIEWS, dated.length * 0.005)).filter(
    ({ from }) => dated.filter((row) => dayOf(row) < from).length >= LEAST_OLDER * dated.length,
  )
  return spans.map(({ from, until, observed, expected }): Cohort => {
    const rows = profile.rows.filter((row) => {
      const day = dayOf(row)
      return day >= from && day < until
    })
    const young = today - from <= YOUNG_DAYS
    // A week is how schools and campaigns register people; and a room with many such weeks has
    // such a population. Neither is a batch until a second family says so.
    const seasonal = until - from > SHORT_DAYS || spans.length >= MANY_SPANS
    return {
      name: 'batch',
      family: 'account',
      rows,
      observed,
      expected,
      bans: ratioBans(observed, expected, 0.8, young ? 1 : 2),
      needs: young || seasonal ? 'second-family' : 'nothing',
      rival: 'ordinary-audience',
      text: say('batch.observed', {
        count: observed,
        days: until - from,
        from: new Date(from * DAY_MS).toISOString().slice(0, 10),
        expected: Math.round(expected * 10) / 10,
      }),
      ...spanOf(rows, profile.startAt),
    }
  })
}

/** Windows of sign-up days that hold far more than days of like age, greedily, no overlap. */
const scan = (created: ReadonlyMap<number, number>, today: number, least: number) => {
  const found: {
    from: number
    until: number
    observed: number
    expected: number
    surprise: number
  }[] = []
  const sum = (from: number, until: number) => {
    let total = 0
    for (let day = from; day < until; day += 1) total += created.get(day) ?? 0
    return total
  }
  for (const width of WIDTHS_DAYS) {
    const seen = new Set<number>()
    for (const day of created.keys()) {
      for (let from = day - width + 1; from <= day; from += 1) {
        if (seen.has(from)) continue
        seen.add(from)
        const observed = sum(from, from + width)
        if (observed < least) continue
        const expected = usual(sum, from, width, today)
        const surprise = surpriseBans(observed, expected)
        if (observed >= LEAST_RATIO * expected && surprise >= LEAST_SURPRISE_BANS)
          found.push({ from, until: from + width, observed, expected, surprise })
      }
    }
  }
  found.sort((x, y) => y.surprise - x.surprise || x.from - y.from)
  const chosen: typeof found = []
  for (const span of found)
    if (!chosen.some((other) => span.from < other.until && other.from < span.until))
      chosen.push(span)
  return chosen.slice(0, 16)
}

/** The median of windows of the same width at like ages (half to double), at least a half. */
const usual = (
  sum: (from: number, until: number) => number,
  from: number,
  width: number,
  today: number,
) => {
  const age = Math.max(4, today - from)
  const reach = Math.max(4 * width, Math.ceil(age / 2))
  const stride = Math.max(width, Math.ceil((2 * reach) / 24))
  const around: number[] = []
  for (let at = from - reach; at <= from + reach; at += stride)
    if (at + width <= from || at >= from + width) if (at <= today) around.push(sum(at, at + width))
  around.sort((x, y) => x - y)
  const mean = around.reduce((total, x) => total + x, 0) / Math.max(1, around.length)
  return Math.max(
    around[around.length >> 1] ?? 0,
    Math.min(mean, 2 * (around[around.length >> 1] ?? 0) + 1),
    0.5,
  )
}
