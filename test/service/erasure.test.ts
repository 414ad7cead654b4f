/**
 * A person erased from a running service: nothing names them anywhere in the data folder, every proof
 * stands, and every figure is what it was.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvents } from '../../src/archive/read-log.ts'
import { verifyKept } from '../../src/archive/verify-kept.ts'
import type { NoteView } from '../../src/http/contract.ts'
import { parsePolicy } from '../../src/ledger/policy.ts'
import { verifyLog } from '../../src/ledger/verify-log.ts'
import { lodgedView } from '../../src/service/appeal-events.ts'
import { openService, type Service } from '../../src/service/open.ts'
import { createLedger } from '../../src/store/create-ledger.ts'
import { newMasterKey, parseMasterKey } from '../../src/store/sql/master-key.ts'
import { openPglite } from '../../src/store/sql/pglite.ts'
import { openSqlStore, type SqlStore } from '../../src/store/sql/store.ts'
import { readLedgerFolder } from '../../src/store/ledger-folder.ts'
import { findingExample } from '../../src/vocabulary/finding-schema.ts'
import type { AssayEvent, EventOf } from '../../src/vocabulary/index.ts'
import { PACK } from './rig.ts'

/** Unmistakable on a disk. */
const PERSON = {
  account: 'viewer-Q7XK2',
  device: 'device-9ZW4TT',
  ip: '203.0.113.77',
  address: 'No. 8, Plum Lane QQ',
  text: 'my cousin Quixley sells these cheaper',
  tracking: 'TRACK-88XYZZY',
  reason: 'reason-Quixote: wrong size',
}
const SECRETS = Object.values(PERSON)
const EVENING = Date.parse('2026-03-01T20:00:00+08:00')
/** Three years after the last delivery, all of it may go. */
const LATER = Date.parse('2029-04-01T10:00:00+08:00')

const root = mkdtempSync(join(tmpdir(), 'assay-erasure-'))
const clock = { now: EVENING }
const master = parseMasterKey(newMasterKey())
const failures: string[] = []

const open = async (): Promise<{
  service: Service
  store: SqlStore
  close: () => Promise<void>
}> => {
  const sql = await openPglite({ folder: join(root, 'db') })
  const store = await openSqlStore(sql, [master], () => clock.now)
  const service = await openService({
    folder: join(root, 'state'),
    ledger: join(root, 'ledger'),
    store,
    pack: PACK,
    version: 'test',
    now: () => clock.now,
    failed: (what, error) => void failures.push(`${what}: ${String(error)}`),
  })
  const close = async () => {
    await service.close()
    await sql.close()
  }
  return { service, store, close }
}

/** Which secrets lie in which files, as themselves or in the base64url of a disclosure. */
const onDisk = (): string[] => {
  const found: string[] = []
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = readFileSync(path)
    for (const secret of SECRETS)
      if (spellings(secret).some((spelling) => bytes.includes(spelling)))
        found.push(`${secret} in ${path.slice(root.length + 1).split('/')[0]}`)
  }
  return [...new Set(found)].sort()
}

const spellings = (text: string): string[] => [
  text,
  // What depends on the neighbours, at each of three places in a base64 group, is cut off.
  ...[0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), Buffer.from(text)])
      .toString('base64url')
      .slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + text.length) * 8) / 6)),
  ),
]

let serial = 0
const event = (type: string, second: number, data: object, subject: string | null = 'b1') => ({
  specversion: '1.0',
  id: `e-${(serial += 1)}`,
  source: '/platforms/a',
  type,
  ...(subject === null ? {} : { subject }),
  time: new Date(EVENING + second * 1000).toISOString(),
  data,
})

const order = (id: string, buyer: string, more: object = {}) =>
  event('live.order.placed', 300, {
    order: id,
    buyer,
    merchant: 'merchant-a',
    lines: [{ product: 'p', quantity: 1, unitPrice: 9900 }],
    total: 9900,
    ...more,
  })

