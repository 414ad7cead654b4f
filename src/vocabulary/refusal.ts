/** Why an event was not taken: which field, what was expected there, what came. */
import type { z } from 'zod'
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import { expectations } from '../language/catalogue/refusals.ts'

export type RefusalCode =
  | 'not-an-object'
  | 'missing-field'
  | 'missing-subject'
  | 'wrong-type'
  | 'out-of-bounds'
  | 'not-one-of'
  | 'bad-format'
  | 'bad-time'
  | 'unknown-type'

export type Refusal = {
  readonly code: RefusalCode
  /** Dotted path, e.g. `data.lines.0.quantity`; empty where the event as a whole is meant. */
  readonly field: string
  /** The kind of field by its name in docs/events.md (`id`, `time`, …) or the values it may take. */
  readonly expected: string
  /** What came, at most 80 characters, with nothing in it that a terminal or a log would obey. */
  readonly got: string
}

const LEGIBLE_LENGTH = 80

/** The refusal as a person reads it. */
export const refusalSentence = (refusal: Refusal): Sentence => {
  const { code, field, got } = refusal
  const expected = { term: expectationOf(refusal.expected) }
  if (code === 'not-an-object' || code === 'unknown-type') return say(`refused.${code}`, { got })
  if (code === 'missing-subject') return say('refused.missing-subject')
  if (code === 'missing-field') return say('refused.missing-field', { field, expected })
  return say(`refused.${code}`, { field, expected, got })
}

/** Turns the first thing that a schema disliked about `value` into a refusal. */
export const refusalOf = (issue: z.core.$ZodIssue, value: unknown): Refusal => {
  const got = valueAt(value, issue.path)
  return {
    code: codeOf(issue, got),
    field: legible(issue.path.join('.')),
    expected: issue.message,
    got: display(got),
  }
}

/** A value in a few characters: literals as JSON writes them, containers as `[…]` and `{…}`. */
export const display = (value: unknown): string => {
  if (typeof value === 'string') return legible(JSON.stringify(value.slice(0, LEGIBLE_LENGTH + 1)))
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return legible(String(value))
  if (typeof value === 'object')
    return value === null ? 'null' : Array.isArray(value) ? '[…]' : '{…}'
  return value === undefined ? 'nothing' : typeof value
}

const codeOf = (issue: z.core.$ZodIssue, got: unknown): RefusalCode => {
  if (got === undefined) return issue.path[0] === 'subject' ? 'missing-subject' : 'missing-field'
  if (issue.code === 'custom') return issue.message === 'time' ? 'bad-time' : 'bad-format'
  return CODES[issue.code] ?? 'wrong-type'
}

const CODES: Partial<Record<z.core.$ZodIssue['code'], RefusalCode>> = {
  too_small: 'out-of-bounds',
  too_big: 'out-of-bounds',
  invalid_value: 'not-one-of',
  invalid_format: 'bad-format',
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown => {
  let at = value
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Record<PropertyKey, unknown>)[key]
  }
  return at
}

/**
 * Cuts to 80 characters and escapes controls, line separators, bidirectional marks and lone
 * surrogates: refused text is written by whoever wants to be refused, and ends up in logs.
 */
const legible = (text: string): string => {
  const escaped = text
    .slice(0, LEGIBLE_LENGTH + 1)
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`)
  return escaped.length <= LEGIBLE_LENGTH ? escaped : `${escaped.slice(0, LEGIBLE_LENGTH - 1)}…`
}

const expectationOf = (expected: string): Sentence =>
  Object.hasOwn(expectations, expected)
    ? expectations[expected as keyof typeof expectations]
    : { en: expected, zh: expected }
