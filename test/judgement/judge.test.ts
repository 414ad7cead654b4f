/** From signals to findings: what weights may and may not do. */
import { describe, expect, it } from 'vitest'
import type { Signal } from '../../src/detectors/detector.ts'
import { say } from '../../src/language/say.ts'
import { judge } from '../../src/judgement/judge.ts'
import { parsePolicy } from '../../src/law/policy.ts'
import { FINDING_KINDS, strengthOf, type Family } from '../../src/vocabulary/finding.ts'

const policy = parsePolicy(
  {
    pack: 'test',
    utcOffsetMinutes: 480,
    provisions: [
      {
        id: 'X-1',
        title: { en: 'a rule', zh: '一条规则' },
        reading: 'verified',
        inForceFrom: '2021-05-25',
      },
    ],
  },
  {
    findings: Object.fromEntries(FINDING_KINDS.map((kind) => [kind, ['X-1']])),
    redLines: Object.fromEntries(
      ['1', '2', '3', '4', '5', '6', '7', '8'].map((line) => [line, ['X-1']]),
    ),
  },
)

const reason = (family: Family, weightBans: number) => ({
  family,
  text: say('entry.push'),
  observed: 1,
  expected: {},
  weightBans,
})

const signal = (
  guilty: number,
  innocent: number,
  reasons: Signal['reasons'],
  more: Partial<Signal> = {},
): Signal => ({
  kind: 'bought-viewers',
  broadcast: 'b-1',
  subject: 'b-1',
  hypotheses: [
    { name: 'bought-traffic', weightBans: guilty },
    { name: 'unrecorded-push', weightBans: innocent },
  ],
  summary: say('entry.push'),
  reasons,
  evidence: [],
  from: Date.parse('2026-03-01T12:00:00Z'),
  until: Date.parse('2026-03-01T12:05:00Z'),
  suspicions: [],
  ...more,
})

describe('judgement', () => {
  it('weighs the strongest guilty hypothesis against the strongest innocent one', () => {
    const two = [reason('behaviour', 2), reason('network', 2)]
    expect(judge(signal(4, 1.5, two), policy).weightBans).toBe(2.5)
  })

  it('never says more than moderate on one family alone', () => {
    const finding = judge(signal(5, 0, [reason('behaviour', 5)]), policy)
    expect(finding.weightBans).toBe(2)
    expect(finding.families).toEqual(['behaviour'])
  })

  it('says more when a second family speaks', () => {
    const finding = judge(signal(5, 0, [reason('behaviour', 2.5), reason('account', 2.5)]), policy)
    expect(finding.strength).toBe('very-strong')
  })

  it('does not count a family whose reasons cancel out', () => {
    const reasons = [reason('behaviour', 3), reason('account', 1), reason('account', -0.9)]
    expect(judge(signal(3, 0, reasons), policy).families).toEqual(['behaviour'])
  })

  it('accuses nobody where innocence explains more', () => {
    const finding = judge(signal(1, 2, [reason('behaviour', 1)]), policy)
    expect(finding.weightBans).toBeLessThan(0)
    expect(finding.strength).toBe('none')
    expect(finding.verdict).toBe('undetermined')
    expect(finding.hypotheses[0]!.name).toBe('unrecorded-push')
  })

  it('keeps what cannot be determined at weak, and says so', () => {
    const finding = judge(signal(3, 0, [reason('public', 3)], { undetermined: true }), policy)
    expect(finding.verdict).toBe('undetermined')
    expect(finding.strength).toBe('weak')
  })

  it('makes nothing of too little evidence', () => {
    const finding = judge(signal(3, 0, [reason('public', 3)], { insufficient: true }), policy)
    expect(finding.verdict).toBe('insufficient-data')
    expect(finding.weightBans).toBeLessThanOrEqual(0)
  })

  it('cites what was in force on the day of the event', () => {
    const before = { from: Date.parse('2021-05-24T12:00:00+08:00') }
    const after = { from: Date.parse('2021-05-25T12:00:00+08:00') }
    const reasons = [reason('behaviour', 1)]
    expect(judge(signal(1, 0, reasons, before), policy).provisions).toEqual([])
    expect(judge(signal(1, 0, reasons, after), policy).provisions.map(({ id }) => id)).toEqual([
      'X-1',
    ])
  })
})

describe('the verbal scale', () => {
  it.each([
    [-2, 'none'],
    [0.29, 'none'],
    [0.3, 'weak'],
    [1, 'moderate'],
    [2, 'moderately-strong'],
    [3, 'strong'],
    [4, 'very-strong'],
    [6, 'extremely-strong'],
  ])('calls %d bans %s', (bans, strength) => expect(strengthOf(bans)).toBe(strength))
})
