/**
 * The distinct words of a lexicon, folded, and every spelling of each that is looked for. A spelling
 * is a row of folded units for the automaton of characters; sounds go to the automaton of letters.
 */
import { buildAutomaton, Rows, type Automaton } from './automaton.ts'
import { BITS } from './bits.ts'
import { HAN, kindOf, NUMERAL, SYMBOL, unitOf } from './characters.ts'
import { BREAK, createFolder, REPEATED, type Folded } from './fold.ts'
import type { Spellings } from './lexicon.ts'
import type { Disguise } from './read.ts'
import {
  hasSeveralReadings,
  lettersOf,
  soundOf,
  soundsOf,
  syllableNamed,
  syllableOf,
} from './sounds.ts'

export type Lexeme = {
  /** As the lexicon writes it. */
  readonly text: string
  readonly codes: readonly number[]
  readonly kinds: readonly number[]
  /** Units before which the word itself has a space. */
  readonly spaces: readonly number[]
  /** Units that the word itself doubles (天天): the text must, too. */
  readonly doubled: readonly number[]
}

export type Spelling = {
  readonly lexeme: number
  /** The disguise that the spelling itself is. */
  readonly via: Disguise | null
  readonly bits: number
  /** In units. */
  readonly size: number
  readonly spaces: readonly number[]
  readonly doubled: readonly number[]
  readonly hasSymbol: boolean
}

/** How a lexeme sounds, a syllable a unit. */
export type Sounding = { readonly lexeme: number; readonly syllables: readonly number[] }

/** How far a word may be disguised and still be found: see `spelling` of an entry. */
export const REACHES = ['exact', 'written', 'all'] as const
export type Reach = (typeof REACHES)[number]

/** Marks that never belong to a word, though words are written with them: `No.1`. */
const FILLERS = new Set('.-_·/*|~')

/** Whole-word initials shorter than this are too many other things (gjj is 公积金, too). */
const MIN_INITIALS = 4

const NOWHERE: readonly number[] = []
const NO_MARKS = { spaces: NOWHERE, doubled: NOWHERE }

export class Lexemes {
  readonly list: Lexeme[] = []
  readonly #reach: number[] = []
  readonly #byText = new Map<string, number>()
  readonly #fold: (text: string) => Folded
  /** Marks that some word contains; text keeps them as units. */
  readonly kept: ReadonlySet<number>

  /** `all`: every word of the lexicon, for the marks in them. */
  constructor(all: Iterable<string>) {
    const kept = new Set<number>()
    for (const text of all)
      for (const character of text)
        if (kindOf(unitOf(character.codePointAt(0)!)) === SYMBOL && !FILLERS.has(character))
          kept.add(character.codePointAt(0)!)
    this.kept = kept
    this.#fold = createFolder(kept)
  }

  /** The number of a word; the widest reach that anybody asks for holds. -1 for an empty word. */
  add(text: string, reach: Reach): number {
    const wide = REACHES.indexOf(reach)
    const known = this.#byText.get(text)
    if (known !== undefined) {
      this.#reach[known] = Math.max(this.#reach[known]!, wide)
      return known
    }
    const { length, codes, kinds, notes } = this.#fold(text)
    if (length === 0) return -1
    const places = (test: (note: number, place: number) => boolean): readonly number[] => {
      const found: number[] = []
      for (let i = 0; i < length; i += 1) if (test(notes[i]!, i)) found.push(i)
      return found.length === 0 ? NOWHERE : found
    }
    this.#byText.set(text, this.list.length)
    this.#reach.push(wide)
    this.list.push({
      text,
      codes: Array.from(codes.subarray(0, length)),
      kinds: Array.from(kinds.subarray(0, length)),
      spaces: places((note, place) => place > 0 && (note & BREAK) !== 0),
      doubled: places((note) => (note & REPEATED) !== 0),
    })
    return this.list.length - 1
  }

  /** A number for something that no spelling stands for. */
  reserve(text: string): number {
    this.#reach.push(0)
    return this.list.push({ text, codes: [], kinds: [], ...NO_MARKS }) - 1
  }

