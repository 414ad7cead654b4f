/**
 * The live service put together: ledger and archive, database, the rooms' thread, the way in, the
 * desk, and the door in front of it all. Opening it again after any crash gives the same rooms.
 *
 * At the start the tail of the ledger is read once, for the archive, the memory and the database
 * together, each from where it was put away. The rooms read theirs by themselves: they are in a
 * thread, which starts anew whenever it dies, and holds the reader back while it folds.
 */
import { randomUUID } from 'node:crypto'
import { Archive } from '../archive/archive.ts'
import { noFacts, type Facts } from '../archive/facts.ts'
import { later } from '../archive/later.ts'
import { Recordings } from '../archive/recordings.ts'
import { randomSalt } from '../archive/salt.ts'
import { Ingest, type IngestLimits } from '../engine/live/ingest.ts'
import type { Moments } from '../engine/live/moments.ts'
import type { Repeats } from '../engine/live/repeats.ts'
import type { Door } from '../http/door.ts'
import { Hub } from '../http/hub.ts'
import { LiveStreams } from '../http/live-stream.ts'
import type { Prices } from '../http/routes/prices.ts'
import type { DoorSockets } from '../http/routes/sockets.ts'
import { LISTENER_SOCKETS, PRODUCER_SOCKETS, Sockets } from '../http/sockets.ts'
import { signNote } from '../ledger/note.ts'
import { openLedger, type OpenLedger } from '../store/open-ledger.ts'
import type { SqlStore } from '../store/sql/store.ts'
import type { AssayEvent } from '../vocabulary/index.ts'
import { Appeals } from './appeals.ts'
import { CatchUp } from './catch-up.ts'
import { Desk, type DeskPorts } from './desk.ts'
import { LedgerEvidence } from './evidence.ts'
import { Keeping } from './keeping/keeping.ts'
import { LedgerJournal } from './ledger-journal.ts'
import { Memory } from './memory.ts'
import type { ServicePack } from './pack.ts'
import type { ShopsOnFile } from './prices/on-file.ts'
import { placeOf } from './prices/place-of.ts'
import { ThreadedPrices } from './prices/prices.ts'
import { PromiseWatch } from './prices/watch.ts'
import { SqlRecords } from './records.ts'
import { RoomsHost } from './rooms/host.ts'
import { Shelf } from './shelf.ts'
import { FACTS, PACE, Snapshots, type Pace } from './snapshots.ts'
import { openStateFolder } from './state-folder.ts'
import { tracedJournal } from './tracing.ts'

export type { Pace } from './snapshots.ts'

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
  readonly evidence: LedgerEvidence
  readonly shops: ShopsOnFile
  readonly prices: Prices
  readonly repeats: Repeats
  readonly moments: Moments
  readonly keeping: Keeping
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

export const openService = async (options: ServiceOptions): Promise<Service> => {
  const { ledgerKey } = options
  const ledger = await openLedger(options.ledger, ledgerKey === undefined ? {} : { key: ledgerKey })
  try {
    return await openOn(ledger, options)
  } catch (error) {
    await ledger.close()
    throw error
  }
}

