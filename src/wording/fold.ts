/**
 * Text as a row of comparable units, each with its place in the original. What merely stands
 * between characters (spaces, marks, emoji, invisible signs, markup) becomes a note on the next
 * unit; a repeated character becomes one unit. Linear in the text.
 */
import {
  CLAUSE,
  codeOf,
  HAN,
  INVISIBLE,
  kindOf,
  LATIN,
  ODD,
  partsOf,
  QUESTION,
  SENTENCE,
  SEVERAL,
  SPACE,
  SYMBOL,
  unitOf,
  type Unit,
} from './characters.ts'

/** Notes of a unit. The low four bits: the plainest kind of break before it, 0 for none. */
export const BREAK = 15
export const REPEATED = 16
export const DISGUISED = 32
/** A question mark stands in the break before it. */
export const ASKED = 64

/** Arrays hold `length` units and one more, the end of the text, for the notes on its break. */
export type Folded = {
  readonly length: number
  /** How many of the units are kept marks. */
  readonly marks: number
  readonly codes: Int32Array
  readonly kinds: Uint8Array
  /** UTF-16 positions in the original: first, and one past the last. */
  readonly at: Int32Array
  readonly to: Int32Array
  readonly notes: Uint8Array
}

/** `all`: every mark is a unit of its own, and nothing is collapsed. */
export type Keep = ReadonlySet<number> | 'all'

/**
 * Makes a folder that keeps the given marks (code points that words contain, such as `%`) as units.
 * What it returns is overwritten by the next call.
 */
export const createFolder = (keep: Keep): ((text: string) => Folded) => {
  let room = 0
  let codes = new Int32Array(0)
  let kinds = new Uint8Array(0)
  let at = new Int32Array(0)
  let to = new Int32Array(0)
  let notes = new Uint8Array(0)
  const reserve = (size: number) => {
    room = size
    codes = new Int32Array(size)
    kinds = new Uint8Array(size)
    at = new Int32Array(size)
    to = new Int32Array(size)
    notes = new Uint8Array(size)
  }
  const fold = (text: string): Folded => {
    // A few characters fold to several units, at most 18 (U+FDFA).
    if (room < text.length + 32) reserve(text.length * 2 + 64)
    let length = 0
    let marks = 0
    let between = 0
    let run = 0
    const put = (unit: Unit, from: number, until: number): void => {
      const kind = kindOf(unit)
      const code = codeOf(unit)
      if (kind >= INVISIBLE && keep !== 'all' && (kind === INVISIBLE || !keep.has(code))) {
        const plain = kind === QUESTION ? SENTENCE : kind
        if (plain > (between & BREAK)) between = (between & ~BREAK) | plain
        if (kind === QUESTION) between |= ASKED
        return
      }
      if (kind === INVISIBLE) return
      if (kind > INVISIBLE) marks += 1
      const last = length - 1
      if (last >= 0 && codes[last] === code && keep !== 'all') {
        run += 1
        // 最最最 is 最; a number keeps its digits, and a Latin word its double letters.
        if (kind === HAN || (kind === LATIN && run >= 3)) {
          if (run === 3 && kind === LATIN) length -= 1
          notes[length - 1]! |= REPEATED
          to[length - 1] = until
          between = 0
          return
        }
      } else run = 1
      if (length + 2 > room) grow()
      codes[length] = code
      kinds[length] = kind
      at[length] = from
      to[length] = until
      notes[length] = between | ((unit & ODD) === 0 ? 0 : DISGUISED)
      length += 1
      between = 0
    }
    const grow = () => {
      const old = [codes, kinds, at, to, notes] as const
      reserve(room * 2)
      codes.set(old[0])
      kinds.set(old[1])
      at.set(old[2])
      to.set(old[3])
      notes.set(old[4])
    }
    for (let here = 0; here < text.length;) {
      const first = text.charCodeAt(here)
      if (first === 0x26 || first === 0x3c) {
        const markup = first === 0x26 ? entityAt(text, here) : tagAt(text, here)
        if (markup !== null) {
          if (markup.code === null) between = Math.max(between, SPACE)
          else put(unitOf(markup.code), here, markup.end)
          here = markup.end
          continue
        }
      }
      // can't is one word, and so is cant.
      if ((first === 0x27 || first === 0x2019) && isWithinWord(text, here)) {
        here += 1
        continue
      }
      let size = 1
      let code = first
      if (first >= 0xd800 && first < 0xdc00 && here + 1 < text.length) {
        const second = text.charCodeAt(here + 1)
        if (second >= 0xdc00 && second < 0xe000) {
          code = ((first - 0xd800) << 10) + second - 0xdc00 + 0x10000
          size = 2
        }
      }
      let unit = unitOf(code)
      // A full stop ends a sentence before a space or at the end; elsewhere it is a mark (3.5, v.x).
      if (code === 0x2e && endsSentence(text, here + 1))
        unit = (unit & ~(15 << 21)) | (SENTENCE << 21)
      if (kindOf(unit) === SEVERAL) for (const part of partsOf(unit)) put(part, here, here + size)
      else put(unit, here, here + size)
      here += size
    }
    if (length + 1 > room) grow()
    codes[length] = 0
    kinds[length] = SYMBOL
    at[length] = text.length
    to[length] = text.length
    notes[length] = Math.max(between & BREAK, SENTENCE) | (between & ASKED)
    return { length, marks, codes, kinds, at, to, notes }
  }
  return (text) => {
    if (!text.includes(RIGHT_TO_LEFT)) return fold(text)
    const { shown, places } = asShown(text)
    const folded = fold(shown)
    for (let unit = 0; unit < folded.length; unit += 1) {
      const last = folded.to[unit]! - 1
      folded.at[unit] = places[folded.at[unit]!]!
      folded.to[unit] = places[last]! + 1
    }
    return folded
  }
}

