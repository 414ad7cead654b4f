/**
 * Clicks and "going to buy" banners that no order follows, by accounts that are there for nothing
 * else, against people looking at the window (scenarios S1-17, S3-10; obligations §8, D4).
 *
 * Most people who open a product do not buy it, and a room that sells nothing has broken no rule
 * (S4-12). So a want of orders never speaks first: it only adds to clicks that no person makes, by
 * accounts that do not stay, do not stop, or keep time like a clock. Clicks and orders are counted
 * apart; neither stands in for the other.
 */
import { say } from '../language/say.ts'
import { betaBinomialBans } from '../sketches/beta-binomial.ts'
import type { Reason } from '../vocabulary/finding.ts'
import { cohortTraits } from './cohort-traits.ts'
import type { Detector, Signal } from './detector.ts'
import { interestOf, type Interest } from './interest-cues.ts'
import { isMasked } from './masking.ts'
import { mixture } from './mixture.ts'
import type { Evidence, Room } from './room.ts'

/** Model error: one family of evidence is never worth more than a thousand to one. */
const MAX_FAMILY_BANS = 3
/** Conversion differs by trade, price and hour: it may support, never carry. */
const MAX_CONVERSION_BANS = 1.5
/** The same where the evidence holds no order at all, so that orders may simply not be in it. */
const MAX_UNSEEN_ORDERS_BANS = 0.5
/**
 * Share of people who click and then order. Beta(1.2, 12): mean 9 %, 90 % between 1 % and 24 %, wide
 * on purpose because published rates differ tenfold by trade (assumption, to be replaced by the
 * platform's own). Staged clicks: Beta(0.3, 60), nearly none.
 */
const GENUINE_CONVERSION = { a: 1.2, b: 12 } as const
const STAGED_CONVERSION = { a: 0.3, b: 60 } as const
const SUSPECTED = 0.5
const LEAST_ACCOUNTS = 10
/** Banners name a person once or a few times over; ten times as many people as clicked is another matter. */
const BANNER_RATIO = 10
const ENOUGH_BANNERS = 100
const MAX_BANNER_BANS = 1

export const emptyInterest: Detector = {
  name: 'empty-interest',
  hypotheses: ['staged-interest', 'window-shopping'],
  source: 'obligations §8 D4; OTM21-14(3)',
  weigh: (room, evidence) => {
    if (room.clicks.length + room.banners.length === 0) return []
    if (room.views.joined === 0 || isMasked(room)) return [insufficient(room)]
    const signal = suspect(room, evidence)
    return signal === undefined ? [] : [signal]
  },
}

const suspect = (room: Room, evidence: Evidence): Signal | undefined => {
  const interest = interestOf(room)
  const fit = mixture(interest.bans)
  const suspected = new Uint8Array(room.accounts.length)
  const rows: number[] = []
  const probabilities: number[] = []
  for (let i = 0; i < interest.accounts.length; i += 1) {
    const probability = fit.posterior(interest.bans[i]!)
    if (probability < SUSPECTED) continue
    suspected[interest.accounts[i]!] = 1
    rows.push(interest.accounts[i]!)
    probabilities.push(probability)
  }
  const behaviourBans = Math.min(MAX_FAMILY_BANS, fit.weightBans)
  if (rows.length < LEAST_ACCOUNTS || behaviourBans < 0.3) return undefined
  const counts = countsOf(room, interest, suspected)
  const reasons = [
    {
      family: 'behaviour',
      text: say('interest.behaviour', {
        accounts: rows.length,
        clicks: counts.suspectedClicks,
        brief: counts.brief,
        driven: counts.driven,
      }),
      observed: rows.length,
      expected: { 'staged-interest': rows.length, 'window-shopping': 0 },
      weightBans: behaviourBans,
    } as const,
    ...conversion(room, evidence, counts),
    ...banners(counts),
    ...cohortTraits(room, suspected, 'staged-interest', 'window-shopping'),
  ] satisfies readonly Reason[]
  return {
    kind: 'empty-interest',
    broadcast: room.broadcast,
    subject: room.broadcast,
    hypotheses: [
      { name: 'staged-interest', weightBans: reasons.reduce((sum, r) => sum + r.weightBans, 0) },
      { name: 'window-shopping', weightBans: 0 },
    ],
    summary: say('interest.summary', {
      clicks: room.clicks.length,
      banners: counts.announced,
      orders: counts.orders,
      accounts: rows.length,
    }),
    reasons,
    evidence: [],
    ...spanOf(room, suspected),
    suspicions: [
      {
        kind: 'account',
        broadcast: room.broadcast,
        families: ['behaviour'],
        ...wholly(room, rows, probabilities),
      },
    ],
  }
}

type Counts = {
  readonly clickers: number
  readonly buyers: number
  readonly orders: number
  /** People that "going to buy" banners spoke of. */
  readonly announced: number
  readonly suspectedClicks: number
  readonly brief: number
  readonly driven: number
}

