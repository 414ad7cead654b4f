/**
 * The shops on file: what the ledger's own events say of goods, prices, coupons, promises and orders,
 * one shop a platform. A promise given in one broadcast can be undercut by a coupon of another, and
 * an id means the same thing only within a platform.
 *
 * Bounded, because adversaries write these events too. What is beyond a bound is left out so that
 * nobody is accused for want of it, and whoever asks is told that the shop is not whole.
 */
import { isDeepStrictEqual } from 'node:util'
import { claimantsOf } from '../../pricing/price-protection.ts'
import { windowOf } from '../../pricing/promises/lowest-price.ts'
import { parseTime, type AssayEvent, type EventOf } from '../../vocabulary/index.ts'
import { trimmed, type GoodsEvent, type OrderEvent, type ShopEvent } from './trim.ts'

export type Bounds = {
  readonly platforms: number
  readonly products: number
  /** Listings, prices and withdrawals of one product. */
  readonly eachProduct: number
  readonly coupons: number
  readonly promises: number
  /** Orders of promised goods; as many again that used a coupon. */
  readonly orders: number
  /** The newest other orders, should a promise about their goods come late. */
  readonly spare: number
}

export const BOUNDS: Bounds = {
  platforms: 8,
  products: 10_000,
  eachProduct: 100,
  coupons: 2_000,
  promises: 1_000,
  orders: 10_000,
  spare: 2_000,
}

/** Events of one order: payments and refunds in parts. */
const MOST_OF_ORDER = 50

type Goods = {
  readonly merchants: Set<string>
  readonly events: GoodsEvent[]
  /** There was more than is kept, so that nobody can say what it cost. */
  isCut: boolean
}

export type PromiseOnFile = {
  /** Place in the list over all platforms, from 1: what pages go by. */
  readonly number: number
  readonly event: EventOf<'live.promise.made'>
  /** Orders that it reaches may have been let go before it was known. */
  readonly isLate: boolean
}

const CLASSES = ['promised', 'couponed', 'spare'] as const
type OrderClass = (typeof CLASSES)[number]

/** Plain data throughout: it is put away and sent to the thread as it stands. */
export type ShopOnFile = {
  readonly currencies: Set<string>
  readonly goods: Map<string, Goods>
  /** By coupon id, the first that said it; those that say otherwise under its id are beside it. */
  readonly coupons: Map<string, EventOf<'live.coupon.issued'>>
  readonly promises: Map<string, PromiseOnFile>
  /** Products that a promise is about. */
  readonly promised: Set<string>
  readonly orders: Readonly<Record<OrderClass, Map<string, OrderEvent[]>>>
  /** What did not find room. */
  readonly lost: {
    goods: boolean
    coupons: boolean
    promises: boolean
    orders: boolean
    /** Orders that used a coupon: of a limited one nobody can say whether any is left. */
    uses: boolean
    /** ms: the latest of the other orders that were let go. */
    spareUntil: number
  }
}

type Listener = (event: AssayEvent, platform: string) => void

export class ShopsOnFile {
  readonly #bounds: Bounds
  readonly #shops = new Map<string, ShopOnFile>()
  readonly #changed = new Set<string>()
  readonly #listeners: Listener[] = []
  #numbered = 0

  constructor(bounds: Bounds = BOUNDS) {
    this.#bounds = bounds
  }

  /** Told of every event that was taken, without what it says of people, and of its platform. */
  follow(listener: Listener): void {
    this.#listeners.push(listener)
  }

  /** Admitted events, none twice; in any order, up to what the bounds let go. */
  take(event: AssayEvent): void {
    if (event.type === 'live.broadcast.started') {
      const { room, operator, title, form, currency } = event.data
      const shop = this.#of(event.source)
      if (shop === undefined || shop.currencies.has(currency) || shop.currencies.size > 1) return
      shop.currencies.add(currency)
      this.#took({ ...event, data: { room, operator, title, form, currency, hosts: [] } })
      return
    }
    const kept = trimmed(event)
    if (kept === null) return
    const shop = this.#of(event.source)
    if (shop === undefined) return
    if (kept === 'too-long') lose(shop, event)
    else this.#keep(shop, kept)
    this.#took(kept === 'too-long' ? event : kept)
  }

