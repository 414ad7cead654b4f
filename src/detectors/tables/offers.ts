/**
 * What price promises are held against: the events themselves of promises, prices, coupons and goods
 * withdrawn, which are few, and of orders only what their row does not say.
 */
import type { DataOf, EventOf } from '../../vocabulary/index.ts'

export const OFFER_TYPES = [
  'live.promise.made',
  'live.price.set',
  'live.coupon.issued',
  'live.product.withdrawn',
] as const
export type OfferEvent = {
  [T in (typeof OFFER_TYPES)[number]]: EventOf<T>
}[(typeof OFFER_TYPES)[number]]

export type Basket = Pick<DataOf<'live.order.placed'>, 'lines' | 'discounts' | 'deposit'> & {
  readonly channel: string | undefined
}

export class Offers {
  readonly events: OfferEvent[] = []
  /** By row of the orders: those of several lines, with a discount, or not of pieces × price. */
  readonly baskets = new Map<number, Basket>()
}
