/** Following a playlist through everything that a live source does to it (RFC 8216). */
import { describe, expect, it } from 'vitest'
import { followHls, type Followed, type FollowOptions } from '../../src/archive/hls.ts'
import { parsePlaylist, PlaylistError } from '../../src/archive/playlist.ts'
import { box, sourceOf, told, ts } from './media.ts'

const START = Date.parse('2026-03-01T12:00:00.000Z')
const PDT = '#EXT-X-PROGRAM-DATE-TIME:2026-03-01T12:00:00.000Z'

type Files = Map<string, Uint8Array<ArrayBuffer> | string | null>

/** A playlist of pieces of four seconds; extra lines stand before the piece of their number. */
const playlist = (
  first: number,
  names: readonly string[],
  extra: Readonly<Record<number, string>> = {},
  end = false,
) =>
  [
    '#EXTM3U',
    '#EXT-X-VERSION:8',
    '#EXT-X-TARGETDURATION:4',
    `#EXT-X-MEDIA-SEQUENCE:${first}`,
    ...names.flatMap((name, i) => [
      ...(extra[first + i] === undefined ? [] : [extra[first + i]!]),
      '#EXTINF:4.000,',
      name,
    ]),
    ...(end ? ['#EXT-X-ENDLIST'] : []),
  ].join('\n')

const named = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => `s${first + i}.ts`)

/**
 * Follows `/live.m3u8` while `steps` change it: each is run when the follower has slept once more.
 * A clock that only sleeping moves.
 */
const follow = async (
  files: Files,
  steps: readonly (() => void)[] = [],
  options: Partial<FollowOptions> = {},
) => {
  const source = sourceOf(files)
  const clock = { now: START }
  let slept = 0
  const heard: Followed[] = []
  const following = followHls({
    source,
    address: '/live.m3u8',
    now: () => clock.now,
    sleep: async (ms) => {
      clock.now += ms
      steps[slept]?.()
      slept += 1
    },
    ...options,
  })
  for await (const what of following) heard.push(what)
  return { heard, told: heard.map(told), reads: source.reads }
}

/** Every piece that any test names, each with bytes of its own. */
const pieces = (count: number): Files =>
  new Map(Array.from({ length: count }, (_, i) => [`s${i}.ts`, ts(i)]))

const wait = () => {}

