import { describe, expect, it } from 'vitest'
import { ROLES, type Actor } from '../../../src/http/access/actor.ts'
import { figuresFor, findingFor } from '../../../src/http/access/views.ts'
import type { LiveFigures } from '../../../src/http/contract.ts'
import type { Finding } from '../../../src/vocabulary/finding.ts'

const finding: Finding = {
  finding: 'paid-crowd:broadcast-1:viewer-77',
  kind: 'paid-crowd',
  broadcast: 'broadcast-1',
  subject: 'viewer-77',
  hypotheses: [
    { name: 'paid-crowd', weightBans: 3.25 },
    { name: 'fan-club', weightBans: 0 },
  ],
  verdict: 'supported',
  weightBans: 3.25,
  strength: 'strong',
  families: ['behaviour', 'network'],
  summary: { en: '412 of 900 likes', zh: '900 次点赞中有 412 次' },
  reasons: [
    {
      family: 'behaviour',
      text: { en: '412 likes where 31 were expected', zh: '预计 31 次，实际 412 次' },
      observed: 412,
      expected: { 'fan-club': 31 },
      weightBans: 2,
    },
    {
      family: 'network',
      text: { en: 'one address, 203.0.113.9', zh: '同一地址 203.0.113.9' },
      observed: '203.0.113.9',
      expected: { 'fan-club': 'many' },
      weightBans: 1.25,
    },
  ],
  provisions: [],
  evidence: ['event-1', 'event-2'],
  from: '2026-03-01T12:00:00.000Z',
  until: '2026-03-01T12:10:00.000Z',
}

const as = (role: (typeof ROLES)[number]): Actor => ({ kind: 'person', id: 'p', role, party: null })
const MEASURED: Actor[] = [
  as('merchant'),
  as('consumer'),
  { kind: 'producer', key: 'k', source: '/a', scopes: ['read'] },
  { kind: 'anyone' },
]

describe('a finding', () => {
  it('is whole for those who investigate and decide', () => {
    for (const role of ['inspector', 'adjudicator', 'regulator', 'admin'] as const)
      expect(findingFor(as(role), finding)).toBe(finding)
  })

  it('shows those who are measured what happened, how strongly, and by which law', () => {
    for (const actor of MEASURED)
      expect(findingFor(actor, finding)).toEqual({
        kind: 'paid-crowd',
        broadcast: 'broadcast-1',
        verdict: 'supported',
        strength: 'strong',
        summary: finding.summary,
        provisions: [],
        from: finding.from,
        until: finding.until,
        reasons: [{ family: 'behaviour', observed: 412 }],
      })
  })

  it('tells them neither who nor how far they could have gone', () => {
    for (const actor of MEASURED) {
      const text = JSON.stringify(findingFor(actor, finding))
      for (const hidden of [
        'viewer-77',
        '203.0.113.9',
        'event-1',
        '31',
        '3.25',
        'weightBans',
        'expected',
      ])
        expect(text).not.toContain(hidden)
    }
  })
})

describe('figures', () => {
  it('keep the triggers and the weight of suspicion from those who are measured', () => {
    const figures = { broadcast: 'b', risk: 3.2, keyTriggers: ['followers'], measures: ['warning'] }
    for (const actor of MEASURED)
      expect(figuresFor(actor, figures as unknown as LiveFigures)).toEqual({
        broadcast: 'b',
        measures: ['warning'],
      })
  })
})
