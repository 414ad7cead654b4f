/** The host's own SHA-256 and Ed25519 in place of the portable ones: the same bytes, much faster. */
import { createPrivateKey, hash, sign } from 'node:crypto'
import type { Sha256 } from '../ledger/hash.ts'
import { parseSignerKey, type SignerKey } from '../ledger/note-key.ts'

export const nodeSha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer')

/** PKCS #8 before a raw Ed25519 seed (RFC 8410 §7). */
const SEED_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')

/** @throws LedgerError `malformed-key` */
export const nodeSigner = (skey: string): SignerKey => {
  const { verifier, seed } = parseSignerKey(skey)
  const der = Buffer.concat([SEED_PREFIX, seed])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return { verifier, sign: (message) => sign(null, message, key) }
}
