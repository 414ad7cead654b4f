/** Bodies of every kind, and bodies made to do harm. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { announced, readBody, type BodyLimits } from '../../src/http/ingest-body.ts'
import { HttpProblem } from '../../src/http/problem.ts'

const LIMITS: BodyLimits = { wireBytes: 10_000, expandedBytes: 100_000, withinMs: 200 }

const stream = async function* (...chunks: (Uint8Array | string)[]) {
  for (const chunk of chunks)
    yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk
  await Promise.resolve()
}

const read = async (
  headers: Record<string, string>,
  body: AsyncIterable<Uint8Array>,
  limits = LIMITS,
) => {
  const values: unknown[] = []
  const refused: string[] = []
  const taker = {
    value: (value: unknown) => void values.push(value),
    refuse: ({ code }: { code: string }) => void refused.push(code),
  }
  await readBody(body, announced(new Headers(headers)), taker, limits)
  return { values, refused }
}

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof HttpProblem ? error.code : String(error)),
  )

const NDJSON = { 'content-type': 'application/x-ndjson' }
const BATCH = { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' }

const trickle = async function* () {
  for (let i = 0; i < 1000; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    yield new TextEncoder().encode(' ')
  }
}

const ask = (headers: Record<string, string>) => {
  try {
    return announced(new Headers(headers)).type
  } catch (error) {
    return error instanceof HttpProblem ? [error.code, error.headers] : error
  }
}

describe('a body', () => {
  it('is read as lines, however it was cut into pieces', async () => {
    expect((await read(NDJSON, stream('{"a":1}\n{"a"', ':2}\n{"a":3}'))).values).toEqual([
      { a: 1 },
      { a: 2 },
      { a: 3 },
    ])
  })

  it('is read as a batch, and as one event', async () => {
    expect((await read(BATCH, stream('[{"a":1},', '{"a":2}]'))).values).toEqual([
      { a: 1 },
      { a: 2 },
    ])
    const one = { 'content-type': 'application/cloudevents+json' }
    expect((await read(one, stream('{"a":1}'))).values).toEqual([{ a: 1 }])
  })

  it('is decompressed where it says so', async () => {
    const body = gzipSync('{"a":1}\n{"a":2}\n')
    const { values } = await read({ ...NDJSON, 'content-encoding': 'gzip' }, stream(body))
    expect(values).toEqual([{ a: 1 }, { a: 2 }])
  })

  it('of lines keeps the good ones where some are none, malformed UTF-8 included', async () => {
    const { values, refused } = await read(
      NDJSON,
      stream('{"a":1}\nnonsense\n', new Uint8Array([0x7b, 0xff, 0x7d, 0x0a]), '{"a":2}\n'),
    )
    expect(values).toEqual([{ a: 1 }, { a: 2 }])
    expect(refused.length).toBe(2)
  })

  it('is refused whole where it is larger than allowed, on the wire or expanded', async () => {
    expect(await codeOf(read(NDJSON, stream('x'.repeat(10_001))))).toBe('too-large')
    const bomb = gzipSync(`${' '.repeat(200_000)}\n`)
    expect(bomb.length).toBeLessThan(10_000)
    const zipped = { ...NDJSON, 'content-encoding': 'gzip' }
    expect(await codeOf(read(zipped, stream(bomb)))).toBe('too-large')
  })

  it('is refused where the archive breaks off or is none', async () => {
    const zipped = { ...NDJSON, 'content-encoding': 'gzip' }
    const whole = gzipSync('{"a":1}\n'.repeat(1000))
    expect(await codeOf(read(zipped, stream(whole.subarray(0, 20))))).toBe('broken-archive')
    expect(await codeOf(read(zipped, stream('{"a":1}\n')))).toBe('broken-archive')
  })

  it('is refused where it is no JSON, no array, or not UTF-8', async () => {
    expect(await codeOf(read(BATCH, stream('[1,')))).toBe('not-json')
    expect(await codeOf(read(BATCH, stream('{}')))).toBe('bad-request')
    expect(await codeOf(read(BATCH, stream(new Uint8Array([0x22, 0xff, 0x22]))))).toBe('not-json')
  })

  it('that trickles is cut off', async () => {
    expect(await codeOf(read(NDJSON, trickle()))).toBe('timeout')
  })

  it('of another type or encoding is refused, with what would be taken', () => {
    expect(ask({ 'content-type': 'text/html' })).toMatchObject(['wrong-type', {}])
    expect(ask({ ...NDJSON, 'content-encoding': 'br' })).toEqual([
      'wrong-encoding',
      { 'accept-encoding': 'gzip, zstd' },
    ])
  })
})
