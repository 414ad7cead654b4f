/**
 * Price protection (scenario S1-32): within the stated period, who bought may claim the difference
 * to a lower total for the same goods of the same merchant.
 *
 * Who may claim: orders placed in `orders`, or in the scope where the promise states none. Compared
 * with what: the lowest price posted in the scope, and the lowest that another order of the same
 * merchant really paid, its coupons spread over its lines; where a coupon made a lower price that
 * nobody has used yet, with the cheapest basket that could be bought. Until when: the end of the
 * scope. A total that only a coupon made counts unless the promise excluded it before the purchase;
 * where it says nothing, both are worked out and the clause is named (S1-33, PR22-20).
 */
import { parseTime } from '../vocabulary/index.ts'
import { compareFractions, fraction, type Fraction } from './fraction.ts'
import type { Verdict } from './promises/lowest-price.ts'
import { windowOf } from './promises/lowest-price.ts'
import { channelsOf, isIn, lowestPosted, type Window } from './promises/offers.ts'
import {
  lowestReachable,
  postedWitness,
  responsibleCoupon,
  type Market,
  type Reached,
} from './promises/reachable.ts'
import { differenceTo, purchasesOf, type Purchase } from './promises/sold.ts'
import { KEPT, type Counterexample, type OwedOrder, type Reading } from './promises/types.ts'
import type { PromiseMade, Shop } from './shop.ts'

/** Something lower than what a protected order paid. */
export type Comparison = {
  readonly witness: Counterexample
  readonly responsible: string | null
  readonly unitPrice: Fraction
}

export type Protected = {
  readonly purchase: Purchase
  /** Lower without any coupon; with coupons counted. Undefined where nothing is lower. */
  readonly plain: Comparison | undefined
  readonly counted: Comparison | undefined
}

export type Protection = {
  readonly orders: readonly Protected[]
  readonly complete: boolean
}

/** @param at the state of things at this moment, ms; absent: of the whole period */
export const protectionOf = (market: Market, promise: PromiseMade, at?: number): Protection => {
  const { shop } = market
  const { product } = promise
  const channels = promise.scope?.channels
  const scope = windowOf(promise)
  const window: Window = at === undefined ? scope : { from: scope.from, until: at + 1 }
  const claimants = claimantsOf(promise)
  const merchant = shop.products.get(product)?.merchant ?? null
  const purchases = purchasesOf(shop, product).filter(
    ({ order }) => merchant === null || order.merchant === merchant,
  )
  const posted = lowestPosted(shop, product, channelsOf(shop, product, channels), window)
  const others = rankOf(purchases.filter(({ order }) => isIn(window, order.at)))
  const offered: Comparison | undefined =
    posted === undefined
      ? undefined
      : {
          witness: postedWitness(posted),
          responsible: posted.price.event,
          unitPrice: fraction(posted.price.price),
        }
  const claimed = purchases.filter(({ order }) => isIn(claimants, order.at))
  const compared = claimed.map((purchase) => ({
    purchase,
    plain: below(purchase, lower(offered, paidBy(market, others.plain, purchase))),
    reduced: below(purchase, paidBy(market, others.reduced, purchase)),
  }))
  // Only where nobody has used a coupon yet does it matter what somebody could have reached.
  const unused = compared.filter(({ reduced }) => reduced === undefined)
  const dearest = unused.reduce((most, { purchase }) => Math.max(most, dearestPiece(purchase)), 0)
  const reached: Reached =
    promise.couponsCount === false || unused.length === 0
      ? { best: undefined, complete: true }
      : lowestReachable(market, { product, channels, window, floor: dearest })
  const reachable = reachedComparison(market, reached)
  const orders = compared.map(({ purchase, plain, reduced }): Protected => ({
    purchase,
    plain,
    counted: lower(plain, reduced ?? below(purchase, reachable)),
  }))
  return { orders, complete: reached.complete }
}

const below = (
  { unitPaid }: Purchase,
  comparison: Comparison | undefined,
): Comparison | undefined =>
  comparison !== undefined && compareFractions(comparison.unitPrice, unitPaid) < 0
    ? comparison
    : undefined

/** What a piece cost, rounded up to whole minor units. */
const dearestPiece = ({ net, quantity }: Purchase) => Math.ceil(net / quantity)

