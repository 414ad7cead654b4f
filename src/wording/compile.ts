/**
 * A lexicon made ready for reading: every word a lexeme, every entry's words, patterns and contexts
 * as numbers of lexemes.
 */
import type { Automaton } from './automaton.ts'
import { Lexemes, type Lexeme, type Reach, type Sounding, type Spelling } from './lexemes.ts'
import {
  LexiconError,
  type ContextWords,
  type Entry,
  type Exception,
  type Lexicon,
  type WordingRule,
} from './lexicon.ts'

type Near = Readonly<Record<'before' | 'after' | 'sentence', ReadonlySet<number> | null>>

export type CompiledEntry = {
  readonly entry: Entry
  readonly rule: WordingRule
  readonly within: ReadonlySet<number> | null
  readonly unless: Near | null
  readonly when: Near | null
}

/** A part of one or more patterns that are alike up to it. */
export type PatternNode = {
  /** The part before it, or -1. */
  readonly parent: number
  /** At most so many units after that part. */
  readonly gap: number
  /** Entries whose pattern is whole with it. */
  readonly entries: number[]
  /** Whether no pattern goes on from it. */
  isLast: boolean
}

export type Patterns = {
  readonly nodes: readonly PatternNode[]
  /** Of every lexeme: the nodes that it may stand for, parents before children. */
  readonly partsOf: readonly (readonly number[])[]
}

/** What a lexeme is for. */
export type Uses = {
  /** Entries of which it is a term. */
  readonly terms: number[]
  readonly parts: number[]
  readonly exceptions: Exception[]
  readonly categories: string[]
  /** Which lists of context words hold it: their bits, see `CONTEXT`. */
  context: number
}

/** A bit for each list of context words. */
export const CONTEXT: Readonly<Record<keyof ContextWords, number>> = {
  negations: 1,
  negationsAfter: 2,
  notNegations: 4,
  turns: 8,
  quotations: 16,
  notQuotations: 32,
  questions: 64,
  notQuestions: 128,
  asked: 256,
}

export type Compiled = {
  readonly lexemes: readonly Lexeme[]
  readonly kept: ReadonlySet<number>
  readonly characters: Automaton
  readonly spellings: readonly Spelling[]
  readonly letters: () => Automaton
  readonly syllables: Automaton
  readonly alone: ReadonlyMap<number, readonly number[]>
  readonly soundings: readonly Sounding[]
  readonly entries: readonly CompiledEntry[]
  readonly patterns: Patterns
  readonly uses: readonly Uses[]
  /** Lexemes that stand for `#`, any number, and `##`, a long one; no spelling of theirs is sought. */
  readonly number: number
  readonly longNumber: number
  /** By code: 1 for characters so common that one of them is no disguise. */
  readonly common: Uint8Array
}

/** The lexemes that may stand for a part of a pattern. */
type Choice = { readonly lexemes: ReadonlySet<number>; readonly key: string }

