/** Posted prices, without any coupon: what one piece costs in a channel at a moment. */
import { priceInEffect } from '../market.ts'
import type { Price, Shop } from '../shop.ts'

/** Ms; `until` is exclusive and may be positive infinity. */
export type Window = { readonly from: number; readonly until: number }

export const isIn = ({ from, until }: Window, at: number): boolean => at >= from && at < until

/** The channels of a scope in which the product has ever had a price; all of them without one. */
export const channelsOf = (
  shop: Shop,
  product: string,
  channels: readonly string[] | undefined,
): readonly string[] =>
  [...(shop.prices.get(product)?.keys() ?? [])].filter(
    (channel) => channels === undefined || channels.length === 0 || channels.includes(channel),
  )

/** The price in effect in one channel, where the product is for sale at all. */
export const offerAt = (
  shop: Shop,
  product: string,
  channel: string,
  at: number,
): Price | undefined => {
  const withdrawnAt = shop.products.get(product)?.withdrawnAt ?? null
  if (withdrawnAt !== null && at >= withdrawnAt) return undefined
  return priceInEffect(shop.prices.get(product)?.get(channel) ?? [], at)
}

/** Moments of the window at which a price of the product begins or ends, its beginning included. */
export const priceMoments = (
  shop: Shop,
  product: string,
  channels: readonly string[],
  window: Window,
): readonly number[] => {
  const moments = new Set<number>([window.from])
  for (const channel of channels)
    for (const { from, until } of shop.prices.get(product)?.get(channel) ?? [])
      for (const at of [from, until]) if (at !== null && isIn(window, at)) moments.add(at)
  return [...moments].sort((a, b) => a - b)
}

export type Posted = { readonly price: Price; readonly at: number }

/** The lowest posted price of the window, the earliest moment of it; undefined without any offer. */
export const lowestPosted = (
  shop: Shop,
  product: string,
  channels: readonly string[],
  window: Window,
): Posted | undefined => {
  let best: Posted | undefined
  for (const at of priceMoments(shop, product, channels, window))
    for (const channel of channels) {
      const price = offerAt(shop, product, channel, at)
      if (price !== undefined && (best === undefined || price.price < best.price.price))
        best = { price, at }
    }
  return best
}