const openOn = async (ledger: OpenLedger, options: ServiceOptions): Promise<Service> => {
  const { folder, store, pack, version, failed, now = Date.now } = options
  const pace = { ...PACE, ...options.pace }
  const state = await openStateFolder(folder, ledger.config.vkey, ledger.writer.size)
  const sign = (text: string) => signNote(text, [ledger.signer])
  const memory = await Memory.open(state.door, sign, now)
  const { register, decisions, moments, repeats, shops } = memory
  const facts = await Shelf.open<Facts>(state.facts)
  /** Of the ledger: what lies before it was handed to everybody. */
  let position = 0
  const records = new SqlRecords(
    store,
    register,
    () => position,
    (error) => failed('records', error),
  )
  const keyRooms = new Set(await store.retention.keyRooms())
  const archive = await readTail({
    ledger,
    pack,
    keyRooms,
    facts,
    memory,
    now,
    catchUp: await CatchUp.open({ store, records, sign, size: ledger.writer.size }),
    reached: (index) => {
      position = index
    },
  })
  position = archive.logged.size
  await records.flush()
  const evidence = await LedgerEvidence.open(ledger, archive.vault, state.leaves, {
    elsewhere: (name) => placeOf(shops, name),
  })

  const journal = tracedJournal(new LedgerJournal(archive))
  const hub = new Hub()
  const streams = new LiveStreams(hub)
  const sockets = {
    producers: new Sockets(PRODUCER_SOCKETS),
    listeners: new Sockets(LISTENER_SOCKETS),
  }
  const record = (events: readonly AssayEvent[]) => journal.append(events)
  const recordings = new Recordings(archive, (event) => record([event]))
  let owe: DeskPorts['owe'] = noRoomsYet
  const desk = new Desk(
    {
      policy: pack.policy,
      ladder: pack.ladder,
      keyRooms: pack.keyRooms,
      register,
      decisions,
      owe: (broadcasts) => owe(broadcasts),
      imposedIn: async (measure) => (await store.measures.get(measure))?.broadcast,
      hub,
      records,
      record,
      sign,
      now,
      failed: (error) => failed('desk', error),
    },
    await store.figures.positions(),
  )

  const appeals = new Appeals({
    desk,
    decisions,
    lodgedIn: async (appeal) => (await store.appeals.get(appeal))?.broadcast,
    hub,
    records,
    record,
    now,
  })

  let heard: (() => void) | undefined
  journal.follow((until, events) => {
    position = until
    records.matters(events)
    for (const event of events) memory.take(event, until)
    heard?.()
  })
  const rooms = await RoomsHost.open(
    { folder: state.rooms, version, pack: pack.files, words: pack.words, idleMs: pace.idleMs },
    journal,
    {
      judged: (broadcast, audit, until) => desk.judged(broadcast, audit, until),
      poisoned: (broadcast, error) => {
        hub.publish({ topic: 'room', broadcast, data: { broadcast, state: 'poisoned', error } })
        failed(`room ${broadcast}`, error)
      },
      left: (broadcast) => {
        desk.forget(broadcast)
        memory.rest(broadcast)
      },
      began: () => owe(desk.stale),
      restarted: (reason) => failed('rooms thread', reason),
    },
  )
  // What was judged and not yet recorded when a process or a thread died is judged again.
  owe = (broadcasts) => rooms.owe(broadcasts)
  owe(desk.stale)
  const prices = new ThreadedPrices(shops)
  const watch = new PromiseWatch({
    shops,
    weigh: (platform) => prices.weigh(platform),
    tell: (broadcast, signals) => desk.promised(broadcast, signals),
    clock: () => performance.now(),
    failed: (error) => failed('promises', error),
  })
  const snapshots = new Snapshots({
    archive,
    facts,
    memory,
    rooms,
    evidence,
    pace,
    now,
    position: () => position,
    failed: (error) => failed('snapshot', error),
  })
  heard = () => snapshots.heard()
  const { limits } = options
  const ingest = new Ingest({
    journal,
    rooms,
    repeats,
    now,
    ...(limits === undefined ? {} : { limits }),
  })
  const keeping = new Keeping({
    archive,
    store,
    rooms,
    memory,
    snapshots,
    desk,
    records,
    hub,
    record,
    keyRooms,
    now,
    newId: randomUUID,
    position: () => position,
    failed: (error) => failed('archive', error),
  })

  let isOpen = true
  return {
    ingest,
    desk,
    appeals,
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
    evidence,
    shops,
    prices,
    repeats,
    keeping,
    sockets,
    record,
    snapshot: () => snapshots.take(),
    get snapshotAt() {
      return snapshots.at
    },
    isReady: () => isOpen && rooms.isReady,
    now,
    newId: randomUUID,
    close: async () => {
      isOpen = false
      streams.close()
      sockets.producers.close()
      sockets.listeners.close()
      await ingest.settled().catch(() => 0)
      await keeping.settled()
      await archive.flush()
      await watch.close()
      await prices.close()
      await rooms.settle().catch((error: unknown) => failed('rooms', error))
      await desk.settled()
      await snapshots.close()
      await rooms.close()
      await records.close()
      await ledger.close()
    },
  }
}

const noRoomsYet = (): void => {}

type Tail = {
  readonly ledger: OpenLedger
  readonly pack: ServicePack
  readonly keyRooms: ReadonlySet<string>
  readonly facts: Shelf<Facts>
  readonly memory: Memory
  readonly catchUp: CatchUp
  readonly now: () => number
  /** Everything before this place was handed over. */
  readonly reached: (index: number) => void
}

/** One pass over what came after the oldest of three snapshots. */
const readTail = async (tail: Tail): Promise<Archive> => {
  const { ledger, pack, keyRooms, facts, memory, catchUp, now, reached } = tail
  const known = facts.take(FACTS)
  const { position } = memory
  return Archive.open(
    {
      ...ledger,
      policy: pack.retention,
      keyRooms,
      salt: randomSalt(),
      newId: randomUUID,
      now,
      schedule: later,
    },
    {
      from: Math.min(position, catchUp.from),
      take: async (event, index) => {
        reached(index)
        if (index >= position) memory.recall(event, index + 1)
        if (index >= catchUp.from) await catchUp.take(event, index + 1)
      },
    },
    known === undefined
      ? { facts: noFacts(), position: 0 }
      : { facts: known, position: facts.position },
  )
}
