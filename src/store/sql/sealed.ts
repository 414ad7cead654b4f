/**
 * AES-256-GCM (NIST SP 800-38D) for columns: what is sealed names the place it was sealed for, so
 * a value moved to another row or column does not open.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'

export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** @returns nonce ‖ ciphertext ‖ tag · @param place e.g. `findings/finding-1`, authenticated */
export const seal = (key: Uint8Array, place: string, plain: Uint8Array): Buffer =>
  encrypt(key, place, plain, randomBytes(NONCE_BYTES))

/**
 * As `seal`, but equal texts give equal bytes, so that a column can be searched for a value. The
 * nonce is a keyed digest of place and text, as in SIV (RFC 5297): it repeats only with the whole.
 * Tells that two rows are equal, and nothing else.
 */
export const sealAlike = (key: Uint8Array, place: string, plain: Uint8Array): Buffer =>
  encrypt(key, place, plain, digest(key, place, plain).subarray(0, NONCE_BYTES))

/** The inverse of both. @throws Error where key, place or bytes are not what was sealed */
export const unseal = (key: Uint8Array, place: string, sealed: Uint8Array): Buffer => {
  const end = sealed.length - TAG_BYTES
  if (end < NONCE_BYTES) throw new RangeError(`${sealed.length} bytes are no sealed value`)
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES))
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(sealed.subarray(end))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, end)), decipher.final()])
}

/** Keyed and one-way: what personal ids are looked up by. HMAC-SHA-256, 32 bytes. */
export const digest = (key: Uint8Array, place: string, plain: Uint8Array): Buffer =>
  createHmac('sha256', key)
    .update(`${Buffer.byteLength(place)}:${place}`)
    .update(plain)
    .digest()

const encrypt = (key: Uint8Array, place: string, plain: Uint8Array, nonce: Uint8Array): Buffer => {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(place))
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}
