/**
 * A back-up and what comes of it, rehearsed as docs/operations.md has it: with everything, with the
 * database lost, with the state lost as well, and an older ledger under a newer head.
 */
import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvents } from '../../src/archive/read-log.ts'
import type { LiveFigures } from '../../src/http/contract.ts'
import { openAuth } from '../../src/http/access/auth.ts'
import { LogError } from '../../src/ledger/log-error.ts'
import { openService, type Service } from '../../src/service/open.ts'
import { simulateWhole } from '../../src/simulator/simulate.ts'
import { createLedger } from '../../src/store/create-ledger.ts'
import { readMasterKey } from '../../src/store/sql/master-key.ts'
import { openPglite } from '../../src/store/sql/pglite.ts'
import { openSqlStore, type SqlStore } from '../../src/store/sql/store.ts'
import { PACK } from './rig.ts'

const PARTS = ['ledger', 'head', 'master.key', 'db', 'state'] as const
type Part = (typeof PARTS)[number]

const events = simulateWhole({ scenario: 'bought-views', seed: 31, viewers: 300 }).events
const broadcast = events[0]!.subject!
const half = Math.floor(events.length / 2)
const root = mkdtempSync(join(tmpdir(), 'assay-restore-'))
const at = (name: string) => join(root, name)

type Opened = {
  readonly service: Service
  readonly store: SqlStore
  readonly failures: readonly string[]
  readonly close: () => Promise<void>
}

/** As `assay serve` opens what lies in a data folder; a database that is not there is a new one. */
const open = async (name: string): Promise<Opened> => {
  const folder = at(name)
  const failures: string[] = []
  const sql = await openPglite({ folder: join(folder, 'db') })
  try {
    const store = await openSqlStore(sql, [await readMasterKey(join(folder, 'master.key'), true)])
    const service = await openService({
      folder: join(folder, 'state'),
      ledger: join(folder, 'ledger'),
      store,
      pack: PACK,
      version: 'test',
      failed: (what, error) => void failures.push(`${what}: ${String(error)}`),
    })
    const close = async () => {
      await service.close()
      await sql.close()
    }
    return { service, store, failures, close }
  } catch (error) {
    await sql.close()
    throw error
  }
}

/** Copies what was backed up, without the locks of whoever had it open. */
const restore = (from: string, to: string, parts: readonly Part[] = PARTS) => {
  mkdirSync(at(to), { recursive: true })
  for (const part of parts)
    cpSync(join(at(from), part), join(at(to), part), {
      recursive: true,
      filter: (path) => !path.endsWith('.lock'),
    })
}

const offer = async ({ ingest }: Service, some: readonly unknown[]) => {
  const offering = ingest.open()
  for (const value of some) offering.value(value)
  return offering.end()
}

/** What the world is shown of the broadcast, from the database. */
const shown = async ({ store }: Opened) => {
  const figures = (await store.figures.get(broadcast))?.document as LiveFigures | undefined
  const measures = await store.measures.list({ broadcast, limit: 100 })
  const findings = await store.findings.list({ broadcast, limit: 100 })
  return {
    figures: figures?.figures,
    counters: figures?.counters,
    measures: byId(measures.map(({ measure, document }) => [measure, document])),
    findings: byId(findings.map(({ finding, ...row }) => [finding, row.document, row.withdrawnAt])),
  }
}
const byId = <T extends readonly [string, ...unknown[]]>(rows: T[]): T[] =>
  rows.sort(([a], [b]) => (a < b ? -1 : 1))

const inLedger = async ({ service }: Opened): Promise<string[]> => {
  const ids: string[] = []
  for await (const { event } of readEvents(service.archive.logged))
    ids.push(`${event.source} ${event.id}`)
  return ids
}

let before: Awaited<ReturnType<typeof shown>>
let logged: readonly string[]
/** Of the archive, as its snapshot has them. */
let facts: unknown

