/**
 * What the archive knows of each broadcast, order and hold: a fold over the events of the log. Live
 * and daily, in memory and from disk, the same events give the same facts. Pure.
 *
 * What is known is bounded by what the law wants kept: a group of events, and with the last of them
 * their broadcast, is forgotten once it was erased (forget.ts). Nobody is named here beyond the
 * accounts that are kept for their own sake, and what is said in words is not repeated.
 */
import type { Form } from '../law/policy.ts'
import type { AssayEvent, DataOf, EventOf } from '../vocabulary/event.ts'
import { parseTime } from '../vocabulary/time.ts'
import { parseScope, type Hold } from './holds.ts'
import { groupKey, groupOf, kindOf, type Group } from './kinds.ts'

/** Of the pieces that were recorded here; nobody else speaks under it. */
export const RECORDER_SOURCE = '/assay/recorder'

export type Segment = DataOf<'live.segment.recorded'> & {
  readonly startsAtMs: number
  /** Who says so: RECORDER_SOURCE, or a producer that keeps a recording elsewhere. */
  readonly source: string
  /** Id of the event. */
  readonly event: string
}

export type BroadcastFacts = {
  readonly broadcast: string
  room: string | null
  form: Form
  announcement: string | null
  scheduledAt: number | null
  start: string | null
  startedAt: number | null
  endedAt: number | null
  /** First and last thing that happened on air, ms; null where nothing is known to have happened. */
  firstLiveAt: number | null
  lastLiveAt: number | null
  /** By sequence. */
  readonly segments: Map<number, Segment>
  readonly disturbances: EventOf<'live.recording.disturbed'>[]
  readonly orders: Set<string>
  /** When each product was on offer in it, ms; `until` null while it still is. */
  readonly airtimes: Map<string, { readonly from: number; until: number | null }[]>
}

export type OrderFacts = {
  readonly order: string
  broadcast: string | null
  readonly products: Set<string>
  /** Last delivery, cancellation or refund, ms; null while the trade is open. */
  completedAt: number | null
}

/** Of a complaint what decides about holds; neither who lodged it nor what it says. */
export type Lodged = Pick<EventOf<'live.complaint.lodged'>, 'id' | 'time' | 'subject'> & {
  readonly data: Pick<
    DataOf<'live.complaint.lodged'>,
    'complaint' | 'against' | 'order' | 'product'
  >
}

export type ComplaintFacts = {
  readonly complaint: string
  readonly lodged: Lodged
  /** Who answered, and when, ms. */
  readonly answers: { readonly by: string; readonly at: number }[]
}

export type GroupFacts = Group & { events: number; from: number; until: number }

export type Facts = {
  readonly broadcasts: Map<string, BroadcastFacts>
  readonly orders: Map<string, OrderFacts>
  readonly complaints: Map<string, ComplaintFacts>
  readonly holds: Map<string, Hold>
  /** Matters that a hold was ever placed for, released or not. */
  readonly heldMatters: Set<string>
  /** Account → instant of closing, ms. */
  readonly closedAccounts: Map<string, number>
  readonly groups: Map<string, GroupFacts>
  /** When something was last deleted on the record, ms, by erasedKey. */
  readonly erased: Map<string, number>
}

export const noFacts = (): Facts => ({
  broadcasts: new Map(),
  orders: new Map(),
  complaints: new Map(),
  holds: new Map(),
  heldMatters: new Set(),
  closedAccounts: new Map(),
  groups: new Map(),
  erased: new Map(),
})

/** Adds one event; whoever calls owns `facts` and sees it changed. */
export const learn = (facts: Facts, event: AssayEvent): void => {
  const at = parseTime(event.time)
  learnGroup(facts, event, at)
  if (event.subject !== undefined) learnBroadcast(broadcastOf(facts, event.subject), event, at)
  if ('order' in event.data && typeof event.data.order === 'string')
    learnOrder(facts, event, event.data.order, at)
  learnCase(facts, event, at)
}

/** One kind of thing of one broadcast; without a broadcast, all that belongs to none. */
export const erasedKey = (kind: string, broadcast: string | undefined): string =>
  JSON.stringify([kind, broadcast ?? null])

/**
 * When a broadcast ended, ms: as stated, or a day after its last sign of life, since a broadcast
 * that broke off never says so. Null while it may still run, and where it never began.
 */
export const endOfBroadcast = (broadcast: BroadcastFacts, at: number): number | null => {
  if (broadcast.endedAt !== null) return Math.max(broadcast.endedAt, broadcast.lastLiveAt ?? 0)
  const { lastLiveAt } = broadcast
  return lastLiveAt !== null && at - lastLiveAt > SILENCE_MS ? lastLiveAt : null
}

const SILENCE_MS = 86_400_000

/** What holds, complaints, accounts and erasures say. */
const learnCase = (facts: Facts, event: AssayEvent, at: number): void => {
  const { complaints, holds, closedAccounts, erased } = facts
  if (event.type === 'live.complaint.lodged') {
    const { complaint, against, order, product } = event.data
    const lodged = {
      id: event.id,
      time: event.time,
      ...(event.subject !== undefined && { subject: event.subject }),
      data: {
        complaint,
        against,
        ...(order !== undefined && { order }),
        ...(product !== undefined && { product }),
      },
    }
    complaints.set(complaint, { complaint, lodged, answers: [] })
  } else if (event.type === 'live.complaint.answered')
    complaints.get(event.data.complaint)?.answers.push({ by: event.data.by, at })
  else if (event.type === 'live.hold.placed') {
    const { hold, matter, scope } = event.data
    holds.set(hold, { hold, matter, scope: parseScope(scope), placedAt: at })
    facts.heldMatters.add(matter)
  } else if (event.type === 'live.hold.released') holds.delete(event.data.hold)
  else if (event.type === 'live.account.closed') closedAccounts.set(event.data.account, at)
  else if (event.type === 'live.evidence.erased')
    erased.set(erasedKey(event.data.range.split(':')[0]!, event.subject), at)
}