/** @throws LexiconError for a pattern that cannot be read */
export const compile = (lexicon: Lexicon): Compiled => {
  const lexemes = new Lexemes(everyWord(lexicon))
  const uses: Uses[] = []
  const use = (word: string, reach: Reach): number => {
    const number = lexemes.add(word, reach)
    if (number >= 0) uses[number] ??= noUses()
    return number
  }
  const usesOf = (word: string, reach: Reach): Uses | undefined => uses[use(word, reach)]
  const set = (words: readonly string[] | undefined, reach: Reach) =>
    words === undefined ? null : new Set(words.map((word) => use(word, reach)))
  const near = (lists: Entry['when']): Near | null =>
    lists === undefined
      ? null
      : {
          before: set(lists.before, 'written'),
          after: set(lists.after, 'written'),
          sentence: set(lists.sentence, 'written'),
        }
  const number = lexemes.reserve('#')
  const longNumber = lexemes.reserve('##')
  uses[number] = noUses()
  uses[longNumber] = noUses()
  const nodes: PatternNode[] = []
  const known = new Map<string, number>()
  // Few choices are written, and many patterns share them.
  const choices = new Map<string, Choice>()
  const choiceOf = (written: string, reach: Reach, words: () => readonly string[]): Choice => {
    const name = `${reach} ${written}`
    let choice = choices.get(name)
    if (choice === undefined) {
      const all = words().map((word) =>
        word === '#' ? number : word === '##' ? longNumber : use(word, reach),
      )
      choice = { lexemes: new Set(all), key: all.sort((a, b) => a - b).join(' ') }
      choices.set(name, choice)
    }
    return choice
  }
  /** The node for a choice of lexemes behind another node, made once. */
  const follow = (parent: number, gap: number, choice: Choice): number => {
    const key = `${parent} ${gap} ${choice.key}`
    const there = known.get(key)
    if (there !== undefined) return there
    const node = nodes.push({ parent, gap, entries: [], isLast: true }) - 1
    known.set(key, node)
    if (parent >= 0) nodes[parent]!.isLast = false
    for (const lexeme of choice.lexemes) uses[lexeme]?.parts.push(node)
    return node
  }
  const entries = lexicon.entries.map((entry, at): CompiledEntry => {
    const reach = entry.spelling ?? 'all'
    for (const term of entry.terms ?? []) usesOf(term, reach)?.terms.push(at)
    for (const written of entry.patterns ?? []) {
      let node = -1
      for (const { choice, words, gap, asWritten } of parsePattern(
        written,
        entry.id,
        lexicon.classes,
      ))
        node = follow(node, gap, choiceOf(choice, asWritten ? 'exact' : reach, words))
      nodes[node]!.entries.push(at)
    }
    return {
      entry,
      rule: lexicon.rules.get(entry.rule)!,
      // A disguised look-alike is a look-alike still.
      within: set(entry.unless?.within, 'all'),
      unless: near(entry.unless),
      when: near(entry.when),
    }
  })
  for (const exception of lexicon.exceptions)
    for (const term of exception.terms) usesOf(term, 'all')?.exceptions.push(exception)
  for (const [category, { words }] of lexicon.categories)
    for (const word of words) usesOf(word, 'written')?.categories.push(category)
  for (const [key, words] of Object.entries(lexicon.context))
    for (const word of words) {
      const own = usesOf(word, 'written')
      if (own !== undefined) own.context |= CONTEXT[key as keyof ContextWords]
    }
  const common = new Uint8Array(0x10000)
  for (const character of lexicon.spellings.common) common[character.charCodeAt(0)] = 1
  return {
    ...lexemes.spell(lexicon.spellings),
    lexemes: lexemes.list,
    kept: lexemes.kept,
    entries,
    patterns: { nodes, partsOf: uses.map(({ parts }) => parts) },
    uses,
    number,
    longNumber,
    common,
  }
}

const noUses = (): Uses => ({
  terms: [],
  parts: [],
  exceptions: [],
  categories: [],
  context: 0,
})

const everyWord = function* (lexicon: Lexicon): Iterable<string> {
  for (const { terms = [], patterns = [], unless, when } of lexicon.entries) {
    yield* terms
    yield* patterns.map((pattern) => pattern.replace(/~\d+|[#|@_=]/g, ' '))
    for (const lists of [unless, when])
      if (lists) for (const list of Object.values(lists)) yield* list ?? []
  }
  for (const list of lexicon.classes.values()) yield* list
  for (const { terms } of lexicon.exceptions) yield* terms
  for (const { words } of lexicon.categories.values()) yield* words
  for (const list of Object.values(lexicon.context)) yield* list
  for (const list of Object.values(lexicon.spellings.codeWords)) yield* list
}

type Part = {
  /** As it is written. */
  readonly choice: string
  /** What it stands for. */
  readonly words: () => readonly string[]
  readonly gap: number
  /** No disguise of these words is sought: those of a frame tell nothing alone. */
  readonly asWritten: boolean
}

const parsePattern = (
  written: string,
  entry: string,
  classes: Lexicon['classes'],
): readonly Part[] => {
  const fail = (what: string): never => {
    throw new LexiconError('pattern', `${entry}: "${written}": ${what}`)
  }
  const expand = (word: string): readonly string[] => {
    if (!word.startsWith('@')) return [word.replaceAll('_', ' ')]
    return (classes.get(word.slice(1)) ?? fail(`there is no class ${word}`)).flatMap(expand)
  }
  const parts: Part[] = []
  let gap: number | null = null
  for (const token of written.trim().split(/\s+/)) {
    const jump = /^~(\d{1,2})$/.exec(token)
    if (jump !== null) {
      if (gap !== null || parts.length === 0) fail(`${token} stands between no two parts`)
      gap = Number(jump[1])
      continue
    }
    const asWritten = token.startsWith('=')
    const choice = asWritten ? token.slice(1) : token
    const words = () => {
      const all = choice.split('|').flatMap(expand)
      return all.includes('') ? fail('an empty choice') : all
    }
    parts.push({ choice, words, gap: gap ?? 0, asWritten })
    gap = null
  }
  if (gap !== null) fail('ends with a gap')
  if (parts.length < 2) fail('a single part is a term')
  return parts
}
