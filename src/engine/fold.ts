/**
 * Events into tables: each event adds its facts to the room of its broadcast and to the orders of
 * the audit. Any order of the same events gives the same tables, up to the numbering of their rows.
 * Repeats are the caller's to know (intake.ts). What was erased of an event is missing, whatever its
 * type says: it is nobody's, and like nothing else.
 */
import type { Evidence, Host, Room } from '../detectors/room.ts'
import { eraseOrders, eraseReviews } from '../detectors/tables/erase.ts'
import { minInto } from '../detectors/tables/fold.ts'
import { REMOVALS } from '../detectors/tables/interactions.ts'
import { ENTRIES } from '../vocabulary/index.ts'
import { FingerprintSet } from '../sketches/fingerprint-set.ts'
import { fingerprint, type Lanes } from '../sketches/hash.ts'
import type { Interner } from '../sketches/interner.ts'
import { loadFields, saveFields } from '../sketches/kept.ts'
import { parseTime, type AssayEvent, type DataOf, type EventOf } from '../vocabulary/index.ts'
import { file, settle as settleFiles } from './files.ts'
import { click, comment, join, like, sign, social, type Visit } from './moves.ts'
import { subnetOf } from './subnet.ts'

type Spoken = { readonly startMs: number; readonly endMs: number; readonly at: number } & {
  readonly id: string
  readonly confidence: number
  readonly speaker: string
  readonly text: string
}

/** Persons who are taken out, and what of theirs goes with them. */
export type ErasedPersons = {
  /** Null for everybody in the rooms named. */
  readonly ids: ReadonlySet<string> | null
  readonly orders: ReadonlySet<string>
  readonly reviews: ReadonlySet<string>
}

/** What the fold keeps of a room beside its tables. */
type Desk = {
  readonly room: Room
  /** Captions wait for the start of the broadcast, from which their offsets run. */
  readonly spoken: Spoken[]
}

const lanes: Lanes = { hi: 0, lo: 0 }

const settle = ({ room, spoken }: Desk) => {
  room.captions.length = 0
  for (const { at, startMs, endMs, ...said } of spoken) {
    const start = Number.isNaN(room.startedAt) ? at - endMs : room.startedAt
    room.captions.push({ from: start + startMs, until: start + endMs, ...said })
  }
  room.captions.sort(
    (a, b) => a.from - b.from || a.until - b.until || order(a.text, b.text) || order(a.id, b.id),
  )
  room.boosts.sort((a, b) => a.from - b.from || order(a.id, b.id))
  room.removals.sort((a, b) => order(a.comment, b.comment) || order(a.event, b.event))
  room.mutes.sort((a, b) => a.at - b.at || order(a.event, b.event))
}

