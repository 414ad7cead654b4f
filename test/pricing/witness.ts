/** A witness priced anew from nothing but its products, quantities and coupons. */
import { expect } from 'vitest'
import type { Cheapest } from '../../src/pricing/cheapest.ts'
import type { Fraction } from '../../src/pricing/fraction.ts'
import { priceInEffect } from '../../src/pricing/market.ts'
import { compatible, priceBasket } from '../../src/pricing/price-basket.ts'
import type { Shop } from '../../src/pricing/shop.ts'

/** What the witness costs a piece. */
export const costOf = (shop: Shop, { basket, coupons, channel, at }: Cheapest): Fraction => {
  const used = coupons.map((id) => shop.coupons.get(id)!)
  expect(compatible(used)).toBe(true)
  const lines = basket.map(({ product, quantity }) => ({
    product,
    merchant: shop.products.get(product)!.merchant,
    quantity,
    unitPrice: priceInEffect(shop.prices.get(product)!.get(channel)!, at)!.price,
  }))
  return priceBasket(lines, used, channel).lines[0]!.effective
}
