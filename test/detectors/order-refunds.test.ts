import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baselineOf, meanShare, refundBans } from '../../src/detectors/orders/refunds.ts'

const any = baselineOf('')
const fashion = baselineOf('女装')

describe('the weight of a refund share', () => {
  it('is that of the beta-binomial by hand for one order given back', () => {
    // P(back) is the mean of each: staged 4 / 5; honest 0.95 × 2 / 6.6 + 0.05 × 1 / 2.
    const honest = (0.95 * 2) / 6.6 + 0.05 / 2
    expect(refundBans(1, 1, any)).toBeCloseTo(Math.log10(0.8 / honest), 8)
    expect(refundBans(0, 1, any)).toBeCloseTo(Math.log10(0.2 / (1 - honest)), 8)
  })

  it('agrees with numeric integration over the shares for many orders', () => {
    const [refunds, orders] = [45, 60]
    const steps = 20_000
    let staged = 0
    let clean = 0
    let norm = 0
    for (let i = 0.5; i < steps; i += 1) {
      const p = i / steps
      const likelihood = p ** refunds * (1 - p) ** (orders - refunds)
      const density = p * (1 - p) ** 3.6
      staged += likelihood * 4 * p ** 3
      clean += likelihood * density
      norm += density / steps
    }
    let uniform = 0
    for (let i = 0.5; i < steps; i += 1)
      uniform += (i / steps) ** refunds * (1 - i / steps) ** (orders - refunds)
    const expected = Math.log10(staged / ((0.95 * clean) / norm + 0.05 * uniform))
    expect(refundBans(refunds, orders, any)).toBeCloseTo(expected, 5)
  })

  it('rises with the share above the honest mean and never reaches moderately strong', () => {
    const orders = 1000
    let last = Number.NEGATIVE_INFINITY
    for (let refunds = 400; refunds <= orders; refunds += 10) {
      const bans = refundBans(refunds, orders, any)
      expect(bans).toBeGreaterThan(last)
      expect(bans).toBeLessThan(2)
      last = bans
    }
  })

  it('does not grow with the number of orders as a binomial would', () => {
    const grown = refundBans(76_500, 100_000, any) - refundBans(765, 1000, any)
    expect(Math.abs(grown)).toBeLessThan(0.05)
  })

  it('is less in fashion than elsewhere for every high share, and finite for any counts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 1_000_000 }),
        fc.double({ min: 0.5, max: 1, noNaN: true }),
        (orders, share) => {
          // prettier-ignore
          const refunds = Math.round(orders * share)
          expect(Number.isFinite(refundBans(refunds, orders, any))).toBe(true)
          if (share < 0.9)
            expect(refundBans(refunds, orders, fashion)).toBeLessThan(
              refundBans(refunds, orders, any),
            )
        },
      ),
    )
  })

  it('expects half of fashion back and less of other goods', () => {
    expect(meanShare(baselineOf('women fashion'))).toBe(0.5)
    expect(meanShare(baselineOf('food'))).toBeLessThan(0.35)
  })
})
