/** What viewers do: the table "Audience" of the vocabulary. */
import { inBroadcast } from './definition.ts'
import { bool, count, id, list, money, object, oneOf, seconds, text, time } from './fields.ts'

/** How a visit came about. */
export const ENTRIES = [
  'follow',
  'feed',
  'search',
  'share',
  'push',
  'paid',
  'direct',
  'unknown',
] as const

/** The strip that says somebody is about to buy, or just did. */
export const BANNERS = ['going-to-buy', 'just-bought'] as const

const follower = object({ viewer: id })

export const audience = {
  'live.viewer.joined': inBroadcast({
    says: { en: 'A visit begins', zh: '一次观看开始' },
    ledger: 'telemetry',
    personal: ['viewer', 'device', 'ip'],
    data: object({
      view: id,
      viewer: id.optional(),
      device: id.optional(),
      ip: id.optional(),
      network: id.optional(),
      app: id.optional(),
      entry: oneOf(ENTRIES),
      accountCreatedAt: time.optional(),
    }),
    example: {
      view: 'view-1',
      viewer: 'viewer-1',
      device: 'device-1',
      ip: '192.0.2.17',
      network: 'mobile',
      app: 'android/31.2',
      entry: 'feed',
      accountCreatedAt: '2021-05-04T09:30:00.000+08:00',
    },
  }),
  'live.viewer.watched': inBroadcast({
    says: {
      en: 'A visit goes on: seconds watched since the last such event',
      zh: '观看仍在继续：自上一次此类事件以来观看的秒数',
    },
    ledger: 'telemetry',
    personal: [],
    data: object({ view: id, seconds, visible: bool.optional(), playing: bool.optional() }),
    example: { view: 'view-1', seconds: 30, visible: true, playing: true },
  }),
  'live.viewer.left': inBroadcast({
    says: { en: 'A visit ends', zh: '一次观看结束' },
    ledger: 'telemetry',
    personal: [],
    data: object({ view: id }),
    example: { view: 'view-1' },
  }),
  'live.like.sent': inBroadcast({
    says: { en: 'A viewer taps like', zh: '观众点赞' },
    ledger: 'telemetry',
    personal: ['viewer'],
    data: object({ viewer: id, view: id.optional(), count }),
    example: { viewer: 'viewer-1', view: 'view-1', count: 12 },
  }),
  'live.comment.posted': inBroadcast({
    says: { en: 'A viewer writes a comment', zh: '观众发表评论' },
    ledger: 'material',
    personal: ['viewer', 'text'],
    data: object({
      comment: id,
      viewer: id,
      view: id.optional(),
      text,
      replyTo: id.optional(),
    }),
    example: { comment: 'comment-1', viewer: 'viewer-1', text: '这个锅能用电磁炉吗' },
  }),
  'live.comment.removed': inBroadcast({
    says: { en: 'A comment is taken down', zh: '评论被删除' },
    ledger: 'material',
    personal: ['by', 'note'],
    data: object({
      comment: id,
      by: id,
      reason: oneOf(['privacy', 'abuse', 'spam', 'illegal', 'off-topic', 'none']),
      note: text.optional(),
    }),
    example: { comment: 'comment-1', by: 'assistant-a', reason: 'none' },
  }),
  'live.viewer.muted': inBroadcast({
    says: { en: 'A viewer may no longer write', zh: '观众被禁言' },
    ledger: 'material',
    personal: ['viewer', 'by', 'reason', 'words'],
    data: object({ viewer: id, by: id, reason: text, words: list(text).optional() }),
    example: { viewer: 'viewer-1', by: 'assistant-a', reason: 'filter', words: ['退货'] },
  }),
  'live.follow.added': inBroadcast({
    says: { en: 'A viewer follows the host', zh: '观众关注主播' },
    ledger: 'telemetry',
    personal: ['viewer'],
    data: follower,
    example: { viewer: 'viewer-1' },
  }),
  'live.fangroup.joined': inBroadcast({
    says: { en: "A viewer joins the host's fan group", zh: '观众加入粉丝团' },
    ledger: 'telemetry',
    personal: ['viewer'],
    data: follower,
    example: { viewer: 'viewer-1' },
  }),
  'live.gift.sent': inBroadcast({
    says: { en: 'A viewer sends a gift that costs money', zh: '观众打赏礼物' },
    ledger: 'material',
    personal: ['viewer'],
    data: object({ viewer: id, gift: id, value: money }),
    example: { viewer: 'viewer-1', gift: 'rose', value: 10 },
  }),
  'live.share.sent': inBroadcast({
    says: { en: 'A viewer shares the room', zh: '观众分享直播间' },
    ledger: 'telemetry',
    personal: ['viewer'],
    data: object({ viewer: id }),
    example: { viewer: 'viewer-1' },
  }),
  'live.product.clicked': inBroadcast({
    says: { en: 'A viewer opens a product', zh: '观众点开商品' },
    ledger: 'telemetry',
    personal: ['viewer'],
    data: object({ viewer: id, view: id.optional(), product: id }),
    example: { viewer: 'viewer-1', view: 'view-1', product: 'product-1' },
  }),
  'live.banner.shown': inBroadcast({
    says: {
      en: 'The strip "somebody is going to buy" or "just bought" appears',
      zh: '出现“某某正在去买”或“刚刚下单”的提示条',
    },
    ledger: 'telemetry',
    personal: ['viewer', 'text'],
    data: object({
      kind: oneOf(BANNERS),
      viewer: id.optional(),
      product: id,
      text,
      count: count.optional(),
    }),
    example: { kind: 'going-to-buy', product: 'product-1', text: '12 人正在去买', count: 12 },
  }),
} as const
