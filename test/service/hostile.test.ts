/**
 * Everything that a careless or hostile producer may send. Each is answered or cut off, and leaves
 * the service answering everybody else, with nothing under way and nothing unforeseen in its log.
 */
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { joined, lines, newHarness, raw, untilEnd, type Harness } from './harness.ts'

const NOW = Date.now()
const MIB = 1 << 20

let door: Harness
let mine: { authorization: string }
beforeAll(async () => {
  door = await newHarness({
    body: { withinMs: 3_000 },
    listen: { headersMs: 600, requestMs: 6_000 },
    ingest: { bytes: 24 * MIB, sourceBytes: 6 * MIB },
  })
  mine = await door.producer('/mine')
})
afterAll(() => door.close(), 60_000)

afterEach(async () => {
  expect(await door.isAlive()).toBe(true)
  await expect.poll(() => door.service.ingest.underWay).toBe(0)
  expect(door.failures).toEqual([])
})

const head = (more: string) =>
  `POST /v1/events HTTP/1.1\r\nhost: x\r\nauthorization: ${mine.authorization}\r\n` +
  `content-type: application/x-ndjson\r\n${more}\r\n`

describe('a body', () => {
  it('of 100 MB is refused before it is read to the end, and costs no memory', async () => {
    const before = process.memoryUsage().rss
    const socket = await raw(door.port, head(`content-length: ${100 * MIB}\r\n`))
    const answer = untilEnd(socket)
    const piece = Buffer.alloc(MIB, 0x20)
    let sent = 0
    for (; sent < 100 && socket.writable; sent += 1)
      // Calls back when it is on the wire, and when it never will be.
      await new Promise<void>((resolve) => {
        socket.write(piece, () => resolve())
      })
    expect(await answer).toContain('"code":"too-large"')
    expect(sent).toBeLessThan(100)
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * MIB)
  })

  it('that expands to 100 MB is cut off at its bound', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * MIB, 0x20))
    expect(bomb.length).toBeLessThan(MIB)
    const before = process.memoryUsage().rss
    const { status, body } = await door.post(mine, bomb, { 'content-encoding': 'gzip' })
    expect([status, body['code']]).toEqual([413, 'too-large'])
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * MIB)
  })

  it('of malformed UTF-8 loses its bad lines only', async () => {
    const good = JSON.stringify(joined('/mine', 'utf8-1', NOW))
    const bad = Buffer.concat([
      Buffer.from('{"id":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}'),
    ])
    const { body } = await door.post(mine, Buffer.concat([Buffer.from(`${good}\n`), bad]))
    expect(body).toMatchObject({ accepted: 1, refusedCount: 1 })
    expect((body['refused'] as unknown[])[0]).toMatchObject({ index: 1, code: 'wrong-encoding' })
  })

  it.each([
    ['application/x-ndjson', 200, { accepted: 0, refusedCount: 1 }],
    ['application/cloudevents+json', 200, { accepted: 0, refusedCount: 1 }],
  ])('of JSON nested 100,000 deep is refused: %s', async (type, status, expected) => {
    const deep = `{"data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    const answer = await door.post(mine, deep, { 'content-type': type })
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject(expected)
  })

  it('with keys of prototypes is data, and changes no object', async () => {
    const event = joined('/mine', 'proto-1', NOW)
    const text = JSON.stringify(event)
    const hostile = [
      text.replace('"data":{', '"data":{"__proto__":{"polluted":1},'),
      text.replace('{', '{"__proto__":{"polluted":1},'),
      text.replace('"data":{', '"data":{"constructor":{"prototype":{"polluted":1}},'),
      text.replace(/"type":"[^"]*"/, '"type":"__proto__"'),
      text.replace(/"type":"[^"]*"/, '"type":"constructor"'),
      text.replace('"proto-1"', '"__proto__"').replace(event.id, 'proto-id'),
    ].join('\n')
    const { status, body } = await door.post(mine, hostile)
    expect(status).toBe(200)
    expect((body['accepted'] as number) + (body['repeats'] as number)).toBeGreaterThan(0)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    await door.service.rooms.settle()
  })

  it('of somebody else’s events is refused event by event', async () => {
    const { body } = await door.post(
      mine,
      lines([
        joined('/theirs', 'b-1', NOW),
        joined('/mine', 'b-1', NOW),
        joined('/min', 'b-1', NOW),
      ]),
    )
    expect(body).toMatchObject({ accepted: 1, refusedCount: 2 })
    const codes = (body['refused'] as { code: string; index: number }[]).map((one) => [
      one.index,
      one.code,
    ])
    expect(codes).toEqual([
      [0, 'wrong-source'],
      [2, 'wrong-source'],
    ])
  })
})

describe('a slow client', () => {
  it('whose headers trickle is cut off', async () => {
    const socket = await raw(door.port, 'GET /health HTTP/1.1\r\n')
    const timer = setInterval(() => socket.write('x: y\r\n'), 100)
    const answer = await untilEnd(socket)
    clearInterval(timer)
    expect(answer).toContain('408')
    expect(answer).toContain('"code":"timeout"')
  })

  it('whose body trickles is cut off, and others are served meanwhile', async () => {
    const socket = await raw(door.port, head('content-length: 1000\r\n'))
    const timer = setInterval(() => socket.write(' '), 100)
    const answer = untilEnd(socket)
    const { body } = await door.post(mine, lines([joined('/mine', 'slow-1', NOW)]))
    expect(body['accepted']).toBe(1)
    expect(await answer).toContain('"code":"timeout"')
    clearInterval(timer)
  })

  it('that sends no HTTP gets a problem all the same', async () => {
    const socket = await raw(door.port, '\u0016\u0003\u0001nonsense\r\n\r\n')
    expect(await untilEnd(socket)).toContain('"code":"bad-request"')
    const long = await raw(door.port, `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)
    expect(await untilEnd(long)).toContain('"code":"headers-too-large"')
  })
})

