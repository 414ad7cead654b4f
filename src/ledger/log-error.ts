/** Why a log refuses to open or to go on. Every refusal names what disagrees, in both languages. */
import type { Sentence } from '../language/sentence.ts'

export type LogErrorCode =
  /** The store does not hold what the head says was signed: a restored back-up. */
  | 'older-than-head'
  /** The head is behind what was published, or there is none: the second place was restored or lost. */
  | 'head-behind'
  /** Two heads of one size with two roots, or what others have seen contradicts what stands here. */
  | 'forked'
  /** A witness or mirror holds a larger checkpoint than stands here. */
  | 'older-than-seen'
  /** Bytes in the store that the log's own hashes do not explain. */
  | 'damaged'
  /** A head or checkpoint of another log, or one that this key did not sign. */
  | 'foreign'
  /** Another writer swapped the head first: this one may sign nothing more. */
  | 'fenced'
  /** No ledger, or no key of one, where one was named. */
  | 'no-ledger'
  /** An entry over 65,535 bytes, or a leaf that would tear a sequence. */
  | 'refused'
  /** The writer was closed, or stopped at an earlier failure (`cause`); open the log again. */
  | 'stopped'

export class LogError extends Error {
  readonly code: LogErrorCode
  readonly sentence: Sentence
  constructor(code: LogErrorCode, sentence: Sentence, options?: ErrorOptions) {
    super(sentence.en, options)
    this.code = code
    this.sentence = sentence
  }
}
