/**
 * The files of a wording pack (`policies/<pack>/wording/*.json`) and what they hold together. A
 * compliance officer edits them; nothing here knows a single word of them. docs/words.md describes
 * every field.
 *
 * Words are written as people write them: the reader folds text and words alike (traditional, full
 * width, …) and finds the other spellings by itself, so a list names each word once.
 */
import * as z from 'zod'
import { FINDING_KINDS } from '../vocabulary/finding.ts'

/** Who says it. `page` is text that stands on the page; `viewer` never speaks for the room. */
export const SPEAKERS = ['host', 'assistant', 'seller', 'page', 'viewer'] as const
export type Speaker = (typeof SPEAKERS)[number]

export const PLACES = [
  'title',
  'cover',
  'bio',
  'caption',
  'claim',
  'comment',
  'banner',
  'listing',
  'review',
] as const
export type Place = (typeof PLACES)[number]

/** Rungs of the ladder that may be automatic (obligations §8.1), or a person's desk. */
export const STEPS = ['L1', 'L2', 'L3', 'L4', 'L5', 'review'] as const
export type Step = (typeof STEPS)[number]

const sentence = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'ids are lower-case words joined by hyphens')
/** A word, or `@class` for all words of a class. */
const word = z.string().min(1).max(60)
const words = z.array(word).min(1)
const speakers = z.array(z.enum(SPEAKERS)).min(1)

const rule = z.strictObject({
  id,
  title: sentence,
  /** Rows of the law pack; those in force on the date of the words are cited. */
  provisions: words,
  step: z.enum(STEPS),
  /** Which finding of an audit a hit belongs to. */
  finding: z.enum(FINDING_KINDS).optional(),
  /** Only a picture or a sound could show the rest of it: a person has to look. */
  person: z.literal(true).optional(),
})

/** Words around a hit, in the same sentence and at most so far away (see context.ts). */
const surroundings = z.strictObject({
  /** Ends at most 6 characters before the hit. */
  before: words.optional(),
  /** Begins at most 6 characters after the hit. */
  after: words.optional(),
  /** Anywhere in the same sentence, at most 60 characters away. */
  sentence: words.optional(),
})

const entry = z
  .strictObject({
    id,
    rule: id,
    terms: words.optional(),
    /**
     * `全国|全网 ~4 第一|领先`: parts in this order, each a choice of words or `@class`, with at
     * most so many characters between (`~N`; nothing between without it), in one sentence. `#` is
     * a number, `##` one of six digits or more. `=没了`, `=@use`: as written, no disguise is sought.
     */
    patterns: z.array(z.string().min(1).max(400)).min(1).optional(),
    /** What is wrong with it, for whoever reads the hit. */
    meaning: sentence,
    /** Instead of those of the rule. */
    provisions: words.optional(),
    step: z.enum(STEPS).optional(),
    /** `violation` unless said; an entry with `needs` gives `needs-fact`. */
    verdict: z.enum(['violation', 'review']).optional(),
    /** The fact that decides, e.g. "a special-cosmetics registration". */
    needs: sentence.optional(),
    /** Without it: everyone but viewers. */
    speakers: speakers.optional(),
    /** Without it: everywhere. */
    places: z.array(z.enum(PLACES)).min(1).optional(),
    /**
     * Categories of goods. `only`: counts for these, and not where the category is unknown;
     * `except`: does not count for these. A category counts for those within it as well.
     */
    products: z
      .strictObject({ only: z.array(id).min(1).optional(), except: z.array(id).min(1).optional() })
      .optional(),
    /** Innocent inside one of these longer words (`within`), or near one of these words. */
    unless: surroundings.extend({ within: words.optional() }).optional(),
    /** Counts only with one of these words near (each given list must be met). */
    when: surroundings.optional(),
    /** Contexts that do not excuse this entry: `不退不换` is a negation and a void term. */
    despite: z.array(z.enum(['negation', 'question', 'quotation'])).optional(),
    /**
     * Which spellings count. `exact`: as it stands, folded; `written`: also with things between,
     * split characters and code words; `all` (the default): also homophones, pinyin, initials. Use
     * `written` only where a sound is known to misfire: every disguise by sound then gets through.
     */
    spelling: z.enum(['exact', 'written', 'all']).optional(),
    /** First and last day on which it counts, within those of the file. */
    from: z.iso.date().optional(),
    until: z.iso.date().optional(),
    note: z.string().optional(),
  })
  .refine((value) => value.terms !== undefined || value.patterns !== undefined, {
    error: 'neither terms nor patterns',
  })

