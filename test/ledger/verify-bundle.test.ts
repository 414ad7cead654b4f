/** Bundles against whoever hands them over: damaged, changed, and changed with every list mended. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { REMUXER, remakeClip } from '../../src/archive/clip.ts'
import { nodeSha256 } from '../../src/archive/sha256.ts'
import { checkTimestamp } from '../../src/archive/timestamp.ts'
import { filesInMemory } from '../../src/ledger/bundle-files.ts'
import { formatManifest, parseManifest, parseTags } from '../../src/ledger/bagit.ts'
import { utf8 } from '../../src/ledger/bytes.ts'
import { formatVerifierKey, signerKey } from '../../src/ledger/note-key.ts'
import { parsePolicy } from '../../src/ledger/policy.ts'
import { formatTlogProof, parseTlogProof } from '../../src/ledger/tlog-proof.ts'
import type { BundleChecks } from '../../src/ledger/bundle-report.ts'
import { verifyBundle } from '../../src/ledger/verify-bundle.ts'
import { POLICY, story } from '../archive/bundle-story.ts'
import { makeBundle, mended, withBit } from '../archive/make-bundle.ts'

type Files = ReadonlyMap<string, Uint8Array>
const check = (files: Files, checks: BundleChecks = {}) =>
  verifyBundle(filesInMemory(files, nodeSha256), {
    hash: nodeSha256,
    checkTimestamp,
    remakeClip,
    ...checks,
  })
/** `code file` of every failure. */
const failing = async (files: Files, checks: BundleChecks = {}) =>
  (await check(files, checks)).failures.map(({ code, file }) => `${code} ${file}`)
const names = async (files: Files, path: string) => {
  const { failures } = await check(files)
  return failures.some(({ file, text }) => file === path || text.en.includes(path))
}
const edited = (files: Files, path: string, edit: (text: string) => string): Files =>
  new Map([...files, [path, utf8(edit(Buffer.from(files.get(path)!).toString()))]])
/** What fails when the entries are handed on in another order or number, and every list mended. */
const reordered = (files: Files, edit: (all: string[]) => string[]) => {
  const rewrite = (text: string) => `${edit(text.trimEnd().split('\n')).join('\n')}\n`
  return failing(mended(edited(files, 'data/events.jsonl', rewrite)))
}
const without = (files: Files, ...paths: readonly string[]): Files =>
  new Map([...files].filter(([path]) => !paths.includes(path)))

const EXAMPLE = fileURLToPath(new URL('../../../shared/evidence/example-bundle/', import.meta.url))
const readFolder = (folder: string): Map<string, Uint8Array> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name)
        return [path.slice(folder.length), new Uint8Array(readFileSync(path))]
      }),
  )

describe.skipIf(!existsSync(EXAMPLE))('the example bundle (skipped without ../shared)', () => {
  const files = existsSync(EXAMPLE) ? readFolder(EXAMPLE) : new Map<string, Uint8Array>()

  it('verifies: entries, quorum, disclosures, recording, both time stamps', async () => {
    const report = await check(files)
    expect(report.failures).toEqual([])
    // Comment 2 has lost its author: one digest of its two is without a disclosure.
    expect(report).toMatchObject({ entries: 5, disclosed: 3, withheld: 1, recordings: 1 })
    expect(report.checkpoint?.cosignatures.map(({ witness }) => witness)).toEqual(['W1', 'W2'])
    expect(report.timestamps.every(({ stamped }) => stamped !== null)).toBe(true)
    expect(report.rooms).toEqual([{ room: 'r_42', first: 0, last: 4, present: 5 }])
    expect(report.unproven).toEqual([])
  })

  it('names the file in which any one bit was turned', async () => {
    const paths = [...files.keys()]
    const turn = async (path: string, bit: number) => {
      const turned = new Map([...files, [path, withBit(files.get(path)!, bit)]])
      expect(await names(turned, path), `${path}, bit ${bit}`).toBe(true)
    }
    for (const path of paths) await turn(path, 0)
    const anyBit = fc
      .constantFrom(...paths)
      .chain((path) => fc.tuple(fc.constant(path), fc.nat(files.get(path)!.length * 8 - 1)))
    await fc.assert(
      fc.asyncProperty(anyBit, ([path, bit]) => turn(path, bit)),
      { numRuns: 150 },
    )
  })
})

