/**
 * A WebSocket comes in by the same guard as any request: it is asked of the application as one, and
 * only what a handler accepts is let through; everything else gets the answer it would have had by
 * HTTP. An open socket is asked about again now and then, so that a revoked key or a session that
 * ended ends it as well.
 */
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { App, Bindings } from './door.ts'

/** A key or session that was taken away holds a socket open no longer than this. */
export const ASK_AGAIN_MS = 60_000

/**
 * @param failed told of what nobody foresaw
 * @returns what ends every socket that is open
 */
export const acceptUpgrades = (
  server: Server,
  app: Pick<App, 'fetch'>,
  failed: (error: unknown) => void,
  askAgainMs: number = ASK_AGAIN_MS,
): (() => void) => {
  const open = new Set<Duplex>()
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    // It may break off at any time; whoever has it then is told by `close`.
    socket.on('error', () => {})
    void ask(app, request)
      .then(async ({ answer, accept }) => {
        if (accept === undefined) return refuse(socket, answer)
        accept({ request, socket, head })
        const timer = setInterval(() => {
          ask(app, request)
            .then((again) => {
              if (GONE.has(again.answer.status)) socket.destroy()
            })
            .catch(failed)
        }, askAgainMs)
        timer.unref()
        socket.on('close', () => clearInterval(timer))
      })
      .catch((error: unknown) => {
        failed(error)
        socket.destroy()
      })
  })
  return () => {
    for (const socket of open) socket.destroy()
  }
}

/** No longer known, no longer allowed, or nobody's any more. */
const GONE: ReadonlySet<number> = new Set([401, 403, 404])

const ask = async (app: Pick<App, 'fetch'>, incoming: IncomingMessage) => {
  const upgrade: NonNullable<Bindings['upgrade']> = {}
  const url = urlOf(incoming.url)
  if (url === null) return { answer: new Response(null, { status: 400 }), accept: undefined }
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers))
    for (const one of Array.isArray(value) ? value : [value ?? '']) headers.append(name, one)
  const bindings = { incoming, upgrade } as Bindings
  const answer = await app.fetch(new Request(url, { headers }), bindings)
  return { answer, accept: answer.status === 204 ? upgrade.accept : undefined }
}

/** The path is attacker-controlled and may look like another host; only path and query count. */
const urlOf = (path: string | undefined): URL | null => {
  if (path?.startsWith('/') !== true) return null
  try {
    const url = new URL('http://localhost')
    const [pathname = '', ...query] = path.split('?')
    url.pathname = pathname
    url.search = query.join('?')
    return url
  } catch {
    return null
  }
}

const refuse = async (socket: Duplex, answer: Response): Promise<void> => {
  const { status } = answer
  const body = Buffer.from(await answer.arrayBuffer())
  const headers = [...answer.headers]
    .filter(([name]) => name !== 'content-length')
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
  socket.end(
    Buffer.concat([
      Buffer.from(
        `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${headers}` +
          `content-length: ${body.length}\r\nconnection: close\r\n\r\n`,
      ),
      body,
    ]),
  )
}
