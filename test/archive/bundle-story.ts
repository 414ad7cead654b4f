/** A small evening in a log in memory: one broadcast with a recording, an order and a complaint. */
import { Recorder } from '../../src/archive/recorder.ts'
import { segmentUri, storeSegment } from '../../src/archive/segments.ts'
import { nodeSha256 } from '../../src/archive/sha256.ts'
import { Vault } from '../../src/archive/vault.ts'
import type { BundleSource } from '../../src/archive/bundle.ts'
import { COSIGNATURE, formatVerifierKey, signerKey } from '../../src/ledger/note-key.ts'
import { parseNote, signatureLine } from '../../src/ledger/note.ts'
import { RoomLog } from '../../src/ledger/rooms.ts'
import { LogWriter } from '../../src/ledger/writer.ts'
import type { HeadStore, ObjectStore } from '../../src/ledger/object-store.ts'
import { memoryHead, memoryStore } from '../../src/store/memory-store.ts'
import type { AssayEvent } from '../../src/vocabulary/event.ts'
import { fmp4Pieces, FRAMES_PER_SECOND, tsPiece } from './tiny-video.ts'

export const STARTED_AT = Date.UTC(2026, 2, 1, 12)

export const time = (seconds: number): string =>
  `${new Date(STARTED_AT + seconds * 1000 + 8 * 3_600_000).toISOString().slice(0, 23)}+08:00`

/** What tries to act on whoever reads it. */
export const HOSTILE =
  '<img src=x onerror="document.title=1"></script><script>document.title=2</script>\u202e'

/** Where the parts of the ledger lie. */
export type Places = {
  readonly log: ObjectStore
  readonly journal: ObjectStore
  readonly vault: ObjectStore
  readonly segments: ObjectStore
  readonly head: HeadStore
}

export const inMemory = (): Places => ({
  log: memoryStore(),
  journal: memoryStore(),
  vault: memoryStore(),
  segments: memoryStore(),
  head: memoryHead(),
})

export type StoryOptions = {
  readonly video?: 'ts' | 'fmp4'
  readonly seconds?: number
  /** Comments beside those of the story. */
  readonly comments?: number
  readonly places?: Places
}

export type Story = {
  readonly source: BundleSource
  readonly places: Places
}

export const ORIGIN = 'log.example/2026'
export const logKey = signerKey(ORIGIN, new Uint8Array(32).fill(1))
export const witnessKeys = ['w1', 'w2'].map((name, i) =>
  signerKey(`${name}.example/w`, new Uint8Array(32).fill(2 + i), COSIGNATURE),
)
export const POLICY = [
  `log ${formatVerifierKey(logKey.verifier)}`,
  ...witnessKeys.map((key, i) => `witness W${i + 1} ${formatVerifierKey(key.verifier)}`),
  'group both 2 W1 W2',
  'quorum both',
  '',
].join('\n')

const event = (n: number, type: string, seconds: number, data: object): AssayEvent =>
  ({
    specversion: '1.0',
    id: `e-${n}`,
    source: '/platforms/example/rooms',
    type,
    subject: 'broadcast-1',
    time: time(seconds),
    data,
  }) as unknown as AssayEvent

const schedule = (run: () => void) => {
  const timer = setTimeout(run, 0)
  return () => clearTimeout(timer)
}

