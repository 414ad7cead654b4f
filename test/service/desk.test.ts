/**
 * A person imposes a measure: on what, on whose word, and that no machine takes it back. And what is to
 * be said of promises, which comes to the desk on its own.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decide, NOTHING_STANDS, evolve } from '../../src/engine/live/adjudicate.ts'
import type { Signal } from '../../src/detectors/detector.ts'
import { Register } from '../../src/engine/live/register.ts'
import { Hub } from '../../src/http/hub.ts'
import type { MeasureView } from '../../src/http/contract.ts'
import { keyRoomsFile } from '../../src/law/key-rooms.ts'
import { parseLadder } from '../../src/law/ladder.ts'
import { Decisions } from '../../src/service/decided.ts'
import { Desk } from '../../src/service/desk.ts'
import { findingExample } from '../../src/vocabulary/finding-schema.ts'
import type { Finding } from '../../src/vocabulary/finding.ts'
import type { AssayEvent } from '../../src/vocabulary/index.ts'
import { POLICY } from '../detectors/policy.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../policies/cn/${name}`, import.meta.url), 'utf8'))
const LADDER = parseLadder(read('ladder.json'))
const NOW = Date.parse('2026-03-01T12:10:00Z')
const NAME = 'order-anomaly:b-1:b-1'

/** Of a kind that the machine imposes nothing for. */
const finding: Finding = {
  ...findingExample,
  finding: NAME,
  kind: 'order-anomaly',
  broadcast: 'b-1',
  subject: 'b-1',
  hypotheses: [
    { name: 'self-brushing', weightBans: 2.4 },
    { name: 'honest-returns', weightBans: 0 },
  ],
  verdict: 'supported',
  weightBans: 2.4,
  strength: 'moderately-strong',
  families: ['transaction'],
}

const sign = (text: string) => `${text}signed`

const desk = async () => {
  const recorded: AssayEvent[] = []
  const failures: unknown[] = []
  const owed: string[] = []
  const disk = { isFull: false }
  const decisions = new Decisions(sign)
  const told: MeasureView[] = []
  const hub = new Hub()
  hub.subscribe({ topics: new Set(['measure']) }, ({ data }) => void told.push(data as MeasureView))
  const it = new Desk({
    policy: POLICY,
    ladder: LADDER,
    owe: (broadcasts) => void owed.push(...broadcasts),
    keyRooms: keyRoomsFile.parse(read('key-rooms.json')),
    register: new Register(),
    decisions,
    imposedIn: async () => undefined,
    hub,
    records: { figures: () => {}, finding: () => {}, measure: () => {}, note: () => {} },
    record: async (events) => {
      await Promise.resolve()
      if (disk.isFull) throw new Error('no space left')
      for (const event of events) decisions.take(event)
      return recorded.push(...events)
    },
    sign,
    now: () => NOW,
    failed: (error) => void failures.push(error),
  })
  const unknown = { displayed: null, observed: null, genuine: null, water: null }
  const sold = { ...unknown, filtered: null, net: null }
  const figures = { viewers: unknown, likes: unknown, orders: sold, sales: sold }
  const judge = async (findings: readonly Finding[]) => {
    it.judged('b-1', { findings, figures } as never, 1)
    await it.settled()
  }
  await judge([finding])
  recorded.length = 0
  return { it, recorded, told, failures, disk, judge, owed, decisions }
}

const REASONS = { en: 'Seen on air', zh: '直播中核实' }
const order = (more: object = {}) =>
  ({ name: 'warning', finding: NAME, reasons: REASONS, by: 'person-1', ...more }) as const

describe('a measure that a person imposes', () => {
  it('is on record as decided by them, with facts, reasons and basis, before it is told', async () => {
    const { it: its, recorded, told } = await desk()
    expect(await its.impose('b-1', order())).toBeNull()
    expect(recorded).toMatchObject([
      {
        type: 'live.restriction.imposed',
        data: { automatic: false, decidedBy: ['person-1'], reasons: 'Seen on air\n直播中核实' },
      },
    ])
    expect(told).toMatchObject([{ name: 'warning', automatic: false, imposedBy: 'person-1' }])
    expect(its.measures('b-1')).toHaveLength(1)
  })

  it('is refused without a supported finding, above what the evidence carries, or twice', async () => {
    const { it: its, recorded } = await desk()
    expect(await its.impose('b-1', order({ finding: 'something-else' }))).toBe('no-such-finding')
    expect(await its.impose('b-2', order())).toBe('no-such-finding')
    // One family of evidence carries a warning and no limit (DESIGN "Judgement").
    expect(await its.impose('b-1', order({ name: 'limit-traffic' }))).toBe('families-needed')
    expect(recorded).toEqual([])
    await its.impose('b-1', order())
    expect(await its.impose('b-1', order())).toBe('stands-already')
    expect(recorded).toHaveLength(1)
  })

  it('is not taken back by the machine, however long the finding is gone', () => {
    const measure = {
      measure: 'warning:order-anomaly',
      name: 'warning',
      step: 'L2',
      of: null,
      broadcast: 'b-1',
      finding: NAME,
      kind: 'order-anomaly',
      facts: REASONS,
      reasons: REASONS,
      basis: [],
      appealTo: '/v1/appeals',
      fromMs: NOW,
    } as const
    const stands = (by?: string) =>
      evolve(
        { ...NOTHING_STANDS, gone: new Map([[measure.measure, NOW]]) },
        { type: 'imposed', measure: { ...measure, ...(by === undefined ? {} : { by }) } },
      )
    const later = NOW + 24 * 3_600_000
    expect(decide('b-1', [], stands('person-1'), LADDER, later)).toEqual([])
    expect(decide('b-1', [], stands(), LADDER, later)).toMatchObject([{ type: 'lifted' }])
  })

  it('is taken back by a person', async () => {
    const { it: its } = await desk()
    await its.impose('b-1', order())
    const [view] = its.measures('b-1')
    expect(await its.lift(view!.measure, 'person-2', REASONS)).toBe(true)
    expect(its.measures('b-1')).toEqual([])
  })
})

