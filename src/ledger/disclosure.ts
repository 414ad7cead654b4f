/**
 * Salted disclosures: RFC 9901 §4.2 (SD-JWT). The leaf holds the digest; the disclosure, a string
 * of salt, name and value, is kept elsewhere and can be destroyed without touching the leaf.
 */
import { base64url, fromBase64url, fromUtf8, utf8 } from './bytes.ts'
import { canonicalBytes, type Json } from './canonical.ts'
import { LedgerError } from './error.ts'
import { sha256, type Sha256 } from './hash.ts'

/** 128 bits, RFC 9901 §9.3: less could be guessed together with a low-entropy value. */
export const SALT_BYTES = 16

/** Names that RFC 9901 §4.2.4 keeps for digests; no field may bear one. */
export const DIGESTS = '_sd'
export const RESERVED_NAMES: ReadonlySet<string> = new Set([DIGESTS, '...'])

export type Disclosed = { readonly name: string; readonly value: Json }

/** The string to keep. Keep exactly it: the digest is over the string, not over what it means. */
export const disclose = (salt: Uint8Array, name: string, value: Json): string => {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt of ${salt.length} bytes`)
  if (RESERVED_NAMES.has(name)) throw new LedgerError('reserved-name', { name })
  return base64url(canonicalBytes([base64url(salt), name, value]))
}

/** base64url of the SHA-256 of the string's ASCII bytes, RFC 9901 §4.2.3. */
export const digestOf = (disclosure: string, hash: Sha256 = sha256): string =>
  base64url(hash(utf8(disclosure)))

/** @throws LedgerError `malformed-disclosure` */
export const openDisclosure = (disclosure: string): Disclosed => {
  const bytes = fromBase64url(disclosure)
  const text = bytes === null ? null : fromUtf8(bytes)
  const triple = text === null ? null : parse(text)
  if (!Array.isArray(triple) || triple.length !== 3) throw new LedgerError('malformed-disclosure')
  const [salt, name, value]: readonly unknown[] = triple
  if (typeof salt !== 'string' || typeof name !== 'string' || RESERVED_NAMES.has(name))
    throw new LedgerError('malformed-disclosure')
  return { name, value: value as Json }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
