/**
 * Ten thousand listeners on one room, by server-sent events as any player has them: how long after
 * the judgement each figure is with the last of them. Server and listeners share the machine.
 *
 *   tsx bench/live-listeners.ts [--listeners 10000] [--seconds 20]
 *
 * Both processes need a descriptor a listener: `ulimit -n`.
 */
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { inFolder } from './lib.ts'
import { LiveRoom } from './live-load.ts'
import { send, serveIn } from './live.ts'

const { values } = parseArgs({
  options: {
    listeners: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '20' },
  },
})
const MARK = 'event: figures'

/** Counts the figures that one listener is told, and when. */
class Listener {
  readonly socket: Socket
  readonly at: number[] = []
  #tail = ''

  constructor(port: number, path: string, isCounting: () => boolean) {
    this.socket = connect(port, '127.0.0.1')
    this.socket.setEncoding('latin1')
    this.socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`)
    this.socket.on('error', () => {})
    this.socket.on('data', (chunk: string) => {
      const text = this.#tail + chunk
      if (isCounting())
        for (let from = text.indexOf(MARK); from >= 0; from = text.indexOf(MARK, from + 1))
          this.at.push(Date.now())
      // A mark may be cut in two; one that was counted must not be counted again.
      this.#tail = text.slice(-MARK.length + 1)
    })
  }
}

const isOpen = ({ socket }: Listener) => socket.readyState === 'open' && socket.bytesRead > 0

/** When each figure was judged, as the service says. */
const judgements = (port: number, key: string, broadcast: string, isCounting: () => boolean) => {
  const times: number[] = []
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('utf8')
  socket.write(
    `GET /v1/broadcasts/${broadcast}/stream?topics=figures HTTP/1.1\r\nhost: 127.0.0.1\r\n` +
      `authorization: Bearer ${key}\r\n\r\n`,
  )
  socket.on('data', (chunk: string) => {
    text += chunk
    const parts = text.split('"judgedAt":"')
    for (const part of parts.slice(1, -1))
      if (isCounting()) times.push(Date.parse(part.slice(0, 24)))
    const last = parts.at(-1)!
    if (parts.length > 1 && last.length >= 24) {
      if (isCounting()) times.push(Date.parse(last.slice(0, 24)))
      text = ''
    } else text = parts.length > 1 ? `"judgedAt":"${last}` : text.slice(-20)
  })
  return { times, socket }
}

const quantile = (sorted: readonly number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!

await inFolder(async (folder) => {
  const wanted = Number(values.listeners)
  const { port, key, pid, stop } = await serveIn(folder)
  const room = new LiveRoom(0, 'listeners')
  await send(port, key, [room.start(Date.now()), ...room.second(Date.now(), 2_000)])
  await pause(1_500)

  let isCounting = false
  const counting = () => isCounting
  const judged = judgements(port, key, room.broadcast, counting)
  // As browsers do: who was not let in, for the queue of connections is short, comes again.
  let open: Listener[] = []
  const opened = performance.now()
  for (let tries = 0; tries < 20 && open.length < wanted; tries += 1) {
    for (let left = wanted - open.length; left > 0; left -= 100) {
      for (let i = 0; i < Math.min(100, left); i += 1)
        open.push(new Listener(port, `/v1/embed/${room.broadcast}/stream`, counting))
      await pause(50)
    }
    await pause(1_000)
    for (const { socket } of open.filter((listener) => !isOpen(listener))) socket.destroy()
    open = open.filter(isOpen)
  }
  const openedSeconds = (performance.now() - opened) / 1_000
  isCounting = true
  const seconds = Number(values.seconds)
  for (let second = 0; second < seconds; second += 1) {
    await send(port, key, room.second(Date.now(), 200))
    await pause(1_000)
  }
  await pause(3_000)
  isCounting = false

  const figures = judged.times.length
  const complete = open.filter(({ at }) => at.length === figures)
  const delays = complete
    .flatMap(({ at }) => at.map((ms, i) => ms - judged.times[i]!))
    .sort((a, b) => a - b)
  const metrics = await (
    await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { authorization: `Bearer ${key}` } })
  ).text()
  const rss = Number(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1] ?? Number.NaN)
  console.log(
    [
      `listeners: ${open.length} of ${wanted} open after ${openedSeconds.toFixed(1)} s`,
      `figures: ${figures}, with every one of ${complete.length} listeners`,
      `from judgement to listener: median ${quantile(delays, 0.5)} ms, p99 ${quantile(delays, 0.99)} ms, last ${delays.at(-1)} ms`,
      `server: process ${pid}, ${Math.round(rss / 2 ** 20)} MiB`,
    ].join('\n'),
  )
  for (const { socket } of open) socket.destroy()
  judged.socket.destroy()
  await stop()
})
