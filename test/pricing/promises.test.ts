/** What a promise says, what it leaves unsaid, and who is owed what when it is broken. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareFractions, fraction } from '../../src/pricing/fraction.ts'
import { checkPromise, checkPromises, marketOf } from '../../src/pricing/promises.ts'
import { shopOf } from '../../src/pricing/shop.ts'
import { at, line, Story } from './story.ts'

const SCOPE = { from: at('11-01'), until: at('11-12') }

/** A jacket at 100 yuan in the room, promised to be the lowest. */
const told = (data: object = {}) =>
  new Story()
    .product('jacket', 10_000)
    .promise('p', 'lowest-price', { scope: SCOPE, price: 10_000, ...data })

const check = (story: Story) => checkPromises(story.shop)[0]!

describe('a lowest-price promise', () => {
  it('is kept where nothing undercuts it, the same price elsewhere included', () => {
    const story = told()
    story.price('jacket', 10_000, { channel: 'store' })
    expect(check(story)).toMatchObject({ outcome: 'kept', counterexample: null, orders: [] })
  })

  it('is broken by a lower posted price, whatever it says about coupons', () => {
    for (const couponsCount of [undefined, true, false]) {
      const story = told(couponsCount === undefined ? {} : { couponsCount })
      const event = story.price('jacket', 9000, { channel: 'store', when: '11-03' })
      story.order('before', '11-02', [line('jacket', 10_000)])
      const result = check(story)
      expect(result).toMatchObject({ outcome: 'broken', responsible: event })
      expect(result.counterexample).toMatchObject({ channel: 'store', unitPrice: fraction(9000) })
      expect(result.orders).toEqual([{ order: 'before', difference: 1000 }])
    }
  })

  it('is not broken from a channel or at a time that it does not name', () => {
    const elsewhere = told({ scope: { ...SCOPE, channels: ['room-a'] } })
    elsewhere.price('jacket', 9000, { channel: 'store', when: '11-03' })
    expect(check(elsewhere).outcome).toBe('kept')
    const later = told()
    later.price('jacket', 9000, { when: '11-12' })
    expect(check(later).outcome).toBe('kept')
    const earlier = told()
    earlier.price('jacket', 9000, { channel: 'store', when: '10-21', until: '11-01' })
    expect(check(earlier).outcome).toBe('kept')
  })

  it('owes nothing to who paid no more, cancelled, got everything back or never paid', () => {
    const story = told({ couponsCount: true })
    story.price('jacket', 9000, { channel: 'store', when: '11-03' })
    story.order('cheap', '11-04', [line('jacket', 9000)])
    story.order('cancelled', '11-02', [line('jacket', 10_000)])
    story.send('live.order.cancelled', '11-02', { order: 'cancelled', by: 'buyer' })
    story.order('returned', '11-02', [line('jacket', 10_000)])
    story.order('unpaid', '11-02', [line('jacket', 10_000)])
    story.order('two', '11-02', [line('jacket', 10_000, 2)])
    for (const [order, amount] of [
      ['cheap', 9000],
      ['cancelled', 10_000],
      ['returned', 10_000],
      ['two', 20_000],
    ] as const)
      story.send('live.order.paid', '11-04', { order, amount })
    story.refund('returned', 10_000, '11-05', true)
    expect(check(story).orders).toEqual([{ order: 'two', difference: 2000 }])
  })

  it('owes nothing to a buyer of a dearer offer that it was not made about', () => {
    const story = told({ couponsCount: true })
    story.price('jacket', 12_000, { channel: 'store' })
    story.coupon('c', '11-02', '11-03', { threshold: 0, value: 1000 })
    story.order('room', '11-02', [line('jacket', 10_000)])
    story.order('store', '11-02', [line('jacket', 12_000)])
    expect(check(story).orders).toEqual([{ order: 'room', difference: 1000 }])
  })

  it('asks which price was meant where none was stated and channels differ', () => {
    const open = new Story().product('jacket', 10_000)
    open.price('jacket', 12_000, { channel: 'store' })
    open.promise('p', 'lowest-price', { scope: SCOPE })
    expect(check(open)).toMatchObject({ outcome: 'review', missingClause: 'price' })
    const plain = new Story()
      .product('jacket', 10_000)
      .promise('p', 'lowest-price', { scope: SCOPE })
    const event = plain.price('jacket', 9900, { when: '11-05' })
    expect(check(plain)).toMatchObject({ outcome: 'broken', responsible: event })
  })

  it('holds the coupon responsible that takes most off', () => {
    const story = told({ couponsCount: true })
    story.coupon('small', '11-02', '11-05', { threshold: 0, value: 100 })
    story.coupon('large', '11-03', '11-04', { threshold: 0, value: 700 })
    expect(check(story)).toMatchObject({ outcome: 'broken', responsible: 'issue-large' })
    expect(check(story).counterexample!.unitPrice).toEqual(fraction(9200))
  })

  it('sees two coupons together that follow one another and overlap for a day', () => {
    const story = told({ couponsCount: true, price: 9000 })
    story.coupon('first', '11-02', '11-05', { threshold: 0, value: 600 })
    story.coupon('second', '11-04', '11-08', { threshold: 0, value: 600 })
    expect(check(story).counterexample!.unitPrice).toEqual(fraction(8800))
    const apart = told({ couponsCount: true, price: 9000 })
    apart.coupon('first', '11-02', '11-04', { threshold: 0, value: 600 })
    apart.coupon('second', '11-04', '11-08', { threshold: 0, value: 600 })
    expect(check(apart).outcome).toBe('kept')
  })

  it('sees a filler that is cheap enough for one day only', () => {
    // 100 + 50 reaches 150 exactly: 100 − 60 × 100 ÷ 150 = 60.
    const story = told({ couponsCount: true, price: 5000 }).product('sock', 9000)
    story.price('sock', 5000, { when: '11-06', until: '11-07' })
    story.coupon('c', '11-02', '11-10', { threshold: 15_000, value: 9000 })
    // With the sock at 50: 100 − 90 × 100 ÷ 150 = 40; with it at 90: 100 − 90 × 100 ÷ 190 > 50.
    expect(check(story).counterexample!.unitPrice).toEqual(fraction(4000))
  })

  it('rounds what is owed up where a piece costs a fraction', () => {
    // Three at 100 less 100: 66.66… a piece; 100 − 66.66… = 33.33…, owed 33.34.
    const story = told({ couponsCount: true })
    story.coupon('c', '11-02', '11-05', { threshold: 30_000, value: 10_000 })
    story.order('one', '11-02', [line('jacket', 10_000)])
    expect(check(story).counterexample!.unitPrice).toEqual(fraction(20_000, 3))
    expect(check(story).orders).toEqual([{ order: 'one', difference: 3334 }])
  })
})

