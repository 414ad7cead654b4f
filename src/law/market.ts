/**
 * What counterfeit numbers are sold for (scenarios SX-9): a price list as data, dated and sourced in
 * the pack, so that a report can say how cheap the water was. A reported offer, not an accusation:
 * nobody is said to have paid it.
 */
import * as z from 'zod'

const price = z.strictObject({
  /** So many pieces … */
  per: z.int().positive(),
  /** … for so much, minor units: the lowest and highest offer known. */
  low: z.int().nonnegative(),
  high: z.int().nonnegative(),
})

export const marketFile = z.strictObject({
  currency: z.string().length(3),
  source: z.string().min(1),
  prices: z.strictObject({ viewers: price, likes: price }),
})

export type Market = z.infer<typeof marketFile>
export type Counterfeit = keyof Market['prices']

/** The cost of `count` pieces, minor units rounded half up: by the cheapest and the dearest offer. */
export const costOf = (
  market: Market,
  what: Counterfeit,
  count: number,
): { readonly low: number; readonly high: number } => {
  const { per, low, high } = market.prices[what]
  const cost = (fen: number) => Math.floor((2 * count * fen + per) / (2 * per))
  return { low: cost(low), high: cost(high) }
}
