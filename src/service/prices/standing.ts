/**
 * A shop on file as it stands, read once for whatever is asked of it until an event changes it: what
 * is sold, and what became of each promise. Searched within a bound, the same as an audit's, only for
 * what is asked, and each promise once.
 */
import { PROMISE_SEARCH } from '../../engine/prices.ts'
import { payoutsOf } from '../../pricing/payouts.ts'
import { checkPromise, marketOf, stillOwed, type PromiseCheck } from '../../pricing/promises.ts'
import { hidesOffer, hidesOrder } from '../../pricing/refusal.ts'
import { shopOf, type PromiseMade, type Shop } from '../../pricing/shop.ts'
import type { AssayEvent } from '../../vocabulary/index.ts'
import { isSound, type PromiseOnFile, type ShopOnFile, type ShopsOnFile } from './on-file.ts'

export type Standing = {
  readonly kept: ShopOnFile
  readonly shop: Shop
  /** Amounts of two currencies are not compared. */
  readonly isMixed: boolean
  /** Of the goods, prices and coupons that were read none had to be refused. */
  readonly isSound: boolean
  /** Nothing that a promise hangs on was left out, and no order that somebody may be owed for. */
  readonly isWhole: boolean
  readonly knowsOrders: boolean
  /** Undefined where it cannot be judged, and for what no price keeps or breaks. */
  readonly checked: (promise: PromiseOnFile) => Checked | undefined
}

export type Checked = { readonly made: PromiseMade; readonly check: PromiseCheck }

export class Standings {
  readonly #shops: ShopsOnFile
  /** By platform, until it changes. */
  readonly #known = new Map<string, Standing>()

  constructor(shops: ShopsOnFile) {
    this.#shops = shops
    shops.follow((_, platform) => void this.#known.delete(platform))
  }

  /** @param platform one of those on file */
  of(platform: string): Standing {
    let standing = this.#known.get(platform)
    if (standing === undefined) {
      standing = standingOf(this.#shops.get(platform)!)
      this.#known.set(platform, standing)
    }
    return standing
  }
}

const standingOf = (kept: ShopOnFile): Standing => {
  const events = eventsOf(kept)
  const { shop: read, refused } = shopOf(events)
  const [currency = null, another] = kept.currencies
  const shop: Shop = { ...read, currency }
  const market = marketOf(shop, PROMISE_SEARCH)
  const paidBack = payoutsOf(shop, events).compensated
  const { lost, goods } = kept
  const isMixed = another !== undefined
  const isOfferSound = !refused.some(hidesOffer)
  const known = new Map<number, Checked | undefined>()
  const checkedOf = ({ event: { source, id } }: PromiseOnFile): Checked | undefined => {
    if (isMixed) return undefined
    const made = shop.promises.find((one) => one.event === id && one.source === source)
    const check = made && checkPromise(market, made, { paidBack })
    return check && { made, check: stillOwed(check, paidBack) }
  }
  return {
    kept,
    shop,
    isMixed,
    isSound: isOfferSound,
    isWhole:
      !(isMixed || lost.goods || lost.coupons || lost.uses) &&
      isOfferSound &&
      [...goods.values()].every(isSound),
    knowsOrders: !lost.orders && !refused.some(hidesOrder),
    checked: (promise) => {
      const { number } = promise
      if (!known.has(number)) known.set(number, checkedOf(promise))
      return known.get(number)
    },
  }
}

/** Without goods that cannot be relied on, and without coupons of which nobody knows what is left. */
const eventsOf = ({ goods, coupons, promises, orders, lost }: ShopOnFile): AssayEvent[] => [
  ...[...goods.values()].filter(isSound).flatMap(({ events }) => events),
  ...[...coupons.values()].filter(({ data }) => !lost.uses || data.quantity === undefined),
  ...[...promises.values()].map(({ event }) => event),
  ...Object.values(orders).flatMap((each) => [...each.values()].flat()),
]
