/** What checking a bundle gives, and what it takes: the words that its parts have in common. */
import type { Sentence } from '../language/sentence.ts'
import { LedgerError } from './error.ts'
import type { Sha256 } from './hash.ts'
import type { Policy, TrustedCheckpoint } from './policy.ts'

export type BundleFailureCode =
  /** The bag: its lists and what they list. */
  | 'unsafe-path'
  | 'bad-declaration'
  | 'bad-manifest'
  | 'missing-file'
  | 'extra-file'
  | 'changed-file'
  | 'bad-oxum'
  /** Who vouches for the log. */
  | 'bad-policy'
  | 'bad-checkpoint'
  /** What the log holds. */
  | 'bad-proof'
  | 'other-checkpoint'
  | 'unproven-entry'
  | 'idle-proof'
  | 'bad-entry'
  | 'bad-disclosure'
  | 'bad-telemetry'
  /** What the entries say. */
  | 'unproven-recording'
  | 'other-recording'
  | 'bad-snapshot'
  | 'other-clip'
  /** What an authority stamped. */
  | 'bad-timestamp'

export type BundleFailure = {
  /** The file that does not pass, or the one whose list or proof does not. */
  readonly file: string
  readonly code: BundleFailureCode
  /** What failed. */
  readonly text: Sentence
}

export type BundleTimestamp = {
  /** The file that was stamped. */
  readonly file: string
  /** When, ms since the epoch, and by whom; null where tokens cannot be checked in this place. */
  readonly stamped: { readonly at: number; readonly authority: string } | null
}

export type BundleReport = {
  readonly failures: readonly BundleFailure[]
  /** `own`: the verifier's policy. `bundled`: the one in the bundle, which its sender chose. */
  readonly policy: 'own' | 'bundled'
  /** The same of the time-stamping authorities. */
  readonly authorities: 'own' | 'bundled'
  readonly checkpoint: TrustedCheckpoint | null
  readonly entries: number
  readonly disclosed: number
  /** Digests without a disclosure: erased, or withheld. */
  readonly withheld: number
  /** Files of the recording that entries vouch for. */
  readonly recordings: number
  /** Payload that no entry vouches for: made for reading, listed and nothing more. */
  readonly unproven: readonly string[]
  readonly timestamps: readonly BundleTimestamp[]
  readonly bytes: number
  readonly rooms: readonly RoomSpan[]
  /** Whether there is a page to read, which nobody can vouch for. */
  readonly hasPage: boolean
}

/**
 * Of one room: the numbers run without gaps, so what is left out between the first and the last shows.
 * What came before and after does not.
 */
export type RoomSpan = {
  readonly room: string
  readonly first: number
  readonly last: number
  readonly present: number
}

export type BundleChecks = {
  /** The verifier's own trust. Without it the bundle's is used, and the report says so. */
  readonly policy?: Policy
  readonly hash?: Sha256
  /**
   * That the token stamps `data`, by one of `authorities` (PEM). Absent where tokens cannot be
   * checked (a browser page). @throws Error when it does not
   */
  readonly checkTimestamp?: (
    token: Uint8Array,
    data: Uint8Array,
    authorities: string,
  ) => { readonly at: number; readonly authority: string }
  /** The verifier's own time-stamping authorities (PEM); else the ones in the bundle. */
  readonly authorities?: string
  /**
   * The clip that `by` makes of these recordings; null where it cannot be made here. Absent, a clip
   * that was not simply joined counts as unproven.
   */
  readonly remakeClip?: (
    recordings: readonly Uint8Array[],
    by: string,
  ) => Promise<Uint8Array | null>
}

export type Fail = (file: string, code: BundleFailureCode, text: Sentence) => void

export type BundleCheckpoint = {
  readonly trusted: TrustedCheckpoint
  /** The note, as every proof must repeat it. */
  readonly note: string
}

export const reasonOf = (error: unknown): Sentence => {
  if (error instanceof LedgerError) return error.sentence
  throw error
}