describe('what could not be put on record', () => {
  it('did not happen: nothing is told, nothing stands, and it can be done again', async () => {
    const { it: its, told, disk } = await desk()
    disk.isFull = true
    await expect(its.impose('b-1', order())).rejects.toThrow('no space left')
    expect(told).toEqual([])
    expect(its.measures('b-1')).toEqual([])
    disk.isFull = false
    expect(await its.impose('b-1', order())).toBeNull()
    disk.isFull = true
    const [view] = its.measures('b-1')
    await expect(its.lift(view!.measure, 'person-2', REASONS)).rejects.toThrow('no space left')
    expect(its.measures('b-1')).toHaveLength(1)
  })

  it('is decided anew with the next judgement', async () => {
    const { recorded, failures, disk, judge } = await desk()
    const gravest = { ...finding, strength: 'very-strong', weightBans: 5 } as const
    disk.isFull = true
    await judge([gravest])
    expect(failures).toHaveLength(1)
    expect(recorded).toEqual([])
    disk.isFull = false
    await judge([gravest])
    expect(recorded).toMatchObject([{ type: 'live.finding.raised', data: { weightBans: 5 } }])
    await judge([gravest])
    expect(recorded).toHaveLength(1)
  })
})

describe('two people who impose the same at once', () => {
  it('impose it once: the second is told that it stands', async () => {
    const { it: its, recorded } = await desk()
    const answers = await Promise.all([its.impose('b-1', order()), its.impose('b-1', order())])
    expect(answers).toEqual([null, 'stands-already'])
    expect(recorded).toHaveLength(1)
  })
})

const kindsOf = (findings: readonly Finding[] = []) => findings.map(({ kind }) => kind)

describe('what is to be said of promises', () => {
  const signal: Signal = {
    kind: 'promise-broken',
    broadcast: 'b-1',
    subject: 'jacket: lowest',
    hypotheses: [
      { name: 'unkept-promise', weightBans: 2 },
      { name: 'other-offer', weightBans: 0 },
    ],
    summary: REASONS,
    reasons: (['content', 'public'] as const).map((family) => ({
      family,
      text: REASONS,
      observed: 1,
      expected: {},
      weightBans: 1,
    })),
    evidence: [],
    from: NOW,
    until: NOW,
    suspicions: [],
  }
  it('is one judgement with what happened in the room, from whichever side it comes', async () => {
    const { it: its, recorded, judge } = await desk()
    its.promised('b-1', [signal])
    await its.settled()
    expect(recorded).toMatchObject([
      { type: 'live.finding.raised', data: { kind: 'promise-broken', broadcast: 'b-1' } },
      { type: 'live.restriction.imposed', data: { measure: 'prompt' } },
    ])
    // The graver first, as in an audit.
    expect(kindsOf(its.audit('b-1')?.findings)).toEqual(['order-anomaly', 'promise-broken'])
    await judge([finding])
    expect(recorded).toHaveLength(2)
    its.promised('b-1', [])
    await its.settled()
    expect(recorded[2]).toMatchObject({
      type: 'live.finding.withdrawn',
      data: { kind: 'promise-broken' },
    })
    expect(kindsOf(its.audit('b-1')?.findings)).toEqual(['order-anomaly'])
  })

  it('stands as it was raised until it was weighed in this life', async () => {
    const { it: its, recorded, judge, decisions } = await desk()
    const raised = { ...finding, finding: 'promise-broken:b-1:p', kind: 'promise-broken' } as const
    decisions.take({
      type: 'live.finding.raised',
      source: '/assay',
      subject: 'b-1',
      time: new Date(NOW).toISOString(),
      data: { ...raised, subject: 'p' },
    } as never)
    await judge([finding])
    expect(recorded.filter(({ type }) => type === 'live.finding.withdrawn')).toEqual([])
    expect(kindsOf(its.audit('b-1')?.findings)).toContain('promise-broken')
    its.promised('b-1', [])
    await its.settled()
    expect(recorded.at(-1)).toMatchObject({ type: 'live.finding.withdrawn' })
  })

  it('wakes a room that sleeps only where it makes a difference', async () => {
    const { it: its, recorded, owed } = await desk()
    its.promised('asleep', [])
    its.promised('woken', [{ ...signal, broadcast: 'woken' }])
    its.promised('woken', [{ ...signal, broadcast: 'woken' }])
    await its.settled()
    expect(owed).toEqual(['woken'])
    expect(recorded).toEqual([])
  })
})
