import { describe, expect, it } from 'vitest'
import { Evidence } from '../../src/detectors/room.ts'
import { Intake } from '../../src/engine/intake.ts'
import { event } from '../importers/lib.ts'

const DAY = 86_400_000
const beat = (i: number, at: number) =>
  event(`b${i}`, 'viewer.watched', { view: `w${i}`, seconds: 30 }, at)

const refund = (id: string, at: number) =>
  event(id, 'refund.completed', { refund: id, order: 'o', amount: 1 }, at)

const take = (events: readonly unknown[]) => {
  const evidence = new Evidence()
  const intake = new Intake(evidence)
  intake.open('test.ndjson', 'ndjson')
  for (const [index, value] of events.entries()) intake.offer(value, index + 1)
  const { inputs, refusedByBroadcast } = intake.end()
  return { evidence, input: inputs[0]!, refusedByBroadcast }
}

const evening = (count: number) => Array.from({ length: count }, (_, i) => beat(i, i * 1000))

describe('a time far from the broadcast', () => {
  it.each([10, 1000])('is refused among %d events, wherever it stands', (count) => {
    for (const at of [0, count >> 1, count]) {
      const events: unknown[] = evening(count)
      events.splice(at, 0, beat(9999, -10 * 365 * DAY))
      const { evidence, input, refusedByBroadcast } = take(events)
      expect(input).toMatchObject({ lines: count + 1, events: count })
      expect(input.refused).toMatchObject([{ code: 'far-off-time', count: 1 }])
      expect(input.refused[0]!.examples[0]).toMatchObject({
        where: `test.ndjson:${at + 1}`,
        field: 'time',
      })
      expect(refusedByBroadcast.get('broadcast-1')).toMatchObject([{ code: 'far-off-time' }])
      expect(evidence.room('broadcast-1').views.ids.find('w9999')).toBeUndefined()
    }
  })

  it('does not drag the bulk along, though a third of the first events are wrong', () => {
    const events = Array.from({ length: 900 }, (_, i) =>
      i % 3 === 0 ? beat(i, 3 * 365 * DAY + i) : beat(i, i * 1000),
    )
    expect(take(events).input).toMatchObject({ events: 600, refused: [{ count: 300 }] })
  })

  it('is nothing to refuse where no bulk shows', () => {
    const events = Array.from({ length: 8 }, (_, i) => beat(i, i * 400 * DAY))
    expect(take(events).input).toMatchObject({ events: 8, refused: [] })
  })

  it('may be months off for a refund, not years', () => {
    const events = [...evening(300), refund('r1', 700 * DAY), refund('r2', 800 * DAY)]
    const { evidence, input } = take(events)
    expect(input.refused).toMatchObject([{ code: 'far-off-time', count: 1 }])
    expect(evidence.orders.columns.refunded[0]).toBe(1)
  })

  it('holds nothing back without bound, however many broadcasts there are', () => {
    const events = Array.from({ length: 30_000 }, (_, i) => ({
      ...beat(i, 0),
      subject: `broadcast-${i}`,
    }))
    expect(take(events).input.events).toBe(30_000)
  })
})