const soldUnder = (data: object, orders: readonly (readonly [string, readonly object[]])[]) => {
  const story = new Story().product('jacket', 10_000).list('scarf')
  story.price('scarf', 2000)
  story.promise('p', 'quantity', { scope: SCOPE, ...data })
  for (const [order, lines] of orders)
    story.order(order, '11-02', lines as readonly Record<string, unknown>[])
  return check(story)
}

const exhausted = (price: number) => {
  const story = told({ couponsCount: true, price }).product('filler', 5000)
  story.coupon('c', '11-02', '11-05', { threshold: 15_000, value: 3000 })
  const { shop } = story
  const market = { ...marketOf(shop), work: { left: 0 } }
  return checkPromise(market, shop.promises[0]!)!
}

describe('a check that may not ask the solver any more', () => {
  it('still proves a breach by a basket that is easy to find', () => {
    // 100 + 50 = 150, less 30: 100 − 20 = 80.
    expect(exhausted(9000)).toMatchObject({ outcome: 'broken' })
    expect(exhausted(9000).counterexample!.unitPrice).toEqual(fraction(8000))
  })

  it('asks rather than says kept where a cheaper basket cannot be excluded', () => {
    // The bound allows for a fen of rounding below 80.
    expect(exhausted(8000)).toMatchObject({ outcome: 'review', missingClause: 'exactPrice' })
    expect(exhausted(7900)).toMatchObject({ outcome: 'kept', complete: true })
  })
})

