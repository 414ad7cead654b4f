/**
 * Sequence numbers without gaps, room by room, and what was counted in each broadcast: who drops a
 * leaf, or never logs one, leaves a gap or a count that does not add up. The state is recovered at
 * opening from the last snapshot and the entries after it.
 */
import { say } from '../language/say.ts'
import { fromUtf8, hex, utf8 } from './bytes.ts'
import { canonical, canonicalBytes, isJsonObject, type Json } from './canonical.ts'
import { decodeEntries, MAX_ENTRY_BYTES } from './entry-bundle.ts'
import { sha256 as nobleSha256, type Sha256 } from './hash.ts'
import { LogError } from './log-error.ts'
import type { ObjectStore } from './object-store.ts'
import { formatTilePath, TILE_WIDTH } from './tiles.ts'
import type { Appended, LogWriter } from './writer.ts'

/** Events by type. */
export type Counts = Readonly<Record<string, number>>

export type Sequenced = Appended & { readonly sequence: number }

export type RoomLogOptions = {
  readonly writer: LogWriter
  /** The public tree that the writer writes. */
  readonly store: Pick<ObjectStore, 'read'>
  /** Where snapshots are kept; not public. */
  readonly journal: ObjectStore
  readonly sha256?: Sha256
}

const SNAPSHOT_PATH = 'rooms'
/** Entries between two snapshots, and so at most (with one batch) what opening reads again. */
const SNAPSHOT_ENTRIES = 32_768

type Room = { next: number; readonly broadcasts: Map<string, Map<string, number>> }

export class RoomLog {
  readonly #options: RoomLogOptions
  readonly #rooms: Map<string, Room>
  #snapshotAt: number
  #saving: Promise<void> = Promise.resolve()

  private constructor(options: RoomLogOptions, rooms: Map<string, Room>, snapshotAt: number) {
    this.#options = options
    this.#rooms = rooms
    this.#snapshotAt = snapshotAt
  }

  /** @throws LogError `damaged` where a room's numbers have a gap; StoreError */
  static async open(options: RoomLogOptions): Promise<RoomLog> {
    const { writer, journal, store, sha256 = nobleSha256 } = options
    const kept = await journal.read(SNAPSHOT_PATH)
    const snapshot = kept === null ? null : parseSnapshot(kept, sha256)
    const isUsable = snapshot !== null && snapshot.size <= writer.size
    const rooms = isUsable ? snapshot.rooms : new Map<string, Room>()
    const from = isUsable ? snapshot.size : 0
    for await (const entry of readEntries(store, from, writer.size)) count(rooms, entry)
    return new RoomLog(options, rooms, from)
  }

  /**
   * Takes the next number of the room and appends what `make` gives for it. `counts` is what that
   * leaf holds of the broadcast, by type: one event, or those of a chunk. Where `make` throws, or the
   * entry is too long, no number is taken. Calls are numbered in their order.
   */
  append(
    room: string,
    broadcast: string,
    counts: Counts,
    make: (sequence: number) => Uint8Array,
  ): Promise<Sequenced> {
    return this.#append(room, make, (state) => add(state, broadcast, counts))
  }

  /** States what was counted of a broadcast since it was last stated, in a leaf of the room. */
  close(room: string, broadcast: string): Promise<Sequenced & { readonly counts: Counts }> {
    const counts = this.counts(room, broadcast)
    const make = (sequence: number) => countsLeaf({ room, sequence, broadcast, counts })
    const closed = this.#append(room, make, ({ broadcasts }) => void broadcasts.delete(broadcast))
    return closed.then((appended) => ({ ...appended, counts }))
  }

  /** The number that the room's next leaf gets. */
  next(room: string): number {
    return this.#rooms.get(room)?.next ?? 0
  }

  /** Broadcasts that have not ended, each with its room: what a recorder must know after a restart. */
  *underWay(): Generator<readonly [broadcast: string, room: string]> {
    for (const [room, { broadcasts }] of this.#rooms)
      for (const broadcast of broadcasts.keys()) yield [broadcast, room]
  }

  /** What was counted of a broadcast and is not yet stated. */
  counts(room: string, broadcast: string): Counts {
    return Object.fromEntries(this.#rooms.get(room)?.broadcasts.get(broadcast) ?? [])
  }

  /** Saves the state, so that the next opening reads no entries; after the writer's flush. */
  async save(): Promise<void> {
    await this.#saving
    const { writer } = this.#options
    if (writer.next === writer.size) await this.#write(writer.size)
  }

  async #append(
    room: string,
    make: (sequence: number) => Uint8Array,
    take: (state: Room) => void,
  ): Promise<Sequenced> {
    const state = this.#rooms.get(room) ?? { next: 0, broadcasts: new Map() }
    const sequence = state.next
    const entry = make(sequence)
    const { writer } = this.#options
    if (entry.length <= MAX_ENTRY_BYTES) {
      this.#rooms.set(room, state)
      state.next += 1
      take(state)
    }
    const appended = writer.append(entry)
    if (writer.next - this.#snapshotAt >= SNAPSHOT_ENTRIES) this.#snapshot(appended)
    return { ...(await appended), sequence }
  }

  /** Of the state as it is now; written once the entry that brought it there is in the log. */
  #snapshot(appended: Promise<Appended>): void {
    const size = this.#options.writer.next
    this.#snapshotAt = size
    const bytes = this.#bytes(size)
    this.#saving = Promise.all([appended, this.#saving]).then(
      () => this.#options.journal.write(new Map([[SNAPSHOT_PATH, bytes]])),
      // The appender hears of it; the log is to be opened again.
      () => undefined,
    )
    // Should it fail, the older snapshot stands and opening reads more entries.
    this.#saving = this.#saving.catch(() => undefined)
  }

