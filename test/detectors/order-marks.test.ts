import { describe, expect, it } from 'vitest'
import { orderAnomaly } from '../../src/detectors/orders/anomaly.ts'
import { Evidence } from '../../src/detectors/room.ts'
import { addOrders, addVisits, type OrderLine } from './build-orders.ts'

const HOUR = 3_600_000
const START = Date.parse('2020-11-06T19:00:00+08:00')
const END = START + 3 * HOUR

/** `count` paid and delivered orders of one merchant, each by its own buyer who pays himself. */
const sales = (
  count: number,
  name: string,
  shape: (i: number, placedAt: number) => Partial<OrderLine> = () => ({}),
): OrderLine[] =>
  Array.from({ length: count }, (_, i) => {
    const placedAt = START + Math.floor((i / count) * (END - START - HOUR))
    return {
      order: `${name}-${i}`,
      broadcast: 'broadcast-1',
      merchant: 'brand-x',
      buyer: `${name}-${i}`,
      payer: `${name}-${i}`,
      placedAt,
      paidAt: placedAt + 5000,
      paid: 19_900,
      shippedAt: END + 20 * HOUR,
      deliveredAt: END + 60 * HOUR,
      ...shape(i, placedAt),
    }
  })

const backAt = (at: number, reason: string): Partial<OrderLine> => ({
  refundRequestedAt: at,
  refundedAt: at + HOUR,
  refunded: 19_900,
  reason,
})

/** Asked back within ten minutes, before anything was shipped. */
const atOnce = (placedAt: number, reason = ''): Partial<OrderLine> => ({
  ...backAt(placedAt + HOUR / 6, reason),
  shippedAt: Number.NaN,
  deliveredAt: Number.NaN,
})

/** The room with these orders; who is `absent` was never in it, everybody else was. */
const roomOf = (lines: readonly OrderLine[], absent: (buyer: string) => boolean) => {
  const evidence = new Evidence()
  Object.assign(evidence.room('broadcast-1'), {
    startedAt: START,
    endedAt: END,
    firstAt: START,
    lastAt: END,
    operator: 'operator-a',
  })
  addOrders(evidence.orders, lines)
  const seen = new Set(lines.map((line) => line.buyer!).filter((buyer) => !absent(buyer)))
  addVisits(evidence, 'broadcast-1', seen, START)
  return evidence
}

const isStaged = (buyer: string) => buyer.startsWith('staged')

const named = (evidence: Evidence, atLeast: number): string[] =>
  orderAnomaly
    .weigh(evidence)
    .flatMap(({ suspicions }) => suspicions)
    .flatMap(({ rows, probabilities }) =>
      Array.from(rows)
        .filter((_, i) => probabilities[i]! >= atLeast)
        .map((row) => evidence.orders.ids.nameOf(row)),
    )

const leading = (evidence: Evidence) => {
  const [signal] = orderAnomaly.weigh(evidence)
  return [signal?.hypotheses[0]!.name, signal?.undetermined]
}

/** 44 orders of 22 absent buyers over five merchants, given back at once, among honest ones. */
const attack = (honest: number) =>
  roomOf(
    [
      ...sales(honest, 'honest', (i) => (i % 20 === 0 ? backAt(END + 90 * HOUR, '质量问题') : {})),
      ...sales(44, 'staged', (i, placedAt) => ({
        merchant: `brand-${i % 5}`,
        buyer: `staged-${i % 22}`,
        payer: `staged-${i % 22}`,
        ...atOnce(placedAt),
      })),
    ],
    isStaged,
  )

describe('orders given back at once by buyers who were never in the room', () => {
  it.each([175, 44, 20])('lead to an attack by a third party beside %d honest orders', (honest) => {
    expect(leading(attack(honest))).toEqual(['third-party-attack', false])
  })

  it.each([175, 44, 20])('are named, and no other order is, beside %d honest ones', (honest) => {
    const orders = named(attack(honest), 0.5)
    expect(orders).toHaveLength(44)
    expect(orders.every(isStaged)).toBe(true)
  })
})

/**
 * Orders of absent buyers, paid by one of `payers` and sent to one of seven addresses; two in three
 * are paid back a week after delivery, and no goods come with it.
 */
const brushed = (count: number, payers: number) =>
  sales(count, 'staged', (i) => ({
    payer: `fund-${i % payers}`,
    address: `store-${i % 7}`,
    ...(i % 3 === 0 ? {} : backAt(END + 240 * HOUR, '不想要了')),
  }))

/** One in twenty sends the goods back. */
const honestSales = (count: number) =>
  sales(count, 'honest', (i) => ({
    address: `home-${i}`,
    ...(i % 20 === 0 ? { ...backAt(END + 90 * HOUR, '质量问题'), goodsReturned: true } : {}),
  }))

