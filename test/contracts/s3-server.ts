/**
 * As much of S3 as the store uses, in memory, on localhost. It checks Signature Version 4 by its own
 * reading of the AWS documentation ("Create a signed request"), not with the client's library.
 */
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { S3Settings } from '../../src/store/s3-store.ts'

export const KEYS = { accessKeyId: 'reader-of-tests', secretAccessKey: 'a secret of no one' }
const REGION = 'nowhere-1'
/** Small, so that every listing of a test has several pages. */
const PAGE = 3

export type S3Server = {
  readonly settings: S3Settings
  /** The next so many requests are answered with this status and nothing is done. */
  readonly fail: (status: number, times: number) => void
  readonly close: () => Promise<void>
}

export const startS3 = async (): Promise<S3Server> => {
  const objects = new Map<string, Buffer>()
  let failing = { status: 0, times: 0 }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      if (failing.times > 0) {
        failing.times -= 1
        response.writeHead(failing.status).end()
        return
      }
      const { status, headers, content } = isSigned(request, body)
        ? answer(objects, request, body)
        : { status: 403, headers: {}, content: '<Code>SignatureDoesNotMatch</Code>' }
      response.writeHead(status, headers).end(content)
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: 'evidence',
      prefix: 'logs/one/',
      region: REGION,
      ...KEYS,
    },
    fail: (status, times) => {
      failing = { status, times }
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

type Answer = {
  readonly status: number
  readonly headers: Record<string, string>
  readonly content: string | Buffer
}

const plain = (status: number, content: string | Buffer = '', headers = {}): Answer => ({
  status,
  headers,
  content,
})

const answer = (objects: Map<string, Buffer>, request: IncomingMessage, body: Buffer): Answer => {
  const url = new URL(request.url!, 'http://localhost')
  const [, bucket, ...rest] = decodeURIComponent(url.pathname).split('/')
  if (bucket !== 'evidence') return plain(404, '<Code>NoSuchBucket</Code>')
  const key = rest.join('/')
  const kept = objects.get(key)
  switch (request.method) {
    case 'GET':
      if (key === '') return plain(200, page(objects, url.searchParams))
      if (kept === undefined) return plain(404, '<Code>NoSuchKey</Code>')
      return plain(200, kept, { etag: tagOf(kept) })
    case 'DELETE':
      objects.delete(key)
      return plain(204)
    case 'PUT': {
      const wanted = request.headers['if-match']
      const isRefused =
        (request.headers['if-none-match'] === '*' && kept !== undefined) ||
        (wanted !== undefined && (kept === undefined || tagOf(kept) !== wanted))
      if (isRefused) return plain(412, '<Code>PreconditionFailed</Code>')
      objects.set(key, body)
      return plain(200, '', { etag: tagOf(body) })
    }
    case undefined:
    default:
      return plain(405)
  }
}

const page = (objects: Map<string, Buffer>, query: URLSearchParams): string => {
  const prefix = query.get('prefix') ?? ''
  const after = query.get('continuation-token') ?? ''
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort()
  const shown = keys.slice(0, PAGE)
  const contents = shown.map((key) => `<Contents><Key>${encodeURIComponent(key)}</Key></Contents>`)
  const next =
    keys.length > PAGE
      ? `<NextContinuationToken>${escape(shown.at(-1)!)}</NextContinuationToken>`
      : ''
  return `<ListBucketResult>${contents.join('')}${next}</ListBucketResult>`
}

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const tagOf = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`

const hashOf = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
const mac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

const isSigned = (request: IncomingMessage, body: Buffer): boolean => {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    )
  if (match === null) return false
  const [, id, day, region, names, signature] = match as unknown as string[]
  const content = request.headers['x-amz-content-sha256']
  if (id !== KEYS.accessKeyId || region !== REGION || content !== hashOf(body)) return false
  const url = new URL(request.url!, 'http://localhost')
  const query = [...url.searchParams]
    .map(([name, value]) => `${strict(name)}=${strict(value)}`)
    .sort()
    .join('&')
  const headers = names!
    .split(';')
    .map((name) => `${name}:${String(request.headers[name]).trim()}\n`)
  const path = decodeURIComponent(url.pathname).split('/').map(strict).join('/')
  const canonical = [request.method, path, query, headers.join(''), names, content].join('\n')
  const date = String(request.headers['x-amz-date'])
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', date, scope, hashOf(canonical)].join('\n')
  const key = [region, 's3', 'aws4_request'].reduce<Buffer>(
    mac,
    mac(`AWS4${KEYS.secretAccessKey}`, day!),
  )
  return mac(key, text).toString('hex') === signature
}

/** RFC 3986 unreserved characters only. */
const strict = (text: string) =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
