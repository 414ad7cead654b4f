/**
 * Where a recording comes from: an http(s) URL or a folder that the operator named, and nothing
 * else. A playlist is written by whoever is being recorded; it must not make the recorder read other
 * files, or other hosts (the inside of the operator's own network above all).
 */
import { open, realpath } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import type { ByteRange } from './playlist.ts'
import { readLimited } from './read-limited.ts'
import { PLAYLIST_NAME } from './replay.ts'

export type Source = {
  /** Resolves `uri` against `base`, which is the playlist's own address. @throws SourceError */
  readonly resolve: (uri: string, base: string) => string
  /** At most `limit` bytes, or the range of them. @throws SourceError */
  readonly read: (
    address: string,
    limit: number,
    range?: ByteRange | null,
    signal?: AbortSignal,
  ) => Promise<Uint8Array<ArrayBuffer>>
}

/** `refused` will be refused again; `unreachable` may come back. */
export class SourceError extends Error {
  readonly code: 'refused' | 'unreachable'
  constructor(code: SourceError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** @param place URL of a playlist, its file, or a folder with `index.m3u8` in it */
export const placeOf = (
  place: string,
  hosts: readonly string[],
): { readonly source: Source; readonly address: string } => {
  if (/^https?:/i.test(place)) return { source: webSource(place, { fetch, hosts }), address: place }
  const address = /\.m3u8?$/i.test(place) ? resolve(place) : resolve(place, PLAYLIST_NAME)
  return { source: folderSource(address), address }
}

export type WebOptions = {
  readonly fetch: typeof fetch
  /** Hosts that segments may come from beside that of the playlist. */
  readonly hosts?: readonly string[]
  readonly timeoutMs?: number
}

const MAX_REDIRECTS = 3
const TIMEOUT_MS = 10_000

/** http and https, from the host of `playlist` and the hosts that the operator added. */
export const webSource = (playlist: string, options: WebOptions): Source => {
  const hosts = new Set([new URL(playlist).host, ...(options.hosts ?? [])])
  const admitted = (address: string, base?: string): string => {
    if (!URL.canParse(address, base)) throw new SourceError('refused', 'not a URL')
    const url = new URL(address, base)
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
      throw new SourceError('refused', `${url.protocol} is not followed`)
    if (!hosts.has(url.host)) throw new SourceError('refused', `host ${url.host} was not named`)
    return url.href
  }
  return {
    resolve: admitted,
    read: async (address, limit, range = null, signal) => {
      const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
      const either = signal === undefined ? timeout : AbortSignal.any([timeout, signal])
      try {
        const response = await follow(admitted(address), admitted, options.fetch, range, either)
        const bytes = await readLimited(response.body, limit)
        if (bytes === null) throw new SourceError('refused', `longer than ${limit} bytes`)
        if (range === null) return bytes
        return cut(bytes, response.status === 206 ? { ...range, offset: 0 } : range)
      } catch (error) {
        if (error instanceof SourceError) throw error
        signal?.throwIfAborted()
        throw new SourceError('unreachable', messageOf(error), { cause: error })
      }
    },
  }
}

/** The files of one folder and of the folders in it; links that lead out are refused. */
export const folderSource = (playlist: string): Source => {
  const root = dirname(playlist)
  return {
    resolve: (uri) => {
      const path = decoded(uri.split(/[?#]/)[0]!)
      const isInside =
        !/^[a-z][a-z0-9+.-]*:/i.test(path) &&
        !path.startsWith('/') &&
        !path.split(/[/\\]/).includes('..')
      if (!isInside) throw new SourceError('refused', 'the path leads out of the folder')
      return join(root, path)
    },
    read: async (address, limit, range = null) => {
      const path = await realpath(address).catch((error: unknown) => {
        throw new SourceError('unreachable', messageOf(error), { cause: error })
      })
      if (!path.startsWith(`${await realpath(root)}${sep}`))
        throw new SourceError('refused', 'the path leads out of the folder')
      const file = await open(path)
      try {
        const stat = await file.stat()
        const { offset, length } = range ?? { offset: 0, length: stat.size }
        if (!stat.isFile()) throw new SourceError('refused', 'not a file')
        if (length > limit) throw new SourceError('refused', `longer than ${limit} bytes`)
        if (offset + length > stat.size) throw new SourceError('unreachable', 'shorter than said')
        const bytes = new Uint8Array(length)
        const { bytesRead } = await file.read(bytes, 0, length, offset)
        if (bytesRead < length) throw new SourceError('unreachable', 'shorter than said')
        return bytes
      } finally {
        await file.close()
      }
    },
  }
}

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new SourceError('refused', 'a path with broken escapes')
  }
}

const follow = async (
  address: string,
  admitted: (address: string, base?: string) => string,
  get: typeof fetch,
  range: ByteRange | null,
  signal: AbortSignal,
): Promise<Response> => {
  let at = address
  const headers: Record<string, string> =
    range === null ? {} : { range: `bytes=${range.offset}-${range.offset + range.length - 1}` }
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const response = await get(at, { redirect: 'manual', headers, signal })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status > 399 || location === null) {
      if (response.ok) return response
      await response.body?.cancel()
      throw new SourceError('unreachable', `status ${response.status}`)
    }
    await response.body?.cancel()
    at = admitted(location, at)
  }
  throw new SourceError('refused', `more than ${MAX_REDIRECTS} redirects`)
}

/** Servers may answer the whole resource to a request for a range, and less than was asked for. */
const cut = (bytes: Uint8Array<ArrayBuffer>, { offset, length }: ByteRange) => {
  if (offset + length > bytes.length) throw new SourceError('unreachable', 'shorter than said')
  return bytes.slice(offset, offset + length)
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
