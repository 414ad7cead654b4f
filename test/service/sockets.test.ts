/** WebSockets of producers and listeners, by the same guard, and those that misbehave. */
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { joined, lines, newHarness, raw, untilEnd, type Harness } from './harness.ts'

const NOW = Date.now()
const MIB = 1 << 20

let door: Harness
let mine: { authorization: string; key: string }
beforeAll(async () => {
  door = await newHarness({
    listen: { askAgainMs: 300 },
    sockets: { beatMs: 200, mostWaiting: 64 << 10 },
    ingest: { bytes: 24 * MIB, sourceBytes: 3 * MIB },
  })
  mine = await door.producer('/mine')
})
afterAll(() => door.close(), 60_000)

/** Messages in the order in which they came, to be awaited one by one. */
const talk = (socket: WebSocket) => {
  const waiting: ((message: Record<string, unknown>) => void)[] = []
  const come: Record<string, unknown>[] = []
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Record<string, unknown>
    const next = waiting.shift()
    if (next === undefined) come.push(message)
    else next(message)
  })
  return () =>
    new Promise<Record<string, unknown>>((resolve) => {
      const message = come.shift()
      if (message === undefined) waiting.push(resolve)
      else resolve(message)
    })
}

const closed = async (socket: WebSocket): Promise<number> =>
  ((await once(socket, 'close')) as [number])[0]

const handshake = (path: string, authorization: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
  `sec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString('base64')}\r\n` +
  `authorization: ${authorization}\r\n${more}\r\n`

/** A socket of a producer that is then spoken to byte by byte. */
const bare = async (): Promise<Socket> => {
  const socket = await raw(door.port, handshake('/v1/events/socket', mine.authorization))
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(answer.toString()).toContain(' 101 ')
  return socket
}

/** The head of a masked frame (RFC 6455 §5.2) with a mask of zeros, which changes nothing. */
const frame = (opcode: number, length: number, isLast = true): Buffer => {
  const head = Buffer.alloc(14)
  head[0] = (isLast ? 0x80 : 0) | opcode
  head[1] = 0x80 | 127
  head.writeBigUInt64BE(BigInt(length), 2)
  return head
}
const TEXT = 1

describe('a socket for events', () => {
  it('answers each message in order, as HTTP would: lines, an array, and what cannot be taken', async () => {
    const socket = await door.socket('/v1/events/socket', mine)
    const next = talk(socket)
    const events = Array.from({ length: 3 }, () => joined('/mine', 'socket-1', NOW))
    socket.send(lines([...events, joined('/theirs', 'socket-1', NOW)]))
    socket.send(JSON.stringify(events))
    socket.send('[1,')
    socket.send('nonsense')
    expect(await next()).toMatchObject({ accepted: 3, repeats: 0, refusedCount: 1 })
    expect(await next()).toMatchObject({ accepted: 0, repeats: 3, refusedCount: 0 })
    expect(await next()).toMatchObject({ code: 'not-json', status: 400 })
    expect(await next()).toMatchObject({ accepted: 0, refusedCount: 1 })
    socket.close()
    await closed(socket)
  })

  it('says when too much is under way, and for how long to wait', async () => {
    const socket = await door.socket('/v1/events/socket', mine)
    const next = talk(socket)
    const release = door.service.ingest.reserve('/mine', 3 * MIB)
    socket.send(lines([joined('/mine', 'socket-2', NOW)]))
    const answer = await next()
    expect(answer).toMatchObject({ code: 'busy', status: 429 })
    expect(answer['retryAfter']).toBeGreaterThan(0)
    release()
    socket.send(lines([joined('/mine', 'socket-2', NOW)]))
    expect(await next()).toMatchObject({ accepted: 1 })
    socket.terminate()
  })

  it('is closed for a message that is too large, binary, or malformed UTF-8', async () => {
    const large = await door.socket('/v1/events/socket', mine)
    large.send(' '.repeat(5 * MIB))
    expect(await closed(large)).toBe(1009)
    const binary = await door.socket('/v1/events/socket', mine)
    binary.send(Buffer.from('x'))
    expect(await closed(binary)).toBe(1003)
    const malformed = await door.socket('/v1/events/socket', mine)
    malformed.send(Buffer.from([0xc3, 0x28]), { binary: false })
    expect(await closed(malformed)).toBe(1007)
  })

  it('left in the middle of a frame is ended', async () => {
    const socket = await bare()
    socket.write(frame(TEXT, MIB))
    socket.write(Buffer.alloc(1000, 0x20))
    await untilEnd(socket)
    await expect.poll(() => door.service.ingest.underWay).toBe(0)
  })

  it('left in the middle of a message is ended, though it answers every ping', async () => {
    const socket = await bare()
    socket.write(frame(TEXT, 4, false))
    socket.write('    ')
    // A ping of ours has no payload; neither has the answer.
    socket.on('data', () => socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0])))
    await untilEnd(socket)
  })

  it('that says nothing but answers pings stays open', async () => {
    const socket = await door.socket('/v1/events/socket', mine)
    await new Promise((resolve) => {
      setTimeout(resolve, 1_000)
    })
    expect(socket.readyState).toBe(WebSocket.OPEN)
    const next = talk(socket)
    socket.send(lines([joined('/mine', 'socket-3', NOW)]))
    expect(await next()).toMatchObject({ accepted: 1 })
    socket.terminate()
  })

  it('is open to so many of one source', async () => {
    const sockets = await Promise.all(
      Array.from({ length: 16 }, () => door.socket('/v1/events/socket', mine)),
    )
    await expect(door.socket('/v1/events/socket', mine)).rejects.toThrow('429')
    const theirs = await door.producer('/theirs')
    const other = await door.socket('/v1/events/socket', theirs)
    for (const socket of [...sockets, other]) socket.terminate()
  })

  it('ends soon after its key was taken away', async () => {
    const short = await door.producer('/short')
    const socket = await door.socket('/v1/events/socket', short)
    await door.rig.store.ingestKeys.revoke(short.key, Date.now())
    await closed(socket)
  })
})

