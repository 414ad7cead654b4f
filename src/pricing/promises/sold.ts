/** Which orders bought a product for money, and what one piece of it cost them. */
import { fraction, mulDiv, type Fraction } from '../fraction.ts'
import { refundable, type FrozenOrder } from '../orders.ts'
import type { Shop } from '../shop.ts'

export type Purchase = {
  readonly order: FrozenOrder
  readonly product: string
  readonly quantity: number
  /** What the pieces cost before and after the order's discounts, minor units. */
  readonly amount: number
  readonly net: number
  readonly unitPaid: Fraction
  /** The price of one piece before discounts; the highest of several lines. */
  readonly unitPrice: number
}

/**
 * Orders of the product that were kept: neither cancelled nor paid back in full. Where the evidence
 * knows payments at all, an order that was never paid is owed nothing.
 */
export const purchasesOf = (shop: Shop, product: string): readonly Purchase[] => {
  const index = indexOf(shop)
  return (index.byProduct.get(product) ?? []).filter(
    ({ order }) => order.cancelledAt === null && refundable(order) > 0 && index.isSold(order),
  )
}

/** What is owed to somebody who paid more than `price` for each piece. */
export const differenceTo = ({ net, quantity, order }: Purchase, price: Fraction): number => {
  const fair = mulDiv(price.numerator, quantity, price.denominator)
  return Math.min(Math.max(0, net - fair), order.paid ?? order.total)
}

type Index = {
  readonly byProduct: ReadonlyMap<string, readonly Purchase[]>
  readonly isSold: (order: FrozenOrder) => boolean
}

const kept = new WeakMap<Shop, Index>()

const indexOf = (shop: Shop): Index => {
  const known = kept.get(shop)
  if (known !== undefined) return known
  const byProduct = new Map<string, Purchase[]>()
  let knowsPayments = false
  for (const order of shop.orders.values()) {
    knowsPayments ||= order.paid !== null
    for (const product of new Set(order.lines.map((line) => line.product))) {
      const purchase = purchaseOf(order, product)
      if (purchase === undefined) continue
      const list = byProduct.get(product)
      if (list === undefined) byProduct.set(product, [purchase])
      else list.push(purchase)
    }
  }
  const index: Index = {
    byProduct,
    isSold: ({ paid }) => !knowsPayments || paid !== null,
  }
  kept.set(shop, index)
  return index
}

/** The order's lines of one product taken together; free pieces count as pieces. */
export const purchaseOf = (order: FrozenOrder, product: string): Purchase | undefined => {
  let quantity = 0
  let amount = 0
  let net = 0
  let unitPrice = 0
  for (const line of order.lines) {
    if (line.product !== product) continue
    quantity += line.quantity
    amount += line.amount
    net += line.net
    unitPrice = Math.max(unitPrice, line.unitPrice)
  }
  if (quantity === 0) return undefined
  return { order, product, quantity, amount, net, unitPaid: fraction(net, quantity), unitPrice }
}
