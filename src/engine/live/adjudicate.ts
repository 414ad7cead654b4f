/**
 * The in-event ladder, automatic part only: what a judged room leads to, and when it is taken back.
 * A decider: `decide` says what is to happen given what stands, `evolve` notes that it happened; so
 * a decision that was logged before a crash is known again by replaying it.
 *
 * Nothing follows from a finding that is undetermined, wants data, or is led by an innocent
 * hypothesis (a home-page push): a person gets a note, the room gets nothing. Whatever is imposed
 * carries its facts and reasons in both languages, the provisions in force, and where to object.
 */
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import type { Ladder, LadderRule, MeasureName } from '../../law/ladder.ts'
import {
  isGraver,
  type Finding,
  type FindingKind,
  type Strength,
} from '../../vocabulary/finding.ts'
import { concernOf } from './concern.ts'

export type Measure = {
  /** Unique within its broadcast: the same cause leads to the same measure, never to two. */
  readonly measure: string
  readonly name: MeasureName
  readonly step: LadderRule['step']
  /** The figure that is replaced or the function that is limited. */
  readonly of: string | null
  readonly broadcast: string
  /** The finding that it rests on. */
  readonly finding: string
  readonly kind: FindingKind
  readonly facts: Sentence
  readonly reasons: Sentence
  readonly basis: readonly string[]
  readonly appealTo: string
  readonly fromMs: number
  /** The person who imposed it; absent where the machine did. Only a person lifts a person's. */
  readonly by?: string
}

export type Decision =
  | { readonly type: 'imposed'; readonly measure: Measure }
  | {
      readonly type: 'lifted'
      readonly measure: string
      readonly broadcast: string
      readonly atMs: number
      readonly by: string
      readonly reasons: Sentence
    }
  | {
      readonly type: 'noted'
      readonly broadcast: string
      readonly finding: string
      readonly cause: string
      readonly atMs: number
      readonly text: Sentence
    }

export type Standing = {
  readonly measures: ReadonlyMap<string, Measure>
  /** Since when each cause has weighed enough for some rule, ms. */
  readonly since: ReadonlyMap<string, number>
  /** Since when a measure's finding has been gone, ms. */
  readonly gone: ReadonlyMap<string, number>
  /** Measures that a person lifted, and when, ms. */
  readonly respected: ReadonlyMap<string, number>
  /** Measures that an appeal reversed, and how strong their finding was then. */
  readonly reversed: ReadonlyMap<string, Strength>
  /** Causes that a person has been told of. */
  readonly noted: ReadonlySet<string>
}

export const NOTHING_STANDS: Standing = {
  measures: new Map(),
  since: new Map(),
  gone: new Map(),
  respected: new Map(),
  reversed: new Map(),
  noted: new Set(),
}

/** The name under which the machine signs. */
export const MACHINE = 'assay'

/**
 * @param findings of one broadcast, as just judged
 * @param nowMs the clock of the service, ms
 */
export const decide = (
  broadcast: string,
  findings: readonly Finding[],
  standing: Standing,
  ladder: Ladder,
  nowMs: number,
): readonly Decision[] => {
  const decisions: Decision[] = []
  const wanted = new Set<string>()
  for (const finding of findings) {
    if (finding.verdict !== 'supported') {
      if (finding.verdict === 'undetermined' && !standing.noted.has(causeOf(finding)))
        decisions.push(noteOf(broadcast, finding, nowMs))
      continue
    }
    const sinceMs = standing.since.get(causeOf(finding)) ?? nowMs
    for (const rule of ladder.rules) {
      if (!applies(rule, finding)) continue
      const measure = idOf(rule, finding)
      if (wanted.has(measure)) continue
      wanted.add(measure)
      if (standing.measures.has(measure)) continue
      if (nowMs - sinceMs < rule.afterMs) continue
      const liftedMs = standing.respected.get(measure)
      if (liftedMs !== undefined && nowMs - liftedMs < ladder.respectMs) continue
      const reversedAt = standing.reversed.get(measure)
      if (reversedAt !== undefined && !isGraver(finding.strength, reversedAt)) continue
      decisions.push({
        type: 'imposed',
        measure: measureFor(broadcast, rule, finding, ladder, nowMs),
      })
    }
  }
  for (const { measure, by } of standing.measures.values()) {
    if (wanted.has(measure) || by !== undefined) continue
    const goneMs = standing.gone.get(measure) ?? nowMs
    if (nowMs - goneMs >= ladder.liftAfterMs)
      decisions.push({
        type: 'lifted',
        measure,
        broadcast,
        atMs: nowMs,
        by: MACHINE,
        reasons: say('measure.lifted-reasons'),
      })
  }
  return decisions
}

