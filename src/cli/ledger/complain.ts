/** What the ledger refuses, as a command says it: one line and a status. */
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { LedgerError } from '../../ledger/error.ts'
import { LogError } from '../../ledger/log-error.ts'
import { StoreError } from '../../ledger/object-store.ts'
import { UsageError, type ExitStatus, type Io } from '../command.ts'

/** Refusals that name what was asked for, not what the log holds. */
const USAGE: readonly LogError['code'][] = ['no-ledger', 'refused']

/**
 * Runs a command. A log that is not what was signed ends with status 3, a place that cannot be read
 * or written with status 2, each with its sentence.
 */
export const orComplain = async (io: Io, work: () => Promise<ExitStatus>): Promise<ExitStatus> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StoreError) throw new UsageError(sentenceOf(error))
    const cause = error instanceof LogError ? error.cause : undefined
    if (cause instanceof StoreError) throw new UsageError(sentenceOf(cause))
    if (!(error instanceof LogError) && !(error instanceof LedgerError)) throw error
    if (error instanceof LogError && USAGE.includes(error.code))
      throw new UsageError(error.sentence)
    io.err(`assay: ${error.sentence[io.language]}\n`)
    return 3
  }
}

export const sentenceOf = (error: StoreError): Sentence =>
  say(`store.${error.code}`, { reason: error.message })
