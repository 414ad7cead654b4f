/** Disguises as bits: what a reader collects about a place before it is put into words. */
import type { Disguise } from './read.ts'

export const BETWEEN = 1
export const REPEAT = 2
export const LOOK_ALIKE = 4
const SPLIT = 8
export const HOMOPHONE = 16
export const PINYIN = 32
const INITIAL = 64
const CODE_WORD = 128

/** Disguises as bits, and back. */
export const BITS: Readonly<Record<Disguise, number>> = {
  between: BETWEEN,
  repeated: REPEAT,
  'look-alike': LOOK_ALIKE,
  split: SPLIT,
  homophone: HOMOPHONE,
  pinyin: PINYIN,
  initial: INITIAL,
  'code-word': CODE_WORD,
}
export const disguisesOf = (bits: number): Disguise[] =>
  (Object.keys(BITS) as Disguise[]).filter((name) => (bits & BITS[name]) !== 0)
