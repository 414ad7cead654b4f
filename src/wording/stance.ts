/**
 * What a comment or a review says of goods and seller: critical, praising, or neither. A lexicon
 * with negation, contrast and questions (as in M. Taboada et al., "Lexicon-based methods for
 * sentiment analysis", Computational Linguistics 37(2), 2011), in Chinese and English. The list is
 * data (`policies/<pack>/stance.json`).
 *
 * It serves the audit of removals only, and leans to `neutral`: a question is no criticism, and
 * praise and blame in equal parts are neither.
 */
import * as z from 'zod'
import { foldTerm, Terms, type Found } from './terms.ts'

const words = z.array(z.string().min(1)).min(1)

const stanceFile = z.strictObject({
  version: z.string().min(1),
  about: z.strictObject({ en: z.string(), zh: z.string() }).optional(),
  /** By what is criticised or praised. */
  critical: z.record(z.string(), words),
  praising: z.record(z.string(), words),
  /** Longer words that hold one of the above and mean neither. */
  neutral: words,
  /** What follows weighs double: "nice, but it broke". */
  contrasts: words,
  negations: words,
  questions: words,
  /** Questions that are none. */
  rhetorical: words,
  /** Neutral in a sentence; on a filter list they can only stop complaints. */
  complaints: words,
  /** What a removal may lawfully rest on, by the ground that a moderator would give. */
  abuse: words,
  privacy: words,
  spam: words,
  illegal: words,
})

export type StanceFile = z.infer<typeof stanceFile>
export type Stance = 'critical' | 'praising' | 'neutral'
export type Ground = 'privacy' | 'abuse' | 'spam' | 'illegal'

export type StanceReading = {
  readonly stance: Stance
  /** Words that it rests on, as they stand in the list. */
  readonly cues: readonly string[]
  /** What is criticised, by the names of the list (`fake`, `money`, …); empty unless critical. */
  readonly topics: readonly string[]
}

export type StanceReader = {
  /** Whether a word by itself, on a filter list, is one of complaints. */
  readonly isComplaint: (word: string) => boolean
  readonly stanceOf: (text: string) => StanceReading
  /** Grounds for a removal that show in the text itself. */
  readonly groundsOf: (text: string) => ReadonlySet<Ground>
}

/** @throws RangeError for a file of the wrong shape */
export const parseStance = (json: unknown): StanceFile => {
  const result = stanceFile.safeParse(json)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new RangeError(`${issue!.path.join(' ')}: ${issue!.message}`)
}

type Part =
  | { readonly kind: 'critical' | 'praising'; readonly topic: string }
  | { readonly kind: 'neutral' | 'contrast' | 'negation' | 'question' | 'rhetorical' }

/** A negation reaches over so many characters: 不是很好用, "not a very good pan". */
const NEGATION_REACH = { han: 4, latin: 16 }
/** Text beyond this is not read: comments are short, and work must be bounded. */
const MOST_CHARACTERS = 2000

export const createStance = (file: StanceFile): StanceReader => {
  const terms = new Terms<Part>(partsOf(file))
  const grounds = new Terms<Ground>(groundsIn(file))
  const complaints = new Set(file.complaints.map(foldTerm))
  return {
    isComplaint: (word) => complaints.has(foldTerm(word).trim()),
    stanceOf: (text) => {
      const folded = foldTerm(text.slice(0, MOST_CHARACTERS))
      return weigh(folded, terms.find(folded))
    },
    groundsOf: (text) => {
      const folded = foldTerm(text.slice(0, MOST_CHARACTERS))
      const found = new Set(grounds.find(folded).map(({ value }) => value))
      if (PERSONAL.test(folded)) found.add('privacy')
      return found
    },
  }
}

/** Resident ids (18 digits, GB 11643), mobile numbers, bank cards: digits that name a person. */
const PERSONAL = /(?<!\d)(?:\d{17}[\dx]|1[3-9]\d{9}|\d{16,19})(?!\d)/

function* partsOf(file: StanceFile): Generator<readonly [string, Part]> {
  for (const term of file.neutral) yield [term, { kind: 'neutral' }]
  for (const kind of ['critical', 'praising'] as const)
    for (const [topic, list] of Object.entries(file[kind]))
      for (const term of list) yield [term, { kind, topic }]
  for (const term of file.rhetorical) yield [term, { kind: 'rhetorical' }]
  for (const term of file.questions) yield [term, { kind: 'question' }]
  for (const term of file.contrasts) yield [term, { kind: 'contrast' }]
  for (const term of file.negations) yield [term, { kind: 'negation' }]
}

function* groundsIn(file: StanceFile): Generator<readonly [string, Ground]> {
  for (const ground of ['abuse', 'privacy', 'illegal', 'spam'] as const)
    for (const term of file[ground]) yield [term, ground]
}

const weigh = (text: string, found: readonly Found<Part>[]): StanceReading => {
  const isQuestion =
    found.some(({ value }) => value.kind === 'question') &&
    !found.some(({ value }) => value.kind === 'rhetorical')
  if (isQuestion) return NEUTRAL
  let [critical, praising] = [0, 0]
  let weight = 1
  const cues: string[] = []
  const topics = new Set<string>()
  let negation: Found<Part> | undefined
  for (const hit of found) {
    const { value } = hit
    if (value.kind === 'contrast') weight = 2
    else if (value.kind === 'negation') negation = hit
    else if (value.kind === 'critical' || value.kind === 'praising') {
      const isNegated = negation !== undefined && reaches(text, negation.end, hit)
      negation = undefined
      // Denied blame is no praise: 不是假货 may be the seller's own line.
      if (value.kind === 'critical' && isNegated) continue
      cues.push(hit.term)
      if (value.kind === 'praising' && !isNegated) praising += weight
      else {
        critical += weight
        topics.add(value.kind === 'critical' ? value.topic : 'quality')
      }
    }
  }
  if (critical === praising) return NEUTRAL
  return critical > praising
    ? { stance: 'critical', cues, topics: [...topics] }
    : { stance: 'praising', cues, topics: [] }
}

const NEUTRAL: StanceReading = { stance: 'neutral', cues: [], topics: [] }

/** Within the same clause and near enough. */
const reaches = (text: string, from: number, hit: Found<Part>): boolean => {
  const between = text.slice(from, hit.start)
  if (/[,.;!?，。；！？、\n]/.test(between)) return false
  const isHan = /\p{Script=Han}/u.test(hit.term)
  return between.length <= (isHan ? NEGATION_REACH.han : NEGATION_REACH.latin)
}
