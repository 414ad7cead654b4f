/**
 * A shop as its events tell it: products, prices, coupons, claims, orders, refunds, promises. The
 * same event twice changes nothing, and the order of the events does not matter. What cannot be
 * right is refused by field; nothing is computed around it.
 */
import type { AssayEvent, EventOf, EventType } from '../vocabulary/event.ts'
import { parseTime } from '../vocabulary/time.ts'
import { freezeOrders, type FrozenOrder } from './orders.ts'
import { circularBundles } from './bundles.ts'
import type { PricingRefusal, PricingRefusalCode } from './refusal.ts'

/** Amounts must stay below this, minor units: 10^15 keeps every sum of a basket exact. */
export const MAX_AMOUNT = 1_000_000_000_000_000

export type EventRef = { readonly source: string; readonly event: string; readonly at: number }

export type Product = {
  readonly product: string
  /** Null where a price is known but no listing. */
  readonly merchant: string | null
  readonly title: string
  /** ms; null while it is on sale. */
  readonly withdrawnAt: number | null
}

export type Price = EventRef & {
  readonly product: string
  readonly channel: string
  readonly kind: 'list' | 'reference' | 'sale'
  /** Minor units. */
  readonly price: number
  /** ms, inclusive. */
  readonly from: number
  /** ms, exclusive; null without end. */
  readonly until: number | null
}

export type Coupon = EventRef & {
  readonly coupon: string
  readonly issuer: string
  readonly scope: {
    readonly merchant: string | null
    readonly products: ReadonlySet<string> | null
    readonly channels: ReadonlySet<string> | null
    readonly exclude: ReadonlySet<string>
  }
  readonly kind: 'amount-off' | 'percent-off' | 'fixed-price' | 'gift'
  readonly threshold: number
  /** Minor units; basis points for percent-off. */
  readonly value: number
  readonly cap: number | null
  readonly quantity: number | null
  readonly perBuyer: number | null
  readonly group: string | null
  readonly from: number
  readonly until: number
  readonly draw: boolean
}

export type Claim = EventRef & { readonly coupon: string; readonly viewer: string }

export type PromiseMade = EventRef & EventOf<'live.promise.made'>['data']

export type Complaint = EventRef & EventOf<'live.complaint.lodged'>['data']

export type Shop = {
  readonly products: ReadonlyMap<string, Product>
  /** Append-only, by product then channel, in the order of `from`, then of the event's time. */
  readonly prices: ReadonlyMap<string, ReadonlyMap<string, readonly Price[]>>
  readonly coupons: ReadonlyMap<string, Coupon>
  readonly claims: readonly Claim[]
  /** By order id, in the order of their time. */
  readonly orders: ReadonlyMap<string, FrozenOrder>
  readonly promises: readonly PromiseMade[]
  readonly complaints: readonly Complaint[]
  /** Of the first broadcast that states one; null where none does. */
  readonly currency: string | null
  /** ms of the latest event; null for a shop without events. */
  readonly lastAt: number | null
}

export type ShopReading = {
  readonly shop: Shop
  readonly refused: readonly PricingRefusal[]
  /** Events that had come before: same source, same id. */
  readonly repeats: number
}

/** The types of event that say anything about a shop. */
export const SHOP_EVENTS: ReadonlySet<EventType> = new Set([
  'live.broadcast.started',
  'live.product.listed',
  'live.product.withdrawn',
  'live.price.set',
  'live.coupon.issued',
  'live.coupon.claimed',
  'live.promise.made',
  'live.complaint.lodged',
  'live.order.placed',
  'live.order.paid',
  'live.order.cancelled',
  'live.refund.completed',
])

/** Reads events that `admit` has let through. Never throws. */
export const shopOf = (events: Iterable<AssayEvent>): ShopReading => {
  const reader = new ShopReader()
  for (const event of events) reader.add(event)
  return reader.end()
}

/** Whether a coupon's scope allows a line; a null channel (not known) is not held against it. */
export const covers = (
  { scope }: Coupon,
  line: { readonly product: string; readonly merchant: string | null },
  channel: string | null,
): boolean =>
  (scope.merchant === null || scope.merchant === line.merchant) &&
  (scope.products === null || scope.products.has(line.product)) &&
  (scope.channels === null || channel === null || scope.channels.has(channel)) &&
  !scope.exclude.has(line.product)

/**
 * A coupon as the solver reads it, or what is wrong with it. For preflight: the same checks as in
 * a file of events, except that products are not looked up.
 */
export const couponOf = (event: EventOf<'live.coupon.issued'>): Coupon | PricingRefusal => {
  const { data } = event
  const ref = refOf(event)
  const from = parseTime(data.from)
  const until = parseTime(data.until)
  const refuse = refuser(ref)
  const tooLarge = firstTooLarge(data, ['threshold', 'value', 'cap'])
  if (tooLarge !== undefined) return refuse('too-large', `data.${tooLarge}`)
  if (until <= from) return refuse('ends-before-start', 'data.until')
  if (data.kind === 'percent-off' && data.value > 10_000) return refuse('over-whole', 'data.value')
  const { merchant, products, channels, exclude } = data.scope
  return {
    ...ref,
    coupon: data.coupon,
    issuer: data.issuer,
    scope: {
      merchant: merchant ?? null,
      products: products === undefined ? null : new Set(products),
      channels: channels === undefined ? null : new Set(channels),
      exclude: new Set(exclude),
    },
    kind: data.kind,
    threshold: data.threshold,
    value: data.value,
    cap: data.cap ?? null,
    quantity: data.quantity ?? null,
    perBuyer: data.perBuyer ?? null,
    group: data.group ?? null,
    from,
    until,
    draw: data.draw ?? false,
  }
}

