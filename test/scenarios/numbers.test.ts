/**
 * The numbers of what happened, from the first event to the report: scenarios S2-5 … S4-12 that
 * carry an expected value. Expected values are worked out here by hand, from the scenario's own
 * figures.
 */
import { describe, expect, it } from 'vitest'
import { Evidence } from '../../src/detectors/room.ts'
import { audit } from '../../src/engine/audit.ts'
import { MINUTE, Scene, START } from '../detectors/audience/scene.ts'
import { POLICY } from '../detectors/policy.ts'

const run = (evidence: Evidence) =>
  audit(evidence, {
    version: 'test',
    policy: POLICY,
    at: null,
    inputs: [],
    refusedByBroadcast: new Map(),
  })

/** `count` orders of 100 yuan by as many buyers; the first `refunded` are given back `later` ms after. */
const orders = (scene: Scene, count: number, refunded: number, later: number) => {
  for (let i = 0; i < count; i += 1) {
    const at = START + (10 + (60 * i) / count) * MINUTE
    scene.send('live.order.placed', at, {
      order: `o${i}`,
      buyer: `buyer-${i}`,
      merchant: 'merchant-a',
      lines: [{ product: 'p', quantity: 1, unitPrice: 10_000 }],
      total: 10_000,
    })
    scene.send('live.order.paid', at + 1000, { order: `o${i}`, amount: 10_000 })
    if (i >= refunded) continue
    scene.send('live.refund.requested', at + later, {
      refund: `r${i}`,
      order: `o${i}`,
      amount: 10_000,
      reason: 'not wanted',
      goodsReturned: false,
    })
    scene.send('live.refund.completed', at + later + 1000, {
      refund: `r${i}`,
      order: `o${i}`,
      amount: 10_000,
    })
  }
}

describe.each([
  ['the same day', 30 * MINUTE],
  ['later', 6 * 24 * 60 * MINUTE],
])('S2-5, S3-6: 1,323 sold, 1,012 given back %s, slot fee 100,000 yuan', (_, later) => {
  const scene = new Scene({ seed: 4 })
  scene.send('live.fee.agreed', START, { merchant: 'merchant-a', slotFee: 10_000_000 })
  orders(scene, 1323, 1012, later)
  const { report, suspects } = run(scene.evidence())
  const figures = report.merchants[0]!.figures
  const findings = [...report.findings, ...report.broadcasts[0]!.findings]

  it('has a refund rate of 76.49 %, over 70 %', () => {
    // 1,012 ÷ 1,323 = 0.764928…
    expect(figures.refundRateBps).toBe(7649)
  })

  it('publishes net sales of 311 pieces', () => {
    expect(figures.netOrders).toBe(311)
    expect(report.broadcasts[0]!.figures.orders).toMatchObject({ observed: 1323, net: 311 })
    expect(report.broadcasts[0]!.figures.sales.net).toBe(311 * 10_000)
  })

  it('costs the merchant 321.54 yuan a kept piece', () => {
    // 100,000 ÷ 311 = 321.543…
    expect(figures.feePerKeptOrder).toBe(32_154)
  })

  it('opens a case with both guilty hypotheses and names no culprit', () => {
    const anomaly = findings.find(({ kind }) => kind === 'order-anomaly')!
    expect(anomaly.verdict).toBe('undetermined')
    expect(anomaly.hypotheses.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['self-brushing', 'third-party-attack', 'honest-returns']),
    )
    expect(anomaly.subject).not.toBe('merchant-a')
    expect(suspects.filter(({ kind }) => kind === 'merchant')).toEqual([])
  })
})

describe('S2-8, S3-6, S3-12: 3.11 million shown, fewer than 110,000 real (at one hundredth)', () => {
  const scene = new Scene({ seed: 6 }).audience(1080)
  for (let minute = 1; minute <= 90; minute += 1)
    scene.send('live.display.updated', START + minute * MINUTE, {
      viewers: Math.round((31_100 * minute) / 90),
    })
  const { report } = run(scene.evidence())
  const [broadcast] = report.broadcasts
  const { viewers } = broadcast!.figures

  it('says that at most 3.537 % is real, inflated at least 28 times', () => {
    // 1,100 of 31,100 would be 3.537 %; here there were 1,080.
    expect(viewers.displayed).toBe(31_100)
    expect(viewers.genuine!.high / viewers.displayed!).toBeLessThanOrEqual(0.03537)
    expect(viewers.displayed! / viewers.genuine!.estimate!).toBeGreaterThan(28.27)
    expect(viewers.water).toBeGreaterThan(0.96)
  })

  it('finds the display inflated', () => {
    const finding = broadcast!.findings.find(({ kind }) => kind === 'inflated-display')!
    expect(finding.verdict).toBe('supported')
    expect(finding.hypotheses[0]!.name).toBe('inflated-counter')
    expect(finding.provisions.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['AUCL-9', 'M26-34a']),
    )
  })

  it('accuses none of the people who did come', () => {
    expect(viewers.observed).toBe(1080)
    expect(viewers.genuine!.estimate).toBeGreaterThan(1050)
  })
})

describe('S3-1: 30,000 likes for 5 yuan, from accounts that hardly stayed', () => {
  const scene = new Scene({ seed: 12 }).audience(900)
  for (let i = 0; i < 300; i += 1) {
    const at = (30 + scene.random() * 10) * MINUTE
    scene.visit({ id: `b${i}`, at, staySeconds: 1 + scene.random(), ageDays: 40 })
    scene.send('live.like.sent', START + at + 900, {
      viewer: `b${i}`,
      view: `view-b${i}`,
      count: 100,
    })
  }
  const { likes } = run(scene.evidence()).report.broadcasts[0]!.figures

  it('counts none of them', () => {
    expect(likes.observed).toBe(30_000)
    expect(likes.genuine!.estimate).toBeLessThan(1500)
  })
})

describe('S4-12: 50,000 yuan for an hour with a thousand viewers and nothing sold', () => {
  const scene = new Scene({ seed: 14, minutes: 65 })
  for (let i = 0; i < 1000; i += 1)
    scene.person(`p${i}`, scene.random() * 60 * MINUTE, { buys: false })
  scene.send('live.fee.agreed', START, { merchant: 'merchant-a', slotFee: 5_000_000 })
  const { report } = run(scene.evidence())

  it('is dear, and no fraud: low sales alone are no violation', () => {
    const { viewers } = report.broadcasts[0]!.figures
    // 50,000 yuan ÷ 1,000 people: about 50 yuan each.
    expect(5_000_000 / viewers.genuine!.estimate!).toBeCloseTo(5000, -2)
    expect(report.merchants[0]!.figures).toMatchObject({
      slotFee: 5_000_000,
      netOrders: 0,
      feePerKeptOrder: null,
    })
    const accusing = report.broadcasts[0]!.findings.filter(({ weightBans }) => weightBans >= 0.3)
    expect(accusing).toEqual([])
  })
})
