/** The one writer: what it publishes, in which order, and what it refuses. */
import { describe, expect, it } from 'vitest'
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts'
import { openNote, parseNote } from '../../src/ledger/note.ts'
import { StoreError, type ObjectStore } from '../../src/ledger/object-store.ts'
import { formatTilePath, tilesOf } from '../../src/ledger/tiles.ts'
import { LogWriter } from '../../src/ledger/writer.ts'
import { memoryStore } from '../../src/store/memory-store.ts'
import {
  backUp,
  entriesOf,
  entry,
  Fuse,
  grow,
  openLog,
  optionsOf,
  ORIGIN,
  Peaks,
  places,
  rootOf,
  SIGNER,
  type Watched,
} from './log.ts'

const checkpointIn = (note: Uint8Array) => parseCheckpoint(openNote(note, [SIGNER.verifier]).text)
const entries = (count: number) => Array.from({ length: count }, (_, i) => entry(i))
const texts = (count: number) => entries(count).map((bytes) => Buffer.from(bytes).toString())
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('a log that grows', () => {
  it('publishes the tree of RFC 6962 and every tile of it, however the batches fall', async () => {
    const at = places()
    const writer = await openLog(at)
    let size = 0
    for (const next of [0, 1, 2, 255, 256, 257, 511, 513, 600, 1024]) {
      expect(await grow(writer, size, next)).toEqual(
        Array.from({ length: next - size }, (_, i) => size + i),
      )
      size = next
      const { origin, size: said, root } = checkpointIn(at.log.get('checkpoint')!)
      expect([origin, said, hexOf(root)]).toEqual([ORIGIN, size, hexOf(rootOf(entries(size)))])
      for (const tile of tilesOf(size)) expect([...at.log.keys()]).toContain(formatTilePath(tile))
      expect(entriesOf(at.log, size)).toEqual(texts(size))
    }
    // 1024 = 4 full tiles, whose roots are the one partial tile above.
    expect([...tilesOf(1024)].map(formatTilePath)).toHaveLength(9)
    const above = at.log.get('tile/1/000.p/4')!
    for (let i = 0; i < 4; i += 1)
      expect(hexOf(above.subarray(32 * i, 32 * i + 32))).toBe(
        hexOf(rootOf(entries(1024).slice(256 * i, 256 * i + 256))),
      )
  })

  it('goes on where it was after closing, to the same bytes as one that was never closed', async () => {
    const [one, other] = [places(), places()]
    const steady = await openLog(one)
    let size = 0
    for (const next of [3, 200, 300, 700]) {
      await grow(steady, size, next)
      const writer = await openLog(other)
      await grow(writer, size, next)
      await writer.close()
      size = next
    }
    expect(other.log).toEqual(one.log)
  })

  it('keeps the partial tiles of the checkpoint before, and drops those long since full', async () => {
    const at = places()
    const writer = await openLog(at)
    const partials = () => [...at.log.keys()].filter((path) => path.includes('000.p/')).sort()
    await grow(writer, 0, 100)
    await grow(writer, 100, 200)
    expect(partials()).toEqual([
      'tile/0/000.p/100',
      'tile/0/000.p/200',
      'tile/entries/000.p/100',
      'tile/entries/000.p/200',
    ])
    await grow(writer, 200, 300)
    expect(partials()).toContain('tile/0/000.p/200')
    await grow(writer, 300, 301)
    expect(partials()).toEqual(['tile/1/000.p/1'])
  })

  it('finds after a restart the partial tiles that a killed writer left', async () => {
    const at = places()
    await grow(await openLog(at), 0, 100)
    await grow(await openLog(at), 100, 300)
    const writer = await openLog(at)
    await grow(writer, 300, 301)
    expect([...at.log.keys()].filter((path) => path.includes('/000.p/'))).toEqual([
      'tile/1/000.p/1',
    ])
  })
})

