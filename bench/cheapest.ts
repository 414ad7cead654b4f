/**
 * What the cheapest price costs, product by product, as a shop grows: one question at a time, every
 * figure with the share of answers that were proven exact. Prices end in .00 or .90 as shops' do;
 * the last rows are the worst cases that docs/pricing.md names.
 */
import { cheapest } from '../src/pricing/cheapest.ts'
import { shopOf, type Shop } from '../src/pricing/shop.ts'
import type { AssayEvent } from '../src/vocabulary/event.ts'
import { randomOf } from './lib.ts'

const AT = Date.UTC(2026, 2, 1, 12)
const DAY = 86_400_000

type Shape = {
  readonly name: string
  readonly products: number
  /** Coupons for ten products each. */
  readonly narrow: number
  /** Coupons for the whole shop that all combine, of rising thresholds. */
  readonly wide: number
  /** Combining coupons for overlapping thirds of the shop. */
  readonly overlapping: number
  readonly kind?: 'amount-off' | 'percent-off' | 'fixed-price'
  /** Smallest step of a price, minor units. */
  readonly step?: number
  readonly maxUnits?: number
}

const shopOfShape = (shape: Shape): Shop => {
  const random = randomOf(7)
  const whole = (n: number) => Math.floor(random() * n)
  const { kind = 'amount-off', step = 10 } = shape
  const events: AssayEvent[] = []
  const add = (type: string, data: object) =>
    void events.push({
      specversion: '1.0',
      id: `e${events.length}`,
      source: '/bench',
      type,
      time: new Date(AT - DAY).toISOString(),
      data,
    } as AssayEvent)
  for (let i = 0; i < shape.products; i += 1) {
    const product = `p${i}`
    const price =
      step === 10 ? (10 + whole(2000)) * 100 - (whole(2) === 0 ? 10 : 0) : 1000 + whole(200_000)
    add('live.product.listed', {
      product,
      sku: product,
      merchant: 'm',
      title: product,
      category: 'c',
    })
    add('live.price.set', { product, channel: 'store', kind: 'list', price, from: iso(AT - DAY) })
  }
  const coupon = (scope: object, threshold: number, value: number) =>
    add('live.coupon.issued', {
      coupon: `c${events.length}`,
      issuer: 'm',
      scope,
      kind,
      threshold,
      value: kind === 'percent-off' ? 1234 : kind === 'fixed-price' ? 5000 : value,
      from: iso(AT - DAY),
      until: iso(AT + DAY),
    })
  const some = (n: number) => Array.from({ length: n }, () => `p${whole(shape.products)}`)
  for (let i = 0; i < shape.narrow; i += 1)
    coupon({ products: some(10) }, (5 + whole(60)) * 5000, (1 + whole(10)) * 1000)
  for (let i = 0; i < shape.wide; i += 1) coupon({ merchant: 'm' }, 200_000 + i * 30_000, 20_000)
  for (let i = 0; i < shape.overlapping; i += 1)
    coupon(
      { products: ['p0', ...some(Math.ceil(shape.products / 3))] },
      150_000 + whole(150_000),
      20_000,
    )
  return shopOf(events).shop
}

const iso = (at: number) => new Date(at).toISOString()

const measure = (shape: Shape, questions: number) => {
  const shop = shopOfShape(shape)
  const ask = (i: number) =>
    cheapest(shop, {
      product: shape.overlapping > 0 ? 'p0' : `p${i % shape.products}`,
      at: AT,
      ...(shape.maxUnits !== undefined && { maxUnits: shape.maxUnits }),
    })!
  for (let i = 0; i < 3; i += 1) ask(i)
  const ms: number[] = []
  let exact = 0
  let worstGap = 0
  for (let i = 0; i < questions; i += 1) {
    const start = performance.now()
    const { exact: isExact, lower, upper } = ask(i * 13)
    ms.push(performance.now() - start)
    if (isExact) exact += 1
    const gap = upper.numerator / upper.denominator - lower.numerator / lower.denominator
    worstGap = Math.max(worstGap, gap)
  }
  ms.sort((a, b) => a - b)
  const at = (share: number) =>
    Number(ms[Math.min(ms.length - 1, Math.floor(share * ms.length))]!.toFixed(2))
  console.log(
    JSON.stringify({
      ...shape,
      questions,
      medianMs: at(0.5),
      p99Ms: at(0.99),
      exactShare: Number((exact / questions).toFixed(3)),
      worstGapFen: Number(worstGap.toFixed(2)),
    }),
  )
}

const none = { narrow: 0, wide: 0, overlapping: 0 }
const SHAPES: readonly Shape[] = [
  { name: '1,000 live coupons, 10 products each', products: 10_000, ...none, narrow: 1000 },
  { name: 'the same, 3 for the whole shop', products: 10_000, ...none, narrow: 1000, wide: 3 },
  { name: 'ten narrow coupons a product (worst case)', products: 1000, ...none, narrow: 1000 },
  ...[10, 100, 1000, 10_000].map((products) => ({
    name: 'one coupon for the whole shop',
    products,
    ...none,
    wide: 1,
  })),
  ...[2, 8, 32, 128].map((wide) => ({ name: 'combining coupons', products: 1000, ...none, wide })),
  ...[2, 4, 8].map((overlapping) => ({
    name: 'overlapping scopes (worst case)',
    products: 60,
    ...none,
    overlapping,
  })),
  { name: 'odd prices (worst case)', products: 1000, ...none, wide: 2, step: 1 },
  {
    name: 'percent off, odd prices (worst case)',
    products: 1000,
    ...none,
    wide: 1,
    kind: 'percent-off',
    step: 1,
  },
  {
    name: 'fixed price (worst case)',
    products: 1000,
    ...none,
    wide: 1,
    kind: 'fixed-price',
    step: 1,
  },
]

for (const shape of SHAPES) measure(shape, process.argv.includes('--quick') ? 20 : 200)
