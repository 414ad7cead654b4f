/** What a complaint freezes, and what a refused deletion says of whom. */
import { describe, expect, it } from 'vitest'
import { formatScope, holdsOn, parseScope, scopeOfComplaint } from '../../src/archive/holds.ts'
import { deletionUnderHold } from '../../src/archive/refused-deletion.ts'
import type { AssayEvent, EventOf } from '../../src/vocabulary/event.ts'
import { cst, ended, event, factsOf, law, placed, started } from './lib.ts'

const complaint = (fields: object, subject?: string) =>
  event(
    'live.complaint.lodged',
    '2026-03-02 10:00',
    {
      complaint: 'complaint-1',
      consumer: 'viewer-1',
      against: 'merchant-a',
      kind: 'price',
      text: 'it was cheaper the day after',
      ...fields,
    },
    subject,
  ) as EventOf<'live.complaint.lodged'>

const hold = (scope: object[]): AssayEvent =>
  event('live.hold.placed', '2026-03-02 10:00', {
    hold: 'h1',
    matter: 'complaint-1',
    scope: JSON.stringify(scope),
  })

const listed = (product: string, at: string, broadcast: string) =>
  event(
    'live.product.listed',
    at,
    { product, sku: product, merchant: 'merchant-a', title: product, category: 'c' },
    broadcast,
  )
const withdrawn = (product: string, at: string, broadcast: string) =>
  event('live.product.withdrawn', at, { product }, broadcast)

describe('the scope of a complaint', () => {
  it('is the broadcast, the order and what was bought, found through the order (S1-34)', () => {
    const facts = factsOf(started('b1', '2026-03-01 20:00'), placed('o1', '2026-03-01 21:00', 'b1'))
    expect(scopeOfComplaint(complaint({ order: 'o1' }), facts)).toEqual([
      { order: 'o1' },
      { broadcast: 'b1' },
      { product: 'product-1' },
    ])
    expect(scopeOfComplaint(complaint({ product: 'p' }, 'b1'), facts)).toEqual([
      { broadcast: 'b1' },
      { product: 'p' },
    ])
  })

  it('is nothing where the complaint names nothing', () => {
    expect(scopeOfComplaint(complaint({}), factsOf())).toBeNull()
  })

  it('survives being written down', () => {
    const scope = [{ broadcast: 'b "1"' }, { product: '商品' }]
    expect(parseScope(formatScope(scope))).toEqual(scope)
    expect(parseScope('replay of broadcast-1')).toBeNull()
  })
})

describe('a hold', () => {
  it('covers its broadcast and no other', () => {
    const facts = factsOf(hold([{ broadcast: 'b1' }]))
    expect(holdsOn({ broadcast: 'b1' }, facts)).toEqual(['h1'])
    expect(holdsOn({ broadcast: 'b2' }, facts)).toEqual([])
    expect(holdsOn({}, facts)).toEqual([])
  })

  it('covers an order through the broadcast that it was made in', () => {
    const facts = factsOf(placed('o1', '2026-03-01 21:00', 'b1'), hold([{ broadcast: 'b1' }]))
    expect(holdsOn({ order: 'o1' }, facts)).toEqual(['h1'])
  })

  it('covers a product wherever it was on air, with ten minutes on either side', () => {
    const facts = factsOf(
      started('b2', '2026-03-05 20:00'),
      listed('p', '2026-03-05 20:30', 'b2'),
      withdrawn('p', '2026-03-05 20:40', 'b2'),
      ended('b2', '2026-03-05 23:00'),
      hold([{ product: 'p' }]),
    )
    const piece = (from: string, until: string) =>
      holdsOn(
        { broadcast: 'b2', from: cst(`2026-03-05 ${from}`), until: cst(`2026-03-05 ${until}`) },
        facts,
      )
    expect(piece('20:00', '20:19')).toEqual([])
    expect(piece('20:00', '20:21')).toEqual(['h1'])
    expect(piece('20:49', '20:55')).toEqual(['h1'])
    expect(piece('20:51', '20:55')).toEqual([])
    expect(holdsOn({ broadcast: 'b2' }, facts)).toEqual(['h1'])
  })

  it('covers everything when nobody can read any more what it covers', () => {
    const facts = factsOf(
      event('live.hold.placed', '2026-03-02 10:00', {
        hold: 'h1',
        matter: 'm',
        scope: 'the replay',
      }),
    )
    expect(holdsOn({ broadcast: 'any' }, facts)).toEqual(['h1'])
  })

  it('ends with its release', () => {
    const released = event('live.hold.released', '2026-04-01 10:00', {
      hold: 'h1',
      matter: 'complaint-1',
      scope: '',
    })
    expect(holdsOn({ broadcast: 'b1' }, factsOf(hold([{ broadcast: 'b1' }]), released))).toEqual([])
  })
})

describe('a deletion under hold', () => {
  const answered = event('live.complaint.answered', '2026-03-02 15:00', {
    complaint: 'complaint-1',
    by: 'merchant-a',
    text: 'we are checking',
  })
  const attempt = {
    by: 'merchant-a',
    subject: 'b1',
    broadcast: 'b1',
    at: cst('2026-03-03 10:00'),
    isAutomatic: false,
    holds: ['h1'],
  }

  it('weighs against the party that was checking the complaint (S1-34)', () => {
    const facts = factsOf(complaint({}, 'b1'), answered, hold([{ broadcast: 'b1' }]))
    const finding = deletionUnderHold(attempt, facts, law)
    expect(finding).toMatchObject({
      kind: 'deletion-under-hold',
      verdict: 'supported',
      weightBans: 2,
      families: ['account', 'behaviour'],
      broadcast: 'b1',
    })
    expect(finding.hypotheses[0]).toEqual({ name: 'evidence-destruction', weightBans: 2 })
    expect(finding.provisions.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['M26-16', 'ECL-62']),
    )
    expect(finding.summary.en).toContain('24 h')
    expect(finding.summary.zh).toContain('24 小时')
  })

  it('accuses nobody where a routine job asked', () => {
    const facts = factsOf(complaint({}, 'b1'), answered, hold([{ broadcast: 'b1' }]))
    const finding = deletionUnderHold({ ...attempt, isAutomatic: true }, facts, law)
    expect(finding.hypotheses[0]!.name).toBe('routine-deletion')
    expect(finding).toMatchObject({ verdict: 'undetermined', strength: 'none' })
  })

  it('stays open where somebody asked who had no part in the complaint', () => {
    const facts = factsOf(complaint({}, 'b1'), answered, hold([{ broadcast: 'b1' }]))
    const finding = deletionUnderHold({ ...attempt, by: 'operator-z' }, facts, law)
    expect(finding).toMatchObject({ verdict: 'undetermined', weightBans: 0 })
  })

  it('does not count an answer that was given afterwards as knowledge', () => {
    const facts = factsOf(complaint({}, 'b1'), answered, hold([{ broadcast: 'b1' }]))
    const finding = deletionUnderHold({ ...attempt, at: cst('2026-03-02 12:00') }, facts, law)
    expect(finding.families).toEqual(['account'])
  })
})
