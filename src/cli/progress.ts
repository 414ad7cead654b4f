/** Progress on standard error, for work that takes over a second: one line that keeps changing. */
import type { Sentence } from '../language/sentence.ts'
import type { Io } from './command.ts'

const QUIET_MS = 1000
/** How often a terminal is refreshed, and a log file gets another line. */
const TERMINAL_MS = 100
const LOG_MS = 5000

export type Progress = {
  readonly tell: (sentence: () => Sentence) => void
  readonly end: () => void
}

export const progressOn = (io: Io, now: () => number = Date.now): Progress => {
  const begun = now()
  let told = begun
  let width = 0
  return {
    tell: (sentence) => {
      const at = now()
      if (at - begun < QUIET_MS || at - told < (io.isTerminal ? TERMINAL_MS : LOG_MS)) return
      told = at
      const text = sentence()[io.language]
      if (io.isTerminal) io.err(`\r${text.padEnd(width)}`)
      else io.err(`${text}\n`)
      width = Math.max(width, text.length)
    },
    end: () => {
      if (io.isTerminal && width > 0) io.err(`\r${' '.repeat(width * 2)}\r`)
    },
  }
}
