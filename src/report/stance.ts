/**
 * How a finding must be read, and which broadcast and merchant to look at first. A finding whose
 * leading hypothesis is innocent accuses nobody, whatever its verdict says (DESIGN "Judgement").
 */
import type { BroadcastAudit, MerchantAudit } from '../engine/report.ts'
import { HYPOTHESES, type Finding } from '../vocabulary/finding.ts'

export const STANCES = ['supported', 'undetermined', 'innocent', 'insufficient'] as const
export type Stance = (typeof STANCES)[number]

export const stanceOf = (finding: Finding): Stance => {
  if (finding.verdict === 'insufficient-data') return 'insufficient'
  if (finding.verdict !== 'supported') return 'undetermined'
  const lead = finding.hypotheses[0]
  return lead === undefined || isInnocent(lead.name) ? 'innocent' : 'supported'
}

export const isInnocent = (name: string): boolean =>
  Object.hasOwn(HYPOTHESES, name) && HYPOTHESES[name as keyof typeof HYPOTHESES].innocent

/** The two to set side by side: the leading one, and the best of the other kind (innocent or not). */
export const rivalsOf = (finding: Finding): { lead: string; rival: string } => {
  const [lead, ...others] = finding.hypotheses
  if (lead === undefined) return { lead: '', rival: '' }
  const other = isInnocent(lead.name)
  const rival =
    stanceOf(finding) === 'undetermined'
      ? others[0]
      : (others.find(({ name }) => isInnocent(name) !== other) ?? others[0])
  return { lead: lead.name, rival: rival?.name ?? '' }
}

export const tally = (findings: readonly Finding[]): Readonly<Record<Stance, number>> => {
  const counts = { supported: 0, undetermined: 0, innocent: 0, insufficient: 0 }
  for (const finding of findings) counts[stanceOf(finding)] += 1
  return counts
}

/** Supported findings first, the heavier before the lighter; then undetermined, innocent, unsaid. */
export const byWeight = (findings: readonly Finding[]): readonly Finding[] =>
  [...findings].sort(
    (a, b) =>
      STANCES.indexOf(stanceOf(a)) - STANCES.indexOf(stanceOf(b)) || b.weightBans - a.weightBans,
  )

/** Broadcasts by what the evidence supports, then by the share of viewers that is not real. */
export const byNotability = (broadcasts: readonly BroadcastAudit[]): readonly BroadcastAudit[] => {
  const weight = new Map(broadcasts.map((audit) => [audit, heaviest(audit.findings)]))
  return [...broadcasts].sort(
    (a, b) => (weight.get(b) ?? 0) - (weight.get(a) ?? 0) || water(b) - water(a),
  )
}

const water = (audit: BroadcastAudit) => audit.figures.viewers.water ?? 0

/** Merchants with a finding, a concentrated hour or a slot fee; the others are only counted. */
export const noteworthy = (merchants: readonly MerchantAudit[]): readonly MerchantAudit[] =>
  merchants
    .filter(
      ({ findings, concentration, figures }) =>
        findings.length > 0 || concentration.brushing || figures.slotFee !== null,
    )
    .sort(
      (a, b) =>
        heaviest(b.findings) - heaviest(a.findings) ||
        Number(b.concentration.brushing) - Number(a.concentration.brushing) ||
        b.figures.orders - a.figures.orders,
    )

const heaviest = (findings: readonly Finding[]): number =>
  findings.reduce(
    (most, finding) =>
      stanceOf(finding) === 'supported' ? Math.max(most, finding.weightBans) : most,
    0,
  )
