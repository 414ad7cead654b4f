/**
 * The shop of an audit, put together again from the tables: goods and offers, and of the orders those
 * that bought promised goods or used a coupon. Built only where something was promised.
 */
import type { Evidence } from '../../detectors/room.ts'
import type { OfferEvent } from '../../detectors/tables/offers.ts'
import { hidesOffer } from '../../pricing/refusal.ts'
import { shopOf, type Shop } from '../../pricing/shop.ts'
import type { AssayEvent } from '../../vocabulary/index.ts'

export type AuditedShop = {
  readonly shop: Shop
  /** Nothing of goods and offers had to be refused, and all amounts are of one currency. */
  readonly isWhole: boolean
  /** Goods that two merchants list under one id: whose price it is nobody can say. */
  readonly shared: ReadonlySet<string>
  /** Paid back to an order without goods coming back, minor units. */
  readonly compensated: (order: string) => number
}

export const shopIn = (evidence: Evidence, offers: readonly OfferEvent[]): AuditedShop => {
  const promised = new Set(
    offers.flatMap((event) => (event.type === 'live.promise.made' ? event.data.product : [])),
  )
  const { shop, refused } = shopOf([
    ...listingsOf(evidence),
    ...[...offers].sort(byTime),
    ...ordersOf(evidence, promised),
  ])
  const currencies = new Set(
    [...evidence.rooms.values()].flatMap(({ startedAt, currency }) =>
      Number.isNaN(startedAt) ? [] : currency,
    ),
  )
  const [currency = null] = currencies
  return {
    shop: { ...shop, currency },
    isWhole: currencies.size < 2 && !refused.some(hidesOffer),
    shared: sharedGoods(evidence),
    compensated: compensatedIn(evidence),
  }
}

const listingsOf = ({ files }: Evidence): AssayEvent[] =>
  files.listings.map(({ event, at, product, merchant, title, category }) => ({
    ...envelope('#listings', `${event} ${product}`, at),
    type: 'live.product.listed',
    data: { product, sku: product, merchant, title, category },
  }))

const ordersOf = ({ orders, offers }: Evidence, promised: ReadonlySet<string>): AssayEvent[] => {
  const c = orders.columns
  const events: AssayEvent[] = []
  const numbers = new Set([...promised].map((product) => orders.products.find(product)))
  // One that was paid says that payments are known, so that nobody is owed for what was not paid.
  const paid = c.paid.subarray(0, orders.length).findIndex((amount) => !Number.isNaN(amount))
  for (let row = 0; row < orders.length; row += 1) {
    const basket = offers?.baskets.get(row)
    const isWanted =
      row === paid ||
      numbers.has(c.product[row]! - 1) ||
      (basket?.discounts?.length ?? 0) > 0 ||
      basket?.lines.some(({ product }) => promised.has(product)) === true
    if (!isWanted || Number.isNaN(c.placedAt[row]!)) continue
    const order = orders.ids.nameOf(row)
    const quantity = c.quantity[row]!
    const total = c.total[row]!
    const line = {
      product: orders.products.nameOf(c.product[row]! - 1),
      quantity,
      unitPrice: total / quantity,
    }
    const broadcast = c.broadcast[row]!
    const { channel, discounts, deposit } = basket ?? {}
    events.push({
      ...envelope('#orders', order, c.placedAt[row]!),
      type: 'live.order.placed',
      ...(broadcast === 0 ? {} : { subject: orders.broadcasts.nameOf(broadcast - 1) }),
      data: {
        order,
        buyer: order,
        merchant: c.merchant[row] === 0 ? '' : orders.merchants.nameOf(c.merchant[row]! - 1),
        lines: basket?.lines ?? [line],
        total,
        ...(discounts === undefined ? {} : { discounts }),
        ...(deposit === undefined ? {} : { deposit }),
        ...(channel === undefined ? {} : { channel }),
      },
    })
    if (!Number.isNaN(c.paid[row]!))
      events.push({
        ...envelope('#orders', `${order} paid`, c.paidAt[row]!),
        type: 'live.order.paid',
        data: { order, amount: c.paid[row]! },
      })
    if (!Number.isNaN(c.cancelledAt[row]!))
      events.push({
        ...envelope('#orders', `${order} cancelled`, c.cancelledAt[row]!),
        type: 'live.order.cancelled',
        data: { order, by: '' },
      })
    if (!Number.isNaN(c.refunded[row]!))
      events.push({
        ...envelope('#orders', `${order} refunded`, c.refundedAt[row]!),
        type: 'live.refund.completed',
        data: { refund: order, order, amount: c.refunded[row]! },
      })
  }
  return events
}

const compensatedIn =
  ({ orders }: Evidence) =>
  (order: string): number => {
    const row = orders.ids.find(order)
    const { refunded, goodsReturned } = orders.columns
    if (row === undefined || goodsReturned[row] === 1) return 0
    return Number.isNaN(refunded[row]!) ? 0 : refunded[row]!
  }

const sharedGoods = ({ files }: Evidence): ReadonlySet<string> => {
  const merchants = new Map<string, string>()
  const shared = new Set<string>()
  for (const { product, merchant } of files.listings) {
    if ((merchants.get(product) ?? merchant) !== merchant) shared.add(product)
    merchants.set(product, merchant)
  }
  return shared
}

const envelope = (source: string, id: string, at: number) => ({
  specversion: '1.0' as const,
  id,
  source,
  time: new Date(at).toISOString(),
})

const byTime = (a: OfferEvent, b: OfferEvent) =>
  Date.parse(a.time) - Date.parse(b.time) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
