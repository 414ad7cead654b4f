/** Options that the price commands share. */
import { say } from '../../language/say.ts'
import { UsageError } from '../command.ts'

/** A whole number from 1. */
export const countOf = (option: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (value < 1) throw new UsageError(say('price.bad-count', { option, text }))
  return value
}
