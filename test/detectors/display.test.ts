import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { inflatedDisplay, viewersBound } from '../../src/detectors/display/inflated-display.ts'
import { rounding } from '../../src/detectors/display/series.ts'
import { build, comment, display, like, order, START, uniform, view, type Built } from './build.ts'

const MINUTE = 60_000
const weigh = ({ room, evidence }: Built) => inflatedDisplay.weigh(room, evidence)[0]

/** `count` people, one visit each, over the whole hour. */
const visits = ({ room }: Built, count: number, stayMs = 240_000) => {
  for (let i = 0; i < count; i += 1) {
    const at = Math.floor((i * 3_590_000) / count)
    view(room, { id: `v-${i}`, account: `a-${i}`, at, stayMs: Math.min(stayMs, 3_600_000 - at) })
  }
}

/** An hour of a steady crowd beside a total that grows evenly. */
const hour = (built: Built, concurrent: number, perMinute: number) => {
  for (let minute = 0; minute <= 60; minute += 1)
    display(built.room, { at: minute * MINUTE, concurrent, viewers: 7 + minute * perMinute })
}

/** The counter of S1-5, 1,500 to 3,500 in a minute, beside so many orders. */
const counter = (paid: number, unpaid: number) => {
  const built = build()
  display(built.room, { at: 600_000, orders: 1500 })
  display(built.room, { at: 660_000, orders: 3500 })
  for (let i = 0; i < paid + unpaid; i += 1)
    order(built, { id: `o-${i}`, at: 600_000 + i * 20, paid: i < paid })
  return weigh(built)
}

describe('displayed viewers against complete telemetry', () => {
  it('S2-8: 3.11 M shown and 110,000 there: real at most 3.537 %, 28.27 times, 3.00 M not real', () => {
    const built = build()
    visits(built, 110_000, 60_000)
    built.room.counts = { 'live.viewer.joined': 110_000 }
    display(built.room, { at: 3_500_000, viewers: 3_110_000 })
    const found = weigh(built)
    const text = found!.reasons[0]!.text
    for (const said of ['3.537', '28.27', '3,000,000', '3.00 M']) expect(text.en).toContain(said)
    for (const said of ['3.537', '28.27', '3,000,000', '300.0 万']) expect(text.zh).toContain(said)
    expect(found?.hypotheses[0]).toEqual({ name: 'inflated-counter', weightBans: 3 })
    expect(found?.insufficient).toBeUndefined()
  })

  it('S3-12: millions shown over a room of 2,000 weigh as much without the producer’s totals', () => {
    const built = build()
    visits(built, 2000)
    display(built.room, { at: 3_500_000, viewers: 20_000_000 })
    expect(weigh(built)?.hypotheses[0]?.weightBans).toBe(3)
  })

  it('a page that counts every re-entry is honest', () => {
    const built = build()
    visits(built, 1000)
    for (let i = 0; i < 1000; i += 1)
      view(built.room, { id: `again-${i}`, account: `a-${i}`, at: i * 3000, stayMs: 100_000 })
    display(built.room, { at: 3_590_000, viewers: 2000 })
    expect(weigh(built)).toBeUndefined()
  })

  it('a page that rounds to two digits is honest', () => {
    const built = build()
    visits(built, 67_700, 20_000)
    built.room.counts = { 'live.viewer.joined': 67_700 }
    display(built.room, { at: 3_590_000, viewers: 68_000 })
    expect(weigh(built)).toBeUndefined()
  })

  it('viewers that a disclosed boost foretold are no inflation', () => {
    const built = build()
    visits(built, 1000)
    const [from, until] = [START, START + MINUTE]
    built.room.boosts.push({ id: 'b', channel: 'offsite', from, until, expectedViews: 4000 })
    display(built.room, { at: 3_590_000, viewers: 5000 })
    expect(weigh(built)).toBeUndefined()
  })

  it('S2-8: an outsider who saw some entries cannot tell', () => {
    const built = build({ capture: true })
    for (let i = 0; i < 400; i += 1)
      view(built.room, { id: `v-${i}`, account: `a-${i}`, at: i * 8000, stayMs: 0, leaves: false })
    display(built.room, { at: 3_000_000, viewers: 68_000 })
    const found = weigh(built)
    expect(found?.insufficient).toBe(true)
    expect(found?.reasons).toEqual([])
  })

  it('a producer whose own totals say that entries are missing cannot tell either', () => {
    const built = build()
    visits(built, 1000)
    built.room.counts = { 'live.viewer.joined': 50_000 }
    display(built.room, { at: 3_500_000, viewers: 50_000 })
    expect(weigh(built)?.insufficient).toBe(true)
  })

  it('likes carried over from an earlier broadcast are no breach', () => {
    const built = build()
    visits(built, 1000)
    for (let i = 0; i < 100; i += 1)
      like(built.room, { account: `a-${i}`, at: i * 9000, count: 10 })
    display(built.room, { at: 0, likes: 30_000 })
    display(built.room, { at: 3_500_000, viewers: 900, likes: 31_000 })
    expect(weigh(built)).toBeUndefined()
  })

  it('likes shown beyond the taps received are a breach of their own', () => {
    const built = build()
    visits(built, 1000)
    for (let i = 0; i < 100; i += 1)
      like(built.room, { account: `a-${i}`, at: i * 9000, count: 10 })
    display(built.room, { at: 3_500_000, viewers: 900, likes: 31_000 })
    expect(weigh(built)?.reasons.map((r) => r.text.en)).toEqual([
      'the page showed 31,000 likes; the telemetry holds 1,000',
    ])
  })
})

