/** One sentence for a stranger in a hurry: how much of what this broadcast showed is genuine. */
import type { BroadcastAudit } from '../engine/report.ts'
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import type { Figure } from '../vocabulary/finding.ts'
import { estimateOf, isKnown, percent, significant, term } from './words.ts'

/** Figures by which a broadcast is summed up, the best known first. */
const LEADS = ['viewers', 'concurrent', 'views'] as const

export const headlineOf = (audit: BroadcastAudit): Sentence => {
  const lead = leadFigure(audit)
  if (lead !== null) return audienceSentence(lead.figure, { term: term('noun', lead.name) })
  const { observed, net } = audit.figures.orders
  if (isKnown(observed) && isKnown(net)) return say('report.headline.orders', { observed, net })
  return say('report.headline.nothing')
}

/** The figure that the headline speaks of, or null where no audience was shown or recorded. */
export const leadFigure = ({
  figures,
}: BroadcastAudit): { name: (typeof LEADS)[number]; figure: Figure } | null => {
  const name =
    LEADS.find((lead) => isKnown(figures[lead].displayed) && figures[lead].genuine !== null) ??
    LEADS.find((lead) => isKnown(figures[lead].displayed)) ??
    LEADS.find((lead) => isKnown(figures[lead].observed))
  return name === undefined ? null : { name, figure: figures[name] }
}

const audienceSentence = (figure: Figure, noun: { term: Sentence }): Sentence => {
  const { displayed, observed, genuine, water } = figure
  if (genuine === null) {
    return isKnown(displayed)
      ? say('report.headline.unsaid', { displayed, noun })
      : say('report.headline.recorded', { observed: observed ?? 0, noun })
  }
  const low = significant(genuine.low)
  const high = significant(genuine.high)
  const estimate = estimateOf(genuine)
  if (estimate === null) {
    return isKnown(displayed)
      ? say('report.headline.bounded', { displayed, noun, low, high })
      : say('report.headline.recorded', { observed: observed ?? 0, noun })
  }
  const values = { noun, genuine: estimate, low, high }
  if (!isKnown(displayed))
    return say('report.headline.observed', { ...values, observed: observed ?? 0 })
  // An interval that reaches the number shown contradicts nothing.
  if (genuine.high >= displayed || water === null)
    return say('report.headline.shown-sound', { ...values, displayed })
  return say('report.headline.shown', { ...values, displayed, water: { term: percent(water) } })
}
