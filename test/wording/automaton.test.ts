/** The automaton against looking at every place for every word. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildAutomaton, Rows } from '../../src/wording/automaton.ts'

type Word = readonly number[]

const found = (words: readonly Word[], text: readonly number[]): string[] => {
  const rows = new Rows()
  for (const word of words) {
    rows.push(word)
    rows.close()
  }
  const { columnOf, move, first, words: numbers } = buildAutomaton(rows)
  const places: string[] = []
  let state = 0
  for (const [at, symbol] of text.entries()) {
    state = move(state, columnOf(symbol))
    for (let i = first[state]!; i < first[state + 1]!; i += 1) places.push(`${numbers[i]} to ${at}`)
  }
  return places.sort()
}

const sought = (words: readonly Word[], text: readonly number[]): string[] =>
  words
    .flatMap((word, number) =>
      text.flatMap((_, at) =>
        word.length > 0 &&
        at + 1 >= word.length &&
        word.every((symbol, i) => text[at + 1 - word.length + i] === symbol)
          ? [`${number} to ${at}`]
          : [],
      ),
    )
    .sort()

// Few symbols, so that words overlap, hold each other and stand twice; 9 is in no word.
const words = fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 5 }), {
  maxLength: 12,
})
const text = fc.array(fc.constantFrom(1, 2, 3, 9), { maxLength: 40 })
/** So many other words that no table holds all moves. */
const MANY: readonly Word[] = Array.from({ length: 800 }, (_, i) => [100 + 2 * i, 101 + 2 * i])

describe('the automaton finds every word wherever it ends, and nothing else', () => {
  it('of a small alphabet', () => {
    fc.assert(
      fc.property(words, text, (list, symbols) => {
        expect(found(list, symbols)).toEqual(sought(list, symbols))
      }),
    )
  })

  it('of a large one', () => {
    fc.assert(
      fc.property(words, text, (list, symbols) => {
        expect(found([...list, ...MANY], symbols)).toEqual(sought(list, symbols))
      }),
      { numRuns: 50 },
    )
  })
})