describe('the display against itself', () => {
  it('S2-8: 3 M in an hour beside 1,000 present would each have stayed 1.2 seconds', () => {
    const built = build({ capture: true })
    hour(built, 1000, 50_001)
    const reason = weigh(built)?.reasons[0]
    // 1,000 × 3,600 s ÷ 3,000,060 viewers = 1.2 s.
    expect(reason?.observed).toBe(1.2)
    expect(reason?.weightBans).toBe(2.5)
    expect(reason?.family).toBe('public')
    // 1,000 × 3,600 s ÷ 5 s = 720,000, and the 7 that were shown before.
    expect(viewersBound(built.room)).toEqual({ low: 0, high: 720_007 })
  })

  it('a room fed by swiping, half a minute each, is plausible', () => {
    const built = build({ capture: true })
    for (let minute = 0; minute <= 60; minute += 1)
      display(built.room, { at: minute * MINUTE, concurrent: 1000, viewers: 33 * minute ** 2 + 1 })
    expect(weigh(built)?.insufficient).toBe(true)
    // 1,000 × 3,600 s ÷ 5 s would allow 720,000: the displayed total stands, and a hundredth more.
    expect(viewersBound(built.room)?.high).toBe(Math.ceil((33 * 3600 + 1) * 1.01))
  })

  it('a crowd that is still arriving is not taken for one that leaves at once', () => {
    const built = build({ capture: true })
    for (let minute = 0; minute <= 15; minute += 1)
      display(built.room, {
        at: minute * MINUTE,
        concurrent: minute ** 4,
        viewers: 13 + minute ** 4,
      })
    expect(weigh(built)?.insufficient).toBe(true)
  })

  it('a total that grows by exactly 137 forty times is drawn, not counted', () => {
    const built = build({ capture: true })
    hour(built, 1000, 137)
    const found = weigh(built)
    expect(found?.reasons[0]?.text.en).toContain('exactly 137 in 60 of 60')
    // A page may draw its total in steps: never more than ten to one.
    expect(found?.hypotheses[0]?.weightBans).toBeLessThanOrEqual(1)
  })

  it('a rounded total grows in round steps and nothing follows', () => {
    const built = build({ capture: true })
    hour(built, 100_000, 1000)
    expect(weigh(built)?.insufficient).toBe(true)
  })

  it('a total that falls by a tenth was altered; one that jitters was read from two servers', () => {
    const falls = build({ capture: true })
    const jitters = build({ capture: true })
    for (const [i, value] of [5000, 5740, 5100, 5800].entries())
      display(falls.room, { at: i * MINUTE, viewers: value })
    for (const [i, value] of [5388, 5748, 5738, 5755].entries())
      display(jitters.room, { at: i * MINUTE, viewers: value })
    expect(weigh(falls)?.reasons[0]?.observed).toBe(-640)
    expect(weigh(jitters)?.insufficient).toBe(true)
  })

  it('bounds viewers from below by the accounts seen acting, unless ids are masked', () => {
    const built = build({ capture: true })
    display(built.room, { at: 0, viewers: 500 })
    for (let i = 0; i < 25; i += 1) comment(built.room, { account: `a-${i}`, at: i, text: '好' })
    expect(viewersBound(built.room)).toEqual({ low: 25, high: 505 }) // and one in a hundred after the last update
    const masked = build({ capture: true })
    display(masked.room, { at: 0, viewers: 500 })
    for (let i = 0; i < 25; i += 1) comment(masked.room, { account: '111111', at: i, text: '好' })
    expect(viewersBound(masked.room)).toEqual({ low: 0, high: 505 })
    expect(viewersBound(build().room)).toBeUndefined()
  })

  it('knows the last digit of a rounded figure', () => {
    expect([68_000, 5392, 3_110_000, 100].map(rounding)).toEqual([500, 0, 5000, 0])
  })
})

