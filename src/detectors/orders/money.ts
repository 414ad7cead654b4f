/**
 * What became of an order's money, in the words of the vocabulary: a refund is money back, a
 * cancellation neither money nor goods yet. Partial refunds (a price difference, one line of
 * several) lessen the sales but leave the order kept.
 */
import { orderedAt } from './groups.ts'
import type { OrderTable } from '../tables/orders.ts'

/** Minor units: what was paid, else the total of the order; 0 where the file states neither. */
export const amountOf = ({ columns }: OrderTable, row: number): number => {
  const paid = columns.paid[row]!
  if (!Number.isNaN(paid)) return paid
  const total = columns.total[row]!
  return Number.isNaN(total) ? 0 : total
}

/**
 * Tells which orders count as sold: those paid, or, in evidence that knows no payments at all,
 * those placed.
 */
export const soldIn = (orders: OrderTable): ((row: number) => boolean) => {
  const { paidAt } = orders.columns
  for (let row = 0; row < orders.length; row += 1)
    if (!Number.isNaN(paidAt[row]!)) return (row) => !Number.isNaN(paidAt[row]!)
  return (row) => !Number.isNaN(orderedAt(orders, row))
}

/** True when any order of the evidence was paid, refunded or cancelled: then "none" means none. */
export const knowsMoney = ({ columns, length }: OrderTable): boolean => {
  for (let row = 0; row < length; row += 1)
    if (
      !Number.isNaN(columns.paidAt[row]!) ||
      !Number.isNaN(columns.refundedAt[row]!) ||
      !Number.isNaN(columns.refundRequestedAt[row]!) ||
      !Number.isNaN(columns.cancelledAt[row]!)
    )
      return true
  return false
}

export const isCancelled = ({ columns }: OrderTable, row: number): boolean =>
  !Number.isNaN(columns.cancelledAt[row]!)

/** A completed refund of the whole amount; one whose amount is not stated is taken as whole. */
export const isRefundedInFull = (orders: OrderTable, row: number): boolean =>
  !Number.isNaN(orders.columns.refundedAt[row]!) &&
  !(orders.columns.refunded[row]! < amountOf(orders, row))

/** When money back was first asked for (else given), ms; NaN for an order without. */
export const refundAt = ({ columns }: OrderTable, row: number): number => {
  const requested = columns.refundRequestedAt[row]!
  return Number.isNaN(requested) ? columns.refundedAt[row]! : requested
}

/** Asked for or completed, and not known to be a small part of the amount (price protection). */
export const isGivenBack = (orders: OrderTable, row: number): boolean =>
  !Number.isNaN(refundAt(orders, row)) &&
  !(orders.columns.refunded[row]! < amountOf(orders, row) / 2)
