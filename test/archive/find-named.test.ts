/** From what a finding names to its leaf: the leaves of one broadcast, and what is read of them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Archive } from '../../src/archive/archive.ts'
import { NamedSearch } from '../../src/archive/find-named.ts'
import { LeafCells } from '../../src/archive/leaf-cells.ts'
import { rowReceipt } from '../../src/archive/receipt.ts'
import { canonical } from '../../src/ledger/canonical.ts'
import { utf8 } from '../../src/ledger/bytes.ts'
import { readEntries } from '../../src/ledger/rooms.ts'
import type { AssayEvent } from '../../src/vocabulary/event.ts'
import { cst, event, memoryStores, openArchive, placed, started } from './lib.ts'

const EVENING = { from: cst('2026-03-01 20:00'), until: cst('2026-03-01 21:00') }
const NOWHERE = { take: () => undefined, keys: [] }

const comment = (n: number, broadcast: string) =>
  event(
    'live.comment.posted',
    EVENING.from + n * 1000,
    { comment: `c${n}`, viewer: `viewer-${n}`, text: 'hello' },
    broadcast,
  )
const visit = (n: number) => ({ view: `view-${n}`, entry: 'feed' }) as const
const like = (n: number, broadcast: string) =>
  event('live.like.sent', EVENING.from + n * 1000, { viewer: `viewer-${n}`, count: 1 }, broadcast)

const cellsOf = async ({ logged }: Archive, saved = NOWHERE) => {
  const cells = new LeafCells(saved)
  let index = 0
  for await (const entry of readEntries(logged.log, 0, logged.size)) {
    cells.learn(index, entry)
    index += 1
  }
  return cells
}

/** Two rooms that take turns: comments and orders by themselves, likes in chunks. */
const twoRooms = async () => {
  const { archive } = await openArchive(memoryStores(), { now: 0 })
  const events: AssayEvent[] = [
    started('b1', '2026-03-01 20:00'),
    started('b2', '2026-03-01 20:00'),
  ]
  for (let n = 0; n < 20; n += 1)
    for (const broadcast of ['b1', 'b2']) events.push(comment(n, broadcast), like(n, broadcast))
  events.push(placed('order-1', '2026-03-01 20:30', 'b1'))
  const places = await Promise.all(events.map((one) => archive.record(one)))
  return { archive, events, places }
}

describe('what a finding names', () => {
  it('is found where it was recorded: an event, an order, a comment, a row of a chunk', async () => {
    const { archive, events, places } = await twoRooms()
    const leaves = (await cellsOf(archive)).leavesOf('b1', EVENING, 'within')
    const [begin, , firstComment, firstLike] = events
    const names = [begin!.id, 'c0', firstLike!.id, 'order-1']
    const search = new NamedSearch(names, archive.logged)
    await search.look(leaves)
    const expected = [places[0]!, places[2]!, places[3]!, places.at(-1)!]
    expect(names.map((name) => search.found.get(name))).toMatchObject(expected)
    expect(expected[2]!.within).toBe(0)
    expect(search.found.get('c0')).toMatchObject({
      type: firstComment!.type,
      time: firstComment!.time,
    })
    expect(search.isCut).toBe(false)
  })

  it('is found by the view that it brought: detectors know views, and not who told of them', async () => {
    const { archive } = await openArchive(memoryStores(), { now: 0 })
    const joined = (n: number) =>
      event('live.viewer.joined', EVENING.from + n * 1000, visit(n), 'b1')
    const watched = event('live.viewer.watched', EVENING.from, { view: 'view-1', seconds: 9 }, 'b1')
    await Promise.all([watched, joined(0), joined(1)].map((one) => archive.record(one)))
    const search = new NamedSearch(['view-1'], archive.logged)
    await search.look((await cellsOf(archive)).leavesOf('b1', EVENING, 'within'))
    expect(search.found.get('view-1')).toMatchObject({ type: 'live.viewer.joined', within: 2 })
  })

  it('is not found in another broadcast, nor where nothing has that name', async () => {
    const { archive, events } = await twoRooms()
    const theirs = events.filter(({ subject }) => subject === 'b2').map(({ id }) => id)
    const search = new NamedSearch([...theirs, 'nothing'], archive.logged)
    const cells = await cellsOf(archive)
    for (const where of ['within', 'outside'] as const)
      await search.look(cells.leavesOf('b1', EVENING, where))
    expect([...search.found]).toEqual([])
  })

  it('is given up at the bound, and that is said', async () => {
    const { archive } = await twoRooms()
    const leaves = (await cellsOf(archive)).leavesOf('b1', EVENING, 'within')
    const own = leaves.filter(({ isChunk }) => !isChunk).length
    const search = async (bounds: { leaves: number; chunks: number }) => {
      const one = new NamedSearch(['nothing'], archive.logged, bounds)
      await one.look(leaves)
      return one.isCut
    }
    expect(await search({ leaves: own, chunks: leaves.length - own })).toBe(false)
    expect(await search({ leaves: own - 1, chunks: leaves.length })).toBe(true)
    expect(await search({ leaves: own, chunks: 0 })).toBe(true)
  })

  it('is no more to be read once it was erased, and its chunk is still there', async () => {
    const { archive, events, places } = await twoRooms()
    const at = events.findIndex(({ type }) => type === 'live.like.sent')
    const { index, within } = places[at]!
    await archive.vault.remove({
      leaves: new Map(),
      chunks: new Map([[index, new Set([within!])]]),
    })
    const search = new NamedSearch([events[at]!.id], archive.logged)
    await search.look((await cellsOf(archive)).leavesOf('b1', EVENING, 'within'))
    expect(search.found.size).toBe(0)
    expect(await rowReceipt(archive.vault, index, within!)).toBeNull()
  })
})

