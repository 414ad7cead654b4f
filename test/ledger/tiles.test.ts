/** Paths of tiles, entry bundles, and which of them a log of a size has. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, hex, utf8 } from '../../src/ledger/bytes.ts'
import { decodeEntries, encodeEntries, MAX_ENTRY_BYTES } from '../../src/ledger/entry-bundle.ts'
import { leafHash } from '../../src/ledger/hash.ts'
import { formatTilePath, parseTilePath, tilesOf, type Tile } from '../../src/ledger/tiles.ts'
import { TreeBuilder } from '../../src/ledger/tree-builder.ts'
import { entriesOf, leafByTheBook, logByTheBook, rootByTheBook } from './build.ts'
import { json, present, suite } from './vectors.ts'

type PathVectors = {
  readonly tile: readonly [number, number, number, string][]
  readonly entries: readonly [number, number, string][]
  readonly reject: readonly string[]
}
type BundleVector = Readonly<Record<'bundle_hex' | 'level0_tile_hex' | 'root_hex', string>>

describe.skipIf(!present)(suite('the published tile paths'), () => {
  const vectors = present
    ? (json('tile-paths.json') as PathVectors)
    : { tile: [], entries: [], reject: [] }
  const tiles = [
    ...vectors.tile.map(([level, index, width, path]) => ({ level, index, width, path })),
    ...vectors.entries.map(([index, width, path]) => ({
      level: 'entries' as const,
      index,
      width,
      path,
    })),
  ].map(({ width, ...tile }) => ({ ...tile, width: width === 0 ? 256 : width }))

  it.each(tiles)('$path', ({ path, ...tile }) => {
    expect(formatTilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  it.each(vectors.reject)('%s is none', (path) => {
    expect(() => parseTilePath(path)).toThrow(expect.objectContaining({ code: 'malformed-path' }))
  })
})

describe('tile paths', () => {
  const tile = fc.record({
    level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
    index: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    width: fc.integer({ min: 1, max: 256 }),
  })

  it('read back as what was written', () => {
    fc.assert(
      fc.property(tile, (t) => {
        expect(parseTilePath(formatTilePath(t))).toEqual(t)
      }),
    )
  })

  it.each([
    'tile/0/x001/x234/67',
    'tile/0/000.p/300',
    'tile/0/000.p/',
    'tile/entries/0000',
    'tile/0/x9999/000',
    'tile/0/x999/x999/x999/x999/x999/x999/999',
    '/tile/0/000',
    'tile/0/000\n',
    'tile/8/0/000',
  ])('%j is none', (path) => {
    expect(() => parseTilePath(path)).toThrow(expect.objectContaining({ code: 'malformed-path' }))
  })
})

const byLevel = (level: Tile['level']) => [...tilesOf(70_000)].filter((t) => t.level === level)

describe('the objects of a log', () => {
  it('of 70,000 entries are 273 full tiles and 112 hashes, 1 and 17, and 1', () => {
    expect(byLevel('entries')).toHaveLength(274)
    expect(byLevel(0).at(-1)).toEqual({ level: 0, index: 273, width: 112 })
    expect(
      byLevel(0)
        .slice(0, -1)
        .every(({ width }) => width === 256),
    ).toBe(true)
    expect(byLevel(1)).toEqual([
      { level: 1, index: 0, width: 256 },
      { level: 1, index: 1, width: 17 },
    ])
    expect(byLevel(2)).toEqual([{ level: 2, index: 0, width: 1 }])
    expect(byLevel(3)).toEqual([])
  })

  it('are none when it is empty, and no partial tile is empty when it is full', () => {
    expect([...tilesOf(0)]).toEqual([])
    expect([...tilesOf(256)].map(formatTilePath)).toEqual([
      'tile/entries/000',
      'tile/0/000',
      'tile/1/000.p/1',
    ])
  })

  it('are those of the definition, whatever the size', () => {
    for (const size of [1, 255, 256, 257, 600, 65_536])
      expect([...tilesOf(size)].map(formatTilePath).sort()).toEqual(
        [...logByTheBook(entriesOf(size)).objects.keys()].filter((p) => p !== 'checkpoint').sort(),
      )
  })

  it('that a growing log must write anew are those that it had not', () => {
    fc.assert(
      fc.property(fc.nat(70_000), fc.nat(70_000), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const had = new Set([...tilesOf(from)].map(formatTilePath))
        const expected = [...tilesOf(to)].map(formatTilePath).filter((path) => !had.has(path))
        expect([...tilesOf(to, from)].map(formatTilePath)).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })
})

describe('tiles recomputed from leaves', () => {
  it('are those of the definition, and so is the root', () => {
    const entries = entriesOf(66_000)
    const { objects } = logByTheBook(entries)
    const builder = new TreeBuilder()
    const leaves = entries.map(leafByTheBook)
    const built = [...builder.push(leaves), ...builder.edge()]
    const tiles = new Map(
      built.map(({ level, index, hashes }) => [
        formatTilePath({ level, index, width: hashes.length }),
        hashes.map(hex).join(''),
      ]),
    )
    const expected = [...objects].filter(([path]) => /^tile\/\d/.test(path))
    expect(tiles).toEqual(new Map(expected.map(([path, bytes]) => [path, hex(bytes)])))
    expect(builder.root()).toEqual(rootByTheBook(leaves))
  })

  it('can be asked what the root would be, and are not changed by it', () => {
    const leaves = entriesOf(300).map(leafByTheBook)
    const builder = new TreeBuilder()
    builder.push(leaves.slice(0, 200))
    expect(builder.rootWith(leaves.slice(200))).toEqual(rootByTheBook(leaves))
    expect(builder.root()).toEqual(rootByTheBook(leaves.slice(0, 200)))
  })
})

describe('an entry bundle', () => {
  it.skipIf(!present)('of one, two, three is the published one, and so is its tile', () => {
    const vector = json('entry-bundle.json') as BundleVector
    const entries = ['one', 'two', 'three'].map(utf8)
    expect(hex(encodeEntries(entries))).toBe(vector.bundle_hex)
    expect(decodeEntries(fromHex(vector.bundle_hex)!, 3)).toEqual(entries)
    expect(entries.map((entry) => hex(leafHash(entry))).join('')).toBe(vector.level0_tile_hex)
  })

  it('reads back as what was written', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 256 }), (entries) => {
        const read = decodeEntries(encodeEntries(entries), entries.length)
        expect(read.map(hex)).toEqual(entries.map(hex))
      }),
      { numRuns: 50 },
    )
  })

  it('takes entries of up to 65,535 bytes', () => {
    const longest = new Uint8Array(MAX_ENTRY_BYTES).fill(7)
    expect(decodeEntries(encodeEntries([longest]))).toEqual([longest])
    expect(() => encodeEntries([new Uint8Array(MAX_ENTRY_BYTES + 1)])).toThrow(
      expect.objectContaining({ code: 'entry-too-long' }),
    )
  })

  it.each([
    ['a length without its entry', Uint8Array.of(0, 1), undefined],
    ['half a length', Uint8Array.of(0, 0, 0), undefined],
    ['fewer entries than its name says', Uint8Array.of(0, 0), 2],
    ['more entries than a tile', new Uint8Array(2 * 257), undefined],
  ])('is refused for %s', (_, bytes, width) => {
    expect(() => decodeEntries(bytes, width)).toThrow(
      expect.objectContaining({ code: 'malformed-entries' }),
    )
  })
})
