import { describe, expect, it } from 'vitest'
import { orderAnomaly } from '../../src/detectors/orders/anomaly.ts'
import { merchantFigures } from '../../src/detectors/orders/figures.ts'
import { Evidence } from '../../src/detectors/room.ts'
import { strengthOf } from '../../src/vocabulary/finding.ts'
import { addOrders, addVisits, type OrderLine } from './build-orders.ts'

const HOUR = 3_600_000
const START = Date.parse('2020-11-06T19:00:00+08:00')
const END = START + 3 * HOUR

type Shape = Partial<OrderLine> | ((index: number) => Partial<OrderLine>)

/** `count` paid orders of one merchant, each by its own buyer, spread over the broadcast. */
const sales = (
  count: number,
  shape: Shape = {},
  { broadcast = 'broadcast-1', merchant = 'brand-x', buyers = 'buyer' } = {},
): OrderLine[] =>
  Array.from({ length: count }, (_, i) => {
    const placedAt = START + Math.floor((i / count) * (END - START))
    return {
      order: `${broadcast}-${merchant}-${buyers}-${i}`,
      broadcast,
      merchant,
      buyer: `${buyers}-${i}`,
      placedAt,
      paidAt: placedAt + 5000,
      paid: 19_900,
      ...(typeof shape === 'function' ? shape(i) : shape),
    }
  })

const refunded = (at: number): Partial<OrderLine> => ({
  refundRequestedAt: at,
  refundedAt: at + HOUR,
  refunded: 19_900,
})

const evidenceOf = (lines: readonly OrderLine[], category = '') => {
  const evidence = new Evidence()
  for (const line of lines) {
    const room = evidence.room(line.broadcast!)
    Object.assign(room, { startedAt: START, endedAt: END, firstAt: START, lastAt: END })
    Object.assign(room, { operator: 'operator-a', category })
  }
  addOrders(evidence.orders, lines)
  return evidence
}

const weightOf = (signal: ReturnType<typeof orderAnomaly.weigh>[number], name: string) =>
  signal.hypotheses.find((hypothesis) => hypothesis.name === name)!.weightBans

const strength = (evidence: Evidence) =>
  orderAnomaly.weigh(evidence).map((signal) => strengthOf(signal.hypotheses[0]!.weightBans))

const surge = (shape: (i: number) => Partial<OrderLine>) =>
  evidenceOf(sales(400, (i) => (i < 320 ? { ...refunded(END + HOUR), ...shape(i) } : { shippedAt: END }))) // prettier-ignore

const lead = (evidence: Evidence) => {
  const [signal] = orderAnomaly.weigh(evidence)
  return weightOf(signal!, 'self-brushing') - weightOf(signal!, 'third-party-attack')
}

/** The first `count` orders of a merchant given back soon after the broadcast. */
const most =
  (count: number) =>
  (i: number): Partial<OrderLine> =>
    i < count ? refunded(END + HOUR) : {}

/** Delivered, and `tenths` of ten sent back after that for a reason. */
const sentBack =
  (tenths: number, reason: string) =>
  (i: number): Partial<OrderLine> => ({
    shippedAt: END + 20 * HOUR,
    deliveredAt: END + 60 * HOUR,
    ...(i % 10 < tenths ? { ...refunded(END + 90 * HOUR), reason, goodsReturned: true } : {}),
  })

const weights = (evidence: Evidence) =>
  orderAnomaly
    .weigh(evidence)
    .map(({ subject, hypotheses, reasons }) => [subject, hypotheses, reasons])

/** A host who calls out numbers each half hour, and a surge of orders at the given seconds. */
const leadWithCalls = (second: (i: number) => number) => {
  const evidence = surge((i) => ({ placedAt: START + 1000 * second(i), paidAt: END }))
  for (const minute of [30, 60, 90, 120, 150])
    evidence.room('broadcast-1').captions.push({
      id: `said-${minute}`,
      confidence: 1,
      from: START + minute * 60_000,
      until: START + minute * 60_000,
      speaker: 'host-a',
      text: '最后 200 单',
    })
  return lead(evidence)
}

