/**
 * What a given basket costs with given coupons, by nothing but the terms. It knows nothing of how
 * a basket was found, so it can check every witness of the solver, and it prices what a buyer
 * really put together.
 */
import { fraction, type Fraction } from './fraction.ts'
import type { Coupon } from './shop.ts'
import { parallelTerms, type BasketLine, type CouponDiscount, type Terms } from './terms.ts'

export type PricedLine = BasketLine & {
  /** Before any discount, minor units. */
  readonly amount: number
  /** Sum of the line's shares, minor units. */
  readonly discount: number
  /** (amount − discount) ÷ quantity. */
  readonly effective: Fraction
}

export type PricedBasket = {
  readonly channel: string
  readonly terms: Terms['name']
  readonly lines: readonly PricedLine[]
  readonly discounts: readonly CouponDiscount[]
  /** Before any discount, minor units. */
  readonly gross: number
  readonly discount: number
  /** What is paid, minor units; never negative. */
  readonly total: number
}

/**
 * Prices a basket of one channel. Coupons are used in the order given, each once; which of them
 * may be combined is the caller's business (`compatible`).
 */
export const priceBasket = (
  lines: readonly BasketLine[],
  coupons: readonly Coupon[],
  channel: string,
  terms: Terms = parallelTerms,
): PricedBasket => {
  const discounts = terms.discountsOf(lines, coupons, channel)
  const priced = lines.map((line, i): PricedLine => {
    const amount = line.quantity * line.unitPrice
    let discount = 0
    for (const { shares } of discounts) discount += shares[i]!
    return { ...line, amount, discount, effective: fraction(amount - discount, line.quantity) }
  })
  let gross = 0
  let discount = 0
  for (const line of priced) {
    gross += line.amount
    discount += line.discount
  }
  return {
    channel,
    terms: terms.name,
    lines: priced,
    discounts,
    gross,
    discount,
    total: gross - discount,
  }
}

/** Each coupon once, and of one group at most one. */
export const compatible = (coupons: readonly Coupon[]): boolean => {
  const ids = new Set(coupons.map(({ coupon }) => coupon))
  const groups = coupons.flatMap(({ group }) => (group === null ? [] : [group]))
  return ids.size === coupons.length && new Set(groups).size === groups.length
}
