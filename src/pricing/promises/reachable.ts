/** The lowest price of a window that coupons make reachable, and the event responsible for it. */
import { cheapest, type Cheapest } from '../cheapest.ts'
import { compareFractions, fraction, type Fraction } from '../fraction.ts'
import { priceBasket } from '../price-basket.ts'
import type { Coupon, EventRef, Shop } from '../shop.ts'
import type { Terms } from '../terms.ts'
import { boundOf, shareBound } from './bound.ts'
import { couponsFor, historyOf, momentsFor, type CouponChoice, type History } from './moments.ts'
import { channelsOf, lowestPosted, type Posted, type Window } from './offers.ts'
import { quickWitness } from './quick.ts'
import type { Counterexample } from './types.ts'

export type Market = {
  readonly shop: Shop
  readonly history: History
  readonly terms: Terms | undefined
  readonly maxUnits: number | undefined
  readonly nodes: number | undefined
  /** Answers of the solver by question, so that promises about one product share them. */
  readonly asked: Map<string, Cheapest | undefined>
  /** Fillers × coupons that the solver may still be asked about, over all promises. */
  readonly work: { left: number }
}

/** About half a minute in a shop of 10,000 products; a small one never comes near it. */
const WORK = 50_000_000

export type MarketOptions = {
  readonly terms?: Terms | undefined
  readonly maxUnits?: number | undefined
  /** Branches that the solver may look at for one question. */
  readonly nodes?: number | undefined
  /** Fillers × coupons it may be asked about, over all promises; then quick baskets alone. */
  readonly work?: number | undefined
}

export const marketOf = (shop: Shop, options: MarketOptions = {}): Market => ({
  shop,
  history: historyOf(shop),
  terms: options.terms,
  maxUnits: options.maxUnits,
  nodes: options.nodes,
  asked: new Map(),
  work: { left: options.work ?? WORK },
})

export type Question = {
  readonly product: string
  /** As the promise states them; undefined for all. */
  readonly channels: readonly string[] | undefined
  readonly window: Window
  /** Whole minor units: prices from here on are of no interest. */
  readonly floor?: number | undefined
}

export type Reached = {
  readonly best: Counterexample | undefined
  readonly complete: boolean
}

/**
 * The cheapest basket of any moment of the window, the earliest of equal ones. Moments are asked in
 * the order of what their coupons could take off at most; where that cannot beat what was found, or
 * cannot go below `floor`, the solver is not asked at all.
 */
export const lowestReachable = (
  market: Market,
  { product, channels, window, floor }: Question,
  choice: CouponChoice = {},
): Reached => {
  const { shop, history } = market
  const { moments, complete } = momentsFor(shop, history, product, channels, window, choice)
  const isParallel = market.terms === undefined || market.terms.name === 'parallel'
  // Chained discounts have no such bound: a share can grow as other lines shrink.
  const bound = isParallel ? boundOf(shop, product, channels, window, choice) : () => 0
  const coupons = couponsFor(shop, product, channelsOf(shop, product, channels), window, choice)
  const candidates = moments
    .map((at) => ({ at, bound: bound(at) }))
    .sort((a, b) => a.bound - b.bound || a.at - b.at)
  const cost = workOf(shop, coupons)
  let best: Cheapest | undefined
  let lower: Fraction | undefined
  for (const { at, bound } of candidates) {
    if (floor !== undefined && bound >= floor) break
    if (best !== undefined && compareFractions(fraction(bound), best.unitPrice) > 0) break
    if (market.work.left <= 0) {
      const least = fraction(candidates[0]!.bound)
      return quickly(market, { product, channels, window }, choice, best, least)
    }
    market.work.left -= cost
    const found = ask(market, product, channels, at, choice)
    if (found === undefined) continue
    if (lower === undefined || compareFractions(found.lower, lower) < 0) lower = found.lower
    const order = best === undefined ? -1 : compareFractions(found.unitPrice, best.unitPrice)
    if (order < 0 || (order === 0 && found.at < best!.at)) best = found
  }
  const nothingBelow = (price: Fraction | undefined) =>
    lower === undefined || (price !== undefined && compareFractions(lower, price) >= 0)
  const isSure =
    nothingBelow(best?.unitPrice) || nothingBelow(floor === undefined ? undefined : fraction(floor))
  return { best, complete: complete && isSure }
}