  get platforms(): IterableIterator<string> {
    return this.#shops.keys()
  }

  get(platform: string): ShopOnFile | undefined {
    return this.#shops.get(platform)
  }

  /** Every promise ever made is here. */
  get isComplete(): boolean {
    return (
      this.#shops.size < this.#bounds.platforms &&
      ![...this.#shops.values()].some(({ lost }) => lost.promises)
    )
  }

  /** What changed since the last call. */
  *changed(): Generator<readonly [string, ShopOnFile]> {
    for (const platform of this.#changed) yield [platform, this.#shops.get(platform)!]
    this.#changed.clear()
  }

  /** Brings back what was put away. */
  load(platform: string, shop: ShopOnFile): void {
    this.#shops.set(platform, shop)
    for (const { number } of shop.promises.values())
      this.#numbered = Math.max(this.#numbered, number)
  }

  #took(event: AssayEvent): void {
    const platform = platformOf(event.source)
    this.#changed.add(platform)
    for (const listener of this.#listeners) listener(event, platform)
  }

  /** Undefined for one platform too many: its promises are not on file at all. */
  #of(source: string): ShopOnFile | undefined {
    const platform = platformOf(source)
    let shop = this.#shops.get(platform)
    if (shop === undefined) {
      if (this.#shops.size >= this.#bounds.platforms) return undefined
      this.#shops.set(platform, (shop = emptyShop()))
    }
    return shop
  }

  #keep(shop: ShopOnFile, event: ShopEvent): void {
    switch (event.type) {
      case 'live.product.listed':
      case 'live.product.withdrawn':
      case 'live.price.set':
        this.#goods(shop, event)
        return
      case 'live.coupon.issued':
        this.#coupon(shop, event)
        return
      case 'live.promise.made':
        this.#promise(shop, event)
        return
      case 'live.order.placed':
      case 'live.order.paid':
      case 'live.order.cancelled':
      case 'live.refund.requested':
      case 'live.refund.completed':
        this.#order(shop, event)
        return
      default:
        event satisfies never
    }
  }

  #goods(shop: ShopOnFile, event: GoodsEvent): void {
    const { product } = event.data
    let goods = shop.goods.get(product)
    if (goods === undefined) {
      if (shop.goods.size >= this.#bounds.products) {
        shop.lost.goods = true
        return
      }
      shop.goods.set(product, (goods = { merchants: new Set(), events: [], isCut: false }))
    }
    // Two are enough to know that it is nobody's alone.
    if (event.type === 'live.product.listed' && goods.merchants.size < 2)
      goods.merchants.add(event.data.merchant)
    if (goods.isCut) return
    if (goods.events.length >= this.#bounds.eachProduct) {
      goods.isCut = true
      goods.events.length = 0
    } else goods.events.push(event)
  }

  #coupon(shop: ShopOnFile, event: EventOf<'live.coupon.issued'>): void {
    const { coupon } = event.data
    const known = shop.coupons.get(coupon)
    // One coupon told by two producers is one coupon; two under one id are refused (pricing/shop).
    if (known !== undefined && isDeepStrictEqual(known.data, event.data)) return
    const key = known === undefined ? coupon : `${coupon} ${event.id}`
    if (shop.coupons.has(key)) return
    if (shop.coupons.size < this.#bounds.coupons) shop.coupons.set(key, event)
    else {
      shop.lost.coupons = true
      // There is no room to say that it was said otherwise.
      shop.coupons.delete(coupon)
    }
  }