describe('a socket for listeners', () => {
  it('tells what happens in the rooms that were asked for, and how things stand first', async () => {
    const socket = await door.socket('/v1/socket?topics=note', { 'x-role': 'inspector' })
    const next = talk(socket)
    door.service.hub.publish({ topic: 'measure', broadcast: 'x', data: { measure: 1 } })
    door.service.hub.publish({ topic: 'note', broadcast: 'x', data: { note: 1 } })
    expect(await next()).toEqual({ topic: 'note', broadcast: 'x', data: { note: 1 } })
    socket.terminate()
  })

  it('is a producer’s from the first event on, before anything was judged or written down', async () => {
    await door.post(mine, lines([joined('/mine', 'just-begun', NOW)]))
    const path = `http://127.0.0.1:${door.port}/v1/broadcasts/just-begun/stream`
    const theirs = await door.producer('/others')
    for (const [{ authorization }, status] of [
      [mine, 200],
      [theirs, 404],
    ] as const) {
      const answer = await fetch(path, { headers: { authorization } })
      expect(answer.status).toBe(status)
      await answer.body?.cancel()
    }
  })

  it('shows a producer nothing of other people’s rooms', async () => {
    await door.post(mine, lines([joined('/mine', 'own-room', NOW)]))
    const socket = await door.socket('/v1/socket?topics=room', mine)
    const next = talk(socket)
    door.service.hub.publish({ topic: 'room', broadcast: 'their-room', data: 1 })
    door.service.hub.publish({ topic: 'room', broadcast: 'own-room', data: 2 })
    expect(await next()).toEqual({ topic: 'room', broadcast: 'own-room', data: 2 })
    socket.terminate()
  })

  it('lets go of one that does not read, and of its memory', async () => {
    const before = door.service.hub.size
    const socket = await door.socket('/v1/socket?topics=room', { 'x-role': 'inspector' })
    socket.pause()
    const data = 'x'.repeat(64 << 10)
    await expect
      .poll(() => {
        for (let i = 0; i < 20; i += 1)
          door.service.hub.publish({ topic: 'room', broadcast: 'x', data })
        return door.service.hub.size
      })
      .toBe(before)
    socket.terminate()
  })

  it('takes nothing', async () => {
    const socket = await door.socket('/v1/socket', { 'x-role': 'inspector' })
    socket.send('hello')
    expect(await closed(socket)).toBe(1008)
  })
})

const ask = async (path: string, authorization: string, more = '') => {
  const answer = await untilEnd(await raw(door.port, handshake(path, authorization, more)))
  const [head, body] = answer.split('\r\n\r\n') as [string, string]
  return { status: Number(head.split(' ')[1]), problem: JSON.parse(body) as object }
}

describe('whoever may not come in', () => {
  it('gets the answer that HTTP would give, as a problem', async () => {
    expect(await ask('/v1/events/socket', 'Bearer none')).toMatchObject({
      status: 401,
      problem: { code: 'sign-in-needed' },
    })
    expect(await ask('/v1/unknown', mine.authorization)).toMatchObject({
      status: 404,
      problem: { code: 'not-found' },
    })
    expect(await ask('//elsewhere.test/v1/socket', mine.authorization)).toMatchObject({
      status: 404,
    })
    expect(await ask('/v1/socket?topics=nonsense', mine.authorization)).toMatchObject({
      status: 400,
      problem: { code: 'bad-request' },
    })
    const foreign = 'origin: http://evil.test\r\ncookie: session=1\r\n'
    expect(await ask('/v1/events/socket', mine.authorization, foreign)).toMatchObject({
      status: 403,
      problem: { code: 'cross-site' },
    })
  })

  it('does not become a socket on a path that is none', async () => {
    expect(await ask('/health', mine.authorization)).toMatchObject({ status: 200 })
  })

  it('is told to ask for an upgrade where it did not', async () => {
    const answer = await fetch(`${door.url}/v1/events/socket`, { headers: mine })
    expect([answer.status, answer.headers.get('upgrade')]).toEqual([426, 'websocket'])
    expect(await answer.json()).toMatchObject({ code: 'upgrade-needed' })
  })

  it('may break off in the middle of the handshake', async () => {
    const sockets = await Promise.all(
      Array.from({ length: 20 }, () =>
        raw(door.port, handshake('/v1/events/socket', mine.authorization)),
      ),
    )
    for (const socket of sockets) socket.destroy()
    await expect.poll(() => door.isAlive()).toBe(true)
    expect(door.failures).toEqual([])
  })
})
