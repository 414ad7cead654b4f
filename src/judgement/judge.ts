/**
 * From a detector's signal to a finding: the weight is that of the strongest guilty hypothesis
 * against the strongest innocent one, so it is negative where innocence explains more; one family
 * alone never says more than "moderate" (DESIGN: anything above a warning needs two families).
 */
import type { Signal } from '../detectors/detector.ts'
import { provisionsFor } from '../law/provisions.ts'
import type { Form, Policy } from '../law/policy.ts'
import {
  HYPOTHESES,
  strengthOf,
  type Family,
  type Finding,
  type Verdict,
} from '../vocabulary/finding.ts'

/** Upper end of "moderate": the most that a single family supports. */
const ONE_FAMILY_BANS = 2
/** Upper end of "weak": the most that is claimed where rivals cannot be told apart for want of evidence. */
const UNDETERMINED_BANS = 0.9
/** Below this a family has not spoken. */
const SPEAKING_BANS = 0.3

export const judge = (signal: Signal, policy: Policy, form: Form = 'video'): Finding => {
  const families = speaking(signal)
  const verdict = verdictOf(signal)
  const weightBans = round(bounded(signal, families))
  return {
    finding: [signal.kind, signal.broadcast ?? 'audit', signal.subject, signal.from].join(':'),
    kind: signal.kind,
    ...(signal.broadcast === undefined ? {} : { broadcast: signal.broadcast }),
    subject: signal.subject,
    hypotheses: signal.hypotheses
      .map(({ name, weightBans }) => ({ name, weightBans: round(weightBans) }))
      .sort((x, y) => y.weightBans - x.weightBans),
    verdict,
    weightBans,
    strength: strengthOf(weightBans),
    families,
    summary: signal.summary,
    reasons: signal.reasons.map((reason) => ({ ...reason, weightBans: round(reason.weightBans) })),
    provisions: signal.provisions ?? provisionsFor(signal.kind, signal.from, policy, form),
    evidence: signal.evidence.slice(0, 20),
    from: instant(signal.from),
    until: instant(signal.until),
  }
}

/** Families whose reasons together weigh for guilt. */
const speaking = (signal: Signal): Family[] => {
  const sums = new Map<Family, number>()
  for (const { family, weightBans } of signal.reasons)
    sums.set(family, (sums.get(family) ?? 0) + weightBans)
  return [...sums].filter(([, bans]) => bans >= SPEAKING_BANS).map(([family]) => family)
}

const best = (signal: Signal, innocent: boolean): number =>
  Math.max(
    ...signal.hypotheses
      .filter(({ name }) => HYPOTHESES[name].innocent === innocent)
      .map(({ weightBans }) => weightBans),
  )

const bounded = (signal: Signal, families: readonly Family[]): number => {
  const bans = best(signal, false) - best(signal, true)
  if (signal.insufficient === true) return Math.min(bans, 0)
  if (families.length >= 2) return bans
  return Math.min(bans, signal.undetermined === true ? UNDETERMINED_BANS : ONE_FAMILY_BANS)
}

const verdictOf = (signal: Signal): Verdict => {
  if (signal.insufficient === true) return 'insufficient-data'
  if (signal.undetermined === true) return 'undetermined'
  return best(signal, false) - best(signal, true) >= SPEAKING_BANS ? 'supported' : 'undetermined'
}

/** Hundredths of a ban: finer is pretence, and coarser numbers print alike on every machine. */
const round = (bans: number): number => Math.round(bans * 100) / 100 + 0

const instant = (ms: number): string => (Number.isFinite(ms) ? new Date(ms).toISOString() : '')