  #promise(shop: ShopOnFile, event: EventOf<'live.promise.made'>): void {
    const key = `${event.source} ${event.id}`
    if (shop.promises.has(key)) return
    if (shop.promises.size >= this.#bounds.promises) {
      shop.lost.promises = true
      return
    }
    const made = { source: event.source, event: event.id, at: parseTime(event.time), ...event.data }
    const from = Math.min(windowOf(made).from, claimantsOf(made).from)
    const isLate = shop.lost.spareUntil >= from
    this.#numbered += 1
    shop.promises.set(key, { number: this.#numbered, event, isLate })
    if (shop.promised.has(event.data.product)) return
    shop.promised.add(event.data.product)
    for (const was of ['couponed', 'spare'] as const)
      for (const [order, events] of shop.orders[was])
        if (events.some((one) => buys(one, event.data.product)))
          this.#move(shop, order, was, 'promised')
  }

  #order(shop: ShopOnFile, event: OrderEvent): void {
    const { order } = event.data
    const was = CLASSES.find((name) => shop.orders[name].has(order))
    if (was === undefined) {
      shop.orders.spare.set(order, [event])
      this.#move(shop, order, 'spare', classOf(shop, event))
      return
    }
    const events = shop.orders[was].get(order)!
    // One order told by two producers is one order.
    if (event.type === 'live.order.placed' && events.some(({ type }) => type === event.type)) return
    // What came of it is not all known: it is left out whole, so that nobody is owed for it.
    if (events.length >= MOST_OF_ORDER) {
      shop.lost.orders = shop.lost.uses = true
      shop.orders[was].delete(order)
      return
    }
    events.push(event)
    if (was === 'spare') this.#move(shop, order, was, classOf(shop, event))
  }

  #move(shop: ShopOnFile, order: string, was: OrderClass, becomes: OrderClass): void {
    const { lost, orders } = shop
    const events = orders[was].get(order)!
    if (becomes !== was) {
      orders[was].delete(order)
      orders[becomes].set(order, events)
    }
    const most = becomes === 'spare' ? this.#bounds.spare : this.#bounds.orders
    if (orders[becomes].size <= most) return
    if (becomes === 'promised') {
      lost.orders = lost.uses = true
      orders.promised.delete(order)
      return
    }
    const [oldest, left] = orders[becomes].entries().next().value!
    orders[becomes].delete(oldest)
    if (becomes === 'couponed') lost.uses = true
    for (const { time } of left) lost.spareUntil = Math.max(lost.spareUntil, parseTime(time))
  }
}

/**
 * The platform of a producer: the host of its `source`, or the first two segments of a path
 * (`/platforms/a/rooms` is of `/platforms/a`).
 */
export const platformOf = (source: string): string => {
  const host = /^[a-z][a-z\d+.-]*:\/\/[^/?#]+/i.exec(source)
  if (host !== null) return host[0]
  return source.startsWith('/') ? source.split('/').slice(0, 3).join('/') : source
}

/** Null where it is nobody's alone, or nobody listed it. */
export const merchantOfGoods = (shop: ShopOnFile, product: string): string | null => {
  const [first, second] = shop.goods.get(product)?.merchants ?? []
  return second === undefined ? (first ?? null) : null
}

/** Whether a product's prices can be relied on: all are known, and it is one merchant's. */
export const isSound = ({ merchants, isCut }: Goods): boolean => !isCut && merchants.size < 2

const emptyShop = (): ShopOnFile => ({
  currencies: new Set(),
  goods: new Map(),
  coupons: new Map(),
  promises: new Map(),
  promised: new Set(),
  orders: { promised: new Map(), couponed: new Map(), spare: new Map() },
  lost: {
    goods: false,
    coupons: false,
    promises: false,
    orders: false,
    uses: false,
    spareUntil: Number.NEGATIVE_INFINITY,
  },
})

const lose = ({ lost }: ShopOnFile, { type }: AssayEvent): void => {
  if (type === 'live.coupon.issued') lost.coupons = true
  else if (type === 'live.promise.made') lost.promises = true
  else lost.orders = lost.uses = true
}

const buys = (event: OrderEvent, product: string): boolean =>
  event.type === 'live.order.placed' && event.data.lines.some((line) => line.product === product)

const classOf = (shop: ShopOnFile, event: OrderEvent): OrderClass => {
  if (event.type !== 'live.order.placed') return 'spare'
  const { lines, discounts = [] } = event.data
  if (lines.some(({ product }) => shop.promised.has(product))) return 'promised'
  return discounts.length > 0 ? 'couponed' : 'spare'
}