  async #write(size: number): Promise<void> {
    await this.#options.journal.write(new Map([[SNAPSHOT_PATH, this.#bytes(size)]]))
    this.#snapshotAt = size
  }

  #bytes(size: number): Uint8Array {
    const rooms = Object.fromEntries(
      [...this.#rooms].map(([name, { next, broadcasts }]) => [
        name,
        {
          next,
          broadcasts: Object.fromEntries(
            [...broadcasts].map(([broadcast, counts]) => [broadcast, Object.fromEntries(counts)]),
          ),
        },
      ]),
    )
    const text = canonical({ rooms, size })
    const { sha256 = nobleSha256 } = this.#options
    return utf8(`${text}\n${hex(sha256(utf8(text)))}\n`)
  }
}

export type CountsLeaf = {
  readonly room: string
  readonly sequence: number
  readonly broadcast: string
  readonly counts: Counts
}

/** `{"counted":{"broadcast":…,"counts":{…}},"room":…,"sequence":…,"v":1}` */
export const countsLeaf = ({ room, sequence, broadcast, counts }: CountsLeaf): Uint8Array =>
  canonicalBytes({ counted: { broadcast, counts }, room, sequence, v: 1 })

/**
 * Entries `from` to before `to`, in order, of a log whose published size is `within`.
 * @throws LedgerError for a malformed bundle; LogError `damaged` for a missing one
 */
export async function* readEntries(
  store: Pick<ObjectStore, 'read'>,
  from: number,
  to: number,
  within: number = to,
): AsyncGenerator<Uint8Array> {
  if (from >= to) return
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < to; index += 1) {
    const start = index * TILE_WIDTH
    const tile = { level: 'entries', index, width: Math.min(TILE_WIDTH, within - start) } as const
    const partial = await store.read(formatTilePath(tile))
    const bundle = partial ?? (await store.read(formatTilePath({ ...tile, width: TILE_WIDTH })))
    const width = Math.min(TILE_WIDTH, to - start)
    const entries = bundle === null ? [] : decodeEntries(bundle).slice(0, width)
    if (entries.length < width) throw new LogError('damaged', say('ledger.damaged', { size: to }))
    yield* entries.slice(Math.max(0, from - start))
  }
}

const add = (room: Room, broadcast: string, counts: Counts): void => {
  const sums = room.broadcasts.get(broadcast) ?? new Map<string, number>()
  room.broadcasts.set(broadcast, sums)
  for (const [type, n] of Object.entries(counts)) sums.set(type, (sums.get(type) ?? 0) + n)
}

/** Reads a log's entries in order and finds where a room's numbers have a gap. */
export class RoomCheck {
  readonly #rooms = new Map<string, Room>()

  /** @throws LogError `damaged` */
  see(entry: Uint8Array): void {
    count(this.#rooms, entry)
  }

  get rooms(): number {
    return this.#rooms.size
  }
}

/** An entry that is no leaf of a room (a log may hold others) counts nowhere. */
const count = (rooms: Map<string, Room>, entry: Uint8Array): void => {
  const leaf = jsonOf(fromUtf8(entry))
  if (!isJsonObject(leaf)) return
  const { room: name, sequence } = leaf
  if (typeof name !== 'string' || typeof sequence !== 'number') return
  const room = rooms.get(name) ?? { next: 0, broadcasts: new Map() }
  rooms.set(name, room)
  if (sequence !== room.next)
    throw new LogError(
      'damaged',
      say('ledger.gap', { room: name, due: room.next, found: sequence }),
    )
  room.next += 1
  const { event, chunk, counted } = leaf
  if (isJsonObject(event) && typeof event['type'] === 'string')
    add(room, textOf(event['subject']), { [event['type']]: 1 })
  if (isJsonObject(chunk) && isJsonObject(chunk['counts']))
    add(room, textOf(chunk['broadcast']), chunk['counts'] as Counts)
  if (isJsonObject(counted)) room.broadcasts.delete(textOf(counted['broadcast']))
}

/** What belongs to no broadcast is counted under the empty name. */
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** Null for a snapshot that is torn or changed: then everything is read again. */
const parseSnapshot = (
  bytes: Uint8Array,
  sha256: Sha256,
): { readonly size: number; readonly rooms: Map<string, Room> } | null => {
  const [text = '', digest] = (fromUtf8(bytes) ?? '').split('\n')
  if (hex(sha256(utf8(text))) !== digest) return null
  const { size, rooms } = JSON.parse(text) as {
    size: number
    rooms: Record<string, { next: number; broadcasts: Record<string, Record<string, number>> }>
  }
  const restored = Object.entries(rooms).map(([name, { next, broadcasts }]) => {
    const counted = Object.entries(broadcasts).map(
      ([broadcast, counts]) => [broadcast, new Map(Object.entries(counts))] as const,
    )
    return [name, { next, broadcasts: new Map(counted) }] as const
  })
  return { size, rooms: new Map(restored) }
}

const jsonOf = (text: string | null): Json | undefined => {
  try {
    return text === null ? undefined : (JSON.parse(text) as Json)
  } catch {
    return undefined
  }
}
