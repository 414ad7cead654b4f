/** What the running service keeps, how long, and what goes: archive, database, rooms and memory. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvents } from '../../src/archive/read-log.ts'
import { segmentPath } from '../../src/archive/segments.ts'
import type { Service } from '../../src/service/open.ts'
import { newRig, type Rig } from './rig.ts'

const EVENING = Date.parse('2026-03-01T20:00:00+08:00')
const clock = { now: EVENING }

let serial = 0
const event = (type: string, second: number, data: object, subject: string | null) => ({
  specversion: '1.0',
  id: `e-${(serial += 1)}`,
  source: '/platforms/a',
  type,
  ...(subject === null ? {} : { subject }),
  time: new Date(EVENING + second * 1000).toISOString(),
  data,
})

const offer = async (service: Service, events: readonly unknown[]) => {
  const offering = service.ingest.open()
  for (const each of events) offering.value(each)
  expect((await offering.end()).refused).toEqual([])
}

/** A broadcast with a viewer and an order; the order is delivered the next day unless it is open. */
const evening = (broadcast: string, isOpen = false) => [
  event(
    'live.broadcast.started',
    0,
    {
      room: `room-${broadcast}`,
      operator: 'operator-a',
      title: 't',
      form: 'video',
      currency: 'CNY',
      hosts: [{ account: 'host-a', role: 'host' }],
    },
    broadcast,
  ),
  event(
    'live.viewer.joined',
    10,
    { view: `${broadcast}-w`, viewer: `${broadcast}-viewer`, entry: 'feed' },
    broadcast,
  ),
  event(
    'live.order.placed',
    60,
    {
      order: `${broadcast}-order`,
      buyer: `${broadcast}-viewer`,
      merchant: 'merchant-a',
      lines: [{ product: `${broadcast}-product`, quantity: 1, unitPrice: 9900 }],
      total: 9900,
    },
    broadcast,
  ),
  event('live.broadcast.ended', 3600, {}, broadcast),
  ...(isOpen
    ? []
    : [
        event(
          'live.order.delivered',
          90_000,
          { order: `${broadcast}-order`, carrier: 'carrier-a' },
          null,
        ),
      ]),
]

const complaint = event(
  'live.complaint.lodged',
  100_000,
  {
    complaint: 'complaint-1',
    consumer: 'held-viewer',
    against: 'merchant-a',
    order: 'held-order',
    kind: 'price',
    text: 'it was cheaper the day after',
  },
  null,
)

/** Broadcasts of which a viewer is still named in what the ledger discloses. */
const disclosed = async (service: Service): Promise<string[]> => {
  const found: string[] = []
  for await (const { event: each } of readEvents(service.archive.logged))
    if (each.type === 'live.viewer.joined' && each.data.viewer !== undefined)
      found.push(each.subject)
  return found.sort()
}

