/** `assay verify` and `assay bundle` as they are called: statuses, and the file that is named. */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UsageError, type Io } from '../../src/cli/command.ts'
import { bundleCommand } from '../../src/cli/commands/bundle.ts'
import { verifyCommand } from '../../src/cli/commands/verify.ts'
import { folderPlace } from '../../src/archive/bundle-folder.ts'
import { zip } from '../../src/archive/zip.ts'
import { formatVerifierKey } from '../../src/ledger/note-key.ts'
import { fileHead } from '../../src/store/file-head.ts'
import { fileStore } from '../../src/store/file-store.ts'
import { logKey, ORIGIN, POLICY, story } from '../archive/bundle-story.ts'
import { makeBundle, withBit } from '../archive/make-bundle.ts'

const BIN = fileURLToPath(new URL('../../bin/assay.js', import.meta.url))
let folder = ''
const at = (...parts: string[]) => join(folder, ...parts)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-verify-'))
  for (const part of ['log', 'journal', 'vault', 'segments', 'head'])
    mkdirSync(at('ledger', part), { recursive: true })
  const store = (part: string) => fileStore(at('ledger', part))
  const told = await story({
    seconds: 6,
    comments: 300,
    video: 'fmp4',
    places: {
      log: store('log'),
      journal: store('journal'),
      vault: store('vault'),
      segments: store('segments'),
      head: fileHead(at('ledger', 'head')),
    },
  })
  const config = { origin: ORIGIN, vkey: formatVerifierKey(logKey.verifier), head: 'head' }
  writeFileSync(at('ledger', 'ledger.json'), JSON.stringify(config))
  writeFileSync(at('ledger', 'policy.txt'), POLICY)
  writeFileSync(at('policy.txt'), POLICY)
  const { files } = await makeBundle(told)
  const place = folderPlace(at('bag'))
  for (const [path, bytes] of files) await place.write(path, bytes)
  writeFileSync(at('bag.zip'), zip('bag', files))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const silent: Io = {
  out: () => undefined,
  err: () => undefined,
  isTerminal: false,
  language: 'en',
  signal: new AbortController().signal,
}
/** In this process: hundreds of runs. */
const verify = async (...args: string[]) => {
  let out = ''
  const status = await verifyCommand.run(args, { ...silent, out: (text) => void (out += text) })
  return { status, out }
}
/** As people run it. */
const assay = (...args: string[]) => {
  const env = { ...process.env, LANG: 'C', LC_ALL: 'C' }
  return spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8', env })
}
const filesIn = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))

/** Turns bits of files under `root`, every file once and then anywhere, and expects each to be named. */
const everyBitIsNamed = async (root: string, numRuns: number, args: readonly string[] = []) => {
  const paths = filesIn(root)
  const turn = async (path: string, bit: number) => {
    const whole = readFileSync(join(root, path))
    writeFileSync(join(root, path), withBit(whole, bit % (whole.length * 8)))
    try {
      const { status, out } = await verify(root, ...args)
      expect(status, `${path}, bit ${bit}`).toBe(3)
      expect(out, `${path}, bit ${bit}`).toContain(path)
    } finally {
      writeFileSync(join(root, path), whole)
    }
  }
  for (const [i, path] of paths.entries()) await turn(path, i * 1013)
  const anyBit = fc
    .constantFrom(...paths)
    .chain((path) => fc.tuple(fc.constant(path), fc.nat(1 << 20)))
  await fc.assert(
    fc.asyncProperty(anyBit, ([path, bit]) => turn(path, bit)),
    { numRuns },
  )
  expect((await verify(root, ...args)).status).toBe(0)
}

