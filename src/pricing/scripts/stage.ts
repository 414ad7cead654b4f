/**
 * Broadcasts as the stage of a price routine: when each began and ended, what was said in it, and
 * which prices had been filed before it began. Repeated events are taken once.
 */
import { groupBy } from '../group-by.ts'
import { parseTime, type AssayEvent, type EventOf } from '../../vocabulary/index.ts'

export type Timed<T> = { readonly event: T; readonly at: number }

export type Clip = {
  readonly broadcast: string
  /** Offsets from the start of the broadcast. */
  readonly startMs: number
  readonly endMs: number
  readonly text: string
}

export type Stage = {
  readonly broadcast: string
  readonly room: string
  readonly from: number
  /** Positive infinity while it is not known to have ended. */
  readonly until: number
  readonly captions: readonly Clip[]
  readonly displays: readonly Timed<EventOf<'live.display.updated'>>[]
}

export type Staging = {
  readonly stages: readonly Stage[]
  /** In the order in which they were filed: `at` is when the event happened, not when it holds. */
  readonly prices: readonly Timed<EventOf<'live.price.set'>>[]
  readonly coupons: readonly Timed<EventOf<'live.coupon.issued'>>[]
  readonly withdrawals: readonly Timed<EventOf<'live.product.withdrawn'>>[]
  /** Orders by broadcast, ms of payment (of placement where the evidence knows no payment). */
  readonly sold: ReadonlyMap<string, readonly number[]>
  readonly knowsOrders: boolean
}

type Taken = { [T in AssayEvent['type']]?: Timed<EventOf<T>>[] }

export const stagingOf = (events: Iterable<AssayEvent>): Staging => {
  const taken: Taken = {}
  const seen = new Set<string>()
  for (const event of events) {
    const key = `${event.source} ${event.id}`
    if (seen.has(key)) continue
    seen.add(key)
    const list = (taken[event.type] ??= []) as Timed<AssayEvent>[]
    list.push({ event, at: parseTime(event.time) })
  }
  const of = <T extends AssayEvent['type']>(type: T): readonly Timed<EventOf<T>>[] =>
    [...(taken[type] ?? [])].sort((a, b) => a.at - b.at)
  const placed = of('live.order.placed')
  return {
    stages: stagesOf(of),
    prices: of('live.price.set'),
    coupons: of('live.coupon.issued'),
    withdrawals: of('live.product.withdrawn'),
    sold: soldOf(placed, of('live.order.paid')),
    knowsOrders: placed.length > 0,
  }
}

const stagesOf = (
  of: <T extends AssayEvent['type']>(type: T) => readonly Timed<EventOf<T>>[],
): Stage[] => {
  const ended = new Map(of('live.broadcast.ended').map(({ event, at }) => [event.subject, at]))
  const captions = groupBy(of('live.caption.spoken'), ({ event }) => event.subject)
  const displays = groupBy(of('live.display.updated'), ({ event }) => event.subject)
  return of('live.broadcast.started').map(({ event, at }) => ({
    broadcast: event.subject,
    room: event.data.room,
    from: at,
    until: ended.get(event.subject) ?? Number.POSITIVE_INFINITY,
    captions: (captions.get(event.subject) ?? [])
      .map(({ event: { data } }) => ({
        broadcast: event.subject,
        startMs: data.startMs,
        endMs: data.endMs,
        text: data.text,
      }))
      .sort((a, b) => a.startMs - b.startMs),
    displays: displays.get(event.subject) ?? [],
  }))
}

const soldOf = (
  placed: readonly Timed<EventOf<'live.order.placed'>>[],
  paid: readonly Timed<EventOf<'live.order.paid'>>[],
): Map<string, number[]> => {
  const rooms = new Map(placed.map(({ event }) => [event.data.order, event.subject]))
  const sold = new Map<string, number[]>()
  for (const { event, at } of paid.length > 0 ? paid : placed) {
    const broadcast = event.subject ?? rooms.get(event.data.order)
    if (broadcast === undefined) continue
    const list = sold.get(broadcast)
    if (list === undefined) sold.set(broadcast, [at])
    else list.push(at)
  }
  return sold
}
