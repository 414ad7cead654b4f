/**
 * One pass over folded text with all automata: where every word of the lexicon stands, in whatever
 * spelling. Linear: each unit moves each automaton once, and a word found is looked at once, over
 * its own length.
 */
import { SMALL, type Automaton } from './automaton.ts'
import { HOMOPHONE, PINYIN } from './bits.ts'
import { DIGIT, HAN, LATIN, NUMERAL, SPACE, SYMBOL } from './characters.ts'
import type { Compiled } from './compile.ts'
import { isOddAlone, isPlain, isTone, judgeSound, judgeSpelling } from './disguise.ts'
import { BREAK, type Folded } from './fold.ts'
import { lettersOf, syllableOf } from './sounds.ts'

/** Occurrences in the order of their ends; `firstEnding[u]` is the first that ends after unit u − 1. */
export type Occurrences = {
  count: number
  lexeme: Int32Array
  start: Int32Array
  /** One past the last unit. */
  end: Int32Array
  bits: Int32Array
  firstEnding: Int32Array
}

/** More things than this between two characters, and nobody reads them as one word. */
const MAX_BETWEEN = 24

/** Units beside a Latin letter in which a word may be that is partly written in letters. */
const AROUND = 16

/** What it returns is overwritten by the next call. */
export const createScanner = (compiled: Compiled): ((folded: Folded) => Occurrences) => {
  const { characters, syllables, spellings, soundings, lexemes, common } = compiled
  const aloneBySyllable: (readonly number[] | undefined)[] = []
  for (const [syllable, alike] of compiled.alone) aloneBySyllable[syllable] = alike
  const found: Occurrences = {
    count: 0,
    lexeme: new Int32Array(256),
    start: new Int32Array(256),
    end: new Int32Array(256),
    bits: new Int32Array(256),
    firstEnding: new Int32Array(256),
  }
  const put = (lexeme: number, start: number, end: number, bits: number): void => {
    if (found.count === found.lexeme.length) {
      found.lexeme = doubled(found.lexeme)
      found.start = doubled(found.start)
      found.end = doubled(found.end)
      found.bits = doubled(found.bits)
    }
    found.lexeme[found.count] = lexeme
    found.start[found.count] = start
    found.end[found.count] = end
    found.bits[found.count] = bits
    found.count += 1
  }
  // Of every spelling, side by side in memory: nearly every word of a text is asked for these.
  const owners = Int32Array.from(spellings, ({ lexeme }) => lexeme)
  const sizes = Int32Array.from(spellings, ({ codes }) => codes.length)
  const needed = Int32Array.from(spellings, ({ bits }) => bits)
  const withSymbol = Uint8Array.from(spellings, ({ hasSymbol }) => (hasSymbol ? 1 : 0))
  const isSimple = Uint8Array.from(spellings, ({ doubled, via }) =>
    doubled.length === 0 && via !== 'initial' ? 1 : 0,
  )
  const takeSpellings = (folded: Folded, state: number, unit: number, hard: 0 | 1): void => {
    const { ending, behind, first, words } = characters
    const end = unit + 1
    for (let at = ending[state]!; at >= 0; at = behind[at]!)
      for (let i = first[at]!; i < first[at + 1]!; i += 1) {
        const word = words[i]!
        if (withSymbol[word] !== hard) continue
        const size = sizes[word]!
        const start = folded.marks === 0 || hard === 1 ? end - size : back(folded, end, size)
        if (start < 0) continue
        const owner = owners[word]!
        if (isSimple[word] === 1 && isPlain(folded, start, end)) {
          put(owner, start, end, needed[word]!)
          continue
        }
        const bits = judgeSpelling(folded, spellings[word]!, lexemes[owner]!, start, end)
        if (bits >= 0) put(owner, start, end, bits)
      }
  }
  const takeSounds = (folded: Folded, of: Automaton, state: number, unit: number): void => {
    for (let at = of.ending[state]!; at >= 0; at = of.behind[at]!)
      for (let i = of.first[at]!; i < of.first[at + 1]!; i += 1) {
        const { lexeme, syllables: sounds } = soundings[of.words[i]!]!
        const heard = judgeSound(folded, lexemes[lexeme]!, sounds, unit + 1, common)
        // Both automata find a word in Chinese characters alone; the letters are for the others.
        if (heard !== null && (of === syllables || (heard.bits & PINYIN) !== 0))
          put(lexeme, heard.start, unit + 1, heard.bits)
      }
  }
  /** A single character by its sound: patterns ask what stands beside it. */
  const takeAlone = (folded: Folded, syllable: number, unit: number): void => {
    const alike = aloneBySyllable[syllable]
    if (alike === undefined || !isOddAlone(folded, unit)) return
    for (let i = 0; i < alike.length; i += 1)
      if (lexemes[alike[i]!]!.codes[0] !== folded.codes[unit])
        put(alike[i]!, unit, unit + 1, HOMOPHONE)
  }
  return (folded) => {
    const { length, codes, kinds } = folded
    found.count = 0
    if (found.firstEnding.length < length + 2) found.firstEnding = new Int32Array(length * 2 + 2)
    const { firstEnding } = found
    let soft = 0
    // After a mark that words contain (`%`), the automaton that took it runs beside the one that
    // took it for something between, until both agree again.
    let hard = 0
    let sound = 0
    // Letters matter only near Latin ones: up to `latinUntil`.
    let letters: Automaton | null = null
    let letter = 0
    let latinUntil = 0
    let numberFrom = -1
    firstEnding[0] = 0
    for (let unit = 0; unit < length; unit += 1) {
      const code = codes[unit]!
      const kind = kinds[unit]!
      if (numberFrom >= 0 && !goesOn(folded, unit)) {
        putNumber(folded, numberFrom, unit)
        numberFrom = -1
      }
      firstEnding[unit + 1] = found.count
      if (kind >= SPACE) {
        hard = characters.step(hard === 0 ? soft : hard, code)
        if (characters.ending[hard]! >= 0) takeSpellings(folded, hard, unit, 1)
        continue
      }
      if (numberFrom < 0 && (kind === DIGIT || kind === NUMERAL || STARTS[code] === 1))
        numberFrom = unit
      soft = characters.step(soft, code)
      if (characters.ending[soft]! >= 0) takeSpellings(folded, soft, unit, 0)
      if (hard !== 0) {
        hard = characters.step(hard, code)
        if (hard === soft) hard = 0
        else if (characters.ending[hard]! >= 0) takeSpellings(folded, hard, unit, 1)
      }
      const tone = isTone(folded, unit)
      if (kind !== LATIN && !tone) {
        const syllable = syllableOf(code)
        sound = syllable === 0 ? 0 : syllables.step(sound, syllable)
        if (syllables.ending[sound]! >= 0) takeSounds(folded, syllables, sound, unit)
        if (kind === HAN && common[code] !== 1) takeAlone(folded, syllable, unit)
      } else sound = 0
      if (kind === LATIN && unit >= latinUntil) {
        // The characters before the first letter may belong to the same word.
        letters ??= compiled.letters()
        letter = 0
        for (let before = Math.max(latinUntil, unit - AROUND); before < unit; before += 1)
          if (kinds[before]! < SPACE) letter = spellOut(folded, letters.table, letter, before)
      }
      if (kind === LATIN) latinUntil = unit + AROUND
      if (letters === null || unit >= latinUntil || tone) continue
      letter = spellOut(folded, letters.table, letter, unit)
      if (letters.ending[letter]! >= 0) takeSounds(folded, letters, letter, unit)
    }
    if (numberFrom >= 0) putNumber(folded, numberFrom, length)
    firstEnding[length + 1] = found.count
    return found
  }

  function putNumber({ kinds, notes }: Folded, start: number, end: number): void {
    put(compiled.number, start, end, 0)
    let digits = 0
    let group = 0
    let isPrice = false
    for (let unit = start; unit < end; unit += 1) {
      if (unit > start && (notes[unit]! & BREAK) === SYMBOL) {
        isPrice ||= group < GROUP
        group = 0
      }
      if (kinds[unit] === HAN) continue
      digits += 1
      group += 1
    }
    if (digits >= LONG && group >= Math.min(GROUP, digits) && !isPrice)
      put(compiled.longNumber, start, end, 0)
  }
}

