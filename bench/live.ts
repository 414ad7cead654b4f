/**
 * The service under load, from another process on the same machine (embedded default, ledger on
 * disk): the delay from the first event of an inflation to the changed public counter at 20,000
 * events/s from 500 rooms; and the most that is taken, recorded, judged and refused nothing of, as
 * a ratio to `JSON.parse` of the same bytes in one thread.
 *
 *   tsx bench/live.ts [--quick] [--inflations N]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { inFolder } from './lib.ts'
import type { Pace } from '../src/service/open.ts'
import { LiveRoom } from './live-load.ts'

const quick = process.argv.includes('--quick')
const ROOMS = quick ? 50 : 500
const PER_SECOND = quick ? 2_000 : 20_000
const asked = Number(process.argv[process.argv.indexOf('--inflations') + 1])
const INFLATIONS = process.argv.includes('--inflations') ? asked : quick ? 2 : 20
const WARM_SECONDS = quick ? 5 : 20
/** Requests under way at once: while some wait for the disk, others are read. */
const PRODUCERS = 16
const agent = new Agent({ keepAlive: true, maxSockets: PRODUCERS * 2 })

export type Served = {
  readonly port: number
  readonly key: string
  readonly pid: number
  /** Resolves when the process is gone. */
  readonly kill: (signal: NodeJS.Signals) => Promise<void>
  readonly stop: () => Promise<void>
}

export type ServeOptions = {
  /** Postgres; the embedded database unless given. */
  readonly database?: string
  readonly pace?: Partial<Pace>
  /** Says nothing of failures that the caller brings about. */
  readonly isQuiet?: boolean
  /** Told the process before it is ready. */
  readonly onSpawn?: (pid: number) => void
}

