/**
 * What becomes of the promises on file, and of a coupon asked against them. Searched within a bound,
 * only for what is asked, and kept until an event changes the shop. A promise is called broken only on
 * goods whose prices are all known and one merchant's, by coupons of which somebody can still have had
 * one; and kept only where nothing that could have undercut it was left out.
 */
import type {
  CheckedPromise,
  PreflightAnswer,
  PromiseOnFileView,
  PromisesOnFile,
} from '../../http/contract.ts'
import type { PromisesAsked, ShopAsked } from '../../http/routes/prices.ts'
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { payoutsOf, type Payouts } from '../../pricing/payouts.ts'
import { PREFLIGHT_NODES } from '../../pricing/preflight.ts'
import { checkPromise, marketOf, type Market, type PromiseCheck } from '../../pricing/promises.ts'
import { hidesOffer, hidesOrder } from '../../pricing/refusal.ts'
import { shopOf, type Shop } from '../../pricing/shop.ts'
import type { AssayEvent } from '../../vocabulary/index.ts'
import { checkedView, currencyOf, tried } from './answer.ts'
import {
  isSound,
  merchantOfGoods,
  type PromiseOnFile,
  type ShopOnFile,
  type ShopsOnFile,
} from './on-file.ts'

/** Fillers × coupons searched for all promises of a platform together: a second or two. */
const WORK = 2_000_000
/** Promises that a page shows, or a coupon is held against: the newest. */
export const MOST_JUDGED = 50
/** What a form lets one choose from. */
const PRODUCTS_SHOWN = 1_000

/** A shop as it stands, with what was judged of it so far. */
type Standing = {
  readonly kept: ShopOnFile
  readonly shop: Shop
  readonly market: Market
  readonly paidBack: Payouts['compensated']
  /** Amounts of two currencies are not compared. */
  readonly isMixed: boolean
  /** Nothing that a promise hangs on was left out, and no order that somebody may be owed for. */
  readonly isWhole: boolean
  readonly knowsOrders: boolean
  readonly views: Map<number, PromiseOnFileView>
}

export class Judge {
  readonly #shops: ShopsOnFile
  /** By platform, until it changes. */
  readonly #standing = new Map<string, Standing>()

