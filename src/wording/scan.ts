/**
 * One pass over folded text with all automata: where every word of the lexicon stands, in whatever
 * spelling. Linear: each unit moves each automaton once, and a word found is looked at once, over
 * its own length.
 */
import type { Automaton } from './automaton.ts'
import { HOMOPHONE, PINYIN } from './bits.ts'
import { DIGIT, HAN, LATIN, NUMERAL, SPACE, SYMBOL } from './characters.ts'
import type { Compiled } from './compile.ts'
import { isOddAlone, isTone, judgeSound, judgeSpelling } from './disguise.ts'
import { BREAK, DISGUISED, REPEATED, type Folded } from './fold.ts'
import type { Spelling } from './lexemes.ts'
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

const MARRED = REPEATED | DISGUISED

/** Units beside a Latin letter in which a word may be that is partly written in letters. */
const AROUND = 16

// Traits of a character: its column in the automaton of characters in the low 18 bits, that in the
// automaton of syllables in the next ten, and flags.
const COLUMN = 0x3ffff
const SOUND_AT = 18
const SOUND = 0x3ff
/** Sounds like a lexeme of one character, and is not so common that it is no disguise. */
const ALONE = 1 << 28
const STARTS_NUMBER = 1 << 29
const KNOWN = 1 << 30

// The shape of a spelling: its length in the low 16 bits, flags, and the disguises that it is.
const SIZE = 0xffff
const HAS_SYMBOL = 1 << 16
/** Found where its characters stand side by side: nothing else is asked. */
const SIMPLE = 1 << 17
const BITS_AT = 18
const shapeOf = ({ size, hasSymbol, doubled, via, bits }: Spelling): number =>
  size |
  (hasSymbol ? HAS_SYMBOL : 0) |
  (doubled.length === 0 && via !== 'initial' ? SIMPLE : 0) |
  (bits << BITS_AT)