describe('a commit', () => {
  it('is journal, head, bundles and tiles, checkpoint, and only then an answer', async () => {
    const at = places()
    const order: string[] = []
    const options = optionsOf(at)
    const watch = (inner: ObjectStore, name: string): ObjectStore => ({
      ...inner,
      write: async (objects) => {
        await inner.write(objects)
        const kind = objects.has('checkpoint') ? 'checkpoint' : name
        order.push(kind)
      },
    })
    const writer = await LogWriter.open({
      ...options,
      store: watch(options.store, 'tiles'),
      journal: watch(options.journal, 'journal'),
      head: {
        ...options.head,
        swap: async (expected, next) => {
          order.push('head')
          return options.head.swap(expected, next)
        },
      },
    })
    order.length = 0
    const appended = writer.append(entry(0)).then(() => order.push('answer'))
    await writer.flush()
    await appended
    expect(order).toEqual(['journal', 'head', 'tiles', 'checkpoint', 'answer'])
  })

  it('begins at once with a thousand entries, and takes along whatever waits by then', async () => {
    const at = places()
    const sizes: number[] = []
    const options = optionsOf(at)
    const store: ObjectStore = {
      ...options.store,
      write: async (objects) => {
        await options.store.write(objects)
        const note = objects.get('checkpoint')
        if (note !== undefined) sizes.push(checkpointIn(note).size)
      },
    }
    // A clock that never comes.
    const writer = await LogWriter.open({ ...options, store, schedule: () => () => {} })
    const first = Array.from({ length: 1000 }, (_, i) => writer.append(entry(i)))
    const later = Array.from({ length: 1500 }, (_, i) => writer.append(entry(1000 + i)))
    expect((await Promise.all([...first, ...later].slice(0, 2304))).at(-1)).toEqual({ index: 2303 })
    // While many wait a batch ends with a full tile: 3 × 256, then 9 × 256.
    expect(sizes).toEqual([0, 768, 2304])
    await writer.flush()
    expect(await later.at(-1)).toEqual({ index: 2499 })
    expect(sizes).toEqual([0, 768, 2304, 2500])
  })

  it('waits no longer than its time for company', async () => {
    const runs: (() => void)[] = []
    const waits: number[] = []
    const schedule = (what: () => void, ms: number) => {
      runs.push(what)
      waits.push(ms)
      return () => {}
    }
    const writer = await openLog(places(), { schedule })
    const appended = writer.append(entry(0))
    expect(waits).toEqual([100])
    for (const run of runs) run()
    expect(await appended).toEqual({ index: 0 })
  })

  it('refuses an entry longer than a bundle can say, and goes on', async () => {
    const writer = await openLog(places())
    await expect(writer.append(new Uint8Array(65_536))).rejects.toMatchObject({ code: 'refused' })
    const longest = writer.append(new Uint8Array(65_535))
    await writer.flush()
    expect(await longest).toEqual({ index: 0 })
  })

  it('takes nothing more once closed', async () => {
    const writer = await openLog(places())
    const last = writer.append(entry(0))
    const closed = writer.close()
    await expect(writer.append(entry(1))).rejects.toMatchObject({ code: 'stopped' })
    await closed
    expect(await last).toEqual({ index: 0 })
    await expect(writer.append(entry(1))).rejects.toMatchObject({ code: 'stopped' })
  })
})

