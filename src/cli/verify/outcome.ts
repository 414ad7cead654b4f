/** What `assay verify` found, of a bundle or of a log: as a table for people, as JSON for machines. */
import type { Sentence } from '../../language/sentence.ts'
import { say } from '../../language/say.ts'
import type { Io } from '../command.ts'
import { VERSION } from '../version.ts'

export type Outcome = {
  readonly kind: 'bundle' | 'log'
  readonly path: string
  /** `own`: `--policy` was given. `bundled`: what came with the evidence says whom to trust. */
  readonly policy: 'own' | 'bundled'
  readonly failures: readonly {
    readonly file: string
    readonly code: string
    readonly text: Sentence
  }[]
  readonly verdict: Sentence
  readonly holds: readonly Sentence[]
  readonly caveats: readonly Sentence[]
}

export const passes = ({ failures }: Outcome): boolean => failures.length === 0

/** More than these help nobody; `--json` has them all. */
const FAILURES_SHOWN = 20

export const printOutcome = (outcome: Outcome, io: Io): void => {
  const { failures, verdict, holds, caveats } = outcome
  const line = (mark: string, sentence: Sentence) => `  ${mark} ${sentence[io.language]}`
  const lines = [
    verdict[io.language],
    '',
    ...failures
      .slice(0, FAILURES_SHOWN)
      .map(({ file, text }) => `  ✗ ${file}\n    ${text[io.language]}`),
    ...(failures.length > FAILURES_SHOWN
      ? [line(' ', say('verify.more', { count: failures.length - FAILURES_SHOWN }))]
      : []),
    ...holds.map((sentence) => line('✓', sentence)),
    '',
    ...caveats.map((sentence) => line('·', sentence)),
  ]
  io.out(`${lines.join('\n')}\n`)
}

export const printJson = (outcome: Outcome, io: Io): void => {
  const report = { assay: VERSION, passes: passes(outcome), ...outcome }
  io.out(`${JSON.stringify(report, null, 1)}\n`)
}
