/**
 * The live service put together: ledger and archive, database, the rooms' thread, the way in, the
 * desk, and the door in front of it all. Opening it again after any crash gives the same rooms.
 */
import { randomUUID } from 'node:crypto'
import { Archive } from '../archive/archive.ts'
import { Recordings } from '../archive/recordings.ts'
import type { Facts } from '../archive/facts.ts'
import { later } from '../archive/later.ts'
import { randomSalt } from '../archive/salt.ts'
import { Ingest, type IngestLimits } from '../engine/live/ingest.ts'
import { Moments } from '../engine/live/moments.ts'
import { Register, type Registered } from '../engine/live/register.ts'
import { Repeats, type SavedCell } from '../engine/live/repeats.ts'
import type { Door } from '../http/door.ts'
import { Hub } from '../http/hub.ts'
import { LiveStreams } from '../http/live-stream.ts'
import type { DoorSockets } from '../http/routes/sockets.ts'
import { LISTENER_SOCKETS, PRODUCER_SOCKETS, Sockets } from '../http/sockets.ts'
import { signNote } from '../ledger/note.ts'
import { openLedger } from '../store/open-ledger.ts'
import type { SqlStore } from '../store/sql/store.ts'
import type { AssayEvent } from '../vocabulary/index.ts'
import { catchUp } from './catch-up.ts'
import { Decisions, type DecidedOf } from './decided.ts'
import { Desk } from './desk.ts'
import { LedgerJournal } from './ledger-journal.ts'
import type { ServicePack } from './pack.ts'
import { SqlRecords } from './records.ts'
import { RoomsHost } from './rooms/host.ts'
import { Shelf } from './shelf.ts'
import { openStateFolder } from './state-folder.ts'
import { tracedJournal } from './tracing.ts'

export type ServiceOptions = {
  /** Folder of the service's own state: rooms, repeats. */
  readonly folder: string
  readonly ledger: string
  /** File of the log's private key. */
  readonly ledgerKey?: string
  readonly store: SqlStore
  readonly pack: ServicePack
  readonly version: string
  readonly limits?: IngestLimits
  readonly pace?: Partial<Pace> | undefined
  readonly now?: () => number
  /** Everything that went wrong and did not stop the service. */
  readonly failed: (what: string, error: unknown) => void
}

export type Service = Omit<Door, 'desk'> & {
  readonly desk: Desk
  readonly rooms: RoomsHost
  readonly archive: Archive
  readonly repeats: Repeats
  readonly sockets: DoorSockets
  /** When everything was last put away; the start counts, ms from the epoch. */
  readonly snapshotAt: number
  /** Puts an event of the service's own on record. */
  readonly record: (events: readonly AssayEvent[]) => Promise<number>
  /** Puts away everything, so that the next start is quick. */
  readonly snapshot: () => Promise<void>
  /** Stops in order: nothing taken any more, everything durable, everything put away. */
  readonly close: () => Promise<void>
}

export type Pace = {
  /** Snapshots come so often; a restart replays what lies after the last. */
  readonly snapshotMs: number
  /** A room without an event for so long leaves memory with the next snapshot. */
  readonly idleMs: number
  /** So do cells of repeats that were not touched. */
  readonly repeatsMs: number
  /** What the archive knows is put away this seldom, for it is one piece that only grows. */
  readonly factsMs: number
}

export const PACE: Pace = {
  snapshotMs: 120_000,
  idleMs: 600_000,
  repeatsMs: 1_800_000,
  factsMs: 1_200_000,
}

const FACTS = 'facts'

type Kept =
  | { readonly cell: SavedCell }
  | { readonly registered: Registered }
  | { readonly decided: DecidedOf }