export const isRefusal = (value: object): value is PricingRefusal => 'code' in value

const refOf = (event: AssayEvent): EventRef => ({
  source: event.source,
  event: event.id,
  at: parseTime(event.time),
})

const refuser =
  ({ source, event }: EventRef) =>
  (code: PricingRefusalCode, field: string): PricingRefusal => ({ source, event, code, field })

const firstTooLarge = <T extends object>(data: T, fields: readonly (keyof T & string)[]) =>
  fields.find((field) => {
    const value = data[field]
    return typeof value === 'number' && !isAmount(value)
  })

const isAmount = (value: number) => Number.isSafeInteger(value) && value >= 0 && value < MAX_AMOUNT

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

class ShopReader {
  readonly #seen = new Map<string, Set<string>>()
  readonly #refused: PricingRefusal[] = []
  readonly #products = new Map<string, Mutable<Product> & { listedAt: number }>()
  readonly #withdrawals: (EventRef & { product: string })[] = []
  readonly #bundles = new Map<string, { ref: EventRef; parts: readonly string[] }>()
  readonly #prices = new Map<string, Map<string, Price[]>>()
  readonly #coupons = new Map<string, Coupon>()
  readonly #claims: Claim[] = []
  readonly #promises: PromiseMade[] = []
  readonly #complaints: Complaint[] = []
  readonly #placed: EventOf<'live.order.placed'>[] = []
  readonly #paid: EventOf<'live.order.paid'>[] = []
  readonly #cancelled: EventOf<'live.order.cancelled'>[] = []
  readonly #refunds: EventOf<'live.refund.completed'>[] = []
  readonly #currencies: (EventRef & { currency: string; field: string })[] = []
  #lastAt: number | null = null
  #repeats = 0

