/** How long things are kept, by obligations table §11.1; every date below is counted by hand. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keptGroups, type KeptGroup } from '../../src/archive/due.ts'
import type { Facts } from '../../src/archive/facts.ts'
import { endOf, expiryOf, isDue, type Kept } from '../../src/archive/retention.ts'
import { parseRetention } from '../../src/archive/retention-table.ts'
import { PolicyError } from '../../src/law/policy.ts'
import {
  cst,
  delivered,
  ended,
  event,
  factsOf,
  law,
  noRooms,
  placed,
  policy,
  started,
} from './lib.ts'

const groupOf = (facts: Facts, kind: string, at: number, keyRooms = noRooms): KeptGroup =>
  keptGroups(facts, policy, at, keyRooms).find((group) => group.kind === kind)!
const day = (ms: number | null) =>
  ms === null ? null : new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16)

const evening = (date: string) => [started('b1', `${date} 20:00`), ended('b1', `${date} 23:00`)]

describe('the retention of a replay', () => {
  it('was sixty days for a broadcast of 25 October 2020, to the end of 24 December (S1-35, S1-37)', () => {
    const { expiry } = groupOf(factsOf(...evening('2020-10-25')), 'video', cst('2021-06-01 00:00'))
    expect(day(expiry.at)).toBe('2020-12-25T00:00')
    expect(expiry.rows.flatMap(({ provisions }) => provisions.map(({ id }) => id))).toEqual([
      'LIVE16-16',
      'D20-60d',
    ])
  })

  it('cites the 2020 draft as a draft beside the floor that binds', () => {
    const { expiry } = groupOf(factsOf(...evening('2020-11-20')), 'video', cst('2021-06-01 00:00'))
    const cited = expiry.rows.flatMap(({ provisions }) => provisions)
    expect(cited.find(({ id }) => id === 'D20-60d')).toMatchObject({ status: 'draft' })
    expect(cited.find(({ id }) => id === 'LIVE16-16')).toMatchObject({ status: 'in-force' })
  })

  it('is three years from the end of the broadcast since 1 May 2021, and not the day before', () => {
    const before = groupOf(factsOf(...evening('2021-04-30')), 'video', cst('2021-09-01 00:00'))
    const after = groupOf(factsOf(...evening('2021-05-01')), 'video', cst('2021-09-01 00:00'))
    // 30 April + 60 days: 31 in May, 29 in June.
    expect(day(before.expiry.at)).toBe('2021-06-30T00:00')
    expect(day(after.expiry.at)).toBe('2024-05-02T00:00')
    expect(after.expiry.rows[0]).toMatchObject({ row: 'video', clock: 'broadcast-end' })
  })

  it('has two clocks in a pre-sale: the later of the end and of the last completed order counts', () => {
    const facts = factsOf(
      ...evening('2026-10-25'),
      placed('o1', '2026-10-25 21:00', 'b1'),
      placed('o2', '2026-10-25 21:05', 'b1'),
      delivered('o1', '2026-11-03 10:00'),
      delivered('o2', '2026-11-14 10:00'),
    )
    const { expiry } = groupOf(facts, 'video', cst('2027-01-01 00:00'))
    expect(day(expiry.at)).toBe('2029-11-15T00:00')
    expect(expiry.rows.map(({ row, until }) => [row, day(until)])).toEqual([
      ['live-commerce', '2029-11-15T00:00'],
      ['video', '2029-10-26T00:00'],
      ['video-floor', '2026-12-25T00:00'],
    ])
    expect(expiry.rows[0]!.provisions.map(({ id }) => id)).toEqual(['M26-16'])
  })

  it('does not begin to end while an order is open, and says which', () => {
    const facts = factsOf(...evening('2026-10-25'), placed('o1', '2026-10-25 21:00', 'b1'))
    const { expiry } = groupOf(facts, 'video', cst('2040-01-01 00:00'))
    expect(expiry.at).toBeNull()
    expect(expiry.waitsFor).toEqual(['o1'])
    expect(isDue(expiry, cst('2040-01-01 00:00'))).toBe(false)
  })

  it('starts a day after the last sign of life where a broadcast broke off without an end', () => {
    const facts = factsOf(
      started('b1', '2026-03-01 20:00'),
      event('live.viewer.watched', '2026-03-01 21:30', { view: 'v', seconds: 30 }, 'b1'),
    )
    expect(groupOf(facts, 'video', cst('2026-03-02 20:00')).expiry.at).toBeNull()
    expect(day(groupOf(facts, 'video', cst('2026-03-02 22:00')).expiry.at)).toBe('2029-03-02T00:00')
  })

  it('is longer in a key room: five years, which is a choice and says so (S4-14)', () => {
    const facts = factsOf(...evening('2026-03-01'))
    const { expiry } = groupOf(facts, 'video', cst('2027-01-01 00:00'), new Set(['room-1']))
    expect(day(expiry.at)).toBe('2031-03-02T00:00')
    expect(expiry.rows[0]).toMatchObject({ row: 'key-room' })
    expect(expiry.rows[0]!.provisions.map(({ id }) => id)).toEqual(['M21-14b'])
    expect(policy.rows.find(({ id }) => id === 'key-room')!.chosen?.en).toContain('choice')
  })

  it('follows the older text alone in a picture-text room, which M26 does not cover', () => {
    const kept: Kept = {
      kind: 'interaction',
      form: 'picture-text',
      isKeyRoom: false,
      clocks: { 'broadcast-end': cst('2026-03-01 23:00'), 'transaction-completion': null },
      waitsFor: [],
      heldBy: [],
    }
    const done = {
      ...kept,
      clocks: { ...kept.clocks, 'transaction-completion': cst('2026-03-05 10:00') },
    }
    expect(day(expiryOf(done, policy).at)).toBe('2026-05-01T00:00')
  })

  it('never ends under a hold', () => {
    const facts = factsOf(
      ...evening('2020-10-25'),
      event('live.hold.placed', '2020-11-01 10:00', {
        hold: 'h1',
        matter: 'complaint-1',
        scope: '[{"broadcast":"b1"}]',
      }),
    )
    const { expiry } = groupOf(facts, 'video', cst('2030-01-01 00:00'))
    expect(expiry.heldBy).toEqual(['h1'])
    expect(isDue(expiry, cst('2030-01-01 00:00'))).toBe(false)
  })
})

describe('the retention of other things', () => {
  it('keeps order records three years from completion already in 2020 (ECL-31)', () => {
    const facts = factsOf(
      ...evening('2020-10-25'),
      placed('o1', '2020-10-25 21:00', 'b1'),
      delivered('o1', '2020-11-14 10:00'),
    )
    const group = keptGroups(facts, policy, cst('2021-01-01 00:00'), noRooms).find(
      ({ order }) => order === 'o1',
    )!
    expect(day(group.expiry.at)).toBe('2023-11-15T00:00')
    expect(group.expiry.rows.flatMap(({ provisions }) => provisions.map(({ id }) => id))).toEqual([
      'ECL-31',
    ])
  })

  it('counts an identity file from the closing of the account, and not before', () => {
    const account = {
      account: 'host-a',
      roles: ['host'],
      identity: 'digest-1',
      verifiedAt: '2022-01-01T00:00:00Z',
      method: 'card',
    }
    const open = factsOf(event('live.account.verified', '2022-01-01 10:00', account))
    expect(groupOf(open, 'operator-identity', cst('2040-01-01 00:00')).expiry.at).toBeNull()
    const closed = factsOf(
      event('live.account.verified', '2022-01-01 10:00', account),
      event('live.account.closed', '2023-06-15 10:00', account),
    )
    const { expiry } = groupOf(closed, 'operator-identity', cst('2040-01-01 00:00'))
    expect(day(expiry.at)).toBe('2026-06-16T00:00')
  })

  it('deletes nothing that no rule speaks of', () => {
    const facts = factsOf(...evening('2012-03-01'))
    const { expiry } = groupOf(facts, 'video', cst('2040-01-01 00:00'))
    expect(expiry.rows).toEqual([])
    expect(isDue(expiry, cst('2040-01-01 00:00'))).toBe(false)
  })
})

describe('a period', () => {
  it('runs from the day after it begins to the end of its last day (Civil Code 201, 203)', () => {
    const from = cst('2026-01-31 00:30')
    expect(day(endOf(from, { days: 1 }, 480))).toBe('2026-02-02T00:00')
    expect(day(endOf(from, { years: 3 }, 480))).toBe('2029-02-01T00:00')
  })

  it('is never cut short where the last month lacks the day', () => {
    expect(day(endOf(cst('2024-02-29 12:00'), { years: 1 }, 480))).toBe('2025-03-02T00:00')
    expect(day(endOf(cst('2026-08-31 12:00'), { months: 6 }, 480))).toBe('2027-03-04T00:00')
  })

  it('ends no sooner for a later beginning or a longer period', () => {
    const at = fc.integer({ min: cst('2017-01-01 00:00'), max: cst('2040-01-01 00:00') })
    fc.assert(
      fc.property(at, at, fc.integer({ min: 1, max: 400 }), (x, y, days) => {
        const [early, late] = x < y ? [x, y] : [y, x]
        expect(endOf(early, { days }, 480)).toBeLessThanOrEqual(endOf(late, { days }, 480))
        expect(endOf(x, { days }, 480)).toBeLessThan(endOf(x, { days: days + 1 }, 480))
        expect(endOf(x, { days }, 480) - x).toBeGreaterThan(days * 86_400_000)
      }),
    )
  })
})

describe('a retention table', () => {
  it('is refused where it names a provision that the pack does not hold', () => {
    const row = {
      id: 'x',
      objects: ['video'],
      provisions: ['NO-1'],
      period: { days: 1 },
      clock: 'action',
    }
    expect(() => parseRetention({ retention: [row] }, law)).toThrow(PolicyError)
    expect(() => parseRetention({ retention: [{ ...row, period: { weeks: 1 } }] }, law)).toThrow(
      /period/,
    )
  })
})
