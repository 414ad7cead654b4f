import { existsSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concentration, orderConcentration } from '../../src/detectors/orders/concentration.ts'
import { Evidence } from '../../src/detectors/room.ts'
import { OrderTable } from '../../src/detectors/tables/orders.ts'
import { strengthOf } from '../../src/vocabulary/finding.ts'
import { addOrders } from './build-orders.ts'

/** Second of an order and its buyer. */
type Sale = readonly [second: number, buyer: string]

const shop = (sales: readonly Sale[]) => {
  const orders = new OrderTable()
  addOrders(
    orders,
    sales.map(([second, buyer]) => ({ merchant: 'shop', buyer, placedAt: second * 1000 })),
  )
  return concentration(orders)[0]!
}

/** The rule as it is written, one window after another. */
const byHand = (sales: readonly Sale[], starts: Iterable<number>, seconds = 3600) => {
  const pool = new Set<Sale>()
  let rate = 0
  for (const start of starts) {
    const inside = sales.filter(([second]) => second >= start && second <= start + seconds)
    const unique = new Set(inside.map(([, buyer]) => buyer)).size
    if (unique === 0) continue
    rate = Math.max(rate, inside.length / unique)
    if (inside.length >= 3 * unique) for (const sale of inside) pool.add(sale)
  }
  const counts = new Map<string, number>()
  for (const [, buyer] of pool) counts.set(buyer, (counts.get(buyer) ?? 0) + 1)
  const most = Math.max(0, ...counts.values())
  const suspects = [...counts].filter(([, count]) => count === most).map(([buyer]) => buyer)
  return { rate, suspects: suspects.sort((a, b) => Number(a) - Number(b)) }
}

/** Every start at which an order has just left or just come in: between them nothing changes. */
const turns = (sales: readonly Sale[], seconds: number) =>
  new Set(sales.flatMap(([second]) => [second + 1, second - seconds]))

/** Three orders of one buyer within two seconds. */
const three = (buyer: string, from: number): Sale[] =>
  [0, 1, 2].map((second) => [from + second, buyer])

const suspectsAmong = (a: string, b: string) => shop([...three(a, 0), ...three(b, 9000)]).suspects

const endingAt = (last: number) => shop([[0, 'a'], [10, 'a'], [last, 'a']]) // prettier-ignore

describe('the one-hour rule', () => {
  it('agrees with a search over every start second on small shops', () => {
    const sale = fc.tuple(fc.integer({ min: 0, max: 9000 }), fc.constantFrom('2', '10', '3'))
    fc.assert(
      fc.property(fc.array(sale, { minLength: 1, maxLength: 12 }), (sales) => {
        const everySecond = Array.from({ length: 12_601 }, (_, i) => i - 3600)
        const answer = shop(sales)
        const expected = byHand(sales, everySecond)
        expect(answer.suspects).toEqual(expected.suspects)
        expect(answer.rate).toBe(expected.rate)
      }),
      { numRuns: 60 },
    )
  })

  it('finds a window that starts at no order because a stranger stands on both sides', () => {
    const sales: Sale[] = [
      [0, 'a'],
      [2000, 'b'],
      [3000, 'b'],
      [5000, 'b'],
      [5500, 'a'],
    ]
    // [1500, 5100] holds b alone; the hour from 2000 ends after the second order of a.
    expect(
      byHand(
        sales,
        sales.map(([second]) => second),
      ).suspects,
    ).toEqual([])
    expect(shop(sales.toReversed()).suspects).toEqual(['b'])
  })

  it('counts both ends of the hour and not a second more', () => {
    expect(endingAt(3600).brushing).toBe(true)
    expect(endingAt(3601).brushing).toBe(false)
    expect(endingAt(3601).rate).toBe(2)
  })

  it('names the bounds of the pool, and none for a clean shop', () => {
    const dirty = shop([[0, 'x'], [9000, 'a'], [9100, 'a'], [9200, 'a']]) // prettier-ignore
    expect([dirty.from, dirty.until]).toEqual([9_000_000, 9_200_000])
    expect(shop([[0, 'x']])).toMatchObject({ from: null, until: null, suspects: [], rate: 1 })
  })

  it('orders decimal ids by number even beyond 2^53, and other ids by code unit', () => {
    expect(suspectsAmong('9', '10')).toEqual(['9', '10'])
    expect(suspectsAmong('9007199254740993', '9007199254740992')[0]).toBe('9007199254740992')
    expect(suspectsAmong('b9', 'b10')).toEqual(['b10', 'b9'])
  })

  it('leaves out orders whose buyer is not known', () => {
    const orders = new OrderTable()
    addOrders(orders, [1, 2, 3].map((second) => ({ merchant: 'shop', placedAt: second * 1000 }))) // prettier-ignore
    expect(concentration(orders)[0]).toMatchObject({ brushing: false, rate: 0 })
  })

  it('raises a signal that stays below strong and keeps the flash sale as a rival', () => {
    const evidence = new Evidence()
    const sales = Array.from({ length: 500 }, (_, i) => i)
    addOrders(
      evidence.orders,
      sales.map((i) => ({ merchant: 'brand-x', buyer: 'buyer-1', placedAt: i * 1000 })),
    )
    const [signal] = orderConcentration.weigh(evidence)
    expect(signal!.subject).toBe('brand-x')
    expect(signal!.hypotheses.map((h) => h.name)).toEqual(['self-brushing', 'flash-sale'])
    expect(signal!.hypotheses[0]!.weightBans).toBeLessThan(2)
    expect(signal!.reasons.every((reason) => reason.family === 'transaction')).toBe(true)
  })
})

