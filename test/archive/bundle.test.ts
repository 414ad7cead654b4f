/** What a bundle holds and discloses, and that tools which are not ours agree with it. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { folderFiles, folderPlace } from '../../src/archive/bundle-folder.ts'
import { BundleError } from '../../src/archive/bundle.ts'
import { REMUXER, remakeClip, remuxedClip } from '../../src/archive/clip.ts'
import { segmentPath } from '../../src/archive/segments.ts'
import { nodeSha256 } from '../../src/archive/sha256.ts'
import { filesInMemory } from '../../src/ledger/bundle-files.ts'
import { base64, base64url, hex, utf8 } from '../../src/ledger/bytes.ts'
import { verifyBundle } from '../../src/ledger/verify-bundle.ts'
import { story, type Story } from './bundle-story.ts'
import { makeBundle, mended, type Made } from './make-bundle.ts'
import { tsPiece } from './tiny-video.ts'

const text = ({ files }: Made, path: string) => Buffer.from(files.get(path) ?? []).toString()
const linesOf = (made: Made, path: string) => text(made, path).trim().split('\n')
const telemetryIn = ({ files }: Made) => [...files.keys()].filter((path) => /telemetry/.test(path))
const typesIn = (made: Made) =>
  linesOf(made, 'data/events.jsonl').map((line) => {
    const { event, chunk } = JSON.parse(line) as { event?: { type: string }; chunk?: object }
    return event?.type ?? (chunk === undefined ? 'counts' : 'chunk')
  })

describe('the bundle of a complaint', () => {
  let told: Story
  let made: Made
  beforeAll(async () => {
    told = await story({ seconds: 30 })
    made = await makeBundle(told)
  })

  it('passes the check that whoever receives it will make', () => {
    expect(made.report.failures).toEqual([])
    expect(made.report.policy).toBe('bundled')
    expect(made.report.checkpoint?.cosignatures.map(({ witness }) => witness)).toEqual(['W1', 'W2'])
  })

  it('holds the complaint, its order, the terms, the moments, and nothing of the rest', () => {
    const types = typesIn(made)
    for (const type of [
      'live.broadcast.started',
      'live.product.listed',
      'live.price.set',
      'live.coupon.issued',
      'live.promise.made',
      'live.caption.spoken',
      'live.order.placed',
      'live.order.paid',
      'live.comment.removed',
      'live.complaint.lodged',
      'live.hold.placed',
    ])
      expect(types, type).toContain(type)
    // Telemetry and counts are of the broadcast, not of the complaint.
    expect(types).not.toContain('chunk')
    expect(types).not.toContain('counts')
  })

  it('holds the recording of the moments with the margin, and a clip and a playlist of it', () => {
    // Promise at 8 s and order at 12 s, 2 s of margin: 6 to 10 and 10 to 14 s, which meet.
    const pieces = [...made.files.keys()].filter((path) => /segments\/\d/.test(path)).sort()
    // Seconds 5 to 14 touch the span from 6 s to 14 s, borders included.
    expect(pieces.map((path) => Number(path.slice(14, 20)))).toEqual([
      5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
    ])
    expect(made.files.has('data/clips/1.mp4')).toBe(true)
    expect(text(made, 'data/replay.m3u8')).toContain('segments/000005.ts')
    expect(made.report.recordings).toBe(10)
  })

  it('repeats order and prices so that nothing needs decoding', () => {
    const rows = JSON.parse(text(made, 'data/snapshots/orders.json')) as {
      leaf: { event: { type: string; data: { buyer?: string } } }
    }[]
    const [placed] = rows.map(({ leaf }) => leaf.event)
    expect(placed).toMatchObject({ type: 'live.order.placed', data: { buyer: 'viewer-1' } })
    expect(text(made, 'data/snapshots/prices.json')).toContain('"price":9900')
  })

  it('discloses who complains and bought, and of the others their words but not who they are', () => {
    const everything = [...made.files.values()].map((bytes) => Buffer.from(bytes))
    const has = (needle: string) => everything.some((bytes) => bytes.includes(needle))
    const disclosed = linesOf(made, 'data/disclosures.jsonl')
      .flatMap((line) => (JSON.parse(line) as { disclosures: string[] }).disclosures)
      .map(
        (one) => JSON.parse(Buffer.from(one, 'base64url').toString()) as [string, string, string],
      )
    const values = disclosed.map(([, , value]) => value)
    expect(values).toContain('viewer-1')
    expect(values).toContain('别家更便宜，骗人')
    for (const person of ['viewer-2', 'viewer-3', 'viewer-9']) {
      expect(values).not.toContain(person)
      const spelt = utf8(person)
      for (const form of [person, hex(spelt), base64(spelt), base64url(spelt)])
        expect(has(form), form).toBe(false)
    }
  })

  it('discloses everybody only when asked to', async () => {
    const all = await makeBundle(told, { disclose: 'all' })
    expect(all.report.withheld).toBe(0)
    expect(text(all, 'index.html')).toContain('viewer-3')
  })

  it('has a page in which hostile text stays text and nothing is fetched', () => {
    const page = text(made, 'index.html')
    expect(page).toContain('&lt;img src=x onerror=')
    expect(page).not.toContain('<img')
    expect(page.match(/<script/g)).toHaveLength(2)
    expect(page).toContain('[U+202E]')
    expect(page).toContain("default-src 'none'")
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  })

  it('says what is gone from the archive instead of leaving it out unseen', async () => {
    const gone = await story({ seconds: 30 })
    const seventh = nodeSha256(tsPiece([35, 36, 37, 38, 39]))
    await gone.places.segments.remove([segmentPath(hex(seventh))])
    const without = await makeBundle(gone)
    expect(without.report.recordings).toBe(9)
    expect(text(without, 'index.html')).toContain('gone from the archive: 1')
    // The run is broken, so there are two clips.
    expect(without.files.has('data/clips/2.mp4')).toBe(true)
  })

  it('is not made for what the log does not know', async () => {
    const unknown = { kind: 'order', id: 'order-999' } as const
    await expect(makeBundle(told, { matter: unknown })).rejects.toThrow(BundleError)
  })

  it('is not made under a checkpoint that its own policy does not trust', async () => {
    const quorumless = { ...told.source, checkpoint: (await told.places.log.read('checkpoint'))! }
    const short = Buffer.from(quorumless.checkpoint).toString().split('\n').slice(0, -2).join('\n')
    const source = { ...quorumless, checkpoint: utf8(`${short}\n`) }
    await expect(makeBundle({ ...told, source })).rejects.toThrow(BundleError)
  })

  it('has the same bytes whenever it is made', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2030, 0, 1) })
    try {
      const again = await makeBundle(told)
      expect([...again.files.keys()].sort()).toEqual([...made.files.keys()].sort())
      for (const [path, bytes] of made.files)
        expect(Buffer.compare(again.files.get(path)!, bytes), path).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('the bundles of the order and of the whole broadcast', () => {
  it('are proved too, the broadcast without a gap and with its telemetry counted', async () => {
    const told = await story({ video: 'fmp4', seconds: 20 })
    const order = await makeBundle(told, { matter: { kind: 'order', id: 'order-1' } })
    expect(order.report.failures).toEqual([])
    expect(typesIn(order)).not.toContain('chunk')
    const broadcast = await makeBundle(told, { matter: { kind: 'broadcast', id: 'broadcast-1' } })
    expect(typesIn(broadcast)).toEqual(expect.arrayContaining(['chunk', 'counts']))
    const [room] = broadcast.report.rooms
    expect(room?.present).toBe(room!.last - room!.first + 1)
    // Joined from its pieces byte for byte, so that an entry vouches for the clip as well.
    expect(broadcast.report.unproven).toEqual(['data/replay.m3u8'])
  })
})

describe('the bundle of a broadcast', () => {
  const broadcast = { kind: 'broadcast', id: 'broadcast-1' } as const

  it('does not tell what one person complained of to everybody who asks for the broadcast', async () => {
    const made = await makeBundle(await story({ seconds: 4 }), { matter: broadcast })
    expect(typesIn(made)).toContain('live.complaint.lodged')
    expect(text(made, 'index.html')).not.toContain('第二天别家卖')
    expect(text(made, 'index.html')).toContain('别家更便宜，骗人')
  })

  it('has telemetry only where everything is disclosed, and that gives the root in its leaf', async () => {
    const told = await story({ seconds: 4 })
    expect(telemetryIn(await makeBundle(told, { matter: broadcast }))).toEqual([])
    const all = await makeBundle(told, { matter: broadcast, disclose: 'all' })
    expect(all.report.failures).toEqual([])
    const [path] = telemetryIn(all)
    const events = linesOf(all, path!).map(
      (line) => JSON.parse(line) as { event: { type: string } },
    )
    expect(events.map(({ event }) => event.type)).toEqual(['live.viewer.joined', 'live.like.sent'])
    for (const edit of [
      (t: string) => t.replace('"count":3', '"count":4'),
      (t: string) => t.replace(/\n.*/, ''),
      (t: string) => `${t}${t}`,
      (t: string) => t.replace('{', '{ '),
    ]) {
      const changed = mended(new Map([...all.files, [path!, utf8(edit(text(all, path!)))]]))
      const { failures } = await verifyBundle(filesInMemory(changed), { remakeClip })
      expect(failures.map(({ file, code }) => `${code} ${file}`)).toEqual([
        `bad-telemetry ${path!}`,
      ])
    }
  })
})

