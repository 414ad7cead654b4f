import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Evidence } from '../../src/detectors/room.ts'
import { Intake } from '../../src/engine/intake.ts'
import { subnetOf } from '../../src/engine/subnet.ts'
import { event } from '../importers/lib.ts'
import { contents } from './contents.ts'

const fold = (events: readonly unknown[]) => {
  const evidence = new Evidence()
  const intake = new Intake(evidence)
  intake.open('test', 'test')
  for (const [index, value] of events.entries()) intake.offer(value, index + 1)
  const { inputs, refusedByBroadcast } = intake.end()
  const [input] = inputs
  expect(input!.refused.flatMap(({ examples }) => examples)).toEqual([])
  return { evidence, input: input!, room: evidence.room('broadcast-1'), refusedByBroadcast }
}

/** A broadcast with one of everything that the tables hold. */
const EVENTS = [
  event('s', 'broadcast.started', {
    room: 'room-1',
    operator: 'operator-a',
    title: 'Autumn kitchen',
    form: 'video',
    currency: 'CNY',
    hosts: [{ account: 'host-a', role: 'host' }],
  }),
  event(
    'j1',
    'viewer.joined',
    {
      view: 'w1',
      viewer: 'u1',
      device: 'd1',
      ip: '192.0.2.17',
      entry: 'feed',
      accountCreatedAt: '2024-01-01T00:00:00Z',
    },
    1000,
  ),
  event('j2', 'viewer.joined', { view: 'w2', ip: '192.0.2.99', entry: 'push' }, 2000),
  event('h1', 'viewer.watched', { view: 'w1', seconds: 30 }, 31_000),
  event('h2', 'viewer.watched', { view: 'w1', seconds: 10, visible: false }, 41_007),
  event('h3', 'viewer.watched', { view: 'w1', seconds: 30, playing: false }, 71_003),
  event('k1', 'like.sent', { viewer: 'u1', view: 'w1', count: 5 }, 32_000),
  event('k2', 'like.sent', { viewer: 'u3', count: 2 }, 33_000),
  event(
    'c1',
    'comment.posted',
    { comment: 'c1', viewer: 'u1', view: 'w1', text: '多少钱' },
    34_000,
  ),
  event(
    'c2',
    'comment.posted',
    { comment: 'c2', viewer: 'u3', text: '多少钱', replyTo: 'c1' },
    35_000,
  ),
  event('r1', 'comment.removed', { comment: 'c2', by: 'assistant-a', reason: 'spam' }, 36_000),
  event('p1', 'product.clicked', { viewer: 'u1', view: 'w1', product: 'p1' }, 37_000),
  event(
    'b1',
    'banner.shown',
    { kind: 'going-to-buy', product: 'p1', text: '12 人正在去买', count: 12 },
    38_000,
  ),
  event('f1', 'follow.added', { viewer: 'u1' }, 39_000),
  event('d1', 'display.updated', { concurrent: 20, viewers: 300 }, 40_000),
  event(
    't1',
    'caption.spoken',
    { speaker: 'host-a', text: '上链接', language: 'zh', startMs: 500, endMs: 900 },
    900,
  ),
  event(
    'o1',
    'order.placed',
    {
      order: 'o1',
      buyer: 'u1',
      merchant: 'm1',
      lines: [
        { product: 'p1', quantity: 2, unitPrice: 500 },
        { product: 'p2', quantity: 1, unitPrice: 99 },
      ],
      total: 1099,
    },
    42_000,
  ),
  event('o2', 'order.paid', { order: 'o1', amount: 1099 }, 43_000),
  event(
    'o3',
    'refund.requested',
    { refund: 'r1', order: 'o1', amount: 500, reason: 'torn', goodsReturned: true },
    90_000_000,
  ),
  event('o4', 'refund.completed', { refund: 'r1', order: 'o1', amount: 500 }, 99_000_000),
  event('l1', 'viewer.left', { view: 'w1' }, 80_000),
  event('e1', 'broadcast.ended', { counts: { 'live.viewer.joined': 2 } }, 81_000),
]

