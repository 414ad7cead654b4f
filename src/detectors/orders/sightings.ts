/** Whether the buyers of an affair were ever in the room, as far as its telemetry can say. */
import { nameIn, orderedAt } from './groups.ts'
import type { Room } from '../room.ts'
import type { OrderTable } from '../tables/orders.ts'

export const SEEN = 1
export const UNSEEN = 2

/** Fewest visits from which a room's telemetry says who was there. */
const ENOUGH_VISITS = 20

/** Ms around a broadcast within which an order is made by somebody who watches it. */
const MARGIN_MS = 60_000

/**
 * SEEN, UNSEEN, or 0 where it cannot be said: no view telemetry, or an order before or after the
 * broadcast. All 0 where no buyer at all was seen, because then accounts and buyers are named apart.
 */
export const sightings = (
  orders: OrderTable,
  room: Room | undefined,
  rows: Uint32Array,
): Uint8Array => {
  const sighted = new Uint8Array(rows.length)
  if (room === undefined || room.views.joined < ENOUGH_VISITS) return sighted
  const from = Number.isNaN(room.startedAt) ? room.firstAt : room.startedAt
  const until = Number.isNaN(room.endedAt) ? room.lastAt : room.endedAt
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i]!
    const at = orderedAt(orders, row)
    if (at < from - MARGIN_MS || at > until + MARGIN_MS) continue
    const account = room.accounts.ids.find(nameIn(orders.buyers, orders.columns.buyer[row]!))
    sighted[i] = account !== undefined && wasThere(room, account) ? SEEN : UNSEEN
  }
  return sighted.includes(SEEN) ? sighted : sighted.fill(0)
}

/** Fewest accounts that left other traces, from which the record of visits is measured. */
const ENOUGH_ACTIVE = 20

/**
 * The share of honest buyers expected to leave no visit, at most: of the accounts that tapped,
 * commented or clicked in the room, and so were there, how many have none. Orders have no part in
 * it. Undefined where too few accounts did.
 */
export const unrecordedShare = ({ accounts }: Room): number | undefined => {
  const { views, taps, comments, clicks, social } = accounts.columns
  let active = 0
  let recorded = 0
  for (let row = 0; row < accounts.length; row += 1) {
    const isActive = taps[row]! + comments[row]! + clicks[row]! + social[row]! > 0
    if (!isActive) continue
    active += 1
    if (views[row]! > 0) recorded += 1
  }
  return active < ENOUGH_ACTIVE ? undefined : 1 - recorded / active
}

/** An order alone also opens an account row; everything else is a sign of presence. */
const wasThere = ({ accounts: { columns } }: Room, row: number): boolean =>
  columns.views[row]! +
    columns.taps[row]! +
    columns.comments[row]! +
    columns.clicks[row]! +
    columns.social[row]! >
  0
