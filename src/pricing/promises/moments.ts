/**
 * The moments at which the cheapest reachable price can be at its lowest. Between two of them only
 * coupons end or are used up, which never makes anything cheaper; so of a run of coupons that begin
 * one after another, only the last beginning before something ends has to be asked.
 */
import type { Coupon, Shop } from '../shop.ts'
import { covers } from '../shop.ts'
import { channelsOf, isIn, type Window } from './offers.ts'

/** More moments than this are not asked; the answer then says that it is not complete. */
export const MAX_MOMENTS = 400

export type CouponChoice = {
  readonly extraCoupons?: readonly Coupon[] | undefined
  readonly exceptCoupons?: ReadonlySet<string> | undefined
}

/** What is worked out once for a shop, however many promises are checked. */
export type History = {
  /** Every moment at which any price begins or ends, in order. */
  readonly priceMoments: readonly number[]
  /** When the last use of a coupon was taken, by coupon. */
  readonly usedUpAt: ReadonlyMap<string, number>
}

export const historyOf = (shop: Shop): History => {
  const priceMoments = new Set<number>()
  for (const byChannel of shop.prices.values())
    for (const prices of byChannel.values())
      for (const { from, until } of prices) {
        priceMoments.add(from)
        if (until !== null) priceMoments.add(until)
      }
  const uses = new Map<string, number>()
  const usedUpAt = new Map<string, number>()
  for (const { at, discounts } of shop.orders.values())
    for (const { coupon } of discounts) {
      const used = (uses.get(coupon) ?? 0) + 1
      uses.set(coupon, used)
      if (used === shop.coupons.get(coupon)?.quantity) usedUpAt.set(coupon, at)
    }
  return { priceMoments: [...priceMoments].sort((a, b) => a - b), usedUpAt }
}

/** The coupons of a window that reach the product in one of its channels. */
export const couponsFor = (
  shop: Shop,
  product: string,
  channels: readonly string[],
  window: Window,
  { extraCoupons = [], exceptCoupons }: CouponChoice = {},
): readonly Coupon[] => {
  const merchant = shop.products.get(product)?.merchant ?? null
  const extra = new Set(extraCoupons.map(({ coupon }) => coupon))
  const issued = [...shop.coupons.values()].filter(
    ({ coupon }) => exceptCoupons?.has(coupon) !== true && !extra.has(coupon),
  )
  return [...issued, ...extraCoupons].filter(
    (coupon) =>
      coupon.kind !== 'gift' &&
      coupon.from < window.until &&
      coupon.until > window.from &&
      channels.some((channel) => covers(coupon, { product, merchant }, channel)),
  )
}

type Turn = { begins: boolean; ends: boolean }

/** In order; none where no coupon reaches the product, and posted prices say everything. */
export const momentsFor = (
  shop: Shop,
  history: History,
  product: string,
  scope: readonly string[] | undefined,
  window: Window,
  choice: CouponChoice = {},
): { readonly moments: readonly number[]; readonly complete: boolean } => {
  const coupons = couponsFor(shop, product, channelsOf(shop, product, scope), window, choice)
  if (coupons.length === 0) return { moments: [], complete: true }
  const turns = new Map<number, Turn>()
  const turn = (at: number, what: Partial<Turn>) => {
    if (!isIn(window, at)) return
    const known = turns.get(at) ?? { begins: false, ends: false }
    turns.set(at, { ...known, ...what })
  }
  turn(window.from, { begins: true })
  for (const { coupon, from, until } of coupons) {
    turn(from, { begins: true })
    turn(until, { ends: true })
    const usedUp = history.usedUpAt.get(coupon)
    // The order that takes the last one still had it.
    if (usedUp !== undefined) turn(usedUp, { ends: true })
  }
  // A price of the product or of any filler may fall and rise: both sides of it are asked.
  const first = Math.min(...coupons.map(({ from }) => from))
  const last = Math.max(...coupons.map(({ until }) => until))
  for (const at of between(history.priceMoments, Math.max(first, window.from), last))
    turn(at, { begins: true, ends: true })
  const moments: number[] = []
  let pending: number | null = null
  for (const [at, { begins, ends }] of [...turns].sort((a, b) => a[0] - b[0])) {
    if (ends && pending !== null) moments.push(pending)
    pending = begins ? at : ends ? null : pending
  }
  if (pending !== null) moments.push(pending)
  return {
    moments: moments.slice(0, MAX_MOMENTS),
    complete: moments.length <= MAX_MOMENTS,
  }
}

const between = (sorted: readonly number[], from: number, until: number): readonly number[] =>
  sorted.slice(lowerBound(sorted, from), lowerBound(sorted, until))

/** How many of the sorted values lie below `value`. */
export const lowerBound = (sorted: readonly number[], value: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