/** What it returns is overwritten by the next call. */
export const createScanner = (compiled: Compiled): ((folded: Folded) => Occurrences) => {
  const { characters, syllables, spellings, soundings, lexemes, common, alone } = compiled
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
  // Of every word of the automaton, side by side in memory: nearly every word of a text is asked.
  const owners = characters.words.map((word) => spellings[word]!.lexeme)
  const shapes = characters.words.map((word) => shapeOf(spellings[word]!))
  /** `plainFrom`: the first unit from which on nothing stands between or beside the characters. */
  const takeSpellings = (
    folded: Folded,
    state: number,
    unit: number,
    hard: number,
    plainFrom: number,
  ): void => {
    const { kinds, notes, marks } = folded
    const { first, words } = characters
    const end = unit + 1
    const isHan = kinds[unit] === HAN
    for (let i = first[state]!, last = first[state + 1]!; i < last; i += 1) {
      const shape = shapes[i]!
      if ((shape & HAS_SYMBOL) !== hard) continue
      const size = shape & SIZE
      const start = marks === 0 || hard !== 0 ? end - size : back(folded, end, size)
      if (start < 0) continue
      const owner = owners[i]!
      if (
        (shape & SIMPLE) !== 0 &&
        isHan &&
        start >= plainFrom &&
        kinds[start] === HAN &&
        (notes[start]! & MARRED) === 0
      ) {
        put(owner, start, end, shape >> BITS_AT)
        continue
      }
      const bits = judgeSpelling(folded, spellings[words[i]!]!, lexemes[owner]!, start, end)
      if (bits >= 0) put(owner, start, end, bits)
    }
  }
  // Of every sounding: its lexeme, and the characters of that, from `from[i]` to `from[i + 1]`.
  const singers = Int32Array.from(soundings, ({ lexeme }) => lexeme)
  const from = new Int32Array(soundings.length + 1)
  for (const [i, { syllables: sounds }] of soundings.entries())
    from[i + 1] = from[i]! + sounds.length
  const written = new Int32Array(from[soundings.length]!)
  for (const [i, { lexeme }] of soundings.entries()) written.set(lexemes[lexeme]!.codes, from[i])
  /**
   * Most words that sound so are written as they should be, or are two other characters: told from
   * the characters alone, where nothing stands between them.
   */
  const isOther = ({ codes }: Folded, sounding: number, end: number): boolean => {
    const first = from[sounding]!
    const start = end - from[sounding + 1]! + first
    let changed = 0
    let odd = 0
    for (let unit = start; unit < end; unit += 1) {
      const code = codes[unit]!
      if (code === written[first + unit - start]) continue
      changed += 1
      if (common[code] !== 1) odd += 1
    }
    return changed === 0 || (end - start === 2 && (changed === 2 || odd === 0))
  }
  const takeSounds = (folded: Folded, of: Automaton, state: number, unit: number): void => {
    for (let i = of.first[state]!, last = of.first[state + 1]!; i < last; i += 1) {
      const sounding = of.words[i]!
      if (of === syllables && folded.marks === 0 && isOther(folded, sounding, unit + 1)) continue
      const lexeme = singers[sounding]!
      const { syllables: sounds } = soundings[sounding]!
      const heard = judgeSound(folded, lexemes[lexeme]!, sounds, unit + 1, common)
      // Both automata find a word in Chinese characters alone; the letters are for the others.
      if (heard !== null && (of === syllables || (heard.bits & PINYIN) !== 0))
        put(lexeme, heard.start, unit + 1, heard.bits)
    }
  }
  /** Lexemes of one other character that sounds like this one. */
  const alikes = new Map<number, readonly number[]>()
  const alikeTo = (code: number): readonly number[] => {
    let list = alikes.get(code)
    if (list === undefined) {
      list =
        alone.get(syllableOf(code))?.filter((lexeme) => lexemes[lexeme]!.codes[0] !== code) ?? []
      alikes.set(code, list)
    }
    return list
  }
  /** A single character by its sound: patterns ask what stands beside it. */
  const takeAlone = (folded: Folded, unit: number): void => {
    if (!isOddAlone(folded, unit)) return
    for (const lexeme of alikeTo(folded.codes[unit]!)) put(lexeme, unit, unit + 1, HOMOPHONE)
  }
  // All that is asked of every character, in one number, made when it is first met.
  const traits = new Int32Array(0x110000)
  const traitsOf = (code: number): number => {
    const isAlone = common[code] !== 1 && alikeTo(code).length > 0
    return (traits[code] =
      characters.columnOf(code) |
      (syllables.columnOf(syllableOf(code)) << SOUND_AT) |
      (isAlone ? ALONE : 0) |
      (STARTS.has(code) ? STARTS_NUMBER : 0) |
      KNOWN)
  }
  return (folded) => {
    const { length, codes, kinds, notes } = folded
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
    let plainFrom = 0
    firstEnding[0] = 0
    for (let unit = 0; unit < length; unit += 1) {
      const code = codes[unit]!
      const kind = kinds[unit]!
      if (numberFrom >= 0 && !goesOn(folded, unit)) {
        putNumber(folded, numberFrom, unit)
        numberFrom = -1
      }
      firstEnding[unit + 1] = found.count
      const trait = traits[code]! || traitsOf(code)
      const column = trait & COLUMN
      if (kind === LATIN || notes[unit] !== 0) plainFrom = unit
      if (kind >= SPACE) {
        hard = characters.move(hard === 0 ? soft : hard, column)
        takeSpellings(folded, hard, unit, HAS_SYMBOL, plainFrom)
        continue
      }
      if (numberFrom < 0 && (kind === DIGIT || kind === NUMERAL || (trait & STARTS_NUMBER) !== 0))
        numberFrom = unit
      soft = characters.move(soft, column)
      takeSpellings(folded, soft, unit, 0, plainFrom)
      if (hard !== 0) {
        hard = characters.move(hard, column)
        if (hard === soft) hard = 0
        else takeSpellings(folded, hard, unit, HAS_SYMBOL, plainFrom)
      }
      const tone = kind === DIGIT && isTone(folded, unit)
      if (kind !== LATIN && !tone) {
        sound = syllables.move(sound, (trait >> SOUND_AT) & SOUND)
        takeSounds(folded, syllables, sound, unit)
        if ((trait & ALONE) !== 0 && kind === HAN) takeAlone(folded, unit)
      } else sound = 0
      if (kind === LATIN && unit >= latinUntil) {
        // The characters before the first letter may belong to the same word.
        letters ??= compiled.letters()
        letter = 0
        for (let before = Math.max(latinUntil, unit - AROUND); before < unit; before += 1)
          if (kinds[before]! < SPACE) letter = spellOut(folded, letters, letter, before)
      }
      if (kind === LATIN) latinUntil = unit + AROUND
      if (letters === null || unit >= latinUntil || tone) continue
      letter = spellOut(folded, letters, letter, unit)
      takeSounds(folded, letters, letter, unit)
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
    let least = LONG
    for (let unit = start; unit < end; unit += 1) {
      if (unit > start && (notes[unit]! & BREAK) === SYMBOL) {
        isPrice ||= group < GROUP
        least = LONG_IN_GROUPS
        group = 0
      }
      if (kinds[unit] === HAN) continue
      digits += 1
      group += 1
    }
    if (digits >= least && group >= Math.min(GROUP, digits) && !isPrice)
      put(compiled.longNumber, start, end, 0)
  }
}

/** Feeds one unit to the automaton of letters. */
const spellOut = (
  { codes, kinds }: Folded,
  letters: Automaton,
  state: number,
  unit: number,
): number => {
  const code = codes[unit]!
  if (kinds[unit] === LATIN) return letters.move(state, letters.columnOf(code - 0x60))
  const spelled = lettersOf(syllableOf(code))
  let next = spelled.length === 0 ? 0 : state
  for (let i = 0; i < spelled.length; i += 1)
    next = letters.move(next, letters.columnOf(spelled[i]!))
  return next
}

/** Digits in a row that are a telephone or account number (`##`). */
const LONG = 6
/** 138-0013-8000 stands in groups of three and four; 1980.00 does not. */
const GROUP = 3
/** In groups it has as many digits as a telephone: 155-185 is a range of sizes, 180/105 one of them. */
const LONG_IN_GROUPS = 10

/** Whether a number that has begun goes on with this unit. */
const goesOn = ({ kinds, codes, notes }: Folded, unit: number): boolean => {
  const kind = kinds[unit]!
  const gap = notes[unit]! & BREAK
  if (kind === DIGIT || kind === NUMERAL) return gap <= SYMBOL
  return gap === 0 && POWERS.has(codes[unit]!)
}

const codesOf = (characters: string): ReadonlySet<number> =>
  new Set(Array.from(characters, (character) => character.charCodeAt(0)))
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
