/**
 * Pieces of a recording pushed over HTTP: `PUT <prefix>/<broadcast>/<sequence>`, the piece as body.
 * Headers: `assay-duration-ms`, `assay-starts-at` (RFC 3339), `assay-init` (digest of a piece pushed
 * before as `PUT <prefix>/<broadcast>/init`), `assay-discontinuous: 1`, and `content-digest`
 * (RFC 9530) where the sender wants its bytes compared.
 *
 * Answers: 201 when the piece is durable and logged, 200 for the same piece again, 409 for another
 * piece of that number or a number that leaves a gap (the body says which is due), 400, 401, 413.
 */
import { timingSafeEqual } from 'node:crypto'
import { fromBase64 } from '../ledger/bytes.ts'
import { parseTime } from '../vocabulary/time.ts'
import type { Archive } from './archive.ts'
import { readLimited } from './read-limited.ts'
import { nextSequence, recordPiece } from './record-pieces.ts'
import { readSegment, segmentUri, storeSegment } from './segments.ts'
import { nodeSha256, sha256Hex } from './sha256.ts'

export type PushOptions = {
  readonly archive: Archive
  /** Whoever knows it may push. */
  readonly token: string
  readonly maxBytes?: number
}

const MAX_PIECE_BYTES = 64 << 20
const MAX_DURATION_MS = 600_000

/** A handler of Fetch requests whose URL ends in `/<broadcast>/<sequence>` or `/<broadcast>/init`. */
export const pushHandler = (options: PushOptions): ((request: Request) => Promise<Response>) => {
  const { archive } = options
  // One piece of a broadcast after another, in the order in which they come.
  const lasts = new Map<string, Promise<unknown>>()
  const inOrder = <T>(broadcast: string, work: () => Promise<T>): Promise<T> => {
    const done = (lasts.get(broadcast) ?? Promise.resolve()).then(work)
    const settled = done.catch(() => undefined)
    lasts.set(broadcast, settled)
    void settled.then(() => {
      if (lasts.get(broadcast) === settled) lasts.delete(broadcast)
    })
    return done
  }
  return async (request) => {
    if (!isTokenOf(request, options.token)) return answer(401, 'unauthorised')
    if (request.method !== 'PUT') return answer(405, 'method')
    const [name = '', last = ''] = new URL(request.url).pathname.split('/').slice(-2)
    const broadcast = decoded(name)
    if (broadcast === null || !/^(init|0|[1-9][0-9]{0,8})$/.test(last)) return answer(400, 'path')
    const bytes = await readLimited(request.body, options.maxBytes ?? MAX_PIECE_BYTES)
    if (bytes === null) return answer(413, 'too-long')
    if (bytes.length === 0) return answer(400, 'empty')
    if (!isDigestOf(request, bytes)) return answer(400, 'content-digest')
    if (last === 'init') {
      const [sha256] = await storeSegment(archive.parts.segments, bytes)
      return answer(201, 'stored', { sha256 })
    }
    return inOrder(broadcast, () => take(archive, broadcast, Number(last), bytes, request))
  }
}

const take = async (
  archive: Archive,
  broadcast: string,
  sequence: number,
  bytes: Uint8Array<ArrayBuffer>,
  { headers }: Request,
): Promise<Response> => {
  const next = nextSequence(archive, broadcast)
  const sha256 = sha256Hex(bytes)
  const known = archive.facts.broadcasts.get(broadcast)?.segments.get(sequence)
  if (known?.sha256 === sha256) return answer(200, 'stored', { sequence, sha256, uri: known.uri })
  if (known !== undefined || sequence !== next) return answer(409, 'sequence', { next })
  const durationMs = Number(headers.get('assay-duration-ms') ?? Number.NaN)
  const startsAt = parseTime(headers.get('assay-starts-at') ?? '')
  const initDigest = headers.get('assay-init')
  if (!Number.isSafeInteger(durationMs) || durationMs < 1 || durationMs > MAX_DURATION_MS)
    return answer(400, 'assay-duration-ms')
  if (Number.isNaN(startsAt)) return answer(400, 'assay-starts-at')
  const init = initDigest === null ? null : await initOf(archive, initDigest)
  if (initDigest !== null && init === null) return answer(400, 'assay-init')
  const { index } = await recordPiece(archive, broadcast, {
    bytes,
    init,
    durationMs,
    startsAt,
    isReckoned: false,
    isDiscontinuous: headers.get('assay-discontinuous') === '1',
  })
  return answer(201, 'stored', { sequence, sha256, uri: segmentUri(sha256), index })
}

const initOf = async (
  archive: Archive,
  digest: string,
): Promise<Uint8Array<ArrayBuffer> | null> => {
  if (!/^[0-9a-f]{64}$/.test(digest)) return null
  const bytes = await readSegment(archive.parts.segments, digest)
  return bytes === null ? null : new Uint8Array(bytes)
}

const answer = (status: number, code: string, more: object = {}): Response =>
  Response.json({ code, ...more }, { status })

const isTokenOf = ({ headers }: Request, token: string): boolean => {
  // Digests are of one length, so the comparison tells nothing of the token's.
  const given = nodeSha256(new TextEncoder().encode(headers.get('authorization') ?? ''))
  const right = nodeSha256(new TextEncoder().encode(`Bearer ${token}`))
  return token !== '' && timingSafeEqual(given, right)
}

/** RFC 9530: a digest that is given must match; one by another algorithm is not ours to check. */
const isDigestOf = ({ headers }: Request, bytes: Uint8Array): boolean => {
  const given = headers.get('content-digest')
  const match = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):/.exec(given ?? '')
  if (match === null) return true
  const digest = fromBase64(match[1]!)
  return digest !== null && Buffer.from(digest).equals(nodeSha256(bytes))
}

const decoded = (name: string): string | null => {
  try {
    const text = decodeURIComponent(name)
    return text.length > 0 && text.length <= 128 ? text : null
  } catch {
    return null
  }
}
