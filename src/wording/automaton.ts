/**
 * Aho–Corasick (A. V. Aho, M. J. Corasick, "Efficient string matching", CACM 18/6, 1975): all words
 * at once in one pass, whatever they share. Symbols are small integers, 1 and up.
 *
 * A small automaton (letters) is a full table with every failure resolved. In a large one (characters)
 * only the root has a full row; the other moves are hashed, a move a cache line.
 */
const NONE = -1
/** Moves of a full table, at most: 4 MB stay near the processor. */
const MOST_IN_TABLE = 1 << 20

export type Automaton = {
  /** Of a symbol: its column for `move`; 0 for one that no word contains. */
  readonly columnOf: (symbol: number) => number
  /** The state after one more symbol, given by its column; 0 is the root. Amortised constant. */
  readonly move: (state: number, column: number) => number
  /** Words that end in a state, the longest first: `words` from `first[state]` to `first[state + 1]`. */
  readonly words: Int32Array
  readonly first: Int32Array
}

/** The words of an automaton, one behind the other in memory; a word's number is its place. */
export class Rows {
  /** Symbols of word `i` from `ends[i]` to `ends[i + 1]`. */
  symbols = new Int32Array(1024)
  readonly ends = [0]
  #size = 0

  /** Symbols of the word that is being written. */
  push(symbols: ArrayLike<number>, from = 0, until = symbols.length): void {
    if (this.#size + until - from > this.symbols.length) {
      const wide = new Int32Array(2 * (this.#size + until - from))
      wide.set(this.symbols)
      this.symbols = wide
    }
    for (let i = from; i < until; i += 1) {
      this.symbols[this.#size] = symbols[i]!
      this.#size += 1
    }
  }

  /** Ends the word. */
  close(): void {
    this.ends.push(this.#size)
  }
}

/** Linear in the symbols of all words. */
export const buildAutomaton = (rows: Rows): Automaton => {
  const { classes, width } = classesOf(rows)
  const { states, parents, columns, last } = byDepth(trieOf(rows, classes))
  const shallow = states * width <= MOST_IN_TABLE ? states : 1
  const table = new Int32Array(shallow * width)
  const moves = new Moves(states - shallow)
  // Whether any move leads on from a state; without one, its suffix goes on in its place.
  const leads = new Uint8Array(states)
  for (let state = 1; state < states; state += 1) {
    const parent = parents[state]!
    leads[parent] = 1
    if (parent < shallow) table[parent * width + columns[state]!] = state
    else moves.set(parent, columns[state]!, state)
  }
  const fail = new Int32Array(states)
  const resume = new Int32Array(states)
  const move = (state: number, column: number): number => {
    let from = resume[state]!
    while (from >= shallow) {
      const next = moves.get(from, column)
      if (next !== NONE) return next
      from = resume[fail[from]!]!
    }
    return table[from * width + column]!
  }
  for (let state = 1; state < states; state += 1) {
    const suffix = parents[state] === 0 ? 0 : move(fail[parents[state]!]!, columns[state]!)
    fail[state] = suffix
    resume[state] = state < shallow || leads[state] === 1 ? state : resume[suffix]!
    if (state >= shallow) continue
    for (let column = 1; column < width; column += 1)
      table[state * width + column] ||= table[suffix * width + column]!
  }
  return { columnOf: (symbol) => classes[symbol] ?? 0, move, ...wordsOf(fail, last) }
}

/** Symbols by number from 1 as they are met, the columns of a row; 0 for those of no word. */
const classesOf = ({ symbols, ends }: Rows) => {
  const size = ends.at(-1)!
  let top = 0
  for (let i = 0; i < size; i += 1) top = Math.max(top, symbols[i]!)
  const classes = new Int32Array(top + 1)
  let width = 1
  for (let i = 0; i < size; i += 1)
    if (classes[symbols[i]!] === 0) {
      classes[symbols[i]!] = width
      width += 1
    }
  return { classes, width }
}

type Trie = {
  readonly states: number
  readonly parents: Int32Array
  /** The column of the move that leads from its parent to each state. */
  readonly columns: Int32Array
  readonly depths: Int32Array
  /** The state in which each word ends. */
  readonly last: Int32Array
}

const trieOf = ({ symbols, ends }: Rows, classes: Int32Array): Trie => {
  const size = ends.at(-1)! + 1
  const moves = new Moves(size)
  const parents = new Int32Array(size)
  const columns = new Int32Array(size)
  const depths = new Int32Array(size)
  const last = new Int32Array(ends.length - 1)
  let states = 1
  for (let word = 0; word < last.length; word += 1) {
    let state = 0
    for (let i = ends[word]!, end = ends[word + 1]!; i < end; i += 1) {
      const column = classes[symbols[i]!]!
      let next = moves.get(state, column)
      if (next === NONE) {
        next = states
        states += 1
        parents[next] = state
        columns[next] = column
        depths[next] = depths[state]! + 1
        moves.set(state, column, next)
      }
      state = next
    }
    last[word] = state
  }
  return { states, parents, columns, depths, last }
}

/** The same states in the order of their depth: the suffixes of each are before it. */
const byDepth = ({ states, parents, columns, depths, last }: Trie) => {
  let deepest = 0
  for (let state = 0; state < states; state += 1) deepest = Math.max(deepest, depths[state]!)
  const next = new Int32Array(deepest + 2)
  for (let state = 0; state < states; state += 1) next[depths[state]! + 1]! += 1
  for (let depth = 1; depth <= deepest; depth += 1) next[depth]! += next[depth - 1]!
  const number = new Int32Array(states)
  for (let state = 0; state < states; state += 1) {
    number[state] = next[depths[state]!]!
    next[depths[state]!]! += 1
  }
  const sorted = { parents: new Int32Array(states), columns: new Int32Array(states) }
  for (let state = 1; state < states; state += 1) {
    sorted.parents[number[state]!] = number[parents[state]!]!
    sorted.columns[number[state]!] = columns[state]!
  }
  return { ...sorted, states, last: last.map((state) => number[state]!) }
}

/**
 * Words by the state that they end in, those of its suffix behind its own. A word is at most 60
 * characters long, so that a state has few suffixes.
 */
const wordsOf = (fail: Int32Array, last: Int32Array) => {
  const states = fail.length
  const first = new Int32Array(states + 1)
  for (const state of last) if (state > 0) first[state + 1]! += 1
  // The suffix of a state is before it: its words are counted by then.
  for (let state = 1; state < states; state += 1) first[state + 1]! += first[fail[state]! + 1]!
  for (let state = 0; state < states; state += 1) first[state + 1]! += first[state]!
  const free = first.slice()
  const list = new Int32Array(first[states]!)
  for (let word = 0; word < last.length; word += 1) {
    const state = last[word]!
    if (state === 0) continue
    list[free[state]!] = word
    free[state]! += 1
  }
  for (let state = 1; state < states; state += 1) {
    const suffix = fail[state]!
    list.copyWithin(free[state]!, first[suffix]!, first[suffix + 1])
  }
  return { words: list, first }
}

/** (state, column) → state; open addressing, at most two thirds full. */
class Moves {
  readonly #mask: number
  /** State, column, next and nothing, four to a move; columns are 1 and up. */
  readonly #slots: Int32Array
  /**
   * A bit for every move and, by chance, for some that are not there: most moves that are asked for
   * do not exist, and this much of the memory stays near the processor.
   */
  readonly #bits = new Int32Array(FILTER_BITS / 32)
  constructor(size: number) {
    const room = 2 ** Math.ceil(Math.log2(size * 1.5 + 2))
    this.#mask = room - 1
    this.#slots = new Int32Array(room * 4)
  }

  get(state: number, column: number): number {
    const hash = hashOf(state, column)
    if ((this.#bits[(hash >>> 5) & (FILTER_BITS / 32 - 1)]! & (1 << (hash & 31))) === 0) return NONE
    const slots = this.#slots
    const mask = this.#mask
    let at = hash & mask
    for (;;) {
      const found = slots[at * 4 + 1]!
      if (found === 0) return NONE
      if (found === column && slots[at * 4] === state) return slots[at * 4 + 2]!
      at = (at + 1) & mask
    }
  }

  set(state: number, column: number, next: number): void {
    const hash = hashOf(state, column)
    this.#bits[(hash >>> 5) & (FILTER_BITS / 32 - 1)]! |= 1 << (hash & 31)
    let at = hash & this.#mask
    while (this.#slots[at * 4 + 1] !== 0) at = (at + 1) & this.#mask
    this.#slots[at * 4] = state
    this.#slots[at * 4 + 1] = column
    this.#slots[at * 4 + 2] = next
  }
}

const FILTER_BITS = 1 << 19

const hashOf = (state: number, column: number): number => {
  const hash = Math.imul(state, 0x9e3779b1) ^ Math.imul(column, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}
