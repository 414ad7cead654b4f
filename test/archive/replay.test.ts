/** Playing back what was recorded: the folder is one that any player opens. */
import HLS from 'hls-parser'
import { describe, expect, it } from 'vitest'
import { recordFollowed } from '../../src/archive/follow-recording.ts'
import { Recordings } from '../../src/archive/recordings.ts'
import { followHls } from '../../src/archive/hls.ts'
import { folderSource } from '../../src/archive/source.ts'
import { piecesBetween, writeReplay } from '../../src/archive/replay.ts'
import { segmentPath } from '../../src/archive/segments.ts'
import { sha256Hex } from '../../src/archive/sha256.ts'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { box, sourceOf, told, ts } from './media.ts'
import { memoryStores, openArchive } from './lib.ts'

const START = Date.parse('2026-03-01T12:00:00.000Z')
const FMP4 = [
  '#EXTM3U',
  '#EXT-X-VERSION:7',
  '#EXT-X-TARGETDURATION:4',
  '#EXT-X-MAP:URI="init.mp4"',
  '#EXT-X-PROGRAM-DATE-TIME:2026-03-01T12:00:00.000Z',
  '#EXTINF:4,',
  'a.m4s',
  '#EXT-X-GAP',
  '#EXTINF:4,',
  'b.m4s',
  '#EXTINF:3.5,',
  'c.m4s',
  '#EXT-X-ENDLIST',
].join('\n')
const INIT = box('ftyp', new Uint8Array([1]))
const [A, C] = [box('moof', new Uint8Array([2])), box('moof', new Uint8Array([3]))]

const sleep = async () => {}

/** Two pieces of four seconds from number `first`, the first at second `at`. */
const window = (first: number, at: string) =>
  [
    '#EXTM3U',
    '#EXT-X-VERSION:3',
    '#EXT-X-TARGETDURATION:4',
    `#EXT-X-MEDIA-SEQUENCE:${first}`,
    `#EXT-X-PROGRAM-DATE-TIME:2026-03-01T12:00:${at}.000Z`,
    ...[first, first + 1].flatMap((n) => ['#EXTINF:4,', `s${n}.ts`]),
    '#EXT-X-ENDLIST',
  ].join('\n')

const recorded = async () => {
  const { archive } = await openArchive(memoryStores(), { now: START })
  const files = new Map<string, Uint8Array<ArrayBuffer> | string>([
    ['live', FMP4],
    ['init.mp4', INIT],
    ['a.m4s', A],
    ['c.m4s', C],
  ])
  const followed = followHls({
    source: sourceOf(files),
    address: 'live',
    now: () => START,
    sleep,
  })
  const counts = await recordFollowed(new Recordings(archive), 'b1', followed)
  return { archive, counts, segments: archive.facts.broadcasts.get('b1')!.segments }
}

const replayed = async (
  archive: Awaited<ReturnType<typeof recorded>>['archive'],
  segments: Parameters<typeof writeReplay>[1],
) => {
  const files = new Map<string, Uint8Array>()
  const replay = await writeReplay(archive.parts.segments, segments, async ({ name, bytes }) => {
    files.set(name, bytes)
  })
  return { ...replay, files }
}

