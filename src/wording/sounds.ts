/**
 * How characters sound: Mandarin syllables without tones (Hanyu Pinyin, ü as v), after pinyin-pro.
 * A character with several readings has its commonest one here, in text and lexicon alike.
 */
import { pinyin } from 'pinyin-pro'

/** 1-based letters a–z; syllables as rows of them. Syllable 0 is "no sound known". */
const NONE = 0
const known = new Map<string, number>([['', NONE]])
const letters: Uint8Array[] = [new Uint8Array(0)]
const UNKNOWN = 0xffff
const table = new Uint16Array(0x10000).fill(UNKNOWN)

/** The syllable of a Chinese character or of a digit, or 0. */
export const syllableOf = (code: number): number => {
  if (code > 0xffff) return NONE
  const syllable = table[code]!
  return syllable === UNKNOWN ? (table[code] = number(read(code))) : syllable
}

/** Letters of a syllable, a = 1 … z = 26. */
export const lettersOf = (syllable: number): Uint8Array => letters[syllable]!

/** Of a sound as pinyin writes it. */
export const syllableNamed = (sound: string): number => number(sound)

export const soundOf = (syllable: number): string =>
  String.fromCharCode(...letters[syllable]!.map((letter) => letter + 0x60))

const DIGITS = ['ling', 'yi', 'er', 'san', 'si', 'wu', 'liu', 'qi', 'ba', 'jiu']

const read = (code: number): string => {
  if (code >= 0x30 && code <= 0x39) return DIGITS[code - 0x30]!
  if (code < 0x3400 || code > 0x9fff) return ''
  return soundsOf(String.fromCharCode(code))[0] ?? ''
}

/** Characters of everyday use that are read differently in different words. */
const SEVERAL = new Set(
  '行重长乐还得地着率数调藏便宜参差朝传单弹都恶发干给更好喝和会假间降角校结解尽觉卡看空量了露落没难泡铺强切曲圈塞散色少舍省盛似宿提挑通同吐为系相血压咽要应与载扎占涨正只中种转薄大说车石王万区仇尿拾识术脏',
)

/** Whether asking for the reading of the whole word is worth its while. */
export const hasSeveralReadings = (word: string): boolean => {
  for (const character of word) if (SEVERAL.has(character)) return true
  return false
}

/** The syllables of a word as it is read in full, one a character; '' where none is known. */
export const soundsOf = (word: string): readonly string[] =>
  pinyin(word, { type: 'array' }).map(withoutTone)

/** Of `zuì`: `zui`; there are little more than a thousand of them. */
const toneless = new Map<string, string>()
const withoutTone = (sound: string): string => {
  let plain = toneless.get(sound)
  if (plain === undefined) {
    const letters = sound
      .normalize('NFD')
      .replace('u\u0308', 'v')
      .replace(/[\u0300-\u036f]/g, '')
    plain = /^[a-z]+$/.test(letters) ? letters : ''
    toneless.set(sound, plain)
  }
  return plain
}

const number = (sound: string): number => {
  const syllable = known.get(sound)
  if (syllable !== undefined) return syllable
  known.set(sound, letters.length)
  letters.push(Uint8Array.from(sound, (letter) => letter.charCodeAt(0) - 0x60))
  return letters.length - 1
}

const INITIALS = 'b|p|m|f|d|t|n|l|g|k|h|j|q|x|zh|ch|sh|r|z|c|s|y|w'
const FINALS =
  'a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ua|uo|uai|ui|uan|un|uang|v|ve|ue'
const SYLLABLES = new RegExp(
  `^(?:(?:${INITIALS})(?:${longestFirst(FINALS)})|a|o|e|ai|ei|ao|ou|an|en|ang|er)*$`,
)

function longestFirst(list: string): string {
  return list
    .split('|')
    .sort((a, b) => b.length - a.length)
    .join('|')
}

/** Whether Latin letters can be read as pinyin throughout. At most 48 of them. */
export const isPinyin = (text: string): boolean => SYLLABLES.test(text)
