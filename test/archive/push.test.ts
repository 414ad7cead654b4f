/** Pieces pushed over HTTP. */
import { describe, expect, it } from 'vitest'
import { pushHandler } from '../../src/archive/push.ts'
import { readSegment } from '../../src/archive/segments.ts'
import { sha256Hex } from '../../src/archive/sha256.ts'
import { box, ts } from './media.ts'
import { memoryStores, openArchive } from './lib.ts'

const START = '2026-03-01T20:00:00.000+08:00'
const digest = (bytes: Uint8Array) =>
  `sha-256=:${Buffer.from(sha256Hex(bytes), 'hex').toString('base64')}:`

const opened = async () => {
  const { archive } = await openArchive(memoryStores(), { now: 0 })
  const handle = pushHandler({ archive, token: 'sesame', maxBytes: 1000 })
  const push = async (
    path: string,
    body: Uint8Array<ArrayBuffer> | string,
    headers: Record<string, string> = {},
  ) => {
    const response = await handle(
      new Request(`http://assay.example/segments/${path}`, {
        method: 'PUT',
        body,
        headers: {
          authorization: 'Bearer sesame',
          'assay-duration-ms': '4000',
          'assay-starts-at': START,
          ...headers,
        },
      }),
    )
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  return { archive, push, handle }
}

describe('a pushed piece', () => {
  it('is stored, logged and answered with its place', async () => {
    const { archive, push } = await opened()
    const answer = await push('b1/0', ts(1))
    expect(answer).toEqual({
      status: 201,
      body: {
        code: 'stored',
        sequence: 0,
        index: 0,
        sha256: sha256Hex(ts(1)),
        uri: `segments/${sha256Hex(ts(1)).slice(0, 2)}/${sha256Hex(ts(1))}`,
      },
    })
    expect(await readSegment(archive.parts.segments, sha256Hex(ts(1)))).toEqual(ts(1))
    expect(archive.facts.broadcasts.get('b1')!.segments.get(0)).toMatchObject({
      durationMs: 4000,
      bytes: ts(1).length,
      startsAtMs: Date.parse(START),
    })
  })

  it('may come again, but no other in its place, and none may be left out', async () => {
    const { push } = await opened()
    await push('b1/0', ts(1))
    expect(await push('b1/0', ts(1))).toMatchObject({ status: 200, body: { sequence: 0 } })
    expect(await push('b1/0', ts(2))).toEqual({ status: 409, body: { code: 'sequence', next: 1 } })
    expect(await push('b1/2', ts(2))).toEqual({ status: 409, body: { code: 'sequence', next: 1 } })
    expect(await push('b2/0', ts(2))).toMatchObject({ status: 201 })
  })

  it('gets one number when two senders push at once', async () => {
    const { push } = await opened()
    const answers = await Promise.all([
      push('b1/0', ts(1)),
      push('b1/0', ts(2)),
      push('b1/1', ts(3)),
    ])
    expect(answers.map(({ status }) => status)).toEqual([201, 409, 201])
  })

  it('names the initialisation section that was pushed before it', async () => {
    const { archive, push } = await opened()
    const init = box('ftyp', new Uint8Array([1]))
    const { body } = await push('b1/init', init)
    const headers = { 'assay-init': body['sha256'] as string }
    expect(await push('b1/0', box('moof', new Uint8Array([2])), headers)).toMatchObject({
      status: 201,
    })
    expect(archive.facts.broadcasts.get('b1')!.segments.get(0)!.init).toBe(sha256Hex(init))
    const unknown = { 'assay-init': 'f'.repeat(64) }
    expect(await push('b1/1', ts(1), unknown)).toMatchObject({ status: 400 })
  })

  it('is refused when its bytes are not those of its digest', async () => {
    const { push } = await opened()
    expect(await push('b1/0', ts(1), { 'content-digest': digest(ts(2)) })).toMatchObject({
      status: 400,
      body: { code: 'content-digest' },
    })
    expect(await push('b1/0', ts(1), { 'content-digest': digest(ts(1)) })).toMatchObject({
      status: 201,
    })
  })

  it.each([
    ['no token', 'b1/0', ts(1), { authorization: '' }, 401],
    ['another token', 'b1/0', ts(1), { authorization: 'Bearer Sesame' }, 401],
    ['too many bytes', 'b1/0', ts(1, 6), {}, 413],
    ['no bytes', 'b1/0', '', {}, 400],
    ['no number', 'b1/x', ts(1), {}, 400],
    ['a number with a zero before it', 'b1/00', ts(1), {}, 400],
    ['no time', 'b1/0', ts(1), { 'assay-starts-at': 'tonight' }, 400],
    ['a day in one piece', 'b1/0', ts(1), { 'assay-duration-ms': '86400000' }, 400],
  ] as const)(
    'is refused with %s, and nothing is logged',
    async (_, path, body, headers, status) => {
      const { archive, push } = await opened()
      expect(await push(path, body, headers)).toMatchObject({ status })
      expect(archive.facts.broadcasts.size).toBe(0)
    },
  )

  it('is not taken by another method', async () => {
    const { handle } = await opened()
    const request = new Request('http://assay.example/segments/b1/0', {
      headers: { authorization: 'Bearer sesame' },
    })
    expect((await handle(request)).status).toBe(405)
  })
})
