/**
 * Where the words of a list stand in a text: the longest at each place, from left to right, so that
 * a longer innocent word hides the shorter one within it. A trie over UTF-16 units; linear in the
 * text times the longest word. Latin words count whole only; case, width and traditional characters
 * do not matter.
 *
 * For short lists that are read beside the lexicon (stance, claims). The lexicon itself, with its
 * disguises, is read by automaton.ts.
 */
import { normalise } from './normalise.ts'

export type Found<T> = {
  readonly term: string
  readonly value: T
  /** UTF-16 positions in the folded text, end exclusive. */
  readonly start: number
  readonly end: number
}

type Node<T> = { readonly next: Map<number, Node<T>>; term?: string; value?: T }

export class Terms<T> {
  readonly #root: Node<T> = { next: new Map() }

  /** Of a term that stands twice the first keeps its value. */
  constructor(entries: Iterable<readonly [term: string, value: T]>) {
    for (const [term, value] of entries) this.#add(foldTerm(term), value)
  }

  /** @param text folded by `foldTerm` */
  find(text: string): Found<T>[] {
    const found: Found<T>[] = []
    for (let at = 0; at < text.length;) {
      const hit = this.#longest(text, at)
      if (hit !== undefined) found.push(hit)
      at = hit?.end ?? at + 1
    }
    return found
  }

  #add(term: string, value: T): void {
    let node = this.#root
    for (let i = 0; i < term.length; i += 1) {
      const unit = term.charCodeAt(i)
      let next = node.next.get(unit)
      if (next === undefined) node.next.set(unit, (next = { next: new Map() }))
      node = next
    }
    if (node.term !== undefined || term === '') return
    node.term = term
    node.value = value
  }

  #longest(text: string, start: number): Found<T> | undefined {
    if (isLatin(text.charCodeAt(start)) && isLatin(text.charCodeAt(start - 1))) return undefined
    let found: Found<T> | undefined
    let node = this.#root
    for (let at = start; at < text.length; at += 1) {
      const next = node.next.get(text.charCodeAt(at))
      if (next === undefined) break
      node = next
      if (node.term === undefined) continue
      const end = at + 1
      if (isLatin(text.charCodeAt(at)) && isLatin(text.charCodeAt(end))) continue
      found = { term: node.term, value: node.value as T, start, end }
    }
    return found
  }
}

/** As `normalise` has it, with straight apostrophes; positions are those of the normalised text. */
export const foldTerm = (text: string): string => straight(normalise(text).text)

/** As long as before: positions hold. */
export const straight = (text: string): string => text.replace(/[\u2018\u2019]/g, "'")

/** Letters only: `5stars` and `vx123` are told apart by the lists themselves. */
const isLatin = (unit: number): boolean =>
  (unit >= 0x61 && unit <= 0x7a) || (unit >= 0xe0 && unit <= 0xff && unit !== 0xf7)
