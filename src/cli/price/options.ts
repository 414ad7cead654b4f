/** Options that the price commands share. */
import { say } from '../../language/say.ts'
import { chainedTerms, parallelTerms, type Terms } from '../../pricing/terms.ts'
import { UsageError } from '../command.ts'

/** Of every question about a shop: what is left out, as of when, how coupons work, and how it is told. */
export const QUESTION = {
  'skip-refused': { type: 'boolean' },
  at: { type: 'string' },
  terms: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** A whole number from 1. */
export const countOf = (option: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (value < 1) throw new UsageError(say('price.bad-count', { option, text }))
  return value
}

/** The two readings of docs/pricing.md, by name. */
export const termsOf = (name: string | undefined): Terms => {
  if (name === undefined || name === 'parallel') return parallelTerms
  if (name === 'chained') return chainedTerms
  throw new UsageError(say('price.bad-terms', { name }))
}
