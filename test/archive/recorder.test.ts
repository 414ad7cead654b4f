/** Events into leaves, chunks and the vault; and out again. */
import { describe, expect, it } from 'vitest'
import { checkInclusion } from '../../src/ledger/merkle.ts'
import { leafHash } from '../../src/ledger/hash.ts'
import { parseChunkLeaf } from '../../src/ledger/chunk.ts'
import { utf8 } from '../../src/ledger/bytes.ts'
import { readEntries } from '../../src/ledger/rooms.ts'
import { readEvents } from '../../src/archive/read-log.ts'
import { bucketPath, Vault } from '../../src/archive/vault.ts'
import { StoreError } from '../../src/ledger/object-store.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import type { Archive } from '../../src/archive/archive.ts'
import { proveInclusion, tileHashReader } from '../../src/ledger/prove.ts'
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts'
import { parseNote } from '../../src/ledger/note.ts'
import { cst, ended, event, memoryStores, openArchive, started } from './lib.ts'

const comment = (n: number, broadcast = 'b1') =>
  event(
    'live.comment.posted',
    cst('2026-03-01 20:10') + n,
    { comment: `c${n}`, viewer: `viewer-${n}`, text: `text ${n}` },
    broadcast,
  )
const like = (n: number, broadcast = 'b1') =>
  event(
    'live.like.sent',
    cst('2026-03-01 20:20') + n,
    { viewer: `viewer-${n}`, count: 1 },
    broadcast,
  )

const allEvents = async (archive: Archive) => {
  const events = []
  for await (const { event: each } of readEvents(archive.logged)) events.push(each)
  return events
}
const allEntries = async (archive: Archive) => {
  const entries: unknown[] = []
  for await (const entry of readEntries(archive.logged.log, 0, archive.logged.size))
    entries.push(JSON.parse(Buffer.from(entry).toString()))
  return entries as Record<string, Record<string, unknown>>[]
}

