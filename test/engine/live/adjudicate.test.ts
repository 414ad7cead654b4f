/** The automatic part of the ladder: what follows from a finding on air, and what never does. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  decide,
  evolve,
  MACHINE,
  NOTHING_STANDS,
  observe,
  type Decision,
  type Standing,
} from '../../../src/engine/live/adjudicate.ts'
import { keyTriggers, keyRoomsFile } from '../../../src/law/key-rooms.ts'
import { ladderFile, parseLadder } from '../../../src/law/ladder.ts'
import { findingExample } from '../../../src/vocabulary/finding-schema.ts'
import { strengthOf, type Finding } from '../../../src/vocabulary/finding.ts'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../policies/cn/${name}`, import.meta.url), 'utf8'))
const LADDER = parseLadder(read('ladder.json'))
const START = Date.parse('2026-03-01T20:00:00+08:00')

const bought = (weightBans: number, more: Partial<Finding> = {}): Finding => ({
  ...findingExample,
  finding: `bought-viewers:b-1:b-1:${weightBans}`,
  kind: 'bought-viewers',
  broadcast: 'b-1',
  subject: 'b-1',
  weightBans,
  strength: strengthOf(weightBans),
  families: ['network', 'behaviour'],
  verdict: 'supported',
  provisions: [
    {
      id: 'M21-18-4',
      title: { en: 'No fabricated viewers', zh: '不得虚构观看量' },
      reading: 'verified',
      status: 'in-force',
    },
  ],
  ...more,
})

/** Judged once a second with the same findings; what was decided, in order. */
const watch = (
  findings: readonly Finding[],
  seconds: number,
  from: Standing = NOTHING_STANDS,
  startMs = START,
) => {
  let standing = from
  const decisions: Decision[] = []
  for (let second = 0; second <= seconds; second += 1) {
    const nowMs = startMs + second * 1000
    standing = observe(standing, findings, LADDER, nowMs)
    for (const decision of decide('b-1', findings, standing, LADDER, nowMs)) {
      decisions.push(decision)
      standing = evolve(standing, decision)
    }
  }
  return { standing, decisions }
}

const imposed = (decisions: readonly Decision[]) =>
  decisions.flatMap((decision) => (decision.type === 'imposed' ? [decision.measure.measure] : []))

/** What is told to viewers with a prompt. */
const promptsOf = (finding: Finding) =>
  watch([finding], 0).decisions.flatMap((decision) =>
    decision.type === 'imposed' && decision.measure.name === 'prompt'
      ? [decision.measure.reasons]
      : [],
  )

