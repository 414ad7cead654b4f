/** A service behind a server that really listens, for tests that treat it badly. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Hono } from 'hono'
import { WebSocket } from 'ws'
import {
  ANYONE,
  KEY_SCOPES,
  type Anyone,
  type KeyScope,
  type Person,
  type Role,
} from '../../src/http/access/actor.ts'
import { guard } from '../../src/http/access/guard.ts'
import { answerHeaders } from '../../src/http/access/headers.ts'
import { identifyBy } from '../../src/http/access/identify.ts'
import { ownersIn } from '../../src/http/access/owners.ts'
import { createApp } from '../../src/http/app.ts'
import type { AppEnv } from '../../src/http/door.ts'
import { BODY_LIMITS, type BodyLimits } from '../../src/http/ingest-body.ts'
import { observeRequests, type RequestLine } from '../../src/http/observe.ts'
import { healthRoutes } from '../../src/http/routes/health.ts'
import { recordingRoutes } from '../../src/http/routes/recordings.ts'
import { socketRoutes } from '../../src/http/routes/sockets.ts'
import { LISTENER_SOCKETS, PRODUCER_SOCKETS, Sockets } from '../../src/http/sockets.ts'
import { addressOf, listen, LISTEN_LIMITS, type ListenLimits } from '../../src/service/listen.ts'
import { openMetrics } from '../../src/service/metrics.ts'
import type { Service, ServiceOptions } from '../../src/service/open.ts'
import { newRig, type Rig } from './rig.ts'

export type HarnessOptions = {
  readonly body?: Partial<BodyLimits>
  readonly listen?: Partial<ListenLimits>
  /** Of sockets: how often they are looked at, and what may wait for a slow one. */
  readonly sockets?: { readonly beatMs?: number; readonly mostWaiting?: number }
  readonly ingest?: ServiceOptions['limits']
}

export type Harness = {
  readonly rig: Rig
  readonly service: Service
  readonly app: Hono<AppEnv>
  readonly port: number
  readonly url: string
  readonly requests: RequestLine[]
  /** Everything that nobody foresaw; tests expect none. */
  readonly failures: readonly string[]
  /** `Authorization` of a producer of this source. */
  readonly producer: (
    source: string,
    scopes?: readonly KeyScope[],
  ) => Promise<{ authorization: string; key: string }>
  readonly post: (
    as: { readonly authorization: string },
    body: string | Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<{ status: number; body: Record<string, unknown>; headers: Headers }>
  readonly socket: (path: string, headers: Readonly<Record<string, string>>) => Promise<WebSocket>
  readonly isAlive: () => Promise<boolean>
  readonly close: () => Promise<void>
}

const NDJSON = 'application/x-ndjson'

export const newHarness = async (options: HarnessOptions = {}): Promise<Harness> => {
  const rig = await newRig()
  const service = await rig.open(options.ingest === undefined ? {} : { limits: options.ingest })
  const sockets = {
    producers: new Sockets({ ...PRODUCER_SOCKETS, ...options.sockets }),
    listeners: new Sockets({ ...LISTENER_SOCKETS, ...options.sockets }),
  }
  const { store } = rig
  const failed = (what: string, error: unknown) =>
    void rig.failures.push(`${what}: ${error instanceof Error ? error.stack : String(error)}`)
  const requests: RequestLine[] = []
  const origin = 'http://127.0.0.1'
  const app = createApp(service, {
    middleware: [
      observeRequests((line) => void requests.push(line), performance.now.bind(performance)),
      answerHeaders(origin),
      guard({
        origin,
        identify: identifyBy(store.ingestKeys, { identify: personOf }, Date.now),
        ownersOf: ownersIn(store, (broadcast) => service.register.get(broadcast)),
        recordRead: async () => {},
        addressOf: addressOf(false),
        now: Date.now,
      }),
    ] as never,
    routes: [
      healthRoutes(service, openMetrics({ ...service, sockets })),
      socketRoutes(service, sockets, failed),
      recordingRoutes(service),
    ],
    limits: { ...BODY_LIMITS, ...options.body },
    failed,
  })
  const limits = { ...LISTEN_LIMITS, ...options.listen }
  const server = await listen(app, { host: '127.0.0.1', port: 0 }, failed, limits)
  const { port } = server
  const url = `http://127.0.0.1:${port}`

  const isAlive = async () => (await fetch(`${url}/ready`)).status === 200
  return {
    rig,
    service,
    app,
    port,
    url,
    requests,
    failures: rig.failures,
    producer: async (source, scopes = KEY_SCOPES) => {
      const { key, secret } = await store.ingestKeys.issue(
        {
          source,
          scopes,
          label: 'test',
          createdBy: 'test',
          expiresAt: null,
        },
        Date.now(),
      )
      return { authorization: `Bearer ${secret}`, key }
    },
    post: async ({ authorization }, body, headers = {}) => {
      const answer = await fetch(`${url}/v1/events`, {
        method: 'POST',
        body: body as never,
        headers: { 'content-type': NDJSON, authorization, ...headers },
      })
      const json = (await answer.json()) as Record<string, unknown>
      return { status: answer.status, body: json, headers: answer.headers }
    },
    socket: async (path, headers) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
      await once(socket, 'open')
      return socket
    },
    isAlive,
    close: async () => {
      service.streams.close()
      sockets.producers.close()
      sockets.listeners.close()
      await server.close(200)
      await service.close()
      await rig.remove()
    },
  }
}

/** Signing in is tested elsewhere: here a header says who asks. */
const personOf = async (headers: Headers): Promise<Anyone | Person> => {
  const role = headers.get('x-role')
  return role === null ? ANYONE : { kind: 'person', id: role, role: role as Role, party: null }
}

/** Bytes on a bare connection: what no well-behaved client sends. */
export const raw = async (port: number, head: string): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.on('error', () => {})
  socket.write(head)
  return socket
}

/** Everything that comes until the other side ends. */
export const untilEnd = async (socket: Socket): Promise<string> => {
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => void parts.push(part))
  await new Promise((resolve) => {
    socket.once('close', resolve)
  })
  return Buffer.concat(parts).toString()
}

let serial = 0

/** A viewer joins: the smallest event there is. */
export const joined = (source: string, broadcast: string, at: number, id?: string) => ({
  specversion: '1.0',
  id: id ?? `join-${(serial += 1)}`,
  source,
  type: 'live.viewer.joined',
  subject: broadcast,
  time: new Date(at).toISOString(),
  data: { view: `view-${serial}`, viewer: `viewer-${serial}`, entry: 'feed' },
})

export const lines = (events: readonly unknown[]): string =>
  events.map((event) => `${JSON.stringify(event)}\n`).join('')
