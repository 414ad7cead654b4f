import { describe, expect, it } from 'vitest'
import { SCENARIO_NAMES, type ScenarioName } from '../../src/simulator/scenarios.ts'
import { simulate, simulateWhole } from '../../src/simulator/simulate.ts'
import type { Settings, SimulatedEvent } from '../../src/simulator/model.ts'
import { admit } from '../../src/vocabulary/index.ts'

const SMALL = 250
const text = (settings: Settings): string => JSON.stringify(simulateWhole(settings))
const field = (event: SimulatedEvent, name: string): string => String(event.data[name])
const amount = (event: SimulatedEvent, name: string): number => Number(event.data[name])

/** What each kind of truth line is about: the ids that the events themselves contain. */
const idsIn = (events: readonly SimulatedEvent[]) => {
  const ids = {
    view: new Set(),
    account: new Set(),
    comment: new Set(),
    like: new Set(),
    order: new Set(),
  }
  for (const event of events) {
    if (event.data['viewer'] !== undefined) ids.account.add(event.data['viewer'])
    if (event.data['buyer'] !== undefined) ids.account.add(event.data['buyer'])
    if (event.type === 'live.viewer.joined') ids.view.add(event.data['view'])
    if (event.type === 'live.comment.posted') ids.comment.add(event.data['comment'])
    if (event.type === 'live.like.sent') ids.like.add(event.id)
    if (event.type === 'live.order.placed') ids.order.add(event.data['order'])
  }
  return ids
}

describe.each(SCENARIO_NAMES)('the scenario %s', (scenario) => {
  const whole = simulateWhole({ scenario, seed: 11, viewers: SMALL })
  const { events, truth, outcome } = whole

  it('writes events that the vocabulary admits, in order of time, each id once', () => {
    const refused = events.filter((event) => !admit(event).ok)
    expect(refused).toEqual([])
    expect(events.length).toBe(outcome.events)
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
    for (let i = 1; i < events.length; i += 1)
      expect(Date.parse(events[i]!.time)).toBeGreaterThanOrEqual(Date.parse(events[i - 1]!.time))
  })

  it('gives every view, account, comment, like and order exactly one line of truth', () => {
    const ids = idsIn(events)
    const told = new Map<string, number>()
    for (const { kind, id } of truth)
      told.set(`${kind} ${id}`, (told.get(`${kind} ${id}`) ?? 0) + 1)
    expect([...told.values()].every((lines) => lines === 1)).toBe(true)
    for (const kind of ['view', 'account', 'comment', 'like', 'order'] as const)
      expect(new Set(truth.filter((line) => line.kind === kind).map(({ id }) => id))).toEqual(
        ids[kind],
      )
  })

  it('accuses somebody if and only if it is a guilty one', () => {
    expect(truth.some(({ label }) => label !== 'genuine')).toBe(outcome.guilty)
  })

  it('states true figures that can be counted from events and truth', () => {
    const genuine = new Set(
      truth.filter(({ label }) => label === 'genuine').map(({ kind, id }) => `${kind} ${id}`),
    )
    for (const broadcast of outcome.broadcasts) {
      const own = events.filter(({ subject }) => subject === broadcast.broadcast)
      const of = (type: string) => own.filter((event) => event.type === type)
      const views = of('live.viewer.joined').filter((e) => genuine.has(`view ${field(e, 'view')}`))
      const paid = of('live.order.paid').filter((e) => genuine.has(`order ${field(e, 'order')}`))
      const back = of('live.refund.completed').filter((e) =>
        genuine.has(`order ${field(e, 'order')}`),
      )
      const likes = of('live.like.sent').filter((e) => genuine.has(`like ${e.id}`))
      const comments = of('live.comment.posted').filter((e) =>
        genuine.has(`comment ${field(e, 'comment')}`),
      )
      const sum = (of: readonly SimulatedEvent[], name: string) =>
        of.reduce((total, event) => total + amount(event, name), 0)
      expect(broadcast.genuine).toMatchObject({
        views: views.length,
        likes: sum(likes, 'count'),
        comments: comments.length,
        orders: paid.length,
        sales: sum(paid, 'amount'),
        refundedOrders: back.length,
        netSales: sum(paid, 'amount') - sum(back, 'amount'),
      })
      // people are known by account, guests by device
      const people = views.map((e) => e.data['viewer'] ?? e.data['device'])
      expect(broadcast.genuine.viewers).toBe(new Set(people).size)
    }
  })

  it('closes each broadcast with the counts of all that went before', () => {
    for (const { broadcast } of outcome.broadcasts) {
      const own = events.filter(({ subject }) => subject === broadcast)
      const end = own.findIndex(({ type }) => type === 'live.broadcast.ended')
      const counted: Record<string, number> = {}
      for (const { type } of own.slice(0, end)) counted[type] = (counted[type] ?? 0) + 1
      expect(own[end]!.data['counts']).toEqual(counted)
    }
  })
})