const viewersOf = (broadcast: string, names: readonly string[]) =>
  names.flatMap((viewer, i) => [
    event(
      'live.viewer.joined',
      10 + i,
      {
        view: `${broadcast}-w${i}`,
        viewer,
        entry: 'feed',
        ...(viewer === PERSON.account
          ? { device: PERSON.device, ip: PERSON.ip }
          : { device: `device-${viewer}`, ip: `198.51.100.${i}` }),
      },
      broadcast,
    ),
    event('live.like.sent', 60 + i, { viewer, view: `${broadcast}-w${i}`, count: 2 }, broadcast),
    event('live.viewer.left', 600 + i, { view: `${broadcast}-w${i}` }, broadcast),
  ])
const start = (broadcast: string, host: string) =>
  event(
    'live.broadcast.started',
    0,
    {
      room: `room-${broadcast}`,
      operator: 'operator-a',
      title: 'Autumn kitchen',
      form: 'video',
      currency: 'CNY',
      hosts: [{ account: host, role: 'host' }],
    },
    broadcast,
  )

const others = Array.from({ length: 12 }, (_, i) => `viewer-${i}`)
const life = [
  start('b1', 'host-a'),
  start('b2', 'host-b'),
  ...viewersOf('b1', [PERSON.account, ...others]),
  ...viewersOf('b2', others),
  event('live.comment.posted', 90, { comment: 'c1', viewer: PERSON.account, text: PERSON.text }),
  event('live.comment.posted', 91, { comment: 'c2', viewer: 'viewer-1', text: 'how much is it' }),
  order('o1', PERSON.account, {
    address: PERSON.address,
    payer: PERSON.account,
    device: PERSON.device,
    ip: PERSON.ip,
  }),
  order('o2', 'viewer-2', { address: 'No. 9' }),
  event('live.order.shipped', 9000, { order: 'o1', carrier: 'c', tracking: PERSON.tracking }, null),
  ...['o1', 'o2'].map((id) =>
    event('live.order.delivered', 90_000, { order: id, carrier: 'c' }, null),
  ),
  event(
    'live.refund.requested',
    100_000,
    { refund: 'r1', order: 'o1', amount: 100, reason: PERSON.reason, goodsReturned: false },
    null,
  ),
  event('live.broadcast.ended', 3600, {}),
  event('live.broadcast.ended', 3600, {}, 'b2'),
]

/** A finding about the person, as the desk puts it on record. */
const finding = {
  ...findingExample,
  finding: `order-brushing:b1:${PERSON.account}`,
  kind: 'order-brushing',
  broadcast: 'b1',
  subject: PERSON.account,
  summary: { en: `${PERSON.account} bought from himself`, zh: `${PERSON.account} 自买自卖` },
} as const

const namedOf = async (service: Service): Promise<string[]> => {
  const found: string[] = []
  for await (const logged of readEvents(service.archive.logged))
    if (JSON.stringify(logged.event).includes(PERSON.account)) found.push(logged.event.type)
  return found
}

let figures: unknown
beforeAll(async () => {
  await createLedger(join(root, 'ledger'), { origin: 'example.test/log', seed: randomBytes(32) })
  const first = await open()
  const { service, store } = first
  const offering = service.ingest.open()
  for (const value of life) offering.value(value)
  expect((await offering.end()).refused).toEqual([])
  const raised = {
    ...event('live.finding.raised', 3700, finding),
    source: '/assay',
  } as unknown as AssayEvent
  const lodged = {
    ...event('live.appeal.lodged', 3800, {
      appeal: 'appeal-1',
      restriction: 'measure-1',
      grounds: PERSON.text,
      party: 'merchant-a',
      lodgedBy: PERSON.account,
    }),
    source: '/assay',
  } as unknown as EventOf<'live.appeal.lodged'>
  await service.record([raised, lodged])
  await service.rooms.settle()
  await service.desk.settled()
  const of = { broadcast: 'b1', kind: 'order-brushing' }
  await store.findings.save([
    {
      ...of,
      finding: finding.finding,
      verdict: 'supported',
      position: 1,
      raisedAt: EVENING,
      withdrawnAt: null,
      document: finding,
    },
  ])
  const appeal = lodgedView(lodged.data, 'b1', lodged.time)
  const undecided = { position: 1, lodgedAt: EVENING, decidedAt: null }
  await store.appeals.save([{ ...appeal, ...undecided, document: appeal }])
  const note = `b1:order-brushing:${PERSON.account}`
  const document = { note, broadcast: 'b1', finding: finding.finding } as NoteView
  await store.notes.write([{ ...of, note, writtenAt: EVENING, document }])
  await store.evidenceRequests.ask({
    request: 'request-1',
    consumer: PERSON.account,
    kind: 'order',
    matter: 'o1',
    askedAt: EVENING,
    document: { about: PERSON.text },
  })
  figures = (await service.rooms.audit('b1'))!.figures
  await first.close()
}, 300_000)
afterAll(() => rmSync(root, { recursive: true, force: true }), 60_000)