export const story = async (options: StoryOptions = {}): Promise<Story> => {
  const { seconds = 30, comments = 0, video = 'ts', places = inMemory() } = options
  const { log: store, journal, segments, head } = places
  const writer = await LogWriter.open({
    origin: ORIGIN,
    store,
    journal,
    head,
    signer: logKey,
    sha256: nodeSha256,
    schedule,
  })
  const rooms = await RoomLog.open({ writer, store, journal, sha256: nodeSha256 })
  const vault = new Vault(places.vault)
  let salts = 0
  const salt = () => nodeSha256(Buffer.from(`salt ${(salts += 1)}`)).slice(0, 16)
  const recorder = new Recorder({ writer, rooms, vault, salt, schedule })
  const pending: Promise<unknown>[] = []
  let n = 0
  const record = (type: string, at: number, data: object) => {
    n += 1
    pending.push(recorder.record(event(n, type, at, data)))
  }
  record('live.broadcast.started', 0, {
    room: 'room-1',
    operator: 'operator-a',
    title: `Autumn kitchen ${HOSTILE}`,
    form: 'video',
    currency: 'CNY',
    hosts: [{ account: 'host-a', role: 'host' }],
  })
  record('live.product.listed', 1, {
    product: 'product-1',
    sku: 'sku-1',
    merchant: 'merchant-a',
    title: '铸铁锅 28 厘米',
    category: 'kitchen',
  })
  record('live.price.set', 1, {
    product: 'product-1',
    channel: 'room-1',
    kind: 'sale',
    price: 9900,
    from: time(0),
  })
  record('live.coupon.issued', 2, {
    coupon: 'coupon-1',
    issuer: 'merchant-a',
    scope: { products: ['product-1'] },
    kind: 'amount-off',
    threshold: 19_900,
    value: 3000,
    from: time(0),
    until: time(3600),
  })
  await recordVideo(video, seconds, segments, record)
  record('live.caption.spoken', 8, {
    speaker: 'host-a',
    text: '今天这口锅，全网最低价，买贵了退差价',
    language: 'zh-CN',
    startMs: 8000,
    endMs: 11_000,
  })
  record('live.promise.made', 8, {
    promise: 'promise-1',
    kind: 'lowest-price',
    by: 'host-a',
    product: 'product-1',
    price: 9900,
    saidAt: 8000,
    text: '全网最低价，买贵了退差价',
  })
  record('live.viewer.joined', 9, { view: 'view-9', viewer: 'viewer-9', entry: 'feed' })
  record('live.like.sent', 9, { viewer: 'viewer-9', count: 3 })
  record('live.comment.posted', 10, {
    comment: 'c-1',
    viewer: 'viewer-2',
    text: `真的吗 ${HOSTILE}`,
  })
  record('live.comment.posted', 11, {
    comment: 'c-2',
    viewer: 'viewer-3',
    text: '别家更便宜，骗人',
  })
  record('live.order.placed', 12, {
    order: 'order-1',
    buyer: 'viewer-1',
    merchant: 'merchant-a',
    lines: [{ product: 'product-1', quantity: 2, unitPrice: 9900 }],
    discounts: [{ coupon: 'coupon-1', amount: 3000 }],
    total: 16_800,
    address: '某市某路 1 号',
  })
  record('live.order.paid', 13, { order: 'order-1', amount: 16_800 })
  record('live.comment.removed', 100, { comment: 'c-2', by: 'operator-a', reason: 'none' })
  for (let i = 0; i < comments; i += 1)
    record('live.comment.posted', 200 + i, {
      comment: `more-${i}`,
      viewer: `viewer-${i}`,
      text: `好看 ${i}`,
    })
  await recorder.flush()
  record('live.broadcast.ended', 3600, { counts: { 'live.comment.posted': 2 + comments } })
  record('live.complaint.lodged', 86_400, {
    complaint: 'complaint-1',
    consumer: 'viewer-1',
    against: 'merchant-a',
    order: 'order-1',
    product: 'product-1',
    kind: 'price-protection',
    text: '第二天别家卖 79 元，不给退差价',
    amount: 2000,
  })
  record('live.hold.placed', 86_401, {
    hold: 'hold-1',
    matter: 'complaint-1',
    scope: 'replay of broadcast-1',
  })
  await recorder.flush()
  await Promise.all(pending)
  const { text } = parseNote(writer.checkpoint)
  const cosigned = witnessKeys.map((key, i) => signatureLine(text, key, 1_772_400_000 + i)).join('')
  const checkpoint = new Uint8Array(Buffer.concat([writer.checkpoint, Buffer.from(cosigned)]))
  await writer.publish(checkpoint)
  await writer.close()
  return { source: { log: store, vault, segments, checkpoint, policy: POLICY }, places }
}

/** A second a piece. */
const recordVideo = async (
  video: 'ts' | 'fmp4',
  seconds: number,
  store: ObjectStore,
  record: (type: string, at: number, data: object) => void,
) => {
  const made =
    video === 'ts' ? { init: null, pieces: tsPieces(seconds) } : await fmp4Pieces(seconds)
  const init = made.init === null ? null : (await storeSegment(store, made.init))[0]!
  for (const [sequence, bytes] of made.pieces.entries()) {
    const [sha256] = await storeSegment(store, bytes)
    record('live.segment.recorded', sequence + 1, {
      sequence,
      durationMs: 1000,
      bytes: bytes.length,
      sha256,
      uri: segmentUri(sha256!),
      startsAt: time(sequence),
      ...(init === null ? {} : { init }),
    })
  }
}

const tsPieces = (seconds: number): Uint8Array[] =>
  Array.from({ length: seconds }, (_, second) =>
    tsPiece(Array.from({ length: FRAMES_PER_SECOND }, (_, i) => second * FRAMES_PER_SECOND + i)),
  )
