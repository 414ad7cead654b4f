/**
 * Stays that are too alike. Human viewing times spread smoothly over decades (log-normal or
 * Weibull; Sripanidkulchai et al., IMC 2004; Veloso et al., IMC 2002), so a length of stay that
 * holds several times more views than its neighbours is a programme, not a habit.
 *
 * Innocent ways to the same picture are taken out first: the end of the broadcast, everybody
 * leaving at one moment (a draw is over, the network fails), and clients that count in steps.
 */
import { surpriseBans } from '../../sketches/poisson.ts'
import { say } from '../../language/say.ts'
import { LEAST_VIEWS, ratioBans, spanOf, type Cohort } from './cohort.ts'
import type { Profile } from './profile.ts'

const LEAST_RATIO = 3
/** A chance of 1 in 10^8 per window: some 10^5 windows are tried. */
const LEAST_SURPRISE_BANS = 8
const MOST_STAY_SECONDS = 43_200
/** Shorter stays are bounces: people do decide within the same few seconds. */
const LEAST_STAY_SECONDS = 20
/** A window wider than this share of the stay is no longer "the same length". */
const MOST_WIDTH_SHARE = 0.05
/** Steps in which clients may count, s. */
const STEPS = [60, 30, 20, 15, 10, 5] as const
const WIDTHS = [1, 3, 7, 15, 31] as const
const MOST_SPIKES = 12

export const spikes = (profile: Profile): Cohort[] => {
  const usable = departures(profile)
  if (usable.length < LEAST_VIEWS * 2) return []
  const step = stepOf(usable, profile.stay)
  const counts = new Float64Array(MOST_STAY_SECONDS / step + 2)
  for (const row of usable) counts[cell(profile.stay[row]!, step)]! += 1
  const found: Cohort[] = []
  const spans = scan(counts, Math.max(LEAST_VIEWS, usable.length * 0.004), step)
  for (const span of dropHeaping(spans, step)) {
    const rows = usable.filter((row) => {
      const at = cell(profile.stay[row]!, step)
      return at >= span.from && at < span.until
    })
    found.push({
      name: 'spike',
      family: 'behaviour',
      rows,
      observed: span.observed,
      expected: span.expected,
      bans: ratioBans(span.observed, span.expected, 1.2, 2),
      needs: 'nothing',
      rival: 'client-timer',
      text: say('spike.observed', {
        count: span.observed,
        stay: { ms: ((span.from + span.until - 1) / 2) * step * 1000 },
        width: { ms: (span.until - span.from) * step * 1000 },
        expected: Math.round(span.expected * 10) / 10,
      }),
      ...spanOf(rows, profile.startAt),
    })
  }
  return found
}

/** Views that left by themselves, at a moment when not everybody did. */
const departures = (profile: Profile): Uint32Array => {
  const BIN_MS = 10_000
  const bins = new Map<number, number>()
  for (const row of profile.rows) {
    if (profile.departed[row] === 0) continue
    const bin = Math.floor(profile.endAt[row]! / BIN_MS)
    bins.set(bin, (bins.get(bin) ?? 0) + 1)
  }
  const together = new Set<number>()
  for (const [bin, count] of bins) {
    const around: number[] = []
    for (let d = -18; d <= 18; d += 1) if (Math.abs(d) > 1) around.push(bins.get(bin + d) ?? 0)
    around.sort((x, y) => x - y)
    const usual = around[around.length >> 1]!
    if (count >= 10 && count > 5 * usual && surpriseBans(count, usual + 1) > 6) together.add(bin)
  }
  return profile.rows.filter(
    (row) => profile.departed[row] === 1 && !together.has(Math.floor(profile.endAt[row]! / BIN_MS)),
  )
}

const cell = (stay: number, step: number) =>
  Math.min(Math.floor(MOST_STAY_SECONDS / step), Math.max(0, Math.round(stay / step)))

/** The largest step that nine in ten stays are whole multiples of; 1 s where there is none. */
const stepOf = (rows: Uint32Array, stay: Float64Array): number => {
  for (const step of STEPS) {
    let whole = 0
    for (const row of rows) {
      const off = stay[row]! % step
      if (off < 0.6 || off > step - 0.6) whole += 1
    }
    if (whole >= rows.length * 0.9) return step
  }
  return 1
}

type Span = { from: number; until: number; observed: number; expected: number; surprise: number }

/** Windows of stay that hold too many, the most surprising first, none overlapping another. */
const scan = (counts: Float64Array, least: number, step: number): Span[] => {
  const sums = new Float64Array(counts.length + 1)
  for (let i = 0; i < counts.length; i += 1) sums[i + 1] = sums[i]! + counts[i]!
  const between = (from: number, until: number) =>
    sums[Math.min(until, counts.length)]! - sums[Math.max(0, from)]!
  const candidates: Span[] = []
  for (const width of WIDTHS) {
    const first = Math.max(LEAST_STAY_SECONDS / step, width === 1 ? 1 : width / MOST_WIDTH_SHARE)
    for (let from = Math.ceil(first); from + width < counts.length - 1; from += 1) {
      const observed = between(from, from + width)
      if (observed < least) continue
      const expected = background(between, from, width)
      if (observed < LEAST_RATIO * expected) continue
      const surprise = surpriseBans(observed, expected)
      if (surprise >= LEAST_SURPRISE_BANS)
        candidates.push({ from, until: from + width, observed, expected, surprise })
    }
  }
  candidates.sort((x, y) => y.surprise - x.surprise || x.from - y.from || x.until - y.until)
  const chosen: Span[] = []
  for (const span of candidates) {
    if (chosen.some((other) => span.from < other.until && other.from < span.until)) continue
    chosen.push(span)
    if (chosen.length === 4 * MOST_SPIKES) break
  }
  return chosen
}

/**
 * What the neighbourhood would put into a window: the median of equal windows on both sides within
 * a fifth of the stay (at least twelve windows), so that a second spike nearby does not hide one.
 */
const background = (
  between: (from: number, until: number) => number,
  from: number,
  width: number,
): number => {
  const reach = Math.max(6, Math.ceil((0.2 * from) / width))
  const stride = Math.max(1, Math.floor(reach / 12))
  const around: number[] = []
  for (let k = 2; k <= reach + 1; k += stride) {
    if (from - k * width >= 0) around.push(between(from - k * width, from - (k - 1) * width))
    around.push(between(from + k * width, from + (k + 1) * width))
  }
  around.sort((x, y) => x - y)
  const middle = around[around.length >> 1] ?? 0
  const mean = around.reduce((sum, x) => sum + x, 0) / Math.max(1, around.length)
  return Math.max(middle, Math.min(mean, 2 * middle + 0.5), 0.5)
}

/**
 * Many spikes at whole minutes or half minutes are how a client counts, not how a script stays:
 * then only a spike that towers over its fellows is kept.
 */
const dropHeaping = (spans: Span[], step: number): Span[] => {
  const round = spans.filter((span) => (((span.from + span.until - 1) / 2) * step) % 30 < 1.5)
  if (round.length <= 6) return spans.slice(0, MOST_SPIKES)
  const ratios = round.map((span) => span.observed / span.expected).sort((x, y) => x - y)
  const usual = ratios[ratios.length >> 1]!
  return spans
    .filter((span) => !round.includes(span) || span.observed / span.expected > 4 * usual)
    .slice(0, MOST_SPIKES)
}
