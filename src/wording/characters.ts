/**
 * What a single character counts as when words are compared: one table from code points to folded
 * units, filled as characters are met. Traditional characters become simplified (OpenCC), widths
 * and styles fall together (NFKC), digits of every script and Chinese numerals become 0–9.
 */
import { Converter } from 'opencc-js/t2cn'
import { seenAs } from './look-alikes.ts'

export const HAN = 0
export const LATIN = 1
export const DIGIT = 2
/** A digit written as a Chinese numeral: it does not run on into the digits beside it. */
export const NUMERAL = 3
/** What may stand between the characters of a word, from the slightest to the plainest break. */
export const INVISIBLE = 4
export const SPACE = 5
export const SYMBOL = 6
export const CLAUSE = 7
export const SENTENCE = 8
/** Ends a sentence and makes a question of it. */
export const QUESTION = 9
/** Folds to several units: `parts` holds them. */
export const SEVERAL = 10

/** A folded character: code point in the low 21 bits, then its kind, then `ODD`. */
export type Unit = number
export const codeOf = (unit: Unit): number => unit & 0x1fffff
export const kindOf = (unit: Unit): number => (unit >> 21) & 15
/** A Chinese character as it stands: nothing but its code. */
export const isPlainHan = (unit: Unit): boolean => unit >>> 21 === HAN
/** Set where the writing itself is a disguise: `①` for 1, Cyrillic а for a. */
export const ODD = 1 << 25

const UNKNOWN = -1
const table = new Int32Array(0x110000).fill(UNKNOWN)
const several: Unit[][] = []

export const unitOf = (code: number): Unit => {
  const known = table[code]!
  return known === UNKNOWN ? (table[code] = make(code)) : known
}

export const partsOf = (unit: Unit): readonly Unit[] => several[codeOf(unit)]!

const simplified = Converter({ from: 't', to: 'cn' })
const NUMERALS = '零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖'
const NUMERAL_VALUES = '01234567890123456789'
const SENTENCE_ENDS = new Set('。！!；;｡\n\r\u2028\u2029\u0085')
const QUESTIONS = new Set('？?')
const CLAUSE_MARKS = new Set('，,、：:（）()【】[]《》〈〉「」『』“”‘’"\'…—')

const unit = (code: number, kind: number, odd = false): Unit =>
  code | (kind << 21) | (odd ? ODD : 0)

const make = (code: number): Unit => {
  const character = String.fromCodePoint(code)
  if (isGapMark(character)) return gap(code, character)
  // Combining marks, joiners, directional controls, variation selectors, fillers.
  if (/^[\p{M}\p{Cf}\p{Cc}\p{Cs}\u115f\u1160\u3164\uffa0]$/u.test(character))
    return /\s/.test(character) ? unit(0x20, SPACE) : unit(code, INVISIBLE)
  const looks = seenAs(code)
  if (looks !== code) return unit(looks, looks < 0x3a ? DIGIT : LATIN, true)
  const plain = character.normalize('NFKC').normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
  const odd = isStyled(code)
  const letters = Array.from(plain)
  if (letters.length === 1) return simple(letters[0]!, odd)
  // ⑴ is "(1)": the brackets are part of the style.
  const units = letters
    .map((letter) => simple(letter, odd))
    .filter((part) => kindOf(part) < INVISIBLE)
  if (units.length === 0) return unit(0x20, SYMBOL)
  if (units.length === 1) return units[0]!
  several.push(units)
  return unit(several.length - 1, SEVERAL)
}

const isGapMark = (character: string) =>
  SENTENCE_ENDS.has(character) || QUESTIONS.has(character) || CLAUSE_MARKS.has(character)

const gap = (code: number, character: string): Unit => {
  const half = character.normalize('NFKC').codePointAt(0)!
  if (QUESTIONS.has(character)) return unit(half, QUESTION)
  return unit(
    SENTENCE_ENDS.has(character) ? code : half,
    CLAUSE_MARKS.has(character) ? CLAUSE : SENTENCE,
  )
}

const simple = (letter: string, odd: boolean): Unit => {
  const lower = letter.toLowerCase()
  const code = seenAs(lower.codePointAt(0)!)
  if (code >= 0x61 && code <= 0x7a) return unit(code, LATIN, odd)
  if (/\s/.test(letter)) return unit(0x20, SPACE)
  if (/\p{Nd}/u.test(letter)) return unit(0x30 + digitOf(code), DIGIT, odd)
  if (isGapMark(letter)) return gap(code, letter)
  if (!/\p{L}|\p{Nl}/u.test(letter)) return unit(code, SYMBOL)
  const han = simplified(lower)
  const at = NUMERALS.indexOf(han)
  if (at >= 0) return unit(NUMERAL_VALUES.charCodeAt(at), NUMERAL, odd)
  return unit(han.codePointAt(0) ?? code, HAN, odd)
}

/** Digits of a script stand together in tens, zero first. */
const digitOf = (code: number): number => {
  let zero = code
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return (code - zero) % 10
}

/** Circled, bracketed, squared, mathematical: not how a seller writes by habit. Full width is. */
const isStyled = (code: number): boolean =>
  (code >= 0x2460 && code <= 0x24ff) ||
  (code >= 0x3200 && code <= 0x32ff) ||
  (code >= 0x1d400 && code <= 0x1d7ff) ||
  (code >= 0x1f100 && code <= 0x1f2ff) ||
  (code >= 0x2f00 && code <= 0x2fdf)
