/** Per-room sequence numbers: without gaps, whatever happens in between. */
import { describe, expect, it } from 'vitest'
import { RoomCheck, RoomLog, readEntries } from '../../src/ledger/rooms.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import { nodeSha256 } from '../../src/store/node-keys.ts'
import { bytes, openLog, places, type Places } from './log.ts'

const openRooms = async (at: Places) => {
  const writer = await openLog(at)
  const [store, journal] = [memoryStore(at.log), memoryStore(at.journal)]
  const rooms = await RoomLog.open({ writer, store, journal, sha256: nodeSha256 })
  return { writer, rooms }
}
type Rooms = Awaited<ReturnType<typeof openRooms>>

/** A leaf as the ledger writes it for one event. */
const leaf = (room: string, type: string, subject: string) => (sequence: number) =>
  bytes(JSON.stringify({ event: { subject, type }, room, sequence, v: 1 }))
const put = ({ rooms }: Rooms, room: string, type: string, broadcast = `${room}-1`) =>
  rooms.append(room, broadcast, { [type]: 1 }, leaf(room, type, broadcast))

const sequencesIn = async (at: Places, size: number) => {
  const found: Record<string, number[]> = {}
  for await (const entry of readEntries(memoryStore(at.log), 0, size)) {
    const { room, sequence } = JSON.parse(Buffer.from(entry).toString()) as {
      room: string
      sequence: number
    }
    ;(found[room] ??= []).push(sequence)
  }
  return found
}

const torn = () => {
  throw new Error('no leaf')
}
const long = () => new Uint8Array(70_000)

const lastEntry = async (at: Places, size: number) => {
  for await (const entry of readEntries(memoryStore(at.log), size - 1, size))
    return Buffer.from(entry).toString()
  return null
}

describe('the numbers of a room', () => {
  it('count up from 0 in each room by itself, in the order of calls', async () => {
    const at = places()
    const log = await openRooms(at)
    const appended = ['a', 'b', 'a', 'a', 'b'].map((room) => put(log, room, 'x'))
    await log.writer.flush()
    expect((await Promise.all(appended)).map(({ sequence }) => sequence)).toEqual([0, 0, 1, 2, 1])
    expect(await sequencesIn(at, 5)).toEqual({ a: [0, 1, 2], b: [0, 1] })
  })

  it('are not taken by a leaf that cannot be made or is too long', async () => {
    const log = await openRooms(places())
    await expect(log.rooms.append('a', 'a-1', { x: 1 }, torn)).rejects.toThrow('no leaf')
    await expect(log.rooms.append('a', 'a-1', { x: 1 }, long)).rejects.toMatchObject({
      code: 'refused',
    })
    const first = put(log, 'a', 'x')
    await log.writer.flush()
    expect((await first).sequence).toBe(0)
    expect(log.rooms.counts('a', 'a-1')).toEqual({ x: 1 })
  })

  it('go on after a crash without any snapshot, and after a clean close from it', async () => {
    const at = places()
    const one = await openRooms(at)
    const appended = [put(one, 'a', 'x'), put(one, 'b', 'y'), put(one, 'a', 'x')]
    await one.writer.flush()
    await Promise.all(appended)
    // Never closed.
    const two = await openRooms(at)
    expect([two.rooms.next('a'), two.rooms.next('b'), two.rooms.next('c')]).toEqual([2, 1, 0])
    expect(two.rooms.counts('a', 'a-1')).toEqual({ x: 2 })
    await two.writer.close()
    await two.rooms.save()
    const reads: string[] = []
    const store = { read: (path: string) => (reads.push(path), memoryStore(at.log).read(path)) }
    const writer = await openLog(at)
    const three = await RoomLog.open({ writer, store, journal: memoryStore(at.journal) })
    expect([three.next('a'), three.next('b')]).toEqual([2, 1])
    expect(reads).toEqual([])
  })

  it('do not trust a snapshot that was torn or changed', async () => {
    const at = places()
    const one = await openRooms(at)
    const appended = put(one, 'a', 'x')
    await one.writer.close()
    await appended
    await one.rooms.save()
    const snapshot = Buffer.from(at.journal.get('rooms')!).toString()
    at.journal.set('rooms', Buffer.from(snapshot.replace('"next":1', '"next":9')))
    expect((await openRooms(at)).rooms.next('a')).toBe(1)
    at.journal.set('rooms', Buffer.from(snapshot.slice(0, 20)))
    expect((await openRooms(at)).rooms.next('a')).toBe(1)
  })

  it('are seen to have a gap or a repeat by whoever reads the log', async () => {
    for (const [numbers, isSound] of [
      [[0, 1, 2], true],
      [[0, 2], false],
      [[0, 0], false],
      [[1], false],
    ] as const) {
      const check = new RoomCheck()
      const read = () => numbers.forEach((n) => check.see(leaf('a', 'x', 'a-1')(n)))
      if (isSound) expect(read).not.toThrow()
      else expect(read).toThrow(/room a/)
    }
  })
})

describe('the counts of a broadcast', () => {
  it('are stated at its end, in a leaf, and begin again', async () => {
    const at = places()
    const log = await openRooms(at)
    const appended = [put(log, 'a', 'x'), put(log, 'a', 'y'), put(log, 'a', 'x')]
    appended.push(log.rooms.append('a', 'a-2', { z: 40, x: 2 }, leaf('a', 'z', 'a-2')))
    const closed = log.rooms.close('a', 'a-1')
    await log.writer.flush()
    await Promise.all(appended)
    expect(await closed).toEqual({ index: 4, sequence: 4, counts: { x: 2, y: 1 } })
    expect(await lastEntry(at, 5)).toBe(
      '{"counted":{"broadcast":"a-1","counts":{"x":2,"y":1}},"room":"a","sequence":4,"v":1}',
    )
    expect(log.rooms.counts('a', 'a-1')).toEqual({})
    expect(log.rooms.counts('a', 'a-2')).toEqual({ z: 40, x: 2 })
  })
})