describe.each([
  ['on the same day', 2 * HOUR],
  ['three days later', 72 * HOUR],
])('1,323 sold and 1,012 refunded %s', (_, afterMs) => {
  const back = (i: number) => refunded(START + (i / 1323) * (END - START) + afterMs)
  const evidence = evidenceOf(sales(1323, (i) => (i < 1012 ? back(i) : {})))
  evidence.fees.push({
    broadcast: 'broadcast-1',
    merchant: 'brand-x',
    slotFee: 10_000_000,
    commissionBps: 0,
  })
  const signals = orderAnomaly.weigh(evidence)

  it('gives one anomaly, undetermined between brushing and an attack', () => {
    expect(signals).toHaveLength(1)
    const [signal] = signals
    expect(signal!.undetermined).toBe(true)
    expect(weightOf(signal!, 'self-brushing')).toBe(weightOf(signal!, 'third-party-attack'))
    expect(weightOf(signal!, 'honest-returns')).toBe(0)
    expect(weightOf(signal!, 'self-brushing')).toBeGreaterThanOrEqual(1)
  })

  it('names no culprit and no single order', () => {
    const [signal] = signals
    expect(signal!.subject).toBe('broadcast-1')
    expect(signal!.suspicions).toEqual([])
    expect(signal!.summary.en).toContain('nobody is named')
  })

  it('says what is missing to tell them apart', () => {
    const texts = signals[0]!.reasons.map((reason) => reason.text.en).join('\n')
    expect(texts).toContain('who paid, devices, who was in the room, refund reasons, shipping')
  })

  it('reports the net sales and what the slot fee bought', () => {
    const [figures] = merchantFigures(evidence)
    expect(figures).toMatchObject({ orders: 1323, refundedOrders: 1012, netOrders: 311 })
    // 1012 / 1323 = 0.764928…: neither "76.4" rounded nor 76.5.
    expect(figures!.refundRateBps).toBe(7649)
    // 100,000.00 / 311 = 321.5434…
    expect(figures!.feePerKeptOrder).toBe(32_154)
    const fee = signals[0]!.reasons.find((reason) => reason.text.en.includes('slot fee'))
    expect(fee!.text.en).toContain('321.54 CNY')
    expect(fee!.text.en).toContain('311 kept')
    expect(fee!.text.en).toContain('settlement should wait')
  })
})

describe('honest broadcasts', () => {
  it('raise nothing at 50 % fashion returns for size, after delivery', () => {
    expect(strength(evidenceOf(sales(2000, sentBack(5, '尺码不合适')), '女装'))).toEqual([])
    expect(strength(evidenceOf(sales(2000, sentBack(5, '尺码不合适'))))).toEqual([])
  })

  it('raise nothing when most wear comes back for size and fit', () => {
    expect(strength(evidenceOf(sales(2000, sentBack(8, 'too small')), 'women fashion'))).toEqual([])
    expect(strength(evidenceOf(sales(2000, sentBack(8, '质量问题'))))).toEqual([])
  })

  it.each([0.05, 0.3, 0.5, 0.6])('are at most weak at a refund share of %d', (share) => {
    for (const category of ['', '女装'])
      for (const count of [20, 100, 5000]) {
        const lines = sales(count, (i) => (i < count * share ? refunded(END + HOUR) : {}))
        for (const found of strength(evidenceOf(lines, category)))
          expect(['none', 'weak']).toContain(found)
      }
  })

  it('raise nothing for a campus that shares an address and an IP, though some never watched', () => {
    const campus = sales(300, (i) => ({
      address: 'campus-gate',
      ip: '10.0.0.1',
      payer: `buyer-${i}`,
      device: `phone-${i}`,
    }))
    const evidence = evidenceOf(campus)
    const watched = campus.map((line) => line.buyer!).filter((_, i) => i % 3 !== 0)
    addVisits(evidence, 'broadcast-1', watched, START)
    expect(orderAnomaly.weigh(evidence)).toEqual([])
  })

  it('raise nothing for an office where one colleague pays for all who watched', () => {
    const office = sales(30, { address: 'front-desk', ip: '10.0.0.2', payer: 'buyer-0' })
    const others = sales(300, (i) => ({ payer: `other-${i}` }), { buyers: 'other' })
    const lines = [...office, ...others]
    const evidence = evidenceOf(lines)
    addVisits(
      evidence,
      'broadcast-1',
      lines.map((line) => line.buyer!),
      START,
    )
    expect(orderAnomaly.weigh(evidence)).toEqual([])
  })

  it('raise nothing where payers are means of payment', () => {
    const lines = sales(400, (i) => ({ payer: i % 2 === 0 ? 'alipay' : 'wechat', device: 'tv' }))
    expect(orderAnomaly.weigh(evidenceOf(lines))).toEqual([])
  })

  it('raise nothing where buyers and accounts are named apart', () => {
    const evidence = evidenceOf(sales(200, (i) => ({ device: `kiosk-${i % 20}` })))
    addVisits(
      evidence,
      'broadcast-1',
      Array.from({ length: 100 }, (_, i) => `masked-${i}`),
      START,
    )
    expect(orderAnomaly.weigh(evidence)).toEqual([])
  })

  it('raise nothing for price differences paid back to everybody', () => {
    const lines = sales(500, { refundedAt: END + HOUR, refunded: 2000 })
    expect(orderAnomaly.weigh(evidenceOf(lines))).toEqual([])
  })
})

