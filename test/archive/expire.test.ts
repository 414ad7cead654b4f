/** What may go, when, and what is refused: the archive over the years, with a clock in the hand. */
import { describe, expect, it } from 'vitest'
import { checkReplays } from '../../src/archive/daily-check.ts'
import { deleteReplay, dueIn, expire, keptIn } from '../../src/archive/expire.ts'
import { readEvents } from '../../src/archive/read-log.ts'
import { Recorder } from '../../src/archive/recorder.ts'
import { Recordings } from '../../src/archive/recordings.ts'
import { storedSegments } from '../../src/archive/segments.ts'
import type { Archive } from '../../src/archive/archive.ts'
import type { AssayEvent } from '../../src/vocabulary/event.ts'
import { ts } from './media.ts'
import {
  cst,
  delivered,
  ended,
  event,
  memoryStores,
  openArchive,
  placed,
  policy,
  started,
} from './lib.ts'

/** Two hours in two pieces; `mark` makes the bytes differ. */
const air = async (archive: Archive, broadcast: string, date: string, mark: number) => {
  await archive.record(started(broadcast, `${date} 20:00`))
  for (const [i, hour] of ['20:00', '21:00'].entries())
    await new Recordings(archive).add(broadcast, {
      bytes: ts(mark + i),
      init: null,
      startsAt: cst(`${date} ${hour}`),
      durationMs: 3_600_000,
      isDiscontinuous: false,
    })
  await archive.record(
    event(
      'live.comment.posted',
      `${date} 20:30`,
      { comment: `${broadcast}-c`, viewer: 'viewer-1', text: 'hello' },
      broadcast,
    ),
  )
  await archive.record(ended(broadcast, `${date} 22:00`))
}

const complaint = (subject: string): AssayEvent =>
  event(
    'live.complaint.lodged',
    '2026-03-02 10:00',
    {
      complaint: 'k1',
      consumer: 'viewer-1',
      against: 'merchant-a',
      kind: 'price',
      text: 'it was cheaper the day after',
    },
    subject,
  )

const recorded = async (archive: Archive, type: string): Promise<AssayEvent[]> => {
  await archive.flush()
  const found: AssayEvent[] = []
  for await (const { event: each } of readEvents(archive.logged))
    if (each.type === type) found.push(each)
  return found
}

const check = async (archive: Archive, at: string) => {
  const stored = await storedSegments(archive.parts.segments)
  return checkReplays(archive.facts, policy, {
    at: cst(at),
    keyRooms: archive.parts.keyRooms,
    isStored: (sha256) => stored.has(sha256),
  }).map(({ broadcast, state }) => `${broadcast} ${state}`)
}

const told = (archive: Archive) =>
  keptIn(archive, cst('2029-06-01 00:00')).map(({ key, expiry, isErased }) => [
    key,
    expiry.at,
    expiry.heldBy,
    isErased,
  ])

describe('the archive over the years', () => {
  it('deletes a replay when its three years are over, on the record, and not a day before', async () => {
    const clock = { now: cst('2029-03-01 12:00') }
    const { archive } = await openArchive(memoryStores(), clock)
    await air(archive, 'b1', '2026-03-01', 1)
    await air(archive, 'b2', '2026-04-01', 3)
    expect(dueIn(archive, cst('2029-03-01 23:59'))).toEqual([])
    clock.now = cst('2029-03-02 00:00')
    const done = await expire(archive, clock.now, 'system')
    expect(done.groups.map(({ kind, of }) => `${kind} ${of}`).sort()).toEqual([
      'interaction b1',
      'video b1',
    ])
    expect(done).toMatchObject({ segments: 2, disclosures: 3 })
    expect(await storedSegments(archive.parts.segments)).toHaveProperty('size', 2)
    // Kept as long as the law asks, it is not missing: nothing is known of it any more.
    expect(await check(archive, '2029-03-02 00:00')).toEqual(['b2 stored'])
    const [erased] = (await recorded(archive, 'live.evidence.erased')).filter(({ data }) =>
      (data as { range: string }).range.startsWith('video'),
    )
    expect(erased).toMatchObject({
      subject: 'b1',
      data: {
        // The account of the host is the one disclosure of the replay's own events.
        range: 'video: 2 segments, 1 disclosures, 0 chunk events, leaves 0-255',
        ground: expect.stringContaining('OTM21-20b') as string,
        by: 'system',
      },
    })
    expect(dueIn(archive, clock.now), 'once is enough').toEqual([])
  })

  it('keeps the bytes that another recording shares', async () => {
    const { archive } = await openArchive(memoryStores(), { now: cst('2029-03-02 00:00') })
    await air(archive, 'b1', '2026-03-01', 1)
    await air(archive, 'b2', '2026-04-01', 2)
    await expire(archive, cst('2029-03-02 00:00'), 'system')
    expect(await check(archive, '2029-03-02 00:00')).toEqual(['b2 stored'])
    await expire(archive, cst('2029-04-02 00:00'), 'system')
    expect(await storedSegments(archive.parts.segments), 'until that one goes').toEqual(new Set())
  })

  it('does not expire what a complaint holds (S1-34)', async () => {
    const { archive } = await openArchive(memoryStores(), { now: cst('2026-03-02 10:00') })
    await air(archive, 'b1', '2026-03-01', 1)
    await archive.record(complaint('b1'))
    expect(dueIn(archive, cst('2040-01-01 00:00'))).toEqual([])
    await archive.releaseHold('hold-k1')
    expect(dueIn(archive, cst('2040-01-01 00:00')).map(({ kind }) => kind)).toContain('video')
  })

  it('gives a complaint its hold that came in by another door, once', async () => {
    const stores = memoryStores()
    const clock = { now: cst('2026-03-02 10:00') }
    const one = await openArchive(stores, clock)
    await air(one.archive, 'b1', '2026-03-01', 1)
    const { vault, parts } = one.archive
    const plain = new Recorder({ ...parts, vault })
    await plain.record(complaint('b1'))
    const two = await openArchive(stores, clock)
    expect([...two.archive.facts.holds.keys()]).toEqual(['hold-k1'])
    await two.archive.releaseHold('hold-k1')
    const three = await openArchive(stores, clock)
    expect(three.archive.facts.holds.size, 'released stays released').toBe(0)
  })

  it('knows after a restart what it held, kept and deleted', async () => {
    const stores = memoryStores()
    const one = await openArchive(stores, { now: cst('2029-03-02 00:00') })
    await air(one.archive, 'b1', '2026-03-01', 1)
    await air(one.archive, 'b2', '2026-03-01', 3)
    await one.archive.record(complaint('b2'))
    await expire(one.archive, cst('2029-03-02 00:00'), 'system')
    await one.archive.flush()
    const two = await openArchive(stores, { now: cst('2029-03-02 00:00') })
    expect(told(two.archive)).toEqual(told(one.archive))
    expect(two.archive.facts.holds.size).toBe(1)
  })
})

