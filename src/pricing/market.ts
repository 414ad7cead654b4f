/**
 * What can be bought and which coupons can be used at one moment: the default reading of the terms,
 * 1, 2 and 5 (docs/pricing.md). Shelves are kept from one question to the next as long as no price
 * of the channel changes in between, because a check asks about thousands of products in a row.
 */
import { covers, type Coupon, type Price, type Shop } from './shop.ts'

export type ShelfItem = {
  readonly product: string
  readonly merchant: string | null
  /** The price in effect, minor units. */
  readonly price: number
}

/** Everything for sale in a channel at a moment, dearest first. */
export type Shelf = readonly ShelfItem[]

/**
 * The price in effect: the `sale` price with the latest `from` not after the moment and before its
 * `until`, else the `list` price likewise; undefined where there is neither. A `reference` price is
 * never paid.
 */
export const priceInEffect = (prices: readonly Price[], at: number): Price | undefined => {
  let list: Price | undefined
  let sale: Price | undefined
  for (const price of prices) {
    if (price.from > at) break
    if (price.until !== null && price.until <= at) continue
    if (price.kind === 'sale') sale = price
    else if (price.kind === 'list') list = price
  }
  return sale ?? list
}

export const itemAt = (
  shop: Shop,
  product: string,
  channel: string,
  at: number,
): ShelfItem | undefined => {
  const known = shop.products.get(product)
  const prices = shop.prices.get(product)?.get(channel)
  if (known === undefined || prices === undefined) return undefined
  if (known.withdrawnAt !== null && known.withdrawnAt <= at) return undefined
  const price = priceInEffect(prices, at)
  return price === undefined ? undefined : { product, merchant: known.merchant, price: price.price }
}

/** Everything for sale in the channel at the moment. */
export const shelfAt = (shop: Shop, channel: string, at: number): Shelf => {
  const aisle = aisleOf(shop, channel)
  const epoch = countUpTo(aisle.changes, at)
  const kept = aisle.shelves.get(epoch)
  if (kept !== undefined) return kept
  const shelf: ShelfItem[] = []
  for (const product of aisle.products) {
    const item = itemAt(shop, product, channel, at)
    if (item !== undefined) shelf.push(item)
  }
  shelf.sort((a, b) => b.price - a.price)
  if (aisle.shelves.size >= SHELVES_KEPT) aisle.shelves.clear()
  aisle.shelves.set(epoch, shelf)
  return shelf
}

/** The channels in which a product was ever priced. */
export const channelsOf = (shop: Shop, product: string): readonly string[] => [
  ...(shop.prices.get(product)?.keys() ?? []),
]

export type Situation = {
  readonly at: number
  readonly buyer?: string | undefined
  readonly extraCoupons?: readonly Coupon[] | undefined
  readonly exceptCoupons?: ReadonlySet<string> | undefined
}

/** Coupons that this buyer can still use at this moment, whatever they are for. */
export const usableCoupons = (shop: Shop, situation: Situation): readonly Coupon[] => {
  const { at, buyer, extraCoupons = [], exceptCoupons } = situation
  const uses = usesOf(shop)
  const replaced = new Set(extraCoupons.map(({ coupon }) => coupon))
  const issued = [...shop.coupons.values()].filter(
    ({ coupon }) => !replaced.has(coupon) && exceptCoupons?.has(coupon) !== true,
  )
  return [...issued, ...extraCoupons].filter((coupon) => {
    if (coupon.from > at || coupon.until <= at) return false
    const used = uses.get(coupon.coupon)
    if (coupon.quantity !== null && countBefore(used?.all, at) >= coupon.quantity) return false
    if (coupon.perBuyer !== null) {
      const own = buyer === undefined ? undefined : used?.byBuyer.get(buyer)
      if (countBefore(own, at) >= coupon.perBuyer) return false
    }
    // Without a buyer the question is what anybody can reach, so somebody wins the draw.
    return !coupon.draw || buyer === undefined || hasClaimed(shop, coupon.coupon, buyer, at)
  })
}

