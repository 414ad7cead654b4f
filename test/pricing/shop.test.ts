/** A shop from its events: repeats, order, prices in effect, and what is refused by field. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareFractions, fraction, mulDiv, mulDivUp } from '../../src/pricing/fraction.ts'
import { priceInEffect } from '../../src/pricing/market.ts'
import { shopOf } from '../../src/pricing/shop.ts'
import { admit } from '../../src/vocabulary/admit.ts'
import type { AssayEvent } from '../../src/vocabulary/event.ts'
import { AT, couponEvent, event, goodsEvents, iso } from './random-shop.ts'

const goods = goodsEvents([
  { product: 'coat', merchant: 'merchant-a', price: 30_000 },
  { product: 'hat', merchant: 'merchant-a', price: 10_000 },
])

const price = (id: string, data: object) =>
  event('live.price.set', id, { product: 'coat', channel: 'room-1', kind: 'sale', ...data })

const order = (data: object) =>
  event('live.order.placed', 'o', {
    order: 'o',
    buyer: 'b',
    merchant: 'm',
    lines: [],
    total: 0,
    ...data,
  })

const refusalsOf = (...events: readonly AssayEvent[]) =>
  shopOf([...goods, ...events]).refused.map(({ code, field }) => `${code} ${field}`)

const started = (id: string, currency: string, at: number) =>
  event(
    'live.broadcast.started',
    id,
    { room: 'r', operator: 'o', title: 't', form: 'video', currency, hosts: [] },
    at,
  )

const bundle = (product: string, part: string) =>
  event('live.product.listed', `bundle-${product}`, {
    product,
    sku: product,
    merchant: 'm',
    title: product,
    category: 'c',
    bundle: [{ product: part, quantity: 1 }],
  })

describe('a shop', () => {
  it('is the same when events come twice, or in another order', () => {
    const events = [
      ...goods,
      couponEvent('c', { kind: 'amount-off', value: 100 }),
      event('live.coupon.claimed', 'claim', { coupon: 'c', viewer: 'b' }),
      order({
        lines: [{ product: 'hat', quantity: 2, unitPrice: 10_000 }],
        discounts: [{ coupon: 'c', amount: 100 }],
      }),
    ]
    const once = shopOf(events)
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length }),
        (again) => {
          const { shop, refused, repeats } = shopOf(again)
          expect(shop).toEqual(once.shop)
          expect(refused).toEqual([])
          expect(repeats).toBe(events.length)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('goes 80, 100, 90: each price holds from its moment to the next', () => {
    const day = 86_400_000
    const { shop } = shopOf([
      ...goods,
      price('b', { price: 100, from: iso(AT + day) }),
      price('c', { price: 90, from: iso(AT + 2 * day) }),
      price('a', { price: 80, from: iso(AT) }),
    ])
    const prices = shop.prices.get('coat')!.get('room-1')!
    const at = (ms: number) => priceInEffect(prices, ms)!.price
    expect([AT - 1, AT, AT + day - 1, AT + day, AT + 2 * day].map(at)).toEqual([
      30_000, 80, 80, 100, 90,
    ])
  })

  it('pays the sale price until it ends, then the list price, and never the reference', () => {
    const { shop } = shopOf([
      ...goods,
      price('s', { price: 500, from: iso(AT), until: iso(AT + 10) }),
      price('r', { price: 1, kind: 'reference', from: iso(AT) }),
    ])
    const prices = shop.prices.get('coat')!.get('room-1')!
    expect(priceInEffect(prices, AT + 9)!.price).toBe(500)
    expect(priceInEffect(prices, AT + 10)!.price).toBe(30_000)
  })

  it.each([
    ['a price of 10^15', price('x', { price: 1e15, from: iso(AT) }), 'too-large data.price'],
    [
      'a price that ends before it starts',
      price('x', { price: 1, from: iso(AT), until: iso(AT - 1) }),
      'ends-before-start data.until',
    ],
    [
      'a coupon that ends before it starts',
      couponEvent('x', { kind: 'amount-off', value: 1, from: iso(AT), until: iso(AT - 1) }),
      'ends-before-start data.until',
    ],
    [
      'more than everything off',
      couponEvent('x', { kind: 'percent-off', value: 10_001 }),
      'over-whole data.value',
    ],
    [
      'a coupon for an unknown product',
      couponEvent('x', { kind: 'amount-off', value: 1, scope: { products: ['coat', 'cup'] } }),
      'unknown-product data.scope.products.1',
    ],
    [
      'an order of an unknown product',
      order({ lines: [{ product: 'cup', quantity: 1, unitPrice: 1 }] }),
      'unknown-product data.lines.0.product',
    ],
    [
      'an order whose lines come to 10^15',
      order({ lines: [{ product: 'hat', quantity: 1e9, unitPrice: 1e6 }] }),
      'too-large data.lines.0.unitPrice',
    ],
    [
      'a discount greater than the order',
      order({
        lines: [{ product: 'hat', quantity: 1, unitPrice: 10 }],
        discounts: [{ coupon: 'x', amount: 11 }],
      }),
      'discount-exceeds data.discounts.0.amount',
    ],
  ])('refuses %s, by field', (_, bad, refusal) => {
    expect(refusalsOf(bad)).toEqual([refusal])
  })

  it('refuses a negative price at the gate already', () => {
    const data = { product: 'coat', channel: 'c', kind: 'list', price: -1, from: iso(AT) }
    const bad = {
      specversion: '1.0',
      id: 'x',
      source: '/t',
      type: 'live.price.set',
      time: iso(AT),
      data,
    }
    expect(admit(bad)).toMatchObject({ ok: false, refusal: { field: 'data.price' } })
  })

  it('refuses a second currency and a bundle that contains itself', () => {
    expect(refusalsOf(bundle('set-a', 'set-b'), bundle('set-b', 'set-a'))).toEqual([
      'circular-bundle data.bundle',
      'circular-bundle data.bundle',
    ])
    const first = { ...started('a', 'CNY', AT), subject: 'live-1' } as AssayEvent
    const second = { ...started('b', 'USD', AT + 1), subject: 'live-2' } as AssayEvent
    expect(shopOf([second, first]).refused).toMatchObject([
      { event: 'b', code: 'mixed-currency', field: 'data.currency' },
    ])
  })
})

describe('fractions', () => {
  it('compare and divide exactly where doubles would not', () => {
    const large = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })
    const positive = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
    fc.assert(
      fc.property(large, positive, large, positive, (a, b, c, d) => {
        const exact = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b)
        expect(Math.sign(compareFractions(fraction(a, b), fraction(c, d)))).toBe(
          exact < 0n ? -1 : exact > 0n ? 1 : 0,
        )
      }),
    )
    fc.assert(
      fc.property(large, large, positive, (a, b, c) => {
        const exact = (BigInt(a) * BigInt(b)) / BigInt(c)
        fc.pre(exact < BigInt(Number.MAX_SAFE_INTEGER))
        expect(BigInt(mulDiv(a, b, c))).toBe(exact)
        const up = exact * BigInt(c) === BigInt(a) * BigInt(b) ? exact : exact + 1n
        expect(BigInt(mulDivUp(a, b, c))).toBe(up)
      }),
    )
  })
})