/** Makes what follows run backwards on the page, until it is taken back (UAX #9, X4). */
const RIGHT_TO_LEFT = '\u202e'
const TAKEN_BACK = new Set('\u202c\u202d\u2066\u2067\u2068\u2069\n\r')

/** Text in the order in which it is read, and where each unit of it stands in the original. */
const asShown = (text: string): { readonly shown: string; readonly places: readonly number[] } => {
  const characters: string[] = []
  const places: number[] = []
  let turned: (readonly [string, number])[] | null = null
  const put = (character: string, place: number) => {
    characters.push(character)
    for (let half = 0; half < character.length; half += 1) places.push(place + half)
  }
  const turn = () => {
    for (const [character, place] of (turned ?? []).toReversed()) put(character, place)
    turned = null
  }
  let place = 0
  for (const character of text) {
    if (TAKEN_BACK.has(character)) turn()
    if (character === RIGHT_TO_LEFT) turned ??= []
    else if (turned === null) put(character, place)
    else turned.push([character, place])
    place += character.length
  }
  turn()
  return { shown: characters.join(''), places }
}

const endsSentence = (text: string, next: number): boolean =>
  next >= text.length || /\s/.test(text[next]!)

type Markup = { readonly code: number | null; readonly end: number }

const NAMED: Readonly<Record<string, number>> = {
  nbsp: 0x20,
  ensp: 0x20,
  emsp: 0x20,
  amp: 0x26,
  lt: 0x3c,
  gt: 0x3e,
  quot: 0x22,
  apos: 0x27,
  zwnj: 0x200c,
  zwj: 0x200d,
  shy: 0xad,
}
const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));/y

/** An ASCII letter on both sides. */
const isWithinWord = (text: string, at: number): boolean =>
  isLetter(text.charCodeAt(at - 1)) && isLetter(text.charCodeAt(at + 1))

const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a

/** `&#26368;`, `&nbsp;` … */
const entityAt = (text: string, at: number): Markup | null => {
  ENTITY.lastIndex = at
  const found = ENTITY.exec(text)
  if (found === null) return null
  const [whole, decimal, hex, name] = found
  const code =
    decimal !== undefined ? Number(decimal) : hex !== undefined ? parseInt(hex, 16) : NAMED[name!]
  return code === undefined || code > 0x10ffff ? null : { code, end: at + whole.length }
}

const TAG = /<[/!]?[a-zA-Z][^<>]{0,120}>/y

/** `<b>`, `</span>`: no longer than 120 characters, so that a lone `<` costs nothing. */
const tagAt = (text: string, at: number): Markup | null => {
  TAG.lastIndex = at
  const found = TAG.exec(text)
  return found === null ? null : { code: null, end: at + found[0].length }
}

/** Whether a break is one that punctuation makes in ordinary writing. */
export const isPlainBreak = (note: number): boolean => (note & BREAK) >= CLAUSE
