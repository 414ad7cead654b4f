/**
 * The display weighed against itself, for whoever has nothing but the page: the mean stay it implies,
 * a total that grows by the same number each time, a total that falls.
 */
import { say } from '../../language/say.ts'
import type { Reason } from '../../vocabulary/finding.ts'
import { impliedStay, shown, type Point, type Stay } from './series.ts'
import type { Room } from '../room.ts'

/**
 * Mean stay of genuine rooms, lognormal: median 40 s, a factor 2.5 for one standard deviation
 * (assumption; a real quiet entertainment room implies 24 s). Only the lower tail is used.
 */
const MEDIAN_STAY_MS = 40_000
const STAY_SPREAD = Math.log(2.5)
/** No room's viewers stay less than this on average: the page itself takes seconds to be seen. */
const LEAST_STAY_MS = 5000
/** Weight from this mean stay down; above it a room fed by swiping is common enough. */
const SHORT_STAY_MS = 8000
/** Model error: the distribution of stays is assumed, not measured on this platform. */
const MAX_STAY_BANS = 2.5
/** A page may draw its total in steps of its own, so equal steps say only so much. */
const MAX_STEP_BANS = 1
const ENOUGH_STEPS = 20
const LEAST_STEP = 10
/** Counters read from several servers go back a little (0.2 % in a real capture). */
const JITTER = 0.02
const LEAST_FALL = 100
const FALL_BANS = 0.5

export const byDisplayAlone = (room: Room): readonly Reason[] => [
  ...byStay(impliedStay(room)),
  ...bySteps(shown(room, 'viewers')),
  ...byFall(shown(room, 'viewers')),
]

/** Most viewers that the shown crowd allows, at the shortest plausible mean stay. */
export const stayBound = (stay: Stay): number =>
  Math.ceil(stay.before + stay.presentMs / LEAST_STAY_MS)

const byStay = (stay: Stay | undefined): readonly Reason[] => {
  if (stay === undefined || stay.meanMs >= SHORT_STAY_MS) return []
  const z = Math.log(Math.max(1, stay.meanMs) / MEDIAN_STAY_MS) / STAY_SPREAD
  return [
    {
      family: 'public',
      text: say('display.stay', {
        arrivals: stay.arrivals,
        over: { ms: stay.until - stay.from },
        stay: { ms: stay.meanMs },
        least: { ms: LEAST_STAY_MS },
        bound: stayBound(stay),
      }),
      observed: Math.round(stay.meanMs) / 1000,
      expected: {
        'inflated-counter': `< ${SHORT_STAY_MS / 1000}`,
        'partial-telemetry': MEDIAN_STAY_MS / 1000,
      },
      weightBans: Math.min(MAX_STAY_BANS, -Math.log10(lowerTail(z))),
    },
  ]
}

/** The same step again and again; steps of a rounded display are all alike and say nothing. */
const bySteps = (viewers: readonly Point[]): readonly Reason[] => {
  const steps = new Map<number, number>()
  let total = 0
  let exact = 0
  for (let i = 1; i < viewers.length; i += 1) {
    const step = viewers[i]!.value - viewers[i - 1]!.value
    if (step < LEAST_STEP) continue
    total += 1
    if (step % 10 !== 0) exact += 1
    steps.set(step, (steps.get(step) ?? 0) + 1)
  }
  let [top, times] = [0, 0]
  for (const [step, n] of steps) if (n > times) [top, times] = [step, n]
  if (total < ENOUGH_STEPS || exact < total / 2 || times < total / 2) return []
  // A Poisson count of mean m takes its commonest value with probability about 1 / sqrt(2πm).
  const usual = 1 / Math.sqrt(2 * Math.PI * top)
  const share = times / total
  return [
    {
      family: 'public',
      text: say('display.steps', { step: top, times, total }),
      observed: Math.round(share * 1000) / 1000,
      expected: { 'inflated-counter': 1, 'partial-telemetry': Math.round(usual * 1000) / 1000 },
      weightBans: Math.min(MAX_STEP_BANS, (times / 10) * Math.log10(share / usual)),
    },
  ].filter((reason) => reason.weightBans > 0) as readonly Reason[]
}

const byFall = (viewers: readonly Point[]): readonly Reason[] => {
  let top = 0
  let [from, to] = [0, 0]
  for (const { value } of viewers) {
    if (top - value > from - to) [from, to] = [top, value]
    top = Math.max(top, value)
  }
  if (from - to < LEAST_FALL || from - to < JITTER * from) return []
  return [
    {
      family: 'public',
      text: say('display.fall', { from, to }),
      observed: to - from,
      expected: { 'inflated-counter': '< 0', 'partial-telemetry': 0 },
      weightBans: FALL_BANS,
    },
  ]
}

/** Lower tail of the normal distribution (Abramowitz & Stegun 26.2.17, error < 7.5e-8), z ≤ 0. */
const lowerTail = (z: number): number => {
  const t = 1 / (1 + 0.2316419 * -z)
  const series =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  return Math.max(1e-12, (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series)
}
