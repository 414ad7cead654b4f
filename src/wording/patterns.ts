/**
 * Patterns over words already found: parts in order, each near enough behind the one before, in one
 * sentence. No text is read again and nothing is tried twice: each occurrence either continues a
 * beginning that waits for it or does not.
 *
 * Patterns that begin alike share their beginnings (a trie of parts). A beginning is a pair of
 * numbers, the occurrence and the beginning before it; words and places are looked up only for a
 * pattern that is whole.
 */
import type { Compiled } from './compile.ts'
import { hasSentenceEnd } from './context.ts'
import type { Folded } from './fold.ts'
import type { Candidate } from './read.ts'
import type { Occurrences } from './scan.ts'

/** Beginnings that wait at one part; older ones are too far away or no better. */
const WAITING = 4

export const createPatterns = ({
  nodes,
  partsOf,
}: Compiled['patterns']): ((folded: Folded, found: Occurrences) => readonly Candidate[]) => {
  const parents = Int32Array.from(nodes, ({ parent }) => parent)
  const gaps = Int32Array.from(nodes, ({ gap }) => gap)
  // Nodes of a lexeme: `list` from `first[lexeme]` to `first[lexeme + 1]`.
  const list = Int32Array.from(partsOf.flat())
  const first = new Int32Array(partsOf.length + 1)
  for (const [lexeme, own] of partsOf.entries()) first[lexeme + 1] = first[lexeme]! + own.length
  // Of every node of the trie: the last beginnings that end there, of which read, and the next slot.
  const rings = new Int32Array(nodes.length * WAITING)
  const next = new Uint8Array(nodes.length)
  const readOf = new Int32Array(nodes.length)
  let read = 0
  let occurrence = new Int32Array(256)
  let before = new Int32Array(256)
  return (folded, found) => {
    read += 1
    let count = 0
    const whole: Candidate[] = []
    for (let at = 0; at < found.count; at += 1) {
      // Later parts first: a word does not continue a beginning that it makes itself.
      const lexeme = found.lexeme[at]!
      for (let i = first[lexeme + 1]! - 1; i >= first[lexeme]!; i -= 1) {
        const node = list[i]!
        const parent = parents[node]!
        let previous = -1
        if (parent >= 0) {
          if (readOf[parent] !== read) continue
          previous = nearest(parent, found.start[at]!, gaps[node]!, folded, found)
          if (previous < 0) continue
        }
        if (count === occurrence.length) {
          occurrence = doubled(occurrence)
          before = doubled(before)
        }
        occurrence[count] = at
        before[count] = previous
        const { entries, isLast } = nodes[node]!
        if (entries.length > 0)
          for (const entry of entries) whole.push(candidateOf(count, entry, found))
        if (!isLast) wait(node, count)
        count += 1
      }
    }
    return whole
  }

  function wait(node: number, beginning: number): void {
    if (readOf[node] !== read) {
      readOf[node] = read
      next[node] = 0
      for (let slot = 0; slot < WAITING; slot += 1) rings[node * WAITING + slot] = -1
    }
    rings[node * WAITING + next[node]!] = beginning
    next[node] = (next[node]! + 1) % WAITING
  }

  /**
   * The latest beginning that ends at most `gap` units before `start`, in the same sentence, or -1. One
   * that is written as it should be goes before one that only sounds so: 盒 (a box) is rarely 喝.
   */
  function nearest(
    node: number,
    start: number,
    gap: number,
    folded: Folded,
    found: Occurrences,
  ): number {
    let disguised = -1
    for (let back = 1; back <= WAITING; back += 1) {
      const beginning = rings[node * WAITING + ((next[node]! + WAITING - back) % WAITING)]!
      if (beginning < 0) break
      const at = occurrence[beginning]!
      const end = found.end[at]!
      if (end > start || start - end > gap || hasSentenceEnd(folded, end, start)) continue
      if (found.bits[at] === 0) return beginning
      if (disguised < 0) disguised = beginning
    }
    return disguised
  }

  function candidateOf(last: number, entry: number, found: Occurrences): Candidate {
    const parts = []
    const lexemes = []
    const partBits = []
    let bits = 0
    for (let each = last; each >= 0; each = before[each]!) {
      const at = occurrence[each]!
      parts.unshift({ start: found.start[at]!, end: found.end[at]! })
      lexemes.unshift(found.lexeme[at]!)
      partBits.unshift(found.bits[at]!)
      bits |= found.bits[at]!
    }
    return { start: parts[0]!.start, end: parts.at(-1)!.end, parts, lexemes, partBits, bits, entry }
  }
}

const doubled = (array: Int32Array): Int32Array<ArrayBuffer> => {
  const wide = new Int32Array(array.length * 2)
  wide.set(array)
  return wide
}
