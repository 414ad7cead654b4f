/** The cheapest reachable price in cases worked out by hand, the scenario fixture first. */
import { describe, expect, it } from 'vitest'
import { cheapest } from '../../src/pricing/cheapest.ts'
import { explainedPrice, receiptOf } from '../../src/pricing/explain.ts'
import { compareFractions, fraction, showFraction } from '../../src/pricing/fraction.ts'
import { priceBasket } from '../../src/pricing/price-basket.ts'
import { shopOf } from '../../src/pricing/shop.ts'
import { chainedTerms } from '../../src/pricing/terms.ts'
import type { AssayEvent } from '../../src/vocabulary/event.ts'
import { AT, couponEvent, event, goodsEvents, iso } from './random-shop.ts'

const good = (product: string, price: number, merchant = 'brand-x') => ({
  product,
  merchant,
  price,
})

/** A jacket for 899 and a coupon of the whole store, 1,000 off 2,000. */
const jacketStore = (...fillers: readonly ReturnType<typeof good>[]) => [
  ...goodsEvents([good('jacket', 89_900), ...fillers]),
  couponEvent('store-2000', {
    kind: 'amount-off',
    threshold: 200_000,
    value: 100_000,
    scope: { merchant: 'brand-x' },
    quantity: 1000,
  }),
]

const ask = (events: readonly AssayEvent[], question: object = {}) =>
  cheapest(shopOf(events).shop, { product: 'jacket', at: AT, ...question })!

describe('S1-29', () => {
  it('sells the 899 jacket for 449.50 in a basket of exactly 2,000', () => {
    const found = ask(jacketStore(good('trousers', 110_100), good('scarf', 45_000)))
    expect(found).toEqual({
      product: 'jacket',
      at: AT,
      unitPrice: fraction(44_950),
      exact: true,
      lower: fraction(44_950),
      upper: fraction(44_950),
      channel: 'room-1',
      basket: [
        { product: 'jacket', quantity: 1, unitPrice: 89_900, discount: 44_950 },
        { product: 'trousers', quantity: 1, unitPrice: 110_100, discount: 55_050 },
      ],
      coupons: ['store-2000'],
    })
  })

  it('sells it for 539.40 in a basket of 2,500, where nothing comes closer', () => {
    // Without several pieces: two jackets are 1,798, below the threshold.
    const found = ask(jacketStore(good('coat', 160_100)), { maxUnits: 1 })
    expect(found.unitPrice).toEqual(fraction(53_940))
    expect(found.basket).toHaveLength(2)
  })

  it('sells it for 499.56 in a basket of 2,250 rounded to the fen', () => {
    // 899 × 1,000 ÷ 2,250 = 399.5555…; two lines, the larger remainder is the jacket's.
    const found = ask(jacketStore(good('shirt', 135_100)), { maxUnits: 1 })
    expect(found.unitPrice).toEqual(fraction(89_900 - 39_956))
  })

  it('needs no filler where three pieces pass the threshold', () => {
    // 3 × 899 = 2,697, less 1,000, over 3.
    const found = ask(jacketStore())
    expect(showFraction(found.unitPrice)).toBe('169700/3')
    expect(found.basket).toEqual([
      { product: 'jacket', quantity: 3, unitPrice: 89_900, discount: 100_000 },
    ])
  })
})

const used = (buyer: string, id: string, at = AT - 10) =>
  event(
    'live.order.placed',
    id,
    {
      order: id,
      buyer,
      merchant: 'brand-x',
      lines: [{ product: 'trousers', quantity: 2, unitPrice: 110_100 }],
      discounts: [{ coupon: 'c', amount: 100 }],
      total: 220_100,
    },
    at,
  )

const second = (group: object) =>
  couponEvent('d', { kind: 'percent-off', threshold: 0, value: 500, cap: 4000, ...group })

