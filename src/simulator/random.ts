/**
 * sfc32, the small fast counting generator of Chris Doty-Humphrey (PractRand 0.94, 2010): 128 bits
 * of state, period at least 2^32, on average about 2^127. Seeded by the text of a seed and a label,
 * so every part of a simulation has a stream of its own and equal seeds give equal bytes.
 */
export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1
  readonly #seed: string

  constructor(seed: string) {
    this.#seed = seed
    this.#a = digest(seed, 0x9e3779b9)
    this.#b = digest(seed, 0x243f6a88)
    this.#c = digest(seed, 0xb7e15162)
    // the author's recommendation: discard the first outputs so that close seeds part company
    for (let i = 0; i < 15; i += 1) this.word()
  }

  /** 32 random bits. */
  word(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** Uniform in (0, 1): never 0, so that its logarithm is finite. */
  uniform(): number {
    return (this.word() + 0.5) / 4_294_967_296
  }

  /** Another stream, which depends on the seed and the label and on nothing drawn so far. */
  fork(label: string): Random {
    return new Random(`${this.#seed}/${label}`)
  }
}

/** The finaliser of MurmurHash3 (Appleby, 2011): a bijection of 32-bit words. */
export const scramble = (word: number): number => {
  let h = word | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

const digest = (text: string, basis: number): number => {
  let h = basis
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return scramble(h)
}
