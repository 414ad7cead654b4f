/**
 * The one door into a log: events become leaves, telemetry becomes chunks, what is personal goes to
 * the vault, and only when both are durable is an event acknowledged.
 *
 * Order of writes: vault, then log. Whoever dies in between leaves disclosures without a leaf, which
 * the next opening removes; the other order would leave leaves without disclosures, which nobody
 * could tell from an erasure.
 */
import { say } from '../language/say.ts'
import { chunkOf } from '../ledger/chunk.ts'
import { MAX_ENTRY_BYTES } from '../ledger/entry-bundle.ts'
import { leafOf, type Salt } from '../ledger/leaf.ts'
import { LogError } from '../ledger/log-error.ts'
import type { RoomLog, Sequenced } from '../ledger/rooms.ts'
import type { LogWriter } from '../ledger/writer.ts'
import { EVENTS, type AssayEvent } from '../vocabulary/event.ts'
import { nodeSha256 } from './sha256.ts'
import { MOST_TOGETHER, type Kept, type Vault } from './vault.ts'

export type RecorderOptions = {
  readonly writer: Pick<LogWriter, 'next' | 'flush'>
  readonly rooms: RoomLog
  readonly vault: Vault
  readonly salt: Salt
  /** Runs something later; gives the way to call it off. */
  readonly schedule: (run: () => void, ms: number) => () => void
}

export type Recorded = {
  readonly index: number
  /** Place in its chunk, from 0; null for a leaf of its own. */
  readonly within: number | null
}

/** A chunk is closed when it holds so many events, or the first of them has waited so long. */
const CHUNK_EVENTS = 4096
const CHUNK_MS = 500
/** For events that belong to no broadcast, and broadcasts whose room was never told. */
const NO_ROOM = '-'

/** Told of each event by its place in what was handed in: a promise each would cost half its chunk. */
export type Heard = {
  readonly recorded: (place: number, recorded: Recorded) => void
  /** LogError, LedgerError, StoreError: the event may be in the log or not. */
  readonly failed: (place: number, error: unknown) => void
}

type Waiting = { readonly heard: Heard; readonly place: number }

/** Something that becomes one leaf. */
type Item = {
  readonly room: string
  /** Empty for what belongs to none. */
  readonly broadcast: string
  /** Null for the statement of what was counted, which the rooms make themselves. */
  readonly leaf: {
    readonly counts: Readonly<Record<string, number>>
    readonly make: (sequence: number) => Made
  } | null
  /** One for a leaf of its own, one an event for a chunk. */
  readonly waiting: readonly Waiting[]
  readonly isChunk: boolean
}

type Made = Kept & { readonly entry: Uint8Array }

type Open = {
  readonly broadcast: string
  readonly events: AssayEvent[]
  readonly waiting: Waiting[]
  readonly callOff: () => void
}

export class Recorder {
  readonly #options: RecorderOptions
  readonly #rooms = new Map<string, string>()
  readonly #open = new Map<string, Open>()
  #queue: Item[] = []
  /** The last put failed and may have left something that no leaf will ever belong to. */
  #isUnclean = false
  #isRunning = false
  #running = Promise.resolve()

  /** `rooms`: room of each broadcast that is known already. */
  constructor(options: RecorderOptions, rooms: Iterable<readonly [string, string]> = []) {
    this.#options = options
    for (const [broadcast, room] of rooms) this.#rooms.set(broadcast, room)
  }

  /**
   * Resolves when the event is durable, in the log under a published checkpoint and in the vault.
   * @throws (rejects) LogError, LedgerError, StoreError: it may then be in the log or not
   */
  record(event: AssayEvent): Promise<Recorded> {
    return new Promise((resolve, reject) => {
      this.recordAll([event], {
        recorded: (_, recorded) => resolve(recorded),
        failed: (_, error) => reject(error),
      })
    })
  }

  /** The same for many: `heard` is told of each once, in the order of the log, and must not throw. */
  recordAll(events: readonly AssayEvent[], heard: Heard): void {
    for (const [place, event] of events.entries()) this.#take(event, { heard, place })
  }

  /** Commits what waits now. @throws what stopped the writer */
  async flush(): Promise<void> {
    for (const broadcast of this.#open.keys()) this.#close(broadcast)
    await this.#running
    await this.#options.writer.flush()
  }

  #take(event: AssayEvent, waiting: Waiting): void {
    const { subject } = event
    if (subject !== undefined && 'room' in event.data) this.#rooms.set(subject, event.data.room)
    if (EVENTS[event.type].ledger === 'telemetry' && subject !== undefined)
      return this.#addToChunk(subject, event, waiting)
    // What was seen before the end of a broadcast is counted before it.
    if (event.type === 'live.broadcast.ended') this.#close(event.subject)
    this.#push(this.#leaf(event, waiting))
    if (event.type === 'live.broadcast.ended') this.#push(this.#statement(event.subject))
  }

