/**
 * Signed notes: C2SP signed-note. A text, a blank line, and signature lines; signatures of unknown
 * keys are ignored, one of a known key that does not match refuses the whole note.
 */
import { base64, concat, fromBase64, fromHex, fromUtf8, hex, isPlainText, utf8 } from './bytes.ts'
import { checkCosignature, cosign } from './cosignature.ts'
import { LedgerError } from './error.ts'
import {
  ED25519,
  isKeyName,
  isSameKey,
  isSignedBy,
  type SignerKey,
  type VerifierKey,
} from './note-key.ts'

export type NoteSignature = {
  readonly name: string
  /** Eight hex digits, as in a VerifierKey. */
  readonly id: string
  /** What follows the four bytes of key id. */
  readonly bytes: Uint8Array
}

export type Note = {
  /** Ends with a newline; the blank line after it belongs to neither part. */
  readonly text: string
  readonly signatures: readonly NoteSignature[]
}

export type VerifiedSignature = {
  readonly key: VerifierKey
  /** POSIX seconds, for a cosignature. */
  readonly timeSeconds?: number
}

export type OpenedNote = Note & {
  /** At least one; each key once. */
  readonly verified: readonly VerifiedSignature[]
  /** Signatures by keys that are not known here: they prove nothing and refuse nothing. */
  readonly unknown: readonly NoteSignature[]
}

/** A note larger than this, or with more signatures, is refused before it is read. */
const MAX_NOTE_CHARACTERS = 1_000_000
const MAX_SIGNATURES = 256

/** @throws LedgerError `malformed-note`, `bad-signature`, `unverified-note` */
export const openNote = (note: string | Uint8Array, keys: readonly VerifierKey[]): OpenedNote => {
  const { text, signatures } = parseNote(note)
  const verified: VerifiedSignature[] = []
  const unknown: NoteSignature[] = []
  for (const signature of signatures) {
    const key = keys.find((known) => isSameKey(known, signature))
    if (key === undefined) unknown.push(signature)
    else {
      const good = verifySignature(text, key, signature.bytes)
      if (good === null) throw new LedgerError('bad-signature', { name: key.name })
      if (!verified.some((other) => isSameKey(other.key, key))) verified.push(good)
    }
  }
  if (verified.length === 0) throw new LedgerError('unverified-note')
  return { text, signatures, verified, unknown }
}

/** The parts of a note, nothing verified. @throws LedgerError `malformed-note` */
export const parseNote = (note: string | Uint8Array): Note => {
  const whole = typeof note === 'string' ? note : fromUtf8(note)
  if (whole === null || whole.length > MAX_NOTE_CHARACTERS || !isPlainText(whole, '\n'))
    throw new LedgerError('malformed-note')
  const split = whole.lastIndexOf('\n\n')
  if (split < 0 || !whole.endsWith('\n')) throw new LedgerError('malformed-note')
  const lines = whole.slice(split + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) throw new LedgerError('malformed-note')
  return { text: whole.slice(0, split + 1), signatures: lines.map(parseSignatureLine) }
}

/** @throws LedgerError `malformed-note` where the text does not end with a newline */
export const signNote = (
  text: string,
  signers: readonly SignerKey[],
  /** POSIX seconds; a signer whose key is a cosignature key needs it. */
  timeSeconds?: number,
): string => {
  const note = `${text}\n${signers.map((key) => signatureLine(text, key, timeSeconds)).join('')}`
  parseNote(note)
  return note
}

/**
 * One signature line with its newline, as a witness answers it.
 * @throws RangeError for a cosignature without a time
 */
export const signatureLine = (text: string, key: SignerKey, timeSeconds?: number): string => {
  const { name, id, type } = key.verifier
  if (type === ED25519) return formatSignatureLine({ name, id, bytes: key.sign(utf8(text)) })
  if (timeSeconds === undefined) throw new RangeError('a cosignature without a time')
  return formatSignatureLine({ name, id, bytes: cosign(text, key, timeSeconds) })
}

export const formatSignatureLine = ({ name, id, bytes }: NoteSignature): string =>
  `— ${name} ${base64(concat(fromHex(id)!, bytes))}\n`

/** `line` without its newline. @throws LedgerError `malformed-note` */
export const parseSignatureLine = (line: string): NoteSignature => {
  const [dash, name, blob, ...more] = line.split(' ')
  const bytes = fromBase64(blob ?? '')
  if (dash !== '—' || !isKeyName(name ?? '') || bytes === null || bytes.length < 5 || more.length)
    throw new LedgerError('malformed-note')
  return { name: name!, id: hex(bytes.subarray(0, 4)), bytes: bytes.slice(4) }
}

const verifySignature = (
  text: string,
  key: VerifierKey,
  signature: Uint8Array,
): VerifiedSignature | null => {
  if (key.type === ED25519) return isSignedBy(key, utf8(text), signature) ? { key } : null
  const timeSeconds = checkCosignature(text, key, signature)
  return timeSeconds === null ? null : { key, timeSeconds }
}
