/** Pieces of a recording pushed into the running service, by whoever began the broadcast. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { KeyScope } from '../../src/http/access/actor.ts'
import { box, ts } from '../archive/media.ts'
import { started } from '../archive/lib.ts'
import { lines, newHarness, type Harness } from './harness.ts'

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const hex = (bytes: Uint8Array) => digestOf(bytes).toString('hex')
const contentDigest = (bytes: Uint8Array) => `sha-256=:${digestOf(bytes).toString('base64')}:`

let harness: Harness
let mine: { authorization: string }
const SOURCE = '/platforms/a'
const AT = '2026-03-01T20:00:00.000+08:00'

beforeAll(async () => {
  harness = await newHarness()
  mine = await harness.producer(SOURCE)
}, 120_000)
afterAll(() => harness.close(), 60_000)

const begin = async (broadcast: string, source = `${SOURCE}/rooms`) => {
  const as = await harness.producer(source)
  const event = { ...started(broadcast, '2026-03-01 20:00'), source }
  expect((await harness.post(as, lines([event]))).body).toMatchObject({ accepted: 1 })
}

const put = async (
  path: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
) => {
  const answer = await fetch(`${harness.url}/v1/broadcasts/${path}`, {
    method: 'PUT',
    body,
    headers: { ...mine, 'assay-duration-ms': '4000', 'assay-starts-at': AT, ...headers },
  })
  const said = (await answer.json()) as Record<string, unknown>
  return { status: answer.status, body: said, headers: answer.headers }
}

const get = (path: string) =>
  fetch(`${harness.url}/v1/broadcasts/${path}`, { headers: { 'x-role': 'inspector' } })

describe('a piece pushed into the running service', () => {
  it('is taken as soon as its broadcast is acknowledged, and plays back as it came', async () => {
    await begin('b1')
    expect(
      await put('b1/recording/0', ts(1), { 'content-digest': contentDigest(ts(1)) }),
    ).toMatchObject({ status: 201, body: { sequence: 0, sha256: hex(ts(1)) } })
    const playlist = await (await get('b1/recording')).text()
    expect(playlist).toContain('#EXT-X-PROGRAM-DATE-TIME:2026-03-01T12:00:00.000Z')
    expect(playlist).toContain(`#EXTINF:4.000,\nrecording/${hex(ts(1))}`)
    const piece = await get(`b1/recording/${hex(ts(1))}`)
    expect(new Uint8Array(await piece.arrayBuffer())).toEqual(ts(1))
    expect(await harness.service.hasRecording('b1')).toBe(true)
  })

  it('with a section of its own is played with that section', async () => {
    await begin('b2')
    const [section, piece] = [box('ftyp', new Uint8Array([1])), box('moof', new Uint8Array([2]))]
    expect(await put('b2/recording/init', section)).toMatchObject({
      status: 201,
      body: { sha256: hex(section) },
    })
    await put('b2/recording/0', piece, { 'assay-init': hex(section) })
    expect(await (await get('b2/recording')).text()).toContain(
      `#EXT-X-MAP:URI="recording/${hex(section)}"`,
    )
    expect((await get(`b2/recording/${hex(section)}`)).headers.get('content-type')).toBe(
      'video/mp4',
    )
    expect(await put('b2/recording/1', ts(1), { 'assay-init': 'f'.repeat(64) })).toMatchObject({
      status: 400,
      body: { code: 'bad-request' },
    })
  })

  it('may come again; another in its place, or after a gap, is told which number is due', async () => {
    await begin('b3')
    await put('b3/recording/0', ts(1))
    expect(await put('b3/recording/0', ts(1))).toMatchObject({ status: 200, body: { sequence: 0 } })
    for (const number of [0, 2]) {
      const answer = await put(`b3/recording/${number}`, ts(2))
      expect(answer).toMatchObject({ status: 409, body: { code: 'wrong-number' } })
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      expect(answer.headers.get('assay-next')).toBe('1')
    }
  })

  it('is refused when its bytes are not those of its digest, and nothing of it is kept', async () => {
    await begin('b4')
    expect(
      await put('b4/recording/0', ts(1), { 'content-digest': contentDigest(ts(2)) }),
    ).toMatchObject({ status: 400, body: { code: 'wrong-digest' } })
    expect((await get('b4/recording')).status).toBe(404)
  })

  it.each([
    ['no length', { 'assay-duration-ms': '' }],
    ['a day in one piece', { 'assay-duration-ms': '86400000' }],
    ['no time', { 'assay-starts-at': 'tonight' }],
    ['a section that is no digest', { 'assay-init': '../../key' }],
  ])('is refused with %s', async (_, headers) => {
    await begin('b5')
    expect(await put('b5/recording/0', ts(1), headers as never)).toMatchObject({
      status: 400,
      body: { code: 'bad-request' },
    })
    expect((await get('b5/recording')).status).toBe(404)
  })

  it('is not found under what is no number', async () => {
    await begin('b6')
    for (const number of ['x', '00', '-1', '1e3', '9'.repeat(12)])
      expect((await put(`b6/recording/${number}`, ts(1))).status, number).toBe(404)
  })

  it('is refused from a key that may not record, or that nobody issued', async () => {
    await begin('b7')
    const scopes: KeyScope[] = ['ingest', 'read']
    const { authorization } = await harness.producer(SOURCE, scopes)
    expect(await put('b7/recording/0', ts(1), { authorization })).toMatchObject({
      status: 403,
      body: { code: 'scope-missing' },
    })
    expect(await put('b7/recording/0', ts(1), { authorization: 'Bearer assay_x_y' })).toMatchObject(
      {
        status: 401,
        body: { code: 'sign-in-needed' },
      },
    )
  })

  it('is not found in a broadcast of another source, whoever spoke of it, nor before it began', async () => {
    await begin('b8', '/platforms/b')
    // Speaking of it makes it no more one's own.
    const spoken = { ...started('b8', '2026-03-01 20:01'), source: SOURCE }
    await harness.post(mine, lines([spoken]))
    for (const path of ['b8/recording/0', 'b8/recording/init', 'b9/recording/0'])
      expect(await put(path, ts(1)), path).toMatchObject({
        status: 404,
        body: { code: 'not-found' },
      })
    const { authorization } = await harness.producer('/platforms/b')
    expect((await put('b8/recording/0', ts(1), { authorization })).status).toBe(201)
  })

  it('breaks nothing', () => {
    expect(harness.failures).toEqual([])
  })
})
