/**
 * The archive's recording of a broadcast, to be played (RFC 8216): a playlist that grows while the
 * room is on air, and its pieces by their digests. A piece that is gone or is not what the log says
 * is not found; the player shows the gap.
 */
import { Hono } from 'hono'
import type { Archive } from '../../archive/archive.ts'
import { formatPlaylist, piecesBetween } from '../../archive/replay.ts'
import { readSegment } from '../../archive/segments.ts'
import type { AppEnv } from '../door.ts'
import { notFound } from '../problem.ts'

/** Named by its digest, a piece never changes; it is for those alone who may see it. */
const KEPT = { 'cache-control': 'private, max-age=86400, immutable' }

export const recordingRoutes = ({ facts, parts }: Pick<Archive, 'facts' | 'parts'>): Hono<AppEnv> =>
  new Hono<AppEnv>()
    .get('/v1/broadcasts/:broadcast/recording', (c) => {
      const known = facts.broadcasts.get(c.req.param('broadcast'))
      if (known === undefined || known.segments.size === 0) throw notFound()
      const rows = piecesBetween(known.segments.values()).map((segment) => ({
        segment,
        name: `recording/${segment.sha256}`,
        map: segment.init === undefined ? null : `recording/${segment.init}`,
        isGap: false,
      }))
      return c.body(formatPlaylist(rows, known.endedAt !== null), 200, {
        'content-type': 'application/vnd.apple.mpegurl',
        'cache-control': 'no-store',
      })
    })
    .get('/v1/broadcasts/:broadcast/recording/:piece', async (c) => {
      const { broadcast, piece } = c.req.param()
      // Only what belongs to this broadcast: whoever may see one may not see all.
      const isOurs = [...(facts.broadcasts.get(broadcast)?.segments.values() ?? [])].some(
        ({ sha256, init }) => sha256 === piece || init === piece,
      )
      const bytes = isOurs ? await readSegment(parts.segments, piece) : null
      if (bytes === null) throw notFound()
      // MPEG-TS packets begin with 0x47 (ISO 13818-1).
      const type = bytes[0] === 0x47 ? 'video/mp2t' : 'video/mp4'
      return c.body(new Uint8Array(bytes), 200, { ...KEPT, 'content-type': type })
    })