describe('orders that few payers fund, given back long after the broadcast', () => {
  it.each([1300, 300, 140])(
    'lead to self-brushing, 300 of them beside %d honest ones',
    (honest) => {
      const evidence = roomOf([...honestSales(honest), ...brushed(300, 10)], isStaged)
      expect(leading(evidence)).toEqual(['self-brushing', false])
      const orders = named(evidence, 0.5)
      expect(orders).toHaveLength(300)
      expect(orders.every(isStaged)).toBe(true)
    },
  )

  it('are found though nine orders in ten are brushed and some name no payer', () => {
    const lines = brushed(1260, 30).map((line, i) => {
      // Each buyer orders twice; one order in thirty does not say who paid.
      const { payer: _, ...unstated } = line
      const buyer = `staged-${Math.floor(i / 2)}`
      return i % 30 === 7 ? { ...unstated, buyer } : { ...line, buyer }
    })
    const evidence = roomOf([...honestSales(140), ...lines], isStaged)
    expect(leading(evidence)).toEqual(['self-brushing', false])
    expect(named(evidence, 0.5)).toHaveLength(1260)
  })

  it('are not told from an agent or a channel where one payer pays for half of all', () => {
    const evidence = roomOf([...honestSales(300), ...brushed(300, 1)], isStaged)
    expect(named(evidence, 0)).toEqual([])
  })
})

const everyNth = (n: number) => (buyer: string) => Number(buyer.split('-')[1]) % n === 0

const day = (date: number) => Date.parse(`2020-11-0${date}T12:00:00+08:00`)

describe('honest orders', () => {
  it('raise nothing where one in eight comes by a link past the room and one in nine cancels', () => {
    const lines = sales(1000, 'honest', (i, placedAt) => (i % 9 === 0 ? atOnce(placedAt) : {}))
    expect(orderAnomaly.weigh(roomOf(lines, everyNth(8)))).toEqual([])
  })

  it('raise nothing for leaders who pay for absent neighbours, all sent to the leader', () => {
    const led = sales(180, 'neighbour', (i) => ({
      payer: `leader-${i % 20}`,
      address: `doorstep-${i % 20}`,
    }))
    const lines = [...honestSales(400), ...led]
    const evidence = roomOf(lines, (buyer) => buyer.startsWith('neighbour'))
    expect(orderAnomaly.weigh(evidence)).toEqual([])
  })

  it('raise nothing for a campus that has one front desk, where each pays for himself', () => {
    const lines = sales(300, 'student', () => ({ address: 'front-desk', ip: '10.0.0.1' }))
    expect(orderAnomaly.weigh(roomOf(lines, everyNth(3)))).toEqual([])
  })

  it('name no order and no attacker where a mispriced lot is paid back at once to all who came', () => {
    const lines = sales(400, 'honest', (i, placedAt) => (i < 320 ? atOnce(placedAt, '其他') : {}))
    const [signal] = orderAnomaly.weigh(roomOf(lines, () => false))
    expect(signal === undefined || signal.undetermined).toBe(true)
    expect(signal?.suspicions ?? []).toEqual([])
  })

  it('raise nothing for fans who cancel at several merchants, giving their reasons', () => {
    const lines = sales(400, 'fan', (i, placedAt) => ({
      buyer: `fan-${i % 80}`,
      merchant: `brand-${i % 5}`,
      ...(i % 4 === 0 ? atOnce(placedAt, '拍错了') : {}),
    }))
    expect(orderAnomaly.weigh(roomOf(lines, () => false))).toEqual([])
  })

  it('S2-15: raise nothing for shoes complained about on 6 November and paid back on the 8th', () => {
    const lines = sales(200, 'runner', (i) => ({
      placedAt: day(1),
      paidAt: day(1),
      shippedAt: day(2),
      deliveredAt: day(5),
      ...(i < 12
        ? {
            refundRequestedAt: day(6),
            refundedAt: day(8),
            refunded: 19_900,
            reason: '质量问题',
            goodsReturned: true,
          }
        : {}),
    }))
    expect(orderAnomaly.weigh(roomOf(lines, () => false))).toEqual([])
  })
})

describe('S3-6: a refund rate over 70 %', () => {
  it('is looked into, undetermined, and names nobody', () => {
    const lines = sales(500, 'buyer', (i) => (i < 360 ? backAt(END + 2 * HOUR, '') : {}))
    const evidence = new Evidence()
    addOrders(evidence.orders, lines)
    const signals = orderAnomaly.weigh(evidence)
    expect(signals.map(({ subject, undetermined }) => [subject, undetermined])).toEqual([
      ['broadcast-1', true],
    ])
    expect(signals[0]!.suspicions).toEqual([])
  })
})
