/**
 * Promises are weighed on air from a shop on file, and in an audit from the tables of its events: two
 * ways to one answer, for whatever a shop does.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Signal } from '../../src/detectors/detector.ts'
import { Evidence } from '../../src/detectors/room.ts'
import { Fold } from '../../src/engine/fold.ts'
import { weighPrices } from '../../src/engine/prices.ts'
import { ShopsOnFile } from '../../src/service/prices/on-file.ts'
import { Standings } from '../../src/service/prices/standing.ts'
import { Weigher } from '../../src/service/prices/weigher.ts'
import { sampleEvening } from '../../src/service/sample.ts'
import { admit, type AssayEvent } from '../../src/vocabulary/index.ts'

const START = Date.parse('2026-03-01T12:00:00Z')
const instant = (minute: number) => new Date(START + minute * 60_000).toISOString()

const bySubject = (signals: readonly Signal[]) =>
  JSON.stringify([...signals].sort((a, b) => (a.subject < b.subject ? -1 : 1)))

const onAir = (events: readonly AssayEvent[]) => {
  const shops = new ShopsOnFile()
  const weigher = new Weigher(shops, new Standings(shops))
  for (const event of events) shops.take(event)
  const signals = [...shops.platforms].flatMap((platform) =>
    weigher.weigh(platform).weighed.flatMap(({ signal }) => signal ?? []),
  )
  return bySubject(signals)
}

const offline = (events: readonly AssayEvent[]) => {
  const evidence = new Evidence()
  const fold = new Fold(evidence)
  for (const event of events) fold.take(event, Date.parse(event.time))
  fold.finish()
  return bySubject(weighPrices(evidence))
}

const admitted = (value: unknown): AssayEvent => {
  const admission = admit(value)
  if (!admission.ok) throw new Error(JSON.stringify(admission.refusal))
  return admission.event
}

/** Within the hour that a scene lasts. */
const MINUTES = 60
const minute = fc.integer({ min: 1, max: MINUTES - 1 })
const spanFrom = (from: number, lasts: number) => ({
  from: instant(from),
  until: instant(from + lasts),
})
const product = fc.constantFrom('jacket', 'hat', 'shoe')
const price = fc.constantFrom(5_000, 7_900, 8_000, 9_900, 12_000)
const PRICES = { jacket: 9_900, hat: 5_000, shoe: 12_000 } as const

type Told = readonly [type: string, minute: number, data: object]

const priced = fc
  .record({ at: minute, product, price })
  .map(({ at, ...what }): Told[] => [
    ['live.price.set', at, { ...what, channel: 'shop', kind: 'sale', from: instant(at) }],
  ])
const couponed = fc
  .record({
    at: minute,
    lasts: minute,
    threshold: fc.constantFrom(0, 5_000, 9_900, 20_000),
    value: fc.constantFrom(100, 2_000, 3_000),
    products: fc.option(fc.uniqueArray(product, { minLength: 1 }), { nil: undefined }),
    quantity: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
  })
  .map(({ at, lasts, threshold, value, products, quantity }): Told[] => [
    [
      'live.coupon.issued',
      at,
      {
        coupon: `coupon-${at}-${value}`,
        issuer: 'merchant-a',
        scope: products === undefined ? { merchant: 'merchant-a' } : { products },
        kind: 'amount-off',
        threshold,
        value,
        ...(quantity === undefined ? {} : { quantity }),
        ...spanFrom(at, lasts),
      },
    ],
  ])
const promised = fc
  .record({
    at: minute,
    lasts: minute,
    product,
    kind: fc.constantFrom('lowest-price', 'price-protection', 'gift', 'quantity'),
    couponsCount: fc.constantFrom(true, false, undefined),
    price: fc.option(price, { nil: undefined }),
    quantity: fc.constantFrom(2, undefined),
    isScoped: fc.boolean(),
  })
  .map(({ at, lasts, isScoped, couponsCount, price: said, quantity, ...what }): Told[] => [
    [
      'live.promise.made',
      at,
      {
        promise: `promise-${at}-${what.kind}`,
        by: 'host-a',
        text: 'low',
        ...what,
        ...(isScoped ? { scope: spanFrom(at, lasts) } : {}),
        ...(couponsCount === undefined ? {} : { couponsCount }),
        ...(said === undefined ? {} : { price: said }),
        ...(quantity === undefined ? {} : { quantity }),
      },
    ],
  ])
