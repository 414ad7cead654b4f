/** Entry bundles: C2SP tlog-tiles "Log entries". Each entry after its length, 16 bits big-endian. */
import { LedgerError } from './error.ts'
import { TILE_WIDTH } from './tiles.ts'

export const MAX_ENTRY_BYTES = 65_535

/** @throws LedgerError `entry-too-long` */
export const encodeEntries = (entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  let length = 0
  for (const entry of entries) {
    if (entry.length > MAX_ENTRY_BYTES)
      throw new LedgerError('entry-too-long', { bytes: entry.length, most: MAX_ENTRY_BYTES })
    length += 2 + entry.length
  }
  const bundle = new Uint8Array(length)
  let at = 0
  for (const entry of entries) {
    bundle[at] = entry.length >> 8
    bundle[at + 1] = entry.length & 0xff
    bundle.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bundle
}

/**
 * Views into `bundle`, not copies. `width` is how many entries there must be.
 * @throws LedgerError `malformed-entries` for another number, a torn entry or more than 256
 */
export const decodeEntries = (bundle: Uint8Array, width?: number): Uint8Array[] => {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bundle.length) {
    const length = (bundle[at]! << 8) | (bundle[at + 1] ?? 0)
    const end = at + 2 + length
    if (end > bundle.length || entries.length === TILE_WIDTH)
      throw new LedgerError('malformed-entries')
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  if (width !== undefined && entries.length !== width) throw new LedgerError('malformed-entries')
  return entries
}
