/** One contract for every place a log can live in: memory, a folder, S3-compatible storage. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HeadStore, ObjectStore } from '../../src/ledger/object-store.ts'
import { fileHead } from '../../src/store/file-head.ts'
import { fileStore } from '../../src/store/file-store.ts'
import { memoryHead, memoryStore } from '../../src/store/memory-store.ts'
import { s3Head, s3Store } from '../../src/store/s3-store.ts'
import { startS3, type S3Server } from './s3-server.ts'

let folder = ''
let s3: S3Server
let places = 0
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-store-'))
  s3 = await startS3()
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await s3.close()
})

/** Each test has a place of its own; a second handle looks at the same place. */
type Place = { readonly store: ObjectStore; readonly again: ObjectStore }
type HeadPlace = { readonly head: HeadStore; readonly again: HeadStore }
const place = () => `place-${(places += 1)}`
const s3Settings = () => ({ ...s3.settings, prefix: `${place()}/` })

const STORES: readonly (readonly [name: string, make: () => Place])[] = [
  [
    'memory',
    () => {
      const objects = new Map<string, Uint8Array>()
      return { store: memoryStore(objects), again: memoryStore(objects) }
    },
  ],
  [
    'files',
    () => {
      const root = join(folder, place())
      return { store: fileStore(root), again: fileStore(root) }
    },
  ],
  [
    's3',
    () => {
      const settings = s3Settings()
      return { store: s3Store(settings), again: s3Store(settings) }
    },
  ],
]

const HEADS: readonly (readonly [name: string, make: () => HeadPlace])[] = [
  [
    'memory',
    () => {
      const head = memoryHead()
      return { head, again: head }
    },
  ],
  [
    'files',
    () => {
      const root = join(folder, place())
      return { head: fileHead(root), again: fileHead(root) }
    },
  ],
  [
    's3',
    () => {
      const settings = s3Settings()
      return { head: s3Head(settings), again: s3Head(settings) }
    },
  ],
]

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const text = (read: Uint8Array | null) => (read === null ? null : Buffer.from(read).toString())
const all = async (paths: AsyncIterable<string>) => {
  const found: string[] = []
  for await (const path of paths) found.push(path)
  return found.sort()
}

describe.each(STORES)('an object store: %s', (_, make) => {
  it('gives back every byte that was written, to every reader', async () => {
    const { store, again } = make()
    const every = Uint8Array.from({ length: 256 }, (_byte, i) => i)
    await store.write(
      new Map([
        ['checkpoint', bytes('one')],
        ['tile/0/x001/234.p/17', every],
      ]),
    )
    expect(text(await again.read('checkpoint'))).toBe('one')
    expect(Buffer.from((await again.read('tile/0/x001/234.p/17'))!)).toEqual(Buffer.from(every))
  })

  it('gives null for what was never written, also under or over something that was', async () => {
    const { store } = make()
    expect(await store.read('a/b')).toBeNull()
    await store.write(new Map([['a/b', bytes('x')]]))
    expect(await store.read('a')).toBeNull()
    expect(await store.read('a/b/c')).toBeNull()
  })

  it('replaces an object whole', async () => {
    const { store, again } = make()
    await store.write(new Map([['checkpoint', bytes('a longer one')]]))
    await store.write(new Map([['checkpoint', bytes('short')]]))
    expect(text(await again.read('checkpoint'))).toBe('short')
  })

  it('keeps an empty object apart from none', async () => {
    const { store, again } = make()
    await store.write(new Map([['empty', new Uint8Array()]]))
    expect((await again.read('empty'))?.length).toBe(0)
  })

  it('is not changed by what a caller does to its bytes afterwards', async () => {
    const { store } = make()
    const mine = bytes('mine')
    await store.write(new Map([['a', mine]]))
    mine.fill(0)
    const read = (await store.read('a'))!
    expect(text(read)).toBe('mine')
    read.fill(0)
    expect(text(await store.read('a'))).toBe('mine')
  })

  it('lists exactly the paths that begin with a prefix, be it half a name', async () => {
    const { store, again } = make()
    const paths = [
      'tile/0/000',
      'tile/0/001.p/7',
      'tile/0/001.p/12',
      'tile/1/000',
      'tiles',
      'b/ö &+%',
    ]
    await store.write(new Map(paths.map((path) => [path, bytes(path)])))
    expect(await all(again.list(''))).toEqual([...paths].sort())
    expect(await all(again.list('tile/0/001.p/'))).toEqual(['tile/0/001.p/12', 'tile/0/001.p/7'])
    expect(await all(again.list('tile/0/0'))).toEqual([
      'tile/0/000',
      'tile/0/001.p/12',
      'tile/0/001.p/7',
    ])
    expect(await all(again.list('tiles'))).toEqual(['tiles'])
    expect(await all(again.list('nothing/here'))).toEqual([])
    expect(text(await again.read('b/ö &+%'))).toBe('b/ö &+%')
  })

  it('removes what it is told to and nothing else; removing again is no error', async () => {
    const { store, again } = make()
    await store.write(new Map(['p/1', 'p/2', 'q'].map((path) => [path, bytes(path)])))
    await store.remove(['p/1', 'p/1', 'never/there'])
    expect(await all(again.list(''))).toEqual(['p/2', 'q'])
    await store.remove(['p/2'])
    await store.write(new Map([['p/3', bytes('3')]]))
    expect(await all(again.list(''))).toEqual(['p/3', 'q'])
  })

  it('writes many objects at once', async () => {
    const { store, again } = make()
    const many = new Map(
      Array.from({ length: 60 }, (_object, i) => [`many/${i % 7}/${i}`, bytes(String(i))] as const),
    )
    await store.write(many)
    for (const [path, value] of many) expect(text(await again.read(path))).toBe(text(value))
  })
})

