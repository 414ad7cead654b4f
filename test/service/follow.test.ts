/** Files that are followed: written to, cut short, replaced, moved away, and read on after a stop. */
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Ingest } from '../../src/engine/live/ingest.ts'
import { Repeats } from '../../src/engine/live/repeats.ts'
import { follow, type Following, type FollowOptions } from '../../src/service/follow.ts'
import { MemoryJournal } from '../engine/live/memory-journal.ts'
import { joined, lines } from './harness.ts'

const NOW = Date.parse('2026-05-01T12:00:00Z')

let folder: string
let journal: MemoryJournal
let ingest: Ingest
const rooms = { underWay: 0 }
const failures: string[] = []
const started: Following[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-follow-'))
  journal = new MemoryJournal()
  rooms.underWay = 0
  ingest = new Ingest({ journal, rooms, repeats: new Repeats(), now: () => NOW })
  failures.length = 0
})
afterEach(async () => {
  await Promise.all(started.splice(0).map((one) => one.stop()))
  await rm(folder, { recursive: true })
})

const start = async (path: string, more: Partial<FollowOptions> = {}) => {
  const following = await follow({
    paths: [path],
    ingest,
    state: join(folder, 'follow.json'),
    everyMs: 10,
    failed: (where, error) => void failures.push(`${where}: ${String(error)}`),
    ...more,
  })
  started.push(following)
  return following
}

const some = (count: number) => Array.from({ length: count }, () => joined('/f', 'b', NOW))
const ids = () => journal.events.map(({ id }) => id)
const settles = (events: readonly { id: string }[]) =>
  expect.poll(ids).toEqual(events.map(({ id }) => id))
/** Long enough for several looks. */
const aWhile = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 80)
  })

describe('a followed file', () => {
  it('goes in as it is written, whole lines only', async () => {
    const path = join(folder, 'a.ndjson')
    const [first, second, third] = some(3)
    await writeFile(path, lines([first]))
    await start(path)
    await settles([first!])
    const text = lines([second])
    await appendFile(path, text.slice(0, 40))
    await aWhile()
    expect(ids()).toEqual([first!.id])
    await appendFile(path, text.slice(40))
    await settles([first!, second!])
    // A whole object is a whole line, though nobody has ended it yet.
    await appendFile(path, JSON.stringify(third))
    await settles([first!, second!, third!])
    expect(ingest.totals).toEqual({ accepted: 3, repeats: 0, refused: 0 })
  })

  it('is read on after a stop where it was left, and not again', async () => {
    const path = join(folder, 'a.ndjson')
    const events = some(5)
    await writeFile(path, lines(events.slice(0, 3)))
    const first = await start(path)
    await settles(events.slice(0, 3))
    await first.stop()
    await appendFile(path, lines(events.slice(3)))
    await start(path)
    await settles(events)
    expect(ingest.totals.repeats).toBe(0)
  })

  it('that was cut short or overwritten is read from the start', async () => {
    const path = join(folder, 'a.ndjson')
    const events = some(6)
    await writeFile(path, lines(events.slice(0, 3)))
    const first = await start(path)
    await settles(events.slice(0, 3))
    await truncate(path)
    await appendFile(path, lines(events.slice(3, 4)))
    await settles(events.slice(0, 4))
    await first.stop()
    // The same file by its number, and longer than what was read of it.
    await writeFile(path, lines(events.slice(4)))
    await start(path)
    await settles(events)
  })

  it('that was moved away is read to its end before the new one', async () => {
    const path = join(folder, 'a.ndjson')
    const events = some(4)
    await writeFile(path, lines(events.slice(0, 1)))
    const first = await start(path)
    await settles(events.slice(0, 1))
    await first.stop()
    await appendFile(path, lines(events.slice(1, 3)))
    await rename(path, join(folder, 'a.ndjson.1'))
    await writeFile(path, lines(events.slice(3)))
    await start(path)
    await settles(events)
    expect(ingest.totals.repeats).toBe(0)
  })

  it('that is not there yet is waited for, and said to be missing once', async () => {
    const path = join(folder, 'later.ndjson')
    await start(path)
    await aWhile()
    expect(failures).toHaveLength(1)
    const events = some(1)
    await writeFile(path, lines(events))
    await settles(events)
  })

  it('waits while too much is under way, and goes on afterwards', async () => {
    const path = join(folder, 'a.ndjson')
    rooms.underWay = 1 << 30
    const events = some(2)
    await writeFile(path, lines(events))
    await start(path)
    await aWhile()
    expect(ids()).toEqual([])
    rooms.underWay = 0
    await settles(events)
  })

  it('is read again where its events did not become durable', async () => {
    const path = join(folder, 'a.ndjson')
    const events = some(2)
    const { append } = journal
    let attempts = 0
    const flaky = {
      append: (batch: Parameters<typeof append>[0]) =>
        (attempts += 1) === 1 ? Promise.reject(new Error('the disk is full')) : append(batch),
      follow: journal.follow,
      replay: journal.replay,
    }
    ingest = new Ingest({ journal: flaky, rooms, repeats: new Repeats(), now: () => NOW })
    await writeFile(path, lines(events))
    await start(path, { ingest })
    await settles(events)
    expect(failures).toEqual([expect.stringContaining('the disk is full')])
  })

  it('loses a line that is too long or none, and what speaks for somebody else', async () => {
    const path = join(folder, 'a.ndjson')
    const [first, second] = some(2)
    const long = `{"id":"${'x'.repeat(5 << 20)}"}\n`
    await writeFile(
      path,
      lines([first]) + long + 'nonsense\n' + lines([joined('/g', 'b', NOW), second]),
    )
    await start(path, { source: '/f' })
    await settles([first!, second!])
    expect(ingest.refused.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['line-too-long', 'not-json', 'wrong-source']),
    )
  })
})

describe('a followed folder', () => {
  it('is read by name, new files too, and nothing but event files', async () => {
    const events = some(4)
    await writeFile(join(folder, 'b.jsonl'), lines(events.slice(1, 2)))
    await writeFile(join(folder, 'a.ndjson'), lines(events.slice(0, 1)))
    await writeFile(join(folder, 'notes.txt'), lines(some(1)))
    await start(folder)
    await settles(events.slice(0, 2))
    await writeFile(join(folder, 'c.ndjson'), lines(events.slice(2)))
    await settles(events)
  })
})