  /** Compiles everything added so far. */
  spell(table: Spellings): {
    readonly characters: Automaton
    readonly spellings: readonly Spelling[]
    /** Built when it is first asked for: most texts have no Latin letter beside a character. */
    readonly letters: () => Automaton
    readonly syllables: Automaton
    /** By syllable: lexemes of a single character that sounds so. */
    readonly alone: ReadonlyMap<number, readonly number[]>
    readonly soundings: readonly Sounding[]
  } {
    const spellings: Spelling[] = []
    const soundings: Sounding[] = []
    const rows = new Rows()
    /** Ends the row that has been written. */
    const put = (
      lexeme: number,
      via: Disguise | null,
      { spaces, doubled }: Pick<Lexeme, 'spaces' | 'doubled'> = NO_MARKS,
    ) => {
      const from = rows.ends.at(-1)!
      rows.close()
      const until = rows.ends.at(-1)!
      let hasSymbol = false
      for (let i = from; i < until; i += 1) hasSymbol ||= this.kept.has(rows.symbols[i]!)
      const bits = via === null ? 0 : BITS[via]
      spellings.push({ lexeme, via, bits, size: until - from, spaces, doubled, hasSymbol })
    }
    const putChanged = (
      lexeme: number,
      via: Disguise,
      at: number,
      units: ArrayLike<number>,
    ): void => {
      const { codes } = this.list[lexeme]!
      rows.push(codes, 0, at)
      rows.push(units)
      rows.push(codes, at + 1)
      put(lexeme, via)
    }
    let letters: Automaton | undefined
    const alone = new Map<number, readonly number[]>()
    const substitutes = this.#substitutes(table)
    const codeWords = Object.entries(table.codeWords)
    const heads = new Set(codeWords.map(([means]) => means.codePointAt(0)!))
    for (const [number, lexeme] of this.list.entries()) {
      const { codes, text } = lexeme
      if (codes.length === 0) continue
      rows.push(codes)
      put(number, null, lexeme)
      const reach = this.#reach[number]!
      if (reach === 0) continue
      for (const [i, code] of codes.entries())
        for (const [via, units] of substitutes.get(code) ?? []) putChanged(number, via, i, units)
      // Few words hold any of them.
      for (const [means, words] of someCode(text, heads) ? codeWords : []) {
        if (!text.includes(means)) continue
        for (const word of words) {
          const { length, codes: units } = this.#fold(text.replace(means, word))
          rows.push(units, 0, length)
          put(number, 'code-word')
        }
      }
      if (reach < 2) continue
      const syllables = codes.map(syllableOf)
      if (!lexeme.kinds.every((kind) => kind === HAN || kind === NUMERAL) || syllables.includes(0))
        continue
      const initials = syllables.map((syllable) => 0x60 + lettersOf(syllable)[0]!)
      // One letter reads as a character beside another: 1d is the code of something, not 一带.
      const written = lexeme.kinds.filter((kind) => kind === HAN).length
      for (const [i, initial] of initials.entries())
        if (codes.length === 1 || written > (lexeme.kinds[i] === HAN ? 1 : 0))
          putChanged(number, 'initial', i, [initial])
      // A single character is a part of a pattern: patterns.ts asks for its neighbours.
      if (codes.length >= MIN_INITIALS) {
        rows.push(initials)
        put(number, 'initial')
      }
      for (const sounding of readings(syllables, text)) {
        soundings.push({ lexeme: number, syllables: sounding })
        if (sounding.length === 1)
          alone.set(sounding[0]!, [...(alone.get(sounding[0]!) ?? []), number])
      }
    }
    return {
      characters: buildAutomaton(rows),
      spellings,
      letters: () =>
        (letters ??= automatonOf(soundings, (row, { syllables }) => {
          for (const each of syllables) row.push(lettersOf(each))
        })),
      // Single characters stand apart: nearly every one in a text sounds like some of them.
      syllables: automatonOf(soundings, (row, { syllables }) => {
        if (syllables.length > 1) row.push(syllables)
      }),
      alone,
      soundings,
    }
  }

  #substitutes(table: Spellings): ReadonlyMap<number, readonly (readonly [Disguise, number[]])[]> {
    const all = new Map<number, (readonly [Disguise, number[]])[]>()
    const take = (via: Disguise, of: Readonly<Record<string, readonly string[]>>) => {
      for (const [character, others] of Object.entries(of))
        for (const other of others) {
          const code = this.#fold(character).codes[0]!
          const { length, codes, notes } = this.#fold(other)
          // 火火 would fold to 火, and 消火 is not 消炎.
          if (notes.subarray(0, length).some((note) => (note & REPEATED) !== 0)) continue
          all.set(code, [...(all.get(code) ?? []), [via, [...codes.subarray(0, length)]]])
        }
    }
    take('split', table.splits)
    take('look-alike', table.lookAlikes)
    return all
  }
}

const someCode = (text: string, codes: ReadonlySet<number>): boolean => {
  for (let i = 0; i < text.length; i += 1) if (codes.has(text.codePointAt(i)!)) return true
  return false
}

const automatonOf = (
  soundings: readonly Sounding[],
  write: (rows: Rows, sounding: Sounding) => void,
): Automaton => {
  const rows = new Rows()
  for (const sounding of soundings) {
    write(rows, sounding)
    rows.close()
  }
  return buildAutomaton(rows)
}

/** As its characters sound one by one, and as the word is read (银行: yin hang), if that differs. */
const readings = (single: readonly number[], text: string): readonly (readonly number[])[] => {
  if (!hasSeveralReadings(text)) return [single]
  const inWord = soundsOf(text)
  if (inWord.length !== single.length) return [single]
  const differs = inWord.some((sound, i) => sound !== '' && sound !== soundOf(single[i]!))
  return differs ? [single, inWord.map((sound, i) => syllableNamed(sound) || single[i]!)] : [single]
}