describe('a person', () => {
  it('erased while the service runs is named nowhere, and every proof and figure stands', async () => {
    const before = onDisk()
    // The search finds them while they are there: in the vault, in the snapshots, in the database.
    for (const secret of [PERSON.account, PERSON.text, PERSON.address, PERSON.tracking])
      expect(before).toContain(`${secret} in ledger`)
    expect(before).toContain(`${PERSON.account} in state`)
    expect(before).toContain(`${PERSON.text} in state`)
    expect(before).toContain(`${PERSON.account} in db`)

    clock.now = LATER
    const second = await open()
    const { service, store } = second
    // The room is asleep, on the shelf alone.
    const ids = [PERSON.account, PERSON.device, PERSON.ip]
    const request = { ids, ground: 'consent withdrawn', by: 'admin-1', overridesRetention: false }
    const erasure = await service.keeping.erase(request)
    expect(erasure).toMatchObject({ held: 0, kept: 0, finding: null })
    expect(erasure.disclosures).toBeGreaterThan(0)
    // Joined and liked; leaving names a view and nobody.
    expect(erasure.chunkEvents).toBe(2)

    expect(await namedOf(service)).toEqual([])
    expect((await service.rooms.audit('b1'))!.figures).toEqual(figures)
    expect(await store.findings.get(finding.finding)).toBeUndefined()
    expect(await store.evidenceRequests.list(null, 10)).toEqual([])
    // It is still there to be decided; whose it was, and their words, are not.
    const [appeal] = await store.appeals.list(null, 10)
    expect(appeal).toMatchObject({
      decidedAt: null,
      document: { appeal: 'appeal-1', grounds: '', party: null, lodgedBy: null },
    })
    expect(await store.matters.owners('order', 'o1', PERSON.account)).toMatchObject({
      isConsumer: false,
    })
    expect(await store.matters.owners('order', 'o2', 'viewer-2')).toMatchObject({
      isConsumer: true,
    })
    expect(JSON.stringify(service.desk.audit('b1') ?? '')).not.toContain(PERSON.account)
    await second.close()

    expect(onDisk()).toEqual([])
    const folder = await readLedgerFolder(join(root, 'ledger'))
    const policy = parsePolicy(`log ${folder.config.vkey}\nquorum none\n`)
    expect((await verifyLog(folder.log, policy)).failures).toEqual([])

    const third = await open()
    const { segments } = third.service.archive.parts
    expect(await verifyKept({ ...third.service.archive.logged, segments })).toEqual([])
    expect((await third.service.rooms.audit('b1'))!.figures).toEqual(figures)
    const again = await third.service.keeping.erase(request)
    expect(again).toMatchObject({ disclosures: 0, chunkEvents: 0 })
    // Who asked and why is on record both times, whatever was found.
    const grounds: unknown[] = []
    for await (const { event: each } of readEvents(third.service.archive.logged))
      if (each.type === 'live.evidence.erased') grounds.push([each.data.by, each.data.ground])
    expect(grounds).toEqual([
      ['admin-1', 'consent withdrawn'],
      ['admin-1', 'consent withdrawn'],
    ])
    await third.close()
    expect(failures).toEqual([])
  }, 300_000)

  it('is missed by a state that is made again from the ledger, and nothing breaks', async () => {
    rmSync(join(root, 'state'), { recursive: true })
    const fourth = await open()
    const { viewers } = (await fourth.service.rooms.audit('b1'))!.figures
    expect(viewers.observed).toBe(others.length)
    expect(fourth.service.moments.of('b1', 0).map(({ text }) => text)).toContain('how much is it')
    await fourth.close()
    expect(failures).toEqual([])
  }, 300_000)
})
