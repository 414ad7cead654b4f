/** What a broadcast is and what its page shows: the table "Broadcast" of the vocabulary. */
import { z } from 'zod'
import { inBroadcast } from './definition.ts'
import {
  bool,
  bytes,
  count,
  currency,
  id,
  list,
  money,
  ms,
  object,
  oneOf,
  sha256,
  share,
  text,
  time,
  uri,
} from './fields.ts'

const host = object({
  account: id,
  role: oneOf(['host', 'guest', 'assistant']),
  virtual: bool.optional(),
})

/** What can go wrong with a recording; see docs/evidence.md for what each one proves. */
export const DISTURBANCES = [
  'gap',
  'discontinuity',
  'jump',
  'restart',
  'unreadable',
  'refused',
  'source-lost',
  'source-returned',
] as const

export const broadcast = {
  'live.broadcast.announced': inBroadcast({
    says: { en: 'A broadcast is announced to the public', zh: '直播预告发布' },
    ledger: 'material',
    personal: [],
    data: object({
      room: id,
      scheduledAt: time,
      title: text.optional(),
      uri: uri.optional(),
    }),
    example: {
      room: 'room-1',
      scheduledAt: '2026-03-01T20:00:00.000+08:00',
      uri: 'https://live.example/room-1',
    },
  }),
  'live.broadcast.started': inBroadcast({
    says: { en: 'A room goes on air', zh: '直播间开播' },
    ledger: 'material',
    personal: ['hosts.account'],
    data: object({
      room: id,
      operator: id,
      title: text,
      form: oneOf(['video', 'audio', 'picture-text']),
      currency,
      hosts: list(host),
      agency: id.optional(),
      cover: uri.optional(),
      scheduledAt: time.optional(),
      category: text.optional(),
    }),
    example: {
      room: 'room-1',
      operator: 'operator-a',
      title: 'Autumn kitchen',
      form: 'video',
      currency: 'CNY',
      hosts: [{ account: 'host-a', role: 'host' }],
    },
  }),
  'live.broadcast.ended': inBroadcast({
    says: {
      en: "A broadcast ends; the producer's own totals prove that nothing is missing",
      zh: '一场直播结束；数据提供方自报总数，以证明没有遗漏',
    },
    ledger: 'material',
    personal: [],
    data: object({
      reason: text.optional(),
      counts: z.record(z.string(), count, 'object').optional(),
    }),
    example: { counts: { 'live.viewer.joined': 1204, 'live.comment.posted': 87 } },
  }),
  'live.boost.placed': inBroadcast({
    says: {
      en: 'Traffic is steered to the room openly: a disclosed, lawful reason for arrivals',
      zh: '公开为直播间引流：已披露的合法进场原因',
    },
    ledger: 'material',
    personal: [],
    data: object({
      channel: oneOf(['homepage', 'feed', 'push', 'paid', 'offsite']),
      from: time,
      until: time,
      expectedViews: count.optional(),
    }),
    example: {
      channel: 'homepage',
      from: '2026-03-01T20:10:00.000+08:00',
      until: '2026-03-01T20:20:00.000+08:00',
      expectedViews: 50_000,
    },
  }),
  'live.display.updated': inBroadcast({
    says: { en: 'What the page showed the public at this moment', zh: '此刻页面向公众展示的数字' },
    ledger: 'material',
    personal: [],
    data: object({
      concurrent: count.optional(),
      viewers: count.optional(),
      likes: count.optional(),
      orders: count.optional(),
      sales: money.optional(),
    }),
    example: { concurrent: 5120, viewers: 31_000, likes: 88_000 },
  }),
  'live.segment.recorded': inBroadcast({
    says: { en: 'A piece of the replay is stored', zh: '一段回放已存档' },
    ledger: 'material',
    personal: [],
    data: object({
      sequence: count,
      durationMs: ms,
      bytes,
      sha256,
      uri,
      startsAt: time,
      /** Digest of the initialisation section that fMP4 pieces need (EXT-X-MAP). */
      init: sha256.optional(),
      /** The piece does not continue the one before it (EXT-X-DISCONTINUITY). */
      discontinuous: bool.optional(),
      /** Number of the piece in the playlist that it came from (EXT-X-MEDIA-SEQUENCE). */
      sourceSequence: count.optional(),
      /** The source gave no time of day; `startsAt` was reckoned from when the piece was first seen. */
      startsAtReckoned: bool.optional(),
    }),
    example: {
      sequence: 0,
      durationMs: 6000,
      bytes: 1_482_311,
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      uri: 'segments/broadcast-1/000000.ts',
      startsAt: '2026-03-01T20:00:00.000+08:00',
    },
  }),
  'live.recording.disturbed': inBroadcast({
    says: {
      en: 'The recording has a gap or a seam, or its source was lost or came back',
      zh: '录制出现缺口或接缝，或信号源中断、恢复',
    },
    ledger: 'material',
    personal: [],
    data: object({
      kind: oneOf(DISTURBANCES),
      /** The next piece of our own that would follow. */
      beforeSequence: count,
      /** Pieces of the source that are missing. */
      pieces: count.optional(),
      durationMs: ms.optional(),
      sourceSequence: count.optional(),
      note: text.optional(),
    }),
    example: { kind: 'gap', beforeSequence: 12, pieces: 1, durationMs: 6000 },
  }),
  'live.caption.spoken': inBroadcast({
    says: { en: 'Something is said on air', zh: '直播中说出的一句话' },
    ledger: 'material',
    personal: ['speaker', 'text'],
    data: object({
      speaker: id,
      text,
      language: id,
      startMs: ms,
      endMs: ms,
      confidence: share.optional(),
    }),
    example: {
      speaker: 'host-a',
      text: '今天全网最低价',
      language: 'zh-CN',
      startMs: 61_200,
      endMs: 63_000,
    },
  }),
} as const
