/**
 * Whether a stretch of text really is a disguised word. Sound alone would make 包裹 (a parcel) into
 * 包过 (a pass guaranteed): a character that belongs to an ordinary word where it stands, or is too
 * common to attract notice, is nobody's disguise.
 */
import { DIGIT, HAN, LATIN, NUMERAL, SPACE, SYMBOL } from './characters.ts'
import { BREAK, DISGUISED, isPlainBreak, REPEATED, type Folded } from './fold.ts'
import type { Lexeme, Spelling } from './lexemes.ts'
import { BETWEEN, HOMOPHONE, LOOK_ALIKE, PINYIN, REPEAT } from './bits.ts'
import { isPinyin, lettersOf, syllableOf } from './sounds.ts'

const breakBefore = (folded: Folded, unit: number): number => folded.notes[unit]! & BREAK

/**
 * Initials stand for characters only among characters and close to them: not among Latin words, and
 * not beside a digit, where they are the code of some goods (A-99s).
 */
const isApart = (folded: Folded, start: number, end: number): boolean => {
  const { kinds, length } = folded
  for (let unit = start + 1; unit < end; unit += 1)
    if (breakBefore(folded, unit) >= SPACE) return false
  const [before, after] = [kinds[start - 1] ?? HAN, end < length ? kinds[end]! : HAN]
  return (
    (kinds[start] !== LATIN || (before < SPACE && !isCodeSign(before))) &&
    (kinds[end - 1] !== LATIN || !isCodeSign(after))
  )
}

/** Of two characters one is a letter, and the other makes a word with its neighbour: j人们. */
const isSplit = (folded: Folded, start: number, end: number): boolean => {
  if (end - start !== 2) return false
  const [before, after] = [start - 1, end]
  if (folded.kinds[start] === LATIN)
    return (
      after < folded.length &&
      !PARTICLES.has(folded.codes[after]!) &&
      isWord(folded, end - 1, after)
    )
  return before >= 0 && isWord(folded, before, start)
}
const PARTICLES = new Set(Array.from('的了吗吧呢啊', (particle) => particle.charCodeAt(0)))

/**
 * A spelling that the automaton found at units `start` to `end`: the disguises that it needed, or -1
 * where letters or digits run on beyond it, or an ordinary break of the sentence goes through it.
 */
export const judgeSpelling = (
  folded: Folded,
  spelling: Spelling,
  word: Lexeme,
  start: number,
  end: number,
): number => {
  const { kinds, notes } = folded
  if (runsOn(folded, start) || runsOn(folded, end) || isInCode(folded, start, end)) return -1
  if (spelling.via === 'initial' && (!isApart(folded, start, end) || isSplit(folded, start, end)))
    return -1
  for (const at of spelling.doubled)
    if (end - start === spelling.size && (notes[start + at]! & REPEATED) === 0) return -1
  let { bits } = spelling
  let broken = 0
  let spread = 0
  let latin = 0
  for (let unit = start; unit < end; unit += 1) {
    if ((notes[unit]! & DISGUISED) !== 0) bits |= LOOK_ALIKE
    if ((notes[unit]! & REPEATED) !== 0 && !spelling.doubled.includes(unit - start)) bits |= REPEAT
    if (unit === start) continue
    const isLatin = kinds[unit] === LATIN && kinds[unit - 1] === LATIN
    if (isLatin) latin += 1
    const gap = breakBefore(folded, unit)
    if (gap === 0) continue
    if (spelling.spaces.includes(unit - start) && gap <= SYMBOL) continue
    bits |= BETWEEN
    broken += 1
    if (isLatin) spread += 1
  }
  // "the rapist" is not "therapist"; "t h e r a p i s t" is.
  if (spread > 0 && spread < latin - spelling.spaces.length) return -1
  if (broken > 0 && breaksSentence(folded, word, start, end)) return -1
  return bits
}

/** Latin letters or digits that go on across the boundary before `unit`. */
const runsOn = ({ kinds, notes, length }: Folded, unit: number): boolean => {
  if (unit === 0 || unit >= length) return false
  const gap = notes[unit]! & BREAK
  if (kinds[unit] === LATIN) return kinds[unit - 1] === LATIN && gap === 0
  return kinds[unit] === DIGIT && kinds[unit - 1] === DIGIT && (gap === 0 || gap === SYMBOL)
}

const isCodeSign = (kind: number | undefined): boolean => kind === LATIN || kind === DIGIT

/**
 * Whether letters and digits run on about it as in the code of an article or an address (sku88n01, 6fs6vbk):
 * what is bought by the thousand has only digits before it (1000fs), and an account only stands behind
 * (vx88ab66).
 */
