/** The host's SHA-256 in the place of the portable one. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeSha256 as archived } from '../../src/archive/sha256.ts'
import { hex, utf8 } from '../../src/ledger/bytes.ts'
import { sha256 } from '../../src/ledger/hash.ts'
import { nodeSha256 as stored } from '../../src/store/node-keys.ts'

describe.each([
  ['store', stored],
  ['archive', archived],
])("SHA-256 of the %s's host", (_, hash) => {
  it('is that of FIPS 180-4 for its example', () => {
    expect(hex(hash(utf8('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  it('is the portable one for any bytes, and what was given before stays', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array(), (bytes, next) => {
        const first = hash(bytes)
        hash(next)
        expect(first.length).toBe(32)
        expect(hex(first)).toBe(hex(sha256(bytes)))
      }),
    )
  })
})
