/**
 * Added to a broadcast that was simulated: the host promises the lowest price for what sells, and
 * minutes later the merchant issues a coupon for everything, of which nobody thought that it covers
 * those goods too (S1-28, S1-42). Nobody is asked to buy: who ordered in between is owed.
 */
import type { SimulatedEvent } from './model.ts'
import { stamp } from './stage.ts'

export type Undercut = {
  /** After the start of the broadcast. */
  readonly promisedMs: number
  readonly couponMs: number
}

/** A fifth off, in whole yuan. */
const OFF = 5
const YUAN = 100

/**
 * One broadcast's events with the two more, in order of time. Given back as they are where nothing
 * is sold in between.
 */
export const breakPromise = (
  events: readonly SimulatedEvent[],
  { promisedMs, couponMs }: Undercut,
): readonly SimulatedEvent[] => {
  const started = events.find(({ type }) => type === 'live.broadcast.started')
  const ended = events.find(({ type }) => type === 'live.broadcast.ended')
  if (started === undefined || ended === undefined) return events
  const startsAt = Date.parse(started.time)
  const until = stamp(Date.parse(ended.time))
  const product = soldMost(events, startsAt + promisedMs, startsAt + couponMs)
  const listed = about(events, 'live.product.listed', product)
  const priced = about(events, 'live.price.set', product)
  if (listed === undefined || priced === undefined) return events
  const price = Number(priced.data['price'])
  const { merchant } = listed.data
  const { specversion, source, subject = '' } = started
  const event = (type: string, name: string, afterMs: number, data: SimulatedEvent['data']) => {
    const time = stamp(startsAt + afterMs)
    return { specversion, id: `${subject}-${name}`, source, type, subject, time, data }
  }
  const added = [
    event('live.promise.made', 'promise', promisedMs, {
      promise: `promise-${subject}`,
      kind: 'lowest-price',
      by: hostOf(started),
      product,
      scope: { from: stamp(startsAt + promisedMs), until },
      price,
      couponsCount: true,
      saidAt: promisedMs,
      text: '今晚这件是最低价，用券也不会更便宜，买贵了退差价',
    }),
    event('live.coupon.issued', 'coupon', couponMs, {
      coupon: `coupon-${subject}`,
      issuer: merchant,
      scope: { merchant },
      kind: 'amount-off',
      threshold: price,
      value: Math.max(YUAN, Math.floor(price / OFF / YUAN) * YUAN),
      quantity: 500,
      perBuyer: 1,
      from: stamp(startsAt + couponMs),
      until,
    }),
  ]
  const counted = events.map((one) => (one === ended ? withCounts(one, added) : one))
  return [...counted, ...added].sort((a, b) => Date.parse(a.time) - Date.parse(b.time))
}

/** What is ordered most in between. */
const soldMost = (events: readonly SimulatedEvent[], from: number, until: number): string => {
  const orders = new Map<string, number>()
  let most = ''
  for (const { type, time, data } of events) {
    if (type !== 'live.order.placed' || Date.parse(time) < from || Date.parse(time) >= until)
      continue
    const [line] = data['lines'] as readonly { readonly product: string }[]
    const count = (orders.get(line!.product) ?? 0) + 1
    orders.set(line!.product, count)
    if (count > (orders.get(most) ?? 0)) most = line!.product
  }
  return most
}

const about = (events: readonly SimulatedEvent[], type: string, product: string) =>
  events.find((event) => event.type === type && event.data['product'] === product)

const hostOf = ({ data }: SimulatedEvent): string =>
  (data['hosts'] as readonly { readonly account: string }[])[0]!.account

/** The producer's own totals hold what was added before the end. */
const withCounts = (ended: SimulatedEvent, added: readonly SimulatedEvent[]): SimulatedEvent => {
  const counts = { ...(ended.data['counts'] as Readonly<Record<string, number>>) }
  for (const { type, time } of added)
    if (Date.parse(time) < Date.parse(ended.time)) counts[type] = (counts[type] ?? 0) + 1
  return { ...ended, data: { ...ended.data, counts } }
}
