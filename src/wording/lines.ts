/**
 * The eight red lines and five key links as a table (Trial Measures for online live marketing, Art. 18
 * and 20): which rules of words belong to each, what only a person can see, and examples of both
 * kinds, in English and Chinese, that the test suite holds the lists to.
 */
import * as z from 'zod'
import { PLACES, SPEAKERS, STEPS, type Place } from './lexicon.ts'

const sentence = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })

const example = z.strictObject({
  language: z.enum(['en', 'zh']),
  text: z.string().min(1),
  speaker: z.enum(SPEAKERS),
  place: z.enum(PLACES),
  category: z.string().optional(),
})

const line = z.strictObject({
  id: z.string().regex(/^(red-line-[1-8]|key-link-[1-5])$/),
  /** Row of the law pack. */
  provision: z.string().min(1),
  title: sentence,
  /** What the words are searched for. */
  check: sentence,
  /** A hit of one of these rules concerns this line, wherever it stands. */
  rules: z.array(z.string().min(1)),
  /** A hit of any rule concerns this line if it stands here. */
  places: z.array(z.enum(PLACES)).min(1).optional(),
  /** The first step of the ladder that is suggested, unless the rule names its own. */
  step: z.enum(STEPS),
  /** What only a picture or a sound could show, for a person to look at. */
  person: sentence.optional(),
  examples: z.strictObject({
    breach: z.array(example).min(1),
    innocent: z.array(example).min(1),
  }),
})

const linesFile = z.strictObject({
  version: z.string().min(1),
  from: z.iso.date(),
  lines: z.array(line).min(1),
})

export type Line = z.infer<typeof line>

/** @throws ZodError where the table has the wrong shape */
export const parseLines = (json: unknown): readonly Line[] => linesFile.parse(json).lines

/** The lines that a hit of `rule` at `place` concerns: a title may break a red line and a key link. */
export const linesOf = (lines: readonly Line[], rule: string, place: Place): readonly Line[] =>
  lines.filter(({ rules, places }) => rules.includes(rule) || places?.includes(place) === true)
