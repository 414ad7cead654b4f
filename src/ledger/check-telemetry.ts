/**
 * Telemetry in a bundle: `data/telemetry/<place in the log>.jsonl` holds the events of one chunk, in
 * order. A line is `{"event":…,"salt":"…"}`, or `{"hash":"…"}` for an event that was erased; together
 * they must give the Merkle root (RFC 6962 §2.1) that the chunk's leaf commits to.
 */
import { say } from '../language/say.ts'
import type { BundleFiles } from './bundle-files.ts'
import type { Fail } from './bundle-report.ts'
import { base64, concat, equalBytes, fromBase64, fromUtf8, utf8 } from './bytes.ts'
import { canonical, canonicalBytes, fromCanonical, isJsonObject, type Json } from './canonical.ts'
import type { OpenedEntry } from './check-entries.ts'
import { SALT_BYTES } from './disclosure.ts'
import { rootOf } from './frontier.ts'
import { HASH_BYTES, leafHash, type Sha256 } from './hash.ts'

const TELEMETRY = 'data/telemetry/'

export const telemetryPath = (index: number): string => `${TELEMETRY}${index}.jsonl`
export const isTelemetry = (path: string): boolean => path.startsWith(TELEMETRY)

/** One line, from salt and event as they are hashed, or from the hash that is left of one. */
export const formatTelemetry = (salted: Uint8Array | null, hash: Uint8Array): string =>
  salted === null
    ? canonical({ hash: base64(hash) })
    : canonical({
        event: JSON.parse(fromUtf8(salted.subarray(SALT_BYTES)) ?? 'null') as Json,
        salt: base64(salted.subarray(0, SALT_BYTES)),
      })

export const checkTelemetry = async (
  files: BundleFiles,
  entries: readonly OpenedEntry[],
  hash: Sha256,
  fail: Fail,
): Promise<void> => {
  const byPath = new Map(entries.map((entry) => [telemetryPath(entry.index), entry]))
  for (const path of files.paths) {
    if (!isTelemetry(path)) continue
    const chunk = byPath.get(path)?.leaf['chunk']
    const root = isJsonObject(chunk) ? fromBase64(textOf(chunk['root'])) : null
    const hashes = hashesOf(await files.read(path), hash)
    if (
      root === null ||
      hashes === null ||
      !isJsonObject(chunk) ||
      chunk['size'] !== hashes.length ||
      !equalBytes(rootOf(hashes, hash), root)
    )
      fail(path, 'bad-telemetry', say('bundle.bad-telemetry'))
  }
}

/** Leaf hashes of the chunk's tree, in order; null for a line that is neither form. */
const hashesOf = (bytes: Uint8Array, hash: Sha256): readonly Uint8Array[] | null => {
  const text = fromUtf8(bytes)
  if (text === null || !text.endsWith('\n')) return null
  const hashes: Uint8Array[] = []
  for (const line of text.slice(0, -1).split('\n')) {
    const value = fromCanonical(utf8(line)) ?? undefined
    if (!isJsonObject(value)) return null
    const { event, salt, hash: erased, ...more } = value
    if (Object.keys(more).length > 0) return null
    const salted = fromBase64(textOf(salt))
    const left = fromBase64(textOf(erased))
    if (isJsonObject(event) && salted?.length === SALT_BYTES && erased === undefined)
      hashes.push(leafHash(concat(salted, canonicalBytes(event)), hash))
    else if (event === undefined && salt === undefined && left?.length === HASH_BYTES)
      hashes.push(left)
    else return null
  }
  return hashes
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
