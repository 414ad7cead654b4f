/**
 * The service behind a listening server: bounds on how long a request may take to arrive (headers
 * and bodies that trickle), on idle connections and on their number; WebSockets; problem documents
 * even for what is no HTTP; and a stop that waits.
 */
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { serve } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context, Hono } from 'hono'
import type { AppEnv } from '../http/door.ts'
import { HttpProblem, problemOf, STATUS } from '../http/problem.ts'
import { acceptUpgrades, ASK_AGAIN_MS } from '../http/upgrade.ts'
import { say } from '../language/say.ts'

export type Listening = {
  readonly host: string
  readonly port: number
  readonly server: Server
  /** Nothing new is taken; what is being answered gets so long, ms. */
  readonly close: (graceMs?: number) => Promise<void>
}

export type ListenLimits = {
  /** Slow-loris: all headers must have come within so long, ms. */
  readonly headersMs: number
  /** The whole request; bodies of events have a shorter bound of their own (BodyLimits). */
  readonly requestMs: number
  readonly keepAliveMs: number
  /** A connection on which nothing moves, ms; streams send a heartbeat more often. */
  readonly idleMs: number
  readonly connections: number
  /** A WebSocket's right to be open is asked about again after so long, ms. */
  readonly askAgainMs: number
}

export const LISTEN_LIMITS: ListenLimits = {
  headersMs: 10_000,
  requestMs: 60_000,
  keepAliveMs: 75_000,
  idleMs: 120_000,
  connections: 60_000,
  askAgainMs: ASK_AGAIN_MS,
}

/** @throws where the address is taken · @param failed told of what nobody foresaw */
export const listen = async (
  app: Pick<Hono<AppEnv>, 'fetch'>,
  { host, port }: { readonly host: string; readonly port: number },
  failed: (what: string, error: unknown) => void,
  limits: ListenLimits = LISTEN_LIMITS,
): Promise<Listening> => {
  const { headersMs, requestMs, keepAliveMs, idleMs, connections, askAgainMs } = limits
  const server = serve({
    fetch: async (request, env) => {
      const answer = await app.fetch(request, env)
      // A stream writes its own head. Middleware makes another answer of the mark that says so.
      return env.outgoing.headersSent ? RESPONSE_ALREADY_SENT : answer
    },
    hostname: host,
    port,
    serverOptions: {
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      keepAliveTimeout: keepAliveMs,
      connectionsCheckingInterval: Math.min(2_000, headersMs),
    },
  }) as Server
  server.timeout = idleMs
  server.maxConnections = connections
  server.on('clientError', refuse)
  const endUpgraded = acceptUpgrades(server, app, (error) => failed('socket', error), askAgainMs)
  await Promise.race([
    once(server, 'listening'),
    once(server, 'error').then(([error]) => Promise.reject(error as Error)),
  ])
  const address = server.address()
  return {
    host,
    port: typeof address === 'object' && address !== null ? address.port : port,
    server,
    close: async (graceMs = 5_000) => {
      const ended = once(server, 'close')
      server.close()
      const timer = setTimeout(() => {
        server.closeAllConnections()
        // Node counts them as connections and does not close them.
        endUpgraded()
      }, graceMs)
      server.closeIdleConnections()
      await ended
      clearTimeout(timer)
    },
  }
}

/** Of the peer; a proxy's word is taken only where the operator says that there is one. */
export const addressOf =
  (isBehindProxy: boolean) =>
  (c: Context): string => {
    const forwarded = isBehindProxy ? c.req.header('x-forwarded-for') : undefined
    const last = forwarded?.split(',').at(-1)?.trim()
    const env = c.env as AppEnv['Bindings'] | undefined
    return last ?? env?.incoming?.socket.remoteAddress ?? ''
  }

/** What never became a request: malformed, too long, or too slow. */
const refuse = (error: Error & { code?: string }, socket: Duplex): void => {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const { code, sentence } = problemFor(error.code)
  const status = STATUS[code]
  const body = JSON.stringify(problemOf(status, code, sentence))
  socket.end(
    `HTTP/1.1 ${status} ${code}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

const problemFor = (code: string | undefined): HttpProblem => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new HttpProblem('timeout', say('problem.too-slow'))
  if (code === 'HPE_HEADER_OVERFLOW')
    return new HttpProblem('headers-too-large', say('problem.headers-too-large'))
  return new HttpProblem('bad-request', say('problem.bad-request', { reason: 'HTTP' }))
}
