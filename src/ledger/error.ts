/** What the formats refuse: one class, one union of codes, each with its sentence in both languages. */
import type { proofs } from '../language/catalogue/proofs.ts'
import { say } from '../language/say.ts'
import type { Sentence, Value } from '../language/sentence.ts'

type ErrorKey = Extract<keyof typeof proofs, `proofs.${string}`>
export type LedgerErrorCode = ErrorKey extends `proofs.${infer Code}` ? Code : never

/** Malformed, hostile or unproven input. `message` is the English of `sentence`. */
export class LedgerError extends Error {
  readonly code: LedgerErrorCode
  readonly sentence: Sentence
  constructor(code: LedgerErrorCode, values: Readonly<Record<string, Value>> = {}) {
    const sentence = untyped(`proofs.${code}`, values)
    super(sentence.en)
    this.code = code
    this.sentence = sentence
  }
}

/** The values of a template are checked when it is said; the compiler cannot follow a code here. */
const untyped = say as (key: string, values: Readonly<Record<string, Value>>) => Sentence