describe('promises of goods', () => {
  it('S1-11: "two sent by mistake" is planned where everybody got two', () => {
    const two = [line('jacket', 10_000), line('jacket', 0)]
    expect(
      soldUnder({ quantity: 2 }, [
        ['a', two],
        ['b', two],
      ]),
    ).toMatchObject({
      outcome: 'kept',
      isPlanned: true,
    })
  })

  it('S1-11: and unfulfilled where only one was sent', () => {
    const result = soldUnder({ quantity: 2 }, [
      ['a', [line('jacket', 10_000), line('jacket', 0)]],
      ['b', [line('jacket', 10_000)]],
    ])
    // One of two pieces missing is half of what was paid.
    expect(result).toMatchObject({ outcome: 'broken', isPlanned: false })
    expect(result.orders).toEqual([{ order: 'b', difference: 5000 }])
  })

  it('S1-11: reads a stated price as the price of all pieces', () => {
    const result = soldUnder({ quantity: 2, price: 10_000 }, [['a', [line('jacket', 10_000)]]])
    expect(result.outcome).toBe('broken')
    expect(
      soldUnder({ quantity: 2, price: 10_000 }, [['a', [line('jacket', 5000, 2)]]]).outcome,
    ).toBe('kept')
  })

  it('S1-11: asks how many where nobody wrote it down', () => {
    expect(soldUnder({}, [['a', [line('jacket', 10_000)]]])).toMatchObject({
      outcome: 'review',
      missingClause: 'quantity',
    })
  })

  it('miss a gift where no line of the order was free', () => {
    const story = new Story().product('jacket', 10_000).product('scarf', 2000)
    story.promise('p', 'gift', { scope: SCOPE })
    story.order('with', '11-02', [line('jacket', 10_000), line('scarf', 0)])
    story.order('without', '11-02', [line('jacket', 10_000)])
    expect(check(story)).toMatchObject({
      outcome: 'broken',
      orders: [{ order: 'without', difference: 0 }],
    })
  })
})

describe('any shop', () => {
  const shops = fc.record({
    price: fc.integer({ min: 1, max: 500 }),
    fillers: fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 3 }),
    coupons: fc.array(
      fc.record({
        threshold: fc.integer({ min: 0, max: 900 }),
        value: fc.integer({ min: 0, max: 500 }),
        from: fc.integer({ min: 1, max: 8 }),
        days: fc.integer({ min: 1, max: 4 }),
      }),
      { maxLength: 3 },
    ),
    orders: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }),
  })
  const build = ({
    price,
    fillers,
    coupons,
    orders,
  }: typeof shops extends fc.Arbitrary<infer T> ? T : never) => {
    const story = new Story().product('jacket', price)
    for (const [i, filler] of fillers.entries()) story.product(`filler-${i}`, filler)
    story.promise('p', 'lowest-price', { scope: SCOPE, price, couponsCount: true })
    for (const [i, { threshold, value, from, days }] of coupons.entries())
      story.coupon(`c${i}`, `11-0${from}`, `11-${String(from + days).padStart(2, '0')}`, {
        threshold,
        value,
      })
    for (const [i, quantity] of orders.entries())
      story.order(`o${i}`, '11-05', [line('jacket', price, quantity)])
    return story
  }

  it('gives the same answer when its events are told twice', () => {
    fc.assert(
      fc.property(shops, (facts) => {
        const { events } = build(facts)
        const twice = events.flatMap((event) => [event, event])
        expect(checkPromises(shopOf(twice).shop)).toEqual(checkPromises(shopOf(events).shop))
      }),
      { numRuns: 100 },
    )
  })

  it('owes the same in whatever order its events arrive', () => {
    fc.assert(
      fc.property(shops, (facts) => {
        const { events } = build(facts)
        const owed = (told: typeof events) =>
          checkPromises(shopOf(told).shop).map(({ outcome, counterexample, orders }) => ({
            outcome,
            price: counterexample?.unitPrice,
            orders: [...orders].sort((a, b) => (a.order < b.order ? -1 : 1)),
          }))
        expect(owed(events.toReversed())).toEqual(owed(events))
      }),
      { numRuns: 100 },
    )
  })

  it('finds no cheaper day than the one it shows, asked day by day', () => {
    fc.assert(
      fc.property(shops, (facts) => {
        const { shop } = build(facts)
        const [whole] = checkPromises(shop)
        for (let day = 1; day <= 11; day += 1) {
          const when = Date.parse(at(`11-${String(day).padStart(2, '0')} 12:00`))
          const [then] = checkPromises(shop, { at: when })
          if (then!.outcome === 'broken') expect(whole!.outcome).toBe('broken')
          if (then!.counterexample !== null)
            expect(
              compareFractions(whole!.counterexample!.unitPrice, then!.counterexample.unitPrice),
            ).toBeLessThanOrEqual(0)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('never owes anybody more than was paid, nor less than the exact difference', () => {
    fc.assert(
      fc.property(shops, (facts) => {
        const { shop } = build(facts)
        const [{ orders, counterexample }] = checkPromises(shop) as [
          ReturnType<typeof checkPromises>[number],
        ]
        for (const { order, difference } of orders) {
          const { total, lines } = shop.orders.get(order)!
          const { numerator, denominator } = counterexample!.unitPrice
          const exact = (total * denominator - numerator * lines[0]!.quantity) / denominator
          expect(difference).toBeLessThanOrEqual(total)
          expect(difference).toBeGreaterThanOrEqual(exact)
          expect(difference - exact).toBeLessThan(1)
        }
      }),
      { numRuns: 100 },
    )
  })
})