describe('a replay', () => {
  it('gives the bytes back as they came, with their times, and shows the seam of a gap', async () => {
    const { archive, counts, segments } = await recorded()
    expect(counts).toEqual({ pieces: 2, disturbances: 1 })
    const { playlist, files, missing } = await replayed(archive, piecesBetween(segments.values()))
    expect(missing).toEqual([])
    expect([...files.keys()]).toEqual(['init-0.mp4', '000000.m4s', '000001.m4s', 'index.m3u8'])
    expect(files.get('init-0.mp4')).toEqual(INIT)
    expect(files.get('000001.m4s')).toEqual(C)
    HLS.setOptions({ strictMode: true })
    const parsed = HLS.parse(playlist) as HLS.types.MediaPlaylist
    HLS.setOptions({ strictMode: false })
    expect(parsed.endlist).toBe(true)
    expect(
      parsed.segments.map(({ uri, duration, discontinuity, programDateTime, map }) => ({
        uri,
        duration,
        discontinuity: discontinuity === true,
        at: programDateTime?.getTime(),
        map: map.uri,
      })),
    ).toEqual([
      { uri: '000000.m4s', duration: 4, discontinuity: false, at: START, map: 'init-0.mp4' },
      {
        uri: '000001.m4s',
        duration: 3.5,
        discontinuity: true,
        at: START + 8000,
        map: 'init-0.mp4',
      },
    ])
  })

  it('can be recorded again from its own folder, piece for piece', async () => {
    const { archive, segments } = await recorded()
    const { files } = await replayed(archive, piecesBetween(segments.values()))
    const dir = await mkdtemp(join(tmpdir(), 'assay-replay-'))
    for (const [name, bytes] of files) await writeFile(join(dir, name), bytes)
    const address = join(dir, 'index.m3u8')
    const again: string[] = []
    const digests: string[] = []
    const following = followHls({ source: folderSource(address), address, now: () => 0, sleep })
    for await (const what of following) {
      again.push(told(what))
      if (what.kind === 'piece') digests.push(sha256Hex(what.bytes))
    }
    await rm(dir, { recursive: true })
    expect(again).toEqual([`piece 0 @${START}`, 'discontinuity', `piece 1 @${START + 8000} seam`])
    expect(digests).toEqual([sha256Hex(A), sha256Hex(C)])
  })

  it('leaves a gap where a piece is gone or was changed, and says which', async () => {
    const { archive, segments } = await recorded()
    const store = archive.parts.segments
    await store.write(new Map([[segmentPath(sha256Hex(A)), ts(9)]]))
    const changed = await replayed(archive, piecesBetween(segments.values()))
    expect(changed.missing).toEqual([0])
    expect(changed.playlist).toContain('#EXT-X-GAP\n#EXTINF:4.000,\n000000.m4s')
    await store.remove([segmentPath(sha256Hex(INIT))])
    expect((await replayed(archive, piecesBetween(segments.values()))).missing).toEqual([0, 1])
  })

  it('goes on where an earlier recorder stopped, without repeating it, and says what is missing', async () => {
    const { archive } = await openArchive(memoryStores(), { now: START })
    const files = new Map<string, Uint8Array<ArrayBuffer> | string>(
      Array.from({ length: 7 }, (_, i) => [`s${i}.ts`, ts(i)]),
    )
    const record = (text: string) => {
      files.set('live', text)
      const source = sourceOf(files)
      const followed = followHls({ source, address: 'live', now: () => START, sleep })
      return recordFollowed(new Recordings(archive), 'b1', followed)
    }
    expect(await record(window(0, '00'))).toEqual({ pieces: 2, disturbances: 0 })
    expect(await record(window(1, '04'))).toEqual({ pieces: 1, disturbances: 0 })
    expect(await record(window(5, '20'))).toEqual({ pieces: 2, disturbances: 1 })
    const { segments, disturbances } = archive.facts.broadcasts.get('b1')!
    expect(
      [...segments.values()].map(({ sequence, sourceSequence }) => [sequence, sourceSequence]),
    ).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 5],
      [4, 6],
    ])
    // The third piece ended at second 12, the next began at 20.
    expect(
      disturbances.map(({ data }) => [data.kind, data.durationMs, data.beforeSequence]),
    ).toEqual([['jump', 8000, 3]])
  })

  it('can be of a moment', async () => {
    const { segments } = await recorded()
    const between = (from: number, until: number) =>
      piecesBetween(segments.values(), START + from, START + until).map(({ sequence }) => sequence)
    expect(between(0, 1)).toEqual([0])
    expect(between(4000, 8000)).toEqual([])
    expect(between(3999, 8001)).toEqual([0, 1])
  })
})