const iso = (at: number) => new Date(at).toISOString()

const entryOf = (broadcast: string, from: number, until: number | null): Uint8Array => {
  const leaf =
    until === null
      ? { event: { subject: broadcast, time: iso(from) } }
      : { chunk: { broadcast, first: iso(from), last: iso(until) } }
  return utf8(canonical({ ...leaf, room: 'room-1', sequence: 0, v: 1 }))
}

const on = (time: string) => cst(`2026-03-01 ${time}`)

describe('the leaves of a broadcast', () => {
  const leaf = fc.record({
    broadcast: fc.constantFrom('a', 'b', '', 'a b', '1 a'),
    from: fc.integer({ min: EVENING.from, max: EVENING.until }),
    lasts: fc.option(fc.integer({ min: 0, max: 3 * 86_400_000 })),
    gap: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 2 ** 40 })),
  })

  it('come back from what was put away, whole and of that broadcast alone', () => {
    fc.assert(
      fc.property(fc.array(leaf), fc.nat(), (all, seed) => {
        const saved = new Map<string, Uint8Array>()
        const keys = { [Symbol.iterator]: () => saved.keys() }
        const cells = new LeafCells({ take: (name) => saved.get(name), keys })
        const expected = new Map<string, object[]>()
        let index = -1
        for (const [i, { broadcast, from, lasts, gap }] of all.entries()) {
          index += gap
          cells.learn(index, entryOf(broadcast, from, lasts === null ? null : from + lasts))
          const mine = expected.get(broadcast) ?? []
          expected.set(broadcast, [...mine, { index, isChunk: lasts !== null }])
          // Put away now and then, as the service does.
          if ((seed + i) % 3 !== 0) continue
          for (const [name, bytes] of cells.changed()) saved.set(name, bytes)
          cells.forget()
        }
        for (const broadcast of ['a', 'b', '', 'a b', '1 a']) {
          const within = cells.leavesOf(broadcast, EVENING, 'within')
          const outside = cells.leavesOf(broadcast, EVENING, 'outside')
          // All begin within the evening; what lasts beyond it is met there as well.
          expect(within).toEqual(expected.get(broadcast) ?? [])
          for (const one of outside) expect(within).toContainEqual(one)
        }
      }),
    )
  })

  it('are those of the asked quarters of an hour, a chunk in each that it spans', () => {
    const cells = new LeafCells(NOWHERE)
    cells.learn(0, entryOf('a', on('20:01'), null))
    cells.learn(1, entryOf('a', on('20:14'), on('20:16')))
    cells.learn(2, entryOf('a', on('20:31'), null))
    const within = (from: string, until: string) =>
      cells.leavesOf('a', { from: on(from), until: on(until) }, 'within').map(({ index }) => index)
    expect(within('20:00', '20:05')).toEqual([0, 1])
    expect(within('20:20', '20:25')).toEqual([1])
    expect(within('20:20', '20:40')).toEqual([1, 2])
    expect(within('21:00', '22:00')).toEqual([])
  })

  it('are asked for by name, whoever put them away: nothing of another broadcast is read', () => {
    const before = new LeafCells(NOWHERE)
    for (const [index, broadcast] of ['a', 'b', 'a b', 'a'].entries())
      before.learn(index, entryOf(broadcast, on('20:01') + index * 900_000, null))
    const saved = new Map(before.changed())
    const taken: string[] = []
    const take = (name: string) => {
      taken.push(name)
      return saved.get(name)
    }
    const cells = new LeafCells({ take, keys: saved.keys() })
    expect(taken).toEqual([])
    const within = cells.leavesOf('a', EVENING, 'within')
    expect(within.map(({ index }) => index)).toEqual([0, 3])
    expect(taken).toHaveLength(2)
    for (const name of taken) expect(name).toMatch(/^\d+ a$/)
  })

  it('leave out what holds no event', () => {
    const cells = new LeafCells(NOWHERE)
    const counted = { counted: { broadcast: 'a', counts: {} }, room: 'r', sequence: 0, v: 1 }
    cells.learn(0, utf8(canonical(counted)))
    cells.learn(1, utf8('not ours'))
    cells.learn(2, entryOf('a', EVENING.from, null))
    expect(cells.leavesOf('a', EVENING, 'within').map(({ index }) => index)).toEqual([2])
  })
})
