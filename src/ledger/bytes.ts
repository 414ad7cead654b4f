/**
 * Bytes as text and back, strictly: every reader refuses what its writer would not have written,
 * so no two texts mean the same bytes (RFC 4648 §3.5, canonical encodings).
 */
import { base64 as base64Coder, base64urlnopad, hex as hexCoder } from '@scure/base'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

/** Null where the bytes are not UTF-8. A byte order mark is kept as the character it is. */
export const fromUtf8 = (bytes: Uint8Array): string | null => orNull(() => decoder.decode(bytes))

/** Lower-case hexadecimal. */
export const hex = (bytes: Uint8Array): string => hexCoder.encode(bytes)

/** Null unless lower-case hexadecimal of whole bytes. */
export const fromHex = (text: string): Uint8Array | null =>
  canonical(text, hexCoder.decode, hexCoder.encode)

/** Standard alphabet, padded (RFC 4648 §4). */
export const base64 = (bytes: Uint8Array): string => base64Coder.encode(bytes)

/** Null unless it is exactly what `base64` writes. */
export const fromBase64 = (text: string): Uint8Array | null =>
  canonical(text, base64Coder.decode, base64Coder.encode)

/** URL-safe alphabet, no padding (RFC 4648 §5, as JOSE uses it). */
export const base64url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes)

/** Null unless it is exactly what `base64url` writes. */
export const fromBase64url = (text: string): Uint8Array | null =>
  canonical(text, base64urlnopad.decode, base64urlnopad.encode)

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean => {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false
  return true
}

export const concat = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Unsigned 64-bit big-endian, for `value` a safe integer. */
export const uint64 = (value: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

/** Whether it is well-formed Unicode without control characters below U+0020 but the `allowed`. */
export const isPlainText = (text: string, allowed: string): boolean => {
  for (let i = 0; i < text.length; i += 1)
    if (text.charCodeAt(i) < 0x20 && !allowed.includes(text[i]!)) return false
  // Half a surrogate pair has no UTF-8: it would be signed as U+FFFD and read as something else.
  return !/\p{Surrogate}/u.test(text)
}

/** ASCII decimal without sign or leading zeros, at most 2^53 − 1; null for anything else. */
export const fromDecimal = (text: string): number | null => {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return null
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : null
}

const canonical = (
  text: string,
  decode: (text: string) => Uint8Array,
  encode: (bytes: Uint8Array) => string,
): Uint8Array | null => {
  const bytes = orNull(() => decode(text))
  return bytes !== null && encode(bytes) === text ? bytes : null
}

const orNull = <T>(attempt: () => T): T | null => {
  try {
    return attempt()
  } catch {
    return null
  }
}
