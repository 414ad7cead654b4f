/** The service as a whole: what goes in, what comes out, and that it comes back as it was. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Evidence } from '../../src/detectors/room.ts'
import { audit } from '../../src/engine/audit.ts'
import { Intake } from '../../src/engine/intake.ts'
import type { LiveFigures, LiveMessage } from '../../src/http/contract.ts'
import type { Service } from '../../src/service/open.ts'
import { platformOf } from '../../src/service/prices/on-file.ts'
import { simulateWhole } from '../../src/simulator/simulate.ts'
import { parsePolicy } from '../../src/law/policy.ts'
import { newRig, PACK, type Rig } from './rig.ts'

const events = simulateWhole({ scenario: 'bought-views', seed: 31, viewers: 300 }).events
const broadcast = events[0]!.subject!

const offline = () => {
  const intake = new Intake(new Evidence())
  intake.open('recording', 'ndjson')
  for (const [line, event] of events.entries()) intake.offer(event, line + 1)
  const { inputs, refusedByBroadcast } = intake.end()
  const policy = parsePolicy(...PACK.files)
  const options = { version: 'test', policy, at: null, inputs, refusedByBroadcast }
  return audit(intake.evidence, options).report.broadcasts[0]!
}

const offer = (service: Service, some: readonly unknown[]) => {
  const offering = service.ingest.open()
  for (const value of some) offering.value(value)
  return offering.end()
}

let rig: Rig
beforeAll(async () => {
  rig = await newRig()
})
afterAll(() => rig.remove())

describe('the service', () => {
  it('judges what goes in, tells it, keeps it, and comes back after a restart as it was', async () => {
    const expected = offline()
    const first = await rig.open()
    const told: LiveMessage[] = []
    first.hub.subscribe({}, (message) => void told.push(message))
    const half = Math.floor(events.length / 2)
    expect((await offer(first, events.slice(0, half))).accepted).toBe(half)
    await first.close()

    const second = await rig.open()
    second.hub.subscribe({}, (message) => void told.push(message))
    // Sent again after the restart: known, though a new process asks.
    const again = await offer(second, events.slice(half - 100))
    expect(again).toMatchObject({ accepted: events.length - half, repeats: 100 })
    const live = await second.rooms.audit(broadcast)
    expect(JSON.stringify(live!.figures)).toBe(JSON.stringify(expected.figures))
    await second.rooms.settle()
    await expect
      .poll(() => second.desk.figures(broadcast)?.counters.viewers)
      .toEqual({
        value: Math.round(expected.figures.viewers.genuine!.estimate!),
        isVerified: true,
      })
    expect(second.desk.figures(broadcast)!.measures).toContain('verified-counter:viewers')
    const shop = second.shops.get(platformOf(events[0]!.source))!
    expect(shop.goods.size).toBeGreaterThan(0)
    await second.close()

    expect(new Set(told.map(({ topic }) => topic))).toContain('measure')
    const kept = (await rig.store.figures.get(broadcast))!.document as LiveFigures
    expect(kept.figures).toEqual(expected.figures)
    expect((await rig.store.measures.list({ limit: 10 })).length).toBeGreaterThan(0)

    const third = await rig.open()
    expect(third.desk.measures(broadcast).map(({ name }) => name)).toContain('verified-counter')
    expect(third.shops.get(platformOf(events[0]!.source))).toEqual(shop)
    await third.close()

    // What was put away is lost: the ledger says the same.
    rmSync(join(rig.folder, 'state'), { recursive: true })
    const fourth = await rig.open()
    expect(fourth.shops.get(platformOf(events[0]!.source))).toEqual(shop)
    await fourth.close()
    expect(rig.failures).toEqual([])
  })
})
