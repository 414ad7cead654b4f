/** Small logs built by the book for the tests: the recursive definition, nothing incremental. */
import { createHash } from 'node:crypto'
import { utf8 } from '../../src/ledger/bytes.ts'
import { formatCheckpoint } from '../../src/ledger/checkpoint.ts'
import { encodeEntries } from '../../src/ledger/entry-bundle.ts'
import { signerKey, COSIGNATURE, formatVerifierKey } from '../../src/ledger/note-key.ts'
import { signNote } from '../../src/ledger/note.ts'
import type { ObjectStore } from '../../src/ledger/object-store.ts'
import { parsePolicy } from '../../src/ledger/policy.ts'

const sha = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

export const leafByTheBook = (entry: Uint8Array) => sha(Uint8Array.of(0), entry)

/** MTH of RFC 6962 §2.1, word for word, over leaf hashes. */
export const rootByTheBook = (leaves: readonly Uint8Array[]): Uint8Array => {
  if (leaves.length === 0) return sha()
  if (leaves.length === 1) return leaves[0]!
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1))
  return sha(Uint8Array.of(1), rootByTheBook(leaves.slice(0, k)), rootByTheBook(leaves.slice(k)))
}

export const entriesOf = (size: number, mark = 'entry'): Uint8Array[] =>
  Array.from({ length: size }, (_, i) => utf8(`${mark} ${i}`))

export const memory = (objects = new Map<string, Uint8Array>()) => {
  const store: ObjectStore = {
    read: (path) => Promise.resolve(objects.get(path) ?? null),
    write: (more) => {
      for (const [path, bytes] of more) objects.set(path, bytes)
      return Promise.resolve()
    },
    remove: (paths) => {
      for (const path of paths) objects.delete(path)
      return Promise.resolve()
    },
    list: async function* (prefix) {
      for (const path of objects.keys()) if (path.startsWith(prefix)) yield path
    },
  }
  return { store, objects }
}

export const LOG = signerKey('log.example/test', new Uint8Array(32).fill(1))
export const WITNESS = signerKey('witness.example/w1', new Uint8Array(32).fill(2), COSIGNATURE)
export const OTHER_WITNESS = signerKey(
  'witness.example/w2',
  new Uint8Array(32).fill(3),
  COSIGNATURE,
)

export const policyOf = (quorum: 'none' | 'W1' | 'W2' | 'both' | 'any') =>
  parsePolicy(
    [
      `log ${formatVerifierKey(LOG.verifier)}`,
      `witness W1 ${formatVerifierKey(WITNESS.verifier)} https://witness.example/`,
      `witness W2 ${formatVerifierKey(OTHER_WITNESS.verifier)}`,
      quorum === 'both' ? 'group both all W1 W2' : 'group any any W1 W2',
      `quorum ${quorum}`,
    ].join('\n'),
  )

export const checkpointOf = (size: number, root: Uint8Array, keys = [LOG]): string =>
  signNote(formatCheckpoint({ origin: LOG.verifier.name, size, root }), keys, 1_760_000_000)

/**
 * Every object of a log with these entries, by the definition of tlog-tiles: tile(l, n)[i] is the
 * root of leaves (256 n + i)·256^l … (256 n + i + 1)·256^l.
 */
export const logByTheBook = (entries: readonly Uint8Array[], keys = [LOG]) => {
  const objects = new Map<string, Uint8Array>()
  const put = (kind: string, count: number, bytesOf: (from: number, to: number) => Uint8Array) => {
    for (let n = 0; n * 256 < count; n += 1) {
      const width = Math.min(256, count - n * 256)
      const name = String(n).padStart(3, '0') + (width < 256 ? `.p/${width}` : '')
      objects.set(`tile/${kind}/${name}`, bytesOf(n * 256, n * 256 + width))
    }
  }
  put('entries', entries.length, (from, to) => encodeEntries(entries.slice(from, to)))
  let hashes: Uint8Array[] = entries.map(leafByTheBook)
  for (let level = 0; hashes.length > 0; level += 1) {
    const row = hashes
    put(
      String(level),
      row.length,
      (from, to) => new Uint8Array(row.slice(from, to).flatMap((h) => [...h])),
    )
    hashes = Array.from({ length: Math.floor(row.length / 256) }, (_, i) =>
      rootByTheBook(row.slice(i * 256, (i + 1) * 256)),
    )
  }
  const root = rootByTheBook(entries.map(leafByTheBook))
  objects.set('checkpoint', utf8(checkpointOf(entries.length, root, keys)))
  return memory(objects)
}
