/**
 * Promises of goods (row CPLR24-12): so many pieces, or a gift with the product. What was sent is
 * what the order's lines hold; what is missing is worth its share of what was paid.
 */
import { mulDivUp } from '../fraction.ts'
import type { PromiseMade, Shop } from '../shop.ts'
import { isIn } from './offers.ts'
import { purchasesOf, type Purchase } from './sold.ts'
import { KEPT, type OwedOrder, type Reading } from './types.ts'
import { windowOf } from './lowest-price.ts'

export type GoodsVerdict = Reading & {
  readonly open: 'quantity' | null
  readonly isPlanned: boolean
}

/**
 * "Two pieces sent by mistake" (S1-11): always two is a plan, one is a promise unfulfilled. Where
 * the promise states a price, it is the price of all its pieces together.
 */
export const checkQuantity = (shop: Shop, promise: PromiseMade): GoodsVerdict => {
  const pieces = promise.quantity
  if (pieces === undefined) return { ...KEPT, open: 'quantity', isPlanned: false }
  const bought = boughtUnder(shop, promise)
  const orders = bought.flatMap((purchase): OwedOrder[] => {
    const promised = promisedPieces(purchase, pieces, promise.price)
    const missing = promised - purchase.quantity
    if (missing <= 0) return []
    const difference = mulDivUp(purchase.net, missing, promised)
    return [{ order: purchase.order.order, difference }]
  })
  return {
    ...readingOf(orders, promise),
    open: null,
    isPlanned: bought.length > 0 && orders.length === 0,
  }
}

/** A gift is a line that costs nothing, in the order that bought the product. */
export const checkGift = (shop: Shop, promise: PromiseMade): GoodsVerdict => {
  const without = boughtUnder(shop, promise).filter(
    ({ order }) => !order.lines.some(({ net }) => net === 0),
  )
  // What the gift is worth stands nowhere: the goods are owed, no sum is made up.
  const orders = without.map(({ order }) => ({ order: order.order, difference: 0 }))
  return { ...readingOf(orders, promise), open: null, isPlanned: false }
}

const boughtUnder = (shop: Shop, promise: PromiseMade): readonly Purchase[] => {
  const scope = windowOf(promise)
  return purchasesOf(shop, promise.product).filter(({ order }) => isIn(scope, order.at))
}

/** Paid pieces times what each was to bring; free pieces are what came of the promise. */
const promisedPieces = (
  { order, product, net, quantity }: Purchase,
  pieces: number,
  price: number | undefined,
): number => {
  if (price !== undefined && price > 0) return Math.max(1, Math.floor(net / price)) * pieces
  let paid = 0
  for (const line of order.lines)
    if (line.product === product && line.unitPrice > 0) paid += line.quantity
  // One line of exactly the promised pieces is the promise fulfilled in one line.
  return paid === quantity && paid % pieces === 0 ? paid : paid * pieces
}

const readingOf = (orders: readonly OwedOrder[], { event }: PromiseMade): Reading =>
  orders.length === 0
    ? KEPT
    : { outcome: 'broken', counterexample: null, responsible: event, orders }