describe('somebody who wants a replay deleted', () => {
  it('is refused while a complaint is being checked; it is on file and raised (S1-34)', async () => {
    const clock = { now: cst('2026-03-02 10:00') }
    const { archive } = await openArchive(memoryStores(), clock)
    await air(archive, 'b1', '2026-03-01', 1)
    await archive.record(complaint('b1'))
    expect([...archive.facts.holds.values()]).toMatchObject([
      { hold: 'hold-k1', matter: 'k1', scope: [{ broadcast: 'b1' }] },
    ])
    await archive.record(
      event('live.complaint.answered', '2026-03-02 15:00', {
        complaint: 'k1',
        by: 'merchant-a',
        text: 'we are checking',
      }),
    )
    clock.now = cst('2026-03-03 10:00')
    const wish = { by: 'merchant-a', ground: 'tidying up', at: clock.now }
    const deletion = await deleteReplay(archive, 'b1', wish)
    expect(deletion).toMatchObject({ outcome: 'held', finding: { verdict: 'supported' } })
    expect(await storedSegments(archive.parts.segments)).toHaveProperty('size', 2)
    const [raised] = await recorded(archive, 'live.finding.raised')
    expect(raised).toMatchObject({ subject: 'b1', data: { kind: 'deletion-under-hold' } })
    expect(await recorded(archive, 'live.evidence.erased')).toEqual([])
  })

  it('is refused before its time, with the rows that keep it', async () => {
    const { archive } = await openArchive(memoryStores(), { now: cst('2026-03-03 10:00') })
    await air(archive, 'b1', '2026-03-01', 1)
    const wish = { by: 'operator-a', ground: 'tidying up', at: cst('2026-03-03 10:00') }
    const deletion = await deleteReplay(archive, 'b1', wish)
    expect(deletion).toMatchObject({
      outcome: 'kept',
      group: { expiry: { at: cst('2029-03-02 00:00') } },
    })
    expect(await storedSegments(archive.parts.segments)).toHaveProperty('size', 2)
  })

  it('gets it deleted once nothing keeps it', async () => {
    const { archive } = await openArchive(memoryStores(), { now: cst('2029-03-03 10:00') })
    await air(archive, 'b1', '2026-03-01', 1)
    const wish = { by: 'operator-a', ground: 'tidying up', at: cst('2029-03-03 10:00') }
    expect(await deleteReplay(archive, 'b1', wish)).toEqual({ outcome: 'deleted', segments: 2 })
    expect(await deleteReplay(archive, 'b1', wish)).toEqual({ outcome: 'unknown' })
    expect(await deleteReplay(archive, 'b9', wish)).toEqual({ outcome: 'unknown' })
  })

  it('is refused where a later order of the same evening still runs', async () => {
    const { archive } = await openArchive(memoryStores(), { now: cst('2029-03-03 10:00') })
    await air(archive, 'b1', '2026-03-01', 1)
    await archive.record(placed('o1', '2026-03-01 21:00', 'b1'))
    await archive.record(delivered('o1', '2026-05-01 10:00'))
    const wish = { by: 'operator-a', ground: 'tidying up', at: cst('2029-03-03 10:00') }
    expect(await deleteReplay(archive, 'b1', wish)).toMatchObject({
      outcome: 'kept',
      group: { expiry: { at: cst('2029-05-02 00:00') } },
    })
  })
})