/** 60 orders of 6 phones and 6 payers, by buyers who never came, among 300 ordinary ones. */
const ringed = (shape: (i: number) => Partial<OrderLine>, beside: readonly OrderLine[] = []) => {
  const staged = sales(
    60,
    (i) => ({ payer: `payer-${i % 6}`, device: `farm-${i % 6}`, ...shape(i) }),
    { buyers: 'staged' },
  )
  const honest = sales(300, (i) => ({ payer: `buyer-${i}`, device: `phone-${i}` }))
  const evidence = evidenceOf([...honest, ...staged, ...beside])
  addVisits(
    evidence,
    'broadcast-1',
    [...honest, ...beside].map((line) => line.buyer!),
    START,
  )
  return evidence
}

describe('rings without refunds', () => {
  const evidence = ringed(() => ({}))
  const [signal] = orderAnomaly.weigh(evidence)

  it('are order brushing by at least two families, clear of an attack', () => {
    expect(signal!.hypotheses[0]!.name).toBe('self-brushing')
    expect(signal!.undetermined).toBe(false)
    const { suspicions } = signal!
    expect(suspicions[0]!.families.length).toBeGreaterThanOrEqual(2)
  })

  it('name the staged orders and none of the honest ones', () => {
    const { rows, probabilities } = signal!.suspicions[0]!
    const named = [...rows].map((row) => evidence.orders.ids.nameOf(row))
    expect(new Set(named)).toEqual(new Set(sales(60, {}, { buyers: 'staged' }).map((l) => l.order)))
    expect(named).toHaveLength(60)
    expect(Math.min(...probabilities)).toBeGreaterThan(0.5)
    expect(Math.max(...probabilities)).toBeLessThan(1)
  })

  it('are found beside a merchant whose goods come back, and accuse none of those orders', () => {
    const beside = sales(900, (i) => (i < 700 ? refunded(END + HOUR) : {}), { merchant: 'brand-y', buyers: 'y' }) // prettier-ignore
    const mixed = ringed(() => ({}), beside)
    const [found] = orderAnomaly.weigh(mixed)
    const named = [...found!.suspicions[0]!.rows].map((row) => mixed.orders.ids.nameOf(row))
    expect(named).toHaveLength(60)
    expect(named.every((order) => order.includes('staged'))).toBe(true)
  })

  it('weigh as the sum of their reasons', () => {
    const total = signal!.reasons.reduce((sum, reason) => sum + reason.weightBans, 0)
    expect(weightOf(signal!, 'self-brushing')).toBeCloseTo(total, 9)
  })
})

