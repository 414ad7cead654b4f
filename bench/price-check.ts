/**
 * What checking costs: `price check` on 100,000 orders × 1,000 coupons × 10,000 products, from the
 * events in memory to the answers, and preflight in a shop with 1,000 live coupons.
 *
 *   tsx bench/price-check.ts [orders = 100000] [promises = 50] [preflights = 200]
 */
import { preflightIn, PREFLIGHT_NODES } from '../src/pricing/preflight.ts'
import { checkPromises, marketOf, type PromiseCheck } from '../src/pricing/promises.ts'
import { refundsDue } from '../src/pricing/refunds-due.ts'
import { couponOf, isRefusal, shopOf, type Coupon } from '../src/pricing/shop.ts'
import type { AssayEvent, EventOf } from '../src/vocabulary/event.ts'
import { randomOf } from './lib.ts'

const [orders = '100000', promises = '50', preflights = '200'] = process.argv.slice(2)
const START = Date.UTC(2026, 2, 1, 12)
const DAY = 86_400_000
const iso = (at: number) => new Date(at).toISOString()

const random = randomOf(11)
const whole = (n: number) => Math.floor(random() * n)

const eventOf = (type: string, id: string, time: number, data: object) =>
  ({ specversion: '1.0', id, source: '/bench', type, time: iso(time), data }) as AssayEvent

type Size = {
  readonly products: number
  readonly coupons: number
  readonly orders: number
  readonly promises: number
}

/** Coupons begin within a month and last a week; one in fifty is for the whole shop. */
const couponData = (name: string, products: number, isLive: boolean) => {
  const isWide = whole(50) === 0
  const from = isLive ? START - DAY : START + whole(30 * DAY)
  return {
    coupon: name,
    issuer: 'merchant-a',
    scope: isWide
      ? { merchant: 'merchant-a' }
      : { products: Array.from({ length: 10 }, () => `p${whole(products)}`) },
    kind: 'amount-off' as const,
    threshold: (isWide ? 20 : 5 + whole(20)) * 10_000,
    value: (1 + whole(30)) * 1000,
    group: isWide ? 'shop' : `group-${whole(20)}`,
    quantity: 1000,
    from: iso(from),
    until: iso(from + (isLive ? 30 : 7) * DAY),
  }
}

const eventsOf = (size: Size, isLive: boolean): AssayEvent[] => {
  const events: AssayEvent[] = []
  const prices: number[] = []
  const add = (type: string, time: number, data: object) =>
    void events.push(eventOf(type, `e${events.length}`, time, data))
  for (let i = 0; i < size.products; i += 1) {
    const product = `p${i}`
    const price = (10 + whole(2000)) * 100 - (whole(2) === 0 ? 10 : 0)
    prices.push(price)
    const listed = { sku: product, merchant: 'merchant-a', title: product, category: 'c' }
    add('live.product.listed', START - DAY, { product, ...listed })
    const kind = 'list'
    add('live.price.set', START - DAY, {
      product,
      channel: 'store',
      kind,
      price,
      from: iso(START - DAY),
    })
  }
  for (let i = 0; i < size.coupons; i += 1)
    add('live.coupon.issued', START - DAY, couponData(`c${i}`, size.products, isLive))
  for (let i = 0; i < size.promises; i += 1) {
    const product = i % size.products
    add('live.promise.made', START, {
      promise: `promise-${i}`,
      kind: i % 2 === 0 ? 'lowest-price' : 'price-protection',
      by: 'host-a',
      product: `p${product}`,
      scope: { from: iso(START), until: iso(START + 30 * DAY) },
      price: prices[product],
      ...(i % 3 > 0 && { couponsCount: true }),
      text: 'x',
    })
  }
  for (let i = 0; i < size.orders; i += 1) {
    const lines = Array.from({ length: 1 + whole(3) }, () => {
      const product = whole(i % 4 === 0 ? Math.min(size.promises, size.products) : size.products)
      return { product: `p${product}`, quantity: 1 + whole(2), unitPrice: prices[product]! }
    })
    const gross = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0)
    const amount = whole(5) === 0 ? Math.min(gross, 1000) : 0
    add('live.order.placed', START + whole(30 * DAY), {
      order: `o${i}`,
      buyer: `b${whole(50_000)}`,
      merchant: 'merchant-a',
      lines,
      ...(amount > 0 && { discounts: [{ coupon: `c${whole(size.coupons)}`, amount }] }),
      total: gross - amount,
    })
  }
  return events
}

/** Between what was found and what cannot be excluded, a piece. */
const gapOf = (witness: PromiseCheck['counterexample']) =>
  witness === null
    ? 0
    : witness.upper.numerator / witness.upper.denominator -
      witness.lower.numerator / witness.lower.denominator

const say = (figures: object) => process.stdout.write(`${JSON.stringify(figures)}\n`)

const check = () => {
  const size = {
    products: 10_000,
    coupons: 1000,
    orders: Number(orders),
    promises: Number(promises),
  }
  const events = eventsOf(size, false)
  const began = performance.now()
  const { shop, refused } = shopOf(events)
  const read = performance.now()
  const checks = checkPromises(shop)
  const checked = performance.now()
  const { refunds } = refundsDue(shop, events)
  const due = performance.now()
  const outcomes: Record<string, number> = {}
  for (const { outcome } of checks) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  say({
    ...size,
    refused: refused.length,
    shopSeconds: (read - began) / 1000,
    checkSeconds: (checked - read) / 1000,
    refundsSeconds: (due - checked) / 1000,
    outcomes,
    affected: checks.reduce((sum, { orders: owed }) => sum + owed.length, 0),
    refundRows: refunds.length,
    incomplete: checks.filter(({ complete }) => !complete).length,
    worstGapFen: Math.max(0, ...checks.map(({ counterexample }) => gapOf(counterexample))),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  })
}

const flights = () => {
  const size = { products: 1000, coupons: 1000, orders: 2000, promises: 20 }
  const { shop } = shopOf(eventsOf(size, true))
  const market = marketOf(shop, { nodes: PREFLIGHT_NODES })
  const coupons: Coupon[] = []
  for (let i = 0; coupons.length < Number(preflights); i += 1) {
    const data = couponData(`new-${i}`, size.products, true)
    // Every one of them reaches a product that a promise was made for.
    data.scope.products?.push(`p${whole(size.promises)}`)
    const issued = eventOf('live.coupon.issued', `n${i}`, START, data)
    const coupon = couponOf(issued as EventOf<'live.coupon.issued'>)
    if (!isRefusal(coupon)) coupons.push(coupon)
  }
  const ms: number[] = []
  const outcomes: Record<string, number> = {}
  let changes = 0
  let incomplete = 0
  for (const coupon of coupons) {
    const began = performance.now()
    const result = preflightIn(market, coupon)
    ms.push(performance.now() - began)
    outcomes[result.outcome] = (outcomes[result.outcome] ?? 0) + 1
    changes += result.changes.length
    if (!result.complete) incomplete += 1
  }
  const [first] = ms
  ms.sort((a, b) => a - b)
  const at = (share: number) => ms[Math.min(ms.length - 1, Math.floor(share * ms.length))]
  say({
    ...size,
    preflights: ms.length,
    firstMs: first,
    medianMs: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
    outcomes,
    changes,
    incomplete,
  })
}

flights()
if (Number(orders) > 0) check()
