/**
 * An appeal over a real run: a measure of the machine, objected to, reversed, and gone; all of it in
 * the ledger, and the same again after a restart, with the state folder or without.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvents } from '../../src/archive/read-log.ts'
import type { AppealView, MeasureView } from '../../src/http/contract.ts'
import type { NewAppeal } from '../../src/http/door.ts'
import type { Service } from '../../src/service/open.ts'
import { typeOf } from '../../src/service/webhooks/webhooks.ts'
import { simulateWhole } from '../../src/simulator/simulate.ts'
import type { AssayEvent } from '../../src/vocabulary/index.ts'
import { newRig, type Rig } from './rig.ts'

const { events } = simulateWhole({ scenario: 'bought-views', seed: 31, viewers: 300 })
const broadcast = events[0]!.subject!
const HOUR_MS = 3_600_000
const REASONS = { en: 'The push is on record.', zh: '推荐位有记录。' }
const reversed = { outcome: 'reversed', reasons: REASONS, by: 'adjudicator-1' } as const

let rig: Rig
let service: Service
const clock = { aheadMs: 0 }
const open = () => rig.open({ now: () => Date.now() + clock.aheadMs })
beforeAll(async () => {
  rig = await newRig()
  service = await open()
  const offering = service.ingest.open()
  for (const event of events) offering.value(event)
  await offering.end()
  await service.rooms.settle()
  await service.desk.settled()
}, 120_000)
afterAll(async () => {
  await service.close()
  await rig.remove()
  expect(rig.failures).toEqual([])
})

const appealOf = (restriction: string, appeal: string): NewAppeal => ({
  appeal,
  restriction,
  grounds: 'The evening stood on the front page\nfrom eight to nine.',
  party: 'merchant-a',
  by: 'person-1',
})

const ofAppeals = async (): Promise<AssayEvent[]> => {
  const found: AssayEvent[] = []
  for await (const { event } of readEvents(service.archive.logged))
    if (/^live\.(?:appeal|restriction)\./.test(event.type)) found.push(event)
  return found
}

const standing = (): readonly MeasureView[] => service.desk.measures(broadcast)
const listed = async () =>
  (await rig.store.appeals.list(null, 10)).map(({ document }) => document as AppealView)

describe('an appeal', () => {
  let mark: MeasureView
  let other: MeasureView
  it('is on record before it is acknowledged, and the measure says so', async () => {
    const told: MeasureView[] = []
    const topics = new Set(['measure'] as const)
    const stop = service.hub.subscribe({ topics }, (message) => {
      told.push(message.data as MeasureView)
      expect(typeOf(message)).toBe('measure.appealed')
    })
    mark = standing().find(({ name }) => name === 'mark')!
    other = standing().find(({ name }) => name === 'verified-counter')!
    expect(mark.appeal).toBeNull()
    const lodged = await service.appeals.lodge(appealOf(mark.measure, 'appeal-1'))
    stop()
    expect(lodged).toMatchObject({ appeal: 'appeal-1', broadcast, outcome: null, decidedAt: null })
    expect((await ofAppeals()).at(-1)).toMatchObject({
      type: 'live.appeal.lodged',
      source: '/assay',
      subject: broadcast,
      data: { restriction: mark.measure, party: 'merchant-a', lodgedBy: 'person-1' },
    })
    expect(told).toMatchObject([{ measure: mark.measure, appeal: { appeal: 'appeal-1' } }])
    expect(standing().find(({ measure }) => measure === mark.measure)!.appeal).toMatchObject({
      appeal: 'appeal-1',
      outcome: null,
    })
    expect(await listed()).toEqual([lodged])
  })

  it('is one at a time against a measure, and against one that there is', async () => {
    const before = (await ofAppeals()).length
    const again = [appealOf(mark.measure, 'appeal-2'), appealOf(mark.measure, 'appeal-3')]
    expect(await Promise.all(again.map((one) => service.appeals.lodge(one)))).toEqual([
      'open-already',
      'open-already',
    ])
    expect(await service.appeals.lodge(appealOf('nothing', 'appeal-4'))).toBeUndefined()
    expect(await service.appeals.decide('appeal-4', reversed)).toBeUndefined()
    expect(await ofAppeals()).toHaveLength(before)
  })

  it('is not decided by whoever lodged it, and once', async () => {
    const own = { ...reversed, by: 'person-1' }
    expect(await service.appeals.decide('appeal-1', own)).toBe('not-by-you')
    const upheld = { ...reversed, outcome: 'upheld', by: 'adjudicator-1' } as const
    await service.appeals.lodge(appealOf(other.measure, 'appeal-5'))
    const told: string[] = []
    const stop = service.hub.subscribe({}, (message) => void told.push(typeOf(message)))
    expect(await service.appeals.decide('appeal-5', upheld)).toMatchObject({ outcome: 'upheld' })
    stop()
    expect(told).toEqual(['measure.upheld'])
    expect(await service.appeals.decide('appeal-5', reversed)).toBe('decided-already')
    expect(standing().find(({ measure }) => measure === other.measure)!.appeal).toMatchObject({
      appeal: 'appeal-5',
      outcome: 'upheld',
    })
  })

  it('reversed takes the measure back in the same breath, and no figure changes', async () => {
    const figures = service.desk.figures(broadcast)!
    const told: MeasureView[] = []
    const topics = new Set(['measure'] as const)
    const stop = service.hub.subscribe(
      { topics },
      ({ data }) => void told.push(data as MeasureView),
    )
    const decided = await service.appeals.decide('appeal-1', reversed)
    stop()
    expect(decided).toMatchObject({
      outcome: 'reversed',
      reasons: REASONS,
      decidedBy: 'adjudicator-1',
    })
    expect((await ofAppeals()).slice(-2)).toMatchObject([
      { type: 'live.appeal.decided', data: { appeal: 'appeal-1', restriction: mark.measure } },
      {
        type: 'live.restriction.lifted',
        data: { restriction: mark.measure, decidedBy: ['adjudicator-1'], automatic: false },
      },
    ])
    expect(told).toMatchObject([
      { measure: mark.measure, liftedBy: 'adjudicator-1', appeal: { outcome: 'reversed' } },
    ])
    expect(standing().map(({ measure }) => measure)).not.toContain(mark.measure)
    const now = service.desk.figures(broadcast)!
    expect(now.figures).toEqual(figures.figures)
    expect(now.measures).toEqual(figures.measures.filter((one) => !one.startsWith('mark:')))
    expect(await service.appeals.lodge(appealOf(mark.measure, 'appeal-6'))).toBe('reversed-already')
  })

  it('reversed, is not overruled by the machine with the next judgement, nor hours later', async () => {
    for (const aheadMs of [0, 5 * HOUR_MS]) {
      clock.aheadMs = aheadMs
      service.desk.judged(broadcast, service.desk.audit(broadcast)!, service.archive.logged.size)
      await service.desk.settled()
      expect(standing().map(({ name }) => name)).not.toContain('mark')
    }
    // The finding is there all the same: in those hours it has led to what else it leads to.
    expect(standing().map(({ name }) => name)).toContain('warning')
  })

  it('comes back with a restart as it was, with the state folder or without', async () => {
    const before = await listed()
    const events = await ofAppeals()
    const measures = standing()
    for (const isLost of [false, true]) {
      await service.close()
      if (isLost) {
        rmSync(join(rig.folder, 'state'), { recursive: true })
        await rig.store.sql.query('delete from appeals')
        await rig.store.progress.backTo(0)
      }
      service = await open()
      await service.rooms.settle()
      await service.desk.settled()
      expect(await listed()).toEqual(before)
      expect(standing()).toEqual(measures)
      expect(await service.appeals.decide('appeal-1', reversed)).toBe('decided-already')
      expect(await service.appeals.lodge(appealOf(mark.measure, 'a-7'))).toBe('reversed-already')
      expect(await ofAppeals()).toEqual(events)
    }
  })

  it('may be lodged against a measure that was taken back, and is decided all the same', async () => {
    const measure = standing().find(({ name }) => name === 'warning' || name === 'prompt')!
    await service.desk.lift(measure.measure, 'adjudicator-2', REASONS)
    const lodged = await service.appeals.lodge(appealOf(measure.measure, 'appeal-8'))
    expect(lodged).toMatchObject({ appeal: 'appeal-8', decidedAt: null })
    expect(await service.appeals.decide('appeal-8', reversed)).toMatchObject({
      outcome: 'reversed',
    })
    const { type } = (await ofAppeals()).at(-1)!
    expect(type).toBe('live.appeal.decided')
  })
})