describe.each(HEADS)('a head store: %s', (_, make) => {
  it('begins with nothing and swaps only from what is there', async () => {
    const { head, again } = make()
    expect(await head.read()).toBeNull()
    expect(await head.swap(bytes('wrong'), bytes('one'))).toBe(false)
    expect(await head.read()).toBeNull()
    expect(await head.swap(null, bytes('one'))).toBe(true)
    expect(await again.swap(null, bytes('two'))).toBe(false)
    expect(text(await again.read())).toBe('one')
    expect(await again.swap(bytes('one'), bytes('two'))).toBe(true)
    expect(await head.swap(bytes('one'), bytes('three'))).toBe(false)
    expect(text(await head.read())).toBe('two')
  })

  it('lets exactly one of many win every swap', async () => {
    const { head, again } = make()
    let expected: Uint8Array | null = null
    for (let round = 0; round < 12; round += 1) {
      const from: Uint8Array | null = expected
      const offers = Array.from({ length: 6 }, (_offer, i) => bytes(`${round}-${i}`))
      const won: boolean[] = await Promise.all(
        offers.map((next, i) => (i % 2 === 0 ? head : again).swap(from, next)),
      )
      expect(won.filter(Boolean)).toHaveLength(1)
      expected = offers[won.indexOf(true)]!
      expect(text(await again.read())).toBe(text(expected))
    }
  })
})

describe('an S3 store', () => {
  it('is refused with a wrong secret, and says so', async () => {
    const store = s3Store({ ...s3Settings(), secretAccessKey: 'another' })
    await expect(store.write(new Map([['a', bytes('a')]]))).rejects.toMatchObject({
      code: 'read-only',
    })
    await expect(store.read('a')).rejects.toMatchObject({ name: 'Error', code: 'read-only' })
  })

  it('asks again when the server stumbles, and gives up with a reason when it stays down', async () => {
    const store = s3Store(s3Settings())
    s3.fail(503, 2)
    await store.write(new Map([['a', bytes('a')]]))
    expect(text(await store.read('a'))).toBe('a')
    s3.fail(500, 6)
    await expect(store.read('a')).rejects.toMatchObject({ code: 'unreachable' })
    s3.fail(0, 0)
  })
})

describe('a file store', () => {
  it('never leaves its folder', async () => {
    const store = fileStore(join(folder, place()))
    for (const path of ['../outside', 'a/../../b', '/etc/hostname', 'a//b', '.'])
      await expect(store.read(path), path).rejects.toMatchObject({ code: 'unreachable' })
  })
})
