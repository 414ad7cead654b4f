/**
 * Orders and sales of merchants and broadcasts at three levels: gross (sold, before refunds),
 * filtered (less what is suspected of not being a sale) and net (after completed refunds and
 * cancellations). Settlement between a merchant and a host rests on the net level.
 */
import { amountOf, isCancelled, isRefundedInFull, knowsMoney, soldIn } from './money.ts'
import type { Evidence } from '../room.ts'
import type { OrderTable } from '../tables/orders.ts'

export type MerchantFigures = {
  readonly orders: number
  /** Minor units. */
  readonly sales: number
  /** Refunded in full; partial refunds only lessen `netSales`. */
  readonly refundedOrders: number
  readonly netOrders: number
  readonly netSales: number
  /** Refunded per order, half up; null without orders, or where the evidence knows no refunds. */
  readonly refundRateBps: number | null
  /** Sum of the fees agreed for the merchant; null where none was. */
  readonly slotFee: number | null
  /** Slot fee per order kept, minor units, half up; null where nothing was kept. */
  readonly feePerKeptOrder: number | null
  /** Slot fee ÷ net sales, half up: above 10,000 the fee exceeds them; null where unknown or nothing was kept. */
  readonly feeOfNetSalesBps: number | null
}

/** The figures of every merchant, in the order of their numbers. O(orders + fees). */
export const merchantFigures = (evidence: Evidence): readonly MerchantFigures[] => {
  const { orders } = evidence
  const tally = tallyBy(orders, orders.columns.merchant, orders.merchants.size)
  const fees = new Map<string, number>()
  for (const { merchant, slotFee } of evidence.fees)
    fees.set(merchant, (fees.get(merchant) ?? 0) + slotFee)
  const isKnown = knowsMoney(orders)
  return tally.map(({ refundedOrders, gross, net }, merchant) => {
    const slotFee = fees.get(orders.merchants.nameOf(merchant)) ?? null
    return {
      orders: gross.orders,
      sales: gross.sales,
      refundedOrders,
      netOrders: net.orders,
      netSales: net.sales,
      refundRateBps:
        isKnown && gross.orders > 0 ? divideHalfUp(refundedOrders * 10_000, gross.orders) : null,
      slotFee,
      feePerKeptOrder:
        slotFee === null || net.orders === 0 ? null : divideHalfUp(slotFee, net.orders),
      feeOfNetSalesBps:
        slotFee === null || net.sales === 0 ? null : divideHalfUp(slotFee * 10_000, net.sales),
    }
  })
}

export type Total = { readonly orders: number; readonly sales: number }
export type SalesTotals = {
  readonly gross: Total
  /** Null where nobody looked for suspects. */
  readonly filtered: Total | null
  readonly net: Total
}

/**
 * Totals by broadcast id. `probabilities` holds, a cell an order row, how likely it is that the
 * order is no sale; those at one half or more are left out of `filtered`.
 */
export const broadcastTotals = (
  orders: OrderTable,
  probabilities?: Float64Array,
): ReadonlyMap<string, SalesTotals> => {
  const tally = tallyBy(orders, orders.columns.broadcast, orders.broadcasts.size, probabilities)
  return new Map(
    tally.map(({ gross, filtered, net }, broadcast) => [
      orders.broadcasts.nameOf(broadcast),
      { gross, filtered: probabilities === undefined ? null : filtered, net },
    ]),
  )
}

type Sum = { orders: number; sales: number }
type Tally = { refundedOrders: number; gross: Sum; filtered: Sum; net: Sum }

const zero = (): Sum => ({ orders: 0, sales: 0 })

const tallyBy = (
  orders: OrderTable,
  group: Uint32Array,
  count: number,
  probabilities?: Float64Array,
): Tally[] => {
  const tally = Array.from({ length: count }, () => ({
    refundedOrders: 0,
    gross: zero(),
    filtered: zero(),
    net: zero(),
  }))
  const isSold = soldIn(orders)
  for (let row = 0; row < orders.length; row += 1) {
    const sums = tally[group[row]! - 1]
    if (sums === undefined || !isSold(row)) continue
    const amount = amountOf(orders, row)
    add(sums.gross, amount)
    if (!((probabilities?.[row] ?? 0) >= 0.5)) add(sums.filtered, amount)
    if (isRefundedInFull(orders, row)) sums.refundedOrders += 1
    else if (!isCancelled(orders, row)) add(sums.net, amount - partlyRefunded(orders, row))
  }
  return tally
}

const add = (sum: Sum, amount: number): void => {
  sum.orders += 1
  sum.sales += amount
}

const partlyRefunded = ({ columns }: OrderTable, row: number): number => {
  const refunded = columns.refunded[row]!
  return Number.isNaN(columns.refundedAt[row]!) || Number.isNaN(refunded) ? 0 : refunded
}

/** Both non-negative integers below 2^52. */
const divideHalfUp = (value: number, by: number): number => Math.floor((2 * value + by) / (2 * by))