export class Fold {
  readonly #evidence: Evidence
  readonly #desks = new Map<string, Desk>()
  #last: Desk | undefined
  readonly #refunds = new FingerprintSet()
  /** One object for every join: the hot path allocates nothing. */
  readonly #visit: Visit = {
    account: 0,
    device: 0,
    ip: 0,
    subnet: 0,
    network: 0,
    app: 0,
    entry: 0,
    createdAt: Number.NaN,
  }

  constructor(evidence: Evidence) {
    this.#evidence = evidence
  }

  /** Adds the facts of an admitted event; `at` is its time, ms from the epoch. */
  take(event: AssayEvent, at: number): void {
    const desk = event.subject === undefined ? undefined : this.#desk(event.subject)
    if (desk !== undefined) {
      const { seen } = desk.room
      seen.set(event.type, (seen.get(event.type) ?? 0) + 1)
      this.#live(desk, event, at)
    } else file(this.#evidence, event, at)
    this.#trade(event, at, desk?.room)
  }

  /** Settles what depends on the whole: times of captions, order of lists. May be called again. */
  finish(): void {
    for (const desk of this.#desks.values()) settle(desk)
    this.settleShared()
  }

  /** The same for one broadcast, where the others are of no interest now. */
  settle(broadcast: string): void {
    settle(this.#desk(broadcast))
  }

  /** What all broadcasts share. */
  settleShared(): void {
    settleFiles(this.#evidence.files)
    this.#evidence.fees.sort(
      (a, b) => order(a.broadcast, b.broadcast) || order(a.merchant, b.merchant),
    )
  }

  /** What one broadcast holds, to be put away; `forget` afterwards frees its memory. */
  saveRoom(broadcast: string) {
    const { room, spoken } = this.#desk(broadcast)
    return { room: room.save(), spoken: spoken.slice() }
  }

  loadRoom(broadcast: string, saved: ReturnType<Fold['saveRoom']>): void {
    const desk = this.#desk(broadcast)
    desk.room.load(saved.room)
    desk.spoken.push(...saved.spoken)
  }

  /** Takes persons out of a room that is in memory. */
  eraseRoom(broadcast: string, ids: ErasedPersons['ids']): void {
    const desk = this.#desk(broadcast)
    desk.room.erase(ids)
    for (const [i, said] of desk.spoken.entries())
      if (ids === null || ids.has(said.speaker)) desk.spoken[i] = { ...said, speaker: '', text: '' }
    settle(desk)
  }

  /** Takes persons out of what all broadcasts share, by what they ordered and wrote. */
  eraseShared({ ids, orders, reviews }: ErasedPersons): void {
    eraseOrders(this.#evidence.orders, orders)
    eraseReviews(this.#evidence.files.reviews, reviews)
    for (const id of ids ?? []) this.#evidence.orders.hosts.forget(id)
  }

  forget(broadcast: string): void {
    this.#desks.delete(broadcast)
    this.#evidence.rooms.delete(broadcast)
    this.#last = undefined
  }

  /** What all broadcasts share: orders, fees, refunds known. */
  saveShared() {
    const { orders, fees, files } = this.#evidence
    return {
      orders: orders.save(),
      fees: fees.slice(),
      files: saveFields(files),
      refunds: this.#refunds.save(),
    }
  }

  loadShared({ orders, fees, files, refunds }: ReturnType<Fold['saveShared']>): void {
    this.#evidence.orders.load(orders)
    loadFields(this.#evidence.files, files)
    this.#evidence.fees.push(...fees)
    this.#refunds.load(refunds)
  }

  #desk(broadcast: string): Desk {
    if (this.#last?.room.broadcast === broadcast) return this.#last
    let desk = this.#desks.get(broadcast)
    if (desk === undefined) {
      desk = { room: this.#evidence.room(broadcast), spoken: [] }
      this.#desks.set(broadcast, desk)
    }
    this.#last = desk
    return desk
  }

  /** What happens while the room is on air, most frequent first. */
  #live(desk: Desk, event: AssayEvent, at: number) {
    const { room } = desk
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- other types leave nothing here
    switch (event.type) {
      case 'live.viewer.watched': {
        const { view, seconds, visible, playing } = event.data
        room.views.watch(
          room.views.rowOf(view),
          at,
          seconds,
          visible === false || playing === false,
        )
        break
      }
      case 'live.like.sent': {
        const { view, viewer, count } = event.data
        room.likes.ids.push(event.id)
        like(room, at, viewOf(room, view), accountOf(room, viewer), count)
        break
      }
      case 'live.viewer.joined':
        this.#joined(room, event.data, at)
        break
      case 'live.viewer.left':
        room.views.leave(room.views.rowOf(event.data.view), at)
        break
      case 'live.product.clicked': {
        const { view, viewer, product } = event.data
        click(room, at, viewOf(room, view), accountOf(room, viewer), this.#productOf(product))
        break
      }
      case 'live.comment.posted': {
        const { comment: id, view, viewer, text, replyTo } = event.data
        const number = room.comments.texts.internIfKnown(text)
        const row = room.comments.rowOf(id)
        const [v, a] = [viewOf(room, view), accountOf(room, viewer)]
        comment(room, at, row, v, a, number, replyTo !== undefined)
        break
      }
      case 'live.comment.removed': {
        const { comment: id, by } = event.data
        room.removals.push({ event: event.id, comment: id, by: known(by) })
        const row = room.comments.rowOf(id)
        const c = room.comments.columns
        // Removed twice: the first removal, and its reason, stand.
        if (c.removedAt[row]! <= at) break
        c.removedAt[row] = at
        c.removed[row] = REMOVALS.indexOf(event.data.reason) + 1
        break
      }
      case 'live.viewer.muted': {
        const { viewer, by, reason, words = [] } = event.data
        const account = accountOf(room, viewer)
        const said = { by: known(by), reason: known(reason), words }
        room.mutes.push({ event: event.id, at, account, ...said })
        break
      }
      case 'live.follow.added':
      case 'live.fangroup.joined':
      case 'live.gift.sent':
      case 'live.share.sent':
        social(room, at, 0, accountOf(room, event.data.viewer))
        break
      case 'live.banner.shown': {
        const { kind, viewer, product, count } = event.data
        const row = room.banners.add()
        const c = room.banners.columns
        c.at[row] = at
        c.kind[row] = kind === 'going-to-buy' ? 1 : 2
        c.account[row] = accountOf(room, viewer)
        c.product[row] = this.#productOf(product)
        c.count[row] = count ?? 1
        break
      }
      case 'live.display.updated': {
        const { concurrent, viewers, likes, orders, sales } = event.data
        const row = room.displays.add()
        room.displays.ids.push(event.id)
        const c = room.displays.columns
        c.at[row] = at
        c.concurrent[row] = concurrent ?? Number.NaN
        c.viewers[row] = viewers ?? Number.NaN
        c.likes[row] = likes ?? Number.NaN
        c.orders[row] = orders ?? Number.NaN
        c.sales[row] = sales ?? Number.NaN
        break
      }
      case 'live.broadcast.started':
        started(room, event, at)
        break
      case 'live.broadcast.ended':
        if (room.endedAt >= at) break
        room.endedAt = at
        if (event.data.counts !== undefined) room.counts = event.data.counts
        break
      case 'live.boost.placed': {
        const { channel, from, until, expectedViews } = event.data
        const [fromAt, untilAt] = [parseTime(from), parseTime(until)]
        const expected = expectedViews ?? Number.NaN
        const boost = { id: event.id, channel, from: fromAt, until: untilAt }
        room.boosts.push({ ...boost, expectedViews: expected })
        break
      }
      case 'live.caption.spoken': {
        const { speaker, text, startMs, endMs, confidence = 1 } = event.data
        const said = { speaker: known(speaker), text: known(text), confidence }
        desk.spoken.push({ id: event.id, at, startMs, endMs, ...said })
        break
      }
      default:
        file(this.#evidence, event, at)
        return
    }
    if (!(room.firstAt <= at)) room.firstAt = at
    if (!(room.lastAt >= at)) room.lastAt = at
  }

  #joined(room: Room, data: DataOf<'live.viewer.joined'>, at: number) {
    const { views } = room
    const row = views.rowOf(data.view)
    const visit = this.#visit
    visit.account = accountOf(room, data.viewer)
    visit.device = numberOf(views.devices, data.device)
    visit.ip = numberOf(views.ips, data.ip)
    const subnet = data.ip === undefined ? '' : subnetOf(data.ip)
    visit.subnet = subnet === '' ? 0 : views.subnets.intern(subnet) + 1
    visit.network = data.network === undefined ? 0 : views.networks.intern(data.network) + 1
    visit.app = numberOf(views.apps, data.app)
    visit.entry = ENTRIES.indexOf(data.entry) + 1
    visit.createdAt =
      data.accountCreatedAt === undefined ? Number.NaN : parseTime(data.accountCreatedAt)
    join(room, at, row, visit)
  }

  /** Orders and money back, of a broadcast or of none. */
  #trade(event: AssayEvent, at: number, room: Room | undefined) {
    const { orders } = this.#evidence
    const row = ORDER_TYPES.has(event.type) ? this.#orderOf(event as OrderEvent, room) : -1
    const c = orders.columns
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- other types are no trade
    switch (event.type) {
      case 'live.order.placed':
        this.#placed(row, event.data, at, room)
        break
      case 'live.order.paid':
        c.paid[row] = (Number.isNaN(c.paid[row]!) ? 0 : c.paid[row]!) + event.data.amount
        minInto(c.paidAt, row, at)
        if (c.payer[row] === 0) c.payer[row] = numberOf(orders.payers, event.data.payer)
        break
      case 'live.order.cancelled':
        minInto(c.cancelledAt, row, at)
        break
      case 'live.order.shipped':
        minInto(c.shippedAt, row, at)
        break
      case 'live.order.delivered':
        minInto(c.deliveredAt, row, at)
        break
      case 'live.refund.requested':
        if (!(c.refundRequestedAt[row]! <= at))
          c.reason[row] = orders.reasons.internIfKnown(event.data.reason) + 1
        minInto(c.refundRequestedAt, row, at)
        if (event.data.goodsReturned) c.goodsReturned[row] = 1
        break
      case 'live.refund.completed':
        // One refund told twice by two producers is one refund.
        fingerprint(event.data.refund, lanes, row)
        if (!this.#refunds.add(lanes.hi, lanes.lo)) break
        c.refunded[row] =
          (Number.isNaN(c.refunded[row]!) ? 0 : c.refunded[row]!) + event.data.amount
        minInto(c.refundedAt, row, at)
        break
      case 'live.fee.agreed': {
        const { merchant, slotFee, commissionBps = 0 } = event.data
        const broadcast = room?.broadcast ?? ''
        // A merchant who paid and sold nothing is to be found in the audit as well.
        this.#evidence.orders.merchants.intern(merchant)
        this.#evidence.fees.push({ broadcast, merchant, slotFee, commissionBps })
        break
      }
      default:
    }
  }

  #orderOf(event: OrderEvent, room: Room | undefined): number {
    const { orders } = this.#evidence
    const row = orders.rowOf(event.data.order)
    if (room !== undefined && orders.columns.broadcast[row] === 0)
      orders.columns.broadcast[row] = orders.broadcasts.intern(room.broadcast) + 1
    return row
  }

  #placed(row: number, data: DataOf<'live.order.placed'>, at: number, room: Room | undefined) {
    const { orders } = this.#evidence
    const c = orders.columns
    if (c.placedAt[row]! <= at) return
    const isNew = Number.isNaN(c.placedAt[row]!)
    c.placedAt[row] = at
    c.total[row] = data.total
    let quantity = 0
    for (const line of data.lines) quantity += line.quantity
    c.quantity[row] = quantity
    c.buyer[row] = orders.buyers.internIfKnown(data.buyer) + 1
    c.merchant[row] = orders.merchants.intern(data.merchant) + 1
    if (data.payer !== undefined) c.payer[row] = orders.payers.intern(data.payer) + 1
    c.address[row] = numberOf(orders.addresses, data.address)
    c.device[row] = numberOf(orders.devices, data.device)
    c.ip[row] = numberOf(orders.ips, data.ip)
    c.host[row] = numberOf(orders.hosts, data.host)
    c.product[row] = numberOf(orders.products, data.lines[0]?.product)
    this.#basket(row, data)
    if (!isNew || room === undefined) return
    const account = accountOf(room, data.buyer)
    if (account === 0) return
    room.accounts.columns.orders[account - 1]! += 1
    sign(room, at, account)
  }

  /** What promises are held against, where the row alone does not say it. */
  #basket(row: number, data: DataOf<'live.order.placed'>) {
    const { offers } = this.#evidence
    if (offers === null) return
    const { lines, discounts, deposit, total } = data
    const [line] = lines
    const channel = 'channel' in data && typeof data.channel === 'string' ? data.channel : undefined
    const isPlain =
      line !== undefined &&
      lines.length === 1 &&
      discounts === undefined &&
      deposit === undefined &&
      channel === undefined &&
      line.unitPrice * line.quantity === total
    // Of two that place one order the earlier speaks for it.
    if (isPlain) offers.baskets.delete(row)
    else offers.baskets.set(row, { lines, discounts, deposit, channel })
  }

  #productOf(product: string): number {
    return this.#evidence.orders.products.intern(product) + 1
  }
}

type OrderEvent = EventOf<
  | 'live.order.placed'
  | 'live.order.paid'
  | 'live.order.cancelled'
  | 'live.order.shipped'
  | 'live.order.delivered'
  | 'live.refund.requested'
  | 'live.refund.completed'
>

const ORDER_TYPES: ReadonlySet<string> = new Set<OrderEvent['type']>([
  'live.order.placed',
  'live.order.paid',
  'live.order.cancelled',
  'live.order.shipped',
  'live.order.delivered',
  'live.refund.requested',
  'live.refund.completed',
])

/** Of two starts of one broadcast the earlier speaks for it. */
const started = (room: Room, { id, data }: EventOf<'live.broadcast.started'>, at: number) => {
  if (room.startedAt <= at) return
  room.startedAt = at
  room.startedBy = id
  room.room = data.room
  room.operator = data.operator
  room.title = data.title
  room.category = data.category ?? ''
  room.form = data.form
  room.currency = data.currency
  room.hosts = data.hosts.map(({ account, role }): Host => ({ account: known(account), role }))
}

const numberOf = (names: Interner, name: string | undefined) =>
  name === undefined ? 0 : names.intern(name) + 1

const known = (text: string | undefined): string => text ?? ''

const viewOf = (room: Room, view: string | undefined) =>
  view === undefined ? 0 : room.views.rowOf(view) + 1

const accountOf = (room: Room, account: string | undefined) =>
  account === undefined ? 0 : room.accounts.rowOf(account) + 1

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