/** Whether a name lies in the snapshots, once everything was put away. */
const stateNames = async (name: string): Promise<boolean> => {
  await service.snapshot()
  const state = join(rig.folder, 'state')
  return readdirSync(state, { recursive: true, withFileTypes: true }).some(
    (entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(name),
  )
}

const heldInSql = (rig: Rig) =>
  rig.store.sql.query('select hold, broadcast from holds where released_at is null')

const known = async (rig: Rig): Promise<string[]> =>
  (await rig.store.broadcasts.list({}, 10)).map(({ broadcast }) => broadcast)

let rig: Rig
let service: Service
beforeAll(async () => {
  rig = await newRig()
  service = await rig.open({ now: () => clock.now })
}, 300_000)
afterAll(async () => {
  await service?.close()
  await rig?.remove()
}, 60_000)

describe('the service over the years', () => {
  it('deletes nothing early, nothing held, nothing whose clock is open, and all else everywhere', async () => {
    await offer(service, [
      ...evening('done'),
      ...evening('held'),
      ...evening('open', true),
      complaint,
    ])
    await service.rooms.settle()
    await service.desk.settled()
    await expect.poll(() => known(rig), { timeout: 60_000 }).toEqual(['done', 'held', 'open'])

    // Sixty days, and nothing is due.
    clock.now = Date.parse('2026-05-02T03:17:00+08:00')
    expect(await service.keeping.enforce()).toEqual([])
    expect(await known(rig)).toEqual(['done', 'held', 'open'])
    expect(await heldInSql(rig)).toEqual([{ hold: 'hold-complaint-1', broadcast: 'held' }])

    // Three years after the last delivery, 2 March 2029.
    clock.now = Date.parse('2029-04-01T03:17:00+08:00')
    expect(await service.keeping.enforce()).toEqual(['done'])
    expect(await known(rig)).toEqual(['held', 'open'])
    expect(await disclosed(service)).toEqual(['held', 'open'])
    expect(await service.rooms.audit('done')).toBeNull()
    expect(await service.rooms.audit('held')).not.toBeNull()
    expect(service.register.get('done')).toBeUndefined()
    expect([...service.archive.facts.broadcasts.keys()].sort()).toEqual(['held', 'open'])
    expect([...service.archive.facts.orders.keys()].sort()).toEqual(['held-order', 'open-order'])
    expect(await service.keeping.enforce()).toEqual([])
  }, 300_000)

  it('refuses to erase a person under a hold, whatever is ordered, and raises it', async () => {
    const request = {
      ids: ['held-viewer'],
      ground: 'court order',
      by: 'admin-1',
      overridesRetention: true,
    }
    const { held, disclosures, chunkEvents, finding } = await service.keeping.erase(request)
    expect(held).toBeGreaterThan(0)
    expect(disclosures + chunkEvents).toBe(0)
    expect(finding).toMatchObject({ kind: 'deletion-under-hold' })
    expect((await rig.store.findings.get(finding!.finding))?.withdrawnAt).toBeNull()
    const raised: string[] = []
    for await (const { event: each } of readEvents(service.archive.logged))
      if (each.type === 'live.finding.raised') raised.push(each.data.finding)
    expect(raised).toContain(finding!.finding)
    expect(await disclosed(service)).toEqual(['held', 'open'])
  }, 120_000)

  it('deletes what was held once the hold is released, the record of the hold three years later', async () => {
    const figures = (await service.rooms.audit('held'))!.figures
    expect(await service.archive.releaseHold('hold-complaint-1')).toBe(true)
    expect(await service.keeping.enforce()).toEqual([])
    expect(await heldInSql(rig)).toEqual([])
    expect(await disclosed(service)).toEqual(['open'])
    // Of its viewers the room has the numbers and nobody's name.
    expect((await service.rooms.audit('held'))!.figures).toEqual(figures)
    expect(await stateNames('held-viewer')).toBe(false)
    expect(await stateNames('open-viewer')).toBe(true)

    clock.now = Date.parse('2032-04-02T03:17:00+08:00')
    expect(await service.keeping.enforce()).toEqual(['held'])
    expect(await known(rig)).toEqual(['open'])
    await service.close()
    service = await rig.open({ now: () => clock.now })
    expect([...service.archive.facts.broadcasts.keys()]).toEqual(['open'])
    expect([...service.archive.facts.complaints.keys()]).toEqual([])
    expect([...service.register.positions()].map(([broadcast]) => broadcast)).toEqual(['open'])
    expect(rig.failures).toEqual([])
  }, 300_000)

  it('raises a replay that is missing once, and withdraws it when it turns up', async () => {
    clock.now = EVENING
    const bytes = new Uint8Array([1, 2, 3, 4, 5])
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await offer(service, evening('taped'))
    clock.now += 3 * 86_400_000
    // Nothing was ever recorded here: recordings are kept elsewhere, and nobody is accused.
    await service.keeping.check()
    expect(await rig.store.findings.standing('replay-missing')).toEqual([])
    const piece = {
      sequence: 0,
      durationMs: 3_600_000,
      bytes: bytes.length,
      sha256,
      uri: `segments/${sha256}`,
      startsAt: new Date(EVENING).toISOString(),
    }
    await offer(service, [event('live.segment.recorded', 3600, piece, 'taped')])
    await service.keeping.check()
    await service.keeping.check()
    const missing = await rig.store.findings.standing('replay-missing')
    expect(missing.map(({ broadcast }) => broadcast)).toContain('taped')
    await service.archive.parts.segments.write(new Map([[segmentPath(sha256), bytes]]))
    await service.keeping.check()
    const left = await rig.store.findings.standing('replay-missing')
    expect(left.map(({ broadcast }) => broadcast)).not.toContain('taped')
    const told: string[] = []
    for await (const { event: each } of readEvents(service.archive.logged))
      if (each.type.startsWith('live.finding.') && each.subject === 'taped') told.push(each.type)
    expect(told).toEqual(['live.finding.raised', 'live.finding.withdrawn'])
  }, 120_000)
})