const learnGroup = (facts: Facts, event: AssayEvent, at: number): void => {
  const group = groupOf(event)
  const key = groupKey(group)
  if (facts.erased.size > 0) {
    // What comes after an erasure is there again, and has to go again.
    const broadcast = broadcastOfGroup(group, facts)
    if (broadcast !== undefined) facts.erased.delete(erasedKey(group.kind, broadcast))
  }
  const known = facts.groups.get(key)
  if (known === undefined) facts.groups.set(key, { ...group, events: 1, from: at, until: at })
  else {
    known.events += 1
    known.from = Math.min(known.from, at)
    known.until = Math.max(known.until, at)
  }
}

/** The order that a group belongs to, directly or as that of its complaint. */
export const orderOfGroup = ({ order, matter }: Group, facts: Facts): string | undefined =>
  order ?? (matter === undefined ? undefined : facts.complaints.get(matter)?.lodged.data.order)

/** The broadcast that a group belongs to, directly or through its order. */
export const broadcastOfGroup = (group: Group, facts: Facts): string | undefined => {
  const order = orderOfGroup(group, facts)
  return (
    group.broadcast ??
    (order === undefined ? undefined : facts.orders.get(order)?.broadcast) ??
    undefined
  )
}

const broadcastOf = (facts: Facts, id: string): BroadcastFacts => {
  let broadcast = facts.broadcasts.get(id)
  if (broadcast === undefined) {
    broadcast = {
      broadcast: id,
      room: null,
      form: 'video',
      announcement: null,
      scheduledAt: null,
      start: null,
      startedAt: null,
      endedAt: null,
      firstLiveAt: null,
      lastLiveAt: null,
      segments: new Map(),
      disturbances: [],
      orders: new Set(),
      airtimes: new Map(),
    }
    facts.broadcasts.set(id, broadcast)
  }
  return broadcast
}

const learnBroadcast = (broadcast: BroadcastFacts, event: AssayEvent, at: number): void => {
  if (isOnAir(event)) {
    broadcast.firstLiveAt = Math.min(broadcast.firstLiveAt ?? at, at)
    broadcast.lastLiveAt = Math.max(broadcast.lastLiveAt ?? at, at)
  }
  const { segments, airtimes } = broadcast
  if (event.type === 'live.broadcast.announced') {
    broadcast.room ??= event.data.room
    broadcast.announcement = event.id
    broadcast.scheduledAt = parseTime(event.data.scheduledAt)
  } else if (event.type === 'live.broadcast.started') {
    const { room, form, scheduledAt } = event.data
    broadcast.room = room
    broadcast.form = form
    broadcast.start = event.id
    broadcast.startedAt = at
    if (scheduledAt !== undefined) broadcast.scheduledAt ??= parseTime(scheduledAt)
  } else if (event.type === 'live.broadcast.ended') {
    broadcast.endedAt = at
    for (const times of airtimes.values()) for (const time of times) time.until ??= at
  } else if (event.type === 'live.segment.recorded') {
    const { source } = event
    const { sequence, startsAt } = event.data
    const known = segments.get(sequence)?.source
    // A producer's word of a piece takes no number from the recorder here.
    if (known === undefined || (known !== RECORDER_SOURCE && source === RECORDER_SOURCE))
      segments.set(sequence, {
        ...event.data,
        startsAtMs: parseTime(startsAt),
        source,
        event: event.id,
      })
  } else if (event.type === 'live.recording.disturbed') broadcast.disturbances.push(event)
  else if (event.type === 'live.product.listed') {
    const { product } = event.data
    airtimes.set(product, [...(airtimes.get(product) ?? []), { from: at, until: null }])
  } else if (event.type === 'live.product.withdrawn')
    for (const time of airtimes.get(event.data.product) ?? []) time.until ??= at
}

/**
 * What can only happen while a room is on air. A page and an announcement exist before, and a
 * disturbance is dated by the recorder, which may work long after.
 */
const isOnAir = ({ type }: AssayEvent): boolean =>
  type !== 'live.broadcast.announced' &&
  type !== 'live.recording.disturbed' &&
  type !== 'live.display.updated' &&
  type !== 'live.boost.placed' &&
  type !== 'live.follow.added' &&
  (kindOf(type) === 'video' || kindOf(type) === 'interaction')

const learnOrder = (facts: Facts, event: AssayEvent, id: string, at: number): void => {
  let order = facts.orders.get(id)
  if (order === undefined) {
    order = { order: id, broadcast: null, products: new Set(), completedAt: null }
    facts.orders.set(id, order)
  }
  if (event.type === 'live.order.placed') {
    for (const { product } of event.data.lines) order.products.add(product)
    if (event.subject !== undefined) {
      order.broadcast = event.subject
      broadcastOf(facts, event.subject).orders.add(id)
    }
  }
  if (
    event.type === 'live.order.delivered' ||
    event.type === 'live.order.cancelled' ||
    event.type === 'live.refund.completed'
  )
    order.completedAt = Math.max(order.completedAt ?? at, at)
}
