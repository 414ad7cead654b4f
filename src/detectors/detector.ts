/**
 * The one shape of a detector. Facts are folded once into the room's tables (`tables/`); a detector
 * is a pure function of them that weighs named hypotheses, at least one of them innocent.
 */
import type {
  Family,
  FindingKind,
  Hypotheses,
  Hypothesis,
  Provision,
  Reason,
  SuspectKind,
} from '../vocabulary/finding.ts'
import type { Sentence } from '../language/sentence.ts'
import type { Evidence, Room } from './room.ts'

/** A set of views, accounts, comments … and the probability, 0 to 1, that each is not genuine. */
export type Suspicion = {
  readonly kind: SuspectKind
  readonly broadcast?: string
  readonly families: readonly Family[]
  /** Rows of the table that `kind` names, with a probability each; same length. */
  readonly rows: Uint32Array
  readonly probabilities: Float64Array
}

/** What a detector says: a finding in the making, before judgement adds law and wording. */
export type Signal = {
  readonly kind: FindingKind
  readonly broadcast?: string
  readonly subject: string
  /** Weights are in bans against the innocent hypothesis of the list, which stands at 0. */
  readonly hypotheses: Hypotheses
  readonly summary: Sentence
  readonly reasons: readonly Reason[]
  /** True when there was too little to say anything. */
  readonly insufficient?: boolean
  /** True when rivals cannot be told apart whatever the weights (no second family spoke). */
  readonly undetermined?: boolean
  /** People of whom it could not be determined whether they are genuine. */
  readonly doubtful?: number
  readonly evidence: readonly string[]
  /** Cited instead of those that the kind of finding rests on. */
  readonly provisions?: readonly Provision[]
  /** ms. */
  readonly from: number
  readonly until: number
  readonly suspicions: readonly Suspicion[]
}

/** A detector of one broadcast. */
export type Detector = {
  readonly name: string
  readonly hypotheses: readonly [Hypothesis, Hypothesis, ...Hypothesis[]]
  /** Where the method is written: paper, standard or provision. */
  readonly source: string
  readonly weigh: (room: Room, evidence: Evidence) => readonly Signal[]
}

/** A detector over all broadcasts and orders of an audit. */
export type CrossDetector = Omit<Detector, 'weigh'> & {
  readonly weigh: (evidence: Evidence) => readonly Signal[]
}
