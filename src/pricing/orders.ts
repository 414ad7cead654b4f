/**
 * Orders with their discounts allocated to the lines once, as they stood when the order was placed,
 * and frozen. What is paid back later is counted against what was paid, never above it.
 */
import type { EventOf } from '../vocabulary/event.ts'
import { parseTime } from '../vocabulary/time.ts'
import { allocate } from './allocate.ts'
import { mulDiv } from './fraction.ts'
import type { PricingRefusal, PricingRefusalCode } from './refusal.ts'
import { covers, MAX_AMOUNT, type Coupon, type EventRef, type Product } from './shop.ts'

export type FrozenLine = {
  readonly product: string
  readonly quantity: number
  readonly unitPrice: number
  /** quantity × unitPrice, minor units. */
  readonly amount: number
  /** Sum of the line's frozen shares, minor units, at most `amount`. */
  readonly discount: number
  /** One a discount of the order, in its order. */
  readonly shares: readonly number[]
  /** amount − discount: what the line cost, and the most that its return gives back. */
  readonly net: number
}

export type FrozenOrder = EventRef & {
  readonly order: string
  readonly buyer: string
  readonly merchant: string
  /** Where it was placed, if the producer says so (`channel`, else the event's subject). */
  readonly channel: string | null
  readonly lines: readonly FrozenLine[]
  readonly discounts: readonly { readonly coupon: string; readonly amount: number }[]
  /** As stated by the order, minor units. */
  readonly total: number
  readonly deposit: number
  /** Sum of the payments; null where the file knows of none. */
  readonly paid: number | null
  readonly cancelledAt: number | null
  /** In the order of their time. */
  readonly refunds: readonly (EventRef & { readonly refund: string; readonly amount: number })[]
}

export type OrderEvents = {
  readonly placed: readonly EventOf<'live.order.placed'>[]
  readonly paid: readonly EventOf<'live.order.paid'>[]
  readonly cancelled: readonly EventOf<'live.order.cancelled'>[]
  readonly refunds: readonly EventOf<'live.refund.completed'>[]
  readonly coupons: ReadonlyMap<string, Coupon>
  readonly products: ReadonlyMap<string, Product>
}

export type FrozenOrders = {
  readonly orders: ReadonlyMap<string, FrozenOrder>
  readonly refused: readonly PricingRefusal[]
}

/** The most that can still be paid back, minor units. */
export const refundable = ({ total, paid, refunds }: FrozenOrder): number => {
  let left = paid ?? total
  for (const { amount } of refunds) left -= amount
  return left
}

/**
 * What returning `pieces` of a line gives back after `before` pieces of it have gone back already:
 * the frozen shares are reversed in proportion, rounded down piece by piece so that the returns of
 * all pieces, in any portions, give exactly the line's net.
 */
export const returnOf = (line: FrozenLine, pieces: number, before = 0): number =>
  mulDiv(line.net, before + pieces, line.quantity) - mulDiv(line.net, before, line.quantity)

export const freezeOrders = (events: OrderEvents): FrozenOrders => {
  const refused: PricingRefusal[] = []
  const orders = new Map<string, Open>()
  const placed = [...events.placed].sort(byTime)
  for (const event of placed) {
    const order = freeze(event, events, orders)
    if ('code' in order) refused.push(order)
    else orders.set(order.order, order)
  }
  for (const event of events.paid) {
    const order = orders.get(event.data.order)
    if (event.data.amount >= MAX_AMOUNT) refused.push(refusal(event, 'too-large', 'data.amount'))
    else if (order !== undefined) order.paid = (order.paid ?? 0) + event.data.amount
  }
  for (const event of events.cancelled) {
    const order = orders.get(event.data.order)
    if (order !== undefined) order.cancelledAt = parseTime(event.time)
  }
  const refunded = new Set<string>()
  for (const event of [...events.refunds].sort(byTime)) {
    const { refund, order: id, amount } = event.data
    const order = orders.get(id)
    // One refund told by two producers is one refund.
    if (order === undefined || refunded.has(refund)) continue
    refunded.add(refund)
    if (amount > refundable(order)) refused.push(refusal(event, 'refund-exceeds', 'data.amount'))
    else
      order.refunds.push({
        source: event.source,
        event: event.id,
        at: parseTime(event.time),
        refund,
        amount,
      })
  }
  return { orders, refused }
}

