/**
 * Before a coupon is issued: which live promises it would break, by which basket, and the smallest
 * changes that avoid it. Each change is tried by asking again; none is suggested that was not.
 *
 * Asked are the moments at which the coupon would hold and a promise does. What breaks without the
 * coupon already is not held against it.
 */
import { compareFractions, fraction } from './fraction.ts'
import { claimantsOf } from './price-protection.ts'
import { promisedPrice, windowOf } from './promises/lowest-price.ts'
import { quickWitness } from './promises/quick.ts'
import { couponsFor } from './promises/moments.ts'
import { channelsOf, lowestPosted, priceMoments, type Window } from './promises/offers.ts'
import { lowestReachable, marketOf, type Market, type MarketOptions } from './promises/reachable.ts'
import { purchasesOf } from './promises/sold.ts'
import type { Counterexample } from './promises/types.ts'
import { covers, type Coupon, type PromiseMade, type Shop } from './shop.ts'

export type Threatened = {
  readonly promise: string
  readonly kind: 'lowest-price' | 'price-protection'
  readonly product: string
  /** `review` where the promise does not say whether coupons count. */
  readonly outcome: 'broken' | 'review'
  readonly missingClause?: 'couponsCount'
  /** The price that must not be undercut, minor units a piece. */
  readonly limit: number
  readonly counterexample: Counterexample
}

export type Change =
  | { readonly change: 'exclude'; readonly products: readonly string[]; readonly verified: true }
  | { readonly change: 'raise-threshold'; readonly threshold: number; readonly verified: true }
  | {
      readonly change: 'wait'
      /** ms: the earliest beginning that breaks nothing, and an end that leaves the same length. */
      readonly from: number
      readonly until: number
      readonly verified: true
    }

export type Preflight = {
  readonly coupon: string
  readonly outcome: 'safe' | 'breaks' | 'review'
  readonly breaks: readonly Threatened[]
  readonly changes: readonly Change[]
  /** What the coupon can cost its issuer at most: uses × value, minor units; null without a limit. */
  readonly liability: number | null
  /** False where the solver or the history had to stop early. */
  readonly complete: boolean
}

export type PreflightOptions = MarketOptions & {
  /** Promises that are over at this moment are not asked, ms. */
  readonly at?: number | undefined
}

/** Branches a question, so that a form can wait for the answer. */
export const PREFLIGHT_NODES = 5000

export const preflight = (shop: Shop, coupon: Coupon, options: PreflightOptions = {}): Preflight =>
  preflightIn(marketOf(shop, { nodes: PREFLIGHT_NODES, ...options }), coupon, options)

/** The same for a shop that is asked again and again. */
export const preflightIn = (
  market: Market,
  coupon: Coupon,
  { at = Number.NEGATIVE_INFINITY }: PreflightOptions = {},
): Preflight => {
  const live = liveLimits(market, at)
  const { threats, complete } = threatsOf(market, live, coupon)
  const outcome =
    threats.length === 0
      ? 'safe'
      : threats.some((threat) => threat.outcome === 'broken')
        ? 'breaks'
        : 'review'
  return {
    coupon: coupon.coupon,
    outcome,
    breaks: threats,
    changes: threats.length === 0 ? [] : changesFor(market, live, coupon, threats),
    liability: liabilityOf(coupon),
    complete,
  }
}

/** S1-41: 1,000 coupons of 1,000 yuan can cost a million; a percentage has a limit by its cap only. */
export const liabilityOf = ({ kind, value, cap, quantity }: Coupon): number | null => {
  const each =
    kind === 'amount-off' ? value : kind === 'percent-off' ? cap : kind === 'gift' ? 0 : null
  if (each === null || quantity === null) return null
  const most = each * quantity
  return Number.isSafeInteger(most) ? most : null
}

/** A promise that still holds, and the price a piece that must not be undercut. */
type Limit = {
  readonly promise: PromiseMade
  readonly kind: 'lowest-price' | 'price-protection'
  readonly limit: number
  readonly window: Window
  /** A coupon issued before undercuts it by itself: then only what the new one does alone counts. */
  readonly isBroken: boolean
}

const limitsOf = new WeakMap<Market, Map<number, readonly Limit[]>>()

const liveLimits = (market: Market, at: number): readonly Limit[] => {
  const byMoment = limitsOf.get(market) ?? new Map<number, readonly Limit[]>()
  limitsOf.set(market, byMoment)
  const known = byMoment.get(at)
  if (known !== undefined) return known
  const live = market.shop.promises.flatMap((promise) => limitOf(market, promise, at) ?? [])
  byMoment.set(at, live)
  return live
}

