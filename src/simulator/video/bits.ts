/** Bits of an H.264 NAL unit (ITU-T H.264 §7.2, §9.1, §7.4.1). */

export class Bits {
  readonly #bytes: number[] = []
  #byte = 0
  #bits = 0

  /** The low `length` bits of a value, at most 32. */
  u(value: number, length: number): this {
    for (let i = length - 1; i >= 0; i -= 1) {
      this.#byte = (this.#byte << 1) | ((value >>> i) & 1)
      this.#bits += 1
      if (this.#bits < 8) continue
      this.#bytes.push(this.#byte)
      this.#byte = 0
      this.#bits = 0
    }
    return this
  }

  /** Exp-Golomb codes (§9.1), one for each value. */
  ue(...values: readonly number[]): this {
    for (const value of values) {
      const length = 32 - Math.clz32(value + 1)
      this.u(0, length - 1).u(value + 1, length)
    }
    return this
  }

  /** Whole bytes after zeros up to the next byte (pcm_alignment_zero_bit). */
  aligned(bytes: Iterable<number>): this {
    while (this.#bits > 0) this.u(0, 1)
    for (const byte of bytes) this.#bytes.push(byte)
    return this
  }

  /**
   * The unit: header, stop bit (rbsp_trailing_bits), and a 3 wherever two zeros would make a start
   * code of what follows (emulation_prevention_three_byte).
   */
  unit(header: number): Uint8Array {
    this.u(1, 1).aligned([])
    const out = [header]
    let zeros = 0
    for (const byte of this.#bytes) {
      if (zeros >= 2 && byte <= 3) {
        out.push(3)
        zeros = 0
      }
      out.push(byte)
      zeros = byte === 0 ? zeros + 1 : 0
    }
    return Uint8Array.from(out)
  }
}