type Open = { -readonly [K in keyof FrozenOrder]: FrozenOrder[K] } & {
  refunds: FrozenOrder['refunds'][number][]
}

const freeze = (
  event: EventOf<'live.order.placed'>,
  { coupons, products }: OrderEvents,
  known: ReadonlyMap<string, unknown>,
): Open | PricingRefusal => {
  const { order, buyer, merchant, lines, discounts = [], total, deposit = 0 } = event.data
  if (known.has(order)) return refusal(event, 'id-taken', 'data.order')
  if (total >= MAX_AMOUNT) return refusal(event, 'too-large', 'data.total')
  const channel = channelOf(event)
  const amounts: number[] = []
  let gross = 0
  for (const [i, { product, quantity, unitPrice }] of lines.entries()) {
    const amount = quantity * unitPrice
    gross += amount
    if (!products.has(product)) return refusal(event, 'unknown-product', `data.lines.${i}.product`)
    if (quantity === 0) return refusal(event, 'zero-quantity', `data.lines.${i}.quantity`)
    if (gross >= MAX_AMOUNT) return refusal(event, 'too-large', `data.lines.${i}.unitPrice`)
    amounts.push(amount)
  }
  const left = [...amounts]
  const shares: (readonly number[])[] = []
  for (const [i, { coupon, amount }] of discounts.entries()) {
    const given = frozenShares(amount, amounts, left, (line) => {
      const terms = coupons.get(coupon)
      const { product } = lines[line]!
      return (
        terms === undefined ||
        covers(terms, { product, merchant: products.get(product)?.merchant ?? merchant }, channel)
      )
    })
    if (given === undefined) return refusal(event, 'discount-exceeds', `data.discounts.${i}.amount`)
    shares.push(given)
  }
  return {
    source: event.source,
    event: event.id,
    at: parseTime(event.time),
    order,
    buyer,
    merchant,
    channel,
    lines: lines.map(({ product, quantity, unitPrice }, i) => {
      const own = shares.map((given) => given[i]!)
      const amount = amounts[i]!
      const discount = amount - left[i]!
      return { product, quantity, unitPrice, amount, discount, shares: own, net: left[i]! }
    }),
    discounts,
    total,
    deposit,
    paid: null,
    cancelledAt: null,
    refunds: [],
  }
}

/**
 * Shares over the lines the coupon covers (all lines, where its terms are not known or cover none),
 * taken from `left`. What no longer fits a line goes to the other lines in proportion to what they
 * have left; undefined where the discount is more than the order.
 */
const frozenShares = (
  amount: number,
  amounts: readonly number[],
  left: number[],
  isCovered: (line: number) => boolean,
): readonly number[] | undefined => {
  const covered = amounts.map((weight, i) => (isCovered(i) ? weight : 0))
  const weights = covered.some((weight) => weight > 0) ? covered : amounts
  if (amount > 0 && !weights.some((weight) => weight > 0)) return undefined
  const wanted = allocate(amount, weights)
  const shares = wanted.map((share, i) => Math.min(share, left[i]!))
  let over = amount
  for (const [i, share] of shares.entries()) {
    left[i]! -= share
    over -= share
  }
  if (over === 0) return shares
  const room = left.reduce((sum, value) => sum + value, 0)
  if (over > room) return undefined
  return allocate(over, left).map((share, i) => {
    left[i]! -= share
    return shares[i]! + share
  })
}

const channelOf = (event: EventOf<'live.order.placed'>): string | null =>
  'channel' in event.data && typeof event.data.channel === 'string'
    ? event.data.channel
    : (event.subject ?? null)

const refusal = (
  event: EventRef | EventOf<'live.order.placed' | 'live.order.paid' | 'live.refund.completed'>,
  code: PricingRefusalCode,
  field: string,
): PricingRefusal => ({
  source: event.source,
  event: 'id' in event ? event.id : event.event,
  code,
  field,
})

type OfOrder = {
  readonly time: string
  readonly id: string
  readonly data: { readonly order: string }
}

/** By the order first: whoever puts events together from a table has other ids for them. */
const byTime = (a: OfOrder, b: OfOrder) =>
  parseTime(a.time) - parseTime(b.time) ||
  compareText(a.data.order, b.data.order) ||
  compareText(a.id, b.id)

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
