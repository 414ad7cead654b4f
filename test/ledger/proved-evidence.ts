/** Evidence with its proofs, by the book: a comment with a leaf of its own and a like in a chunk. */
import { base64, fromUtf8 } from '../../src/ledger/bytes.ts'
import type { ClaimedEvidence } from '../../src/ledger/check-evidence.ts'
import { chunkOf, proveInChunk } from '../../src/ledger/chunk.ts'
import { leafOf } from '../../src/ledger/leaf.ts'
import { formatVerifierKey } from '../../src/ledger/note-key.ts'
import { inclusionPath } from '../../src/ledger/prove.ts'
import { formatTlogProof } from '../../src/ledger/tlog-proof.ts'
import type { AssayEvent } from '../../src/vocabulary/index.ts'
import { checkpointOf, entriesOf, leafByTheBook, LOG, rootByTheBook, WITNESS } from './build.ts'

export const BROADCAST = 'broadcast-a'
const TIME = '2026-03-01T12:00:00.000Z'

const eventOf = (id: string, type: string, data: object): AssayEvent =>
  ({
    specversion: '1.0',
    id,
    source: '/platforms/a',
    type,
    subject: BROADCAST,
    time: TIME,
    data,
  }) as unknown as AssayEvent

export const COMMENT = eventOf('event-1', 'live.comment.posted', {
  comment: 'comment-1',
  viewer: 'viewer-1',
  text: 'hello',
})
/** Of another broadcast. */
export const COUPON = {
  ...eventOf('event-9', 'live.coupon.issued', { coupon: 'twenty' }),
  subject: 'broadcast-b',
}
const likeOf = (id: string) => eventOf(id, 'live.like.sent', { viewer: `of-${id}`, count: 1 })
export const LIKE = likeOf('event-2')

const salt = () => new Uint8Array(16).fill(9)
const likes = [likeOf('event-0'), LIKE, likeOf('event-3')]
const chunk = chunkOf(likes, { room: 'room-a', broadcast: BROADCAST, sequence: 1 }, salt)
const { entry: commentEntry } = leafOf(COMMENT, { room: 'room-a', sequence: 0 }, salt)
const { entry: couponEntry } = leafOf(COUPON, { room: 'room-b', sequence: 0 }, salt)
/** The comment is leaf 2, the chunk leaf 4 and the coupon leaf 5 of seven. */
const entries = entriesOf(7).with(2, commentEntry).with(4, chunk.entry).with(5, couponEntry)
export const SIZE = entries.length

const hashes = entries.map(leafByTheBook)
const rangeRoot = ({ start, end }: { start: number; end: number }) =>
  rootByTheBook(hashes.slice(start, end))

const placeOf = (leaf: number, { type, time }: AssayEvent, keys = [LOG, WITNESS]) => ({
  type,
  time,
  leaf,
  hash: base64(hashes[leaf]!),
  entry: fromUtf8(entries[leaf]!)!,
  proof: formatTlogProof({
    index: leaf,
    hashes: inclusionPath(leaf, 0, SIZE).map(rangeRoot),
    checkpoint: checkpointOf(SIZE, rootByTheBook(hashes), keys),
  }),
})

export const COUPON_PLACE = placeOf(5, COUPON)

const like = proveInChunk(chunk.body, 1)

/** Salt and event of the row, base64. */
export const OPENED = new Map([[LIKE.id, base64(like.salted)]])

/** Cosigned by the one witness of its policy, or by nobody. */
export const evidenceOf = (keys = [LOG, WITNESS]) =>
  ({
    pieces: [
      { name: COMMENT.id, place: { ...placeOf(2, COMMENT, keys), row: null } },
      {
        name: LIKE.id,
        place: {
          ...placeOf(4, LIKE, keys),
          row: {
            within: 1,
            hash: base64(leafByTheBook(like.salted)),
            proof: like.proof.map(base64),
          },
        },
      },
    ] as const,
    policy: [
      `log ${formatVerifierKey(LOG.verifier)}`,
      `witness W1 ${formatVerifierKey(WITNESS.verifier)}`,
      'quorum W1',
      '',
    ].join('\n'),
  }) satisfies ClaimedEvidence