/** Feeds one unit to the automaton of letters. */
const spellOut = (
  { codes, kinds }: Folded,
  moves: Int32Array,
  state: number,
  unit: number,
): number => {
  const code = codes[unit]!
  if (kinds[unit] === LATIN) return moves[state * SMALL + code - 0x60]!
  const spelled = lettersOf(syllableOf(code))
  let next = spelled.length === 0 ? 0 : state
  for (let i = 0; i < spelled.length; i += 1) next = moves[next * SMALL + spelled[i]!]!
  return next
}

/** Digits in a row that are a telephone or account number (`##`). */
const LONG = 6
/** 138-0013-8000 stands in groups of three and four; 1980.00 does not. */
const GROUP = 3

/** Whether a number that has begun goes on with this unit. */
const goesOn = ({ kinds, codes, notes }: Folded, unit: number): boolean => {
  const kind = kinds[unit]!
  const gap = notes[unit]! & BREAK
  if (kind === DIGIT || kind === NUMERAL) return gap <= SYMBOL
  return gap === 0 && POWERS[codes[unit]!] === 1
}

/** By code: 1 for each of these characters. */
const codesOf = (characters: string): Uint8Array => {
  const table = new Uint8Array(0x10000)
  for (const character of characters) table[character.charCodeAt(0)] = 1
  return table
}
const POWERS = codesOf('十百千万亿半点几多余两')
const STARTS = codesOf('十百千万亿半几两俩')

/** The unit at which `length` units begin that end before `end`; -1 where too much lies between. */
const back = ({ kinds }: Folded, end: number, length: number): number => {
  let unit = end
  let between = 0
  for (let left = length; left > 0; left -= 1) {
    unit -= 1
    while (unit >= 0 && kinds[unit]! >= SPACE) {
      unit -= 1
      between += 1
      if (between > MAX_BETWEEN) return -1
    }
  }
  return unit
}

const doubled = (array: Int32Array): Int32Array => {
  const wide = new Int32Array(array.length * 2)
  wide.set(array)
  return wide
}