describe('a writer that dies at any step', () => {
  /** Steps of storage from opening to the last batch, were nothing to fail. */
  const STEPS = 48

  it.each([
    ['power', 1],
    ['full', 5],
    ['read-only', 7],
  ] as const)(
    'loses nothing acknowledged, doubles nothing, contradicts no checkpoint (%s)',
    async (how, stride) => {
      let died = 0
      for (let steps = 0; steps < STEPS; steps += stride) {
        const at = places()
        const published: Watched[] = []
        const acknowledged = new Map<number, string>()
        const tried = new Set<string>()
        const error = () => (how === 'power' ? new Error('power') : new StoreError(how, how))
        const life = async (fuse: Fuse, from: number) => {
          const options = optionsOf(at)
          const writer = await LogWriter.open({
            ...options,
            store: fuse.store(options.store, (w) => w.path === 'checkpoint' && published.push(w)),
            journal: fuse.store(options.journal),
            head: fuse.head(options.head),
          })
          for (const [i, count] of [100, 155, 1, 1300].entries()) {
            const batch = Array.from({ length: count }, (_, j) => `life ${from} ${i} ${j}`)
            const appended = batch.map(async (text) => {
              tried.add(text)
              const { index } = await writer.append(Buffer.from(text))
              acknowledged.set(index, text)
            })
            const settled = Promise.allSettled(appended)
            await writer.flush()
            await settled
          }
        }
        const outcome = await life(new Fuse(steps, error), 1).catch((error: unknown) => error)
        if (outcome !== undefined) died += 1
        await life(new Fuse(Infinity), 2)

        const last = checkpointIn(at.log.get('checkpoint')!)
        const found = entriesOf(at.log, last.size)
        expect([...acknowledged].filter(([index, text]) => found[index] !== text)).toEqual([])
        expect(new Set(found).size).toBe(found.length)
        expect(found.filter((text) => !tried.has(text))).toEqual([])
        const signed = published.map(({ bytes }) => parseCheckpoint(parseNote(bytes).text))
        const tree = new Peaks()
        const roots = new Map([[0, hexOf(rootOf([]))]])
        for (const [i, text] of found.entries()) {
          tree.push(Buffer.from(text))
          if (signed.some(({ size }) => size === i + 1)) roots.set(i + 1, hexOf(tree.root()))
        }
        for (const { size, root } of signed)
          expect(hexOf(root), `checkpoint ${size}`).toBe(roots.get(size))
        for (const tile of tilesOf(last.size)) expect(at.log.has(formatTilePath(tile))).toBe(true)
      }
      // The loop must have run out of ways to die, or it has not tried them all.
      expect(died * stride).toBeGreaterThan(15)
      expect(died * stride).toBeLessThan(STEPS)
    },
    60_000,
  )

  it('rejects what waits with the reason, and everything after', async () => {
    const at = places()
    const options = optionsOf(at)
    const full = new StoreError('full', 'no space left')
    const writer = await LogWriter.open({
      ...options,
      journal: new Fuse(0, () => full).store(options.journal),
    })
    const first = writer.append(entry(0))
    await expect(writer.flush()).rejects.toMatchObject({ code: 'stopped', cause: full })
    await expect(first).rejects.toBe(full)
    await expect(writer.append(entry(1))).rejects.toMatchObject({ code: 'stopped' })
    // Space was made, the log is opened again.
    const again = await openLog(at)
    expect(await grow(again, 0, 2)).toEqual([0, 1])
  })

  it('heals tiles of the last batch that a lying disk tore', async () => {
    const at = places()
    await grow(await openLog(at), 0, 200)
    await grow(await openLog(at), 200, 600)
    const whole = new Map(at.log)
    for (const path of ['tile/0/001', 'tile/entries/002.p/88', 'tile/1/000.p/2']) {
      at.log.set(path, at.log.get(path)!.slice(0, 50))
      await openLog(at)
      expect(hexOf(at.log.get(path)!)).toBe(hexOf(whole.get(path)!))
    }
    at.log.delete('checkpoint')
    await openLog(at)
    expect(hexOf(at.log.get('checkpoint')!)).toBe(hexOf(whole.get('checkpoint')!))
  })
})

describe('two writers', () => {
  it('cannot fork the log: the later opening wins, the earlier signs nothing more', async () => {
    const at = places()
    const [one, two] = [await openLog(at), await openLog(at)]
    const lost = one.append(entry(100))
    await expect(one.flush()).rejects.toMatchObject({ code: 'fenced' })
    await expect(lost).rejects.toMatchObject({ code: 'fenced' })
    expect(await grow(two, 0, 3)).toEqual([0, 1, 2])
    expect(entriesOf(at.log, 3)).toEqual(texts(3))
    expect(checkpointIn(at.log.get('checkpoint')!).size).toBe(3)
  })

  it('are one still where an opening was refused: it takes nothing over', async () => {
    const at = places()
    const writer = await openLog(at)
    await grow(writer, 0, 3)
    const copy = { ...(await backUp(at, false)), log: new Map(), journal: new Map() }
    await expect(openLog(copy)).rejects.toMatchObject({ code: 'older-than-head' })
    expect(await grow(writer, 3, 5)).toEqual([3, 4])
  })

  it('leave no batch behind that no head names', async () => {
    const at = places()
    const [lost] = [await openLog(at), await openLog(at)]
    void lost.append(entry(100)).catch(() => undefined)
    await expect(lost.flush()).rejects.toMatchObject({ code: 'fenced' })
    expect(at.journal.size).toBe(1)
    await openLog(at)
    expect(at.journal.size).toBe(0)
  })

  it('opened at the same moment are one writer and one refusal', async () => {
    const at = places()
    await grow(await openLog(at), 0, 5)
    const outcomes = await Promise.allSettled([openLog(at), openLog(at), openLog(at)])
    const won = outcomes.filter(({ status }) => status === 'fulfilled')
    expect(won).toHaveLength(1)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'fenced' })
  })
})

