/** A promise and the coupon that undercuts it, added to a broadcast that was simulated. */
import { describe, expect, it } from 'vitest'
import { breakPromise } from '../../src/simulator/broken-promise.ts'
import { simulateWhole } from '../../src/simulator/simulate.ts'
import { admit } from '../../src/vocabulary/index.ts'

const { events } = simulateWhole({ scenario: 'ordinary', seed: 3, viewers: 400 })
const MINUTE = 60_000
const undercut = { promisedMs: 5 * MINUTE, couponMs: 20 * MINUTE }
const broken = breakPromise(events, undercut)
const of = (type: string) => broken.find((event) => event.type === type)!
const start = Date.parse(of('live.broadcast.started').time)

describe('a broken promise', () => {
  it('adds two events that the vocabulary admits, in their place, and changes none but the end', () => {
    const added = broken.filter((event) => !events.includes(event))
    expect(added.map(({ type }) => type)).toEqual([
      'live.promise.made',
      'live.coupon.issued',
      'live.broadcast.ended',
    ])
    for (const event of added) expect(admit(event)).toMatchObject({ ok: true })
    expect(added.map(({ time }) => Date.parse(time) - start).slice(0, 2)).toEqual([
      5 * MINUTE,
      20 * MINUTE,
    ])
    const times = broken.map(({ time }) => Date.parse(time))
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(of('live.broadcast.ended').data['counts']).toMatchObject({
      'live.promise.made': 1,
      'live.coupon.issued': 1,
    })
  })

  it('takes a fifth off, in whole yuan, what was promised to be the lowest', () => {
    const { product, price } = of('live.promise.made').data
    const set = events.find((e) => e.type === 'live.price.set' && e.data['product'] === product)
    expect(price).toBe(set?.data['price'])
    const { value, threshold } = of('live.coupon.issued').data
    expect(threshold).toBe(price)
    expect(Number(value) % 100).toBe(0)
    expect(Number(price) / 5 - Number(value)).toBeGreaterThanOrEqual(0)
    expect(Number(price) / 5 - Number(value)).toBeLessThan(100)
  })

  it('leaves a broadcast alone in which nothing was sold in between', () => {
    const nothing = events.filter(({ type }) => type !== 'live.order.placed')
    expect(breakPromise(nothing, undercut)).toBe(nothing)
  })
})
