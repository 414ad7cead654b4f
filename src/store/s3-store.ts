/**
 * Objects in S3-compatible storage (path-style addresses, Signature Version 4). A PUT that was
 * answered is durable; the head is swapped with conditional writes (If-Match, If-None-Match).
 */
import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import { StoreError, type HeadStore, type ObjectStore } from '../ledger/object-store.ts'
import { inLanes, sameBytes } from './lanes.ts'

export type S3Settings = {
  /** `https://s3.example.com`, without the bucket. */
  readonly endpoint: string
  readonly bucket: string
  /** Before every path; empty, or ending in a slash. */
  readonly prefix: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** Requests in flight at once. */
const LANES = 16
const TIMEOUT_MS = 30_000
/** With doubling waits from 50 ms: some three seconds before a store counts as unreachable. */
const RETRIES = 5

export const s3Store = (settings: S3Settings): ObjectStore => {
  const bucket = bucketOf(settings)
  return {
    read: async (path) => (await bucket.get(path))?.bytes ?? null,
    write: async (objects) => {
      await inLanes(LANES, [...objects], async ([path, bytes]) => {
        const response = await bucket.send('PUT', path, bytes)
        if (!response.ok) throw await refusal('PUT', path, response)
      })
    },
    remove: async (paths) => {
      await inLanes(LANES, paths, async (path) => {
        const response = await bucket.send('DELETE', path)
        if (!response.ok && response.status !== 404) throw await refusal('DELETE', path, response)
      })
    },
    list: (prefix) => bucket.list(prefix),
  }
}

/** One object under the settings' prefix. */
export const s3Head = (settings: S3Settings, path = 'head'): HeadStore => {
  const bucket = bucketOf(settings)
  return {
    read: async () => (await bucket.get(path))?.bytes ?? null,
    swap: async (expected, next) => {
      const kept = await bucket.get(path)
      if (!sameBytes(kept?.bytes ?? null, expected)) return false
      const condition = kept === null ? { 'if-none-match': '*' } : { 'if-match': kept.tag }
      const response = await bucket.send('PUT', path, next, condition)
      if (response.ok) return true
      // 409: another conditional write is under way.
      if (response.status !== 412 && response.status !== 409)
        throw await refusal('PUT', path, response)
      // A repeat after a lost answer meets its own write.
      return sameBytes((await bucket.get(path))?.bytes ?? null, next)
    },
  }
}

type Bucket = {
  readonly send: (
    method: string,
    path: string,
    body?: Uint8Array,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  readonly get: (path: string) => Promise<{ bytes: Uint8Array; tag: string } | null>
  readonly list: (prefix: string) => AsyncIterable<string>
}

const bucketOf = (settings: S3Settings): Bucket => {
  const { accessKeyId, secretAccessKey, sessionToken, region, prefix } = settings
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    region,
    service: 's3',
    retries: RETRIES,
  })
  const base = `${settings.endpoint.replace(/\/$/, '')}/${encodeURIComponent(settings.bucket)}`

  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    try {
      return await client.fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new StoreError('unreachable', `${url}: ${reason}`, { cause: error })
    }
  }
  const send: Bucket['send'] = (method, path, body, headers = {}) =>
    fetch(`${base}/${(prefix + path).split('/').map(encodeURIComponent).join('/')}`, {
      method,
      // The signature covers the body, so that nothing is stored that was changed on the way.
      headers: { ...headers, 'x-amz-content-sha256': sha256Hex(body ?? new Uint8Array()) },
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    })
  const list: Bucket['list'] = async function* (wanted) {
    let token: string | undefined
    do {
      const query = new URLSearchParams({
        'list-type': '2',
        'encoding-type': 'url',
        prefix: prefix + wanted,
        ...(token === undefined ? {} : { 'continuation-token': token }),
      })
      const response = await fetch(`${base}?${query.toString()}`, {
        method: 'GET',
        headers: { 'x-amz-content-sha256': sha256Hex(new Uint8Array()) },
      })
      if (!response.ok) throw await refusal('GET', wanted, response)
      const page = await response.text()
      for (const [, key] of page.matchAll(/<Key>([^<]*)<\/Key>/g))
        yield decodeURIComponent(key!.replaceAll('+', ' ')).slice(prefix.length)
      token = unescapeXml(/<NextContinuationToken>([^<]*)</.exec(page)?.[1])
    } while (token !== undefined)
  }
  const get: Bucket['get'] = async (path) => {
    const response = await send('GET', path)
    if (response.status === 404) return null
    if (!response.ok) throw await refusal('GET', path, response)
    return {
      bytes: new Uint8Array(await response.arrayBuffer()),
      tag: response.headers.get('etag') ?? '',
    }
  }
  return { send, get, list }
}

const refusal = async (method: string, path: string, response: Response): Promise<StoreError> => {
  const code =
    response.status === 507 ? 'full' : response.status === 403 ? 'read-only' : 'unreachable'
  const said = (await response.text()).slice(0, 200)
  return new StoreError(code, `${method} ${path}: ${response.status} ${said}`.trim())
}

const unescapeXml = (text: string | undefined): string | undefined =>
  text
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

const sha256Hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
