/** The rooms' thread: what it says, what it puts away, and that it comes back from a crash. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { Evidence } from '../../src/detectors/room.ts'
import { audit } from '../../src/engine/audit.ts'
import { Intake } from '../../src/engine/intake.ts'
import { RoomsHost } from '../../src/service/rooms/host.ts'
import { Shelf } from '../../src/service/shelf.ts'
import { simulateWhole } from '../../src/simulator/simulate.ts'
import { admit, type AssayEvent } from '../../src/vocabulary/index.ts'
import { parsePolicy } from '../../src/law/policy.ts'
import { MemoryJournal } from '../engine/live/memory-journal.ts'

const folders: string[] = []
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'assay-rooms-'))
  folders.push(path)
  return path
}
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true })
})

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../policies/cn/${name}`, import.meta.url), 'utf8'))
const PACK = [read('provisions.json'), read('findings.json'), read('market.json')] as const

const events = simulateWhole({ scenario: 'bought-views', seed: 21, viewers: 200 }).events.map(
  (value) => {
    const admission = admit(value)
    if (!admission.ok) throw new Error(admission.refusal.code)
    return admission.event
  },
)
const broadcast = events[0]!.subject!

const offline = (all: readonly AssayEvent[]): string => {
  const intake = new Intake(new Evidence())
  intake.open('recording', 'ndjson')
  for (const [line, event] of all.entries()) intake.offer(event, line + 1)
  const { inputs, refusedByBroadcast } = intake.end()
  const policy = parsePolicy(...PACK)
  const options = { version: 'test', policy, at: null, inputs, refusedByBroadcast }
  return JSON.stringify(audit(intake.evidence, options).report.broadcasts[0])
}

const open = async (path: string, journal: MemoryJournal) => {
  const judged: string[] = []
  const restarts: string[] = []
  const host = await RoomsHost.open(
    { folder: path, version: 'test', pack: PACK, words: null, idleMs: 600_000 },
    journal,
    {
      judged: (id) => void judged.push(id),
      poisoned: (id, error) => expect.fail(`${id}: ${error}`),
      left: () => {},
      began: () => {},
      restarted: (reason) => void restarts.push(reason),
    },
  )
  return { host, judged, restarts, send: journal.append }
}

describe('the rooms thread', () => {
  it('judges a room that changed without being asked', async () => {
    const { host, judged, send } = await open(folder(), new MemoryJournal())
    await send(events.slice(0, 500))
    await expect.poll(() => judged).toContain(broadcast)
    await host.close()
  })

  it('says after snapshots, a crash and a restart what an audit of the recording says', async () => {
    const path = folder()
    const journal = new MemoryJournal()
    const third = Math.floor(events.length / 3)
    const first = await open(path, journal)
    await first.send(events.slice(0, third))
    await first.host.snapshot()
    await first.send(events.slice(third, 2 * third))
    await first.host.kill()
    await expect.poll(() => first.host.isReady).toBe(true)
    expect(first.restarts).not.toEqual([])
    expect(JSON.stringify(await first.host.audit(broadcast))).toBe(
      offline(events.slice(0, 2 * third)),
    )
    await first.host.close()
    const second = await open(path, journal)
    await second.send(events.slice(2 * third))
    expect(JSON.stringify(await second.host.audit(broadcast))).toBe(offline(events))
    expect(await second.host.audit('unknown-1')).toBeNull()
    await second.host.close()
  })

  it('is told nothing twice though it dies again while it is being told', async () => {
    const journal = new MemoryJournal()
    for (let from = 0; from < events.length; from += 100)
      await journal.append(events.slice(from, from + 100))
    let reads = 0
    const whole = journal.replay
    journal.replay = async function* (from) {
      reads += 1
      let parts = 0
      for await (const part of whole(from)) {
        yield part
        // Of the second reading, the one after the first death.
        if (reads === 2 && (parts += 1) === 3) await host.kill()
      }
    }
    const { host, restarts } = await open(folder(), journal)
    await host.kill()
    await expect.poll(() => restarts.length).toBe(2)
    await expect.poll(() => host.isReady).toBe(true)
    expect(reads).toBe(3)
    expect(JSON.stringify(await host.audit(broadcast))).toBe(offline(events))
    await host.close()
  })
})

describe('the shelf', () => {
  it('keeps what did not change, and forgets half a snapshot', async () => {
    const path = folder()
    const shelf = await Shelf.open<number>(path)
    await shelf.put(10, [
      ['a', 1],
      ['b', 2],
    ])
    await shelf.put(20, [['b', 3]])
    const [kept] = readdirSync(path)
    expect(kept).toMatch(/^20\.v\d+$/)
    mkdirSync(join(path, `${kept!.replace('20', '30')}.partial`))
    const again = await Shelf.open<number>(path)
    expect(again.position).toBe(20)
    expect([again.take('a'), again.take('b'), again.take('c')]).toEqual([1, 3, undefined])
    expect(readdirSync(path)).toEqual([kept])
  })

  it('puts away twice at one position', async () => {
    const path = folder()
    const shelf = await Shelf.open<number>(path)
    await shelf.put(10, [
      ['a', 1],
      ['b', 2],
    ])
    await shelf.put(10, [['b', 3]])
    await shelf.put(10, [['c', 4]])
    for (const one of [shelf, await Shelf.open<number>(path)])
      expect([one.take('a'), one.take('b'), one.take('c')]).toEqual([1, 3, 4])
  })

  it('written anew has nothing on the disk of what was replaced or is gone', async () => {
    const path = folder()
    const shelf = await Shelf.open<string>(path)
    const onDisk = () =>
      readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
        .join('')
    await shelf.put(10, [
      ['a', 'replaced-1'],
      ['b', 'gone-2'],
      ['c', `stays-${'x'.repeat(1_000)}`],
    ])
    await shelf.put(20, [['a', 'present-4']])
    // What is wanted of the old pack is most of it, so that was linked as it was.
    expect(onDisk()).toContain('replaced-1')
    await shelf.put(20, [], { gone: ['b'], anew: true })
    expect(onDisk()).toContain('present-4')
    expect(onDisk()).not.toMatch(/replaced-1|gone-2/)
    expect([...shelf.keys].sort()).toEqual(['a', 'c'])
    expect((await Shelf.open<string>(path)).take('b')).toBeUndefined()
  })

  it('reads back what was put away last, and takes at most twice its size', async () => {
    const value = fc.string({ maxLength: 4_000 })
    const puts = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), value), {
      minLength: 1,
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(puts, async (snapshots) => {
        const path = folder()
        const shelf = await Shelf.open<string>(path)
        const expected = new Map<string, string>()
        for (const [n, changed] of snapshots.entries()) {
          await shelf.put(n + 1, Object.entries(changed))
          for (const [key, text] of Object.entries(changed)) expected.set(key, text)
        }
        const again = await Shelf.open<string>(path)
        expect(new Map([...again.keys].map((key) => [key, again.take(key)!]))).toEqual(expected)
        const [name] = readdirSync(path)
        const sizes = readdirSync(join(path, name!))
          .filter((pack) => pack !== 'index')
          .map((pack) => statSync(join(path, name!, pack)).size)
        const wanted = [...expected.values()].reduce((sum, text) => sum + serialize(text).length, 0)
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(2 * wanted)
      }),
      { numRuns: 25 },
    )
  })
})
