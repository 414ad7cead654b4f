/**
 * Aho–Corasick (A. V. Aho, M. J. Corasick, "Efficient string matching", CACM 18/6, 1975): all words
 * at once in one pass, whatever they share. Symbols are small integers, 1 and up.
 *
 * Moves of a small alphabet (letters) are a full table with every failure resolved. Those of a large
 * one (characters) are hashed, a move a cache line, those from the root a table.
 */
const NONE = -1
/** Alphabets up to so many symbols get the full table. */
export const SMALL = 32

export type Automaton = {
  /** The state after one more symbol; 0 is the root. Amortised constant. */
  readonly step: (state: number, symbol: number) => number
  /** Of every state: the nearest one, itself or a suffix of it, that ends a word, or -1. */
  readonly ending: Int32Array
  /** The same without itself. */
  readonly behind: Int32Array
  /** Words that end in exactly this state: `words` from `first[state]` to `first[state + 1]`. */
  readonly words: Int32Array
  readonly first: Int32Array
  /** Of a small alphabet: the state after `symbol` stands at `state * 32 + symbol`. Else empty. */
  readonly table: Int32Array
}

/** @param rows the symbols of each word; a word's number is its place in the list */
export const buildAutomaton = (rows: readonly ArrayLike<number>[]): Automaton => {
  const trie = trieOf(rows)
  const { states, parents, symbols, moves, root } = trie
  const fail = new Int32Array(states)
  const step = (state: number, symbol: number): number => {
    let from = state
    while (from !== 0) {
      const next = moves.get(from, symbol)
      if (next !== NONE) return next
      from = fail[from]!
    }
    return symbol < root.length ? root[symbol]! : 0
  }
  for (const state of trie.byDepth)
    if (parents[state] !== 0) fail[state] = step(fail[parents[state]!]!, symbols[state]!)
  const { words, first } = wordsOf(states, trie.last)
  const ending = new Int32Array(states).fill(NONE)
  const behind = new Int32Array(states).fill(NONE)
  for (const state of trie.byDepth) {
    behind[state] = ending[fail[state]!]!
    ending[state] = first[state] !== first[state + 1] ? state : (behind[state] ?? NONE)
  }
  if (root.length > SMALL) {
    const table = new Int32Array(0)
    return { step, ending, behind, words, first, table }
  }
  const table = new Int32Array(states * SMALL)
  for (const state of [0, ...trie.byDepth])
    for (let symbol = 0; symbol < SMALL; symbol += 1) {
      const next = state === 0 ? (root[symbol] ?? 0) : moves.get(state, symbol)
      table[state * SMALL + symbol] = next === NONE ? table[fail[state]! * SMALL + symbol]! : next
    }
  return {
    step: (state, symbol) => table[state * SMALL + symbol]!,
    ending,
    behind,
    words,
    first,
    table,
  }
}

/** States by number, a child after its parent; `last` is the state in which each word ends. */
const trieOf = (rows: readonly ArrayLike<number>[]) => {
  let size = 1
  let top = 0
  for (const row of rows) {
    size += row.length
    for (let i = 0; i < row.length; i += 1) top = Math.max(top, row[i]!)
  }
  const moves = new Moves(size)
  const root = new Int32Array(top + 1)
  const parents = new Int32Array(size)
  const symbols = new Int32Array(size)
  const depths = new Int32Array(size)
  const last = new Int32Array(rows.length)
  let states = 1
  for (const [word, row] of rows.entries()) {
    let state = 0
    for (let i = 0; i < row.length; i += 1) {
      const symbol = row[i]!
      let next = state === 0 ? root[symbol]! || NONE : moves.get(state, symbol)
      if (next === NONE) {
        next = states
        states += 1
        parents[next] = state
        symbols[next] = symbol
        depths[next] = depths[state]! + 1
        if (state === 0) root[symbol] = next
        else moves.set(state, symbol, next)
      }
      state = next
    }
    last[word] = state
  }
  return { states, parents, symbols, moves, root, last, byDepth: orderOf(depths, states) }
}

/** Every state but the root after all of smaller depth: its suffixes are among them. */
const orderOf = (depths: Int32Array, states: number): Int32Array => {
  const next = new Int32Array(states + 1)
  for (let state = 1; state < states; state += 1) next[depths[state]! + 1]! += 1
  for (let depth = 1; depth <= states; depth += 1) next[depth]! += next[depth - 1]!
  const order = new Int32Array(states - 1)
  for (let state = 1; state < states; state += 1) {
    const depth = depths[state]!
    order[next[depth]!] = state
    next[depth]! += 1
  }
  return order
}

/** Words by the state that they end in, as slices of one array. */
const wordsOf = (states: number, last: Int32Array) => {
  const first = new Int32Array(states + 1)
  for (const state of last) first[state + 1]! += 1
  for (let state = 0; state < states; state += 1) first[state + 1]! += first[state]!
  const free = first.slice()
  const list = new Int32Array(last.length)
  for (const [word, state] of last.entries()) {
    list[free[state]!] = word
    free[state]! += 1
  }
  return { words: list, first }
}

/** (state, symbol) → state; open addressing, at most half full. */
class Moves {
  readonly #mask: number
  /** State, symbol, next and nothing, four to a move. */
  readonly #slots: Int32Array
  /**
   * A bit for every move and, by chance, for some that are not there: most moves that are asked for
   * do not exist, and this much of the memory stays near the processor.
   */
  readonly #bits = new Int32Array(FILTER_BITS / 32)
  constructor(size: number) {
    const room = 2 ** Math.ceil(Math.log2(size * 2 + 2))
    this.#mask = room - 1
    this.#slots = new Int32Array(room * 4)
  }

  /** States are 1 and up here: those of the root stand in its table. */
  get(state: number, symbol: number): number {
    const hash = hashOf(state, symbol)
    if ((this.#bits[(hash >>> 5) & (FILTER_BITS / 32 - 1)]! & (1 << (hash & 31))) === 0) return NONE
    const slots = this.#slots
    const mask = this.#mask
    let at = hash & mask
    for (;;) {
      const from = slots[at * 4]!
      if (from === 0) return NONE
      if (from === state && slots[at * 4 + 1] === symbol) return slots[at * 4 + 2]!
      at = (at + 1) & mask
    }
  }

  set(state: number, symbol: number, next: number): void {
    const hash = hashOf(state, symbol)
    this.#bits[(hash >>> 5) & (FILTER_BITS / 32 - 1)]! |= 1 << (hash & 31)
    let at = hash & this.#mask
    while (this.#slots[at * 4] !== 0) at = (at + 1) & this.#mask
    this.#slots[at * 4] = state
    this.#slots[at * 4 + 1] = symbol
    this.#slots[at * 4 + 2] = next
  }
}

const FILTER_BITS = 1 << 19

const hashOf = (state: number, symbol: number): number => {
  const hash = Math.imul(state, 0x9e3779b1) ^ Math.imul(symbol, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}
