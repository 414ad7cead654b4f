/** Rooms by hand: the facts of a broadcast put straight into its tables, as the engine's fold would. */
import { Evidence, type Room } from '../../src/detectors/room.ts'
import * as moves from '../../src/engine/moves.ts'

/** Start of every built broadcast, ms. */
export const START = Date.UTC(2026, 0, 10, 12)

export type Built = { readonly evidence: Evidence; readonly room: Room }

/** A broadcast of an hour with complete telemetry, unless `capture` says that an outsider saw it. */
export const build = (options: { readonly capture?: boolean; readonly minutes?: number } = {}) => {
  const evidence = new Evidence()
  const room = evidence.room('broadcast-1')
  room.firstAt = START
  room.lastAt = START + (options.minutes ?? 60) * 60_000
  if (options.capture !== true) {
    room.startedAt = room.firstAt
    room.endedAt = room.lastAt
  }
  return { evidence, room }
}

const seen = (room: Room, type: string) => room.seen.set(type, (room.seen.get(type) ?? 0) + 1)
const accountOf = (room: Room, account: string | undefined) =>
  account === undefined ? 0 : room.accounts.rowOf(account) + 1
const viewOf = (room: Room, view: string | undefined) =>
  view === undefined ? 0 : room.views.rowOf(view) + 1

/** One visit: joins `at` ms after the start, stays `stayMs`, says goodbye unless `leaves` is false. */
export const view = (
  room: Room,
  v: {
    readonly id: string
    readonly account?: string
    readonly at: number
    readonly stayMs: number
    readonly device?: string
    readonly ip?: string
    readonly network?: string
    readonly createdAt?: number
    readonly leaves?: boolean
  },
) => {
  const row = room.views.rowOf(v.id)
  moves.join(room, START + v.at, row, {
    account: accountOf(room, v.account),
    device: v.device === undefined ? 0 : room.views.devices.intern(v.device) + 1,
    ip: v.ip === undefined ? 0 : room.views.ips.intern(v.ip) + 1,
    subnet: 0,
    network: v.network === undefined ? 0 : room.views.networks.intern(v.network) + 1,
    app: 0,
    entry: 0,
    createdAt: v.createdAt ?? Number.NaN,
  })
  seen(room, 'live.viewer.joined')
  for (let at = 30_000; at < v.stayMs; at += 30_000)
    room.views.watch(row, START + v.at + at, 30, false)
  if (v.leaves !== false) room.views.leave(row, START + v.at + v.stayMs)
}

export const like = (
  room: Room,
  l: {
    readonly account: string
    readonly at: number
    readonly count: number
    readonly view?: string
  },
) => {
  room.likes.ids.push(`like-${room.likes.length}`)
  const account = accountOf(room, l.account)
  moves.like(room, START + l.at, viewOf(room, l.view), account, l.count)
}

export const comment = (
  room: Room,
  c: {
    readonly account: string
    readonly at: number
    readonly text: string
    readonly reply?: boolean
  },
) => {
  const text = room.comments.texts.intern(c.text)
  const row = room.comments.rowOf(`comment-${room.comments.length}`)
  const account = accountOf(room, c.account)
  moves.comment(room, START + c.at, row, 0, account, text, c.reply === true)
}

export const click = (
  room: Room,
  c: { readonly account: string; readonly at: number; readonly view?: string },
) => moves.click(room, START + c.at, viewOf(room, c.view), accountOf(room, c.account), 1)

export const social = (room: Room, account: string, at: number) =>
  moves.social(room, START + at, 0, accountOf(room, account))

export const banner = (
  room: Room,
  b: { readonly at: number; readonly account?: string; readonly count?: number },
) => {
  const row = room.banners.add()
  const c = room.banners.columns
  c.at[row] = START + b.at
  c.kind[row] = 1
  c.account[row] = accountOf(room, b.account)
  c.product[row] = 1
  c.count[row] = b.count ?? 1
}

export const display = (
  room: Room,
  d: { readonly at: number } & Partial<
    Record<'concurrent' | 'viewers' | 'likes' | 'orders' | 'sales', number>
  >,
) => {
  const row = room.displays.add()
  room.displays.ids.push(`display-${row}`)
  const c = room.displays.columns
  c.at[row] = START + d.at
  for (const figure of ['concurrent', 'viewers', 'likes', 'orders', 'sales'] as const)
    c[figure][row] = d[figure] ?? Number.NaN
}

/** An order of the broadcast, paid at once unless `paid` is false. */
export const order = (
  { evidence, room }: Built,
  o: {
    readonly id: string
    readonly at: number
    readonly account?: string
    readonly paid?: boolean
  },
) => {
  const row = evidence.orders.rowOf(o.id)
  const c = evidence.orders.columns
  c.broadcast[row] = evidence.orders.broadcasts.intern(room.broadcast) + 1
  c.placedAt[row] = START + o.at
  c.quantity[row] = 1
  if (o.paid !== false) c.paidAt[row] = START + o.at
  if (o.account !== undefined) room.accounts.columns.orders[accountOf(room, o.account) - 1]! += 1
}

/** `count` values spread as people are: 0 to 1, seeded, the same each time (Park & Miller 1988). */
export const uniform = (seed: number): (() => number) => {
  let state = seed
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}

/** Ordinary watchers `from…to`: join at any time of the hour, stay about four minutes, some act. */
export const watchers = (room: Room, count: number, seed = 7) => {
  const next = uniform(seed)
  for (let i = 0; i < count; i += 1) {
    const at = Math.floor(next() * 3_000_000)
    const stayMs = Math.floor(5000 - Math.log(1 - next()) * 240_000)
    const account = `person-${i}`
    const id = `visit-${i}`
    view(room, {
      id,
      account,
      at,
      stayMs,
      createdAt: START - Math.floor(next() * 1000) * 86_400_000,
    })
    if (next() < 0.1) comment(room, { account, at: at + 3000, text: `想问一下第 ${i} 号有货吗` })
    if (next() < 0.2) click(room, { account, at: at + 4000 + Math.floor(next() * 800), view: id })
  }
}