  constructor(shops: ShopsOnFile) {
    this.#shops = shops
    shops.follow((_, platform) => void this.#standing.delete(platform))
  }

  promises({ merchant, broadcast, before = Infinity, limit }: PromisesAsked): PromisesOnFile {
    const asked = [...this.#shops.platforms].flatMap((platform) => {
      const kept = this.#shops.get(platform)!
      return [...kept.promises.values()]
        .filter(
          ({ number, event: { data, subject } }) =>
            data.kind !== 'after-sales' &&
            number < before &&
            (broadcast === undefined || subject === broadcast) &&
            (merchant === null || merchantOfGoods(kept, data.product) === merchant),
        )
        .map((promise) => ({ platform, promise }))
    })
    return {
      promises: asked
        .sort((a, b) => b.promise.number - a.promise.number)
        .slice(0, Math.min(limit, MOST_JUDGED))
        .map(({ platform, promise }) => viewOf(platform, promise, this.#of(platform))),
      complete: this.#shops.isComplete,
    }
  }

  /** `which` where no platform on file was named, and there are several. */
  preflight({ merchant, platform, coupon }: ShopAsked): PreflightAnswer | 'which' {
    const names = [...this.#shops.platforms].filter((name) => this.#sells(name, merchant))
    const named = platform ?? (names.length > 1 ? 'which' : names[0])
    // Nothing is on file, so nothing is promised.
    if (named === undefined) return tried(shopOf([]).shop, coupon, [])
    if (this.#shops.get(named) === undefined) return 'which'
    const { kept, shop, isWhole, isMixed } = this.#of(named)
    const isOwn = ({ product }: { readonly product: string }) =>
      merchant === null || merchantOfGoods(kept, product) === merchant
    const promises = isMixed ? [] : shop.promises.filter(isOwn)
    const { coupon: verdict, ...answer } = tried(
      { ...shop, promises: promises.slice(-MOST_JUDGED) },
      coupon,
      [],
      { work: WORK },
    )
    const isAll = isWhole && promises.length <= MOST_JUDGED
    return {
      ...answer,
      products: answer.products.filter(isOwn).slice(0, PRODUCTS_SHOWN),
      coupon: verdict && { ...verdict, complete: verdict.complete && isAll },
    }
  }

  #sells(platform: string, merchant: string | null): boolean {
    if (merchant === null) return true
    const goods = this.#shops.get(platform)?.goods.values() ?? []
    return [...goods].some(({ merchants }) => merchants.has(merchant))
  }

  #of(platform: string): Standing {
    let standing = this.#standing.get(platform)
    if (standing === undefined) {
      standing = standingOf(this.#shops.get(platform)!)
      this.#standing.set(platform, standing)
    }
    return standing
  }
}

const standingOf = (kept: ShopOnFile): Standing => {
  const events = eventsOf(kept)
  const { shop: read, refused } = shopOf(events)
  const [currency = null, another] = kept.currencies
  const shop: Shop = { ...read, currency }
  const { lost, goods } = kept
  const isMixed = another !== undefined
  return {
    kept,
    shop,
    market: marketOf(shop, { nodes: PREFLIGHT_NODES, work: WORK }),
    paidBack: payoutsOf(shop, events).compensated,
    isMixed,
    isWhole:
      !(isMixed || lost.goods || lost.coupons || lost.uses) &&
      !refused.some(hidesOffer) &&
      [...goods.values()].every(isSound),
    knowsOrders: !lost.orders && !refused.some(hidesOrder),
    views: new Map(),
  }
}

const viewOf = (
  platform: string,
  promise: PromiseOnFile,
  standing: Standing,
): PromiseOnFileView => {
  const { number, event, isLate } = promise
  const known = standing.views.get(number)
  if (known !== undefined) return known
  const { kept, shop, isWhole, knowsOrders } = standing
  const checked = checkedOf(promise, standing)
  const open = whyOpen(checked, isWhole)
  const view = {
    ...checked,
    ...(open === null ? {} : { outcome: 'review' as const, missing: open }),
    complete: checked.complete && isWhole && knowsOrders && !isLate,
    number,
    platform,
    currency: currencyOf(shop),
    merchant: merchantOfGoods(kept, event.data.product),
    broadcast: event.subject ?? null,
    madeAt: new Date(event.time).toISOString(),
  }
  standing.views.set(number, view)
  return view
}

const checkedOf = (
  { event }: PromiseOnFile,
  { shop, market, paidBack, isMixed }: Standing,
): CheckedPromise => {
  const { data, source, id } = event
  const made = isMixed
    ? undefined
    : shop.promises.find((one) => one.event === id && one.source === source)
  const check = made && checkPromise(market, made, { paidBack })
  if (check !== undefined) return checkedView(shop, stillOwed(check, paidBack), data.text)
  return {
    promise: data.promise,
    kind: data.kind,
    product: data.product,
    text: data.text,
    outcome: 'review',
    missing: say('prices.not-judged'),
    responsible: null,
    owedOrders: 0,
    owed: 0,
    receipt: null,
    complete: false,
  }
}

/** Price protection has taken off what was paid back; the lowest price has not. */
const stillOwed = (check: PromiseCheck, paidBack: Standing['paidBack']): PromiseCheck => {
  if (check.kind !== 'lowest-price') return check
  const orders = check.orders.flatMap(({ order, difference }) => {
    const left = difference - paidBack(order)
    return left > 0 ? { order, difference: left } : []
  })
  return { ...check, orders }
}

/** What the records alone do not settle; null where they do. */
const whyOpen = ({ outcome, kind }: CheckedPromise, isWhole: boolean): Sentence | null => {
  if (outcome === 'kept' && !isWhole) return say('prices.not-whole')
  const isOfGoods = kind === 'gift' || kind === 'quantity'
  return outcome === 'broken' && isOfGoods ? say('prices.not-in-order') : null
}

/** Without goods that cannot be relied on, and without coupons of which nobody knows what is left. */
const eventsOf = ({ goods, coupons, promises, orders, lost }: ShopOnFile): AssayEvent[] => [
  ...[...goods.values()].filter(isSound).flatMap(({ events }) => events),
  ...[...coupons.values()].filter(({ data }) => !lost.uses || data.quantity === undefined),
  ...[...promises.values()].map(({ event }) => event),
  ...Object.values(orders).flatMap((each) => [...each.values()].flat()),
]
