/** Options that the price commands share. */
import { say } from '../../language/say.ts'
import { UsageError } from '../command.ts'

/** What `parseArgs` throws becomes a usage error. */
export const orUsageError = <T>(parse: () => T): T => {
  try {
    return parse()
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error)
    throw new UsageError(say('cli.bad-option', { reason }))
  }
}

/** A whole number from 1. */
export const countOf = (option: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (value < 1) throw new UsageError(say('price.bad-count', { option, text }))
  return value
}