describe('a clip', () => {
  it('says which version made it, and it is the one that is installed', () => {
    const { dependencies } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { dependencies: Record<string, string> }
    expect(REMUXER).toBe(`mediabunny ${dependencies['mediabunny']}`)
  })

  it('is none where there is no video', async () => {
    expect(await remuxedClip([{ path: 'a.ts', bytes: new Uint8Array(188 * 7) }])).toBeNull()
  })
})

describe('tools that are not ours', () => {
  const hasTools = ['openssl', 'sha256sum'].every(
    (tool) => spawnSync(tool, ['--help']).error === undefined,
  )

  it.skipIf(!hasTools)(
    'agree: sha256sum -c and openssl ts -verify, as README.txt says',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'assay-bag-'))
      const bag = join(folder, 'bag')
      const run = (tool: string, args: readonly string[], cwd = folder) =>
        execFileSync(tool, args, { cwd, stdio: 'pipe' }).toString()
      try {
        writeFileSync(join(folder, 'ext'), 'extendedKeyUsage=critical,timeStamping\n')
        writeFileSync(join(folder, 'serial'), '01\n')
        const tsa =
          '[tsa]\ndefault_tsa=one\n[one]\nserial=serial\ndefault_policy=1.2.3\ndigests=sha256\n'
        writeFileSync(join(folder, 'cnf'), tsa)
        const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
        run('openssl', [
          'req',
          '-x509',
          ...curve,
          '-keyout',
          'ca.key',
          '-out',
          'ca.pem',
          '-subj',
          '/CN=CA',
        ])
        run('openssl', ['req', ...curve, '-keyout', 'tsa.key', '-out', 'csr', '-subj', '/CN=TSA'])
        const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'ext']
        run('openssl', ['x509', '-req', '-in', 'csr', ...signing, '-out', 'tsa.pem'])
        const token = async (data: Uint8Array) => {
          writeFileSync(join(folder, 'data'), data)
          run('openssl', ['ts', '-query', '-data', 'data', '-sha256', '-cert', '-out', 'q'])
          const who = ['-signer', 'tsa.pem', '-inkey', 'tsa.key', '-sha256']
          run('openssl', ['ts', '-reply', '-config', 'cnf', '-queryfile', 'q', ...who, '-out', 'r'])
          return new Uint8Array(readFileSync(join(folder, 'r')))
        }
        const authorities = readFileSync(join(folder, 'ca.pem'), 'utf8')
        const { files, report } = await makeBundle(await story({ seconds: 12 }), {
          stamp: { token, authorities },
        })
        expect(report.failures).toEqual([])
        expect(report.timestamps.map(({ file }) => file)).toEqual([
          'proofs/checkpoint',
          'tagmanifest-sha256.txt',
        ])
        const place = folderPlace(bag)
        for (const [path, bytes] of files) await place.write(path, bytes)
        expect((await folderFiles(bag)).paths).toEqual(new Set(files.keys()))
        const readme = readFileSync(join(bag, 'README.txt'), 'utf8')
        const commands = readme.split('\n').flatMap((line) => {
          const found = /^ {2}((?:sha256sum|openssl) .+)$/.exec(line)
          return found === null ? [] : [found[1]!]
        })
        // Once in each language.
        expect(new Set(commands).size).toBe(3)
        for (const command of new Set(commands)) {
          const answer = run('sh', ['-c', command], bag)
          expect(answer, command).toMatch(/OK/)
          expect(answer, command).not.toMatch(/FAILED/)
        }
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})
afterAll(() => vi.useRealTimers())
