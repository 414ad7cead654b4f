/**
 * The solver against HiGHS on shops too large for brute force. The share of an amount-off coupon,
 * value × line ÷ eligible sum, is not linear, but for one quantity of the target it only falls as the
 * sum grows: so the least eligible sum that reaches the threshold, a linear integer program, decides,
 * up to the unit that largest remainder rounds by. Of one group the better coupon counts: one
 * program for each.
 */
import type { LegacyHighs } from 'highs'
import * as highsModule from 'highs'
import { describe, expect, it } from 'vitest'
import { cheapest } from '../../src/pricing/cheapest.ts'
import { compareFractions, fraction, mulDiv, mulDivUp } from '../../src/pricing/fraction.ts'
import { shopOf } from '../../src/pricing/shop.ts'
import { randomOf } from '../../bench/lib.ts'
import { AT, couponEvent, goodsEvents } from './random-shop.ts'
import { costOf } from './witness.ts'

// The package declares its types as CommonJS; the module that is loaded has a default export.
const { default: loadHighs } = highsModule as unknown as { default: () => Promise<LegacyHighs> }

const MAX_UNITS = 2

describe('the cheapest reachable price of 200 larger shops', () => {
  it('is what the integer programs of HiGHS allow, to the unit', async () => {
    const highs = await loadHighs()
    const random = randomOf(11)
    const whole = (n: number) => Math.floor(random() * n)
    let exact = 0
    for (let round = 0; round < 200; round += 1) {
      const goods = Array.from({ length: 25 + whole(40) }, (_, i) => ({
        product: `p${i}`,
        merchant: 'merchant-0',
        price: (10 + whole(300)) * (round % 2 === 0 ? 100 : 70),
      }))
      const coupons = Array.from({ length: 1 + whole(2) }, (_, i) => ({
        coupon: `c${i}`,
        threshold: 1000 * (50 + whole(100)),
        value: 100 * (10 + whole(200)),
        exclude: goods.filter(({ product }) => product !== 'p0' && whole(3) === 0),
      }))
      const { shop, refused } = shopOf([
        ...goodsEvents(goods),
        ...coupons.map(({ coupon, threshold, value, exclude }) =>
          couponEvent(coupon, {
            kind: 'amount-off',
            threshold,
            value,
            group: 'g',
            scope: { exclude: exclude.map(({ product }) => product) },
          }),
        ),
      ])
      expect(refused).toEqual([])
      const price = goods[0]!.price
      let least = fraction(price)
      let most = fraction(price)
      for (let q = 1; q <= MAX_UNITS; q += 1)
        for (const { threshold, value, exclude } of coupons) {
          const fillers = goods.slice(1).filter((item) => !exclude.includes(item))
          const over = leastSum(
            highs,
            fillers.map((item) => item.price),
            threshold - q * price,
          )
          if (over === undefined) continue
          const amount = q * price
          const sum = amount + over
          const off = Math.min(value, sum)
          const low = fraction(amount - mulDivUp(off, amount, sum), q)
          const high = fraction(amount - mulDiv(off, amount, sum), q)
          if (compareFractions(low, least) < 0) least = low
          if (compareFractions(high, most) < 0) most = high
        }
      const found = cheapest(shop, { product: 'p0', at: AT, maxUnits: MAX_UNITS, nodes: 50_000 })!
      expect(compareFractions(found.unitPrice, least)).toBeGreaterThanOrEqual(0)
      expect(compareFractions(found.unitPrice, most)).toBeLessThanOrEqual(0)
      expect(compareFractions(found.lower, most)).toBeLessThanOrEqual(0)
      expect(costOf(shop, found)).toEqual(found.unitPrice)
      if (found.exact) exact += 1
    }
    // Where it is not, what is open is the unit of rounding; see docs/pricing.md.
    expect(exact).toBeGreaterThanOrEqual(100)
  })
})

/** min Σ price × pieces subject to Σ ≥ need; undefined where it cannot be reached. */
const leastSum = (
  highs: LegacyHighs,
  prices: readonly number[],
  need: number,
): number | undefined => {
  if (need <= 0) return 0
  const terms = prices.map((price, i) => `${price} x${i}`).join(' + ')
  const bounds = prices.map((_, i) => `0 <= x${i} <= ${MAX_UNITS}`).join('\n')
  const names = prices.map((_, i) => `x${i}`).join(' ')
  const problem = `Minimize\n obj: ${terms}\nSubject To\n c: ${terms} >= ${need}\nBounds\n${bounds}\nGeneral\n${names}\nEnd\n`
  const solution = highs.solve(problem, { mip_rel_gap: 0, mip_abs_gap: 0.1 })
  return solution.Status === 'Optimal' ? Math.round(solution.ObjectiveValue) : undefined
}
