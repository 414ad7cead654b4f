/**
 * What the desk decides, as it goes on record: a decision becomes the view that people are shown and
 * an event of our own; a finding that came, changed or went becomes an event as well.
 */
import { MACHINE, type Decision, type Measure, type Standing } from '../engine/live/adjudicate.ts'
import type { MeasureView } from '../http/contract.ts'
import type { Finding, Strength } from '../vocabulary/finding.ts'
import type { AssayEvent } from '../vocabulary/index.ts'
import { instructionOf, placeOf, restrictionOf, type DecidedOf } from './decided.ts'
import { both, MOST_ID, ours } from './our-events.ts'

/** A finding that is new or changed its verdict or strength, or one that is gone. */
export type News = { readonly finding: Finding; readonly isWithdrawn: boolean }

export const newsBetween = (
  before: ReadonlyMap<string, Finding>,
  after: readonly Finding[],
): readonly News[] => {
  const names = new Set(after.map(({ finding }) => finding))
  const changed = after.filter((finding) => {
    const old = before.get(finding.finding)
    return old?.verdict !== finding.verdict || old.strength !== finding.strength
  })
  const gone = [...before.values()].filter(({ finding }) => !names.has(finding))
  return [
    ...changed.map((finding) => ({ finding, isWithdrawn: false })),
    ...gone.map((finding) => ({ finding, isWithdrawn: true })),
  ]
}

export const newsEvent = ({ finding, isWithdrawn }: News, atMs: number): AssayEvent => {
  const { kind, broadcast = '', strength, verdict } = finding
  const name = [kind, strength, verdict, atMs, broadcast].join(':')
  return ours(
    isWithdrawn ? 'live.finding.withdrawn' : 'live.finding.raised',
    broadcast,
    name,
    finding,
    atMs,
  )
}

/** @param sign signs the instruction to the platform */
export const imposedView = (measure: Measure, sign: (text: string) => string): MeasureView => {
  const { name, step, of, broadcast, finding, kind, facts, reasons, basis, appealTo } = measure
  const view = {
    measure: [measure.measure, measure.fromMs, broadcast].join(':').slice(0, MOST_ID),
    broadcast,
    name,
    step,
    of,
    finding,
    kind,
    facts,
    reasons,
    basis: [...basis],
    appealTo,
    automatic: measure.by === undefined,
    imposedBy: measure.by ?? null,
    imposedAt: new Date(measure.fromMs).toISOString(),
    liftedAt: null,
    liftedBy: null,
    appeal: null,
  }
  return { ...view, signed: sign(instructionOf(view)) }
}

export const imposedEvent = (view: MeasureView, target: string): AssayEvent =>
  ours(
    'live.restriction.imposed',
    view.broadcast,
    ['imposed', placeOf(view), Date.parse(view.imposedAt), view.broadcast].join(':'),
    restrictionOf(view, target),
    Date.parse(view.imposedAt),
  )

export const liftedEvent = (
  view: MeasureView,
  { by, atMs, reasons }: Extract<Decision, { type: 'lifted' }>,
  target: string,
): AssayEvent =>
  ours(
    'live.restriction.lifted',
    view.broadcast,
    ['lifted', placeOf(view), atMs, view.broadcast].join(':'),
    {
      ...restrictionOf(view, target),
      reasons: both(reasons),
      until: new Date(atMs).toISOString(),
      automatic: by === MACHINE,
      decidedBy: [by],
    },
    atMs,
  )

/** What stands of a broadcast according to the ledger, as far as deciding needs it. */
export const standingIn = (
  decided: DecidedOf | undefined,
): Pick<Standing, 'measures' | 'respected' | 'reversed'> => ({
  measures: new Map(
    [...(decided?.measures.values() ?? [])].map((view) => [placeOf(view), measureOf(view)]),
  ),
  respected: decided?.respected ?? new Map<string, number>(),
  reversed: decided?.reversed ?? new Map<string, Strength>(),
})

/** The inverse of `imposedView`. */
const measureOf = (view: MeasureView): Measure => ({
  measure: placeOf(view),
  name: view.name as Measure['name'],
  step: view.step as Measure['step'],
  of: view.of,
  broadcast: view.broadcast,
  finding: view.finding,
  kind: view.kind as Measure['kind'],
  facts: view.facts,
  reasons: view.reasons,
  basis: view.basis,
  appealTo: view.appealTo,
  fromMs: Date.parse(view.imposedAt),
  ...(view.imposedBy === null ? {} : { by: view.imposedBy }),
})