describe('the fold', () => {
  it('puts every fact where the detectors look for it', () => {
    const { evidence, room } = fold(EVENTS)
    const start = Date.UTC(2026, 2, 1, 12)
    const { views, accounts, comments } = room
    const w1 = views.ids.find('w1')!
    const w2 = views.ids.find('w2')!
    const v = views.columns
    expect([views.length, views.joined]).toEqual([2, 2])
    expect([v.startAt[w1], v.leftAt[w1], v.lastAt[w1]]).toEqual([
      start + 1000,
      start + 80_000,
      start + 80_000,
    ])
    expect([
      v.watchedSeconds[w1],
      v.beats[w1],
      v.beatMax[w1],
      v.beatMin[w1],
      v.beatsAtMax[w1],
    ]).toEqual([70, 3, 30, 10, 2])
    // A like, a comment and a click with this view's id.
    expect([v.idleBeats[w1], v.acts[w1]]).toEqual([2, 3])
    // Offsets within the second: 0, 7 and 3 ms.
    expect(views.phaseSpread(w1)).toBe(7)
    expect(v.subnet[w1]).toBe(v.subnet[w2])
    expect(v.ip[w1]).not.toBe(v.ip[w2])
    expect([v.account[w2], v.device[w2]]).toEqual([0, 0])

    const u1 = accounts.ids.find('u1')!
    const a = accounts.columns
    expect([
      a.views[u1],
      a.taps[u1],
      a.likes[u1],
      a.comments[u1],
      a.clicks[u1],
      a.social[u1],
      a.orders[u1],
    ]).toEqual([1, 5, 1, 1, 1, 1, 1])
    expect([a.firstAt[u1], a.lastAt[u1]]).toEqual([start + 1000, start + 42_000])

    const c2 = comments.ids.find('c2')!
    expect(comments.texts.size).toBe(1)
    expect([comments.columns.reply[c2], comments.columns.removed[c2]]).toEqual([1, 3])

    const o = evidence.orders.columns
    expect([o.total[0], o.paid[0], o.refunded[0], o.quantity[0], o.goodsReturned[0]]).toEqual([
      1099, 1099, 500, 3, 1,
    ])
    expect(evidence.orders.broadcasts.nameOf(o.broadcast[0]! - 1)).toBe('broadcast-1')
    expect(room.captions).toEqual([
      {
        id: 't1',
        from: start + 500,
        until: start + 900,
        speaker: 'host-a',
        text: '上链接',
        confidence: 1,
      },
    ])
    // A refund a day later does not make the broadcast longer.
    expect([room.firstAt, room.lastAt]).toEqual([start, start + 81_000])
  })

  it('gives the same tables for any order of the events', () => {
    const { evidence, room } = fold(EVENTS)
    const expected = contents(evidence, room)
    fc.assert(
      fc.property(fc.shuffledSubarray(EVENTS, { minLength: EVENTS.length }), (events) => {
        const other = fold(events)
        expect(contents(other.evidence, other.room)).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })

  it('changes nothing for a repeat, wherever it comes', () => {
    const { evidence, room } = fold(EVENTS)
    const expected = contents(evidence, room)
    fc.assert(
      fc.property(fc.subarray(EVENTS), (again) => {
        const other = fold([...EVENTS, ...again])
        expect(other.input.repeats).toBe(again.length)
        expect(contents(other.evidence, other.room)).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })

  it('takes one id from two sources for two events', () => {
    const like = event('k', 'like.sent', { viewer: 'u', count: 1 })
    expect(fold([like, { ...like, source: '/other' }]).room.likes.length).toBe(2)
  })

  it('counts a refund once that two producers tell', () => {
    const refund = event('x', 'refund.completed', { refund: 'r', order: 'o', amount: 7 })
    const { evidence } = fold([refund, { ...refund, source: '/other' }])
    expect(evidence.orders.columns.refunded[0]).toBe(7)
  })

  it('keeps orders of no broadcast', () => {
    const { subject: _, ...order } = event('x', 'order.placed', {
      order: 'o',
      buyer: 'u',
      merchant: 'm',
      lines: [],
      total: 0,
    })
    const { evidence } = fold([order])
    expect(evidence.orders.columns.broadcast[0]).toBe(0)
    expect(evidence.rooms.size).toBe(1)
  })
})

describe('the network of an address', () => {
  it.each([
    ['198.51.100.7', '198.51.100.0/24'],
    ['2001:db8:1:2::7', '2001:db8:1::/48'],
    ['2001:0DB8:0001::', '2001:db8:1::/48'],
    ['::1', '0:0:0::/48'],
    ['::ffff:198.51.100.7', '198.51.100.0/24'],
    ['fe80::1%eth0', 'fe80:0:0::/48'],
    ['a digest', ''],
    ['1.2.3', ''],
    ['2001:db8', ''],
    ['1.2.3.x', ''],
  ])('%s is in %j', (ip, expected) => {
    expect(subnetOf(ip)).toBe(expected)
  })
})
