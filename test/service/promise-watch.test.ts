/** When promises are weighed, what is told of it, and what is not. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Signal } from '../../src/detectors/detector.ts'
import { BOUNDS, ShopsOnFile } from '../../src/service/prices/on-file.ts'
import { Standings } from '../../src/service/prices/standing.ts'
import { PromiseWatch } from '../../src/service/prices/watch.ts'
import { Weigher, type PromisesWeighed } from '../../src/service/prices/weigher.ts'
import type { AssayEvent } from '../../src/vocabulary/index.ts'

let events = 0
const event = (type: string, data: object, subject = 'evening-a') =>
  ({
    specversion: '1.0',
    id: `event-${(events += 1)}`,
    source: '/platforms/a',
    type,
    subject,
    time: '2026-03-01T12:00:00Z',
    data,
  }) as unknown as AssayEvent
const PROMISE = { promise: 'p', kind: 'lowest-price', by: 'h', product: 'jacket', text: '' }
const JACKET = { product: 'jacket', sku: 'jacket', title: 'jacket', category: 'clothes' }
const promised = (subject?: string) => event('live.promise.made', PROMISE, subject)
const withdrawn = () => event('live.product.withdrawn', { product: 'hat' })

const signal = (subject: string) => ({ subject }) as Signal
const watched = (answers: readonly (PromisesWeighed | Error)[], tookMs = 0) => {
  const shops = new ShopsOnFile()
  const told: [string, string[]][] = []
  const failures: unknown[] = []
  const left = [...answers]
  const askedAt: number[] = []
  const askedOf: string[] = []
  const began = Date.now()
  const watch = new PromiseWatch({
    shops,
    weigh: async (platform) => {
      askedOf.push(platform)
      askedAt.push(Date.now() - began)
      if (tookMs > 0)
        await new Promise((resolve) => {
          setTimeout(resolve, tookMs)
        })
      const answer = left.shift() ?? { weighed: [], left: 0 }
      if (answer instanceof Error) throw answer
      return answer
    },
    tell: (broadcast, signals) =>
      void told.push([broadcast, signals.map(({ subject }) => subject)]),
    clock: () => Date.now(),
    failed: (error) => void failures.push(error),
  })
  return { shops, told, failures, askedAt, askedOf, watch }
}
const found = (number: number) => ({ number, signal: signal(`promise ${number}`) })

describe('the watch over promises', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }))
  afterEach(() => void vi.useRealTimers())

  it('weighs nothing where nothing was promised', async () => {
    const { shops, askedAt } = watched([])
    shops.take(withdrawn())
    await vi.advanceTimersByTimeAsync(10_000)
    expect(askedAt).toEqual([])
  })

  it('weighs at once, then at most every half second, and for a fifth of the time at most', async () => {
    const quick = watched([])
    quick.shops.take(promised())
    await vi.advanceTimersByTimeAsync(0)
    quick.shops.take(withdrawn())
    await vi.advanceTimersByTimeAsync(10_000)
    expect(quick.askedAt).toEqual([0, 500])
    const slow = watched([], 1_000)
    slow.shops.take(promised())
    await vi.advanceTimersByTimeAsync(0)
    slow.shops.take(withdrawn())
    await vi.advanceTimersByTimeAsync(10_000)
    // A second of work, four of rest.
    expect(slow.askedAt).toEqual([0, 5_000])
  })

  it('tells nothing of a broadcast before all its promises were weighed, then each change once', async () => {
    const { shops, told } = watched([
      { weighed: [found(1), { number: 3, signal: null }], left: 1 },
      { weighed: [found(2)], left: 0 },
      { weighed: [found(1), found(2), { number: 3, signal: null }], left: 0 },
      { weighed: [{ number: 1, signal: null }], left: 0 },
    ])
    for (const subject of ['evening-a', 'evening-a', 'evening-b']) shops.take(promised(subject))
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toEqual([['evening-b', []]])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(told.splice(0)).toEqual([
      ['evening-b', []],
      ['evening-a', ['promise 1', 'promise 2']],
    ])
    for (let change = 0; change < 2; change += 1) {
      shops.take(withdrawn())
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(told).toEqual([['evening-a', ['promise 2']]])
  })

  it('tries again what failed, after the other platforms, and leaves what was told as it was', async () => {
    const { shops, told, failures, askedOf } = watched([
      { weighed: [found(1)], left: 0 },
      new Error('too long'),
      { weighed: [found(2)], left: 0 },
      { weighed: [found(1)], left: 0 },
    ])
    shops.take(promised())
    await vi.advanceTimersByTimeAsync(1_000)
    shops.take(withdrawn())
    shops.take({ ...promised('evening-b'), source: '/platforms/b' })
    await vi.advanceTimersByTimeAsync(2_000)
    expect(failures).toHaveLength(1)
    expect(askedOf).toEqual(['/platforms/a', '/platforms/a', '/platforms/b', '/platforms/a'])
    expect(told).toEqual([
      ['evening-a', ['promise 1']],
      ['evening-b', ['promise 2']],
    ])
  })

  it('asks no more once it is closed', async () => {
    const { shops, askedAt, watch } = watched([])
    shops.take(promised())
    await watch.close()
    shops.take(withdrawn())
    await vi.advanceTimersByTimeAsync(10_000)
    expect(askedAt).toEqual([])
  })
})

const listed = (merchant: string) => event('live.product.listed', { ...JACKET, merchant })
const signalOf = (given: readonly AssayEvent[]) => {
  const shops = new ShopsOnFile({ ...BOUNDS, eachProduct: 2 })
  const weigher = new Weigher(shops, new Standings(shops))
  for (const one of given) shops.take(one)
  return weigher.weigh('/platforms/a').weighed[0]!.signal
}

describe('promises weighed so many at a time', () => {
  it('each have their turn, however often their shop changes and however many are made', () => {
    const shops = new ShopsOnFile()
    const weigher = new Weigher(shops, new Standings(shops), 2)
    const weigh = () => weigher.weigh('/platforms/a')
    const numbers = () => weigh().weighed.map(({ number }) => number)
    for (let made = 0; made < 3; made += 1) shops.take(promised())
    expect(numbers()).toEqual([3, 2])
    shops.take(withdrawn())
    expect(numbers()).toEqual([1, 3])
    shops.take(promised())
    expect(weigh()).toMatchObject({ weighed: [{ number: 4 }, { number: 2 }], left: 2 })
    expect(numbers()).toEqual([3, 1])
    expect(weigh()).toEqual({ weighed: [], left: 0 })
  })

  it('are those of the platform that changed', () => {
    const shops = new ShopsOnFile()
    const weigher = new Weigher(shops, new Standings(shops))
    shops.take(promised())
    shops.take({ ...promised(), source: '/platforms/b' })
    for (const [platform, number] of [
      ['/platforms/a', 1],
      ['/platforms/b', 2],
    ] as const)
      expect(weigher.weigh(platform).weighed).toMatchObject([{ number }])
    shops.take(withdrawn())
    expect(weigher.weigh('/platforms/b').weighed).toEqual([])
    expect(weigher.weigh('/platforms/a').weighed).toHaveLength(1)
  })

  it('are undetermined where goods have more prices than are kept, and nothing where two sell them', () => {
    const cut = signalOf([promised(), ...[1, 2, 3].map(() => listed('merchant-a'))])
    expect(cut).toMatchObject({ undetermined: true, subject: 'jacket: p', broadcast: 'evening-a' })
    expect(cut!.reasons.map(({ weightBans }) => weightBans)).toEqual([0])
    expect(signalOf([promised(), listed('merchant-a'), listed('merchant-b')])).toBeNull()
  })
})
