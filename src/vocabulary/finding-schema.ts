/** The schema of a finding as an event carries it; its type stands in finding.ts. */
import { z } from 'zod'
import { figure, id, list, object, oneOf, text, time } from './fields.ts'
import {
  FAMILIES,
  FINDING_KINDS,
  HYPOTHESES,
  STRENGTHS,
  type Finding,
  type Hypothesis,
} from './finding.ts'

/** A weight may stand against its hypothesis, so it has a sign. */
const bans = z.number('bans').meta({ title: 'bans', description: 'log10 of a likelihood ratio' })
const sentence = object({ en: text, zh: text })
const hypothesis = oneOf(Object.keys(HYPOTHESES) as [Hypothesis, ...Hypothesis[]])

const reason = object({
  family: oneOf(FAMILIES),
  text: sentence,
  observed: figure,
  expected: z.partialRecord(hypothesis, figure, 'object'),
  weightBans: bans,
})

const provision = object({
  id,
  title: sentence,
  reading: oneOf(['verified', 'partly-verified', 'unverified']),
  status: oneOf(['in-force', 'draft']),
})

/** Of type Finding, so that the compiler refuses a schema and a type that have parted. */
export const finding: z.ZodType<Finding> = object({
  /** Made of a kind and two ids, so longer than one. */
  finding: text,
  kind: oneOf(FINDING_KINDS),
  broadcast: id.exactOptional(),
  subject: text,
  hypotheses: list(object({ name: hypothesis, weightBans: bans })),
  verdict: oneOf(['supported', 'undetermined', 'insufficient-data']),
  weightBans: bans,
  strength: oneOf(STRENGTHS),
  families: list(oneOf(FAMILIES)),
  summary: sentence,
  reasons: list(reason),
  provisions: list(provision),
  evidence: list(id),
  from: time,
  until: time,
})

export const findingExample: Finding = {
  finding: 'inflated-display:broadcast-1:broadcast-1',
  kind: 'inflated-display',
  broadcast: 'broadcast-1',
  subject: 'broadcast-1',
  hypotheses: [
    { name: 'inflated-counter', weightBans: 3.2 },
    { name: 'partial-telemetry', weightBans: 0 },
  ],
  verdict: 'supported',
  weightBans: 3.2,
  strength: 'strong',
  families: ['public', 'behaviour'],
  summary: { en: 'The counter shows more than came', zh: '展示的数字多于实际到场' },
  reasons: [
    {
      family: 'public',
      text: { en: '31,000 shown, 4,200 recorded', zh: '展示 31,000，记录 4,200' },
      observed: 31_000,
      expected: { 'partial-telemetry': 4600 },
      weightBans: 3.2,
    },
  ],
  provisions: [],
  evidence: ['event-1'],
  from: '2026-03-01T20:00:00.000+08:00',
  until: '2026-03-01T21:00:00.000+08:00',
}