describe('what tells brushing from an attack', () => {
  it('is the money of the operator: a clear lead for brushing', () => {
    const evidence = surge((i) => (i < 100 ? { payer: 'operator-a' } : {}))
    const [signal] = orderAnomaly.weigh(evidence)
    expect(signal!.undetermined).toBe(false)
    expect(signal!.hypotheses[0]!.name).toBe('self-brushing')
  })

  it('is refunds at once and without a reason: some weight for an attack, no more', () => {
    const evidence = surge((i) => refunded(START + (i / 400) * (END - START) + HOUR / 2))
    expect(lead(evidence)).toBeLessThan(-0.3)
    expect(orderAnomaly.weigh(evidence)[0]!.undetermined).toBe(true)
  })

  it('is refunds days after the broadcast, unshipped: some weight for brushing, no more', () => {
    const evidence = surge(() => refunded(END + 48 * HOUR))
    expect(lead(evidence)).toBeGreaterThan(0.3)
    expect(orderAnomaly.weigh(evidence)[0]!.undetermined).toBe(true)
  })

  it('is orders at the calls of the host or away from them', () => {
    const called = leadWithCalls((i) => 1800 * (1 + (i % 5)) + (i % 60))
    const uncalled = leadWithCalls((i) => 1800 * (1 + (i % 5)) + 600 + (i % 60))
    expect(called).toBeGreaterThan(0)
    expect(uncalled).toBeLessThanOrEqual(0)
  })

  it('is goods paid for and never sent, for brushing', () => {
    const kept = ringed(() => ({}))
    const unsent = ringed(() => ({}))
    const { orders } = unsent
    for (let row = 0; row < orders.length; row += 1)
      if (orders.ids.nameOf(row).includes('-buyer-')) orders.columns.shippedAt[row] = END
    expect(lead(unsent)).toBeGreaterThan(lead(kept))
  })

  it('is the same buyers in one host’s broadcasts, for brushing', () => {
    const evidence = evidenceOf([
      ...sales(400, most(320), { broadcast: 'broadcast-1' }),
      ...sales(400, most(320), { broadcast: 'broadcast-2' }),
    ])
    expect(lead(evidence)).toBeGreaterThan(0.3)
  })

  it('is the same buyers at many merchants of several hosts, for an attack', () => {
    const lines = [1, 2, 3].flatMap((n) =>
      sales(400, most(320), { broadcast: `broadcast-${n}`, merchant: `brand-${n}` }),
    )
    const evidence = evidenceOf(lines)
    for (const n of [1, 2, 3]) evidence.room(`broadcast-${n}`).operator = `operator-${n}`
    expect(lead(evidence)).toBeLessThan(-0.3)
    const [signal] = orderAnomaly.weigh(evidence)
    const total = signal!.reasons.reduce((sum, reason) => sum + reason.weightBans, 0)
    expect(weightOf(signal!, 'third-party-attack')).toBeCloseTo(total, 9)
  })
})

describe('several merchants of one broadcast', () => {
  const evidence = evidenceOf([
    ...sales(200, most(160), { merchant: 'brand-x', buyers: 'x' }),
    ...sales(200, most(160), { merchant: 'brand-y', buyers: 'y' }),
    ...sales(200, {}, { merchant: 'brand-z', buyers: 'z' }),
  ])
  const signals = orderAnomaly.weigh(evidence)

  it('are one finding about the broadcast that accuses none of them', () => {
    expect(signals).toHaveLength(1)
    expect(signals[0]!.subject).toBe('broadcast-1')
    expect(signals[0]!.suspicions).toEqual([])
    const text = signals[0]!.reasons[0]!.text.en
    expect(text).toContain('2 merchant(s): brand-x, brand-y')
    expect(text).not.toContain('brand-z')
  })

  it('weigh more than one of them, less than both', () => {
    const one = orderAnomaly.weigh(evidenceOf(sales(200, most(160))))[0]!
    const weight = weightOf(signals[0]!, 'self-brushing')
    expect(weight).toBeGreaterThan(weightOf(one, 'self-brushing'))
    expect(weight).toBeLessThan(2 * weightOf(one, 'self-brushing'))
  })
})

describe('orders of a surge', () => {
  it('are not named for sharing a campus address, whatever else the affair shows', () => {
    const lines = sales(400, (i) => ({ ...most(320)(i), address: 'campus-gate', ip: '10.0.0.1' }))
    const evidence = evidenceOf(lines.map((line, i) => (i < 20 ? { ...line, payer: 'operator-a' } : line))) // prettier-ignore
    const [signal] = orderAnomaly.weigh(evidence)
    expect(weightOf(signal!, 'self-brushing')).toBeGreaterThan(1)
    const named = signal!.suspicions.flatMap(({ rows }) => [...rows])
    expect(named.length).toBeLessThanOrEqual(20)
  })
})

describe('the order of reading', () => {
  it('does not change what is found', () => {
    const lines = sales(300, (i) => (i < 240 ? refunded(END + HOUR) : {}))
    expect(weights(evidenceOf(lines.toReversed()))).toEqual(weights(evidenceOf(lines)))
  })
})

describe('scale', () => {
  it('compares no pairs at large: 300,000 orders of regulars end within the test, and accuse nobody', () => {
    const lines = sales(300_000, (i) => ({ payer: `p-${i % 90_000}`, device: `d-${i % 90_000}` }))
    const evidence = evidenceOf(lines)
    expect(orderAnomaly.weigh(evidence)).toEqual([])
  })
})
