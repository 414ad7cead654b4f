/** Node's SHA-256 in the place of the ledger's own, which must run in a page too and is slower. */
import { hash } from 'node:crypto'
import type { Sha256 } from '../ledger/hash.ts'

/** By way of a string of 32 units: asking Node for the bytes costs more than twice as much. */
export const nodeSha256: Sha256 = (bytes) => Buffer.from(hash('sha256', bytes, 'binary'), 'binary')

/** Lower-case hexadecimal. */
export const sha256Hex = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')