const asked = (more: Partial<Settings>) => () =>
  simulateWhole({ scenario: 'bought-views', seed: 1, viewers: 10, ...more })

describe('a simulation', () => {
  it.each(['evening', 'give-away', 'paid-crowd'] as const)(
    'of %s is the same byte for byte for the same seed, and another for another',
    (scenario) => {
      const settings = { scenario, seed: 5, viewers: 120 }
      expect(text(settings)).toBe(text(settings))
      expect(text({ ...settings, seed: 6 })).not.toBe(text(settings))
    },
  )

  it('hands out batches, so that nobody has to hold the whole', () => {
    for (const { events } of simulate({ scenario: 'ordinary', seed: 2, viewers: 1_500 }))
      expect(events.length).toBeLessThan(2_200)
  })

  it('refuses numbers out of bounds', () => {
    expect(asked({ viewers: 0 })).toThrow(RangeError)
    expect(asked({ contamination: 0.96 })).toThrow('contamination must be from 0 to 0.95, not 0.96')
    expect(asked({ heartbeatSeconds: Number.NaN })).toThrow(RangeError)
  })

  it.each([0.02, 0.5, 0.95])(
    'hires the share %d of the views that was asked for',
    (contamination) => {
      const { outcome, truth } = simulateWhole({
        scenario: 'bought-views',
        seed: 4,
        viewers: 1_000,
        contamination,
      })
      const bought = truth.filter(({ kind, label }) => kind === 'view' && label === 'bot').length
      expect(bought).toBe(1_000 * contamination)
      expect(outcome.broadcasts[0]!.hired.reduce((sum, { count }) => sum + count, 0)).toBe(bought)
    },
  )
})

const play = (scenario: ScenarioName, viewers: number, seed = 1) =>
  simulateWhole({ scenario, seed, viewers, heartbeatSeconds: 60 })
const boosts = (scenario: ScenarioName) =>
  play(scenario, 200).events.filter(({ type }) => type === 'live.boost.placed').length
const displays = (events: readonly SimulatedEvent[]) =>
  events.filter(({ type }) => type === 'live.display.updated')

