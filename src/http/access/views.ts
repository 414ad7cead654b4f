/**
 * What each standing is shown of the same thing. Those who are measured — merchants, producers,
 * consumers, the public — get the facts and the law, never a viewer's identity, and never what
 * would tell them how far they can go: weights, expectations and thresholds. Whoever investigates
 * or decides gets everything.
 */
import type { Finding } from '../../vocabulary/finding.ts'
import type { LiveFigures, ProvedEvidence } from '../contract.ts'
import { standingOf, type Actor, type Standing } from './actor.ts'

const SEES_ALL: ReadonlySet<Standing> = new Set(['inspector', 'adjudicator', 'regulator', 'admin'])

export const seesAll = (actor: Actor): boolean => SEES_ALL.has(standingOf(actor))

/** The finding without weights, expectations, ids of events, or a subject that may be a person. */
export type FactsOfFinding = Pick<
  Finding,
  'kind' | 'broadcast' | 'verdict' | 'strength' | 'summary' | 'provisions' | 'from' | 'until'
> & {
  readonly reasons: readonly Pick<Finding['reasons'][number], 'family' | 'observed'>[]
}

export const findingFor = (actor: Actor, finding: Finding): Finding | FactsOfFinding => {
  if (seesAll(actor)) return finding
  const { kind, broadcast, verdict, strength, summary, provisions, from, until } = finding
  return {
    kind,
    ...(broadcast === undefined ? {} : { broadcast }),
    verdict,
    strength,
    summary,
    provisions,
    from,
    until,
    // A text may say what was expected, and a text that was observed may be somebody's id.
    reasons: finding.reasons
      .filter(({ observed }) => typeof observed === 'number')
      .map(({ family, observed }) => ({ family, observed })),
  }
}

export const figuresFor = (
  actor: Actor,
  figures: LiveFigures,
): LiveFigures | Omit<LiveFigures, 'risk' | 'gravest' | 'keyTriggers'> => {
  if (seesAll(actor)) return figures
  const { risk: _risk, gravest: _gravest, keyTriggers: _triggers, ...facts } = figures
  return facts
}

/** Where the evidence lies, without what it is called: an id may be somebody's. */
export const evidenceFor = (actor: Actor, evidence: ProvedEvidence): ProvedEvidence => {
  if (seesAll(actor)) return evidence
  const pieces = evidence.pieces.map(({ place }) => {
    if (place === null) return { place }
    const { entry: _entry, row: _row, ...rest } = place
    return { place: rest }
  })
  return { ...evidence, pieces }
}
