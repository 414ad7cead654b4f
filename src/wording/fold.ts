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
  isPlainHan,
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
  const keepsAll = keep === 'all'
  let room = roomFor(0)
  /** Null for text of which some part runs backwards. */
  const fold = (text: string): Folded | null => {
    // A few characters fold to several units, at most 18 (U+FDFA).
    if (room.codes.length < text.length + 32) room = roomFor(text.length * 2 + 64)
    let { codes, kinds, at, to, notes } = room
    let length = 0
    let marks = 0
    let between = 0
    let run = 0
    for (let here = 0, next = 0; here < text.length; here = next) {
      const first = text.charCodeAt(here)
      next = here + 1
      let unit = unitOf(first)
      // Nearly all of a text.
      if (isPlainHan(unit) && !keepsAll && length + 2 <= codes.length) {
        if (length > 0 && codes[length - 1] === unit) {
          notes[length - 1]! |= REPEATED
          to[length - 1] = next
        } else {
          codes[length] = unit
          kinds[length] = HAN
          at[length] = here
          to[length] = next
          notes[length] = between
          length += 1
        }
        run = 1
        between = 0
        continue
      }
      if (kindOf(unit) >= INVISIBLE) {
        if (first === RIGHT_TO_LEFT) return null
        // can't is one word, and so is cant.
        if ((first === 0x27 || first === 0x2019) && isWithinWord(text, here)) continue
        let code = first
        if (first === 0x26 || first === 0x3c) {
          const markup = first === 0x26 ? entityAt(text, here) : tagAt(text, here)
          if (markup !== null) {
            next = markup.end
            if (markup.code === null) {
              between = Math.max(between, SPACE)
              continue
            }
            code = markup.code
          }
        } else if (first >= 0xd800 && first < 0xdc00 && next < text.length) {
          const second = text.charCodeAt(next)
          if (second >= 0xdc00 && second < 0xe000) {
            code = ((first - 0xd800) << 10) + second - 0xdc00 + 0x10000
            next += 1
          }
        }
        unit = unitOf(code)
        // A full stop ends a sentence before a space or at the end; elsewhere it is a mark (3.5, v.x).
        if (first === 0x2e && endsSentence(text, next))
          unit = (unit & ~(15 << 21)) | (SENTENCE << 21)
      }
      const parts = kindOf(unit) === SEVERAL ? partsOf(unit) : null
      const count = parts === null ? 1 : parts.length
      for (let part = 0; part < count; part += 1) {
        const each = parts === null ? unit : parts[part]!
        const kind = kindOf(each)
        const code = codeOf(each)
        if (kind >= INVISIBLE) {
          if (!keepsAll && (kind === INVISIBLE || !keep.has(code))) {
            const plain = kind === QUESTION ? SENTENCE : kind
            if (plain > (between & BREAK)) between = (between & ~BREAK) | plain
            if (kind === QUESTION) between |= ASKED
            continue
          }
          if (kind === INVISIBLE) continue
          marks += 1
        }
        if (length > 0 && codes[length - 1] === code && !keepsAll) {
          run += 1
          // 最最最 is 最; a number keeps its digits, and a Latin word its double letters.
          if (kind === HAN || (kind === LATIN && run >= 3)) {
            if (run === 3 && kind === LATIN) length -= 1
            notes[length - 1]! |= REPEATED
            to[length - 1] = next
            between = 0
            continue
          }
        } else run = 1
        if (length + 2 > codes.length) {
          room = widened(room)
          ;({ codes, kinds, at, to, notes } = room)
        }
        codes[length] = code
        kinds[length] = kind
        at[length] = here
        to[length] = next
        notes[length] = between | ((each & ODD) === 0 ? 0 : DISGUISED)
        length += 1
        between = 0
      }
    }
    codes[length] = 0
    kinds[length] = SYMBOL
    at[length] = text.length
    to[length] = text.length
    notes[length] = Math.max(between & BREAK, SENTENCE) | (between & ASKED)
    return { length, marks, codes, kinds, at, to, notes }
  }
  return (text) => {
    const plain = fold(text)
    if (plain !== null) return plain
    const { shown, places } = asShown(text)
    const folded = fold(shown)!
    for (let unit = 0; unit < folded.length; unit += 1) {
      const last = folded.to[unit]! - 1
      folded.at[unit] = places[folded.at[unit]!]!
      folded.to[unit] = places[last]! + 1
    }
    return folded
  }
}

type Room = Pick<Folded, 'codes' | 'kinds' | 'at' | 'to' | 'notes'>

const roomFor = (size: number): Room => ({
  codes: new Int32Array(size),
  kinds: new Uint8Array(size),
  at: new Int32Array(size),
  to: new Int32Array(size),
  notes: new Uint8Array(size),
})

const widened = (room: Room): Room => {
  const wide = roomFor(room.codes.length * 2)
  wide.codes.set(room.codes)
  wide.kinds.set(room.kinds)
  wide.at.set(room.at)
  wide.to.set(room.to)
  wide.notes.set(room.notes)
  return wide
}

/** Makes what follows run backwards on the page, until it is taken back (UAX #9, X4). */
const RIGHT_TO_LEFT = 0x202e
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
    if (character.charCodeAt(0) === RIGHT_TO_LEFT) turned ??= []
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
