import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixture } from '../../src/detectors/shared/fitted-share.ts'

describe('a mixture of people and machines', () => {
  it('finds the share where the weights are plain', () => {
    const bans = Float64Array.from({ length: 1000 }, (_, i) => (i < 250 ? 4 : -4))
    const fit = mixture(bans)
    expect(fit.share).toBeCloseTo(0.25, 3)
    // 250 members at four bans less the price of naming which: 250 × (4 + log10 ¼) + 750 × log10 ¾.
    expect(fit.weightBans).toBeCloseTo(
      250 * (4 + Math.log10(0.25)) + 750 * Math.log10(0.75) - 1.5,
      0,
    )
  })

  it('finds nothing where every weight speaks for people', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 0, noNaN: true }), { minLength: 1, maxLength: 200 }),
        (bans) => {
          expect(mixture(Float64Array.from(bans)).weightBans).toBe(0)
        },
      ),
    )
  })

  it('orders members by their weight and gives probabilities', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 2, maxLength: 50 }),
        (bans) => {
          const { posterior } = mixture(Float64Array.from(bans))
          const [a, b] = [Math.min(bans[0]!, bans[1]!), Math.max(bans[0]!, bans[1]!)]
          expect(posterior(a)).toBeLessThanOrEqual(posterior(b))
          expect(posterior(b)).toBeLessThanOrEqual(1)
          expect(posterior(a)).toBeGreaterThanOrEqual(0)
        },
      ),
    )
  })

  it('has no opinion of an empty room', () => {
    expect(mixture(new Float64Array(0))).toMatchObject({ share: 0, weightBans: 0 })
  })
})
