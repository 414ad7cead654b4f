/**
 * What each disguise costs: of sentences that are read rightly as they stand, the share that is no
 * longer found, and the share of innocent ones that becomes an alarm. The telling words are those
 * that the sentence names, else those that were found; of an innocent sentence the look-alike that
 * was found and excused, else its first four characters.
 */
import type { Hit } from '../../src/wording/read.ts'
import type { Evasion } from './evasions.ts'
import type { Labelled } from './measure.ts'

export type Cost = {
  readonly evasion: string
  /** Sentences that the disguise changes, and those of them that are lost or added. */
  readonly violating: number
  readonly lost: number
  readonly innocent: number
  readonly added: number
}

/** @param read every hit of a sentence, those that do not count as well */
export const costOf = (
  evasion: Evasion,
  sentences: readonly Labelled[],
  read: (sentence: Labelled) => readonly Hit[],
): Cost => {
  const counts = (sentence: Labelled) =>
    read(sentence).filter(({ verdict }) => verdict !== 'innocent')
  const isFound = (sentence: Labelled) => {
    const rules = counts(sentence).map(({ rule }) => rule)
    return sentence.expect.every(({ rule }) => rules.includes(rule))
  }
  const cost = { violating: 0, lost: 0, innocent: 0, added: 0 }
  for (const sentence of sentences) {
    const isInnocent = sentence.expect.length === 0
    if (isInnocent ? counts(sentence).length > 0 : !isFound(sentence)) continue
    const named = sentence.expect.flatMap(({ spans = [] }) => spans)[0]
    const found = read(sentence)[0]?.span
    const [from, to] = named ?? (found ? [found.start, found.end] : [0, 4])
    const disguised = { ...sentence, text: evasion.apply(sentence.text, from, to) }
    if (disguised.text === sentence.text) continue
    if (isInnocent) {
      cost.innocent += 1
      if (counts(disguised).length > 0) cost.added += 1
    } else {
      cost.violating += 1
      if (!isFound(disguised)) cost.lost += 1
    }
  }
  return { evasion: evasion.name, ...cost }
}