describe('the automatic ladder', () => {
  it('puts the verified counter in place at once where the evidence is moderate', () => {
    const { decisions } = watch([bought(1.2)], 0)
    expect(imposed(decisions)).toEqual(['verified-counter:viewers', 'mark:bought-viewers'])
  })

  it('warns the room after ten seconds and limits its traffic after a minute of strong evidence', () => {
    const { decisions } = watch([bought(4.5)], 61)
    const at = Object.fromEntries(
      decisions.flatMap((decision) =>
        decision.type === 'imposed'
          ? [[decision.measure.measure, (decision.measure.fromMs - START) / 1000]]
          : [],
      ),
    )
    expect(at['warning:bought-viewers']).toBe(10)
    expect(at['limit-traffic:bought-viewers']).toBe(60)
  })

  it('imposes nothing twice', () => {
    const measures = imposed(watch([bought(5)], 300).decisions)
    expect(new Set(measures).size).toBe(measures.length)
  })

  it('does nothing but tell a person where hypotheses cannot be told apart', () => {
    const { decisions } = watch([bought(0.9, { verdict: 'undetermined' })], 120)
    expect(decisions.map(({ type }) => type)).toEqual(['noted'])
  })

  it('does nothing at all about evidence that is too thin, or weighs for innocence', () => {
    expect(watch([bought(0, { verdict: 'insufficient-data' })], 60).decisions).toEqual([])
    expect(watch([bought(-1.5)], 60).decisions).toEqual([])
  })

  it('imposes nothing where no provision was in force', () => {
    expect(imposed(watch([bought(6, { provisions: [] })], 120).decisions)).toEqual([])
  })

  it('stays at a warning where a single family speaks, however heavy', () => {
    const { decisions } = watch([bought(6, { families: ['behaviour'] })], 600)
    const steps = decisions.flatMap((d) => (d.type === 'imposed' ? [d.measure.step] : []))
    expect(new Set(steps)).toEqual(new Set(['L1', 'L2']))
  })

  it('takes everything back once the finding has been gone for a minute', () => {
    const { standing } = watch([bought(5)], 61)
    const back = watch([], 60, standing, START + 100_000)
    expect(back.standing.measures.size).toBe(0)
    const lifted = back.decisions.filter(({ type }) => type === 'lifted')
    expect(lifted.length).toBe(standing.measures.size)
    expect(watch([], 59, standing, START + 100_000).standing.measures.size).toBe(
      standing.measures.size,
    )
  })

  it('leaves alone for an hour what a person has lifted', () => {
    const { standing } = watch([bought(5)], 61)
    const lifted = evolve(standing, {
      type: 'lifted',
      measure: 'limit-traffic:bought-viewers',
      broadcast: 'b-1',
      atMs: START + 62_000,
      by: 'inspector-a',
      reasons: { en: 'A push that nobody recorded.', zh: '未登记的推荐。' },
    })
    expect(imposed(watch([bought(5)], 3599, lifted, START + 62_000).decisions)).toEqual([])
    const later = watch([bought(5)], 5, lifted, START + 62_000 + 3_600_000)
    expect(imposed(later.decisions)).toEqual(['limit-traffic:bought-viewers'])
  })

  it('leaves alone what an appeal reversed, until its finding is stronger than it was then', () => {
    const { standing } = watch([bought(3.5)], 61)
    const measures = new Map(standing.measures)
    measures.delete('mark:bought-viewers')
    const reversed = new Map([['mark:bought-viewers', 'strong']] as const)
    const after = { ...standing, measures, reversed }
    expect(imposed(watch([bought(3.5)], 7200, after).decisions)).toEqual([])
    expect(imposed(watch([bought(3.9)], 60, after).decisions)).toEqual([])
    // 4 bans is where very strong begins; recommendation stops there as well, in its time.
    expect(imposed(watch([bought(4)], 0, after).decisions)).toEqual(['mark:bought-viewers'])
  })

  it('gives facts, reasons in both languages, basis and a way to object with every measure', () => {
    for (const decision of watch([bought(5)], 61).decisions) {
      if (decision.type !== 'imposed') continue
      const { facts, reasons, basis, appealTo } = decision.measure
      for (const text of [facts.en, facts.zh, reasons.en, reasons.zh, appealTo])
        expect(text).not.toBe('')
      expect(basis.length).toBeGreaterThan(0)
    }
    expect(MACHINE).toBe('assay')
  })

  it('tells viewers of a promise where a promise is in question, and of figures where figures are', () => {
    const [promise] = promptsOf(bought(2, { kind: 'promise-broken' }))
    expect(promise!.en).toContain('promise')
    expect(promise!.en).not.toContain('figures')
    expect(promise!.zh).toContain('承诺')
    expect(promise!.zh).not.toContain('数据')
    const [figures] = promptsOf(bought(2))
    expect(figures!.en).toContain('figures')
    expect(figures!.en).not.toContain('promise')
  })

  it('S4-15: knows no step above L4, and none above a warning on one family', () => {
    expect(new Set(LADDER.rules.map(({ step }) => step))).toEqual(new Set(['L1', 'L2', 'L3', 'L4']))
    const reckless = { ...LADDER, rules: [{ ...LADDER.rules[0]!, step: 'L3', families: 1 }] }
    expect(ladderFile.safeParse(reckless).success).toBe(false)
    const closing = { ...LADDER, rules: [{ ...LADDER.rules[0]!, step: 'L7', families: 2 }] }
    expect(ladderFile.safeParse(closing).success).toBe(false)
  })
})

describe('key rooms', () => {
  const RULES = keyRoomsFile.parse(read('key-rooms.json'))
  const plain = {
    viewers: 900,
    salesFen: 100_000,
    violations: 0,
    complaints: 0,
    category: 'clothing',
    hosts: ['host-a'],
  }

  it('S1-1: a broadcast of more than 100 million yuan is a key room, one of a thousand is not', () => {
    expect(keyTriggers(plain, RULES)).toEqual([])
    expect(keyTriggers({ ...plain, salesFen: 100_000_000 * 100 }, RULES)).toEqual(['large-trade'])
  })

  it('S0-2: an influential host suffices, with a clean record', () => {
    expect(keyTriggers(plain, { ...RULES, hosts: ['host-a'] })).toEqual(['influential-host'])
  })

  it('M26-11b: goods that touch life and health suffice', () => {
    expect(keyTriggers({ ...plain, category: 'food' }, RULES)).toEqual(['life-and-health'])
  })

  it('does not fire on what is not known', () => {
    expect(keyTriggers({ ...plain, viewers: null, salesFen: null }, RULES)).toEqual([])
  })
})
