/**
 * The automatic part of the ladder of measures (obligations table §8.1, L1 to L4) as data: which
 * finding, at which weight, leads to which measure while the room is on air. L5 and above need
 * people, and so do findings that are not in the table.
 *
 * M26 Art. 12, 13 (in-event: warn, limit traffic), M21 Art. 10, 14 (pop-up, prominent mark, limit
 * function), PIPL Art. 24 (nobody is sanctioned by a machine alone: whatever stands here is
 * reversible in minutes and carries its reasons).
 */
import * as z from 'zod'
import { FINDING_KINDS } from '../vocabulary/finding.ts'

export const MEASURES = [
  /** The verified figure stands in place of the displayed one. */
  'verified-counter',
  /** A persistent mark on the page. */
  'mark',
  /** A pop-up to the viewers. */
  'prompt',
  /** A notice to the room. */
  'warning',
  /** A function of the room is switched off: banners, likes … */
  'limit-function',
  /** Recommendation stops. */
  'limit-traffic',
] as const
export type MeasureName = (typeof MEASURES)[number]

const rule = z.strictObject({
  measure: z.enum(MEASURES),
  step: z.enum(['L1', 'L2', 'L3', 'L4']),
  kinds: z.array(z.enum(FINDING_KINDS)).min(1),
  /** Least weight of evidence, bans. */
  atBans: z.number().positive(),
  /** Least number of independent families; above a warning two are needed (DESIGN "Judgement"). */
  families: z.int().min(1),
  /** The finding must have stood for so long, ms, before the measure is imposed. */
  afterMs: z.int().min(0),
  /** What is replaced or limited: a figure's name, or a function's. */
  of: z.string().min(1).optional(),
})

export const ladderFile = z
  .strictObject({
    source: z.string().min(1),
    /** A measure is lifted when the finding has been gone for so long, ms. */
    liftAfterMs: z.int().min(0),
    /** Once a person lifts a measure, the machine leaves it alone for so long, ms. */
    respectMs: z.int().min(0),
    /** Where one may object, as shown to the sanctioned. */
    appealTo: z.string().min(1),
    rules: z.array(rule).min(1),
  })
  .refine(
    ({ rules }) =>
      rules.every(({ step, families }) => step === 'L1' || step === 'L2' || families >= 2),
    { error: 'a measure above a warning needs two families of evidence' },
  )

export type Ladder = z.infer<typeof ladderFile>
export type LadderRule = Ladder['rules'][number]

export const parseLadder = (json: unknown): Ladder => ladderFile.parse(json)