describe('a coupon', () => {
  const trousers = good('trousers', 110_100)
  const shopWith = (terms: object) => [
    ...goodsEvents([good('jacket', 89_900), trousers]),
    couponEvent('c', { kind: 'amount-off', threshold: 0, value: 900, ...terms }),
  ]

  it('is gone when its quantity is used up, for everybody', () => {
    const events = [...shopWith({ quantity: 1 }), used('b', 'o')]
    expect(ask(events).unitPrice).toEqual(fraction(89_900))
    expect(ask(events, { at: AT - 10 }).unitPrice).toEqual(fraction(89_000))
  })

  it('is gone for a buyer who used it as often as each buyer may', () => {
    const events = [...shopWith({ perBuyer: 1 }), used('b', 'o')]
    expect(ask(events, { buyer: 'b' }).unitPrice).toEqual(fraction(89_900))
    expect(ask(events, { buyer: 'another' }).unitPrice).toEqual(fraction(89_000))
  })

  it('that is drawn counts for who drew it, and for the question what anybody can reach', () => {
    const claim = event('live.coupon.claimed', 'claim', { coupon: 'c', viewer: 'lucky' })
    const events = [...shopWith({ draw: true }), claim]
    expect(ask(events, { buyer: 'lucky' }).unitPrice).toEqual(fraction(89_000))
    expect(ask(events, { buyer: 'another' }).unitPrice).toEqual(fraction(89_900))
    expect(ask(events).unitPrice).toEqual(fraction(89_000))
  })

  it('that excludes the product, another channel or another moment does not reach it', () => {
    for (const terms of [
      { scope: { exclude: ['jacket'] } },
      { scope: { channels: ['another-room'] } },
      { from: iso(AT + 1) },
      { until: iso(AT) },
    ])
      expect(ask(shopWith(terms)).unitPrice).toEqual(fraction(89_900))
  })

  it('as a gift takes no money off', () => {
    expect(ask(shopWith({ kind: 'gift', value: 50_000 })).unitPrice).toEqual(fraction(89_900))
  })

  it('of a group gives way to the better one; without a group they add up', () => {
    // 5 % of 899 is 44.95, capped at 40.
    const apart = ask([...shopWith({ group: 'g' }), second({ group: 'g' })], { maxUnits: 1 })
    expect(apart.unitPrice).toEqual(fraction(85_900))
    expect(apart.coupons).toEqual(['d'])
    const together = ask([...shopWith({}), second({})], { maxUnits: 1 })
    expect(together.unitPrice).toEqual(fraction(85_000))
  })

  it('at a fixed price spreads its discount by amounts, so that a dear filler helps', () => {
    // 100.00 and 400.00, each for 50.00: 400.00 off 500.00, of which 80.00 fall to the jacket.
    const found = ask(
      [
        ...goodsEvents([good('jacket', 10_000), good('bag', 40_000)]),
        couponEvent('f', { kind: 'fixed-price', value: 5000 }),
      ],
      { maxUnits: 1 },
    )
    expect(found.unitPrice).toEqual(fraction(2000))
  })
})

describe('an answer', () => {
  it('takes the cheapest channel, and only those asked for', () => {
    const events = [
      ...goodsEvents([good('jacket', 900)], 'store'),
      ...goodsEvents([good('jacket', 800)], 'room-1').slice(1),
    ]
    expect(ask(events)).toMatchObject({ channel: 'room-1', unitPrice: fraction(800) })
    expect(ask(events, { channels: ['store'] }).unitPrice).toEqual(fraction(900))
    expect(ask(events, { channels: ['elsewhere'] })).toBeUndefined()
  })

  it('counts a coupon that is only thought of, and leaves out one that is not to count', () => {
    const { shop } = shopOf(jacketStore(good('trousers', 110_100)))
    const issued = shop.coupons.get('store-2000')!
    const question = { product: 'jacket', at: AT }
    const dearer = { ...issued, threshold: 400_000 }
    expect(cheapest(shop, { ...question, extraCoupons: [dearer], maxUnits: 1 })!.coupons).toEqual(
      [],
    )
    const without = cheapest(shop, { ...question, exceptCoupons: new Set(['store-2000']) })!
    expect(without.unitPrice).toEqual(fraction(89_900))
  })

  it('is written as the contract says, and knows the price once the fillers go back', () => {
    const { shop } = shopOf(jacketStore(good('trousers', 110_100)))
    const question = { product: 'jacket', at: AT }
    const found = cheapest(shop, question)!
    expect(explainedPrice(found)).toMatchObject({
      at: '2026-03-01T12:00:00.000Z',
      unitPrice: '44950/1',
      lower: '44950/1',
      upper: '44950/1',
    })
    // Trousers cost 1,101.00 − 550.50. Worked out anew on 899 alone, the coupon is lost.
    expect(receiptOf(shop, question, found).fillersReturned).toEqual({
      refund: 55_050,
      frozen: fraction(44_950),
      recomputed: fraction(89_900),
    })
  })

  it('says what another reading of the terms would give', () => {
    const { shop } = shopOf([
      ...goodsEvents([good('jacket', 10_000)]),
      couponEvent('half', { kind: 'percent-off', value: 5000 }),
      couponEvent('also-half', { kind: 'percent-off', value: 5000 }),
    ])
    const question = { product: 'jacket', at: AT, maxUnits: 1 }
    const found = cheapest(shop, question)!
    expect(found.unitPrice).toEqual(fraction(0))
    expect(receiptOf(shop, question, found).chained!.unitPrice).toEqual(fraction(2500))
    const chained = cheapest(shop, { ...question, terms: chainedTerms })!
    expect(chained).toMatchObject({ exact: true, unitPrice: fraction(2500) })
  })

  it('never lets a line go below zero', () => {
    const coupons = [1, 2, 3].map((i) =>
      shopOf([couponEvent(`c${i}`, { kind: 'amount-off', value: 80 })]).shop.coupons.get(`c${i}`)!,
    )
    const line = { product: 'a', merchant: null, quantity: 1, unitPrice: 100 }
    const { total, discount, discounts } = priceBasket([line], coupons, 'room-1')
    expect({ total, discount }).toEqual({ total: 0, discount: 100 })
    expect(discounts.map(({ amount }) => amount)).toEqual([80, 20, 0])
  })

  it('in a shop of a thousand fillers is proven where a basket meets the threshold exactly', () => {
    const fillers = Array.from({ length: 1000 }, (_, i) => good(`f${i}`, 1000 + 130 * i))
    const found = ask(jacketStore(...fillers))
    expect(found.exact).toBe(true)
    expect(compareFractions(found.unitPrice, fraction(44_950))).toBe(0)
  })
})