const limitOf = (market: Market, promise: PromiseMade, at: number): Limit | undefined => {
  const { shop } = market
  const { kind, product, couponsCount } = promise
  const window = windowOf(promise)
  if (couponsCount === false || window.until <= at) return undefined
  const channels = channelsOf(shop, product, promise.scope?.channels)
  const lowest = lowestPosted(shop, product, channels, window)?.price.price ?? Infinity
  if (kind === 'lowest-price') {
    const promised = promisedPrice(shop, promise)
    // A posted price that is lower already is not the coupon's doing.
    if (promised === undefined || lowest < promised) return undefined
    return { promise, kind, limit: promised, window, isBroken: isBroken(market, promise, promised) }
  }
  if (kind !== 'price-protection') return undefined
  const claimants = claimantsOf(promise)
  let dearest = 0
  for (const { order, unitPaid } of purchasesOf(shop, product))
    if (order.at >= claimants.from && order.at < claimants.until)
      dearest = Math.max(dearest, Math.ceil(unitPaid.numerator / unitPaid.denominator))
  const limit = Math.min(dearest, lowest)
  if (dearest === 0) return undefined
  return { promise, kind, limit, window, isBroken: isBroken(market, promise, limit) }
}

const isBroken = ({ shop, terms }: Market, promise: PromiseMade, limit: number): boolean => {
  const { product } = promise
  const window = windowOf(promise)
  const channels = promise.scope?.channels
  return couponsFor(shop, product, channelsOf(shop, product, channels), window).some((coupon) => {
    const witness = quickWitness(shop, coupon, { product, channels, window, terms })
    return witness !== undefined && compareFractions(witness.unitPrice, fraction(limit)) < 0
  })
}

type Threats = { readonly threats: readonly Threatened[]; readonly complete: boolean }

const threatsOf = (market: Market, live: readonly Limit[], coupon: Coupon): Threats => {
  const threats: Threatened[] = []
  let complete = true
  for (const limit of live) {
    const found = threatOf(market, limit, coupon)
    complete &&= found.complete
    if (found.threat !== undefined) threats.push(found.threat)
  }
  return { threats, complete }
}

type Threat = { readonly threat: Threatened | undefined; readonly complete: boolean }

const NO_THREAT: Threat = { threat: undefined, complete: true }

/** By a bound that it is none, by a quick basket that it is one, and else by asking the solver. */
const threatOf = (market: Market, limit: Limit, coupon: Coupon): Threat => {
  const { shop, terms } = market
  const { promise, window } = limit
  const { product } = promise
  const channels = promise.scope?.channels
  const merchant = shop.products.get(product)?.merchant ?? null
  const overlap = {
    from: Math.max(window.from, coupon.from),
    until: Math.min(window.until, coupon.until),
  }
  const reaches = channelsOf(shop, product, channels).some((channel) =>
    covers(coupon, { product, merchant }, channel),
  )
  if (coupon.kind === 'gift' || overlap.from >= overlap.until || !reaches) return NO_THREAT
  const found = quickWitness(shop, coupon, { product, channels, window: overlap, terms })
  const isThreat = found !== undefined && undercuts(found, limit)
  if (isThreat && !isSmall(shop)) return { threat: threatened(limit, found), complete: true }
  const others = limit.isBroken
    ? { exceptCoupons: new Set(shop.coupons.keys()), extraCoupons: [coupon] }
    : { extraCoupons: [coupon] }
  const question = { product, channels, window: overlap, floor: limit.limit }
  const { best, complete } = lowestReachable(market, question, others)
  if (best !== undefined && best.coupons.includes(coupon.coupon) && undercuts(best, limit))
    return { threat: threatened(limit, best), complete }
  return isThreat ? { threat: threatened(limit, found), complete } : { threat: undefined, complete }
}

/** In a small shop the solver answers at once, and the basket shown is the cheapest there is. */
const isSmall = ({ products, coupons }: Shop) => products.size <= 50 && coupons.size <= 20

const undercuts = ({ unitPrice }: Counterexample, { limit }: Limit) =>
  compareFractions(unitPrice, fraction(limit)) < 0

const threatened = (
  { promise, kind, limit }: Limit,
  counterexample: Counterexample,
): Threatened => ({
  promise: promise.promise,
  kind,
  product: promise.product,
  outcome: promise.couponsCount === true ? 'broken' : 'review',
  ...(promise.couponsCount === undefined && { missingClause: 'couponsCount' as const }),
  limit,
  counterexample,
})

/** What could not be looked at to the end is not safe. */
const isSafe = (market: Market, limits: readonly Limit[], coupon: Coupon): boolean =>
  limits.every((limit) => {
    const { threat, complete } = threatOf(market, limit, coupon)
    return threat === undefined && complete
  })

