/**
 * Findings, weights of evidence and the assessment of a broadcast (DESIGN "Judgement").
 *
 * The currency is the ban: log10 of the likelihood ratio of two named hypotheses (I. J. Good,
 * "Probability and the Weighing of Evidence", 1950); the verbal scale is that of the ENFSI
 * guideline for evaluative reporting (2015).
 */
import type { Sentence } from '../language/sentence.ts'

/** Independent kinds of evidence. Weights add across families, never within one. */
export const FAMILIES = [
  'network',
  'behaviour',
  'account',
  'transaction',
  'content',
  'public',
] as const
export type Family = (typeof FAMILIES)[number]

export const FINDING_KINDS = [
  'bought-viewers',
  'paid-crowd',
  'undisclosed-boost',
  'bought-likes',
  'machine-comments',
  'empty-interest',
  'inflated-display',
  'order-anomaly',
  'order-concentration',
  'price-script',
  'false-reference-price',
  'promise-broken',
  'unequal-treatment',
  'claim-contradicted',
  'claim-unsupported',
  'red-line',
  'key-link',
  'offsite-lure',
  'brushing-service',
  'criticism-removed',
  'replay-missing',
  'deletion-under-hold',
  'complaint-cluster',
] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

export const STRENGTHS = [
  'none',
  'weak',
  'moderate',
  'moderately-strong',
  'strong',
  'very-strong',
  'extremely-strong',
] as const
export type Strength = (typeof STRENGTHS)[number]

/** Lower bound in bans of each strength after the first. */
const STRENGTH_FLOOR_BANS = [0.3, 1, 2, 3, 4, 6] as const

/** The verbal scale of a weight in bans; a weight against (negative) has no strength. */
export const strengthOf = (bans: number): Strength => {
  let rank = 0
  for (const floor of STRENGTH_FLOOR_BANS) if (bans >= floor) rank += 1
  return STRENGTHS[rank] ?? 'none'
}

export const isGraver = (one: Strength, other: Strength): boolean =>
  STRENGTHS.indexOf(one) > STRENGTHS.indexOf(other)

/**
 * Every hypothesis that a detector may name. `innocent` ones accuse nobody: a finding led by one
 * is not reported as a suspicion.
 */
export const HYPOTHESES = {
  'bought-traffic': { innocent: false },
  'paid-crowd': { innocent: false },
  'bought-likes': { innocent: false },
  'machine-written': { innocent: false },
  'staged-interest': { innocent: false },
  'inflated-counter': { innocent: false },
  'self-brushing': { innocent: false },
  'third-party-attack': { innocent: false },
  'false-claim': { innocent: false },
  'unproven-claim': { innocent: false },
  'unlawful-wording': { innocent: false },
  'criticism-suppressed': { innocent: false },
  'unkept-promise': { innocent: false },
  'replay-not-kept': { innocent: false },
  'evidence-destruction': { innocent: false },
  'ordinary-audience': { innocent: true },
  'recorded-boost': { innocent: true },
  'unrecorded-push': { innocent: true },
  'shared-network': { innocent: true },
  'client-timer': { innocent: true },
  'fan-club': { innocent: true },
  'eager-fans': { innocent: true },
  'host-prompt': { innocent: true },
  'window-shopping': { innocent: true },
  'partial-telemetry': { innocent: true },
  'honest-returns': { innocent: true },
  'flash-sale': { innocent: true },
  'honest-claim': { innocent: true },
  'corrected-on-air': { innocent: true },
  'ordinary-speech': { innocent: true },
  'ordinary-moderation': { innocent: true },
  'never-held': { innocent: true },
  'still-processing': { innocent: true },
  'routine-deletion': { innocent: true },
  'other-offer': { innocent: true },
  'payment-pending': { innocent: true },
} as const
export type Hypothesis = keyof typeof HYPOTHESES

export type Hypotheses = readonly { readonly name: Hypothesis; readonly weightBans: number }[]

/** One thing observed, what each hypothesis led to expect, and what it weighs for the first. */
export type Reason = {
  readonly family: Family
  readonly text: Sentence
  readonly observed: number | string
  /** What was to be expected under each named hypothesis. */
  readonly expected: Readonly<Partial<Record<Hypothesis, number | string>>>
  /** Weight for the detector's first hypothesis against its innocent one, in bans. */
  readonly weightBans: number
}

export type Verdict = 'supported' | 'undetermined' | 'insufficient-data'

export type Finding = {
  /** Stable for equal evidence: kind, broadcast and subject. */
  readonly finding: string
  readonly kind: FindingKind
  readonly broadcast?: string
  readonly subject: string
  /** At least two, one innocent; the leading one first. Weights are against the innocent one. */
  readonly hypotheses: Hypotheses
  readonly verdict: Verdict
  readonly weightBans: number
  readonly strength: Strength
  readonly families: readonly Family[]
  readonly summary: Sentence
  readonly reasons: readonly Reason[]
  readonly provisions: readonly Provision[]
  /** Ids of events that it rests on, at most 20; the suspects file names everyone. */
  readonly evidence: readonly string[]
  /** RFC 3339 in UTC. */
  readonly from: string
  readonly until: string
}

/** How far the text behind a provision was read: verified, partly, or not. Shown wherever cited. */
export type Reading = 'verified' | 'partly-verified' | 'unverified'

export type Provision = {
  /** Row id of the obligations table, e.g. `M21-18-4`. */
  readonly id: string
  readonly title: Sentence
  readonly reading: Reading
  /** `draft` for a text that never entered into force on the date of the event. */
  readonly status: 'in-force' | 'draft'
}

export type SuspectKind = 'view' | 'account' | 'comment' | 'like' | 'order' | 'merchant'

/** One line of the suspects file. */
export type Suspect = {
  readonly kind: SuspectKind
  readonly id: string
  readonly broadcast?: string
  /** Probability, 0 to 1, that this is not genuine. */
  readonly probability: number
  readonly weightBans: number
  readonly families: readonly Family[]
}

/** A 90 % interval with its point estimate; `estimate` is null where the evidence cannot say. */
export type Interval = {
  readonly estimate: number | null
  readonly low: number
  readonly high: number
}

/** One figure three ways; null is "not shown" or "cannot be said", never zero. */
export type Figure = {
  readonly displayed: number | null
  readonly observed: number | null
  readonly genuine: Interval | null
  /** 1 − genuine / displayed, the share that is not real; null where either is unknown. */
  readonly water: number | null
}
