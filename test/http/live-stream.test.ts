/** Streams of figures to listeners: everybody gets everything, and who does not read is let go. */
import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { Hub, type Filter } from '../../src/http/hub.ts'
import { LiveStreams, STREAM_LIMITS, type StreamLimits } from '../../src/http/live-stream.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const serve = async (limits: Partial<StreamLimits> = {}, filter: Filter = {}) => {
  const hub = new Hub()
  const streams = new LiveStreams(hub, { ...STREAM_LIMITS, ...limits })
  const first = [{ topic: 'figures', broadcast: 'b-1', data: { n: 0 } }] as const
  const server: Server = createServer((_, response) => {
    if (!streams.open(response, filter, first)) response.writeHead(503).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  closers.push(() => {
    streams.close()
    server.closeAllConnections()
    server.close()
  })
  const listen = (): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      request({ port, host: '127.0.0.1' }, resolve).on('error', reject).end()
    })
  return { hub, streams, listen }
}

const textOf = (response: IncomingMessage) => {
  let text = ''
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  response.on('error', () => {})
  return () => text
}

describe('a live stream', () => {
  it('begins with how things stand and goes on with what happens', async () => {
    const { hub, listen, streams } = await serve()
    const text = textOf(await listen())
    await expect.poll(() => streams.size).toBe(1)
    hub.publish({ topic: 'figures', broadcast: 'b-1', data: { n: 1 } })
    await expect.poll(text).toContain('data: {"n":1}\n\n')
    expect(text().indexOf('data: {"n":0}')).toBeLessThan(text().indexOf('data: {"n":1}'))
  })

  it('carries only the broadcast and topics that were asked for', async () => {
    const { hub, listen, streams } = await serve(
      {},
      { broadcast: 'b-1', topics: new Set(['figures']) },
    )
    const text = textOf(await listen())
    await expect.poll(() => streams.size).toBe(1)
    hub.publish({ topic: 'figures', broadcast: 'b-2', data: 'other room' })
    hub.publish({ topic: 'note', broadcast: 'b-1', data: 'for inspectors' })
    hub.publish({ topic: 'figures', broadcast: 'b-1', data: 'mine' })
    await expect.poll(text).toContain('mine')
    expect(text()).not.toContain('other room')
    expect(text()).not.toContain('for inspectors')
  })

  it('keeps text with line breaks in one message', async () => {
    const { hub, listen, streams } = await serve()
    const text = textOf(await listen())
    await expect.poll(() => streams.size).toBe(1)
    hub.publish({ topic: 'figures', broadcast: 'b-1', data: 'a\n\nevent: forged\ndata: 1' })
    await expect.poll(text).toContain('data: "a\\n\\nevent: forged\\ndata: 1"\n\n')
  })

  it('is forgotten when the listener goes away', async () => {
    const { hub, listen, streams } = await serve()
    const response = await listen()
    await expect.poll(() => hub.size).toBe(1)
    response.destroy()
    await expect.poll(() => [hub.size, streams.size]).toEqual([0, 0])
  })

  it('lets go whoever does not read, and nobody else', async () => {
    const { hub, listen, streams } = await serve({ mostWaiting: 100_000 })
    const lazy = await listen()
    lazy.pause()
    const text = textOf(await listen())
    await expect.poll(() => streams.size).toBe(2)
    for (let n = 1; n <= 400 && streams.dropped === 0; n += 1) {
      hub.publish({ topic: 'figures', broadcast: 'b-1', data: 'x'.repeat(50_000) })
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(streams.dropped).toBe(1)
    hub.publish({ topic: 'figures', broadcast: 'b-1', data: 'still here' })
    await expect.poll(text).toContain('still here')
  })

  it('is refused beyond the number of listeners that was set', async () => {
    const { listen, streams } = await serve({ listeners: 1 })
    await listen()
    await expect.poll(() => streams.size).toBe(1)
    expect((await listen()).statusCode).toBe(503)
  })
})