const changesFor = (
  market: Market,
  live: readonly Limit[],
  coupon: Coupon,
  threats: readonly Threatened[],
): readonly Change[] => {
  // A change only narrows the coupon, so what it does not threaten now it does not threaten then;
  // moved past its own end it may meet other promises.
  const named = new Set(threats.map(({ promise }) => promise))
  const limits = live.filter(({ promise }) => named.has(promise.promise))
  return [
    exclusion(market, limits, coupon, threats),
    higherThreshold(market, limits, coupon, threats),
    later(market, live, limits, coupon),
  ].flatMap((change) => change ?? [])
}

const exclusion = (
  market: Market,
  live: readonly Limit[],
  coupon: Coupon,
  threats: readonly Threatened[],
): Change | undefined => {
  const products = [...new Set(threats.map(({ product }) => product))]
  const { scope } = coupon
  // A coupon for these products alone would be left without any.
  if (scope.products !== null && [...scope.products].every((id) => products.includes(id)))
    return undefined
  const changed: Coupon = {
    ...coupon,
    scope: { ...scope, exclude: new Set([...scope.exclude, ...products]) },
  }
  return isSafe(market, live, changed) ? { change: 'exclude', products, verified: true } : undefined
}

/**
 * The lowest threshold that breaks nothing. A higher one never makes a basket cheaper, so halving
 * finds it; none is suggested where the posted price is at its limit and any coupon undercuts it.
 */
const higherThreshold = (
  market: Market,
  live: readonly Limit[],
  coupon: Coupon,
  threats: readonly Threatened[],
): Change | undefined => {
  const ceiling = thresholdCeiling(market, live, coupon, threats)
  if (ceiling === undefined || !isSafe(market, live, { ...coupon, threshold: ceiling }))
    return undefined
  let unsafe = coupon.threshold
  let safe = ceiling
  while (safe - unsafe > 1) {
    const middle = unsafe + Math.floor((safe - unsafe) / 2)
    if (isSafe(market, live, { ...coupon, threshold: middle })) safe = middle
    else unsafe = middle
  }
  return { change: 'raise-threshold', threshold: safe, verified: true }
}

/**
 * A threshold at which the coupon's own share of a piece fits between its posted price p and the
 * limit l: a share is at most value × p ÷ threshold, rounded up. Undefined where p = l.
 */
const thresholdCeiling = (
  { shop }: Market,
  live: readonly Limit[],
  coupon: Coupon,
  threats: readonly Threatened[],
): number | undefined => {
  if (coupon.kind !== 'amount-off') return undefined
  let ceiling = coupon.threshold + 1
  for (const { promise: id, limit, product } of threats) {
    const { promise, window } = live.find((known) => known.promise.promise === id)!
    const channels = channelsOf(shop, product, promise.scope?.channels)
    const posted = lowestPosted(shop, product, channels, window)?.price.price
    if (posted === undefined || posted - limit < 2) return undefined
    const needed = Math.ceil((coupon.value / (posted - limit - 1)) * posted) + 1
    ceiling = Math.max(ceiling, needed)
  }
  return Number.isSafeInteger(ceiling) ? ceiling : undefined
}

/**
 * The earliest later beginning that breaks nothing: when another coupon has ended, a price has
 * changed, or the promises are over. A later beginning leaves fewer moments, so halving finds it.
 * Where the coupon would be over by then, it moves as it is, its length kept.
 */
const later = (
  market: Market,
  live: readonly Limit[],
  limits: readonly Limit[],
  coupon: Coupon,
): Change | undefined => {
  const turns = turnsOf(market, limits, coupon)
  const from = (at: number): Coupon => ({ ...coupon, from: at })
  let [low, high] = [0, turns.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isSafe(market, limits, from(turns[middle]!))) high = middle
    else low = middle + 1
  }
  if (low < turns.length)
    return { change: 'wait', from: turns[low]!, until: coupon.until, verified: true }
  const end = Math.max(...limits.map(({ window }) => window.until))
  if (!Number.isFinite(end)) return undefined
  const moved = { ...coupon, from: end, until: end + (coupon.until - coupon.from) }
  return isSafe(market, live, moved)
    ? { change: 'wait', from: moved.from, until: moved.until, verified: true }
    : undefined
}

/** Moments inside the coupon's time at which what it can be combined with becomes less. */
const turnsOf = ({ shop }: Market, limits: readonly Limit[], coupon: Coupon): readonly number[] => {
  const turns = new Set<number>()
  for (const { promise, window } of limits) {
    const { product, scope } = promise
    const channels = channelsOf(shop, product, scope?.channels)
    for (const { until } of couponsFor(shop, product, channels, coupon)) turns.add(until)
    for (const at of priceMoments(shop, product, channels, coupon)) turns.add(at)
    turns.add(window.until)
  }
  return [...turns].filter((at) => at > coupon.from && at < coupon.until).sort((a, b) => a - b)
}
