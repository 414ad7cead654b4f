/** The way in: one by one, once, and not before it is durable. */
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { Busy, Ingest } from '../../../src/engine/live/ingest.ts'
import { Repeats } from '../../../src/engine/live/repeats.ts'
import { MemoryJournal } from './memory-journal.ts'

const like = (id: string, time = '2026-03-01T20:00:00.000+08:00', subject = 'b-1') => ({
  specversion: '1.0',
  id,
  source: '/platforms/example',
  type: 'live.like.sent',
  subject,
  time,
  data: { viewer: 'v-1', count: 1 },
})

const setUp = (limits?: { bytes: number; sourceBytes: number }) => {
  const journal = new MemoryJournal()
  const rooms = { underWay: 0 }
  const repeats = new Repeats()
  const ingest = new Ingest({ journal, rooms, repeats, now: () => 0, ...(limits && { limits }) })
  const offer = (...values: unknown[]) => {
    const offering = ingest.open()
    for (const value of values) offering.value(value)
    return offering.end()
  }
  return { journal, ingest, offer }
}

describe('the way in', () => {
  it('lets nobody speak for the service itself', async () => {
    const { offer, journal } = setUp()
    const forged = ['/assay', '/assay/archive'].map((source) => ({ ...like(source), source }))
    const answer = await offer(...forged, { ...like('1'), source: '/assays' })
    expect(answer).toMatchObject({ accepted: 1, refusedCount: 2 })
    expect(answer.refused.map(({ code }) => code)).toEqual(['wrong-source', 'wrong-source'])
    expect(journal.events.map(({ source }) => source)).toEqual(['/assays'])
  })

  it('refuses a bad event alone, by its place, and takes the rest', async () => {
    const { offer, journal } = setUp()
    const answer = await offer(like('1'), { ...like('2'), time: 'yesterday' }, 7, like('3'))
    expect(answer).toMatchObject({ accepted: 2, repeats: 0, refusedCount: 2 })
    expect(answer.refused.map(({ index, code }) => [index, code])).toEqual([
      [1, 'bad-time'],
      [2, 'not-an-object'],
    ])
    expect(answer.refused[0]!.text.zh).not.toBe('')
    expect(journal.events.map(({ id }) => id)).toEqual(['1', '3'])
  })

  it('takes an event once, whether the repeat comes in one request, a later one, or meanwhile', async () => {
    const { offer, journal } = setUp()
    const [first, second] = await Promise.all([offer(like('1'), like('1')), offer(like('1'))])
    const third = await offer(like('1'))
    expect([first, second, third].map(({ accepted, repeats }) => [accepted, repeats])).toEqual([
      [1, 1],
      [0, 1],
      [0, 1],
    ])
    expect(journal.events.length).toBe(1)
  })

  it('tells events of two sources apart though their ids are equal', async () => {
    const { offer } = setUp()
    const answer = await offer(like('1'), { ...like('1'), source: '/platforms/other' })
    expect(answer.accepted).toBe(2)
  })

  it('does not answer, not even about a repeat, before the first copy is durable', async () => {
    const { offer, journal } = setUp()
    const opening = new AbortController()
    journal.gate = once(opening.signal, 'abort')
    let answered = 0
    const answers = [offer(like('1')), offer(like('1'))].map((answer) =>
      answer.then(() => (answered += 1)),
    )
    await new Promise((resolve) => setImmediate(resolve))
    expect(answered).toBe(0)
    opening.abort()
    await Promise.all(answers)
    expect(answered).toBe(2)
  })

  it('may be sent again what could not be made durable', async () => {
    const { offer, journal } = setUp()
    journal.gate = Promise.reject(new Error('disk full'))
    await expect(offer(like('1'))).rejects.toThrow('disk full')
    journal.gate = Promise.resolve()
    expect((await offer(like('1'))).accepted).toBe(1)
  })

  it('takes nothing while too much is under way, and one source never more than its share', () => {
    const { ingest } = setUp({ bytes: 100, sourceBytes: 40 })
    const release = ingest.reserve('a', 40)
    expect(() => ingest.reserve('a', 1)).toThrow(Busy)
    const others = ['b', 'c'].map((source) => ingest.reserve(source, 30))
    expect(() => ingest.reserve('d', 1)).toThrow(Busy)
    release()
    others[0]!()
    expect(() => ingest.reserve('a', 40)).not.toThrow()
  })

  it('refuses nesting deeper than any event has', async () => {
    const { offer } = setUp()
    let deep: unknown = 1
    for (let i = 0; i < 10_000; i += 1) deep = [deep]
    const answer = await offer({ ...like('1'), data: { viewer: 'v-1', count: 1, deep } })
    expect(answer.refused.map(({ code }) => code)).toEqual(['out-of-bounds'])
  })
})

describe('repeats', () => {
  it('are still known after their cell left memory and came back', () => {
    const away = new Map<
      string,
      ReturnType<InstanceType<typeof Repeats>['changed']> extends Generator<
        readonly [string, infer S]
      >
        ? S
        : never
    >()
    const repeats = new Repeats((cell) => away.get(cell))
    const event = like('1') as never
    const at = Date.parse('2026-03-01T20:00:00.000+08:00')
    repeats.settle([repeats.mark(event, at, 0)!], true, 0)
    for (const [cell, saved] of repeats.changed()) away.set(cell, saved)
    repeats.forget(1)
    expect(repeats.size).toBe(0)
    expect(repeats.mark(event, at, 2)).toBeNull()
  })

  it('keep in memory what was not put away yet', () => {
    const repeats = new Repeats()
    const at = Date.parse('2026-03-01T20:00:00.000+08:00')
    repeats.settle([repeats.mark(like('1') as never, at, 0)!], true, 0)
    repeats.forget(1000)
    expect(repeats.size).toBe(1)
  })

  it('are told from a first event that is under way, in its own quarter of an hour only', () => {
    const repeats = new Repeats()
    const at = Date.parse('2026-03-01T20:00:00.000+08:00')
    const event = like('1') as never
    const mark = repeats.mark(event, at, 0)!
    expect(repeats.mark(event, at, 0)).toBeNull()
    expect(repeats.mark(event, at + 900_000, 0)).not.toBeNull()
    // Given up: it may be sent again, and is known once it is durable.
    repeats.settle([mark], false, 0)
    const again = repeats.mark(event, at, 0)!
    repeats.settle([again], true, 0)
    expect(repeats.mark(event, at, 0)).toBeNull()
  })
})
