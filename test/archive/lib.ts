/** What the tests of the archive share: the Chinese pack, events by hand, an archive in memory. */
import { readFileSync } from 'node:fs'
import { Archive } from '../../src/archive/archive.ts'
import { learn, noFacts, type Facts } from '../../src/archive/facts.ts'
import { later } from '../../src/archive/later.ts'
import { parseRetention } from '../../src/archive/retention-table.ts'
import { parsePolicy } from '../../src/law/policy.ts'
import { signerKey } from '../../src/ledger/note-key.ts'
import type { HeadStore, ObjectStore } from '../../src/ledger/object-store.ts'
import { RoomLog } from '../../src/ledger/rooms.ts'
import { LogWriter } from '../../src/ledger/writer.ts'
import { memoryHead, memoryStore } from '../../src/store/memory-store.ts'
import type { AssayEvent, DataOf, EventType } from '../../src/vocabulary/event.ts'

const json = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../policies/cn/${name}`, import.meta.url), 'utf8'))

export const law = parsePolicy(json('provisions.json'), json('findings.json'))
export const policy = parseRetention(json('retention.json'), law)
export const noRooms: ReadonlySet<string> = new Set()

/** `2026-03-01 20:00` in China. */
export const cst = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`)

let count = 0
export const event = <T extends EventType>(
  type: T,
  at: string | number,
  data: DataOf<T>,
  subject?: string,
): AssayEvent =>
  ({
    specversion: '1.0',
    id: `e-${(count += 1)}`,
    source: '/test',
    type,
    ...(subject !== undefined && { subject }),
    time: new Date(typeof at === 'number' ? at : cst(at)).toISOString(),
    data,
  }) as unknown as AssayEvent

export const factsOf = (...events: readonly AssayEvent[]): Facts => {
  const facts = noFacts()
  for (const each of events) learn(facts, each)
  return facts
}

export const started = (broadcast: string, at: string, room = 'room-1') =>
  event(
    'live.broadcast.started',
    at,
    {
      room,
      operator: 'operator-a',
      title: 'Autumn kitchen',
      form: 'video',
      currency: 'CNY',
      hosts: [{ account: 'host-a', role: 'host' }],
    },
    broadcast,
  )
export const ended = (broadcast: string, at: string) =>
  event('live.broadcast.ended', at, {}, broadcast)
export const segment = (broadcast: string, at: string, sequence: number, sha256: string) =>
  event(
    'live.segment.recorded',
    at,
    {
      sequence,
      durationMs: 7_200_000,
      bytes: 5,
      sha256,
      uri: `segments/${sha256}`,
      startsAt: new Date(cst(at)).toISOString(),
    },
    broadcast,
  )
export const placed = (order: string, at: string, broadcast: string, product = 'product-1') =>
  event(
    'live.order.placed',
    at,
    {
      order,
      buyer: 'viewer-1',
      merchant: 'merchant-a',
      lines: [{ product, quantity: 1, unitPrice: 9900 }],
      total: 9900,
    },
    broadcast,
  )
export const delivered = (order: string, at: string) =>
  event('live.order.delivered', at, { order, carrier: 'carrier-a' })

export type Stores = {
  readonly log: ObjectStore
  readonly journal: ObjectStore
  readonly vault: ObjectStore
  readonly segments: ObjectStore
  readonly head: HeadStore
}

export const memoryStores = (): Stores => ({
  log: memoryStore(),
  journal: memoryStore(),
  vault: memoryStore(),
  segments: memoryStore(),
  head: memoryHead(),
})

/** Nobody waits longer than a moment for a batch or a chunk. */
const schedule = (run: () => void, ms: number) => later(run, Math.min(ms, 5))

const ORIGIN = 'assay.example/log'
export const signer = signerKey(ORIGIN, new Uint8Array(32).fill(7))

/** An archive whose clock is `clock.now` and whose salts and ids are numbers. */
export const openArchive = async (
  stores: Stores,
  clock: { now: number },
  { keyRooms = noRooms, salt }: { keyRooms?: ReadonlySet<string>; salt?: () => Uint8Array } = {},
): Promise<{ archive: Archive; writer: LogWriter; rooms: RoomLog }> => {
  const { log, journal, head } = stores
  const writer = await LogWriter.open({
    origin: ORIGIN,
    store: log,
    journal,
    head,
    signer,
    schedule,
  })
  const rooms = await RoomLog.open({ writer, store: log, journal })
  let salts = 0
  let ids = 0
  const archive = await Archive.open({
    writer,
    rooms,
    ...stores,
    policy,
    keyRooms,
    salt:
      salt ??
      (() => {
        const bytes = new Uint8Array(16)
        new DataView(bytes.buffer).setUint32(0, (salts += 1))
        return bytes
      }),
    newId: () => `system-${writer.next}-${(ids += 1)}`,
    now: () => clock.now,
    schedule,
  })
  return { archive, writer, rooms }
}