/** The signal of one merchant where each of `buyers` places `each` orders within the hour. */
const crowded = (buyers: number, each: number, strangers: readonly string[] = []) => {
  const evidence = new Evidence()
  const at = (i: number) => Math.floor((3000 * i) / (buyers * each))
  addOrders(evidence.orders, [
    ...Array.from({ length: buyers * each }, (_, i) => ({
      order: `staged-${i}`,
      merchant: 'brand-x',
      buyer: `buyer-${i % buyers}`,
      placedAt: at(i) * 1000,
    })),
    ...strangers.map((buyer) => ({
      order: `by-${buyer}`,
      merchant: 'brand-x',
      buyer,
      placedAt: 1_500_000,
    })),
  ])
  return { evidence, signal: orderConcentration.weigh(evidence)[0]! }
}

const bansOf = (buyers: number, each: number) =>
  crowded(buyers, each).signal.hypotheses[0]!.weightBans

describe('the weight of the rule', () => {
  it('is weak for three orders of one buyer and moderate for 160 of four', () => {
    expect(strengthOf(bansOf(1, 3))).toBe('weak')
    expect(strengthOf(bansOf(4, 40))).toBe('moderate')
  })

  it('grows with the rate and with the number of orders, never beyond moderate', () => {
    expect(bansOf(10, 5)).toBeGreaterThan(bansOf(10, 3))
    expect(bansOf(10, 5)).toBeGreaterThan(bansOf(2, 5))
    expect(strengthOf(bansOf(100, 1000))).toBe('moderate')
  })

  it('is weak for many buyers at the limit, as in a sale of one piece an order', () => {
    expect(strengthOf(bansOf(200, 3))).toBe('weak')
  })
})

describe('the suspected orders', () => {
  it('are those of buyers who alone reach the rate, in one family', () => {
    const { evidence, signal } = crowded(4, 40, ['stranger-1', 'stranger-2'])
    const [{ kind, rows, families }] = signal.suspicions as [(typeof signal.suspicions)[number]]
    expect([kind, families]).toEqual(['order', ['transaction']])
    const named = Array.from(rows, (row) => evidence.orders.ids.nameOf(row))
    expect(named).toHaveLength(160)
    expect(named.every((order) => order.startsWith('staged-'))).toBe(true)
  })

  it('have the odds of the weight times one in ten', () => {
    const { signal } = crowded(1, 3)
    const p = signal.suspicions[0]!.probabilities[0]!
    expect(Math.log10(p / (1 - p))).toBeCloseTo(signal.hypotheses[0]!.weightBans - 1, 9)
    expect(p).toBeLessThan(0.5)
  })
})

const file = new URL('../../../shared/data/shopee-order-brushing/orders.csv', import.meta.url)

describe.skipIf(!existsSync(file))(
  'the one-hour rule on the contest file (skipped where it is not at hand)',
  () => {
    const sales = new Map<string, Sale[]>()
    const orders = new OrderTable()
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1) : []
    addOrders(
      orders,
      lines.map((line) => {
        const [order, merchant = '', buyer = '', at = ''] = line.split(',')
        const placedAt = Date.parse(`${at.replace(' ', 'T')}Z`)
        const list = sales.get(merchant) ?? []
        sales.set(merchant, list)
        list.push([placedAt / 1000, buyer])
        return { order: order!, merchant, buyer, placedAt }
      }),
    )
    const answers = new Map(
      concentration(orders).map((answer) => [orders.merchants.nameOf(answer.merchant), answer]),
    )

    it.each([
      ['8996761', '215382704'],
      ['27121667', '183926374'],
      ['145777302', '201343856'],
      ['181009364', '101832161&214208720'],
    ])('gives the worked answer of shop %s', (merchant, suspects) => {
      expect(answers.get(merchant)!.suspects.join('&')).toBe(suspects)
    })

    it('agrees with the naive search for each of the 489 shops, whether the end counts or not', () => {
      expect(answers.size).toBe(489)
      for (const [merchant, list] of sales) {
        const found = answers.get(merchant)!.suspects
        expect(found, merchant).toEqual(byHand(list, turns(list, 3600)).suspects)
        expect(found, merchant).toEqual(byHand(list, turns(list, 3599), 3599).suspects)
      }
    })

    it('calls as many shops brushing as the best score of the contest implies', () => {
      // 407.275 = 0.005 × (18770 − p) + p
      const implied = (407.275 - 0.005 * 18_770) / 0.995
      const positive = [...answers.values()].filter((answer) => answer.brushing).length
      expect(positive).toBe(Math.round(implied))
    })
  },
)