describe('a flood', () => {
  it('of one source is held back, and another source goes on', async () => {
    const theirs = await door.producer('/theirs')
    const flood = lines(Array.from({ length: 10_000 }, () => joined('/theirs', 'flooded', NOW)))
    expect(flood.length).toBeGreaterThan(MIB)
    const sent = Array.from({ length: 12 }, () => door.post(theirs, flood))
    for (let i = 0; i < 5; i += 1) {
      const { status } = await door.post(mine, lines([joined('/mine', 'calm', NOW)]))
      expect(status).toBe(200)
    }
    const answers = await Promise.all(sent)
    const statuses = new Set(answers.map(({ status }) => status))
    expect(statuses).toEqual(new Set([200, 429]))
    for (const { status, headers, body } of answers)
      if (status === 429) {
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
        expect(body['code']).toBe('busy')
      }
  })

  it('of repeats changes nothing: 100,000 of a thousand events', async () => {
    const some = lines(Array.from({ length: 1_000 }, () => joined('/mine', 'repeated', NOW)))
    const leaves = () => door.service.archive.logged.size
    expect((await door.post(mine, some)).body).toMatchObject({ accepted: 1_000, repeats: 0 })
    const before = leaves()
    for (let i = 0; i < 100; i += 1)
      expect((await door.post(mine, some)).body).toMatchObject({ accepted: 0, repeats: 1_000 })
    expect(leaves()).toBe(before)
  })

  it('of 2,000 rooms with one viewer each is taken and judged', async () => {
    const some = lines(Array.from({ length: 2_000 }, (_, n) => joined('/mine', `tiny-${n}`, NOW)))
    expect((await door.post(mine, some)).body).toMatchObject({ accepted: 2_000 })
    await door.service.rooms.settle()
    await expect
      .poll(() => door.service.desk.figures('tiny-1999')?.figures.viewers.observed)
      .toBe(1)
  })
})

describe('a producer’s clock', () => {
  it('that is hours off harms no other room, and its own events count', async () => {
    const skews = [-5 * 3_600_000, 0, 7 * 3_600_000]
    const some = skews.flatMap((skew, n) =>
      Array.from({ length: 20 }, (_, i) => joined('/mine', `skewed-${n}`, NOW + skew + i * 1000)),
    )
    expect((await door.post(mine, lines(some))).body).toMatchObject({ accepted: 60 })
    await door.service.rooms.settle()
    for (const n of [0, 1, 2])
      await expect
        .poll(() => door.service.desk.figures(`skewed-${n}`)?.figures.viewers.observed)
        .toBe(20)
  })

  it('of the year 9999 or 1970 is refused or set apart, never believed for the room', async () => {
    const calm = Array.from({ length: 50 }, (_, i) => joined('/mine', 'clock-1', NOW + i * 1000))
    const absurd = [
      joined('/mine', 'clock-1', Date.parse('9999-12-31T23:59:59Z')),
      joined('/mine', 'clock-1', 0),
    ]
    const { status } = await door.post(mine, lines([...calm, ...absurd]))
    expect(status).toBe(200)
    await door.service.rooms.settle()
    await expect.poll(() => door.service.desk.figures('clock-1')?.figures.viewers.observed).toBe(50)
  })
})