const countsOf = (room: Room, interest: Interest, suspected: Uint8Array): Counts => {
  const { clicks, orders } = room.accounts.columns
  const { kind, count } = room.banners.columns
  const counts = {
    clickers: 0,
    buyers: 0,
    orders: 0,
    announced: 0,
    suspectedClicks: 0,
    brief: 0,
    driven: 0,
  }
  for (let i = 0; i < room.accounts.length; i += 1) {
    counts.orders += orders[i]!
    if (clicks[i] === 0) continue
    counts.clickers += 1
    if (orders[i]! > 0) counts.buyers += 1
    if (suspected[i] === 1) counts.suspectedClicks += clicks[i]!
  }
  for (let i = 0; i < room.banners.length; i += 1)
    if (kind[i] === 1) counts.announced += Math.max(1, count[i]!)
  for (let i = 0; i < interest.accounts.length; i += 1) {
    if (suspected[interest.accounts[i]!] !== 1) continue
    counts.brief += interest.isBrief[i]!
    counts.driven += interest.isDriven[i]!
  }
  return counts
}

/** How many of those who clicked ordered, against a wide base rate. */
const conversion = (room: Room, evidence: Evidence, counts: Counts): readonly Reason[] => {
  const known = ordersOf(room, evidence)
  // Orders that no account of the room placed: buyers go by other ids, so nothing can be joined.
  if (known > 0 && counts.orders === 0) return []
  const { clickers: n, buyers: k } = counts
  const weight =
    betaBinomialBans(k, n, STAGED_CONVERSION) - betaBinomialBans(k, n, GENUINE_CONVERSION)
  const cap = known > 0 ? MAX_CONVERSION_BANS : MAX_UNSEEN_ORDERS_BANS
  const weightBans = Math.max(-cap, Math.min(cap, weight))
  if (n === 0 || Math.abs(weightBans) < 0.1) return []
  const { a, b } = GENUINE_CONVERSION
  return [
    {
      family: 'transaction',
      text: say('interest.conversion', {
        clickers: n,
        buyers: k,
        rate: { percent: k / n },
        usual: { percent: a / (a + b) },
      }),
      observed: k,
      expected: { 'staged-interest': 0, 'window-shopping': Math.round((n * a) / (a + b)) },
      weightBans,
    },
  ]
}

const ordersOf = (room: Room, evidence: Evidence): number => {
  const number = evidence.orders.broadcasts.find(room.broadcast)
  if (number === undefined) return 0
  const { broadcast } = evidence.orders.columns
  let count = 0
  for (let i = 0; i < evidence.orders.length; i += 1) if (broadcast[i] === number + 1) count += 1
  return count
}

const banners = (counts: Counts): readonly Reason[] => {
  const people = Math.max(counts.clickers, counts.orders)
  const ratio = counts.announced / Math.max(1, people)
  if (counts.announced < ENOUGH_BANNERS || people === 0 || ratio <= BANNER_RATIO) return []
  return [
    {
      family: 'public',
      text: say('interest.banners', {
        announced: counts.announced,
        clickers: counts.clickers,
        orders: counts.orders,
      }),
      observed: counts.announced,
      expected: { 'staged-interest': counts.announced, 'window-shopping': people },
      weightBans: Math.min(MAX_BANNER_BANS, Math.log10(ratio / BANNER_RATIO)),
    },
  ]
}

/** Accounts that did nothing else: only these stand accused as a whole. */
const wholly = (room: Room, rows: readonly number[], probabilities: readonly number[]) => {
  const { orders, comments, social } = room.accounts.columns
  const kept = [...rows.keys()].filter(
    (i) => !(orders[rows[i]!]! + comments[rows[i]!]! + social[rows[i]!]! > 0),
  )
  return {
    rows: Uint32Array.from(kept, (i) => rows[i]!),
    probabilities: Float64Array.from(kept, (i) => probabilities[i]!),
  }
}

const spanOf = (room: Room, suspected: Uint8Array) => {
  const { at, account } = room.clicks.columns
  let from = room.lastAt
  let until = room.firstAt
  for (let i = 0; i < room.clicks.length; i += 1) {
    if (account[i] === 0 || suspected[account[i]! - 1] !== 1) continue
    from = Math.min(from, at[i]!)
    until = Math.max(until, at[i]!)
  }
  return { from, until: Math.max(from, until) }
}

const insufficient = (room: Room): Signal => ({
  kind: 'empty-interest',
  broadcast: room.broadcast,
  subject: room.broadcast,
  hypotheses: [
    { name: 'staged-interest', weightBans: 0 },
    { name: 'window-shopping', weightBans: 0 },
  ],
  summary: say('interest.insufficient', {
    clicks: room.clicks.length,
    banners: room.banners.length,
  }),
  reasons: [],
  insufficient: true,
  evidence: [],
  from: room.firstAt,
  until: room.lastAt,
  suspicions: [],
})