/** What stands after a decision. */
export const evolve = (standing: Standing, decision: Decision): Standing => {
  if (decision.type === 'noted')
    return { ...standing, noted: new Set(standing.noted).add(decision.cause) }
  const measures = new Map(standing.measures)
  if (decision.type === 'imposed') {
    measures.set(decision.measure.measure, decision.measure)
    return { ...standing, measures }
  }
  measures.delete(decision.measure)
  if (decision.by === MACHINE) return { ...standing, measures }
  const respected = new Map(standing.respected).set(decision.measure, decision.atMs)
  return { ...standing, measures, respected }
}

/** Notes what was just judged: since when findings weigh enough, and since when they are gone. */
export const observe = (
  standing: Standing,
  findings: readonly Finding[],
  ladder: Ladder,
  nowMs: number,
): Standing => {
  const since = new Map<string, number>()
  const wanted = new Set<string>()
  for (const finding of findings) {
    if (finding.verdict !== 'supported') continue
    const rules = ladder.rules.filter((rule) => applies(rule, finding))
    if (rules.length > 0) since.set(causeOf(finding), standing.since.get(causeOf(finding)) ?? nowMs)
    for (const rule of rules) wanted.add(idOf(rule, finding))
  }
  const gone = new Map<string, number>()
  for (const measure of standing.measures.keys())
    if (!wanted.has(measure)) gone.set(measure, standing.gone.get(measure) ?? nowMs)
  return { ...standing, since, gone }
}

/** No provision in force, no measure: nothing is imposed without a legal basis. */
const applies = (rule: LadderRule, finding: Finding): boolean =>
  finding.provisions.length > 0 &&
  rule.kinds.includes(finding.kind) &&
  finding.weightBans >= rule.atBans &&
  finding.families.length >= rule.families

/** A finding by what it says of whom: its times move as more is known. */
const causeOf = ({ kind, subject }: Finding): string => [kind, subject].join(':')

const idOf = ({ measure, of }: LadderRule, { kind }: Finding): string =>
  [measure, of ?? kind].join(':')

/** The measure that a rule leads to, with its statement of reasons. @param nowMs of the service, ms */
export const measureFor = (
  broadcast: string,
  rule: LadderRule,
  finding: Finding,
  ladder: Ladder,
  nowMs: number,
): Measure => ({
  measure: idOf(rule, finding),
  name: rule.measure,
  step: rule.step,
  of: rule.of ?? null,
  broadcast,
  finding: finding.finding,
  kind: finding.kind,
  facts: finding.summary,
  reasons: reasonsOf(rule, finding),
  basis: finding.provisions.map(({ id }) => id),
  appealTo: ladder.appealTo,
  fromMs: nowMs,
})

const reasonsOf = ({ measure }: LadderRule, { kind, strength: weight }: Finding): Sentence => {
  const strength = { term: say(`report.strength.${weight}`) }
  return measure === 'mark' || measure === 'prompt'
    ? say(`measure.${measure}.${concernOf(kind)}`, { strength })
    : say(`measure.${measure}`, { strength })
}

const noteOf = (broadcast: string, finding: Finding, nowMs: number): Decision => ({
  type: 'noted',
  broadcast,
  finding: finding.finding,
  cause: causeOf(finding),
  atMs: nowMs,
  text: finding.summary,
})