describe('a bundle of ours', () => {
  let files: Files
  beforeAll(async () => {
    files = (await makeBundle(await story({ seconds: 8 }))).files
  })
  const proofs = () => [...files.keys()].filter((path) => path.endsWith('.tlog-proof'))

  it('holds', async () => {
    expect(await failing(files)).toEqual([])
    expect(await failing(mended(files))).toEqual([])
  })

  it('names the file in which any one bit was turned', async () => {
    const paths = [...files.keys()]
    const anyBit = fc
      .constantFrom(...paths)
      .chain((path) => fc.tuple(fc.constant(path), fc.nat(files.get(path)!.length * 8 - 1)))
    await fc.assert(
      fc.asyncProperty(anyBit, async ([path, bit]) => {
        const turned = new Map([...files, [path, withBit(files.get(path)!, bit)]])
        expect(await names(turned, path), `${path}, bit ${bit}`).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('names what was taken away and what was put in', async () => {
    const path = proofs()[0]!
    expect(await failing(without(files, path))).toContain(`missing-file ${path}`)
    expect(await failing(without(files, 'data/replay.m3u8'))).toContain(
      'missing-file data/replay.m3u8',
    )
    const more = (name: string) => failing(new Map([...files, [name, utf8('x')]]))
    expect(await more('data/more.txt')).toContain('extra-file data/more.txt')
    expect(await more('more.txt')).toContain('extra-file more.txt')
    expect(await more('../more.txt')).toContain('unsafe-path ../more.txt')
  })

  describe('with every list mended after the change', () => {
    it('is betrayed by every proof hash, turned one after another', async () => {
      let turned = 0
      for (const path of proofs().slice(0, 12)) {
        const proof = parseTlogProof(Buffer.from(files.get(path)!).toString())
        for (const k of proof.hashes.keys()) {
          const hashes = proof.hashes.map((hash, i) => (i === k ? withBit(hash, 7 + k) : hash))
          const forged = new Map([...files, [path, utf8(formatTlogProof({ ...proof, hashes }))]])
          expect(await failing(mended(forged)), `${path}, hash ${k}`).toEqual([`bad-proof ${path}`])
          turned += 1
        }
      }
      expect(turned).toBeGreaterThan(40)
    })

    it('is betrayed by a hash too many, a hash too few, another index, another name', async () => {
      const path = proofs()[0]!
      const proof = parseTlogProof(Buffer.from(files.get(path)!).toString())
      for (const change of [
        { hashes: [...proof.hashes, proof.hashes[0]!] },
        { hashes: proof.hashes.slice(1) },
        { index: proof.index + 1 },
        { extra: utf8('something besides') },
      ]) {
        const forged = new Map([...files, [path, utf8(formatTlogProof({ ...proof, ...change }))]])
        expect(await failing(mended(forged)), Object.keys(change)[0]).toEqual([`bad-proof ${path}`])
      }
      const renamed = new Map([
        ...without(files, path),
        ['proofs/0x1.tlog-proof', files.get(path)!],
      ])
      expect(await failing(mended(renamed))).toContain('bad-proof proofs/0x1.tlog-proof')
    })

    it.each([
      ['a price', 'data/events.jsonl', (t: string) => t.replace('"price":9900', '"price":7900')],
      ['a reason', 'data/events.jsonl', (t: string) => t.replace('"none"', '"spam"')],
    ])('is betrayed by its proof when %s is rewritten', async (_, path, edit) => {
      const forged = edited(files, path, edit)
      expect(Buffer.compare(forged.get(path)!, files.get(path)!)).not.toBe(0)
      const found = await failing(mended(forged))
      expect(found.some((failure) => failure.startsWith('bad-proof '))).toBe(true)
    })

    it('is betrayed when an entry is left out, added, or put in another place', async () => {
      const last = proofs()
        .map((path) => Number(path.slice(7, -11)))
        .sort((a, b) => a - b)
        .at(-1)!
      expect(await reordered(files, (all) => all.slice(0, -1))).toContain(
        `idle-proof proofs/${last}.tlog-proof`,
      )
      expect(await reordered(files, (all) => [...all, all[0]!])).toContain(
        'unproven-entry data/events.jsonl',
      )
      expect(
        await reordered(files, ([first, second, ...rest]) => [second!, first!, ...rest]),
      ).toEqual(expect.arrayContaining([`bad-proof ${proofs()[0]!}`, `bad-proof ${proofs()[1]!}`]))
    })

    it('is betrayed when a disclosed text is rewritten or moved', async () => {
      const rewrite = (text: string) => {
        const lines = text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as Disclosed)
        const at = lines.findIndex(({ disclosures }) => disclosures.length > 0)
        const triple = JSON.parse(
          Buffer.from(lines[at]!.disclosures[0]!, 'base64url').toString(),
        ) as unknown[]
        lines[at]!.disclosures[0] = Buffer.from(
          JSON.stringify([triple[0], triple[1], 'something else']),
        ).toString('base64url')
        return `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
      }
      type Disclosed = { index: number; disclosures: string[] }
      const path = 'data/disclosures.jsonl'
      expect(await failing(mended(edited(files, path, rewrite)))).toContain(
        `bad-disclosure ${path}`,
      )
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
      const bomb = Buffer.from(`["salt","text",${deep}]`).toString('base64url')
      const nested = edited(files, path, (t) => t.replace(/\["[^"]+"/, `["${bomb}"`))
      expect(await failing(mended(nested))).toContain(`bad-disclosure ${path}`)
      const spaced = edited(files, path, (text) => text.replace('{"index":', '{ "index":'))
      expect(await failing(mended(spaced))).toContain(`bad-disclosure ${path}`)
    })

    it('is betrayed when a recording, a clip or a snapshot is replaced', async () => {
      const replaced = (path: string, bytes: Uint8Array) =>
        failing(mended(new Map([...files, [path, bytes]])))
      const piece = [...files.keys()].find((path) => path.startsWith('data/segments/'))!
      expect(await replaced(piece, utf8('another film'))).toContain(`unproven-recording ${piece}`)
      const clip = 'data/clips/1.mp4'
      expect(await replaced(clip, withBit(files.get(clip)!, 80_000))).toEqual([
        `other-clip ${clip}`,
      ])
      const prices = 'data/snapshots/prices.json'
      const cheaper = edited(files, prices, (text) => text.replace('"price":9900', '"price":1'))
      expect(await failing(mended(cheaper))).toEqual([`bad-snapshot ${prices}`])
    })

    it('is betrayed when pieces of the recording change places, or a clip is cut otherwise', async () => {
      const pieces = [...files.keys()].filter((path) => /segments\/\d/.test(path)).sort()
      const [a, b] = [pieces[1]!, pieces[2]!]
      const swapped = new Map([...files, [a, files.get(b)!], [b, files.get(a)!]])
      expect(await failing(mended(swapped))).toEqual(
        expect.arrayContaining([`unproven-recording ${a}`, `unproven-recording ${b}`]),
      )
      for (const remuxed of [
        [b, a],
        [pieces[0]!, b],
        [a, a],
      ]) {
        const clip = (await remakeClip(
          remuxed.map((path) => files.get(path)!),
          REMUXER,
        ))!
        const recipe = utf8(`${JSON.stringify({ remuxed, by: REMUXER })}\n`)
        const cut = new Map([...files, ['data/clips/1.mp4', clip], ['data/clips/1.json', recipe]])
        expect(await failing(mended(cut)), remuxed.join()).toEqual(['other-clip data/clips/1.mp4'])
      }
    })

    it('tolerates no white space or trailing byte in checkpoint or proof', async () => {
      for (const path of ['proofs/checkpoint', proofs()[0]!])
        for (const edit of [
          (t: string) => `${t}\n`,
          (t: string) => t.slice(0, -1),
          (t: string) => t.replace('\n', '\r\n'),
          (t: string) => t.replace(/=\n/, '= \n'),
        ])
          expect(await failing(mended(edited(files, path, edit))), path).not.toEqual([])
    })

    it('is betrayed when log and witnesses are replaced by keys that the verifier does not know', async () => {
      const own = parsePolicy(POLICY.replace(/^log .*$/m, `log ${strangerKey}`))
      expect(await failing(files, { policy: own })).toEqual(['bad-checkpoint proofs/checkpoint'])
    })
  })

  const strangerKey = formatVerifierKey(
    signerKey('log.example/2026', new Uint8Array(32).fill(9)).verifier,
  )

  it('is judged by the verifier where the verifier brings a policy', async () => {
    expect((await check(files, { policy: parsePolicy(POLICY) })).policy).toBe('own')
    const rogue = edited(files, 'proofs/policy.txt', (text) =>
      text.replace('quorum both', 'quorum none'),
    )
    expect((await check(mended(rogue))).policy).toBe('bundled')
    expect(await failing(mended(rogue), { policy: parsePolicy(POLICY) })).toEqual([])
  })

  it('counts a clip that cannot be made again here as not proved, rather than as proved', async () => {
    const { failures, unproven } = await verifyBundle(filesInMemory(files), { hash: nodeSha256 })
    expect(failures).toEqual([])
    expect(unproven).toContain('data/clips/1.mp4')
  })

  it('gives the same result with the portable hash as with that of the host', async () => {
    const portable = await verifyBundle(filesInMemory(files), { checkTimestamp, remakeClip })
    expect(portable).toEqual(await check(files))
  })
})

describe('the lists of a bag', () => {
  const digest = 'a'.repeat(64)

  it('have one spelling', () => {
    const list = new Map([['data/a b.txt', digest]])
    expect(parseManifest(formatManifest(list))).toEqual(list)
    for (const text of [
      `${digest}  data/a`,
      `${digest} data/a\n`,
      `${digest}   data/a\n`,
      `${digest} *data/a\n`,
      `${digest.toUpperCase()}  data/a\n`,
      `${digest}  data/a \n`,
      `${digest}  data/../a\n`,
      `${digest}  data/a\n${digest}  data/a\n`,
      `${digest}  data/a\r\n`,
      `${digest}  data/a\n\n`,
    ])
      expect(parseManifest(text), JSON.stringify(text)).toBeNull()
  })

  it('refuse tags that are said twice or torn', () => {
    expect(parseTags('Payload-Oxum: 1.1\n')).toEqual(new Map([['Payload-Oxum', '1.1']]))
    for (const text of ['Payload-Oxum: 1.1', 'Payload-Oxum 1.1\n', 'A: 1\nA: 2\n', 'A:1\n'])
      expect(parseTags(text), text).toBeNull()
  })
})