const exception = z.strictObject({
  id,
  /** A hit inside one of these is innocent; without `rules`, a hit of any rule. */
  terms: words,
  rules: z.array(id).min(1).optional(),
  why: sentence,
})

/** How words are disguised: the same for every entry whose spelling allows it. */
const spellings = z.strictObject({
  /** A character by its parts: `强` as `弓虽`. */
  splits: z.record(z.string(), words).optional(),
  /** Characters that look alike: `最` as `朂`. */
  lookAlikes: z.record(z.string(), words).optional(),
  /** Code words for a word: `微信` as `卫星`. */
  codeWords: z.record(z.string(), words).optional(),
  /** Characters so common that one of them is no sign of a disguise. */
  common: z.string().optional(),
})

/** Words that turn a claim into something else; context.ts says how near they have to stand. */
const context = z.strictObject({
  negations: words.optional(),
  /** `谈不上`, after what it denies. */
  negationsAfter: words.optional(),
  /** Ordinary words that contain a negation and negate nothing: `不仅`, `没错`. */
  notNegations: words.optional(),
  /** What takes a negation or a quotation back: `而是`, `但`. */
  turns: words.optional(),
  /** Talk about words instead of goods: `违禁词`, `广告法`. */
  quotations: words.optional(),
  /** Longer words that quote nothing and hint at what they leave out: `不能说那个字`. */
  notQuotations: words.optional(),
  questions: words.optional(),
  /** Questions that are none: `难道`, `对不对`. */
  notQuestions: words.optional(),
  /** Others ask: `有人问`. */
  asked: words.optional(),
})

const wordingFile = z.strictObject({
  version: z.string().min(1),
  from: z.iso.date(),
  until: z.iso.date().optional(),
  about: sentence.optional(),
  rules: z.array(rule).optional(),
  /** Categories of goods by the words that name them; `within` names the wider one. */
  categories: z
    .record(id, z.strictObject({ words, within: id.optional(), title: sentence.optional() }))
    .optional(),
  /** Lists that patterns, terms and contexts name as `@class`. */
  classes: z.record(id, words).optional(),
  exceptions: z.array(exception).optional(),
  entries: z.array(entry).optional(),
  spellings: spellings.optional(),
  context: context.optional(),
})

export type WordingFile = z.infer<typeof wordingFile>
export type WordingRule = z.infer<typeof rule>
export type Entry = Omit<z.infer<typeof entry>, 'from'> & { readonly from: string }
export type Exception = z.infer<typeof exception>
export type Category = { readonly words: readonly string[]; readonly within?: string | undefined }
type Complete<T> = { readonly [K in keyof T]-?: NonNullable<T[K]> }
export type Spellings = Complete<z.infer<typeof spellings>>
export type ContextWords = Complete<z.infer<typeof context>>

/** Everything of a pack's files together, classes resolved, in the order of the files. */
export type Lexicon = {
  /** `name version`, one a file. */
  readonly versions: readonly string[]
  readonly rules: ReadonlyMap<string, WordingRule>
  readonly categories: ReadonlyMap<string, Category>
  readonly classes: ReadonlyMap<string, readonly string[]>
  readonly exceptions: readonly Exception[]
  readonly entries: readonly Entry[]
  readonly spellings: Spellings
  readonly context: ContextWords
}

