/**
 * How a room is watched and shopped in, drawn by seed.
 *
 * Time watched is a mixture of those who leave at once and those who stay, both heavy-tailed:
 * log-normal (Veloso et al. 2002; Sripanidkulchai et al. 2004) or, in some rooms, Weibull with a
 * falling hazard (Chen et al., "On distribution of user movie watching time", ICC 2014: a steep
 * first minutes, then a truncated power law; Li et al., "Characterizing and Modeling User Behavior
 * in a Large-scale Mobile Live Streaming System", IEEE TCSVT 2017: most mobile sessions are
 * abandoned early). Conversion and refunds are of the order that trade reports give for live sales:
 * a fraction of a per cent to a few per cent of people buy; apparel comes back most.
 */
import { between, chance, logNormal, pick, weibull } from './distributions.ts'
import type { EntryMix } from './model.ts'
import type { Random } from './random.ts'

export type Category = 'apparel' | 'beauty' | 'food' | 'home' | 'electronics'

export type Habits = {
  readonly bounceShare: number
  readonly bounceMedianSeconds: number
  readonly bounceSigma: number
  readonly stayMedianSeconds: number
  readonly staySigma: number
  readonly tail: 'log-normal' | 'weibull'
  /** Chance that one who leaves comes back, and that a stayer brings somebody. */
  readonly returns: number
  readonly shares: number
  readonly english: number
  readonly entries: EntryMix
  readonly category: Category
  /** Chance of a click on a product that is being shown to one who stays; of an order on a click. */
  readonly clicks: number
  readonly ordersPerClick: number
  readonly refundShare: number
  /** Share of moments (see Moment) that an average person takes part in. */
  readonly responds: number
}

const REFUND_SHARE = {
  apparel: [0.3, 0.48],
  beauty: [0.06, 0.16],
  food: [0.02, 0.07],
  home: [0.05, 0.14],
  electronics: [0.05, 0.13],
} as const

export const drawHabits = (random: Random): Habits => {
  const category = pick(random, ['apparel', 'apparel', 'beauty', 'food', 'home', 'electronics'])
  const [low, high] = REFUND_SHARE[category as Category]
  return {
    bounceShare: between(random, 0.35, 0.65),
    bounceMedianSeconds: between(random, 6, 18),
    bounceSigma: between(random, 0.7, 1.1),
    stayMedianSeconds: between(random, 150, 420),
    staySigma: between(random, 0.9, 1.3),
    tail: pick(random, ['log-normal', 'log-normal', 'weibull']),
    returns: between(random, 0.08, 0.22),
    shares: between(random, 0.005, 0.03),
    english: chance(random, 0.2) ? between(random, 0.3, 0.8) : between(random, 0, 0.08),
    entries: drawEntries(random),
    category: category as Category,
    clicks: between(random, 0.05, 0.16),
    ordersPerClick: between(random, 0.08, 0.22),
    refundShare: between(random, low, high),
    responds: between(random, 0.02, 0.1),
  }
}

const drawEntries = (random: Random): EntryMix => [
  ['feed', between(random, 0.4, 0.7)],
  ['follow', between(random, 0.1, 0.3)],
  ['search', between(random, 0.02, 0.08)],
  ['share', between(random, 0.02, 0.08)],
  ['direct', between(random, 0.02, 0.1)],
  ['push', between(random, 0.01, 0.06)],
  ['paid', between(random, 0, 0.08)],
  ['unknown', between(random, 0.005, 0.04)],
]

/** How long somebody watches, in ms, at least half a second. */
export const drawDwellMs = (random: Random, habits: Habits): number => {
  const seconds = chance(random, habits.bounceShare)
    ? logNormal(random, habits.bounceMedianSeconds, habits.bounceSigma)
    : habits.tail === 'log-normal'
      ? logNormal(random, habits.stayMedianSeconds, habits.staySigma)
      : // shape 0.7; the median of a Weibull is scale × (ln 2)^(1/shape)
        weibull(random, habits.stayMedianSeconds / Math.LN2 ** (1 / 0.7), 0.7)
  return Math.max(500, Math.round(seconds * 1000))
}
