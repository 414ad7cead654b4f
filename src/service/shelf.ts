/**
 * State put away by key: a snapshot is a folder named after the position up to which events are in
 * it, and is complete or not there. What changed since the last one lies in one file of its own, a
 * pack, for there may be ten thousand small rooms; older packs are linked, not written again, until
 * less than half of one is still wanted. So a snapshot costs what is new, and all of it at most
 * twice its size; what left memory is read back from the newest.
 *
 * Packs hold `v8.serialize` data one after the other: a snapshot can always be rebuilt from the
 * ledger, and one of another format is no snapshot.
 */
import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync } from 'node:fs'
import { link, mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { flushFolder, makeFolder, writeFlushed } from '../store/durable.ts'

/** Part of the folder's name: state of another format is not looked at. */
const FORMAT = 4
const INDEX = 'index'
/** Small values are written together. */
const PIECE = 1 << 20

/** What is not to be found any more. */
type Leaving = {
  readonly gone?: Iterable<string>
  /** Writes every pack anew: what was replaced or is gone leaves the disk as well. */
  readonly anew?: boolean
}

type Place = { readonly pack: string; readonly offset: number; readonly length: number }

export class Shelf<T> {
  readonly #folder: string
  /** Where each value of the newest snapshot lies. */
  readonly #places: Map<string, Place>
  #position: number

  private constructor(folder: string, position: number, places: Map<string, Place>) {
    this.#folder = folder
    this.#position = position
    this.#places = places
  }

  /** Finds the newest complete snapshot, and clears away what a killed process left half done. */
  static async open<T>(folder: string): Promise<Shelf<T>> {
    await makeFolder(folder)
    let newest = -1
    for (const name of await readdir(folder)) {
      const position = positionOf(name)
      if (position === null) await rm(join(folder, name), { recursive: true, force: true })
      else newest = Math.max(newest, position)
    }
    return newest < 0 ? new Shelf<T>(folder, 0, new Map()) : Shelf.#at<T>(folder, newest)
  }

  /** Reads the newest snapshot and changes nothing, for its owner may be at work; null for none. */
  static async look<T>(
    folder: string,
  ): Promise<Pick<Shelf<T>, 'position' | 'keys' | 'take'> | null> {
    const positions = (await readdir(folder)).flatMap((name) => positionOf(name) ?? [])
    return positions.length === 0 ? null : Shelf.#at<T>(folder, Math.max(...positions))
  }

  static #at<T>(folder: string, position: number): Shelf<T> {
    const index = readFileSync(join(folder, nameOf(position), INDEX))
    return new Shelf<T>(folder, position, new Map(deserialize(index) as [string, Place][]))
  }

  /** Events before this position are in the snapshot; 0 where there is none. */
  get position(): number {
    return this.#position
  }

  get keys(): IterableIterator<string> {
    return this.#places.keys()
  }

  has(key: string): boolean {
    return this.#places.has(key)
  }

  /** What was put away under a key; undefined where nothing was. Blocks while it reads. */
  take(key: string): T | undefined {
    const place = this.#places.get(key)
    return place === undefined ? undefined : (deserialize(this.#read(place)) as T)
  }

  /**
   * Puts away everything that changed, at a later position than before. Keys not named stay as they
   * were; nothing of the old snapshot is lost before the new one is durable.
   */
  async put(
    position: number,
    changed: Iterable<readonly [string, T]>,
    { gone = [], anew = false }: Leaving = {},
  ): Promise<void> {
    const from = join(this.#folder, nameOf(this.#position))
    const partial = join(this.#folder, `${nameOf(position)}.partial`)
    await rm(partial, { recursive: true, force: true })
    await mkdir(partial)
    for (const key of gone) this.#places.delete(key)
    const places = await this.#pack(position, partial, changed, anew)
    const packs = new Set([...places.values()].map(({ pack }) => pack))
    for (const pack of packs)
      if (!existsSync(join(partial, pack))) await link(join(from, pack), join(partial, pack))
    await writeFlushed(join(partial, INDEX), serialize([...places]))
    await flushFolder(partial)
    // Two of one name are exchanged in one turn of the loop: nobody may read in between.
    const isSame = position === this.#position && existsSync(from)
    const old = isSame ? `${from}.old` : from
    if (isSame) renameSync(from, old)
    renameSync(partial, join(this.#folder, nameOf(position)))
    this.#position = position
    this.#places.clear()
    for (const [key, place] of places) this.#places.set(key, place)
    await flushFolder(this.#folder)
    await rm(old, { recursive: true, force: true })
  }

  /** Writes a pack of what changed, and of what is wanted from packs that are mostly waste. */
  async #pack(
    position: number,
    folder: string,
    changed: Iterable<readonly [string, T]>,
    anew: boolean,
  ): Promise<Map<string, Place>> {
    const known = new Set([...this.#places.values()].map((place) => place.pack))
    let pack = `${position}`
    // A second snapshot at one position has a pack of its own.
    while (known.has(pack)) pack += '+'
    const file = await open(join(folder, pack), 'w')
    try {
      const writer = new PackWriter(file, pack)
      const places = new Map<string, Place>()
      for (const [key, value] of changed) places.set(key, await writer.add(serialize(value)))
      const wasted = await this.#wasted(places)
      for (const [key, place] of this.#places) {
        if (places.has(key)) continue
        const isMoved = anew || wasted.has(place.pack)
        places.set(key, isMoved ? await writer.add(this.#read(place)) : place)
      }
      await writer.end()
      await file.datasync()
      return places
    } finally {
      await file.close()
    }
  }

  /** Packs of which less than half is wanted once these keys are replaced. */
  async #wasted(replaced: ReadonlyMap<string, Place>): Promise<ReadonlySet<string>> {
    const wanted = new Map<string, number>()
    for (const [key, { pack, length }] of this.#places)
      wanted.set(pack, (wanted.get(pack) ?? 0) + (replaced.has(key) ? 0 : length))
    const wasted = new Set<string>()
    for (const [pack, bytes] of wanted) {
      const { size } = await stat(join(this.#folder, nameOf(this.#position), pack))
      if (bytes * 2 < size) wasted.add(pack)
    }
    return wasted
  }

  #read({ pack, offset, length }: Place): Buffer {
    const file = openSync(join(this.#folder, nameOf(this.#position), pack), 'r')
    try {
      const bytes = Buffer.alloc(length)
      if (readSync(file, bytes, 0, length, offset) !== length) throw new Error(`${pack}: cut short`)
      return bytes
    } finally {
      closeSync(file)
    }
  }
}

class PackWriter {
  readonly #file: FileHandle
  readonly #pack: string
  #parts: Uint8Array[] = []
  #waiting = 0
  #offset = 0

  constructor(file: FileHandle, pack: string) {
    this.#file = file
    this.#pack = pack
  }

  async add(bytes: Uint8Array): Promise<Place> {
    const place = { pack: this.#pack, offset: this.#offset, length: bytes.length }
    this.#parts.push(bytes)
    this.#offset += bytes.length
    this.#waiting += bytes.length
    if (this.#waiting >= PIECE) await this.end()
    return place
  }

  async end(): Promise<void> {
    for (const part of this.#parts.length > 1 ? [Buffer.concat(this.#parts)] : this.#parts)
      await this.#file.writeFile(part)
    this.#parts = []
    this.#waiting = 0
  }
}

const nameOf = (position: number): string => `${position}.v${FORMAT}`

const positionOf = (name: string): number | null => {
  const match = /^(\d+)\.v(\d+)$/.exec(name)
  return match === null || Number(match[2]) !== FORMAT ? null : Number(match[1])
}
