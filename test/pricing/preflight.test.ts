/** A coupon asked about before it is issued: what it would break, and what would avoid it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fraction } from '../../src/pricing/fraction.ts'
import { preflight, type Change } from '../../src/pricing/preflight.ts'
import { checkPromises } from '../../src/pricing/promises.ts'
import { shopOf, type Coupon } from '../../src/pricing/shop.ts'
import { at, line, ms, Story } from './story.ts'

const SCOPE = { from: at('11-01'), until: at('11-12') }

/** The shop without the coupon, and the coupon. */
const split = (story: Story): { without: Story; coupon: Coupon } => {
  const coupon = story.shop.coupons.get('new')!
  const without = new Story()
  without.events.push(...story.events.filter(({ id }) => id !== 'issue-new'))
  return { without, coupon }
}

const told = (promise: object, coupon: Record<string, unknown>, posted = 89_900) => {
  const story = new Story().product('jacket', posted).product('filler', 110_100)
  story.promise('p', 'lowest-price', {
    scope: SCOPE,
    price: 89_900,
    couponsCount: true,
    ...promise,
  })
  story.coupon('new', '11-05', '11-08', coupon)
  return split(story)
}

const ask = ({ without, coupon }: { without: Story; coupon: Coupon }) =>
  preflight(without.shop, coupon)

const changed = (coupon: Coupon, change: Change): Coupon => {
  switch (change.change) {
    case 'exclude':
      return { ...coupon, scope: { ...coupon.scope, exclude: new Set(change.products) } }
    case 'raise-threshold':
      return { ...coupon, threshold: change.threshold }
    case 'wait':
    default:
      return { ...coupon, from: change.from, until: change.until }
  }
}

describe('preflight', () => {
  it('shows the basket by which the 2,000 − 1,000 coupon breaks the promise of 899', () => {
    const result = ask(told({}, {}))
    expect(result.outcome).toBe('breaks')
    expect(result.breaks).toMatchObject([{ promise: 'p', limit: 89_900, outcome: 'broken' }])
    expect(result.breaks[0]!.counterexample.unitPrice).toEqual(fraction(44_950))
    expect(result.changes).toEqual([
      { change: 'exclude', products: ['jacket'], verified: true },
      {
        change: 'wait',
        from: ms('11-12'),
        until: ms('11-15'),
        verified: true,
      },
    ])
  })

  it('only asks for a person where the promise does not mention coupons', () => {
    const story = new Story().product('jacket', 89_900)
    story.promise('p', 'lowest-price', { scope: SCOPE, price: 89_900 })
    story.coupon('new', '11-05', '11-08', { threshold: 0, value: 100 })
    expect(ask(split(story))).toMatchObject({
      outcome: 'review',
      breaks: [{ missingClause: 'couponsCount' }],
    })
  })

  it.each([
    ['the promise does not count coupons', { couponsCount: false }, {}],
    ['the coupon excludes the product', {}, { scope: { exclude: ['jacket'] } }],
    ['the coupon is for another merchant', {}, { scope: { merchant: 'merchant-b' } }],
    ['the promise is over by then', { scope: { from: at('11-01'), until: at('11-05') } }, {}],
    ['it is a gift', {}, { kind: 'gift', threshold: 0 }],
  ])('says safe where %s', (_, promise, coupon) => {
    expect(ask(told(promise, coupon))).toMatchObject({ outcome: 'safe', breaks: [], changes: [] })
  })

  it('finds the lowest threshold at which the share fits above the promise', () => {
    // Posted at 999, promised 899: any share up to 100 a piece is harmless.
    const { without, coupon } = told({}, {}, 99_900)
    const change = preflight(without.shop, coupon).changes.find(
      (one) => one.change === 'raise-threshold',
    )
    const { threshold } = change as { threshold: number }
    expect(preflight(without.shop, { ...coupon, threshold }).outcome).toBe('safe')
    expect(preflight(without.shop, { ...coupon, threshold: threshold - 1 }).outcome).toBe('breaks')
    // 1,000 × 999 ÷ t ≤ 100 from t = 9,990 on; baskets jump by whole pieces below it.
    expect(threshold).toBeLessThanOrEqual(999_000)
    expect(threshold).toBeGreaterThan(coupon.threshold)
  })

  it('waits only until the other coupon has ended where both together are the trouble', () => {
    const story = new Story().product('jacket', 99_900)
    story.promise('p', 'lowest-price', { scope: SCOPE, price: 89_900, couponsCount: true })
    story.coupon('old', '11-03', '11-06', { threshold: 0, value: 6000 })
    story.coupon('new', '11-05', '11-08', { threshold: 0, value: 6000 })
    const { changes } = ask(split(story))
    expect(changes).toContainEqual({
      change: 'wait',
      from: ms('11-06'),
      until: ms('11-08'),
      verified: true,
    })
  })

  it('sees what protected buyers could claim', () => {
    const story = new Story().product('jacket', 89_900)
    story.promise('p', 'price-protection', { scope: SCOPE, couponsCount: true })
    story.order('o1', '11-02', [line('jacket', 89_900)])
    story.coupon('new', '11-05', '11-08', { threshold: 0, value: 100 })
    expect(ask(split(story))).toMatchObject({
      outcome: 'breaks',
      breaks: [{ kind: 'price-protection', limit: 89_900 }],
    })
  })

  it('agrees with the check that follows when the coupon is issued, and so does every change', () => {
    fc.assert(
      fc.property(
        fc.record({
          posted: fc.integer({ min: 100, max: 300 }),
          below: fc.integer({ min: 0, max: 60 }),
          filler: fc.integer({ min: 1, max: 400 }),
          threshold: fc.integer({ min: 0, max: 600 }),
          value: fc.integer({ min: 1, max: 200 }),
        }),
        ({ posted, below, filler, threshold, value }) => {
          const story = new Story().product('jacket', posted).product('filler', filler)
          const price = posted - below
          story.promise('p', 'lowest-price', { scope: SCOPE, price, couponsCount: true })
          story.coupon('new', '11-05', '11-08', { threshold, value })
          const { without, coupon } = split(story)
          const result = preflight(without.shop, coupon)
          const issued = (terms: Coupon) => {
            const { shop } = shopOf(without.events)
            ;(shop.coupons as Map<string, Coupon>).set('new', terms)
            return checkPromises(shop)[0]!.outcome
          }
          expect(result.outcome).toBe(issued(coupon) === 'broken' ? 'breaks' : 'safe')
          for (const change of result.changes) expect(issued(changed(coupon, change))).toBe('kept')
        },
      ),
      { numRuns: 150 },
    )
  })
})