const workOf = ({ products }: Shop, coupons: readonly Coupon[]): number => {
  let fillers = 0
  for (const { scope } of coupons) fillers += scope.products?.size ?? products.size
  return Math.min(fillers, products.size) * coupons.length
}

/** Coupons that are tried alone once the solver may not be asked any more. */
const TRIED = 3

/** Without the solver: what the strongest coupons do alone. It proves a breach, and never none. */
const quickly = (
  { shop, terms }: Market,
  question: Question,
  choice: CouponChoice,
  known: Cheapest | undefined,
  least: Fraction,
): Reached => {
  const { product, channels, window } = question
  const names = channelsOf(shop, product, channels)
  const price = lowestPosted(shop, product, names, window)?.price.price ?? 0
  const strongest = [...couponsFor(shop, product, names, window, choice)]
    .sort((a, b) => shareBound(b, price) - shareBound(a, price))
    .slice(0, TRIED)
  let best: Counterexample | undefined = known
  for (const coupon of strongest) {
    const found = quickWitness(shop, coupon, { product, channels, window, terms })
    if (found === undefined) continue
    if (best === undefined || compareFractions(found.unitPrice, best.unitPrice) < 0) best = found
  }
  if (best === undefined) return { best, complete: false }
  const exact = compareFractions(least, best.unitPrice) >= 0
  return { best: { ...best, exact, lower: exact ? best.unitPrice : least }, complete: exact }
}

const ask = (
  market: Market,
  product: string,
  channels: readonly string[] | undefined,
  at: number,
  choice: CouponChoice,
): Cheapest | undefined => {
  const { shop, terms, maxUnits, nodes, asked } = market
  const question = { product, at, channels, terms, maxUnits, nodes, ...choice }
  if (choice.extraCoupons !== undefined || choice.exceptCoupons !== undefined)
    return cheapest(shop, question)
  const key = JSON.stringify([product, at, channels])
  if (!asked.has(key)) asked.set(key, cheapest(shop, question))
  return asked.get(key)
}

/** A posted price as the witness that it is: one piece, no coupon. */
export const postedWitness = ({ price, at }: Posted): Counterexample => {
  const unitPrice = fraction(price.price)
  return {
    product: price.product,
    at,
    unitPrice,
    exact: true,
    lower: unitPrice,
    upper: unitPrice,
    channel: price.channel,
    basket: [{ product: price.product, quantity: 1, unitPrice: price.price, discount: 0 }],
    coupons: [],
  }
}

/** Of the coupons of a witness, the one that takes most off the product; the later of equal ones. */
export const responsibleCoupon = (
  market: Market,
  witness: Counterexample,
  extraCoupons: readonly Coupon[] = [],
): EventRef | undefined => {
  const extra = new Map(extraCoupons.map((coupon) => [coupon.coupon, coupon]))
  const coupons = witness.coupons.flatMap(
    (id) => extra.get(id) ?? market.shop.coupons.get(id) ?? [],
  )
  const lines = witness.basket.map((line) => ({
    ...line,
    merchant: market.shop.products.get(line.product)?.merchant ?? null,
  }))
  const { discounts } = priceBasket(lines, coupons, witness.channel, market.terms)
  let most: { coupon: Coupon; share: number } | undefined
  for (const [i, { shares }] of discounts.entries()) {
    const coupon = coupons[i]!
    let share = 0
    for (const [line, given] of shares.entries())
      if (lines[line]!.product === witness.product) share += given
    if (
      most === undefined ||
      share > most.share ||
      (share === most.share && coupon.from > most.coupon.from)
    )
      most = { coupon, share }
  }
  return most?.coupon
}
