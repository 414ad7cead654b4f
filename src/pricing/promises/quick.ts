/**
 * A basket that shows quickly what one coupon alone can do to a piece, found without a search: the
 * piece with the fillers that reach the threshold most narrowly, or enough pieces to reach it alone.
 * It is a proof where it undercuts, and proves nothing where it does not.
 */
import { compareFractions, fraction } from '../fraction.ts'
import { itemAt, shelfAt, type ShelfItem } from '../market.ts'
import { priceBasket } from '../price-basket.ts'
import { leastSum } from '../reach.ts'
import { covers, type Coupon, type Shop } from '../shop.ts'
import type { BasketLine, Terms } from '../terms.ts'
import { shareBound } from './bound.ts'
import { channelsOf, priceMoments, type Window } from './offers.ts'
import type { Counterexample } from './types.ts'

/** Fillers that are combined; any other one is tried alone. */
const COMBINED = 24
/** Pieces of one product in a basket. */
const PIECES = 99

export type QuickQuestion = {
  readonly product: string
  readonly channels: readonly string[] | undefined
  readonly window: Window
  readonly terms: Terms | undefined
}

/** The cheapest of the baskets that are tried, at the earliest of its moments. */
export const quickWitness = (
  shop: Shop,
  coupon: Coupon,
  { product, channels, window, terms }: QuickQuestion,
): Counterexample | undefined => {
  const overlap = {
    from: Math.max(window.from, coupon.from),
    until: Math.min(window.until, coupon.until),
  }
  if (overlap.from >= overlap.until) return undefined
  let best: Counterexample | undefined
  const names = channelsOf(shop, product, channels)
  for (const at of priceMoments(shop, product, names, overlap))
    for (const channel of names) {
      const target = itemAt(shop, product, channel, at)
      if (target === undefined || !covers(coupon, target, channel)) continue
      for (const lines of basketsFor(
        target,
        coupon,
        fillersFor(shop, target, coupon, channel, at),
      )) {
        const priced = priceBasket(lines, [coupon], channel, terms)
        const unitPrice = priced.lines[0]!.effective
        if (best !== undefined && compareFractions(unitPrice, best.unitPrice) >= 0) continue
        const lower = fraction(Math.max(0, target.price - shareBound(coupon, target.price)))
        const exact = compareFractions(lower, unitPrice) === 0
        best = {
          product,
          at,
          unitPrice,
          exact,
          lower,
          upper: unitPrice,
          channel,
          basket: priced.lines.map(({ product: item, quantity, unitPrice: price, discount }) => ({
            product: item,
            quantity,
            unitPrice: price,
            discount,
          })),
          coupons: [coupon.coupon],
        }
      }
    }
  return best
}

const basketsFor = (
  target: ShelfItem,
  coupon: Coupon,
  fillers: readonly ShelfItem[],
): readonly BasketLine[][] => {
  const missing = coupon.threshold - target.price
  if (missing <= 0) return [[lineOf(target, 1)]]
  const baskets: BasketLine[][] = []
  const pieces = target.price === 0 ? Infinity : Math.ceil(coupon.threshold / target.price)
  if (pieces <= PIECES) baskets.push([lineOf(target, pieces)])
  let nearest: ShelfItem | undefined
  for (const filler of fillers)
    if (filler.price >= missing && (nearest === undefined || filler.price < nearest.price))
      nearest = filler
  if (nearest !== undefined) baskets.push([lineOf(target, 1), lineOf(nearest, 1)])
  // Nearer than a hundredth is near enough for a basket that only has to undercut.
  if (nearest !== undefined && (nearest.price - missing) * 100 <= missing) return baskets
  const few = fillers.filter(({ price }) => price > 0 && price <= missing).slice(0, COMBINED)
  const reached = leastSum(
    few.map(({ price }) => price),
    PIECES,
    missing,
    missing,
  )
  if (reached !== undefined)
    baskets.push([lineOf(target, 1), ...reached.pieces.map(([i, n]) => lineOf(few[i]!, n))])
  return baskets
}

const lineOf = ({ product, merchant, price }: ShelfItem, quantity: number): BasketLine => ({
  product,
  merchant,
  quantity,
  unitPrice: price,
})

const fillersFor = (
  shop: Shop,
  target: ShelfItem,
  coupon: Coupon,
  channel: string,
  at: number,
): readonly ShelfItem[] => {
  if (target.price >= coupon.threshold) return []
  const { products } = coupon.scope
  const items =
    products === null
      ? shelfAt(shop, channel, at)
      : [...products].flatMap((product) => itemAt(shop, product, channel, at) ?? [])
  return items.filter((item) => item.product !== target.product && covers(coupon, item, channel))
}
