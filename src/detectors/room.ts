/**
 * A room's state: the facts of one broadcast in tables that the detectors read. The engine folds
 * events into it; a detector only weighs what stands here.
 */
import type { Form } from '../law/policy.ts'
import { loadFields, saveFields } from '../sketches/kept.ts'
import { AccountTable } from './tables/accounts.ts'
import { eraseComments } from './tables/erase.ts'
import {
  BannerTable,
  ClickTable,
  CommentTable,
  DisplayTable,
  LikeTable,
} from './tables/interactions.ts'
import { Offers } from './tables/offers.ts'
import { OrderTable } from './tables/orders.ts'
import { ViewTable } from './tables/views.ts'
import { Files, type Mute, type Removal } from './tables/words.ts'

/** A disclosed, lawful reason for arrivals. `expectedViews` is NaN when it was not stated. */
export type Boost = {
  readonly id: string
  readonly channel: string
  readonly from: number
  readonly until: number
  readonly expectedViews: number
}

/** Something said on air, by time on the clock, ms. */
export type Caption = {
  /** Of the event. */
  readonly id: string
  readonly from: number
  readonly until: number
  readonly speaker: string
  readonly text: string
  /** Of the recogniser, 0 to 1; 1 where nothing is said of it. */
  readonly confidence: number
}

export type Host = { readonly account: string; readonly role: string }

export class Room {
  readonly views = new ViewTable()
  readonly accounts = new AccountTable()
  readonly likes = new LikeTable()
  readonly comments = new CommentTable()
  readonly clicks = new ClickTable()
  readonly banners = new BannerTable()
  readonly displays = new DisplayTable()
  readonly boosts: Boost[] = []
  readonly captions: Caption[] = []
  readonly removals: Removal[] = []
  readonly mutes: Mute[] = []
  room = ''
  operator = ''
  title = ''
  /** Event of the start, which carries the title. */
  startedBy = ''
  category = ''
  /** The 2026 Measures name video and audio only; picture-text rooms fall under those of 2021. */
  form: Form = 'video'
  currency = 'CNY'
  hosts: readonly Host[] = []
  startedAt = Number.NaN
  endedAt = Number.NaN
  /** Earliest and latest time of any event of the broadcast, ms. */
  firstAt = Number.NaN
  lastAt = Number.NaN
  /** Number of events folded, by type, to hold against the producer's own totals. */
  readonly seen = new Map<string, number>()
  /** The producer's own totals from `live.broadcast.ended`. */
  counts: Readonly<Record<string, number>> | undefined
  readonly broadcast: string

  constructor(broadcast: string) {
    this.broadcast = broadcast
  }

  /** Takes persons out by their ids, or everybody; every figure stays what it was. */
  erase(ids: ReadonlySet<string> | null): void {
    const isTheirs = (id: string) => ids === null || ids.has(id)
    const rows = this.#eraseAccounts(ids)
    const nobody = (id: string) => (isTheirs(id) ? '' : id)
    this.hosts = this.hosts.map(({ account, role }) => ({ account: nobody(account), role }))
    if (ids?.has(this.operator) === true) this.operator = ''
    for (const [i, { by, ...removal }] of this.removals.entries())
      this.removals[i] = { ...removal, by: nobody(by) }
    for (const [i, mute] of this.mutes.entries()) {
      const said = rows === null || rows.has(mute.account) ? { reason: '', words: [] } : {}
      this.mutes[i] = { ...mute, by: nobody(mute.by), ...said }
    }
  }

  /** @returns their rows + 1; null for all */
  #eraseAccounts(ids: ReadonlySet<string> | null): ReadonlySet<number> | null {
    const { accounts, views, comments } = this
    if (ids === null) {
      for (const names of [accounts.ids, views.devices, views.ips, comments.texts])
        names.forgetAll()
      return null
    }
    const rows = new Set<number>()
    for (const id of ids) {
      const row = accounts.ids.forget(id)
      if (row !== undefined) rows.add(row + 1)
      views.devices.forget(id)
      views.ips.forget(id)
    }
    eraseComments(comments, rows)
    return rows
  }

  save() {
    return saveFields(this)
  }

  load(saved: ReturnType<Room['save']>): void {
    loadFields(this, saved)
  }
}

/** What an audit has read: every broadcast, and the orders of all of them. */
export class Evidence {
  readonly rooms = new Map<string, Room>()
  readonly orders = new OrderTable()
  readonly files = new Files()
  /** Null where nobody asks whether promises were kept: they grow with every price. */
  readonly offers: Offers | null
  /** Slot fees by broadcast and merchant, minor units (`live.fee.agreed`). */
  readonly fees: {
    readonly broadcast: string
    readonly merchant: string
    readonly slotFee: number
    readonly commissionBps: number
  }[] = []

  constructor({ keepsOffers = true }: { readonly keepsOffers?: boolean } = {}) {
    this.offers = keepsOffers ? new Offers() : null
  }

  room(broadcast: string): Room {
    let room = this.rooms.get(broadcast)
    if (room === undefined) this.rooms.set(broadcast, (room = new Room(broadcast)))
    return room
  }
}