const ordered = fc
  .record({
    at: minute,
    number: fc.nat({ max: 1_000 }),
    lines: fc.array(fc.record({ product, quantity: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
      maxLength: 2,
    }),
    discount: fc.constantFrom(0, 0, 1_000),
    after: fc.constantFrom('paid', 'paid', 'unpaid', 'cancelled', 'compensated', 'returned'),
  })
  .map(({ at, number, lines, discount, after }): Told[] => {
    const order = `order-${at}-${number}`
    const bought = lines.map((line) => ({ ...line, unitPrice: PRICES[line.product] }))
    const gross = bought.reduce((sum, { unitPrice, quantity }) => sum + unitPrice * quantity, 0)
    const refund = { refund: `refund of ${order}`, order, amount: 1_500 }
    const asked = { ...refund, reason: '', goodsReturned: after === 'returned' }
    return [
      [
        'live.order.placed',
        at,
        {
          order,
          buyer: 'somebody',
          merchant: 'merchant-a',
          lines: bought,
          total: gross - discount,
          ...(discount === 0 ? {} : { discounts: [{ coupon: 'old', amount: discount }] }),
        },
      ],
      ...(after === 'unpaid'
        ? []
        : [['live.order.paid', at, { order, amount: gross - discount }] as const]),
      ...(after === 'cancelled' ? [['live.order.cancelled', at, { order, by: 'x' }] as const] : []),
      ...(after === 'compensated' || after === 'returned'
        ? ([
            ['live.refund.requested', at, asked],
            ['live.refund.completed', at, refund],
          ] as const)
        : []),
    ]
  })

const GOODS: readonly Told[] = [
  [
    'live.broadcast.started',
    0,
    { room: 'room-a', operator: 'o', title: '', form: 'video', currency: 'CNY', hosts: [] },
  ],
  ...Object.entries(PRICES).flatMap(([name, amount]): Told[] => [
    [
      'live.product.listed',
      0,
      { product: name, sku: name, merchant: 'merchant-a', title: name, category: 'clothes' },
    ],
    [
      'live.price.set',
      0,
      { product: name, channel: 'shop', kind: 'list', price: amount, from: instant(0) },
    ],
  ]),
]
/** So that both know of the same latest moment: telemetry is not on file. */
const LAST: Told = [
  'live.price.set',
  MINUTES,
  { product: 'shoe', channel: 'shop', kind: 'sale', price: 12_000, from: instant(MINUTES) },
]

/** Events of one id are one: what was drawn twice is told once. */
const evening = fc
  .array(fc.oneof(promised, promised, couponed, priced, ordered, ordered), { maxLength: 14 })
  .map((parts) => {
    const told = [...GOODS, ...parts.flat(), LAST]
    const byId = new Map(
      told.map(([type, at, data]) => {
        const { order, coupon, promise } = data as Readonly<Record<string, string>>
        const own = order ?? coupon ?? promise ?? JSON.stringify(data)
        return [`${type} ${own}`, { type, at, data }] as const
      }),
    )
    return [...byId.values()].map(({ type, at, data }, number) =>
      admitted({
        specversion: '1.0',
        id: `event-${number}`,
        source: '/platforms/a',
        type,
        subject: 'evening-a',
        time: instant(at),
        data,
      }),
    )
  })

describe('promises on air', () => {
  it('are found as an audit of the same events finds them, to the byte', () => {
    fc.assert(
      fc.property(evening, (events) => {
        expect(onAir(events)).toBe(offline(events))
        // Whatever came first.
        expect(onAir(events.toReversed())).toBe(offline(events))
      }),
      { numRuns: 300 },
    )
  })

  it('are so at every minute of the sample evening', () => {
    const { events } = sampleEvening(START, 'first', 1, '/samples')
    const told = events.map(({ at, event }) => ({ at, event: admitted(event) }))
    const at = (after: number) =>
      told.filter((one) => one.at <= START + after * 60_000).map(({ event }) => event)
    for (const [after, found] of [
      [0, 0],
      [2, 1],
      [10, 1],
    ] as const) {
      const known = at(after)
      expect(JSON.parse(onAir(known))).toHaveLength(found)
      expect(onAir(known)).toBe(offline(known))
    }
  })
})
