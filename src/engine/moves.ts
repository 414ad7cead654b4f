/**
 * What each fact does to the tables of a room, by row numbers alone: the one place where counts are
 * kept, used by the fold (rows from ids) and by columnar readers (rows from hashes of ids).
 *
 * Every move is a minimum, a maximum, a sum or a new row, so their order does not matter. `view` and
 * `account` are rows + 1, 0 where the event names none; `at` is ms from the epoch.
 */
import type { Room } from '../detectors/room.ts'
import { maxInto, minInto } from '../detectors/tables/fold.ts'

/** Facts of a visit as numbers + 1, 0 where not stated; `createdAt` ms or NaN. */
export type Visit = {
  account: number
  device: number
  ip: number
  subnet: number
  network: number
  app: number
  entry: number
  createdAt: number
}

/** Something happened while the room was on air; `count` times from `at` until `lastAt`. */
export const live = (room: Room, type: string, at: number, lastAt = at, count = 1): void => {
  room.seen.set(type, (room.seen.get(type) ?? 0) + count)
  if (!(room.firstAt <= at)) room.firstAt = at
  if (!(room.lastAt >= lastAt)) room.lastAt = lastAt
}

/** A visit; of two claims on one view the earlier stands. */
export const join = (room: Room, at: number, row: number, visit: Visit): void => {
  const c = room.views.columns
  const known = c.startAt[row]!
  if (!(known <= at)) {
    const before = c.account[row]!
    if (visit.account !== 0 && visit.account !== before) {
      if (before !== 0) room.accounts.columns.views[before - 1]! -= 1
      c.account[row] = visit.account
      room.accounts.columns.views[visit.account - 1]! += 1
    }
    c.device[row] = visit.device
    c.ip[row] = visit.ip
    c.subnet[row] = visit.subnet
    c.network[row] = visit.network
    c.app[row] = visit.app
    c.entry[row] = visit.entry
    c.createdAt[row] = visit.createdAt
  }
  room.views.join(row, at)
  if (visit.account === 0) return
  sign(room, at, visit.account)
  const created = room.accounts.columns.createdAt
  if (!Number.isNaN(visit.createdAt)) minInto(created, visit.account - 1, visit.createdAt)
}

export const like = (room: Room, at: number, view: number, account: number, count: number) => {
  const row = room.likes.add()
  const c = room.likes.columns
  c.at[row] = at
  c.view[row] = view
  c.account[row] = account
  c.count[row] = count
  act(room, at, view, account)
  if (account === 0) return
  room.accounts.columns.likes[account - 1]! += 1
  room.accounts.columns.taps[account - 1]! += count
}

export const comment = (
  room: Room,
  at: number,
  row: number,
  view: number,
  account: number,
  text: number,
  reply: boolean,
): void => {
  const c = room.comments.columns
  // A second posting of one comment id: the earlier stands.
  if (c.at[row]! <= at) return
  const isNew = Number.isNaN(c.at[row]!)
  c.at[row] = at
  c.view[row] = view
  c.account[row] = account
  c.text[row] = text + 1
  c.reply[row] = reply ? 1 : 0
  if (!isNew) return
  act(room, at, view, account)
  if (account !== 0) room.accounts.columns.comments[account - 1]! += 1
}

export const click = (room: Room, at: number, view: number, account: number, product: number) => {
  const row = room.clicks.add()
  const c = room.clicks.columns
  c.at[row] = at
  c.view[row] = view
  c.account[row] = account
  c.product[row] = product
  act(room, at, view, account)
  if (account !== 0) room.accounts.columns.clicks[account - 1]! += 1
}

/** A follow, gift, share or entry into the fan group. */
export const social = (room: Room, at: number, view: number, account: number): void => {
  act(room, at, view, account)
  if (account !== 0) room.accounts.columns.social[account - 1]! += 1
}

/** The account is alive at this time. */
export const sign = (room: Room, at: number, account: number): void => {
  minInto(room.accounts.columns.firstAt, account - 1, at)
  maxInto(room.accounts.columns.lastAt, account - 1, at)
}

/** A view that acts is alive, and belongs to who acts through it where no join told. */
const act = (room: Room, at: number, view: number, account: number) => {
  if (account !== 0) sign(room, at, account)
  if (view === 0) return
  const c = room.views.columns
  c.acts[view - 1]! += 1
  maxInto(c.lastAt, view - 1, at)
  if (account === 0 || c.account[view - 1] !== 0) return
  c.account[view - 1] = account
  room.accounts.columns.views[account - 1]! += 1
}
