/**
 * A 64-bit fingerprint of a string as two unsigned 32-bit lanes: multiply and xor each UTF-16 unit,
 * then the finaliser of MurmurHash3 (Appleby, public domain) across both lanes. Not cryptographic.
 */
export type Lanes = { hi: number; lo: number }

/** Writes the fingerprint into `out`, so that the hot path allocates nothing. */
export const fingerprint = (text: string, out: Lanes, seed = 0): void => {
  let a = 0xdeadbeef ^ seed
  let b = 0x41c6ce57 ^ seed
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  out.hi = b >>> 0
  out.lo = a >>> 0
}