export const openService = async (options: ServiceOptions): Promise<Service> => {
  const { folder, store, pack, version, failed, now = Date.now } = options
  const pace = { ...PACE, ...options.pace }
  const ledger = await openLedger(
    options.ledger,
    options.ledgerKey === undefined ? {} : { key: options.ledgerKey },
  )
  const state = await openStateFolder(folder, ledger.config.vkey, ledger.writer.size)
  const factsShelf = await Shelf.open<Facts>(state.facts)
  const facts = factsShelf.take(FACTS)
  const archive = await Archive.open(
    {
      ...ledger,
      policy: pack.retention,
      keyRooms: new Set(),
      salt: randomSalt(),
      newId: randomUUID,
      now,
      schedule: later,
    },
    undefined,
    facts && { facts, position: factsShelf.position },
  )
  const journal = tracedJournal(new LedgerJournal(archive))
  const shelf = await Shelf.open<Kept>(state.door)
  const repeats = new Repeats((cell) => {
    const kept = shelf.take(`cell:${cell}`)
    return kept !== undefined && 'cell' in kept ? kept.cell : undefined
  })
  const sign = (text: string) => signNote(text, [ledger.signer])
  const register = new Register()
  const decisions = new Decisions(sign)
  const moments = new Moments()
  for (const key of shelf.keys) {
    const broadcast = key.slice(key.indexOf(':') + 1)
    if (key.startsWith('cell:')) continue
    const kept = shelf.take(key)!
    if ('registered' in kept) register.load(broadcast, kept.registered)
    else if ('decided' in kept) decisions.load(broadcast, kept.decided)
  }
  for await (const { position: until, events } of journal.replay(shelf.position)) {
    for (const event of events) {
      register.take(event, until)
      decisions.take(event)
      moments.take(event)
      repeats.know(event, Date.parse(event.time), now())
    }
  }
  let position = archive.logged.size
  const records = new SqlRecords(
    store,
    register,
    () => position,
    (error) => failed('records', error),
  )
  await catchUp({ store, records, journal, sign, size: position })

  const hub = new Hub()
  const streams = new LiveStreams(hub)
  const sockets = {
    producers: new Sockets(PRODUCER_SOCKETS),
    listeners: new Sockets(LISTENER_SOCKETS),
  }
  const record = (events: readonly AssayEvent[]) => journal.append(events)
  const recordings = new Recordings(archive, (event) => record([event]))
  const desk = new Desk(
    {
      ladder: pack.ladder,
      keyRooms: pack.keyRooms,
      register,
      decisions,
      hub,
      records,
      record,
      sign,
      now,
      failed: (error) => failed('desk', error),
    },
    await store.figures.positions(),
  )

  let isFactsDue = false
  let factsNow: { readonly position: number; readonly facts: Facts } | undefined
  journal.follow((until, events) => {
    position = until
    // Between two commits the archive knows exactly what lies before `until`.
    if (isFactsDue) {
      isFactsDue = false
      factsNow = { position: until, facts: structuredClone(archive.facts) }
    }
    records.matters(events)
    for (const event of events) {
      register.take(event, until)
      decisions.take(event)
      moments.take(event)
    }
  })
  let owe: (() => void) | undefined
  const rooms = await RoomsHost.open(
    { folder: state.rooms, version, pack: pack.files, words: pack.words, idleMs: pace.idleMs },
    journal,
    {
      judged: (broadcast, audit, until) => desk.judged(broadcast, audit, until),
      poisoned: (broadcast, error) => {
        hub.publish({ topic: 'room', broadcast, data: { broadcast, state: 'poisoned', error } })
        failed(`room ${broadcast}`, error)
      },
      left: (broadcast) => desk.forget(broadcast),
      began: () => owe?.(),
      restarted: (reason) => failed('rooms thread', reason),
    },
  )
  // What was judged and not yet recorded when a process or a thread died is judged again.
  owe = () => rooms.owe(desk.stale)
  owe()
  const ingest = new Ingest({
    journal,
    rooms,
    repeats,
    now,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  })

  let isOpen = true
  let snapshotAt = now()
  let factsAt = -Infinity
  /** Changed and not yet put away: stays so where the disk is full. */
  const changed = new Map<string, Kept>()
  const snapshotNow = async () => {
    const until = position
    // Copies as of now: events go on coming while they are written.
    for (const [cell, saved] of repeats.changed()) changed.set(`cell:${cell}`, { cell: saved })
    for (const [broadcast, registered] of register.changed())
      changed.set(`register:${broadcast}`, { registered: structuredClone(registered) })
    for (const [broadcast, decided] of decisions.changed())
      changed.set(`decided:${broadcast}`, { decided: structuredClone(decided) })
    if (changed.size > 0) await shelf.put(until, changed)
    changed.clear()
    if (factsNow !== undefined) {
      await factsShelf.put(factsNow.position, [[FACTS, factsNow.facts]])
      factsNow = undefined
      factsAt = now()
    } else isFactsDue = now() - factsAt >= pace.factsMs
    repeats.forget(now() - pace.repeatsMs)
    await rooms.snapshot()
    snapshotAt = now()
  }
  let snapshots: Promise<void> = Promise.resolve()
  const snapshot = () => {
    snapshots = snapshots.then(snapshotNow).catch((error: unknown) => failed('snapshot', error))
    return snapshots
  }
  const timer = setInterval(() => void snapshot(), pace.snapshotMs)
  timer.unref()

  return {
    ingest,
    desk,
    register,
    moments,
    recordings,
    hasRecording: async (broadcast) => {
      const newest = recordings.of(broadcast).at(-1)
      return newest !== undefined && (await recordings.read(broadcast, newest.sha256)) !== null
    },
    store,
    hub,
    streams,
    rooms,
    archive,
    repeats,
    sockets,
    record,
    snapshot,
    get snapshotAt() {
      return snapshotAt
    },
    isReady: () => isOpen && rooms.isReady,
    now,
    newId: randomUUID,
    close: async () => {
      isOpen = false
      clearInterval(timer)
      streams.close()
      sockets.producers.close()
      sockets.listeners.close()
      await ingest.settled().catch(() => 0)
      await archive.flush()
      await rooms.settle().catch((error: unknown) => failed('rooms', error))
      await desk.settled()
      // Nothing is under way any more.
      factsNow = { position: archive.logged.size, facts: archive.facts }
      await snapshot()
      await rooms.close()
      await records.close()
      await ledger.close()
    },
  }
}
