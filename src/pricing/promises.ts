/**
 * Every promise of a shop, checked (docs/promises.md): kept, broken with its counterexample, open
 * because a clause is missing, or not promised for the moment that is asked about.
 */
import { checkProtection } from './price-protection.ts'
import { checkGift, checkQuantity } from './promises/goods.ts'
import { checkLowestPrice, windowOf, type Verdict } from './promises/lowest-price.ts'
import { isIn } from './promises/offers.ts'
import { marketOf, type Market, type MarketOptions } from './promises/reachable.ts'
import { KEPT, type PromiseCheck } from './promises/types.ts'
import type { PromiseMade, Shop } from './shop.ts'

export type { Market, MarketOptions } from './promises/reachable.ts'
export { marketOf } from './promises/reachable.ts'
export type * from './promises/types.ts'

export type CheckOptions = MarketOptions & {
  /** ms; absent: the whole history of each promise. */
  readonly at?: number | undefined
  readonly publishedDraws?: ReadonlySet<string> | undefined
  /** Compensation already completed for an order, minor units; returns of goods are none. */
  readonly paidBack?: ((order: string) => number) | undefined
}

/** In the order in which the promises were made; what is no price promise is left out. */
export const checkPromises = (shop: Shop, options: CheckOptions = {}): readonly PromiseCheck[] => {
  const market = marketOf(shop, options)
  return shop.promises.flatMap((promise) => checkPromise(market, promise, options) ?? [])
}

/** Undefined for a promise of after-sales service, which no price keeps or breaks. */
export const checkPromise = (
  market: Market,
  promise: PromiseMade,
  options: CheckOptions = {},
): PromiseCheck | undefined => {
  const { promise: id, kind, product } = promise
  if (kind === 'after-sales') return undefined
  const subject = { promise: id, kind, product }
  const { at } = options
  if (at !== undefined && !isIn(windowOf(promise), at))
    return { ...subject, ...KEPT, outcome: 'outside', complete: true }
  if (kind === 'lowest-price') return checked(subject, checkLowestPrice(market, promise, options))
  if (kind === 'price-protection')
    return checked(subject, checkProtection(market, promise, at, options.paidBack))
  const { isPlanned, ...verdict } =
    kind === 'gift' ? checkGift(market.shop, promise) : checkQuantity(market.shop, promise)
  const check = checked(subject, { ...verdict, complete: true })
  return kind === 'quantity' ? { ...check, isPlanned } : check
}

/**
 * Without those who have the difference already: price protection has taken off what was paid back,
 * the lowest price has not.
 */
export const stillOwed = (
  check: PromiseCheck,
  paidBack: (order: string) => number,
): PromiseCheck => {
  if (check.kind !== 'lowest-price') return check
  const orders = check.orders.flatMap(({ order, difference }) => {
    const left = difference - paidBack(order)
    return left > 0 ? { order, difference: left } : []
  })
  return { ...check, orders }
}

const checked = (
  subject: Pick<PromiseCheck, 'promise' | 'kind' | 'product'>,
  { open, outcome, ...verdict }: Verdict | (Omit<Verdict, 'open'> & { open: 'quantity' | null }),
): PromiseCheck => ({
  ...subject,
  outcome: open === null ? outcome : 'review',
  ...verdict,
  ...(open !== null && { missingClause: open }),
})
