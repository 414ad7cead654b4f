/** What counterfeit numbers cost. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { costOf, marketFile } from '../../src/law/market.ts'

const market = marketFile.parse(
  JSON.parse(readFileSync(new URL('../../policies/cn/market.json', import.meta.url), 'utf8')),
)

describe('the price list of counterfeit numbers', () => {
  it('S1-15, S1-18: 10,000 viewers cost 30 to 95 yuan, 0.003 to 0.0095 each', () => {
    expect(costOf(market, 'viewers', 10_000)).toEqual({ low: 3000, high: 9500 })
    expect(costOf(market, 'viewers', 1000).low / 1000 / 100).toBeCloseTo(0.003, 6)
  })

  it('S3-1: 30,000 likes cost 5 yuan', () => {
    expect(costOf(market, 'likes', 30_000)).toEqual({ low: 500, high: 500 })
  })

  it('SX-9: three million viewers cost 9,000 to 28,500 yuan, less than a slot fee of 100,000', () => {
    const { low, high } = costOf(market, 'viewers', 3_000_000)
    expect(low).toBe(900_000)
    expect(high).toBe(2_850_000)
    expect(high).toBeLessThan(10_000_000)
  })

  it('rounds half up to the fen', () => {
    // 3,000 fen for 10,000: five viewers are 1.5 fen.
    expect(costOf(market, 'viewers', 5).low).toBe(2)
    expect(costOf(market, 'viewers', 0)).toEqual({ low: 0, high: 0 })
  })
})