const reachedComparison = (market: Market, { best }: Reached): Comparison | undefined =>
  best === undefined
    ? undefined
    : {
        witness: best,
        responsible: responsibleCoupon(market, best)?.event ?? null,
        unitPrice: best.unitPrice,
      }

/** The promise as a whole: broken as long as anybody is owed what protection promised. */
export const checkProtection = (
  market: Market,
  promise: PromiseMade,
  at?: number,
  paidBack: (order: string) => number = () => 0,
): Verdict => {
  const { orders, complete } = protectionOf(market, promise, at)
  const plain = readingOf(orders, 'plain', paidBack)
  if (promise.couponsCount === false) return { ...plain, open: null, complete }
  const counted = readingOf(orders, 'counted', paidBack)
  if (!complete && counted.outcome === 'kept') return { ...KEPT, open: 'exactPrice', complete }
  if (promise.couponsCount === true) return { ...counted, open: null, complete }
  if (owed(counted) === owed(plain)) return { ...plain, open: null, complete }
  const both = { ifCounted: counted, ifNotCounted: plain, complete }
  return plain.outcome === 'broken'
    ? { ...plain, ...both, open: null }
    : { ...counted, ...both, open: 'couponsCount' }
}

export const claimantsOf = (promise: PromiseMade): Window =>
  promise.orders === undefined
    ? windowOf(promise)
    : { from: parseTime(promise.orders.from), until: parseTime(promise.orders.until) }

const owed = ({ orders }: Reading) => orders.reduce((sum, { difference }) => sum + difference, 0)

const readingOf = (
  orders: readonly Protected[],
  which: 'plain' | 'counted',
  paidBack: (order: string) => number,
): Reading => {
  const due: OwedOrder[] = []
  let lowest: Comparison | undefined
  for (const { purchase, [which]: comparison } of orders) {
    if (comparison === undefined) continue
    const { order } = purchase.order
    const difference = differenceTo(purchase, comparison.unitPrice) - paidBack(order)
    if (difference <= 0) continue
    due.push({ order, difference })
    lowest = lower(lowest, comparison)
  }
  if (lowest === undefined) return KEPT
  const { witness, responsible } = lowest
  return { outcome: 'broken', counterexample: witness, responsible, orders: due }
}

const lower = (a: Comparison | undefined, b: Comparison | undefined): Comparison | undefined =>
  a === undefined || (b !== undefined && compareFractions(b.unitPrice, a.unitPrice) < 0) ? b : a

/** Purchases by what one piece cost, the cheapest first: without coupons, and with them. */
const rankOf = (purchases: readonly Purchase[]) => {
  const sorted = [...purchases].sort((a, b) => compareFractions(a.unitPaid, b.unitPaid))
  return {
    plain: sorted.filter(({ amount, net }) => amount === net).slice(0, 2),
    reduced: sorted.filter(({ amount, net }) => amount > net).slice(0, 2),
  }
}

/** The cheapest order that is not the buyer's own: two are enough to find it. */
const paidBy = (
  market: Market,
  ranked: readonly Purchase[],
  { order }: Purchase,
): Comparison | undefined => {
  const other = ranked.find((purchase) => purchase.order.order !== order.order)
  return other === undefined ? undefined : orderComparison(market, other)
}

const orderComparison = (market: Market, purchase: Purchase): Comparison => {
  const { order, product, unitPaid } = purchase
  const lines = order.lines.map(({ product, quantity, unitPrice, discount }) => ({
    product,
    quantity,
    unitPrice,
    discount,
  }))
  const witness: Counterexample = {
    product,
    at: order.at,
    unitPrice: unitPaid,
    exact: true,
    lower: unitPaid,
    upper: unitPaid,
    channel: order.channel ?? '',
    basket: [
      ...lines.filter((line) => line.product === product),
      ...lines.filter((line) => line.product !== product),
    ],
    coupons: order.discounts.map(({ coupon }) => coupon),
    order: order.order,
  }
  const responsible = couponOfOrder(market.shop, order.discounts) ?? order.event
  return { witness, responsible, unitPrice: unitPaid }
}

const couponOfOrder = (
  shop: Shop,
  discounts: readonly { readonly coupon: string; readonly amount: number }[],
): string | undefined => {
  let most = discounts[0]
  for (const discount of discounts) if (discount.amount > most!.amount) most = discount
  return most === undefined ? undefined : shop.coupons.get(most.coupon)?.event
}
