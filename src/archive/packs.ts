/**
 * The bodies of chunks, packed: what is put together for leaves of one bucket lies in one object, so
 * that five hundred rooms cost a few flushes and not five hundred. A pack is named by the first leaf
 * it was put for; a body is in the last pack that begins at or before its leaf.
 *
 * `chunks/<bucket>/<place>`: SHA-256 of the rest ‖ for each body its place in the bucket (8 bits),
 * its length (32 bits, big-endian) and its bytes, places ascending.
 */
import { equalBytes } from '../ledger/bytes.ts'
import type { ObjectStore } from '../ledger/object-store.ts'
import { formatTilePath, TILE_WIDTH } from '../ledger/tiles.ts'
import { nodeSha256 } from './sha256.ts'

/** A body begins another pack once one holds so much: erasing from it must rewrite it whole. */
const PACK_BYTES = 8_000_000
const DIGEST_BYTES = 32
const HEAD_BYTES = 5

/** Bodies by their place in the bucket. */
type Bodies = Map<number, Uint8Array>

/** Raised where a pack is not what was written. */
export class PackError extends Error {}

export class Packs {
  readonly #store: ObjectStore
  /** The pack that was read last: whoever reads a log reads its bodies in order. */
  #last: { readonly path: string; readonly bodies: Bodies } | null = null

  constructor(store: ObjectStore) {
    this.#store = store
  }

  /** Null where none was put, or it is gone. @throws PackError, with the path */
  async body(index: number): Promise<Uint8Array | null> {
    const path = await this.pathOf(index)
    return path === null ? null : ((await this.#bodies(path)).get(index % TILE_WIDTH) ?? null)
  }

  /** The pack that a leaf's body is in, if it has one. */
  async pathOf(index: number): Promise<string | null> {
    const bucket = Math.floor(index / TILE_WIDTH)
    if (this.#last !== null && this.#last.path.startsWith(folderOf(bucket)))
      if (this.#last.bodies.has(index % TILE_WIDTH)) return this.#last.path
    const firsts = (await this.#firsts(bucket)).filter((first) => first <= index % TILE_WIDTH)
    return firsts.length === 0 ? null : pathOf(bucket, Math.max(...firsts))
  }

  /** The objects that hold these bodies. */
  objectsOf(bodies: Iterable<readonly [index: number, body: Uint8Array]>): Map<string, Uint8Array> {
    const objects = new Map<string, Uint8Array>()
    let [bucket, first, bytes, pack]: [number, number, number, Bodies] = [-1, 0, 0, new Map()]
    const close = () => {
      if (pack.size > 0) objects.set(pathOf(bucket, first), encode(pack))
      pack = new Map()
      bytes = 0
    }
    for (const [index, body] of bodies) {
      const its = Math.floor(index / TILE_WIDTH)
      if (its !== bucket || bytes + body.length > PACK_BYTES) {
        close()
        ;[bucket, first] = [its, index % TILE_WIDTH]
      }
      pack.set(index % TILE_WIDTH, body)
      bytes += body.length
    }
    close()
    return objects
  }

  /** The packs with some bodies changed; one that is not there is left out. */
  async *changed<T>(
    indices: ReadonlyMap<number, T>,
    change: (body: Uint8Array, what: T) => Uint8Array,
  ): AsyncGenerator<readonly [path: string, bytes: Uint8Array]> {
    const byPath = new Map<string, number[]>()
    for (const index of indices.keys()) {
      const path = await this.pathOf(index)
      if (path !== null) byPath.set(path, [...(byPath.get(path) ?? []), index])
    }
    for (const [path, mine] of byPath) {
      const bodies: Bodies = new Map(await this.#bodies(path))
      for (const index of mine) {
        const body = bodies.get(index % TILE_WIDTH)
        if (body !== undefined) bodies.set(index % TILE_WIDTH, change(body, indices.get(index)!))
      }
      this.#last = null
      yield [path, encode(bodies)]
    }
  }

  /** Takes away what was put for leaf `size` and those after it, up to `end`. */
  async forget(size: number, end: number): Promise<void> {
    this.#last = null
    const bucket = Math.floor(size / TILE_WIDTH)
    const gone: string[] = []
    for (const first of await this.#firsts(bucket)) {
      const path = pathOf(bucket, first)
      if (first >= size % TILE_WIDTH) gone.push(path)
      else {
        const bodies = await this.#bodies(path)
        const kept: Bodies = new Map([...bodies].filter(([place]) => place < size % TILE_WIDTH))
        if (kept.size < bodies.size) await this.#store.write(new Map([[path, encode(kept)]]))
      }
    }
    for (let next = bucket + 1; next * TILE_WIDTH < end; next += 1)
      for (const first of await this.#firsts(next)) gone.push(pathOf(next, first))
    this.#last = null
    await this.#store.remove(gone)
  }

  async #firsts(bucket: number): Promise<number[]> {
    const folder = folderOf(bucket)
    const firsts: number[] = []
    for await (const path of this.#store.list(folder))
      firsts.push(Number(path.slice(folder.length)))
    return firsts
  }

  async #bodies(path: string): Promise<Bodies> {
    if (this.#last?.path === path) return this.#last.bodies
    const bytes = await this.#store.read(path)
    const bodies = bytes === null ? new Map<number, Uint8Array>() : decode(path, bytes)
    this.#last = { path, bodies }
    return bodies
  }
}

/** Grouped by thousands, as tiles are. */
const folderOf = (bucket: number): string =>
  `chunks${formatTilePath({ level: 'entries', index: bucket, width: TILE_WIDTH }).slice('tile/entries'.length)}/`

const pathOf = (bucket: number, first: number): string =>
  `${folderOf(bucket)}${String(first).padStart(3, '0')}`

const encode = (bodies: Bodies): Uint8Array => {
  const parts = [...bodies].flatMap(([place, body]) => {
    const head = Buffer.alloc(HEAD_BYTES)
    head.writeUInt8(place)
    head.writeUInt32BE(body.length, 1)
    return [head, body]
  })
  const rest = Buffer.concat(parts)
  return Buffer.concat([nodeSha256(rest), rest])
}

const decode = (path: string, bytes: Uint8Array): Bodies => {
  const rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).subarray(DIGEST_BYTES)
  if (!equalBytes(bytes.subarray(0, DIGEST_BYTES), nodeSha256(rest))) throw new PackError(path)
  const bodies: Bodies = new Map()
  for (let at = 0; at < rest.length;) {
    const length = rest.readUInt32BE(at + 1)
    const from = at + HEAD_BYTES
    bodies.set(rest[at]!, rest.subarray(from, from + length))
    at = from + length
  }
  return bodies
}
