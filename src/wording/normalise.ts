/**
 * Text in one spelling, with the place of every character in the original: simplified, half width,
 * lower case, digits 0–9, look-alikes undone, invisible signs and markup gone. Punctuation stays.
 */
import { createFolder } from './fold.ts'

export type Normalised = {
  readonly text: string
  /** For each UTF-16 unit of `text`: where its original begins, and one past where it ends. */
  readonly at: Int32Array
  readonly to: Int32Array
}

const fold = createFolder('all')

export const normalise = (original: string): Normalised => {
  const { length, codes, at, to } = fold(original)
  const characters: string[] = []
  const starts: number[] = []
  const ends: number[] = []
  for (let i = 0; i < length; i += 1) {
    const character = String.fromCodePoint(codes[i]!)
    characters.push(character)
    for (let half = 0; half < character.length; half += 1) {
      starts.push(at[i]!)
      ends.push(to[i]!)
    }
  }
  return { text: characters.join(''), at: Int32Array.from(starts), to: Int32Array.from(ends) }
}
