/** Which struck-through price may be shown beside a promotion. */
import { describe, expect, it } from 'vitest'
import { fraction } from '../../src/pricing/fraction.ts'
import {
  changeBps,
  EU_OMNIBUS,
  PR22_16,
  referencePrice,
} from '../../src/pricing/reference-price.ts'
import { line, ms, Story } from './story.ts'

const sold = (...orders: readonly (readonly [when: string, price: number])[]) => {
  const story = new Story().list('jacket', '09-01')
  for (const [i, [when, price]] of orders.entries())
    story.order(`o${i}`, when, [line('jacket', price)])
  return story
}

const ask = (story: Story, claimed: number, basis = PR22_16) =>
  referencePrice(story.shop, { product: 'jacket', startsAt: ms('11-01'), claimed }, basis)

describe('the reference price', () => {
  it('is the lowest transaction of the seven days before: 80, 100, 90 allow 80', () => {
    const story = sold(['10-26', 8000], ['10-28', 10_000], ['10-31', 9000])
    expect(ask(story, 8000)).toMatchObject({
      outcome: 'allowed',
      cap: fraction(8000),
      evidence: 'o0',
    })
    expect(ask(story, 8001).outcome).toBe('not-allowed')
  })

  it('leaves out what was sold earlier and what the promotion itself sold', () => {
    // The window is [25 October 00:00, 1 November 00:00).
    const story = sold(['10-24 23:59', 5000], ['10-25', 9000], ['11-01', 3000])
    expect(ask(story, 9000)).toMatchObject({ outcome: 'allowed', cap: fraction(9000) })
  })

  it('falls back to the last transaction before an empty window', () => {
    const story = sold(['10-01', 5000], ['10-10', 7000])
    expect(ask(story, 7000)).toMatchObject({ outcome: 'allowed', isFallback: true, evidence: 'o1' })
    expect(ask(story, 7001).outcome).toBe('not-allowed')
  })

  it('says that there was no transaction, and allows nothing by it', () => {
    expect(ask(sold(), 100)).toMatchObject({ outcome: 'no-transaction', cap: null, evidence: null })
    expect(ask(sold(['11-02', 100]), 100).outcome).toBe('no-transaction')
  })

  it('is what was paid, coupons taken off, an exact fraction of several pieces', () => {
    const story = sold()
    story.order('three', '10-30', [line('jacket', 10_000, 3)], {
      discounts: [{ coupon: 'elsewhere', amount: 10_000 }],
    })
    expect(ask(story, 6666)).toMatchObject({ outcome: 'allowed', cap: fraction(20_000, 3) })
    expect(ask(story, 6667).outcome).toBe('not-allowed')
  })

  it('is no order that was cancelled or paid back', () => {
    const story = sold(['10-28', 5000], ['10-29', 6000], ['10-30', 9000])
    story.send('live.order.cancelled', '10-28', { order: 'o0', by: 'buyer' })
    story.refund('o1', 6000, '10-30', true)
    expect(ask(story, 9000).outcome).toBe('allowed')
  })

  it('looks back 30 days, and at posted prices too, on the basis of the EU', () => {
    const story = sold(['10-05', 8000], ['10-20', 10_000])
    expect(ask(story, 8000, EU_OMNIBUS)).toMatchObject({ outcome: 'allowed', cap: fraction(8000) })
    expect(ask(story, 10_000, EU_OMNIBUS).outcome).toBe('not-allowed')
    const posted = new Story().list('jacket', '09-01')
    posted.price('jacket', 8000, { when: '10-10', until: '10-15' })
    posted.price('jacket', 10_000, { when: '10-15', until: '10-25' })
    posted.price('jacket', 9000, { when: '10-25' })
    expect(ask(posted, 8000, EU_OMNIBUS)).toMatchObject({ outcome: 'allowed', cap: fraction(8000) })
    expect(ask(posted, 8000).outcome).toBe('no-transaction')
    // Sold 31 days before: outside, and nothing stands in for it.
    expect(ask(sold(['10-01', 8000]), 8000, EU_OMNIBUS).outcome).toBe('no-transaction')
  })
})

describe('the change from a reference to a price', () => {
  it('is cut toward zero', () => {
    // 1,501 ÷ 1,599 = 93.871 %; 600 ÷ 1,499 = 40.026 %; 1 ÷ 3 = 33.333 %.
    expect(changeBps(159_900, 9800)).toBe(-9387)
    expect(changeBps(149_900, 89_900)).toBe(-4002)
    expect(changeBps(300, 400)).toBe(3333)
    expect(changeBps(100, 100)).toBeCloseTo(0)
  })
})
