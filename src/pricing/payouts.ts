/**
 * Money already paid back, told apart: compensation for a price, and returns of goods. A completed
 * refund whose request said that goods came back is a return; one without a request is taken as
 * compensation, so that nothing is paid twice.
 */
import type { AssayEvent } from '../vocabulary/index.ts'
import { parseTime } from '../vocabulary/index.ts'
import type { Shop } from './shop.ts'

export type Payouts = {
  /** Completed compensation of an order, minor units. */
  readonly compensated: (order: string) => number
  /** Completed returns of goods of an order, minor units. */
  readonly returned: (order: string) => number
  /** When compensation was first asked for, ms; undefined where nobody asked. */
  readonly askedAt: (order: string) => number | undefined
}

export const payoutsOf = (shop: Shop, events: Iterable<AssayEvent> = []): Payouts => {
  const goods = new Set<string>()
  const asked = new Map<string, number>()
  for (const event of events) {
    if (event.type !== 'live.refund.requested') continue
    const { refund, order, goodsReturned } = event.data
    if (goodsReturned) goods.add(refund)
    else asked.set(order, Math.min(parseTime(event.time), asked.get(order) ?? Infinity))
  }
  const sum = (order: string, isReturn: boolean): number => {
    let total = 0
    for (const { refund, amount } of shop.orders.get(order)?.refunds ?? [])
      if (goods.has(refund) === isReturn) total += amount
    return total
  }
  return {
    compensated: (order) => sum(order, false),
    returned: (order) => sum(order, true),
    askedAt: (order) => asked.get(order),
  }
}
