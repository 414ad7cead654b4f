/** What is due to protected buyers, and that paying it makes it due no longer. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { payoutsOf } from '../../src/pricing/payouts.ts'
import { checkPromises } from '../../src/pricing/promises.ts'
import { refundsDue } from '../../src/pricing/refunds-due.ts'
import { unequalTreatment } from '../../src/pricing/unequal-treatment.ts'
import { at, line, Story } from './story.ts'

const SCOPE = { from: at('11-01'), until: at('11-27') }

/** A jacket at 100 yuan, protected until 26 November, and at 80 from 10 November. */
const told = (data: object = {}) => {
  const story = new Story().product('jacket', 10_000)
  story.promise('p', 'price-protection', { scope: SCOPE, ...data })
  story.price('jacket', 8000, { when: '11-10' })
  return story
}

const due = (story: Story) => refundsDue(story.shop, story.events)

describe('refunds due', () => {
  it('are the difference to a lower posted price, whatever is said about coupons', () => {
    const story = told().order('o', '11-02', [line('jacket', 10_000, 2)], {
      discounts: [{ coupon: 'elsewhere', amount: 1000 }],
    })
    // 200 − 10 = 190 paid; 80 × 2 = 160.
    expect(due(story)).toMatchObject({
      total: 3000,
      refunds: [{ amount: 20_000, paid: 19_000, fair: 16_000, due: 3000 }],
    })
  })

  it('end with the period and begin with it', () => {
    const late = new Story().product('jacket', 10_000)
    late.promise('p', 'price-protection', { scope: SCOPE })
    late.order('o', '11-02', [line('jacket', 10_000)])
    late.price('jacket', 8000, { when: '11-27' })
    expect(due(late).refunds).toEqual([])
    expect(due(told().order('early', '10-31', [line('jacket', 10_000)])).refunds).toEqual([])
  })

  it('are asked as of a moment', () => {
    const story = told().order('o', '11-02', [line('jacket', 10_000)])
    expect(refundsDue(story.shop, story.events, { at: Date.parse(at('11-09')) }).total).toBe(0)
    expect(refundsDue(story.shop, story.events, { at: Date.parse(at('11-10')) }).total).toBe(2000)
  })

  it('are less what was compensated before, and never negative', () => {
    const story = told().order('o', '11-02', [line('jacket', 10_000)])
    story.refund('o', 500, '11-11', false)
    expect(due(story)).toMatchObject({
      total: 1500,
      refunds: [{ compensated: 500, status: 'due' }],
    })
    story.refund('o', 5000, '11-12')
    expect(due(story)).toMatchObject({ total: 0, refunds: [{ due: 0, status: 'paid' }] })
    expect(
      checkPromises(story.shop, { paidBack: payoutsOf(story.shop, story.events).compensated })[0],
    ).toMatchObject({ outcome: 'kept' })
  })

  it('do not count the return of goods as compensation, nor pay the difference of what went back', () => {
    const story = told().order('o', '11-02', [line('jacket', 10_000, 2)])
    story.refund('o', 10_000, '11-05', true)
    // Two pieces, difference 40; one of them went back, and half the difference with it.
    expect(due(story)).toMatchObject({
      total: 2000,
      refunds: [{ difference: 4000, returned: 2000, compensated: 0, due: 2000 }],
    })
    const gone = told().order('o', '11-02', [line('jacket', 10_000)])
    gone.refund('o', 10_000, '11-05', true)
    expect(due(gone).refunds).toEqual([])
  })

  it('owe a broken lowest-price promise only what protection has not given', () => {
    const story = told({ couponsCount: false }).promise('lowest', 'lowest-price', {
      scope: SCOPE,
      price: 10_000,
      couponsCount: true,
    })
    story.coupon('c', '11-11', '11-12', { threshold: 0, value: 500 })
    story.order('o', '11-02', [line('jacket', 10_000)])
    // Protection: 100 − 80 = 20. Lowest: 100 − 75 = 25, of which 5 are left.
    expect(due(story)).toMatchObject({
      total: 2500,
      refunds: [
        { promise: 'p', due: 2000 },
        { promise: 'lowest', difference: 500, due: 500 },
      ],
    })
    story.refund('o', 2300, '11-13', false)
    expect(due(story)).toMatchObject({ total: 200, refunds: [{ due: 0 }, { due: 200 }] })
  })
})

describe('equal orders', () => {
  it('are no finding where all were paid, or none', () => {
    const story = told()
    for (const order of ['a', 'b']) story.order(order, '11-02', [line('jacket', 10_000)])
    const found = () => unequalTreatment(due(story).refunds, payoutsOf(story.shop, story.events))
    expect(found()).toEqual([])
    story.refund('a', 2000, '11-11', false)
    expect(found()).toHaveLength(1)
    story.refund('b', 2000, '11-11', false)
    expect(found()).toEqual([])
  })

  it('are not compared with orders that paid something else', () => {
    const story = told()
    story.order('a', '11-02', [line('jacket', 10_000)])
    story.order('b', '11-02', [line('jacket', 10_000, 2)])
    story.refund('a', 2000, '11-11', false)
    expect(unequalTreatment(due(story).refunds, payoutsOf(story.shop, story.events))).toEqual([])
  })
})

const build = (
  facts: readonly {
    quantity: number
    off: number
    back: number | null
    goods: boolean | undefined
  }[],
  couponsCount: boolean,
) => {
  const story = told({ couponsCount })
  for (const [i, { quantity, off, back, goods }] of facts.entries()) {
    const discounts = off > 0 ? { discounts: [{ coupon: 'elsewhere', amount: off }] } : {}
    story.order(`o${i}`, '11-02', [line('jacket', 10_000, quantity)], discounts)
    if (back !== null && back <= quantity * 10_000 - off)
      story.refund(`o${i}`, back, '11-11', goods)
  }
  return story
}

describe('any run', () => {
  const orders = fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 4 }),
      off: fc.integer({ min: 0, max: 9000 }),
      back: fc.option(fc.integer({ min: 1, max: 9000 }), { nil: null }),
      goods: fc.constantFrom(true, false, undefined),
    }),
    { minLength: 1, maxLength: 6 },
  )
  it('owes nothing after its own list was paid, and says the same twice', () => {
    fc.assert(
      fc.property(orders, fc.boolean(), (facts, couponsCount) => {
        const story = build(facts, couponsCount)
        const first = due(story)
        expect(due(story)).toEqual(first)
        for (const { order, due: amount, kind } of first.refunds)
          if (amount > 0) {
            story.send('live.refund.completed', '11-20', {
              refund: `payout-${kind}-${order}`,
              order,
              amount,
            })
          }
        expect(due(story).total).toBe(0)
      }),
      { numRuns: 100 },
    )
  })

  it('pays back no more than was paid', () => {
    fc.assert(
      fc.property(orders, fc.boolean(), (facts, couponsCount) => {
        const story = build(facts, couponsCount)
        for (const { order, due: amount } of due(story).refunds) {
          const { total, refunds } = story.shop.orders.get(order)!
          const before = refunds.reduce((sum, { amount: given }) => sum + given, 0)
          expect(amount).toBeGreaterThanOrEqual(0)
          expect(before + amount).toBeLessThanOrEqual(total)
        }
      }),
      { numRuns: 100 },
    )
  })
})
