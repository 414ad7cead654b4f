/**
 * The erasable vault: what the log holds only digests of. Disclosures lie in buckets of 256 leaves,
 * beside the entry bundle of the same number; the events of chunks lie in packs (packs.ts).
 * Nothing here is needed to check a proof, so anything here can go.
 *
 * Bucket: one line a leaf, its disclosures (base64url) apart by spaces; an empty line has none left.
 */
import { fromUtf8, utf8 } from '../ledger/bytes.ts'
import { eraseFromChunk } from '../ledger/chunk.ts'
import type { ObjectStore } from '../ledger/object-store.ts'
import { formatTilePath, TILE_WIDTH } from '../ledger/tiles.ts'
import { PackError, Packs } from './packs.ts'
import { nodeSha256 } from './sha256.ts'

export type Kept = {
  readonly disclosures: readonly string[]
  /** Body of a chunk (chunk.ts); absent for a leaf of its own. */
  readonly body?: Uint8Array
}

/** What to take out, by leaf: the disclosures that stay of it, and the places in a chunk that go. */
export type Removal = {
  readonly leaves: ReadonlyMap<number, readonly string[]>
  readonly chunks: ReadonlyMap<number, ReadonlySet<number>>
}

/** Raised where the vault holds what it never wrote. */
export class VaultError extends Error {}

/** A removal under way: it names leaves and nobody, and is gone when the removal is done. */
const REMOVING = 'removing'

export const bucketPath = (bucket: number): string => under('leaves', bucket)

export class Vault {
  readonly #store: ObjectStore
  readonly #packs: Packs
  /** Buckets are read, changed and written: one at a time. Never rejects. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(store: ObjectStore) {
    this.#store = store
    this.#packs = new Packs(store)
  }

  /** Disclosures of one leaf as they are left; none for a leaf that never had any. */
  async disclosuresOf(index: number): Promise<readonly string[]> {
    const lines = await this.bucket(Math.floor(index / TILE_WIDTH))
    return lines[index % TILE_WIDTH] ?? []
  }

  /** Of every leaf of a bucket that has been put, in order. */
  async bucket(bucket: number): Promise<string[][]> {
    const path = bucketPath(bucket)
    const bytes = await this.#store.read(path)
    const text = bytes === null ? '' : fromUtf8(bytes)
    if (text === null || (text !== '' && !text.endsWith('\n'))) throw new VaultError(path)
    const lines = text.split('\n').slice(0, -1)
    if (lines.length > TILE_WIDTH) throw new VaultError(path)
    return lines.map((line) => (line === '' ? [] : line.split(' ')))
  }