const isInCode = ({ kinds, notes, length }: Folded, start: number, end: number): boolean => {
  const joined = (unit: number) =>
    isCodeSign(kinds[unit]) && isCodeSign(kinds[unit - 1]) && (notes[unit]! & BREAK) === 0
  if (end < length && kinds[end] === LATIN && kinds[end - 1] === DIGIT && joined(end)) return true
  let from = start
  while (from > 0 && start - from < MAX_RUN && joined(from)) {
    from -= 1
    if (kinds[from] === LATIN) return true
  }
  if (from === start) return false
  for (let until = end; until < length && until - end < MAX_RUN && joined(until); until += 1)
    if (kinds[until] === LATIN) return true
  return false
}

const insides = new WeakMap<Lexeme, ReadonlySet<number>>()

/** Whether place `at` of a lexeme lies inside one of its ordinary words (国家|级, 第一|品牌). */
const isInside = (word: Lexeme, at: number): boolean => {
  let inside = insides.get(word)
  if (inside === undefined) {
    const text = word.codes.map(character).join('')
    const starts = new Set(Array.from(segmenter.segment(text), ({ index }) => index))
    inside = new Set(word.codes.map((_, i) => i).filter((i) => !starts.has(i)))
    insides.set(word, inside)
  }
  return inside.has(at)
}

/**
 * A comma or a full stop inside a word is a disguise where it cuts an ordinary word in two (最，好)
 * or where something stands between all characters; otherwise it is a comma or a full stop.
 */
const breaksSentence = (folded: Folded, word: Lexeme, start: number, end: number): boolean => {
  let all = true
  let cuts = false
  for (let unit = start + 1; unit < end; unit += 1) {
    if (breakBefore(folded, unit) < SPACE) all = false
    if (isPlainBreak(folded.notes[unit]!) && !isInside(word, unit - start)) cuts = true
  }
  if (!cuts) return false
  if (!all) return true
  if (end - start > 2) return false
  // Two characters have one place for a break: it is filler if there is more of it beside them.
  return breakBefore(folded, start) < SPACE && breakBefore(folded, end) < SPACE
}

/**
 * Where a word that sounds like `syllables` begins if it ends before unit
 * `end`, with the disguises needed; null where it does not stand there, or stands there undisguised.
 */
export const judgeSound = (
  folded: Folded,
  word: Lexeme,
  syllables: readonly number[],
  end: number,
  common: Uint8Array,
): { readonly start: number; readonly bits: number } | null => {
  const { kinds, codes: text } = folded
  const { codes } = word
  const changed: number[] = []
  let latin = false
  let digits = 0
  let unit = end
  for (let i = syllables.length - 1; i >= 0; i -= 1) {
    while (unit > 0 && (kinds[unit - 1]! >= SPACE || isTone(folded, unit - 1))) unit -= 1
    if (unit === 0) return null
    if (kinds[unit - 1] === LATIN) {
      const letters = lettersOf(syllables[i]!)
      for (let letter = letters.length - 1; letter >= 0; letter -= 1) {
        while (unit > 0 && isTone(folded, unit - 1)) unit -= 1
        if (unit === 0 || text[unit - 1] !== letters[letter]! + 0x60) return null
        unit -= 1
      }
      latin = true
      continue
    }
    unit -= 1
    if (text[unit] === codes[i]) continue
    if (syllableOf(text[unit]!) !== syllables[i]) return null
    if (kinds[unit] === DIGIT || kinds[unit] === NUMERAL) digits += 1
    changed.push(unit)
  }
  if (!latin && changed.length === 0) return null
  if (latin && !standsAlone(folded, unit, end)) return null
  if (changed.length > 0 && !isOdd(folded, changed, digits, syllables.length, common)) return null
  let bits = (latin ? PINYIN : 0) | (changed.length > 0 ? HOMOPHONE : 0)
  for (let at = unit + 1; at < end; at += 1) {
    const gap = breakBefore(folded, at)
    // Syllables stand apart by habit: zui hao.
    if (gap !== 0 && (gap !== SPACE || !latin)) bits |= BETWEEN
    // 修护 干敏肌: two characters that only sound like a word, and apart, are none.
    if (gap === SPACE && changed.length > 0 && codes.length === 2) return null
  }
  if ((bits & BETWEEN) !== 0 && breaksSentence(folded, word, unit, end)) return null
  return { start: unit, bits }
}

/** `zui4`: a digit 1–5 directly after a letter. */
export const isTone = ({ kinds, codes, notes }: Folded, unit: number): boolean =>
  kinds[unit] === DIGIT &&
  codes[unit]! >= 0x31 &&
  codes[unit]! <= 0x35 &&
  unit > 0 &&
  kinds[unit - 1] === LATIN &&
  (notes[unit]! & BREAK) === 0 &&
  kinds[unit + 1] !== DIGIT

