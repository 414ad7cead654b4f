/**
 * DER, strictly (X.690 §10–11): definite lengths in the fewest octets, nothing after the end.
 * `@sigstore/core` reads tokens more loosely; where every byte must be accounted for, this does.
 *
 * Adversary: whoever hands over a token. One bit turned must not leave a token that still passes.
 */

export type Der = {
  readonly tag: number
  /** Tag, length and content, as they stood. */
  readonly raw: Uint8Array
  readonly content: Uint8Array
  /** Of a constructed value; empty for a primitive one. */
  readonly children: readonly Der[]
}

export class DerError extends Error {}

/** @throws DerError for anything but exactly one value in strict DER. */
export const readDer = (bytes: Uint8Array): Der => {
  const value = readAt(bytes, 0, 0)
  if (value.raw.length !== bytes.length) throw new DerError('bytes after the end')
  return value
}

/** Certificates nest about ten deep, tokens a few more. */
const MAX_DEPTH = 32

const readAt = (bytes: Uint8Array, at: number, depth: number): Der => {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined || depth > MAX_DEPTH) throw new DerError('cut short')
  if ((tag & 0x1f) === 0x1f) throw new DerError('a tag of several octets')
  let length = first
  let start = at + 2
  if (first >= 0x80) {
    const octets = first & 0x7f
    if (octets === 0 || octets > 4) throw new DerError('a length that DER does not allow')
    length = 0
    for (const octet of bytes.subarray(start, start + octets)) length = length * 256 + octet
    start += octets
    if (length < 0x80 || length < 256 ** (octets - 1)) throw new DerError('a length too long')
  }
  const end = start + length
  if (end > bytes.length) throw new DerError('cut short')
  const children: Der[] = []
  if ((tag & 0x20) !== 0)
    for (let next = start; next < end;) {
      const child = readAt(bytes.subarray(0, end), next, depth + 1)
      children.push(child)
      next += child.raw.length
    }
  return { tag, raw: bytes.subarray(at, end), content: bytes.subarray(start, end), children }
}

/** One value from its tag and the parts of its content. */
export const derOf = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const content = Buffer.concat(parts)
  const length: number[] = []
  if (content.length < 0x80) length.push(content.length)
  else {
    for (let rest = content.length; rest > 0; rest >>>= 8) length.unshift(rest & 0xff)
    length.unshift(0x80 | length.length)
  }
  return Buffer.concat([Uint8Array.from([tag, ...length]), content])
}

/** An object identifier from its dotted form (X.690 §8.19). */
export const oidOf = (dotted: string): Uint8Array => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const octets = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f]
    for (let more = arc >>> 7; more > 0; more >>>= 7) groups.unshift(0x80 | (more & 0x7f))
    return groups
  })
  return derOf(0x06, Uint8Array.from(octets))
}
