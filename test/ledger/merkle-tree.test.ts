/** Trees grown leaf by leaf, every proof at every size, each hash flipped in turn (as Go's tlog). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, hex } from '../../src/ledger/bytes.ts'
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts'
import { Frontier, rootOf } from '../../src/ledger/frontier.ts'
import { leafHash } from '../../src/ledger/hash.ts'
import { checkConsistency, checkInclusion } from '../../src/ledger/merkle.ts'
import { parseNote } from '../../src/ledger/note.ts'
import {
  proveConsistency,
  proveInclusion,
  readFrontier,
  readRoot,
  tileHashReader,
} from '../../src/ledger/prove.ts'
import { entriesOf, leafByTheBook, logByTheBook, memory, rootByTheBook } from './build.ts'
import { folderStore, json, present, suite, text, under } from './vectors.ts'

const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 40]

const withFlips = (proof: readonly Uint8Array[]): Uint8Array[][] =>
  proof.map((_, i) =>
    proof.map((hash, j) =>
      i === j ? hash.map((byte, k) => (k === i % 32 ? byte ^ 1 : byte)) : hash,
    ),
  )

const hexes = async (proof: Promise<Uint8Array[]>) => (await proof).map(hex)

describe.skipIf(!present)(suite('the eight leaves of RFC 6962'), () => {
  type Vector = Readonly<Record<string, string[]>>
  const vector = present ? (json('rfc6962-8-leaves.json') as Vector) : {}
  const leaves = () => vector['leaf_inputs_hex']!.map((leaf) => leafHash(fromHex(leaf)!))

  it('hash to the published leaf hashes and roots', () => {
    expect(leaves().map(hex)).toEqual(vector['leaf_hashes_hex'])
    const frontier = new Frontier()
    const roots = [hex(frontier.root())]
    for (const leaf of leaves()) {
      frontier.push(leaf)
      roots.push(hex(frontier.root()))
    }
    expect(roots).toEqual(vector['root_by_size_hex'])
  })

  it('give the published proofs', async () => {
    const entries = vector['leaf_inputs_hex']!.map((leaf) => fromHex(leaf)!)
    const of = (size: number) => tileHashReader(logByTheBook(entries.slice(0, size)).store, size)
    expect(await hexes(proveInclusion(of(8), 5, 8))).toEqual(vector['inclusion_index5_size8'])
    expect(await hexes(proveInclusion(of(7), 6, 7))).toEqual(vector['inclusion_index6_size7'])
    expect(await hexes(proveConsistency(of(7), 3, 7))).toEqual(vector['consistency_3_to_7'])
    expect(await hexes(proveConsistency(of(8), 4, 8))).toEqual(vector['consistency_4_to_8'])
    expect(await hexes(proveConsistency(of(8), 6, 8))).toEqual(vector['consistency_6_to_8'])
  })
})

describe('a growing tree', () => {
  const leaves = entriesOf(40).map(leafByTheBook)

  it('has the root of the definition at each size, from every way of computing it', () => {
    const frontier = new Frontier()
    for (let size = 0; size <= leaves.length; size += 1) {
      const root = rootByTheBook(leaves.slice(0, size))
      expect(frontier.root()).toEqual(root)
      expect(new Frontier(frontier.snapshot()).root()).toEqual(root)
      expect(rootOf(leaves.slice(0, size))).toEqual(root)
      if (size < leaves.length) frontier.push(leaves[size]!)
    }
  })

  it.each(SIZES)('of %i proves each leaf and no other, and no flipped proof', async (size) => {
    const read = tileHashReader(logByTheBook(entriesOf(size)).store, size)
    const root = rootByTheBook(leaves.slice(0, size))
    for (let index = 0; index < size; index += 1) {
      const proof = await proveInclusion(read, index, size)
      const claim = { index: BigInt(index), size: BigInt(size), leaf: leaves[index]!, proof, root }
      expect(checkInclusion(claim)).toEqual({ ok: true })
      expect(checkInclusion({ ...claim, leaf: leafByTheBook(proof[0] ?? root) }).ok).toBe(false)
      expect(checkInclusion({ ...claim, index: BigInt((index + 1) % size) }).ok).toBe(size === 1)
      expect(checkInclusion({ ...claim, proof: [...proof, root] }).ok).toBe(false)
      expect(checkInclusion({ ...claim, proof: proof.slice(1) }).ok).toBe(size === 1)
      for (const flipped of withFlips(proof))
        expect(checkInclusion({ ...claim, proof: flipped })).toEqual({ ok: false, fault: 'root' })
    }
  })

  it.each(SIZES)('of %i proves that it continues each smaller one, and no other', async (size) => {
    const read = tileHashReader(logByTheBook(entriesOf(size)).store, size)
    const toRoot = rootByTheBook(leaves.slice(0, size))
    for (let from = 1; from <= size; from += 1) {
      const fromRoot = rootByTheBook(leaves.slice(0, from))
      const proof = await proveConsistency(read, from, size)
      const claim = { from: BigInt(from), to: BigInt(size), fromRoot, toRoot, proof }
      expect(checkConsistency(claim)).toEqual({ ok: true })
      const rewritten = rootByTheBook(entriesOf(from, 'rewritten').map(leafByTheBook))
      expect(checkConsistency({ ...claim, fromRoot: rewritten }).ok).toBe(false)
      expect(checkConsistency({ ...claim, toRoot: rewritten }).ok).toBe(false)
      expect(checkConsistency({ ...claim, proof: [...proof, toRoot] }).ok).toBe(false)
      for (const flipped of withFlips(proof))
        expect(checkConsistency({ ...claim, proof: flipped }).ok).toBe(false)
    }
  })
})

describe('a tree of several tiles', () => {
  // 256² + 257 leaves reach the third level of tiles, with a partial one at each.
  const SIZE = 65_793
  const entries = entriesOf(SIZE)
  const leaves = entries.map(leafByTheBook)
  const { store, objects } = logByTheBook(entries)
  const read = tileHashReader(store, SIZE)
  const root = rootByTheBook(leaves)

  it('has its root and right edge read from a handful of tiles', async () => {
    expect(await readRoot(read, SIZE)).toEqual(root)
    const frontier = new Frontier(await readFrontier(read, SIZE))
    frontier.push(leafByTheBook(root))
    expect(frontier.root()).toEqual(rootByTheBook([...leaves, leafByTheBook(root)]))
  })

  it('proves any leaf at its size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(SIZE - 1), async (index) => {
        const proof = await proveInclusion(read, index, SIZE)
        const claim = {
          index: BigInt(index),
          size: BigInt(SIZE),
          leaf: leaves[index]!,
          proof,
          root,
        }
        expect(checkInclusion(claim)).toEqual({ ok: true })
      }),
      { numRuns: 200 },
    )
  })

  it('proves that it continues what it was at any earlier size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: SIZE }), async (from) => {
        const proof = await proveConsistency(read, from, SIZE)
        const fromRoot = rootOf(leaves.slice(0, from))
        const claim = { from: BigInt(from), to: BigInt(SIZE), fromRoot, toRoot: root, proof }
        expect(checkConsistency(claim)).toEqual({ ok: true })
      }),
      { numRuns: 12 },
    )
  })

  it('reads at most two tiles a level for a proof, and none twice while it is kept', async () => {
    const reads: string[] = []
    const counting = {
      read: (path: string) => {
        reads.push(path)
        return store.read(path)
      },
    }
    const counted = tileHashReader(counting, SIZE)
    await proveInclusion(counted, 12_345, SIZE)
    expect(reads).toContain('tile/0/048')
    expect(reads.length).toBeLessThanOrEqual(6)
    const before = reads.length
    await proveInclusion(counted, 12_346, SIZE)
    expect(reads).toHaveLength(before)
  })

  it('forgets the tile used longest ago when it may keep only a few', async () => {
    const reads: string[] = []
    const counting = {
      read: (path: string) => {
        reads.push(path)
        return store.read(path)
      },
    }
    const counted = tileHashReader(counting, SIZE, { keep: 1 })
    await counted([{ height: 0, index: 0 }])
    await counted([{ height: 0, index: 256 }])
    await counted([{ height: 0, index: 1 }])
    expect(reads).toEqual(['tile/0/000', 'tile/0/001', 'tile/0/000'])
  })

  it('reads an older size from full tiles that have replaced its partial ones', async () => {
    const older = tileHashReader(store, 300)
    const fromRoot = rootByTheBook(leaves.slice(0, 300))
    expect(objects.has('tile/0/001.p/44')).toBe(false)
    expect(await readRoot(older, 300)).toEqual(fromRoot)
  })

  it('names the tile that is missing or torn', async () => {
    const broken = memory(new Map(objects))
    broken.objects.delete('tile/1/000')
    broken.objects.set('tile/0/001', new Uint8Array(31))
    const reader = tileHashReader(broken.store, SIZE)
    await expect(reader([{ height: 8, index: 3 }])).rejects.toMatchObject({
      code: 'missing-tile',
      message: expect.stringContaining('tile/1/000') as string,
    })
    await expect(reader([{ height: 0, index: 256 }])).rejects.toMatchObject({
      code: 'malformed-tile',
      message: expect.stringContaining('tile/0/001') as string,
    })
  })
})

describe.skipIf(!present)(suite('the mirror of 300 leaves that Sunlight cosigned'), () => {
  const folder = present
    ? `skylight/witness/mirror/${under('skylight/witness/mirror').find((n) => /^[0-9a-f]{64}$/.test(n))}`
    : ''

  it('has the root that was cosigned, and every proof leads to it', async () => {
    const { size, root } = parseCheckpoint(parseNote(text(`${folder}/checkpoint`)).text)
    const read = tileHashReader(folderStore(folder), size)
    expect(size).toBe(300)
    expect(await readRoot(read, size)).toEqual(root)
    const of256 = await readRoot(read, 256)
    const proof = await proveConsistency(read, 256, size)
    const claim = { from: 256n, to: 300n, fromRoot: of256, toRoot: root, proof }
    expect(checkConsistency(claim)).toEqual({ ok: true })
    for (const index of [0, 255, 256, 299]) {
      const [leaf] = await read([{ height: 0, index }])
      const inclusion = await proveInclusion(read, index, size)
      const within = { index: BigInt(index), size: 300n, leaf: leaf!, proof: inclusion, root }
      expect(checkInclusion(within)).toEqual({ ok: true })
    }
  })
})

describe('the bounds of proofs', () => {
  const hash = leafByTheBook(Uint8Array.of(1))
  const empty = rootByTheBook([])

  it('lie at 2^64 − 1 leaves, not where numbers end', () => {
    // The last leaf of a tree of 2^64 − 1: one sibling a level, all on its left.
    const proof = Array.from({ length: 63 }, () => hash)
    const size = 2n ** 64n - 1n
    let root: Uint8Array = hash
    for (const sibling of proof) root = rootByTheBook([sibling, root])
    const claim = { index: size - 1n, size, leaf: hash, proof, root }
    expect(checkInclusion(claim)).toEqual({ ok: true })
    expect(checkInclusion({ ...claim, index: size - 2n }).ok).toBe(false)
  })

  it('refuse indices and sizes that no tree has', () => {
    const claim = { size: 1n, leaf: hash, proof: [], root: hash }
    expect(checkInclusion({ ...claim, index: 0n }).ok).toBe(true)
    expect(checkInclusion({ ...claim, index: 1n })).toEqual({ ok: false, fault: 'out-of-range' })
    expect(checkInclusion({ ...claim, index: -1n })).toEqual({ ok: false, fault: 'out-of-range' })
    const from = { fromRoot: empty, toRoot: hash, proof: [] }
    expect(checkConsistency({ ...from, from: 0n, to: 1n }).ok).toBe(false)
    expect(checkConsistency({ ...from, from: 2n, to: 1n }).ok).toBe(false)
  })

  it('let only the empty root stand for the empty tree', () => {
    const claim = { from: 0n, to: 0n, proof: [] }
    expect(checkConsistency({ ...claim, fromRoot: empty, toRoot: empty }).ok).toBe(true)
    expect(checkConsistency({ ...claim, fromRoot: hash, toRoot: hash }).ok).toBe(false)
  })

  it('are those of the tree that a proof is asked of', () => {
    const read = tileHashReader(logByTheBook(entriesOf(3)).store, 3)
    expect(() => proveInclusion(read, 3, 3)).toThrow(RangeError)
    expect(() => proveConsistency(read, 4, 3)).toThrow(RangeError)
  })

  it('do not let a frontier start from hashes that do not fit its size', () => {
    expect(() => new Frontier({ size: 3, hashes: [hash] })).toThrow(RangeError)
    expect(() => new Frontier({ size: 1, hashes: [new Uint8Array(31)] })).toThrow(RangeError)
  })
})
