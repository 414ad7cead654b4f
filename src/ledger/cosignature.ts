/**
 * Cosignatures: C2SP tlog-cosignature, Ed25519 (type 0x04). A witness says: at that time this was
 * the largest consistent tree that I had seen for that origin.
 */
import { concat, uint64, utf8 } from './bytes.ts'
import { isSignedBy, type SignerKey, type VerifierKey } from './note-key.ts'

const SIGNATURE_BYTES = 64

/** Eight bytes of POSIX seconds, then Ed25519: 72 bytes. `text` is the checkpoint, unsigned. */
export const cosign = (text: string, key: SignerKey, timeSeconds: number): Uint8Array =>
  concat(uint64(timeSeconds), key.sign(cosignedMessage(text, timeSeconds)))

/** The time in POSIX seconds at which `key` cosigned the text; null where it did not. */
export const checkCosignature = (
  text: string,
  key: VerifierKey,
  signature: Uint8Array,
): number | null => {
  if (signature.length !== 8 + SIGNATURE_BYTES) return null
  const view = new DataView(signature.buffer, signature.byteOffset, 8)
  const timeSeconds = Number(view.getBigUint64(0))
  // The specification allows any time below 2^63; beyond 2^53 no clock of ours could say it.
  if (!Number.isSafeInteger(timeSeconds)) return null
  const message = cosignedMessage(text, timeSeconds)
  return isSignedBy(key, message, signature.subarray(8)) ? timeSeconds : null
}

const cosignedMessage = (text: string, timeSeconds: number): Uint8Array =>
  utf8(`cosignature/v1\ntime ${timeSeconds}\n${text}`)