/** A log of `size` entries, and back-ups from when it had 150: without its head, and with it. */
const grown = async (size: number) => {
  const at = places()
  await grow(await openLog(at), 0, 150)
  const early = await backUp(at, false)
  const earlyWithHead = await backUp(at, true)
  await grow(await openLog(at), 150, size)
  return { at, early, earlyWithHead }
}

describe('a log that is not what was signed', () => {
  it('is refused when it is older than its head: a restored back-up', async () => {
    const { at, early } = await grown(700)
    await expect(openLog(early)).rejects.toMatchObject({ code: 'older-than-head' })
    // Nothing was signed meanwhile: with the tiles back it goes on.
    expect((await openLog(at)).size).toBe(700)
  })

  it('is refused when witnesses hold more than it has, although its head was restored too', async () => {
    const { at, earlyWithHead } = await grown(700)
    const seen = [at.log.get('checkpoint')!]
    const untouched = new Map(earlyWithHead.log)
    await expect(openLog(earlyWithHead, { seen })).rejects.toMatchObject({
      code: 'older-than-seen',
    })
    expect(earlyWithHead.log).toEqual(untouched)
  })

  it('is refused when it went another way than witnesses saw', async () => {
    const { at, earlyWithHead } = await grown(200)
    const seen = [at.log.get('checkpoint')!]
    const writer = await openLog(earlyWithHead)
    await grow(writer, 900, 1000)
    await expect(openLog(earlyWithHead, { seen })).rejects.toMatchObject({ code: 'forked' })
    await expect(openLog(at, { seen })).resolves.toMatchObject({ size: 200 })
  })

  it('is refused when the head was restored and the tiles were not, or is gone', async () => {
    const { at, earlyWithHead } = await grown(300)
    await expect(openLog({ ...at, head: earlyWithHead.head })).rejects.toMatchObject({
      code: 'head-behind',
    })
    await expect(openLog({ ...at, head: places().head })).rejects.toMatchObject({
      code: 'head-behind',
    })
  })

  it('is refused when a tile at its edge or its checkpoint was changed', async () => {
    const at = places()
    await grow(await openLog(at), 0, 310)
    // Without the batch in the journal nothing can be healed.
    at.journal.clear()
    for (const path of ['tile/1/000.p/1', 'tile/0/001.p/54', 'tile/entries/001.p/54']) {
      const copy = await backUp(at, true)
      const changed = copy.log.get(path)!.slice()
      changed[5]! ^= 1
      copy.log.set(path, changed)
      await expect(openLog(copy), path).rejects.toMatchObject({ code: 'damaged' })
      copy.log.delete(path)
      await expect(openLog(copy), path).rejects.toMatchObject({ code: 'older-than-head' })
    }
    const copy = await backUp(at, true)
    const note = Buffer.from(copy.log.get('checkpoint')!)
    copy.log.set('checkpoint', Buffer.from(note.toString().replace('310', '311')))
    await expect(openLog(copy)).rejects.toMatchObject({ code: 'foreign' })
  })

  it('is refused to another key and under another name', async () => {
    const at = places()
    await grow(await openLog(at), 0, 3)
    const options = { ...optionsOf(at), store: memoryStore(at.log) }
    await expect(LogWriter.open({ ...options, origin: 'log.example/other' })).rejects.toMatchObject(
      {
        code: 'foreign',
      },
    )
  })
})