describe('following a playlist', () => {
  it('takes each piece once, with its programme time, while the window moves', async () => {
    const files = pieces(10).set('/live.m3u8', playlist(0, named(0, 3), { 0: PDT }))
    const { told, heard } = await follow(files, [
      () => files.set('/live.m3u8', playlist(1, named(1, 3))),
      () => files.set('/live.m3u8', playlist(3, named(3, 2), {}, true)),
    ])
    expect(told).toEqual(
      [0, 1, 2, 3, 4].map((sequence) => `piece ${sequence} @${START + sequence * 4000}`),
    )
    const [, second] = heard
    expect(second).toMatchObject({ kind: 'piece', bytes: ts(1), init: null, durationMs: 4000 })
  })

  it('reckons the time of day where the source gives none, and says so', async () => {
    const files = pieces(2).set('/live.m3u8', playlist(0, named(0, 2), {}, true))
    const { heard } = await follow(files)
    // Two pieces of four seconds lie behind the moment at which they were seen.
    expect(heard).toMatchObject([
      { startsAt: START - 8000, isReckoned: true },
      { startsAt: START - 4000, isReckoned: true },
    ])
  })

  it('records a gap that the source declares, and a seam', async () => {
    const files = pieces(4).set(
      '/live.m3u8',
      playlist(0, named(0, 4), { 0: PDT, 1: '#EXT-X-GAP', 3: '#EXT-X-DISCONTINUITY' }, true),
    )
    expect((await follow(files)).told).toEqual([
      `piece 0 @${START}`,
      'gap 1 4000ms',
      `piece 2 @${START + 8000} seam`,
      'discontinuity',
      `piece 3 @${START + 12_000} seam`,
    ])
  })

  it('records numbers that jump ahead, by the clock of the source where it has one', async () => {
    const files = pieces(12).set('/live.m3u8', playlist(0, named(0, 2), { 0: PDT }))
    const later = '#EXT-X-PROGRAM-DATE-TIME:2026-03-01T12:00:30.000Z'
    const withClock = await follow(files, [
      () => files.set('/live.m3u8', playlist(7, named(7, 1), { 7: later }, true)),
    ])
    expect(withClock.told.slice(2)).toEqual(['jump 5 22000ms', `piece 7 @${START + 30_000} seam`])
    files.set('/live.m3u8', playlist(0, named(0, 2), { 0: PDT }))
    const without = await follow(files, [
      () => files.set('/live.m3u8', playlist(7, named(7, 1), {}, true)),
    ])
    expect(without.told.slice(2)).toEqual(['jump 5 20000ms', `piece 7 @${START + 28_000} seam`])
  })

  it('records a source that begins to count again, and goes on with it', async () => {
    const files = pieces(12).set('/live.m3u8', playlist(5, named(5, 3), { 5: PDT }))
    files.set('new0.ts', ts(90)).set('new1.ts', ts(91))
    const again = '#EXT-X-PROGRAM-DATE-TIME:2026-03-01T12:05:00.000Z'
    const { told } = await follow(files, [
      () => files.set('/live.m3u8', playlist(0, ['new0.ts', 'new1.ts'], { 0: again }, true)),
    ])
    expect(told.slice(3)).toEqual([
      'restart',
      `piece 0 @${START + 300_000} seam`,
      `piece 1 @${START + 304_000}`,
    ])
  })

  it('is not led astray by an old copy of the playlist out of a cache', async () => {
    const files = pieces(12).set('/live.m3u8', playlist(2, named(2, 4), { 2: PDT }))
    const { told } = await follow(files, [
      () => files.set('/live.m3u8', playlist(1, named(1, 3))),
      () => files.set('/live.m3u8', playlist(5, named(5, 2), {}, true)),
    ])
    expect(told).toEqual([2, 3, 4, 5, 6].map((n) => `piece ${n} @${START + (n - 2) * 4000}`))
  })

  it('records a piece that cannot be had after three attempts, and takes the next', async () => {
    const files = pieces(3).set('/live.m3u8', playlist(0, named(0, 3), { 0: PDT }, true))
    files.set('s1.ts', null)
    const { told, reads } = await follow(files)
    expect(told).toEqual([
      `piece 0 @${START}`,
      'unreadable 1 4000ms',
      `piece 2 @${START + 8000} seam`,
    ])
    expect(reads.filter((address) => address === 's1.ts')).toHaveLength(3)
  })

  it('records a source that dies and returns, with the time that it was away', async () => {
    const files = pieces(12).set('/live.m3u8', playlist(0, named(0, 2), { 0: PDT }))
    const die = () => files.set('/live.m3u8', null)
    const back = () => files.set('/live.m3u8', playlist(6, named(6, 1), {}, true))
    const { told } = await follow(files, [die, wait, wait, wait, wait, wait, wait, back])
    // One sleep of four seconds and seven of two: eighteen seconds without a piece.
    expect(told.slice(2)).toEqual([
      'source-lost',
      'source-returned 18000ms',
      'jump 4 16000ms',
      `piece 6 @${START + 24_000} seam`,
    ])
  })

  it('takes a playlist that no longer advances for a lost source, and gives up in the end', async () => {
    const files = pieces(2).set('/live.m3u8', playlist(0, named(0, 2), { 0: PDT }))
    const { heard } = await follow(files, [], { giveUpAfterMs: 60_000 })
    expect(heard.slice(2)).toMatchObject([
      { disturbance: { kind: 'source-lost', note: 'the playlist does not advance' } },
    ])
  })

  it('says nothing of a single failed reload', async () => {
    const files = pieces(4).set('/live.m3u8', playlist(0, named(0, 2), { 0: PDT }))
    const { told } = await follow(files, [
      () => files.set('/live.m3u8', null),
      () => files.set('/live.m3u8', playlist(1, named(1, 3), {}, true)),
    ])
    expect(told).toEqual([0, 1, 2, 3].map((n) => `piece ${n} @${START + n * 4000}`))
  })

  it('takes fMP4 with its initialisation section and byte ranges', async () => {
    const init = box('ftyp', new Uint8Array([1, 2, 3]))
    const first = box('moof', new Uint8Array([4]))
    const second = box('moof', new Uint8Array([5, 6]))
    const all = new Uint8Array([...init, ...first, ...second])
    const text = [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-TARGETDURATION:4',
      `#EXT-X-MAP:URI="all.mp4",BYTERANGE="${init.length}@0"`,
      PDT,
      '#EXTINF:4,',
      `#EXT-X-BYTERANGE:${first.length}@${init.length}`,
      'all.mp4',
      '#EXTINF:4,',
      // Without an offset it goes on where the last one ended.
      `#EXT-X-BYTERANGE:${second.length}`,
      'all.mp4',
      '#EXT-X-ENDLIST',
    ].join('\n')
    const files: Files = new Map([['all.mp4', all]])
    const { heard, reads } = await follow(files.set('/live.m3u8', text))
    expect(heard).toMatchObject([
      { bytes: first, init },
      { bytes: second, init },
    ])
    expect(reads, 'the section is read once').toEqual([
      '/live.m3u8',
      'all.mp4',
      'all.mp4',
      'all.mp4',
    ])
  })

  it('reads the section again after a seam: a new stream may give it the same name', async () => {
    const text = [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-TARGETDURATION:4',
      '#EXT-X-MAP:URI="init.mp4"',
      PDT,
      '#EXTINF:4,',
      's0.ts',
      '#EXT-X-DISCONTINUITY',
      '#EXT-X-MAP:URI="init.mp4"',
      '#EXTINF:4,',
      's1.ts',
      '#EXT-X-ENDLIST',
    ].join('\n')
    const files = pieces(2).set('init.mp4', box('ftyp', new Uint8Array([1])))
    const { reads } = await follow(files.set('/live.m3u8', text))
    expect(reads.filter((address) => address === 'init.mp4')).toHaveLength(2)
  })

  it('chooses the best variant of a master playlist that has its sound in it', async () => {
    const master = [
      '#EXTM3U',
      '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="sound.m3u8"',
      '#EXT-X-STREAM-INF:BANDWIDTH=9000000,AUDIO="a",CODECS="avc1.4d401f,mp4a.40.2"',
      'silent.m3u8',
      '#EXT-X-STREAM-INF:BANDWIDTH=800000,CODECS="avc1.4d401f,mp4a.40.2"',
      'low.m3u8',
      '#EXT-X-STREAM-INF:BANDWIDTH=4000000,CODECS="avc1.4d401f,mp4a.40.2"',
      'high.m3u8',
    ].join('\n')
    const files = pieces(1).set('/live.m3u8', master)
    files.set('high.m3u8', playlist(0, named(0, 1), { 0: PDT }, true))
    expect((await follow(files)).told).toEqual([`piece 0 @${START}`])
  })

  it('records what it will not fetch: another host, an encrypted piece', async () => {
    const files = pieces(3).set(
      '/live.m3u8',
      playlist(
        0,
        ['http://169.254.169.254/x.ts', 's1.ts'],
        {
          0: PDT,
          1: '#EXT-X-KEY:METHOD=AES-128,URI="k"',
        },
        true,
      ),
    )
    const { heard, reads } = await follow(files)
    expect(heard).toMatchObject([
      {
        disturbance: { kind: 'refused', note: expect.stringContaining('was not named') as string },
      },
      { disturbance: { kind: 'refused', note: 'encrypted' } },
    ])
    expect(reads).toEqual(['/live.m3u8'])
  })

  it('takes what is there and stops, when asked to', async () => {
    const files = pieces(2).set('/live.m3u8', playlist(0, named(0, 2), { 0: PDT }))
    expect((await follow(files, [], { once: true })).told).toHaveLength(2)
  })

  it('stops when told to', async () => {
    const files = pieces(2).set('/live.m3u8', playlist(0, named(0, 2), { 0: PDT }))
    const stop = new AbortController()
    const stopping = follow(files, [() => stop.abort(new Error('stopped'))], {
      signal: stop.signal,
    })
    await expect(stopping).rejects.toThrow('stopped')
  })
})

describe('a playlist', () => {
  it('may have titles in any script', () => {
    const parsed = parsePlaylist(
      playlist(0, ['s.ts'], {}, true).replace('4.000,', '4.000,秋季厨房'),
    )
    expect(parsed).toMatchObject({ kind: 'media', pieces: [{ uri: 's.ts', durationMs: 4000 }] })
  })

  it.each([
    ['something else', '<html></html>'],
    ['no target duration', '#EXTM3U\n#EXTINF:4,\ns.ts'],
    ['an endless piece', playlist(0, ['s.ts']).replace('4.000', '1e9')],
    ['a number past all counting', playlist(0, ['s.ts']).replace('SEQUENCE:0', 'SEQUENCE:1e300')],
    ['nothing but broken attributes', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH\n'],
  ])('is refused when it is %s', (_, text) => {
    expect(() => parsePlaylist(text)).toThrow(PlaylistError)
  })
})