beforeAll(async () => {
  mkdirSync(at('live'))
  await createLedger(join(at('live'), 'ledger'), {
    origin: 'example.test/log',
    seed: randomBytes(32),
    head: '../head',
  })
  const live = await open('live')
  await offer(live.service, events.slice(0, half))
  await live.service.rooms.settle()
  await live.service.desk.settled()
  const { store } = live
  await store.ingestKeys.issue(
    { source: '/a', scopes: ['ingest'], label: '', createdBy: 'a', expiresAt: null },
    Date.now(),
  )
  const auth = await openAuth(store.sql, store.keys, { origin: 'http://127.0.0.1' })
  const person = { name: 'a', password: 'a long password', role: 'admin', party: null } as const
  await auth.create({ ...person, email: 'a@example.test' })
  // Stopped, then copied: nothing is under way.
  await live.close()
  const rest = await open('live')
  before = await shown(rest)
  logged = await inLedger(rest)
  facts = structuredClone(rest.service.archive.facts)
  await rest.close()
  expect(rest.failures).toEqual([])
  restore('live', 'back-up')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('a back-up', () => {
  it('restored into a new folder has everything, people and keys too', async () => {
    expect(before.counters!.viewers.isVerified).toBe(true)
    expect(before.measures.length).toBeGreaterThan(0)
    restore('back-up', 'whole')
    const whole = await open('whole')
    expect(await shown(whole)).toEqual(before)
    expect(await whole.store.ingestKeys.list()).toHaveLength(1)
    const people = await whole.store.sql.query('select * from people')
    expect(people).toHaveLength(1)
    const standing = whole.service.desk.measures(broadcast).map(({ measure }) => measure)
    expect(standing.sort()).toEqual(before.measures.map(([measure]) => measure))
    // What was acknowledged before the back-up is known: sent again, it is a repeat.
    expect(await offer(whole.service, events.slice(0, 50))).toMatchObject({ repeats: 50 })
    expect(await inLedger(whole)).toEqual(logged)
    await whole.close()
    expect(whole.failures).toEqual([])
  })

  it.each([
    ['the database', ['ledger', 'head', 'state'] as const],
    ['the database and the state', ['ledger', 'head'] as const],
  ])(
    'without %s shows the same again, from the ledger',
    async (_, parts) => {
      const name = `without-${parts.length}`
      restore('back-up', name, parts)
      const bare = await open(name)
      await expect.poll(() => shown(bare)).toEqual(before)
      // Known from the ledger, so nothing was imposed or raised a second time.
      expect(await inLedger(bare)).toEqual(logged)
      const order = events.find(({ type }) => type === 'live.order.placed')
      if (order !== undefined) {
        const { data } = order as unknown as { data: { order: string; buyer: string } }
        expect(await bare.store.matters.owners('order', data.order, data.buyer)).toMatchObject({
          broadcast: order.subject,
          isConsumer: true,
        })
      }
      expect(bare.service.archive.facts).toEqual(facts)
      expect(await bare.store.ingestKeys.list()).toEqual([])
      await bare.close()
      expect(bare.failures).toEqual([])
    },
    60_000,
  )

  it('of a ledger that is older than its head is refused, and says why', async () => {
    restore('live', 'older')
    const live = await open('older')
    await offer(live.service, events.slice(half))
    await live.close()
    rmSync(join(at('older'), 'ledger'), { recursive: true })
    restore('back-up', 'older', ['ledger'])
    const refused = await open('older').catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(LogError)
    const { code, sentence } = refused as LogError
    expect(code).toBe('older-than-head')
    expect(sentence.en).toMatch(/back-up/)
    expect(sentence.zh).toMatch(/备份/)
  })

  it('older on all sides takes the newer state and database back to itself', async () => {
    restore('back-up', 'back')
    const live = await open('back')
    await offer(live.service, events.slice(half))
    await live.close()
    for (const part of ['ledger', 'head'])
      rmSync(join(at('back'), part), { recursive: true, force: true })
    restore('back-up', 'back', ['ledger', 'head'])
    const back = await open('back')
    await expect.poll(() => shown(back)).toEqual(before)
    expect(await offer(back.service, events.slice(half))).toMatchObject({
      accepted: events.length - half,
      repeats: 0,
    })
    await back.close()
    expect(back.failures).toEqual([])
  })

  it('of another ledger leaves no state behind', async () => {
    restore('back-up', 'other', ['state', 'master.key'])
    writeFileSync(join(at('other'), 'state', 'ledger'), 'another')
    await createLedger(join(at('other'), 'ledger'), {
      origin: 'example.test/other',
      seed: randomBytes(32),
      head: '../head',
    })
    const other = await open('other')
    expect(other.service.register.size).toBe(0)
    expect(await offer(other.service, events.slice(0, 50))).toMatchObject({ repeats: 0 })
    await other.close()
  })
})