/** @throws where the process ends before it listens */
export const serveIn = async (folder: string, options: ServeOptions = {}): Promise<Served> => {
  const { database = '', pace = {}, isQuiet = false, onSpawn = () => {} } = options
  const server = fileURLToPath(new URL('live-server.ts', import.meta.url))
  const args = ['--import', 'tsx', server, folder, '0', database, JSON.stringify(pace)]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...(isQuiet ? { BENCH_QUIET: '1' } : {}) },
  })
  onSpawn(child.pid!)
  const isGone = () => child.exitCode !== null || child.signalCode !== null
  const ended = once(child, 'exit')
  let text = ''
  for await (const chunk of child.stdout) {
    text += String(chunk)
    if (text.includes('\n')) break
  }
  if (!text.includes('\n')) throw new Error('the server ended before it listened')
  const { port: taken, key } = JSON.parse(text.split('\n')[0]!) as { port: number; key: string }
  return {
    port: taken,
    key,
    pid: child.pid!,
    kill: async (signal) => {
      if (!isGone()) child.kill(signal)
      await ended
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

type Answer = { readonly status: number; readonly body: string; readonly retryAfter: number }

export const send = (port: number, key: string, lines: readonly string[]): Promise<Answer> =>
  sendBody(port, key, Buffer.from(lines.join('\n')))

const sendBody = (port: number, key: string, bytes: Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        agent,
        method: 'POST',
        path: '/v1/events',
        headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${key}` },
      },
      (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body,
            retryAfter: Number(response.headers['retry-after'] ?? 0),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(bytes)
  })

/** Processor time of the service so far, all its threads, s. */
const processorSeconds = async ({ port, key }: Served): Promise<number> => {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
    headers: { authorization: `Bearer ${key}` },
  })
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(await answer.text())![1])
}

/** When the public counter of a broadcast is first seen to be the verified one, ms. */
const watch = (port: number, key: string, broadcast: string) => {
  const seen = new EventTarget()
  const changed = once(seen, 'changed').then(() => performance.now())
  const listening = request(
    {
      host: '127.0.0.1',
      port,
      path: `/v1/broadcasts/${broadcast}/stream?topics=figures`,
      headers: { authorization: `Bearer ${key}` },
    },
    (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text = (text + chunk).slice(-200_000)
        if (/"viewers":\{"value":\d+,"isVerified":true\}/.test(text))
          seen.dispatchEvent(new Event('changed'))
      })
    },
  ).end()
  return { changed, stop: () => listening.destroy() }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const quantile = (values: readonly number[], q: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))]!

const main = async (folder: string) => {
  const served = await serveIn(folder)
  const { port, key } = served
  const run = Date.now().toString(36)
  const rooms = Array.from({ length: ROOMS }, (_, i) => new LiveRoom(i, run))
  let refused = 0
  let busy = 0
  const post = (lines: readonly string[]) => postBody(Buffer.from(lines.join('\n')))
  const postBody = async (bytes: Buffer) => {
    for (;;) {
      const { status, body, retryAfter } = await sendBody(port, key, bytes)
      if (status === 200) {
        refused += (JSON.parse(body) as { refusedCount: number }).refusedCount
        return
      }
      if (status !== 429) throw new Error(`${status} ${body.slice(0, 300)}`)
      busy += 1
      await pause(retryAfter * 1000)
    }
  }
  await post(rooms.map((room) => room.start(Date.now())))

  // Ordinary life at the stated rate, in five beats a second.
  const each = PER_SECOND / ROOMS
  const beatMs = 200
  const stopping = new AbortController()
  let sent = 0
  const load = (async () => {
    for (let due = performance.now(); !stopping.signal.aborted; due += beatMs) {
      const now = Date.now()
      const lines = rooms.flatMap((room) => room.second(now, Math.round((each * beatMs) / 1000)))
      const share = Math.ceil(lines.length / PRODUCERS)
      await Promise.all(
        Array.from({ length: PRODUCERS }, (_, p) => post(lines.slice(p * share, (p + 1) * share))),
      )
      sent += lines.length
      await pause(Math.max(0, due + beatMs - performance.now()))
    }
  })()
  const startedAt = performance.now()
  await pause(WARM_SECONDS * 1000)

  const delays: number[] = []
  for (let i = 0; i < INFLATIONS; i += 1) {
    const room = rooms[(i * 7) % ROOMS]!
    const { changed, stop } = watch(port, key, room.broadcast)
    await pause(300)
    const from = performance.now()
    const seen = { isSeen: false }
    void changed.then(() => (seen.isSeen = true))
    // A hundred a second, in tenths of a second, until the counter changes.
    for (let tenth = 0; tenth < 200 && !seen.isSeen; tenth += 1) {
      await post(room.inflated(Date.now(), 10))
      await pause(Math.max(0, from + (tenth + 1) * 100 - performance.now()))
    }
    if (seen.isSeen) delays.push((await changed) - from)
    stop()
  }
  stopping.abort()
  await load
  const rate = sent / ((performance.now() - startedAt) / 1000)
  console.log(
    `inflation to changed counter at ${Math.round(rate)} events/s, ${ROOMS} rooms: ` +
      `${delays.length} of ${INFLATIONS} seen, median ${Math.round(quantile(delays, 0.5))} ms, ` +
      `p95 ${Math.round(quantile(delays, 0.95))} ms; refused ${refused}, busy ${busy}`,
  )

  // The most that is taken: as fast as it is acknowledged, prepared beforehand.
  const batches: string[][] = []
  const now = Date.now()
  for (let second = 0; second < (quick ? 4 : 30); second += 1) {
    const lines = rooms.flatMap((room) => room.second(now + second * 1000, each))
    for (let from = 0; from < lines.length; from += 1000)
      batches.push(lines.slice(from, from + 1000))
  }
  const events = batches.reduce((sum, lines) => sum + lines.length, 0)
  const parseAt = performance.now()
  for (const lines of batches) for (const line of lines) JSON.parse(line)
  const parseSeconds = (performance.now() - parseAt) / 1000
  const bodies = batches.map((lines) => Buffer.from(lines.join('\n')))
  busy = 0
  const processorAt = await processorSeconds(served)
  const mine = process.cpuUsage()
  const at = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: PRODUCERS }, async () => {
      while (next < bodies.length) await postBody(bodies[next++]!)
    }),
  )
  const seconds = (performance.now() - at) / 1000
  const { user, system } = process.cpuUsage(mine)
  const perEvent = ((await processorSeconds(served)) - processorAt) / events
  console.log(
    `sustained: ${Math.round(events / seconds)} events/s acknowledged (${events} in ${seconds.toFixed(1)} s, ` +
      `refused ${refused}, asked to wait ${busy} times); JSON.parse of the same in one thread ` +
      `${Math.round(events / parseSeconds)} events/s: ${(seconds / parseSeconds).toFixed(1)} × the time; ` +
      `processor time of an event ${(perEvent * 1e6).toFixed(1)} µs, ${((perEvent * events) / parseSeconds).toFixed(1)} × ` +
      `parsing, and ${((user + system) / events).toFixed(1)} µs of the generator`,
  )
  await served.stop()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await inFolder(main)