describe('recording', () => {
  it('of many at once says by place which failed, and keeps the others', async () => {
    const { archive } = await openArchive(memoryStores(), { now: 0 })
    // Half a surrogate pair has no canonical form.
    const broken = event('live.comment.posted', cst('2026-03-01 20:10'), {
      comment: 'c9',
      viewer: 'viewer-9',
      text: '\ud800',
    })
    const sent = [started('b1', '2026-03-01 20:00'), like(1), broken, comment(1)]
    const failures = archive.recordAll(sent)
    await archive.flush()
    expect((await failures).map((failure) => failure !== undefined)).toEqual([
      false,
      false,
      true,
      false,
    ])
    const kept = (await allEvents(archive)).map(({ type }) => type)
    expect(kept.sort()).toEqual(['live.broadcast.started', 'live.comment.posted', 'live.like.sent'])
    expect(archive.isQuiet).toBe(true)
    expect(await archive.recordAll([])).toEqual([])
  })

  it('gives back every event, whole, in the order of the log', async () => {
    const { archive } = await openArchive(memoryStores(), { now: 0 })
    const sent = [started('b1', '2026-03-01 20:00'), comment(1), like(1), like(2), comment(2)]
    const end = ended('b1', '2026-03-01 23:00')
    const all = Promise.all([...sent, end].map((each) => archive.record(each)))
    const places = await all
    // The likes wait for their chunk, which the end of the broadcast closes.
    expect(places.map(({ index, within }) => [index, within])).toEqual([
      [0, null],
      [1, null],
      [3, 0],
      [3, 1],
      [2, null],
      [4, null],
    ])
    const [start, first, likeOne, likeTwo, second] = sent
    expect(await allEvents(archive)).toEqual([start, first, second, likeOne, likeTwo, end])
  })

  it('puts nothing personal into the log', async () => {
    const { archive } = await openArchive(memoryStores(), { now: 0 })
    await Promise.all(
      [started('b1', '2026-03-01 20:00'), comment(77), like(77)].map((each) =>
        archive.record(each),
      ),
    )
    const text = JSON.stringify(await allEntries(archive))
    expect(text).not.toContain('viewer-77')
    expect(text).not.toContain('text 77')
    expect(text).not.toContain('host-a')
    expect(text).toContain('c77')
  })

  it('numbers the leaves of a room without gaps and states the counts at the end', async () => {
    const { archive } = await openArchive(memoryStores(), { now: 0 })
    const other = started('b2', '2026-03-01 20:00', 'room-2')
    await Promise.all(
      [
        started('b1', '2026-03-01 20:00'),
        other,
        comment(1),
        comment(2, 'b2'),
        like(1),
        comment(3),
      ].map((each) => archive.record(each)),
    )
    await archive.record(ended('b1', '2026-03-01 23:00'))
    await archive.flush()
    const entries = await allEntries(archive)
    const numbers = (room: string) =>
      entries
        .filter((entry) => (entry['room'] as unknown) === room)
        .map((entry) => entry['sequence'])
    expect(numbers('room-1')).toEqual([0, 1, 2, 3, 4, 5])
    expect(numbers('room-2')).toEqual([0, 1])
    expect(entries.at(-1)!['counted']).toEqual({
      broadcast: 'b1',
      counts: {
        'live.broadcast.started': 1,
        'live.comment.posted': 2,
        'live.like.sent': 1,
        'live.broadcast.ended': 1,
      },
    })
  })

  it('goes on where it stopped', async () => {
    const stores = memoryStores()
    const one = await openArchive(stores, { now: 0 })
    await Promise.all(
      [started('b1', '2026-03-01 20:00'), comment(1)].map((each) => one.archive.record(each)),
    )
    await one.archive.flush()
    const two = await openArchive(stores, { now: 0 })
    expect(two.archive.facts.broadcasts.get('b1')?.room).toBe('room-1')
    await two.archive.record(comment(2))
    const entries = await allEntries(two.archive)
    expect(entries.map((entry) => [entry['room'], entry['sequence']])).toEqual([
      ['room-1', 0],
      ['room-1', 1],
      ['room-1', 2],
    ])
  })

  it('acknowledges nothing that is not proved by the published checkpoint', async () => {
    const { archive, writer } = await openArchive(memoryStores(), { now: 0 })
    const { index } = await archive.record(comment(1))
    const { size, root } = parseCheckpoint(parseNote(writer.checkpoint).text)
    const proof = await proveInclusion(tileHashReader(archive.parts.log, size), index, size)
    for await (const entry of readEntries(archive.logged.log, index, index + 1))
      expect(
        checkInclusion({
          index: BigInt(index),
          size: BigInt(size),
          leaf: leafHash(entry),
          proof,
          root,
        }).ok,
      ).toBe(true)
  })

  it('refuses a bad event alone', async () => {
    const { archive } = await openArchive(memoryStores(), { now: 0 })
    const bad = { ...comment(2), data: { comment: 'c2', viewer: 'v', text: '\ud800' } }
    const [one, two, three] = await Promise.allSettled([
      archive.record(comment(1)),
      archive.record(bad as never),
      archive.record(comment(3)),
    ])
    expect([one.status, two.status, three.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(
      (await allEvents(archive)).map(({ data }) => (data as { comment: string }).comment),
    ).toEqual(['c1', 'c3'])
  })

  it('acknowledges nothing while the vault is full, and goes on when there is room', async () => {
    const stores = memoryStores()
    const { vault } = stores
    let isFull = false
    const full = {
      ...vault,
      write: async (objects: ReadonlyMap<string, Uint8Array>) => {
        if (isFull) throw new StoreError('full', 'no space left')
        await vault.write(objects)
      },
    }
    const { archive } = await openArchive({ ...stores, vault: full }, { now: 0 })
    await archive.record(comment(1))
    isFull = true
    await expect(archive.record(comment(2))).rejects.toThrow(StoreError)
    isFull = false
    await archive.record(comment(3))
    expect(await allEvents(archive)).toHaveLength(2)
  })

  it('closes a chunk in time, however few events wait', async () => {
    const { archive } = await openArchive(memoryStores(), { now: 0 })
    await archive.record(started('b1', '2026-03-01 20:00'))
    const { index, within } = await archive.record(like(1))
    expect(within).toBe(0)
    for await (const entry of readEntries(archive.logged.log, index, index + 1))
      expect(parseChunkLeaf(entry)).toMatchObject({
        broadcast: 'b1',
        room: 'room-1',
        size: 1,
        counts: { 'live.like.sent': 1 },
      })
  })
})

const removal = (...stays: string[]) => ({ leaves: new Map([[0, stays]]), chunks: new Map() })

const named = (name: string) => ({ disclosures: [], body: utf8(name) })
const bodies = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => named(`body ${from + i}`))

describe('the vault', () => {
  it('forgets at the next opening what was put for leaves that never came to be', async () => {
    const store = memoryStore()
    const vault = new Vault(store)
    const kept = Array.from({ length: 300 }, (_, i) => ({ disclosures: [`d${i}`] }))
    await vault.put(0, kept)
    await vault.put(300, [{ disclosures: [], body: utf8('chunk') }])
    await vault.recover(255)
    expect(await vault.disclosuresOf(254)).toEqual(['d254'])
    expect(await vault.disclosuresOf(255)).toEqual([])
    expect(await store.read(bucketPath(1))).toBeNull()
    expect(await vault.body(300)).toBeNull()
    expect(await vault.bodyPath(300)).toBeNull()
    // The next batch takes those places.
    await vault.put(255, [{ disclosures: ['x', 'y'] }, { disclosures: ['z'] }])
    expect(await vault.disclosuresOf(255)).toEqual(['x', 'y'])
    expect(await vault.disclosuresOf(256)).toEqual(['z'])
  })

  it('keeps nothing of a chunk that could not be put, when another leaf takes its number', async () => {
    const stores = memoryStores()
    const objects = new Map<string, Uint8Array>()
    const vault = memoryStore(objects)
    let isDying = false
    const half = {
      ...vault,
      write: async (added: ReadonlyMap<string, Uint8Array>) => {
        if (!isDying) return vault.write(added)
        // The body gets through, the bucket does not.
        await vault.write(new Map([...added].filter(([path]) => path.startsWith('chunks/'))))
        throw new StoreError('full', 'no space left')
      },
    }
    const { archive } = await openArchive({ ...stores, vault: half }, { now: 0 })
    isDying = true
    await expect(archive.record(like(1))).rejects.toThrow(StoreError)
    expect([...objects.keys()]).toEqual(['chunks/000/000'])
    isDying = false
    expect(await archive.record(comment(1))).toEqual({ index: 0, within: null })
    expect([...objects.keys()]).toEqual(['leaves/000'])
  })

  it('finishes a removal that was cut short', async () => {
    const objects = new Map<string, Uint8Array>()
    const store = memoryStore(objects)
    let left = Number.POSITIVE_INFINITY
    const dying = {
      ...store,
      write: async (added: ReadonlyMap<string, Uint8Array>) => {
        left -= 1
        if (left < 0) throw new StoreError('unreachable', 'killed')
        await store.write(added)
      },
    }
    const vault = new Vault(dying)
    // Sixty-five buckets: one more than are rewritten at once.
    const kept = Array.from({ length: 65 * 256 }, (_, i) => ({ disclosures: [`d${i}`, 'stays'] }))
    await vault.put(0, kept)
    const leaves = new Map(Array.from({ length: 65 }, (_, i) => [i * 256, ['stays']]))
    left = 2
    await expect(vault.remove({ leaves, chunks: new Map() })).rejects.toThrow('killed')
    left = Number.POSITIVE_INFINITY
    expect(await vault.disclosuresOf(64 * 256)).toEqual([`d${64 * 256}`, 'stays'])
    await vault.recover(65 * 256)
    for (let bucket = 0; bucket < 65; bucket += 1)
      expect(await vault.disclosuresOf(bucket * 256)).toEqual(['stays'])
    expect([...objects.keys()].filter((path) => !path.startsWith('leaves/'))).toEqual([])
  })

  it('keeps the bodies of many chunks in few objects, and finds each', async () => {
    const objects = new Map<string, Uint8Array>()
    const vault = new Vault(memoryStore(objects))
    await vault.put(0, bodies(0, 200))
    await vault.put(200, bodies(200, 200))
    const packs = [...objects.keys()].filter((path) => path.startsWith('chunks/'))
    expect(packs.sort()).toEqual(['chunks/000/000', 'chunks/000/200', 'chunks/001/000'])
    for (const index of [0, 199, 200, 255, 256, 399])
      expect(await vault.body(index)).toEqual(Buffer.from(`body ${index}`))
    expect(await vault.body(400)).toBeNull()
  })

  it('forgets what was never logged out of the middle of a pack, and takes its place anew', async () => {
    const vault = new Vault(memoryStore())
    await vault.put(0, [named('a'), named('b'), named('c')])
    await vault.recover(1)
    expect(await vault.body(0)).toEqual(Buffer.from('a'))
    expect(await vault.body(1)).toBeNull()
    await vault.put(1, [{ disclosures: ['x'] }, named('d')])
    expect(await vault.body(1)).toBeNull()
    expect(await vault.body(2)).toEqual(Buffer.from('d'))
  })

  it('says so when a single bit of a pack is another', async () => {
    const objects = new Map<string, Uint8Array>()
    const vault = new Vault(memoryStore(objects))
    await vault.put(0, [{ disclosures: [], body: utf8('a') }])
    const [[path, bytes]] = [...objects].filter(([name]) => name.startsWith('chunks/')) as [
      [string, Uint8Array],
    ]
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const other = Uint8Array.from(bytes)
      other[bit >> 3]! ^= 1 << (bit & 7)
      const broken = new Vault(memoryStore(new Map([...objects, [path, other]])))
      await expect(broken.body(0), `bit ${bit}`).rejects.toThrow(path)
    }
  })

  it('brings nothing back when two removals were planned at once', async () => {
    const vault = new Vault(memoryStore())
    await vault.put(0, [{ disclosures: ['a', 'b'] }])
    await Promise.all([vault.remove(removal('b')), vault.remove(removal('a'))])
    expect(await vault.disclosuresOf(0)).toEqual([])
  })

  it('finds a leaf past the thousandth bucket', () => {
    expect(bucketPath(1234)).toBe('leaves/x001/234')
  })
})