  add(event: AssayEvent): void {
    if (this.#isRepeat(event)) return
    const ref = refOf(event)
    this.#lastAt = Math.max(this.#lastAt ?? ref.at, ref.at)
    if ('currency' in event.data && typeof event.data.currency === 'string')
      this.#currencies.push({ ...ref, currency: event.data.currency, field: 'data.currency' })
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- other types are no trade
    switch (event.type) {
      case 'live.product.listed':
        return this.#list(event, ref)
      case 'live.product.withdrawn':
        this.#withdrawals.push({ ...ref, product: event.data.product })
        return
      case 'live.price.set':
        return this.#price(event, ref)
      case 'live.coupon.issued':
        return this.#coupon(event)
      case 'live.coupon.claimed':
        this.#claims.push({ ...ref, coupon: event.data.coupon, viewer: event.data.viewer })
        return
      case 'live.promise.made':
        return this.#promise(event, ref)
      case 'live.complaint.lodged':
        this.#complaints.push({ ...event.data, ...ref })
        return
      case 'live.order.placed':
        this.#placed.push(event)
        return
      case 'live.order.paid':
        this.#paid.push(event)
        return
      case 'live.order.cancelled':
        this.#cancelled.push(event)
        return
      case 'live.refund.completed':
        this.#refunds.push(event)
        return
      default:
    }
  }

  end(): ShopReading {
    for (const { product, at } of this.#withdrawals) {
      const known = this.#products.get(product)
      if (known !== undefined && at >= known.listedAt)
        known.withdrawnAt = Math.min(at, known.withdrawnAt ?? at)
    }
    for (const [product, { ref, parts }] of this.#bundles)
      for (const [i, part] of parts.entries())
        if (!this.#products.has(part))
          this.#refuse(ref, 'unknown-product', `data.bundle.${i}.product`, product)
    for (const product of circularBundles(this.#bundles)) {
      this.#refuse(this.#bundles.get(product)!.ref, 'circular-bundle', 'data.bundle', product)
      this.#products.delete(product)
    }
    for (const [product, byChannel] of this.#prices) {
      for (const prices of byChannel.values())
        prices.sort((a, b) => a.from - b.from || a.at - b.at || compareText(a.event, b.event))
      this.#prices.set(product, sortedBy(byChannel, byName))
    }
    this.#checkScopes()
    const promises = this.#promises.filter((promise) => this.#isKnown(promise, promise.product))
    const { orders, refused } = freezeOrders({
      placed: this.#placed,
      paid: this.#paid,
      cancelled: this.#cancelled,
      refunds: this.#refunds,
      coupons: this.#coupons,
      products: this.#products,
    })
    this.#refused.push(...refused)
    const shop: Shop = {
      products: sortedBy(this.#products, (a, b) => a.listedAt - b.listedAt),
      prices: sortedBy(this.#prices, byName),
      coupons: sortedBy(this.#coupons, byTime),
      claims: this.#claims.sort(byTime),
      orders,
      promises: promises.sort(byTime),
      complaints: this.#complaints.sort(byTime),
      currency: this.#currency(),
      lastAt: this.#lastAt,
    }
    return { shop, refused: this.#refused, repeats: this.#repeats }
  }

  #isRepeat(event: AssayEvent): boolean {
    let ids = this.#seen.get(event.source)
    if (ids === undefined) this.#seen.set(event.source, (ids = new Set()))
    if (ids.has(event.id)) {
      this.#repeats += 1
      return true
    }
    ids.add(event.id)
    return false
  }

  #list(event: EventOf<'live.product.listed'>, ref: EventRef) {
    const { product, merchant, title } = event.data
    const before = this.#products.get(product)
    const parts = bundleOf(event.data)
    if (parts.length > 0) this.#bundles.set(product, { ref, parts })
    // A later listing puts a withdrawn product back on sale; the latest says what it is.
    if (before !== undefined && before.merchant !== null && before.listedAt > ref.at) return
    this.#products.set(product, {
      product,
      merchant,
      title,
      withdrawnAt: before?.withdrawnAt ?? null,
      listedAt: ref.at,
    })
  }

  #price(event: EventOf<'live.price.set'>, ref: EventRef) {
    const { product, channel, kind, price } = event.data
    const from = parseTime(event.data.from)
    const until = event.data.until === undefined ? null : parseTime(event.data.until)
    if (!isAmount(price))
      return this.#refuse(ref, price < 0 ? 'negative' : 'too-large', 'data.price')
    if (until !== null && until <= from) return this.#refuse(ref, 'ends-before-start', 'data.until')
    if (!this.#products.has(product))
      this.#products.set(product, {
        product,
        merchant: null,
        title: product,
        withdrawnAt: null,
        listedAt: ref.at,
      })
    let byChannel = this.#prices.get(product)
    if (byChannel === undefined) this.#prices.set(product, (byChannel = new Map<string, Price[]>()))
    const list = byChannel.get(channel)
    const entry: Price = { ...ref, product, channel, kind, price, from, until }
    if (list === undefined) byChannel.set(channel, [entry])
    else list.push(entry)
  }

  #coupon(event: EventOf<'live.coupon.issued'>) {
    const read = couponOf(event)
    if (isRefusal(read)) this.#refused.push(read)
    else if (this.#coupons.has(read.coupon)) this.#refuse(read, 'id-taken', 'data.coupon')
    else this.#coupons.set(read.coupon, read)
  }

  #promise(event: EventOf<'live.promise.made'>, ref: EventRef) {
    const { price, scope } = event.data
    if (price !== undefined && !isAmount(price)) return this.#refuse(ref, 'too-large', 'data.price')
    if (scope !== undefined && parseTime(scope.until) <= parseTime(scope.from))
      return this.#refuse(ref, 'ends-before-start', 'data.scope.until')
    this.#promises.push({ ...event.data, ...ref })
  }

  /** A coupon that names goods nobody lists is a typing error, and an error in who may use it. */
  #checkScopes() {
    for (const coupon of this.#coupons.values())
      for (const [list, products] of [
        ['products', coupon.scope.products],
        ['exclude', coupon.scope.exclude],
      ] as const) {
        const i = [...(products ?? [])].findIndex((product) => !this.#products.has(product))
        if (i < 0) continue
        this.#refuse(coupon, 'unknown-product', `data.scope.${list}.${i}`)
        this.#coupons.delete(coupon.coupon)
      }
  }

  #isKnown(ref: EventRef, product: string): boolean {
    if (this.#products.has(product)) return true
    this.#refuse(ref, 'unknown-product', 'data.product')
    return false
  }

  #currency(): string | null {
    const [first, ...others] = this.#currencies.sort(byTime)
    if (first === undefined) return null
    for (const other of others)
      if (other.currency !== first.currency) this.#refuse(other, 'mixed-currency', other.field)
    return first.currency
  }

  #refuse(ref: EventRef, code: PricingRefusalCode, field: string, about?: string): void {
    const { source, event } = ref
    this.#refused.push({ source, event, code, field, ...(about !== undefined && { about }) })
  }
}

/** `bundle: [{ product, quantity }]`, a field a producer may add to a listing. */
const bundleOf = (data: object): readonly string[] => {
  if (!('bundle' in data) || !Array.isArray(data.bundle)) return []
  return (data.bundle as unknown[]).flatMap((part) =>
    typeof part === 'object' &&
    part !== null &&
    'product' in part &&
    typeof part.product === 'string'
      ? [part.product]
      : [],
  )
}

const byTime = (a: EventRef, b: EventRef) => a.at - b.at || compareText(a.event, b.event)

/** Of equal answers the first is given: it must not depend on which event came first. */
const sortedBy = <T>(map: ReadonlyMap<string, T>, compare: (a: T, b: T) => number) =>
  new Map([...map].sort(([a, x], [b, y]) => compare(x, y) || compareText(a, b)))

const byName = () => 0

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
