/**
 * Pieces of recordings, stored under the SHA-256 of their bytes: what is stored twice is stored once,
 * and what was changed is found by its name.
 */
import type { ObjectStore } from '../ledger/object-store.ts'
import { sha256Hex } from './sha256.ts'

/** In the store of segments; two hundred and fifty-six folders. */
export const segmentPath = (sha256: string): string => {
  const name = sha256.toLowerCase()
  return `${name.slice(0, 2)}/${name}`
}

/** As `live.segment.recorded` names it, relative to the ledger's folder. */
export const segmentUri = (sha256: string): string => `segments/${segmentPath(sha256)}`

/** Durable on return. @throws StoreError */
export const storeSegment = async (
  store: ObjectStore,
  ...pieces: readonly Uint8Array[]
): Promise<readonly string[]> => {
  const named = pieces.map((bytes) => [sha256Hex(bytes), bytes] as const)
  await store.write(new Map(named.map(([sha256, bytes]) => [segmentPath(sha256), bytes])))
  return named.map(([sha256]) => sha256)
}

/** The bytes, or null where they are gone or are not what their name says. */
export const readSegment = async (
  store: Pick<ObjectStore, 'read'>,
  sha256: string,
): Promise<Uint8Array | null> => {
  const bytes = await store.read(segmentPath(sha256))
  return bytes !== null && sha256Hex(bytes) === sha256.toLowerCase() ? bytes : null
}

/** Digests of everything stored, by name; the bytes are not read. */
export const storedSegments = async (store: ObjectStore): Promise<Set<string>> => {
  const found = new Set<string>()
  for await (const path of store.list('')) found.add(path.slice(path.indexOf('/') + 1))
  return found
}
