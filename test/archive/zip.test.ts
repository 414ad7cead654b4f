/** Bundles as zip: ours to the last bit, others' as far as they are harmless, nothing that is not. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync, type Zippable } from 'fflate'
import { describe, expect, it } from 'vitest'
import { unzip, zip, ZipError } from '../../src/archive/zip.ts'
import { isPlainPath } from '../../src/ledger/bagit.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const FILES = new Map([
  ['data/b.txt', bytes('second')],
  ['bagit.txt', bytes('first')],
  ['data/空.txt', bytes('')],
])
const codeOf = (work: () => unknown): string => {
  try {
    work()
    return 'passed'
  } catch (error) {
    return error instanceof ZipError ? error.code : `not refused but broken: ${String(error)}`
  }
}
/** Puts a value into a field of the one entry's central directory record. */
const patched = (archive: Uint8Array, offset: number, value: number): Uint8Array => {
  const copy = Uint8Array.from(archive)
  const at = copy.findIndex(
    (_, i) => String.fromCharCode(...copy.subarray(i, i + 4)) === 'PK\u0001\u0002',
  )
  new DataView(copy.buffer).setUint32(at + offset, value, true)
  return copy
}

describe('an archive of ours', () => {
  const archive = zip('evidence', FILES)

  it('gives back its files, whatever order they were put in', () => {
    const { folder, files, isOurs } = unzip(archive)
    expect({ folder, isOurs }).toEqual({ folder: 'evidence', isOurs: true })
    expect(files).toEqual(FILES)
    expect(zip('evidence', new Map([...FILES].toReversed()))).toEqual(archive)
  })

  it('is one that other tools unpack', ({ skip }) => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-zip-'))
    try {
      writeFileSync(join(folder, 'a.zip'), archive)
      const { status, stdout, error } = spawnSync('unzip', ['-t', join(folder, 'a.zip')])
      if (error !== undefined) skip('unzip is not installed')
      expect(stdout.toString()).toContain('No errors detected')
      expect(status).toBe(0)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('is refused with any one of its bits turned', () => {
    for (let i = 0; i < archive.length * 8; i += 1) {
      const turned = Uint8Array.from(archive)
      turned[i >> 3]! ^= 1 << (i & 7)
      expect(
        codeOf(() => unzip(turned)),
        `bit ${i}`,
      ).toMatch(/malformed|bad-path|too-large|altered/)
    }
  })

  it('is refused cut short or with something after it', () => {
    expect(codeOf(() => unzip(archive.subarray(0, -1)))).toBe('malformed')
    expect(codeOf(() => unzip(Uint8Array.from([...archive, 0])))).toBe('malformed')
  })
})

describe("somebody else's archive", () => {
  it('is read where it was packed from the folder, compressed and dated', () => {
    const tree = {
      evidence: { 'bagit.txt': bytes('first'), data: { 'b.txt': bytes('b'.repeat(999)) } },
    }
    const { folder, files, isOurs } = unzip(zipSync(tree, { level: 9, mtime: '2026-03-01' }))
    expect({ folder, isOurs }).toEqual({ folder: 'evidence', isOurs: false })
    expect(files.get('data/b.txt')?.length).toBe(999)
  })

  it('is read where the files lie at the top', () => {
    const { folder, files } = unzip(zipSync({ 'bagit.txt': bytes('first'), 'a.txt': bytes('') }))
    expect(folder).toBe('')
    expect([...files.keys()]).toEqual(['bagit.txt', 'a.txt'])
  })

  it.each([
    '../x',
    'a/../../x',
    '/etc/x',
    'a//x',
    'a\\..\\x',
    'C:x',
    './x',
    'a/x\u0000',
    'a/%2e%2e/x',
  ])('is refused with a file called %j', (name) => {
    expect(isPlainPath(name)).toBe(false)
    expect(codeOf(() => unzip(zipSync({ [name]: bytes('x') })))).toBe('bad-path')
  })

  it('is refused with a link in it', () => {
    const link: Zippable = { 'a/link': [bytes('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }] }
    expect(codeOf(() => unzip(zipSync(link)))).toBe('malformed')
  })

  it('is refused with one name twice', () => {
    // Two names of one length, the second then overwritten by the first in both places.
    const archive = zipSync({ 'a/one': bytes('1'), 'a/two': bytes('2') })
    const text = Buffer.from(archive).toString('latin1').replaceAll('a/two', 'a/one')
    expect(codeOf(() => unzip(Buffer.from(text, 'latin1')))).toBe('bad-path')
  })

  it('is refused before unpacking where it would unfold too far', () => {
    const limits = { files: 3, bytes: 1000 }
    const bomb = zipSync({ a: new Uint8Array(1001) }, { level: 9 })
    expect(bomb.length).toBeLessThan(200)
    expect(codeOf(() => unzip(bomb, limits))).toBe('too-large')
    const many = zipSync({ a: bytes(''), b: bytes(''), c: bytes(''), d: bytes('') })
    expect(codeOf(() => unzip(many, limits))).toBe('too-large')
  })

  it('unfolds no further than it announced', () => {
    const liar = patched(zipSync({ a: new Uint8Array(100_000) }, { level: 9 }), 24, 10)
    expect(unzip(liar, { files: 3, bytes: 1000 }).files.get('a')?.length).toBeLessThanOrEqual(10)
  })

  it('is refused where stored entries announce little and hold much', () => {
    const liar = patched(zipSync({ a: new Uint8Array(5000) }, { level: 0 }), 24, 10)
    expect(codeOf(() => unzip(liar, { files: 3, bytes: 1000 }))).toBe('too-large')
  })
})
