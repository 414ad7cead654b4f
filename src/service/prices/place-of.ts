/**
 * Where what a finding of a promise rests on was told: a promise is undercut by coupons and prices of
 * other broadcasts too. Looks through everything on file, so for a question, not on the way of an event.
 */
import { parseTime } from '../../vocabulary/index.ts'
import type { ShopOnFile, ShopsOnFile } from './on-file.ts'
import type { ShopEvent } from './trim.ts'

/** A broadcast, empty for none, and ms. */
export type Place = { readonly broadcast: string; readonly at: number }

/** @param name of an event on file, or of an order */
export const placeOf = (shops: ShopsOnFile, name: string): Place | undefined => {
  for (const platform of shops.platforms) {
    const event = namedIn(shops.get(platform)!, name)
    if (event !== undefined) return { broadcast: event.subject ?? '', at: parseTime(event.time) }
  }
  return undefined
}

const namedIn = (shop: ShopOnFile, name: string): ShopEvent | undefined => {
  for (const orders of Object.values(shop.orders)) {
    const placed = orders.get(name)?.find(({ type }) => type === 'live.order.placed')
    if (placed !== undefined) return placed
  }
  for (const event of offersIn(shop)) if (event.id === name) return event
  return undefined
}

function* offersIn({ promises, coupons, goods }: ShopOnFile): Generator<ShopEvent> {
  for (const { event } of promises.values()) yield event
  yield* coupons.values()
  for (const { events } of goods.values()) yield* events
}
