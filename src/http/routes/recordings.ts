/**
 * The archive's recording of a broadcast. Out, to be played (RFC 8216): a playlist that grows while
 * the room is on air, and its pieces by their digests; a piece that is gone or is not what the log
 * says is not found, and the player shows the gap. In, pushed by whoever began the broadcast: each
 * piece under its number, answered when it is durable and logged.
 */
import { Hono, type Context } from 'hono'
import type { Pushed, PushedPiece } from '../../archive/recordings.ts'
import { formatPlaylist } from '../../archive/replay.ts'
import { nodeSha256 } from '../../archive/sha256.ts'
import { say } from '../../language/say.ts'
import { fromBase64 } from '../../ledger/bytes.ts'
import { parseTime } from '../../vocabulary/time.ts'
import type { Producer } from '../access/actor.ts'
import type { AppEnv, Door } from '../door.ts'
import { wholeBody } from '../ingest-body.ts'
import { badRequest, HttpProblem, notFound } from '../problem.ts'
import { durable, reserveFor } from './events.ts'

/** Named by its digest, a piece never changes; it is for those alone who may see it. */
const KEPT = { 'cache-control': 'private, max-age=86400, immutable' }

/** A piece is a few seconds; at 20 Mbit/s ten of them are 25 MB. */
const PIECE_LIMITS = { wireBytes: 32 << 20, withinMs: 60_000 }
/** It describes tracks and holds no picture. */
const INIT_LIMITS = { wireBytes: 1 << 20, withinMs: 60_000 }
export const MAX_DURATION_MS = 600_000

type Deps = Pick<Door, 'recordings' | 'register' | 'ingest'>

export const recordingRoutes = (door: Deps): Hono<AppEnv> => {
  const { recordings, register } = door
  return new Hono<AppEnv>()
    .get('/v1/broadcasts/:broadcast/recording', (c) => {
      const broadcast = c.req.param('broadcast')
      const segments = recordings.of(broadcast)
      if (segments.length === 0) throw notFound()
      const rows = segments.map((segment) => ({
        segment,
        name: `recording/${segment.sha256}`,
        map: segment.init === undefined ? null : `recording/${segment.init}`,
        isGap: false,
      }))
      const isOver = (register.get(broadcast)?.endedAt ?? null) !== null
      return c.body(formatPlaylist(rows, isOver), 200, {
        'content-type': 'application/vnd.apple.mpegurl',
        'cache-control': 'no-store',
      })
    })
    .get('/v1/broadcasts/:broadcast/recording/:piece', async (c) => {
      const { broadcast, piece } = c.req.param()
      const bytes = await recordings.read(broadcast, piece)
      if (bytes === null) throw notFound()
      // MPEG-TS packets begin with 0x47 (ISO 13818-1).
      const type = bytes[0] === 0x47 ? 'video/mp2t' : 'video/mp4'
      return c.body(new Uint8Array(bytes), 200, { ...KEPT, 'content-type': type })
    })
    .put('/v1/broadcasts/:broadcast/recording/init', async (c) => {
      const sha256 = await withBody(door, c, INIT_LIMITS, (bytes) => recordings.storeInit(bytes))
      return c.json({ sha256 }, 201)
    })
    .put('/v1/broadcasts/:broadcast/recording/:piece', async (c) => {
      const { broadcast, piece } = c.req.param()
      if (!/^(0|[1-9][0-9]{0,8})$/.test(piece)) throw notFound()
      const stated = statedIn(c.req.raw.headers)
      const pushed = await withBody(door, c, PIECE_LIMITS, (bytes) =>
        recordings.push(broadcast, { ...stated, sequence: Number(piece), bytes }),
      )
      const { outcome, segment } = acceptedOf(pushed)
      const { sequence, sha256 } = segment
      return c.json({ sequence, sha256 }, outcome === 'stored' ? 201 : 200)
    })
}

/** @throws HttpProblem where the piece was not taken */
const acceptedOf = (pushed: Pushed) => {
  if (pushed.outcome === 'unknown-init') throw badRequest('assay-init')
  if (pushed.outcome !== 'wrong-number') return pushed
  const { next } = pushed
  throw new HttpProblem('wrong-number', say('problem.wrong-number', { next }), {
    'assay-next': String(next),
  })
}

/** Works on the whole body, which must be what its digest says. @throws HttpProblem */
const withBody = async <T>(
  door: Deps,
  c: Context<AppEnv>,
  limits: typeof PIECE_LIMITS,
  work: (bytes: Uint8Array<ArrayBuffer>) => Promise<T>,
): Promise<T> => {
  const { headers, body } = c.req.raw
  const { source } = c.get('actor') as Producer
  const length = Number(headers.get('content-length') ?? limits.wireBytes)
  const most = Math.min(length, limits.wireBytes)
  const release = await reserveFor(door, source, most, { body, limits })
  try {
    const bytes = await wholeBody(body, limits)
    if (bytes.length === 0) throw badRequest('body')
    if (!isDigestOf(headers, bytes))
      throw new HttpProblem('wrong-digest', say('problem.wrong-digest'))
    return await durable(work(bytes))
  } finally {
    release()
  }
}

/** What the headers say of a piece. @throws HttpProblem `bad-request` */
const statedIn = (headers: Headers): Omit<PushedPiece, 'sequence' | 'bytes'> => {
  const durationMs = Number(headers.get('assay-duration-ms') ?? Number.NaN)
  if (!Number.isSafeInteger(durationMs) || durationMs < 1 || durationMs > MAX_DURATION_MS)
    throw badRequest('assay-duration-ms')
  const startsAt = parseTime(headers.get('assay-starts-at') ?? '')
  if (Number.isNaN(startsAt)) throw badRequest('assay-starts-at')
  const init = headers.get('assay-init')
  if (init !== null && !/^[0-9a-f]{64}$/.test(init)) throw badRequest('assay-init')
  const isDiscontinuous = headers.get('assay-discontinuous') === '1'
  return { durationMs, startsAt, init, isDiscontinuous }
}

/** RFC 9530: a digest that is given must match; one by another algorithm is not ours to check. */
const isDigestOf = (headers: Headers, bytes: Uint8Array): boolean => {
  const given = headers.get('content-digest')
  const match = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):/.exec(given ?? '')
  if (match === null) return true
  const digest = fromBase64(match[1]!)
  return digest !== null && Buffer.from(digest).equals(nodeSha256(bytes))
}
