/** Salts for leaves, drawn many at a time: a system call for each would cost more than the leaf. */
import { randomFillSync } from 'node:crypto'
import { SALT_BYTES } from '../ledger/disclosure.ts'
import type { Salt } from '../ledger/leaf.ts'

const TOGETHER = 1024

/** Sixteen fresh bytes of the system's generator at each call; views that are never reused. */
export const randomSalt = (): Salt => {
  let pool = new Uint8Array(0)
  let at = 0
  return () => {
    if (at === pool.length) {
      pool = randomFillSync(new Uint8Array(SALT_BYTES * TOGETHER))
      at = 0
    }
    at += SALT_BYTES
    return pool.subarray(at - SALT_BYTES, at)
  }
}
