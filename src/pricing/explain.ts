/**
 * An answer of the solver as the contract of `assay price explain` has it, and what a person wants
 * to know besides: the receipt, what the price becomes when the fillers go back, and whether another
 * reading of the terms would say something else.
 */
import { cheapest, type Cheapest, type CheapestQuestion } from './cheapest.ts'
import { compareFractions, showFraction, type Fraction } from './fraction.ts'
import { priceBasket, type PricedBasket } from './price-basket.ts'
import type { Coupon, Shop } from './shop.ts'
import { chainedTerms, parallelTerms, type BasketLine } from './terms.ts'

/** `assay price explain --json`. */
export type ExplainedPrice = Omit<Cheapest, 'at' | 'unitPrice' | 'lower' | 'upper'> & {
  /** RFC 3339, UTC. */
  readonly at: string
  /** Minor units a piece, `"n/d"`. */
  readonly unitPrice: string
  readonly lower: string
  readonly upper: string
}

export const explainedPrice = ({
  product,
  at,
  unitPrice,
  exact,
  lower,
  upper,
  channel,
  basket,
  coupons,
}: Cheapest): ExplainedPrice => ({
  product,
  at: new Date(at).toISOString(),
  unitPrice: showFraction(unitPrice),
  exact,
  lower: showFraction(lower),
  upper: showFraction(upper),
  channel,
  basket,
  coupons,
})

export type Receipt = {
  readonly priced: PricedBasket
  /** Undefined where the basket holds nothing but the product. */
  readonly fillersReturned: FillersReturned | undefined
  /** The answer under chained discounts, where it is another one. */
  readonly chained: Cheapest | undefined
}

/** The unit price of the product when the buyer sends every filler back. */
export type FillersReturned = {
  /** What comes back for the fillers when shares are frozen, minor units. */
  readonly refund: number
  /** Shares are frozen at order time (the default): the product keeps its share. */
  readonly frozen: Fraction
  /** Terms that work the coupons out anew on what is kept. */
  readonly recomputed: Fraction
}

/** Branches spent on the other reading; it only adds a line to the answer. */
const NODES_OF_ANOTHER_READING = 20_000

export const receiptOf = (shop: Shop, question: CheapestQuestion, answer: Cheapest): Receipt => {
  const terms = question.terms ?? parallelTerms
  const extra = new Map(question.extraCoupons?.map((coupon) => [coupon.coupon, coupon]))
  const coupons = answer.coupons.map((id) => extra.get(id) ?? shop.coupons.get(id)!)
  const lines = answer.basket.map(({ product, quantity, unitPrice }): BasketLine => ({
    product,
    merchant: shop.products.get(product)?.merchant ?? null,
    quantity,
    unitPrice,
  }))
  const priced = priceBasket(lines, coupons, answer.channel, terms)
  return {
    priced,
    fillersReturned: returned(priced, coupons, terms),
    chained: terms === parallelTerms ? otherReading(shop, question, answer) : undefined,
  }
}

const returned = (
  { lines, channel }: PricedBasket,
  coupons: readonly Coupon[],
  terms: typeof parallelTerms,
): FillersReturned | undefined => {
  const [target, ...fillers] = lines
  if (target === undefined || fillers.length === 0) return undefined
  let refund = 0
  for (const { amount, discount } of fillers) refund += amount - discount
  const alone = priceBasket([target], coupons, channel, terms)
  return { refund, frozen: target.effective, recomputed: alone.lines[0]!.effective }
}

const otherReading = (
  shop: Shop,
  question: CheapestQuestion,
  answer: Cheapest,
): Cheapest | undefined => {
  const nodes = NODES_OF_ANOTHER_READING
  const other = cheapest(shop, { ...question, terms: chainedTerms, nodes })
  if (other === undefined || compareFractions(other.unitPrice, answer.unitPrice) === 0)
    return undefined
  // A search that ended early and found nothing cheaper says nothing.
  return other.exact || compareFractions(other.unitPrice, answer.unitPrice) < 0 ? other : undefined
}