  #roomOf(broadcast: string | undefined): string {
    return (broadcast === undefined ? undefined : this.#rooms.get(broadcast)) ?? NO_ROOM
  }

  #leaf(event: AssayEvent, waiting: Waiting): Item {
    const room = this.#roomOf(event.subject)
    const make = (sequence: number) => {
      const place = { room, sequence }
      const { entry, disclosures } = leafOf(event, place, this.#options.salt, nodeSha256)
      return { entry, disclosures: disclosures.map(({ disclosure }) => disclosure) }
    }
    const leaf = { counts: { [event.type]: 1 }, make }
    return { room, broadcast: event.subject ?? '', leaf, waiting: [waiting], isChunk: false }
  }

  /** Our own count of what was logged of a broadcast, to stand beside the producer's. */
  #statement(broadcast: string): Item {
    return { room: this.#roomOf(broadcast), broadcast, leaf: null, waiting: [], isChunk: false }
  }

  #addToChunk(broadcast: string, event: AssayEvent, waiting: Waiting): void {
    let open = this.#open.get(broadcast)
    if (open === undefined) {
      const callOff = this.#options.schedule(() => this.#close(broadcast), CHUNK_MS)
      open = { broadcast, events: [], waiting: [], callOff }
      this.#open.set(broadcast, open)
    }
    open.events.push(event)
    open.waiting.push(waiting)
    if (open.events.length === CHUNK_EVENTS) this.#close(broadcast)
  }

  #close(broadcast: string): void {
    const open = this.#open.get(broadcast)
    if (open === undefined) return
    open.callOff()
    this.#open.delete(broadcast)
    const room = this.#roomOf(broadcast)
    const counts: Record<string, number> = {}
    for (const { type } of open.events) counts[type] = (counts[type] ?? 0) + 1
    const make = (sequence: number) => ({
      ...chunkOf(open.events, { broadcast, room, sequence }, this.#options.salt, nodeSha256),
      disclosures: [],
    })
    this.#push({ room, broadcast, leaf: { counts, make }, waiting: open.waiting, isChunk: true })
  }

  #push(item: Item): void {
    this.#queue.push(item)
    if (this.#isRunning) return
    this.#isRunning = true
    this.#running = this.#run()
  }

  /** Never rejects: each failure goes to whoever waits for what failed. */
  async #run(): Promise<void> {
    while (this.#queue.length > 0) await this.#commit(this.#queue.splice(0, MOST_TOGETHER))
    this.#isRunning = false
  }

  async #commit(items: readonly Item[]): Promise<void> {
    const { writer, rooms, vault } = this.#options
    // Nobody else appends, so the places are known before they are taken.
    const from = writer.next
    const made: (readonly [Item, Made])[] = []
    const taken = new Map<string, number>()
    for (const item of items) {
      const sequence = taken.get(item.room) ?? rooms.next(item.room)
      try {
        made.push([item, item.leaf === null ? NOTHING : fitting(item.leaf.make(sequence))])
        taken.set(item.room, sequence + 1)
      } catch (error) {
        refuse(item, error)
      }
    }
    try {
      if (this.#isUnclean) await vault.forget(from)
      this.#isUnclean = true
      await vault.put(
        from,
        made.map(([, kept]) => kept),
      )
      this.#isUnclean = false
    } catch (error) {
      for (const [item] of made) refuse(item, error)
      return
    }
    for (const [item, { entry }] of made) void this.#append(item, entry)
  }

  async #append(item: Item, entry: Uint8Array): Promise<void> {
    const { rooms } = this.#options
    const { room, broadcast, leaf } = item
    try {
      const appended: Promise<Sequenced> =
        leaf === null
          ? rooms.close(room, broadcast)
          : rooms.append(room, broadcast, leaf.counts, () => entry)
      const { index } = await appended
      for (const [within, { heard, place }] of item.waiting.entries())
        heard.recorded(place, { index, within: item.isChunk ? within : null })
    } catch (error) {
      refuse(item, error)
    }
  }
}

const NOTHING: Made = { entry: new Uint8Array(0), disclosures: [] }

const fitting = (made: Made): Made => {
  const bytes = made.entry.length
  if (bytes > MAX_ENTRY_BYTES)
    throw new LogError('refused', say('ledger.entry-too-long', { bytes, most: MAX_ENTRY_BYTES }))
  return made
}

const refuse = ({ waiting }: Item, error: unknown) => {
  for (const { heard, place } of waiting) heard.failed(place, error)
}