/** Raised for a list that cannot be used: which file, which entry, and what is wrong with it. */
export class LexiconError extends Error {
  readonly code: 'shape' | 'repeated-id' | 'unknown-id' | 'pattern'
  constructor(code: LexiconError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/**
 * Puts files together. Later files add; nothing is overwritten.
 *
 * @throws LexiconError naming file, entry and what is wrong: a wrong shape, an id that stands
 *   twice, or a rule, class or category that no file holds.
 */
export const parseLexicon = (
  files: readonly { readonly name: string; readonly json: unknown }[],
): Lexicon => {
  const parsed = files.map(({ name, json }) => ({ name, ...read(name, json) }))
  const classes = new Map(parsed.flatMap(({ classes = {} }) => Object.entries(classes)))
  const rules = new Map<string, WordingRule>()
  const categories = new Map<string, Category>()
  const seen = new Set<string>()
  const entries: Entry[] = []
  const exceptions: Exception[] = []
  for (const file of parsed) {
    const once = (kind: string, key: string) => {
      const known = `${kind} ${key}`
      if (seen.has(known))
        throw new LexiconError('repeated-id', `${file.name}: ${known} stands twice`)
      seen.add(known)
    }
    const expand = (of: string, list: readonly string[]): string[] =>
      list.flatMap((each) => {
        if (!each.startsWith('@')) return [each]
        const members = classes.get(each.slice(1))
        if (members === undefined)
          throw new LexiconError('unknown-id', `${file.name}: ${of}: there is no class ${each}`)
        return expand(of, members)
      })
    const near = <T extends Readonly<Record<string, readonly string[] | undefined>>>(
      of: string,
      lists: T | undefined,
    ) =>
      lists === undefined
        ? undefined
        : (Object.fromEntries(
            Object.entries(lists).map(([key, list]) => [key, list && expand(of, list)]),
          ) as T)
    for (const key of Object.keys(file.classes ?? {})) once('class', key)
    for (const each of file.rules ?? []) {
      once('rule', each.id)
      rules.set(each.id, each)
    }
    for (const [key, value] of Object.entries(file.categories ?? {})) {
      once('category', key)
      categories.set(key, { words: expand(key, value.words), within: value.within })
    }
    for (const each of file.exceptions ?? []) {
      once('exception', each.id)
      exceptions.push({ ...each, terms: expand(each.id, each.terms) })
    }
    for (const each of file.entries ?? []) {
      once('entry', each.id)
      entries.push({
        ...each,
        from: each.from === undefined || each.from < file.from ? file.from : each.from,
        until: earlier(each.until, file.until),
        ...(each.terms && { terms: expand(each.id, each.terms) }),
        ...(each.unless && { unless: near(each.id, each.unless) }),
        ...(each.when && { when: near(each.id, each.when) }),
      })
    }
  }
  const lexicon: Lexicon = {
    versions: parsed.map(({ name, version }) => `${name} ${version}`),
    rules,
    categories,
    classes,
    exceptions,
    entries,
    spellings: {
      splits: merged(parsed.map((file) => file.spellings?.splits)),
      lookAlikes: merged(parsed.map((file) => file.spellings?.lookAlikes)),
      codeWords: merged(parsed.map((file) => file.spellings?.codeWords)),
      common: parsed.map((file) => file.spellings?.common ?? '').join(''),
    },
    context: Object.fromEntries(
      CONTEXT_LISTS.map((key) => [key, parsed.flatMap((file) => file.context?.[key] ?? [])]),
    ) as ContextWords,
  }
  checkNames(lexicon)
  return lexicon
}

const CONTEXT_LISTS = Object.keys(context.shape) as (keyof ContextWords)[]

const merged = (
  tables: readonly (Readonly<Record<string, string[]>> | undefined)[],
): Record<string, string[]> => {
  const all: Record<string, string[]> = {}
  for (const table of tables)
    for (const [key, list] of Object.entries(table ?? {})) all[key] = [...(all[key] ?? []), ...list]
  return all
}

const read = (name: string, json: unknown): WordingFile => {
  const result = wordingFile.safeParse(json)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new LexiconError('shape', `${name}: ${placeOf(json, issue!.path)}: ${issue!.message}`)
}

/** `entries 3 (cure-words) terms`: an officer looks for the id, not for the number. */
const placeOf = (json: unknown, path: readonly PropertyKey[]): string => {
  let here: unknown = json
  return path
    .map((key) => {
      here = (here as Record<PropertyKey, unknown> | undefined)?.[key]
      const isNamed =
        typeof here === 'object' && here !== null && 'id' in here && typeof here.id === 'string'
      return isNamed ? `${String(key)} (${(here as { id: string }).id})` : String(key)
    })
    .join(' ')
}

const demand = (known: boolean, of: string, what: string): void => {
  if (!known) throw new LexiconError('unknown-id', `${of}: there is no ${what}`)
}

const earlier = (a: string | undefined, b: string | undefined) =>
  a === undefined || (b !== undefined && b < a) ? b : a

const checkNames = ({ rules, categories, entries, exceptions }: Lexicon): void => {
  for (const { id: of, rule: name, products } of entries) {
    demand(rules.has(name), of, `rule ${name}`)
    for (const each of [...(products?.only ?? []), ...(products?.except ?? [])])
      demand(categories.has(each), of, `category ${each}`)
  }
  for (const { id: of, rules: names = [] } of exceptions)
    for (const name of names) demand(rules.has(name), of, `rule ${name}`)
  for (const [of, { within }] of categories)
    if (within !== undefined) demand(categories.has(within), of, `category ${within}`)
}
