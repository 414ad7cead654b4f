/** Intervals of what is genuine. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GenuineCount } from '../../src/judgement/interval.ts'

const items = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 50 }), fc.double({ min: 0, max: 1, noNaN: true })),
  {
    maxLength: 300,
  },
)

const countOf = (list: readonly (readonly [number, number])[]) => {
  const count = new GenuineCount()
  for (const [amount, probability] of list) count.add(amount, probability)
  return count
}

describe('a genuine count', () => {
  it('lies within its interval, and the interval within nothing and everything', () => {
    fc.assert(
      fc.property(items, (list) => {
        const count = countOf(list)
        const { estimate, low, high } = count.interval()
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(estimate!)
        expect(high).toBeGreaterThanOrEqual(estimate!)
        expect(high).toBeLessThanOrEqual(count.observed)
      }),
    )
  })

  it('is everything where nobody is suspected, with room below for what cannot be seen', () => {
    const { estimate, low, high } = countOf(
      Array.from({ length: 1000 }, () => [1, 0] as const),
    ).interval()
    expect(estimate).toBe(1000)
    expect(high).toBe(1000)
    expect(low).toBeLessThan(1000)
    expect(low).toBeGreaterThan(900)
  })

  it('widens downwards by what could not be determined', () => {
    const count = countOf(Array.from({ length: 1000 }, () => [1, 0] as const))
    expect(count.interval(300).low).toBe(count.interval().low - 300)
    expect(count.interval(300).estimate).toBe(1000)
  })

  it('is wider the less sure the probabilities are', () => {
    const sure = countOf(Array.from({ length: 400 }, (_, i) => [1, i % 2] as const)).interval()
    const unsure = countOf(Array.from({ length: 400 }, () => [1, 0.5] as const)).interval()
    expect(unsure.estimate).toBe(sure.estimate)
    expect(unsure.high - unsure.low).toBeGreaterThan(sure.high - sure.low)
  })
})
