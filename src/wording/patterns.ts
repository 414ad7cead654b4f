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
  const gaps = Int32Array.from(nodes, ({ gap }) => gap)
  // The widest gap behind a node.
  const widest = new Int32Array(nodes.length)
  for (const { parent, gap } of nodes)
    if (parent >= 0) widest[parent] = Math.max(widest[parent]!, gap)
  // Nodes of a lexeme: `list` from `first[lexeme]` to `first[lexeme + 1]`.
  const list = Int32Array.from(partsOf.flat())
  const parentsOf = list.map((node) => nodes[node]!.parent)
  const first = new Int32Array(partsOf.length + 1)
  for (const [lexeme, own] of partsOf.entries()) first[lexeme + 1] = first[lexeme]! + own.length
  const isLast = Uint8Array.from(nodes, (node) => (node.isLast ? 1 : 0))
  const isWhole = Uint8Array.from(nodes, ({ entries }) => (entries.length > 0 ? 1 : 0))
  // Of every node of the trie: the last beginnings that end there, the next slot, and the last unit
  // at which any of them can be continued, -1 while there is none.
  const rings = new Int32Array(nodes.length * WAITING)
  const next = new Uint8Array(nodes.length)
  const until = new Int32Array(nodes.length).fill(-1)
  /** Nodes with a beginning in this text. */
  const begun: number[] = []
  let occurrence = new Int32Array(256)
  let before = new Int32Array(256)
  return (folded, found) => {
    for (const node of begun) until[node] = -1
    begun.length = 0
    let count = 0
    const whole: Candidate[] = []
    for (let at = 0; at < found.count; at += 1) {
      // Later parts first: a word does not continue a beginning that it makes itself.
      const lexeme = found.lexeme[at]!
      const start = found.start[at]!
      for (let i = first[lexeme + 1]! - 1, least = first[lexeme]!; i >= least; i -= 1) {
        const parent = parentsOf[i]!
        if (parent >= 0 && until[parent]! < start) continue
        const node = list[i]!
        const previous = parent < 0 ? -1 : nearest(parent, start, gaps[node]!, folded, found)
        if (parent >= 0 && previous < 0) continue
        if (count === occurrence.length) {
          occurrence = doubled(occurrence)
          before = doubled(before)
        }
        occurrence[count] = at
        before[count] = previous
        if (isWhole[node] === 1)
          for (const entry of nodes[node]!.entries) whole.push(candidateOf(count, entry, found))
        if (isLast[node] === 0) wait(node, count, found.end[at]!)
        count += 1
      }
    }
    return whole
  }

  function wait(node: number, beginning: number, end: number): void {
    if (until[node]! < 0) {
      begun.push(node)
      next[node] = 0
      for (let slot = 0; slot < WAITING; slot += 1) rings[node * WAITING + slot] = -1
    }
    // Occurrences come in the order of their ends.
    until[node] = end + widest[node]!
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
