import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { betaBinomialBans } from '../../src/sketches/beta-binomial.ts'

describe('beta-binomial', () => {
  it('is uniform over 0…n when the rate may be anything', () => {
    // Beta(1, 1): each of the n + 1 outcomes alike.
    expect(betaBinomialBans(3, 9, { a: 1, b: 1 })).toBeCloseTo(-1, 9)
  })

  it('sums to one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.double({ min: 0.2, max: 50, noNaN: true }),
        fc.double({ min: 0.2, max: 50, noNaN: true }),
        (n, a, b) => {
          let sum = 0
          for (let k = 0; k <= n; k += 1) sum += 10 ** betaBinomialBans(k, n, { a, b })
          expect(sum).toBeCloseTo(1, 6)
        },
      ),
    )
  })
})