describe('shown orders against the ledger', () => {
  it('S1-5: 1,500 → 3,500 shown while 400 were paid is a display breach', () => {
    const reason = counter(400, 0)?.reasons[0]
    expect(reason?.family).toBe('transaction')
    expect(reason?.text.en).toContain('from 1,500 to 3,500 (+2,000)')
    expect(reason?.text.en).toContain('400 pieces were paid')
    expect(reason?.weightBans).toBe(2.5)
  })

  it('S1-5: orders placed and not yet paid make it worth saying, no more', () => {
    expect(counter(400, 1600)?.reasons[0]?.weightBans).toBe(0.3)
  })

  it('S1-5: the same jump with 2,000 paid is a good minute', () => {
    expect(counter(2000, 0)).toBeUndefined()
  })

  it('a capture beside one merchant’s orders cannot say what the whole page sold', () => {
    const built = build({ capture: true })
    display(built.room, { at: 600_000, orders: 1500 })
    display(built.room, { at: 660_000, orders: 3500 })
    order(built, { id: 'o-1', at: 610_000 })
    expect(weigh(built)).toBeUndefined()
  })

  it('says nothing of orders where the evidence holds none', () => {
    const built = build()
    display(built.room, { at: 600_000, orders: 1500 })
    display(built.room, { at: 660_000, orders: 3500 })
    expect(weigh(built)).toBeUndefined()
  })
})

const capture = new URL('../../../shared/data/douyin-capture/quiet-room.jsonl', import.meta.url)

describe.skipIf(!existsSync(capture))('a real quiet room (skipped without shared data)', () => {
  it('is not accused, and Little’s law leaves its total standing', () => {
    const built = build({ capture: true })
    const next = uniform(1)
    for (const line of readFileSync(capture, 'utf8').trim().split('\n')) {
      const { type, payload, timestamp } = JSON.parse(line) as {
        type: string
        payload: { current: number; total: string }
        timestamp: number
      }
      if (type !== 'room_user_stats') continue
      const at = timestamp * 1000 - START + next() / 1000
      display(built.room, { at, concurrent: payload.current, viewers: Number(payload.total) })
    }
    expect(weigh(built)?.insufficient).toBe(true)
    expect(viewersBound(built.room)).toEqual({ low: 0, high: Math.ceil(5866 * 1.01) })
  })
})
