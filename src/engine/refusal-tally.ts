/**
 * What was refused, by code: every one counted, the first ten of each kept as examples, so that a
 * million bad lines cost no more than ten.
 */
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import { refusalSentence, type Refusal as Inadmissible } from '../vocabulary/index.ts'
import type { Refused } from './report.ts'

const EXAMPLES = 10
/** Why a line of a file did not become an event, beside the reasons of the vocabulary. */
const READING_CODES = [
  'not-json',
  'wrong-encoding',
  'line-too-long',
  'cut-off',
  'broken-archive',
  'far-off-time',
  'bad-row',
  'not-a-message',
  'not-in-mapping',
  'unknown-format',
  'wrong-source',
] as const

type Misread = {
  readonly code: (typeof READING_CODES)[number]
  readonly field?: string
  readonly expected?: string
  readonly got?: string
}

export type Refusal = Inadmissible | Misread

type Example = Refused['examples'][number]

type Entry = { count: number; readonly text: Sentence; readonly examples: Example[] }

export class RefusalTally {
  readonly #byCode = new Map<string, Entry>()

  add(refusal: Refusal, where: () => string): void {
    let entry = this.#byCode.get(refusal.code)
    if (entry === undefined) {
      entry = { count: 0, text: textOf(refusal), examples: [] }
      this.#byCode.set(refusal.code, entry)
    }
    entry.count += 1
    if (entry.examples.length < EXAMPLES) entry.examples.push(exampleOf(refusal, where()))
  }

  get total(): number {
    let total = 0
    for (const { count } of this.#byCode.values()) total += count
    return total
  }

  save() {
    return copyOf(this.#byCode)
  }

  load(saved: ReturnType<RefusalTally['save']>): void {
    for (const [code, entry] of copyOf(saved)) this.#byCode.set(code, entry)
  }

  /** Most frequent code first. */
  list(): readonly Refused[] {
    return [...this.#byCode]
      .map(([code, { count, text, examples }]) => ({ code, count, text, examples }))
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
  }
}

const copyOf = (entries: ReadonlyMap<string, Entry>): Map<string, Entry> =>
  new Map([...entries].map(([code, entry]) => [code, { ...entry, examples: [...entry.examples] }]))

const exampleOf = ({ field, expected, got }: Refusal, where: string): Example => ({
  where,
  ...(field === undefined || field === '' ? {} : { field }),
  ...(expected === undefined ? {} : { expected }),
  ...(got === undefined ? {} : { got }),
})

/** A refusal as a person reads it. */
export const textOf = (refusal: Refusal): Sentence =>
  isMisread(refusal) ? say(`refused.${refusal.code}`) : refusalSentence(refusal)

const isMisread = (refusal: Refusal): refusal is Misread =>
  (READING_CODES as readonly string[]).includes(refusal.code)
