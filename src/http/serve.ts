/** Serving an application until it is told to stop. */
import { once } from 'node:events'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

export type Address = { readonly host: string; readonly port: number }

/** Resolves once `signal` is aborted and what was being answered is answered. @throws Error in use */
export const serveUntil = async (
  app: Pick<Hono, 'fetch'>,
  { host, port }: Address,
  signal: AbortSignal,
  onReady: (address: Address) => void,
): Promise<void> => {
  const server = serve({ fetch: app.fetch, hostname: host, port })
  await once(server, 'listening')
  const address = server.address()
  onReady({ host, port: typeof address === 'object' && address !== null ? address.port : port })
  if (!signal.aborted) await once(signal, 'abort')
  server.close()
  await once(server, 'close')
}
