/** A recording to be played: the playlist while on air and after, and whose pieces one gets. */
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { RECORDER_SOURCE } from '../../src/archive/facts.ts'
import { Recordings } from '../../src/archive/recordings.ts'
import { segmentPath } from '../../src/archive/segments.ts'
import { answerProblem, HttpProblem } from '../../src/http/problem.ts'
import { recordingRoutes } from '../../src/http/routes/recordings.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

// The first byte of MPEG-TS is 0x47, a "G".
const FIRST = bytesOf('G first')
const CHANGED = digest(bytesOf('G as it was'))
const THEIRS = bytesOf('G of another room')

const startsAtMs = Date.parse('2026-03-01T12:00:00Z')
const piece = (sequence: number, sha256: string, source = RECORDER_SOURCE) => {
  const at = startsAtMs + sequence * 6_000
  return [sequence, { sequence, sha256, source, durationMs: 6_000, startsAtMs: at }] as const
}
const broadcasts = new Map([
  ['mine', { segments: new Map([piece(1, CHANGED), piece(0, digest(FIRST))]) }],
  ['theirs', { segments: new Map([piece(0, digest(THEIRS))]) }],
  ['told', { segments: new Map([piece(0, digest(FIRST), '/platforms/a')]) }],
  ['silent', { segments: new Map() }],
])
const stored = new Map([
  [segmentPath(digest(FIRST)), FIRST],
  [segmentPath(CHANGED), bytesOf('G as somebody made it')],
  [segmentPath(digest(THEIRS)), THEIRS],
])

const appOf = (endedAt: string | null) => {
  const app = new Hono()
  const segments = { read: async (path: string) => stored.get(path) ?? null }
  const archive = { facts: { broadcasts }, parts: { segments } }
  const register = { get: () => ({ endedAt }) }
  const door = { recordings: new Recordings(archive as never), register }
  app.route('/', recordingRoutes(door as never) as never)
  app.onError((error, c) => answerProblem(c, error as HttpProblem))
  return app
}
const app = appOf(null)
const BASE = '/v1/broadcasts/mine/recording'

describe('the recording of a broadcast', () => {
  it('is a playlist in order of time, that says when each begins and stays open on air', async () => {
    const text = await (await app.request(BASE)).text()
    expect(text.split('\n')).toEqual([
      '#EXTM3U',
      '#EXT-X-VERSION:8',
      '#EXT-X-TARGETDURATION:6',
      '#EXT-X-MEDIA-SEQUENCE:0',
      '#EXT-X-PLAYLIST-TYPE:EVENT',
      '#EXT-X-PROGRAM-DATE-TIME:2026-03-01T12:00:00.000Z',
      '#EXTINF:6.000,',
      `recording/${digest(FIRST)}`,
      '#EXTINF:6.000,',
      `recording/${CHANGED}`,
      '',
    ])
  })

  it('is closed once the broadcast is over', async () => {
    const text = await (await appOf('2026-03-01T12:00:12Z').request(BASE)).text()
    expect(text).toContain('#EXT-X-PLAYLIST-TYPE:VOD')
    expect(text.endsWith('#EXT-X-ENDLIST\n')).toBe(true)
  })

  it('gives a piece as it was recorded', async () => {
    const answer = await app.request(`${BASE}/${digest(FIRST)}`)
    expect(answer.headers.get('content-type')).toBe('video/mp2t')
    expect(await answer.text()).toBe('G first')
  })

  it.each([
    ['a piece that was changed', `${BASE}/${CHANGED}`],
    ['a piece of another broadcast', `${BASE}/${digest(THEIRS)}`],
    ['what is no piece', `${BASE}/..%2F..%2Fvault`],
    ['what a producer says it keeps elsewhere', '/v1/broadcasts/told/recording'],
    ['a broadcast without a recording', '/v1/broadcasts/silent/recording'],
    ['a broadcast that nobody knows', '/v1/broadcasts/nobody/recording'],
  ])('does not give %s', async (_, path) => {
    expect((await app.request(path)).status).toBe(404)
  })
})
