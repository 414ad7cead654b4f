/**
 * The cheapest reachable price of a product: the least effective unit price over every basket of one
 * order, fillers and several pieces included, and every coupon the buyer can use, with the basket as
 * a witness. The problem contains subset sum, so it is NP-hard (docs/pricing.md): the search is exact
 * until its budget is spent, and from then on the answer says so and gives a lower bound besides.
 *
 * Which coupons and fillers there are is said in `market.ts`; the search is in `solve.ts`.
 */
import { cheapestByTrial } from './by-trial.ts'
import { compareFractions, fraction, type Fraction } from './fraction.ts'
import { channelsOf, couponsFor, itemAt, shelfAt, usableCoupons, type ShelfItem } from './market.ts'
import { priceBasket, type PricedBasket } from './price-basket.ts'
import { MAX_DIMENSIONS, problemOf, scopeKey } from './problem.ts'
import type { Budget } from './search.ts'
import type { Coupon, Shop } from './shop.ts'
import { solve } from './solve.ts'
import { parallelTerms, type BasketLine, type Terms } from './terms.ts'

/** Pieces of one product in one basket, where the question does not say. */
export const DEFAULT_MAX_UNITS = 99

/** Branches looked at, over all channels, before an answer stops being exact. */
export const DEFAULT_NODES = 200_000

export type CheapestQuestion = {
  readonly product: string
  /** ms from the epoch. */
  readonly at: number
  /** Absent: somebody who has used nothing yet and wins whatever draw there is. */
  readonly buyer?: string | undefined
  /** Only these; absent or empty: every channel where the product has a price. */
  readonly channels?: readonly string[] | undefined
  /** Most pieces of any one product in the basket, from 1; default DEFAULT_MAX_UNITS. */
  readonly maxUnits?: number | undefined
  /** Default: parallel. */
  readonly terms?: Terms | undefined
  /** Prices without any coupon at all. */
  readonly withoutCoupons?: boolean | undefined
  /** Coupons thought of besides those issued; one with a known id stands in its place. */
  readonly extraCoupons?: readonly Coupon[] | undefined
  /** Issued coupons left out of account, by id. */
  readonly exceptCoupons?: ReadonlySet<string> | undefined
  /** Default DEFAULT_NODES. */
  readonly nodes?: number | undefined
}

export type WitnessLine = {
  readonly product: string
  readonly quantity: number
  readonly unitPrice: number
  /** Sum of the line's shares, minor units. */
  readonly discount: number
}

export type Cheapest = {
  readonly product: string
  readonly at: number
  /** The best basket found: what the witness costs. */
  readonly unitPrice: Fraction
  /** Whether nothing cheaper exists: then lower = upper = unitPrice. */
  readonly exact: boolean
  readonly lower: Fraction
  readonly upper: Fraction
  readonly channel: string
  /** The product first, its fillers after it. */
  readonly basket: readonly WitnessLine[]
  /** Coupons that take something off the product, by id. */
  readonly coupons: readonly string[]
}

/** Undefined: the product is not for sale in any of these channels at that moment. */
export const cheapest = (shop: Shop, question: CheapestQuestion): Cheapest | undefined => {
  const { product, at, channels = [], terms = parallelTerms } = question
  const budget: Budget = { nodes: question.nodes ?? DEFAULT_NODES }
  const usable = question.withoutCoupons === true ? [] : usableCoupons(shop, question)
  let best: Cheapest | undefined
  for (const channel of channels.length > 0 ? channels : channelsOf(shop, product)) {
    const target = itemAt(shop, product, channel, at)
    if (target === undefined) continue
    const coupons = couponsFor(usable, target, channel)
    const shelf = coupons.length === 0 ? [] : shelfFor(shop, coupons, channel, at)
    const maxUnits = Math.max(1, question.maxUnits ?? DEFAULT_MAX_UNITS)
    const found =
      terms.name === 'parallel'
        ? inChannel(target, shelf, coupons, channel, maxUnits, budget)
        : cheapestByTrial({ target, shelf, coupons, channel, maxUnits, terms, budget })
    const answer = answerOf(question, channel, found)
    best = best === undefined ? answer : better(best, answer)
  }
  return best
}