/** Of those coupons, the ones that take money off this item in this channel. */
export const couponsFor = (
  coupons: readonly Coupon[],
  item: ShelfItem,
  channel: string,
): readonly Coupon[] =>
  coupons.filter(
    (coupon) => coupon.kind !== 'gift' && covers(coupon, item, channel) && mayDiscount(coupon),
  )

const mayDiscount = ({ kind, value, cap }: Coupon) =>
  kind === 'fixed-price' || (value > 0 && (kind !== 'percent-off' || cap !== 0))

const SHELVES_KEPT = 8

type Aisle = {
  readonly products: readonly string[]
  /** Every moment at which a price of the channel begins or ends, or a product is withdrawn. */
  readonly changes: readonly number[]
  readonly shelves: Map<number, Shelf>
}

const aisles = new WeakMap<Shop, Map<string, Aisle>>()

const aisleOf = (shop: Shop, channel: string): Aisle => {
  let byChannel = aisles.get(shop)
  if (byChannel === undefined) aisles.set(shop, (byChannel = new Map<string, Aisle>()))
  let aisle = byChannel.get(channel)
  if (aisle === undefined) byChannel.set(channel, (aisle = newAisle(shop, channel)))
  return aisle
}

const newAisle = (shop: Shop, channel: string): Aisle => {
  const products: string[] = []
  const changes = new Set<number>()
  for (const [product, prices] of shop.prices) {
    const own = prices.get(channel)
    if (own === undefined) continue
    products.push(product)
    for (const { from, until } of own) {
      changes.add(from)
      if (until !== null) changes.add(until)
    }
    const withdrawnAt = shop.products.get(product)?.withdrawnAt ?? null
    if (withdrawnAt !== null) changes.add(withdrawnAt)
  }
  return { products, changes: [...changes].sort((a, b) => a - b), shelves: new Map() }
}

type Uses = { readonly all: number[]; readonly byBuyer: Map<string, number[]> }

const usesByShop = new WeakMap<Shop, ReadonlyMap<string, Uses>>()

/** When each coupon was used, in the order of time (orders are kept in it). */
const usesOf = (shop: Shop): ReadonlyMap<string, Uses> => {
  const kept = usesByShop.get(shop)
  if (kept !== undefined) return kept
  const uses = new Map<string, Uses>()
  for (const { discounts, buyer, at } of shop.orders.values())
    for (const { coupon } of discounts) {
      let used = uses.get(coupon)
      if (used === undefined) uses.set(coupon, (used = { all: [], byBuyer: new Map() }))
      used.all.push(at)
      const own = used.byBuyer.get(buyer)
      if (own === undefined) used.byBuyer.set(buyer, [at])
      else own.push(at)
    }
  usesByShop.set(shop, uses)
  return uses
}

const claimsByShop = new WeakMap<Shop, ReadonlyMap<string, number>>()

const hasClaimed = (shop: Shop, coupon: string, buyer: string, at: number): boolean => {
  let first = claimsByShop.get(shop)
  if (first === undefined) {
    const earliest = new Map<string, number>()
    for (const claim of shop.claims) {
      const key = JSON.stringify([claim.coupon, claim.viewer])
      if (!earliest.has(key)) earliest.set(key, claim.at)
    }
    claimsByShop.set(shop, (first = earliest))
  }
  return (first.get(JSON.stringify([coupon, buyer])) ?? Infinity) <= at
}

const countBefore = (sorted: readonly number[] | undefined, at: number): number => {
  if (sorted === undefined) return 0
  return lowerBound(sorted, at)
}

const countUpTo = (sorted: readonly number[], at: number): number => lowerBound(sorted, at + 1)

/** How many are below `value`; instants are whole numbers. */
const lowerBound = (sorted: readonly number[], value: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}
