/** The one shape of a command: what it is called, how it is used, and what it does. */
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import type { Language } from '../language/sentence.ts'

/** 0 done · 1 found what `--fail-on` names · 2 bad usage or input · 3 verification failed. */
export type ExitStatus = 0 | 1 | 2 | 3

export type Io = {
  readonly out: (text: string) => void
  /** Progress and complaints: stderr. */
  readonly err: (text: string) => void
  readonly isTerminal: boolean
  readonly language: Language
  readonly signal: AbortSignal
}

export type Command = {
  readonly name: string
  readonly summary: Sentence
  /** Shown by `--help`: usage, options and at least one example. */
  readonly help: Sentence
  readonly run: (args: readonly string[], io: Io) => Promise<ExitStatus>
}

/** Bad usage or input: one line, what and where; exit status 2. */
export class UsageError extends Error {
  readonly sentence: Sentence
  constructor(sentence: Sentence) {
    super(sentence.en)
    this.sentence = sentence
  }
}

/** What `parseArgs` of Node dislikes, as a line of ours. @throws UsageError */
export const orUsageError = <T>(parse: () => T): T => {
  try {
    return parse()
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error)
    throw new UsageError(say('cli.bad-option', { reason }))
  }
}
