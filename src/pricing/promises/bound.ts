/**
 * What a piece costs at least, worked out without looking for any basket. With a threshold t a
 * coupon of value v is spread over a sum of at least t, so its share of a piece of price p is at
 * most v × p ÷ max(t, p), rounded up; of a group only the best one counts, the others add up.
 */
import { mulDivUp } from '../fraction.ts'
import type { Coupon, Shop } from '../shop.ts'
import { couponsFor, type CouponChoice } from './moments.ts'
import { channelsOf, offerAt, type Window } from './offers.ts'

/** A function from a moment to whole minor units a piece; Infinity where it is not for sale. */
export const boundOf = (
  shop: Shop,
  product: string,
  scope: readonly string[] | undefined,
  window: Window,
  choice: CouponChoice,
): ((at: number) => number) => {
  const channels = channelsOf(shop, product, scope)
  const coupons = couponsFor(shop, product, channels, window, choice)
  return (at) => {
    let least = Infinity
    for (const channel of channels) {
      const price = offerAt(shop, product, channel, at)?.price
      if (price !== undefined) least = Math.min(least, price - mostOff(coupons, price, at))
    }
    return Math.max(0, least)
  }
}

const mostOff = (coupons: readonly Coupon[], price: number, at: number): number => {
  let most = 0
  const byGroup = new Map<string, number>()
  for (const coupon of coupons) {
    if (coupon.from > at || coupon.until <= at) continue
    const share = shareBound(coupon, price)
    if (coupon.group === null) most += share
    else byGroup.set(coupon.group, Math.max(share, byGroup.get(coupon.group) ?? 0))
  }
  for (const share of byGroup.values()) most += share
  return most
}

/**
 * The most that one coupon takes off one piece of this price, whole minor units. A fixed price is
 * spread by amount, so a dear filler may pay for the whole piece.
 */
export const shareBound = ({ kind, value, threshold }: Coupon, price: number): number => {
  if (kind === 'gift' || price === 0) return 0
  if (kind === 'fixed-price') return price
  // The last unit of a share may come from rounding to the largest remainder.
  if (kind === 'percent-off') return Math.min(price, mulDivUp(price, value, 10_000) + 1)
  return Math.min(price, mulDivUp(value, price, Math.max(threshold, price, 1)) + 1)
}
