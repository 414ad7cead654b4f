/** The solver against brute force over every basket, and its witnesses against `priceBasket`. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cheapest } from '../../src/pricing/cheapest.ts'
import { compareFractions, fraction } from '../../src/pricing/fraction.ts'
import { AT, bruteForce, shops } from './random-shop.ts'
import { costOf } from './witness.ts'

describe('the cheapest reachable price', () => {
  it('is what brute force finds on 10 000 random small shops, and its witness costs that', () => {
    fc.assert(
      fc.property(
        shops({ products: 4, coupons: 4, maxPrice: 30, maxThreshold: 80 }),
        fc.integer({ min: 1, max: 3 }),
        (shop, maxUnits) => {
          const found = cheapest(shop, { product: 'p0', at: AT, maxUnits })!
          const [numerator, denominator] = bruteForce(shop, maxUnits)
          expect(found.unitPrice).toEqual(fraction(Number(numerator), Number(denominator)))
          expect(found.exact).toBe(true)
          expect(costOf(shop, found)).toEqual(found.unitPrice)
          expect(found.basket.every(({ quantity }) => quantity <= maxUnits)).toBe(true)
        },
      ),
      { numRuns: Number(process.env['ASSAY_RUNS'] ?? 10_000) },
    )
  })

  it('is what brute force finds where prices are large and thresholds far', () => {
    fc.assert(
      fc.property(
        shops({ products: 5, coupons: 3, maxPrice: 100_000, maxThreshold: 500_000 }),
        (shop) => {
          const found = cheapest(shop, { product: 'p0', at: AT, maxUnits: 2 })!
          const [numerator, denominator] = bruteForce(shop, 2)
          expect(found.unitPrice).toEqual(fraction(Number(numerator), Number(denominator)))
          expect(found.exact).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('lies between its bounds where the budget ends before the search', () => {
    fc.assert(
      fc.property(shops({ products: 4, coupons: 4, maxPrice: 30, maxThreshold: 80 }), (shop) => {
        const found = cheapest(shop, { product: 'p0', at: AT, maxUnits: 3, nodes: 3 })!
        const [numerator, denominator] = bruteForce(shop, 3)
        const truth = fraction(Number(numerator), Number(denominator))
        expect(compareFractions(found.lower, truth)).toBeLessThanOrEqual(0)
        expect(compareFractions(truth, found.upper)).toBeLessThanOrEqual(0)
        if (found.exact) expect(found.unitPrice).toEqual(truth)
        expect(costOf(shop, found)).toEqual(found.unitPrice)
      }),
      { numRuns: 1000 },
    )
  })
})
