/** Prices asked about on the console: the case of 2020, worked out by hand (docs/promises.md). */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { answerOf } from '../../src/service/prices/answer.ts'

const read = (name: string) =>
  readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8')
const events = read('shop.ndjson')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as unknown)
const coupon = JSON.parse(read('coupon.json')) as Record<string, unknown>

describe('a coupon that is tried before it is issued', () => {
  it('comes back with the receipt of the basket that undercuts the promise', () => {
    const answer = answerOf({ events, coupon })
    // 899 + 1,601 = 2,500 reaches the threshold of 2,000; the jacket's share of 1,000 off is
    // 1,000 × 899 ÷ 2,500 = 359.60, so it costs 539.40.
    expect(answer.coupon?.breaks[0]?.receipt).toMatchObject({
      product: 'jacket',
      gross: 250_000,
      total: 150_000,
      unitPrice: 53_940,
      coupons: [{ coupon: 'anniversary', discount: 100_000 }],
      lines: [
        { product: 'jacket', quantity: 1, amount: 89_900, discount: 35_960 },
        { product: 'filler', quantity: 1, amount: 160_100, discount: 64_040 },
      ],
    })
    // S1-41: a thousand coupons of a thousand yuan.
    expect(answer.coupon?.liability).toBe(100_000_000)
    expect(answer.refusedCount).toBe(0)
  })

  it('is safe where it is not for the goods that were promised', () => {
    const scope = { merchant: 'merchant-a', exclude: ['jacket'] }
    expect(answerOf({ events, coupon: { ...coupon, scope } }).coupon).toMatchObject({
      outcome: 'safe',
      breaks: [],
    })
  })

  it('is answered with what is wrong where it cannot be one, and the promises are checked all the same', () => {
    const answer = answerOf({ events, coupon: { ...coupon, value: -5 } })
    expect(answer.coupon).toBeNull()
    expect(answer.refusedCount).toBe(1)
    expect(answer.promises.map(({ promise }) => promise).sort()).toEqual(['lowest', 'protected'])
  })

  it('names goods that the shop does not have', () => {
    const answer = answerOf({ events, coupon: { ...coupon, scope: { products: ['nowhere'] } } })
    expect(answer.coupon).toBeNull()
    expect(answer.refused[0]?.en).toContain('nowhere')
  })

  it('leaves out what is no event and says how many', () => {
    const answer = answerOf({ events: [...events, 5, { type: 'x' }], coupon: null })
    expect(answer.refusedCount).toBe(2)
    expect(answer.products.length).toBeGreaterThan(0)
  })
})