/** Letters before and after that belong to the same run must be pinyin as well. */
const standsAlone = ({ kinds, codes, notes, length }: Folded, start: number, end: number) => {
  const joined = (unit: number) =>
    kinds[unit] === LATIN && kinds[unit - 1] === LATIN && (notes[unit]! & BREAK) === 0
  let from = start
  while (from > 0 && start - from < MAX_RUN && joined(from)) from -= 1
  let until = end
  while (until < length && until - end < MAX_RUN && joined(until)) until += 1
  // In a long run of letters a short word is there by chance.
  if (RUN_SHARE * (end - start) < until - from) return false
  const text = (a: number, b: number) => String.fromCharCode(...codes.subarray(a, b))
  return isPinyin(text(from, start)) && isPinyin(text(end, until))
}
const MAX_RUN = 48
/** A word takes up at least one part in so many of its run. */
const RUN_SHARE = 8

/**
 * Of one character it must be odd, of two just one may be changed and must be odd, of three one of
 * the changed must be, of four none.
 */
const isOdd = (
  folded: Folded,
  changed: readonly number[],
  digits: number,
  length: number,
  common: Uint8Array,
): boolean => {
  if (digits > 0 && (length < 3 || digits > 1)) return false
  if (length >= 4) return true
  if (length === 2 && changed.length === 2) return false
  const odd = changed.filter(
    (unit) =>
      (length > 2 || common[folded.codes[unit]!] !== 1) &&
      !belongs(folded, unit) &&
      // 三号评: what follows a number counts something.
      !(unit > 0 && folded.kinds[unit - 1] === DIGIT),
  ).length
  if (length <= 2)
    return (
      odd === changed.length &&
      !isInLongWord(folded, changed[0]!) &&
      // 几根枝: what counts is no part of a word.
      !(length === 2 && folded.codes[changed[0]! - 2] === HOW_MANY)
    )
  return changed.length === length ? odd === length : odd > 0
}

const HOW_MANY = '几'.charCodeAt(0)

/** The same for a single character that is not common. */
export const isOddAlone = (folded: Folded, unit: number): boolean =>
  !belongs(folded, unit) &&
  !(unit > 0 && folded.kinds[unit - 1] === DIGIT) &&
  !isInLongWord(folded, unit)

/** Whether, breaks or not, the character makes an ordinary word with a neighbour. */
const belongs = (folded: Folded, unit: number): boolean =>
  (unit > 0 && isWord(folded, unit - 1, unit)) ||
  (unit + 1 < folded.length && isWord(folded, unit, unit + 1))

const NUMERALS = '零一二三四五六七八九'
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Whether three characters around a place are one word (史蒂夫). */
const isInLongWord = ({ codes, kinds, length }: Folded, unit: number): boolean => {
  for (let from = Math.max(0, unit - 2); from <= unit && from + 3 <= length; from += 1)
    if (isChinese(kinds[from]!) && isChinese(kinds[from + 1]!) && isChinese(kinds[from + 2]!))
      if (isInDictionary(codes[from]!, codes[from + 1]!, codes[from + 2]!)) return true
  return false
}

/** Whether two characters are a word. */
const isWord = ({ codes, kinds }: Folded, first: number, second: number): boolean =>
  isChinese(kinds[first]!) &&
  isChinese(kinds[second]!) &&
  isInDictionary(codes[first]!, codes[second]!, 0)

/** Answers, each slot the latest word that fell into it: three characters and YES or NO. */
const SLOTS = 1 << 17
const answers = new Int32Array(SLOTS * 4)
const NO = 1
const YES = 2

/** Whether two characters, or three, are a word of the dictionary that segmentation goes by. */
const isInDictionary = (a: number, b: number, c: number): boolean => {
  const hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35)
  const slot = ((hash ^ (hash >>> 15)) & (SLOTS - 1)) * 4
  if (answers[slot] === a && answers[slot + 1] === b && answers[slot + 2] === c)
    return answers[slot + 3] === YES
  const text = character(a) + character(b) + (c === 0 ? '' : character(c))
  const answer = segmenter.segment(text).containing(0)!.segment === text
  answers[slot] = a
  answers[slot + 1] = b
  answers[slot + 2] = c
  answers[slot + 3] = answer ? YES : NO
  return answer
}

const isChinese = (kind: number) => kind === HAN || kind === NUMERAL

const character = (code: number): string =>
  code >= 0x30 && code <= 0x39 ? NUMERALS[code - 0x30]! : String.fromCodePoint(code)