describe('assay verify', () => {
  it('passes a bundle, its zip, a ledger, and a log under a policy', async () => {
    expect((await verify(at('bag'))).status).toBe(0)
    expect((await verify(at('bag.zip'), '--policy', at('policy.txt'))).status).toBe(0)
    expect((await verify(at('ledger'))).status).toBe(0)
    expect((await verify(at('ledger', 'log'), '--policy', at('policy.txt'))).status).toBe(0)
  })

  it('ends with 3 and names the file when one bit of any file of a bundle is turned', () =>
    everyBitIsNamed(at('bag'), 60))

  it('ends with 3 and names the object when one bit of any object of a log is turned', () =>
    everyBitIsNamed(at('ledger', 'log'), 60, ['--policy', at('policy.txt')]))

  it('ends with 3 and names the file when one bit of any kept disclosure or recording is turned', async () => {
    const kept = ['vault', 'segments'].flatMap((part) =>
      filesIn(at('ledger', part)).map((path) => `${part}/${path}`),
    )
    expect(kept.length).toBeGreaterThan(5)
    for (const path of kept) {
      const whole = readFileSync(at('ledger', path))
      writeFileSync(at('ledger', path), withBit(whole, 8 * (whole.length >> 1) + 2))
      const { status, out } = await verify(at('ledger'))
      writeFileSync(at('ledger', path), whole)
      expect(status, path).toBe(3)
      expect(out).toContain(path)
    }
  })

  it('ends with 3 when any bit of a zip is turned', async () => {
    const whole = readFileSync(at('bag.zip'))
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length * 8 - 1), async (bit) => {
        writeFileSync(at('turned.zip'), withBit(whole, bit))
        expect((await verify(at('turned.zip'))).status).toBe(3)
      }),
      { numRuns: 40 },
    )
  })

  it('says whose keys it judged by', async () => {
    expect((await verify(at('bag'))).out).toContain('judged by the keys that came with it')
    const own = await verify(at('bag'), '--policy', at('policy.txt'))
    expect(own.out).toContain('It holds: nothing')
    expect(own.out).not.toContain('its maker chose')
  })

  it('gives machines the same as data', async () => {
    const { out } = await verify(at('bag'), '--json')
    const report = JSON.parse(out) as Record<string, unknown>
    expect(report).toMatchObject({ passes: true, kind: 'bundle', policy: 'bundled', failures: [] })
  })

  it.each([
    [[]],
    [['nowhere']],
    [['.']],
    [['bag', 'bag']],
    [['bag', '--policy', 'nowhere.txt']],
    [['bag', '--policy', 'bag/README.txt']],
    [['ledger/log']],
    [['bag', '--frobnicate']],
  ])('refuses %j with one line', async (args) => {
    const paths = args.map((arg) => (arg.startsWith('--') ? arg : at(arg)))
    await expect(verify(...paths)).rejects.toThrow(UsageError)
  })

  it('writes the stand-alone verifier, which has its script in it and fetches nothing', () => {
    const { status } = assay('verify', '--page', at('verify.html'))
    expect(status).toBe(0)
    const page = readFileSync(at('verify.html'), 'utf8')
    expect(page.length).toBeGreaterThan(50_000)
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/(?:src|href)="https?:/)
  })
})

describe('assay bundle', () => {
  it('makes a folder and a zip that pass, and leaves nothing half-made', async () => {
    const made = assay(
      'bundle',
      'complaint',
      'complaint-1',
      '--ledger',
      at('ledger'),
      '--out',
      at('out'),
      '--zip',
      '--margin',
      '2',
    )
    expect(made.stderr).toBe('')
    expect(made.status).toBe(0)
    expect(made.stdout).toContain('Checked: it holds')
    expect(readFileSync(at('out', 'index.html'), 'utf8')).toContain(
      'Evidence for complaint complaint-1',
    )
    for (const path of ['out', 'out.zip']) expect((await verify(at(path))).status).toBe(0)
    expect(existsSync(at('out.partial'))).toBe(false)
  })

  it('ends with 2 and one line where the log knows nothing of the matter', () => {
    const places = ['--ledger', at('ledger'), '--out', at('new')]
    const { status, stdout, stderr } = assay('bundle', 'order', 'order-9', ...places)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toMatch(/nothing of that id/)
    for (const path of ['new', 'new.partial']) expect(existsSync(at(path))).toBe(false)
  })

  const order = ['order', 'order-1']
  const PLACES = new Set(['ledger', 'nowhere', 'new'])
  it.each([
    [[], /bundle what/],
    [['planet', 'x'], /bundle what/],
    [order, /--ledger/],
    [[...order, '--ledger', 'nowhere', '--out', 'new'], /no ledger/],
    [[...order, '--ledger', 'ledger', '--out', 'ledger'], /there already/],
    [[...order, '--ledger', 'ledger', '--out', 'new', '--margin', '-1'], /margin/],
    [[...order, '--ledger', 'ledger', '--out', 'new', '--disclose', 'some'], /disclose/],
    [[...order, '--ledger', 'ledger', '--out', 'new', '--tsa', 'http://127.0.0.1:1/'], /--tsa-ca/],
  ])('refuses %j with one line', async (args, complaint) => {
    const given = args.map((arg) => (PLACES.has(arg) ? at(arg) : arg))
    const refused = await bundleCommand.run(given, silent).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(UsageError)
    expect((refused as UsageError).sentence.en).toMatch(complaint)
  })
})