  /** Null for a leaf that is no chunk, and for a chunk that is gone. @throws VaultError */
  body(index: number): Promise<Uint8Array | null> {
    return orVaultError(this.#packs.body(index))
  }

  /** Where a chunk's body lies, if it is there. */
  bodyPath(index: number): Promise<string | null> {
    return this.#packs.pathOf(index)
  }

  /**
   * Keeps what belongs to the leaves `from`, `from + 1`, …, at most MOST_TOGETHER of them; durable on
   * return, before those leaves are logged. After a failure `forget` clears what it left.
   */
  put(from: number, kept: readonly Kept[]): Promise<void> {
    return this.#alone(async () => {
      const bodies = kept.flatMap(({ body }, i) =>
        body === undefined ? [] : [[from + i, body] as const],
      )
      const objects = this.#packs.objectsOf(bodies)
      for (let done = 0; done < kept.length;) {
        const index = from + done
        const bucket = Math.floor(index / TILE_WIDTH)
        const place = index % TILE_WIDTH
        const lines = place === 0 ? [] : (await this.bucket(bucket)).slice(0, place)
        while (lines.length < place) lines.push([])
        const some = kept.slice(done, done + TILE_WIDTH - place)
        for (const { disclosures } of some) lines.push([...disclosures])
        objects.set(bucketPath(bucket), encode(lines))
        done += some.length
      }
      await this.#store.write(objects)
    })
  }

  /** Takes things out. A crash in between is finished at the next `recover`. */
  remove(removal: Removal): Promise<void> {
    return this.#alone(async () => {
      if (removal.leaves.size + removal.chunks.size === 0) return
      await this.#store.write(new Map([[REMOVING, utf8(formatRemoval(removal))]]))
      await this.#remove(removal)
    })
  }

  /** Finishes a removal that was cut short, and forgets what was never logged. */
  async recover(size: number): Promise<void> {
    const bytes = await this.#store.read(REMOVING)
    if (bytes !== null) await this.#alone(() => this.#remove(parseRemoval(bytes)))
    await this.forget(size)
  }

  async #remove({ leaves, chunks }: Removal): Promise<void> {
    const buckets = new Map<number, number[]>()
    for (const index of leaves.keys()) {
      const bucket = Math.floor(index / TILE_WIDTH)
      const indices = buckets.get(bucket)
      if (indices === undefined) buckets.set(bucket, [index])
      else indices.push(index)
    }
    await this.#rewrite(buckets, async (bucket, indices) => {
      const lines = await this.bucket(bucket)
      for (const index of indices) {
        const stays = leaves.get(index)!
        // What has gone since this was planned stays gone.
        const left = lines[index % TILE_WIDTH]?.filter((disclosure) => stays.includes(disclosure))
        lines[index % TILE_WIDTH] = left ?? []
      }
      return [bucketPath(bucket), encode(lines)]
    })
    for await (const pack of this.#packs.changed(chunks, without))
      await this.#store.write(new Map([pack]))
    await this.#store.remove([REMOVING])
  }

  /**
   * Forgets what was put for the leaf `size` and those after it: they were never logged. What goes
   * together is bounded, so is the search.
   */
  forget(size: number): Promise<void> {
    return this.#alone(async () => {
      const bucket = Math.floor(size / TILE_WIDTH)
      const lines = await this.bucket(bucket)
      const orphans: string[] = []
      for (let next = bucket + 1; (await this.#store.read(bucketPath(next))) !== null; next += 1)
        orphans.push(bucketPath(next))
      const end = (bucket + 1 + orphans.length) * TILE_WIDTH + MOST_TOGETHER
      await this.#store.remove(orphans)
      await orVaultError(this.#packs.forget(size, end))
      if (lines.length > size % TILE_WIDTH)
        await this.#store.write(
          new Map([[bucketPath(bucket), encode(lines.slice(0, size % TILE_WIDTH))]]),
        )
    })
  }

  async #rewrite<T>(
    places: ReadonlyMap<number, T>,
    change: (place: number, what: T) => Promise<readonly [string, Uint8Array] | null>,
  ): Promise<void> {
    let objects = new Map<string, Uint8Array>()
    for (const [place, what] of places) {
      const changed = await change(place, what)
      if (changed !== null) objects.set(...changed)
      if (objects.size < TOGETHER) continue
      await this.#store.write(objects)
      objects = new Map()
    }
    if (objects.size > 0) await this.#store.write(objects)
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }
}

/** The most leaves of one `put`. */
export const MOST_TOGETHER = 4096

/** Objects rewritten at once: bounds the memory, and the files that one flush has to wait for. */
const TOGETHER = 64

const formatRemoval = ({ leaves, chunks }: Removal): string =>
  JSON.stringify([[...leaves], [...chunks].map(([index, places]) => [index, [...places]])])

const parseRemoval = (bytes: Uint8Array): Removal => {
  const [leaves, chunks] = JSON.parse(fromUtf8(bytes) ?? '') as [
    [number, string[]][],
    [number, number[]][],
  ]
  return {
    leaves: new Map(leaves),
    chunks: new Map(chunks.map(([index, places]) => [index, new Set(places)])),
  }
}

const encode = (lines: readonly (readonly string[])[]): Uint8Array =>
  utf8(lines.map((disclosures) => `${disclosures.join(' ')}\n`).join(''))

const without = (body: Uint8Array, places: ReadonlySet<number>): Uint8Array =>
  eraseFromChunk(body, places, nodeSha256)

const orVaultError = <T>(work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw error instanceof PackError ? new VaultError(error.message) : error
  })

/** Grouped by thousands, as tiles are. */
const under = (folder: string, index: number): string =>
  `${folder}${formatTilePath({ level: 'entries', index, width: TILE_WIDTH }).slice('tile/entries'.length)}`