describe('what the scenarios are known by', () => {
  it('ordinary: the page shows what there is', () => {
    const { events, outcome } = play('ordinary', 500)
    const last = displays(events).at(-1)!
    const { endedAt, genuine } = outcome.broadcasts[0]!
    // orders may still be paid after the end; the rest is complete
    expect(last.time).toBe(endedAt)
    expect(last.data).toMatchObject({
      viewers: genuine.viewers,
      likes: genuine.likes,
    })
  })

  it('step: the concurrent figure jumps to about two and a half times within a minute', () => {
    const { events } = play('step', 4_000)
    const shown = displays(events).map((event) => ({
      at: Date.parse(event.time),
      concurrent: amount(event, 'concurrent'),
    }))
    const risen = shown.map(({ at, concurrent }) => {
      const before = shown.find((earlier) => at - earlier.at <= 75_000)!
      return before.concurrent < 100 ? 0 : concurrent / before.concurrent
    })
    expect(Math.max(...risen)).toBeGreaterThan(1.9)
  })

  it('slot-fee: 1,323 sold and 1,012 refunded for 100,000 yuan, whatever the audience', () => {
    for (const seed of [1, 2, 3]) {
      const { events, outcome } = play('slot-fee', 300, seed)
      expect(outcome.broadcasts[0]!.all).toMatchObject({ orders: 1_323, refundedOrders: 1_012 })
      const fee = events.find(({ type }) => type === 'live.fee.agreed')!
      expect(fee.data['slotFee']).toBe(10_000_000)
    }
  })

  it('inflated-display: more than 28 times as many shown as are real', () => {
    const { events, outcome } = play('inflated-display', 31_100)
    const shown = amount(displays(events).at(-1)!, 'viewers')
    expect(shown / outcome.broadcasts[0]!.genuine.viewers).toBeGreaterThan(3_110_000 / 110_000)
  })

  it('paid-crowd: most hired accounts appear in the rooms of eight operators or more', () => {
    const { events, truth } = play('paid-crowd', 150)
    const hired = new Set(truth.filter(({ label }) => label === 'paid-crowd').map(({ id }) => id))
    const operators = new Map<string, string>()
    const seen = new Map<string, Set<string>>()
    for (const event of events) {
      if (event.type === 'live.broadcast.started')
        operators.set(event.subject!, field(event, 'operator'))
      if (event.type !== 'live.viewer.joined' || !hired.has(field(event, 'viewer'))) continue
      const rooms = seen.get(field(event, 'viewer')) ?? new Set()
      seen.set(field(event, 'viewer'), rooms.add(operators.get(event.subject!)!))
    }
    // each comes with chance 0.7 to 0.95 to each of ten: 8 of 10 in the mean
    const widely = [...seen.values()].filter(({ size }) => size >= 7).length
    expect(widely / seen.size).toBeGreaterThan(0.5)
    expect(Math.max(...[...seen.values()].map(({ size }) => size))).toBeGreaterThanOrEqual(8)
  })

  it('fan-club: the same accounts come again and again, and nobody is hired', () => {
    const { events, outcome } = play('fan-club', 80)
    const evenings = new Map<string, Set<string>>()
    for (const event of events)
      if (event.type === 'live.viewer.joined' && event.data['viewer'] !== undefined) {
        const of = evenings.get(field(event, 'viewer')) ?? new Set()
        evenings.set(field(event, 'viewer'), of.add(event.subject!))
      }
    expect([...evenings.values()].filter(({ size }) => size >= 4).length).toBeGreaterThan(15)
    expect(outcome.broadcasts.every(({ hired }) => hired.length === 0)).toBe(true)
  })

  it('network-outage: many views fall silent together and come back together', () => {
    const { events } = play('network-outage', 1_500)
    const joins = new Map<number, number>()
    for (const event of events)
      if (event.type === 'live.viewer.joined' && event.data['entry'] === 'direct') {
        const minute = Math.floor(Date.parse(event.time) / 60_000)
        joins.set(minute, (joins.get(minute) ?? 0) + 1)
      }
    const sorted = [...joins.values()].sort((a, b) => a - b)
    expect(sorted.at(-1)).toBeGreaterThan(6 * sorted[Math.floor(sorted.length / 2)]!)
  })

  it('push writes the boost down and unrecorded-push does not', () => {
    expect(boosts('push')).toBe(1)
    expect(boosts('unrecorded-push')).toBe(0)
  })

  it('evening: at most 250,000 events', () => {
    let events = 0
    for (const batch of simulate({ scenario: 'evening', seed: 1 })) events += batch.events.length
    expect(events).toBeLessThan(250_000)
    expect(events).toBeGreaterThan(50_000)
  })
})
