/**
 * Keys of signed notes: C2SP signed-note "Verifier keys" and "Signatures"; private keys in the form
 * that golang.org/x/mod/sumdb/note writes. Two types: 0x01, Ed25519 over the text, for logs, and
 * 0x04, timestamped cosignatures, for witnesses.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { base64, concat, fromBase64, hex, utf8 } from './bytes.ts'
import { LedgerError } from './error.ts'
import { sha256 } from './hash.ts'

export const ED25519 = 0x01
export const COSIGNATURE = 0x04
export type KeyType = typeof ED25519 | typeof COSIGNATURE

export type VerifierKey = {
  /** Of a log: its origin. */
  readonly name: string
  /** Eight hex digits: the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). */
  readonly id: string
  readonly type: KeyType
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}

export type SignerKey = {
  readonly verifier: VerifierKey
  /** Ed25519 over the bytes as they stand, 64 bytes. A host may put its own in its place. */
  readonly sign: (message: Uint8Array) => Uint8Array
}

/** `<name>+<id>+<base64(type ‖ public key)>` */
export const formatVerifierKey = ({ name, id, type, publicKey }: VerifierKey): string =>
  `${name}+${id}+${base64(concat(Uint8Array.of(type), publicKey))}`

/** @throws LedgerError `malformed-key`; `unsupported-key` for a sound key of another type */
export const parseVerifierKey = (vkey: string): VerifierKey => {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(vkey)
  const blob = fromBase64(match?.[3] ?? '')
  if (match === null || blob === null || blob.length < 2) throw malformed(vkey)
  const [, name, id] = match as unknown as [string, string, string]
  if (!isKeyName(name) || keyId(name, blob) !== id) throw malformed(vkey)
  const type = blob[0]!
  if (type !== ED25519 && type !== COSIGNATURE)
    throw new LedgerError('unsupported-key', { key: vkey })
  if (blob.length !== 1 + KEY_BYTES) throw malformed(vkey)
  return { name, id, type, publicKey: blob.slice(1) }
}

/**
 * The key that a seed of 32 random bytes makes.
 * @throws LedgerError `malformed-key` for a name with a space or `+`, or a seed of another length
 */
export const signerKey = (name: string, seed: Uint8Array, type: KeyType = ED25519): SignerKey => {
  if (!isKeyName(name) || seed.length !== KEY_BYTES) throw malformed(name)
  const secret = seed.slice()
  const publicKey = ed25519.getPublicKey(secret)
  const id = keyId(name, concat(Uint8Array.of(type), publicKey))
  return {
    verifier: { name, id, type, publicKey },
    sign: (message) => ed25519.sign(message, secret),
  }
}

/** `PRIVATE+KEY+<name>+<id>+<base64(type ‖ seed)>`: is the inverse of parseSignerKey. */
export const formatSignerKey = (
  name: string,
  seed: Uint8Array,
  type: KeyType = ED25519,
): string => {
  const { id } = signerKey(name, seed, type).verifier
  return `${PRIVATE}${name}+${id}+${base64(concat(Uint8Array.of(type), seed))}`
}

/** @throws LedgerError `malformed-key`, without the key in the message: it is a secret */
export const parseSignerKey = (skey: string): SignerKey & { readonly seed: Uint8Array } => {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(skey.slice(PRIVATE.length))
  const blob = fromBase64(match?.[3] ?? '')
  const type = blob?.[0]
  if (
    !skey.startsWith(PRIVATE) ||
    match === null ||
    blob?.length !== 1 + KEY_BYTES ||
    (type !== ED25519 && type !== COSIGNATURE)
  )
    throw malformed('PRIVATE+KEY+…')
  const seed = blob.slice(1)
  const key = signerKey(match[1]!, seed, type)
  if (key.verifier.id !== match[2]) throw malformed('PRIVATE+KEY+…')
  return { ...key, seed }
}

/** Strict Ed25519 (RFC 8032), not the laxer ZIP 215; false for anything that is no signature. */
export const isSignedBy = (
  { publicKey }: VerifierKey,
  message: Uint8Array,
  signature: Uint8Array,
): boolean => {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false
  }
}

/** Non-empty, no `+`, no Unicode space (U+0085 is one, though not for `\s`). */
export const isKeyName = (name: string): boolean => /^[^\s\u0085+]+$/u.test(name)

export const isSameKey = (a: VerifierKey, b: { readonly name: string; readonly id: string }) =>
  a.name === b.name && a.id === b.id

const PRIVATE = 'PRIVATE+KEY+'
const KEY_BYTES = 32

const keyId = (name: string, typeAndKey: Uint8Array): string =>
  hex(sha256(concat(utf8(`${name}\n`), typeAndKey)).subarray(0, 4))

const malformed = (key: string) => new LedgerError('malformed-key', { key })
