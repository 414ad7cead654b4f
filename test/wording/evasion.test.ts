import { describe, expect, it } from 'vitest'
import { createReader } from '../../src/wording/read.ts'
import { costOf } from './evasion-measure.ts'
import { EVASIONS } from './evasions.ts'
import { sentences, type Labelled } from './measure.ts'
import { AT, shippedLexicon, shippedPolicy } from './reading.ts'

const reader = createReader(shippedLexicon(), shippedPolicy())
const all = [...sentences('dev'), ...sentences('test')]
const read = ({ text, speaker, place, category }: Labelled) =>
  reader.read({ text, speaker, place, ...(category && { product: { category } }) }, AT)
/** Sentences as they stand are read once. */
const plain = new Map(all.map((sentence) => [sentence, read(sentence)]))

describe('a disguise', () => {
  it('comes in at least twenty kinds', () => {
    expect(new Set(EVASIONS.map(({ name }) => name)).size).toBeGreaterThanOrEqual(20)
  })

  it.each(EVASIONS)('loses at most 5 points and adds at most 1: $name', (evasion) => {
    const { violating, lost, innocent, added } = costOf(
      evasion,
      all,
      (each) => plain.get(each) ?? read(each),
    )
    expect(violating).toBeGreaterThan(0)
    expect(lost / violating).toBeLessThanOrEqual(0.05)
    expect(added / Math.max(1, innocent)).toBeLessThanOrEqual(0.01)
  })
})
