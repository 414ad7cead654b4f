/** The daily look for replays that should be there. */
import { describe, expect, it } from 'vitest'
import { checkReplays, type CheckOptions } from '../../src/archive/daily-check.ts'
import type { Facts } from '../../src/archive/facts.ts'
import type { AssayEvent } from '../../src/vocabulary/event.ts'
import { cst, ended, event, factsOf, noRooms, policy, segment, started } from './lib.ts'

const DIGEST = 'a'.repeat(64)
const check = (facts: Facts, at: string, options: Partial<CheckOptions> = {}) =>
  checkReplays(facts, policy, {
    at: cst(at),
    keyRooms: noRooms,
    isStored: () => false,
    ...options,
  })[0]!

const announced = (broadcast: string, at: string, scheduledAt: string): AssayEvent =>
  event(
    'live.broadcast.announced',
    at,
    { room: 'room-1', scheduledAt: new Date(cst(scheduledAt)).toISOString() },
    broadcast,
  )
/** Two hours, recorded in one piece. */
const evening = (date: string) => [
  started('b1', `${date} 20:00`),
  segment('b1', `${date} 20:00`, 0, DIGEST),
  ended('b1', `${date} 22:00`),
]

const yes = () => true
const erased = (at: string) =>
  event('live.evidence.erased', at, { range: 'video: 1 segments', ground: 'g', by: 's' }, 'b1')

describe('the daily check', () => {
  it('finds the replay of 25 October missing on day 29, inside the sixty days of 2020 (S1-35)', () => {
    const facts = factsOf(
      announced('b1', '2020-10-25 12:00', '2020-10-25 20:00'),
      started('b1', '2020-10-25 20:00'),
      ended('b1', '2020-10-25 23:00'),
    )
    const { state, finding } = check(facts, '2020-11-23 21:00')
    expect(state).toBe('absent')
    expect(finding).toMatchObject({ kind: 'replay-missing', verdict: 'supported', weightBans: 2 })
    expect(finding!.summary.en).toContain('29 days')
    expect(finding!.provisions.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'ECL-31 in-force',
      'LIVE16-16 in-force',
      'D20-60d draft',
    ])
    expect(finding!.evidence).toHaveLength(2)
  })

  it('finds nothing missing on the sixty-first day of 2020, and does in 2021 (S1-35, S1-37)', () => {
    const old = factsOf(started('b1', '2020-10-25 20:00'), ended('b1', '2020-10-25 23:00'))
    expect(check(old, '2020-12-24 23:59').state).toBe('absent')
    expect(check(old, '2020-12-25 00:00')).toMatchObject({ state: 'expired', finding: null })
    const later = factsOf(started('b1', '2021-10-25 20:00'), ended('b1', '2021-10-25 23:00'))
    expect(check(later, '2021-12-25 00:00').finding).not.toBeNull()
  })

  it('keeps the missing replay an open question of the complaint (S1-44)', () => {
    const facts = factsOf(
      started('b1', '2020-10-25 20:00'),
      ended('b1', '2020-10-25 23:00'),
      event(
        'live.complaint.lodged',
        '2020-11-05 10:00',
        {
          complaint: 'complaint-1',
          consumer: 'viewer-1',
          against: 'merchant-a',
          kind: 'promise',
          text: 'the lowest price was promised',
        },
        'b1',
      ),
    )
    expect(check(facts, '2020-11-23 21:00').complaints).toEqual(['complaint-1'])
  })

  it('accuses nobody of a broadcast that was only announced', () => {
    const facts = factsOf(announced('b1', '2026-03-01 12:00', '2026-03-01 20:00'))
    const { wasHeld, finding } = check(facts, '2026-03-10 10:00')
    expect(wasHeld).toBe(false)
    expect(finding).toMatchObject({ verdict: 'undetermined', weightBans: 0, families: [] })
    expect(finding!.hypotheses.map(({ name }) => name)).toContain('never-held')
  })

  it('takes an announcement for held once somebody was seen watching', () => {
    const facts = factsOf(
      announced('b1', '2026-03-01 12:00', '2026-03-01 20:00'),
      event('live.viewer.watched', '2026-03-01 20:30', { view: 'v', seconds: 30 }, 'b1'),
    )
    expect(check(facts, '2026-03-10 10:00').finding).toMatchObject({ verdict: 'supported' })
  })

  it('gives a recording a day to be finished', () => {
    const facts = factsOf(started('b1', '2026-03-01 20:00'), ended('b1', '2026-03-01 22:00'))
    expect(check(facts, '2026-03-02 21:59').state).toBe('too-early')
    expect(check(facts, '2026-03-02 22:00').state).toBe('absent')
  })

  it('is content where every piece of the log is in the store', () => {
    const stored = check(factsOf(...evening('2026-03-01')), '2026-03-10 10:00', {
      isStored: (sha256) => sha256 === DIGEST,
    })
    expect(stored).toMatchObject({ state: 'stored', recorded: 1, stored: 1, finding: null })
  })

  it('finds pieces that the log names and the store has lost', () => {
    expect(check(factsOf(...evening('2026-03-01')), '2026-03-10 10:00')).toMatchObject({
      state: 'gone',
      finding: { verdict: 'supported' },
    })
  })

  it('asks about an unrecorded hour, and accepts a gap that is on file', () => {
    const short = [
      started('b1', '2026-03-01 19:00'),
      segment('b1', '2026-03-01 20:00', 0, DIGEST),
      ended('b1', '2026-03-01 22:00'),
    ]
    expect(check(factsOf(...short), '2026-03-10 10:00', { isStored: yes })).toMatchObject({
      state: 'incomplete',
      finding: { verdict: 'undetermined' },
    })
    const gap = event(
      'live.recording.disturbed',
      '2026-03-01 19:00',
      { kind: 'source-returned', beforeSequence: 0, durationMs: 3_600_000 },
      'b1',
    )
    expect(check(factsOf(gap, ...short), '2026-03-10 10:00', { isStored: yes }).state).toBe(
      'stored',
    )
  })

  it('accepts a deletion on the record after its time, though an order completes later', () => {
    const late = [
      ...evening('2026-03-01'),
      event(
        'live.order.placed',
        '2026-03-01 21:00',
        {
          order: 'o1',
          buyer: 'v',
          merchant: 'm',
          lines: [],
          total: 1,
        },
        'b1',
      ),
      event('live.refund.completed', '2029-05-01 10:00', { refund: 'r', order: 'o1', amount: 1 }),
    ]
    expect(check(factsOf(...late, erased('2029-03-02 03:00')), '2029-06-01 10:00').state).toBe(
      'expired',
    )
    expect(check(factsOf(...late, erased('2029-02-01 03:00')), '2029-06-01 10:00').state).toBe(
      'gone',
    )
  })

  it('does not look for a replay of pictures and text', () => {
    const pictures = event(
      'live.broadcast.started',
      '2026-03-01 20:00',
      {
        room: 'room-1',
        operator: 'operator-a',
        title: 't',
        form: 'picture-text',
        currency: 'CNY',
        hosts: [],
      },
      'b1',
    )
    const facts = factsOf(pictures, ended('b1', '2026-03-01 22:00'))
    expect(check(facts, '2026-03-10 10:00')).toBeUndefined()
  })
})
