/**
 * One attempt to deliver a webhook: a POST that ends within its time whatever the receiver does,
 * follows no redirect, reads no answer beyond its head, and reaches only where it may.
 */
import { request as requestHttp, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isPublic, literalOf, publicLookup } from './addresses.ts'

export type PostOptions = {
  readonly timeoutMs: number
  /** Private addresses and plain HTTP as well: for receivers in the operator's own network. */
  readonly isPrivateAllowed: boolean
  readonly signal: AbortSignal
}

export type PostAnswer = {
  /** Null where there was no answer. */
  readonly status: number | null
  /** A code: `timeout`, `private-address`, `ECONNREFUSED`…; null where there was an answer. */
  readonly error: string | null
  /** What `Retry-After` asks for, ms; 0 where it asks for nothing. */
  readonly retryAfterMs: number
}

export type Post = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  options: PostOptions,
) => Promise<PostAnswer>

/** Never rejects: every failure is an answer. */
export const post: Post = async (url, headers, body, options) => {
  const { timeoutMs, isPrivateAllowed, signal } = options
  const to = new URL(url)
  const refusal = refusalOf(to, isPrivateAllowed)
  if (refusal !== null) return failedWith(refusal)
  const timeout = AbortSignal.timeout(timeoutMs)
  const settings: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    // A connection of its own: nothing of one receiver's lingers for another.
    agent: false,
    signal: AbortSignal.any([signal, timeout]),
    ...(isPrivateAllowed ? {} : { lookup: publicLookup() }),
  }
  return new Promise((resolve) => {
    const request = (to.protocol === 'https:' ? requestHttps : requestHttp)(
      to,
      settings,
      (response) => {
        response.destroy()
        resolve({
          status: response.statusCode ?? null,
          error: null,
          retryAfterMs: secondsIn(response.headers['retry-after']) * 1000,
        })
      },
    )
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve(failedWith(timeout.aborted ? 'timeout' : (error.code ?? error.name))),
    )
    request.end(body)
  })
}

/** Why nothing is sent there; null where something is. Names are looked at when they are resolved. */
export const refusalOf = (
  to: URL,
  isPrivateAllowed: boolean,
): 'not-https' | 'credentials' | 'private-address' | null => {
  if (to.protocol !== 'https:' && !(isPrivateAllowed && to.protocol === 'http:')) return 'not-https'
  if (to.username !== '' || to.password !== '') return 'credentials'
  const literal = literalOf(to)
  if (literal !== undefined && !isPrivateAllowed && !isPublic(literal)) return 'private-address'
  return null
}

const failedWith = (error: string): PostAnswer => ({ status: null, error, retryAfterMs: 0 })

/** Seconds only; a date would need the receiver's clock. */
const secondsIn = (header: string | undefined): number =>
  header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) : 0