export type Found = {
  readonly basket: PricedBasket
  /** Null where nothing cheaper exists. */
  readonly lower: Fraction | null
}

const shelfFor = (
  shop: Shop,
  coupons: readonly Coupon[],
  channel: string,
  at: number,
): readonly ShelfItem[] => {
  const named = new Set<string>()
  for (const { scope } of coupons) {
    if (scope.products === null) return shelfAt(shop, channel, at)
    for (const product of scope.products) named.add(product)
  }
  return [...named].flatMap((product) => itemAt(shop, product, channel, at) ?? [])
}

const answerOf = (
  { product, at }: CheapestQuestion,
  channel: string,
  { basket, lower }: Found,
): Cheapest => {
  const unitPrice = basket.lines[0]!.effective
  const isExact = lower === null || compareFractions(lower, unitPrice) >= 0
  return {
    product,
    at,
    unitPrice,
    exact: isExact,
    lower: isExact ? unitPrice : lower,
    upper: unitPrice,
    channel,
    basket: basket.lines.map(({ product: item, quantity, unitPrice: price, discount }) => ({
      product: item,
      quantity,
      unitPrice: price,
      discount,
    })),
    coupons: basket.discounts.map(({ coupon }) => coupon),
  }
}

/** Of two channels the cheaper one; what is not known of either stays not known. */
const better = (a: Cheapest, b: Cheapest): Cheapest => {
  const winner = compareFractions(b.unitPrice, a.unitPrice) < 0 ? b : a
  const lower = compareFractions(a.lower, b.lower) <= 0 ? a.lower : b.lower
  const isExact = compareFractions(lower, winner.unitPrice) >= 0
  return { ...winner, exact: isExact, lower: isExact ? winner.unitPrice : lower }
}

const inChannel = (
  target: ShelfItem,
  shelf: readonly ShelfItem[],
  coupons: readonly Coupon[],
  channel: string,
  maxUnits: number,
  budget: Budget,
): Found => {
  if (target.price === 0 || coupons.length === 0)
    return { basket: witness(target, 1, [], [], channel), lower: null }
  const useful = undominated(coupons)
  const kept = fewScopes(useful)
  const problem = problemOf(target, shelf, kept, channel, maxUnits)
  const { quantity, fillers, coupons: paying, lower } = solve(problem, budget)
  return {
    basket: witness(target, quantity, fillers, paying, channel),
    // Of what the coupons left out could do, nothing is known.
    lower: kept.length === useful.length ? lower : fraction(0),
  }
}

/** Without amounts that another of the same group and scope matches at no higher threshold. */
const undominated = (coupons: readonly Coupon[]): readonly Coupon[] => {
  const best = new Map<string, number>()
  const kept = new Set<Coupon>()
  const sorted = [...coupons].sort((a, b) => a.threshold - b.threshold || b.value - a.value)
  for (const coupon of sorted) {
    const { group, kind, value } = coupon
    if (group !== null && kind === 'amount-off') {
      const key = JSON.stringify([group, scopeKey(coupon)])
      if (value <= (best.get(key) ?? 0)) continue
      best.set(key, value)
    }
    kept.add(coupon)
  }
  return coupons.filter((coupon) => kept.has(coupon))
}

/** Coupons of the first MAX_DIMENSIONS scopes. */
const fewScopes = (coupons: readonly Coupon[]): readonly Coupon[] => {
  const scopes = new Set<string>()
  return coupons.filter((coupon) => {
    const scope = scopeKey(coupon)
    if (scopes.size < MAX_DIMENSIONS) scopes.add(scope)
    return scopes.has(scope)
  })
}

/** The basket as the independent pricing prices it: what is claimed is what it says. */
const witness = (
  target: ShelfItem,
  quantity: number,
  fillers: readonly (readonly [ShelfItem, number])[],
  coupons: readonly Coupon[],
  channel: string,
): PricedBasket => {
  const lines: BasketLine[] = [lineOf(target, quantity)]
  for (const [filler, pieces] of fillers) lines.push(lineOf(filler, pieces))
  return priceBasket(lines, coupons, channel)
}

const lineOf = ({ product, merchant, price }: ShelfItem, quantity: number): BasketLine => ({
  product,
  merchant,
  quantity,
  unitPrice: price,
})
