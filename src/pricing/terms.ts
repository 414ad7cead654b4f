/**
 * How coupons become discounts: the default reading of the terms (docs/pricing.md, 2 to 4 and 6),
 * and another a platform may use. The reading is a value, so an answer can be computed under both
 * and say where they differ.
 */
import { allocate } from './allocate.ts'
import { mulDiv } from './fraction.ts'
import { covers, type Coupon } from './shop.ts'

export type BasketLine = {
  readonly product: string
  readonly merchant: string | null
  /** At least 1. */
  readonly quantity: number
  /** Minor units. */
  readonly unitPrice: number
}

export type CouponDiscount = {
  readonly coupon: string
  /** Sum of the eligible lines that the threshold was compared with, minor units. */
  readonly eligible: number
  /** Sum of the shares, minor units; 0 where the threshold is not reached, or for a gift. */
  readonly amount: number
  /** One a line, in the order of the lines. */
  readonly shares: readonly number[]
}

export type Terms = {
  readonly name: 'parallel' | 'chained'
  /** One entry a coupon, in the order given; no line goes below zero. */
  readonly discountsOf: (
    lines: readonly BasketLine[],
    coupons: readonly Coupon[],
    channel: string,
  ) => readonly CouponDiscount[]
}

/** The default: every coupon is computed on the undiscounted amounts of its eligible lines. */
export const parallelTerms: Terms = {
  name: 'parallel',
  discountsOf: (lines, coupons, channel) => {
    const amounts = lines.map(({ quantity, unitPrice }) => quantity * unitPrice)
    const left = [...amounts]
    return coupons.map((coupon) => apply(coupon, lines, amounts, left, channel))
  },
}

/** Chained: each coupon sees, threshold included, only what the ones before it have left. */
export const chainedTerms: Terms = {
  name: 'chained',
  discountsOf: (lines, coupons, channel) => {
    const left = lines.map(({ quantity, unitPrice }) => quantity * unitPrice)
    return coupons.map((coupon) => apply(coupon, lines, [...left], left, channel))
  },
}

/**
 * Minor units that a coupon takes off a sum that reaches its threshold (default reading, 3).
 * @param eligible sum of the eligible lines, minor units
 * @param aboveFixed what the eligible units cost above `value` each, for a fixed price
 */
export const discountOf = (coupon: Coupon, eligible: number, aboveFixed: number): number => {
  if (eligible < coupon.threshold) return 0
  switch (coupon.kind) {
    case 'amount-off':
      return Math.min(coupon.value, eligible)
    case 'percent-off':
      return Math.min(mulDiv(eligible, coupon.value, 10_000), coupon.cap ?? eligible)
    case 'fixed-price':
      return aboveFixed
    case 'gift':
    default:
      return 0
  }
}

/** Takes the coupon's discount from `left` and tells what it took, line by line. */
const apply = (
  coupon: Coupon,
  lines: readonly BasketLine[],
  amounts: readonly number[],
  left: number[],
  channel: string,
): CouponDiscount => {
  const weights = lines.map((line, i) => (covers(coupon, line, channel) ? amounts[i]! : 0))
  let eligible = 0
  let aboveFixed = 0
  for (const [i, weight] of weights.entries()) {
    eligible += weight
    const atFixed = coupon.value * lines[i]!.quantity
    if (weight > atFixed) aboveFixed += weight - atFixed
  }
  const wanted = discountOf(coupon, eligible, aboveFixed)
  const shares = allocate(wanted, weights).map((share, i) => Math.min(share, left[i]!))
  let amount = 0
  for (const [i, share] of shares.entries()) {
    left[i]! -= share
    amount += share
  }
  return { coupon: coupon.coupon, eligible, amount, shares }
}
