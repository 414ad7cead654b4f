import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { folder, lines, read, writeTo } from './lib.ts'

const shared = (name: string) => new URL(`../../../shared/data/${name}`, import.meta.url).pathname
const CAPTURE = shared('douyin-capture/quiet-room.jsonl')
const ORDERS = shared('shopee-order-brushing/orders.csv')
const dir = folder()

const message = (type: string, payload: object, seconds: number) => ({
  type,
  payload,
  timestamp: 1_761_623_569 + seconds,
})

describe('a Douyin capture', () => {
  it('becomes what the page showed and who came, in the room that the file is called after', async () => {
    const capture = [
      message('room_user_stats', { current: 23, total: '6.8万' }, 0.25),
      message('room_stats', { display_short: '1.2万', like_count: null, total_user: null }, 1),
      message('member', { user_id_str: '7001', nickname: 'a', action: 'enter' }, 2),
      message('member', { user_id_str: '111111', nickname: 'b***' }, 3),
      message('member', { user_id_str: '111111', nickname: 'c***' }, 4),
      message('chat', { user_id_str: '7001', content: '多少钱' }, 5),
      message('like', { user_id_str: '7001', count: 3, total: 4439 }, 6),
      message('gift', { user_id: 7001, gift_name: '亲吻', gift_value: 99 }, 7),
      message('follow', { user_id_str: '', user_id: 111111, action: 'follow' }, 8),
      message('stream_adaptation', {}, 9),
    ]
    const path = writeTo(dir, 'room-a.jsonl', lines(capture))
    const { evidence, input } = await read([path])
    expect(input).toMatchObject({ format: 'douyin-capture', lines: 10, refused: [] })
    const room = evidence.rooms.get('room-a')!
    const { displays, views, accounts, comments, likes } = room
    expect(displays.columns.viewers[0]).toBe(68_000)
    expect(displays.columns.concurrent.slice(0, 2)).toEqual(Float64Array.of(23, 12_000))
    expect(displays.columns.likes[2]).toBe(4439)
    expect(displays.columns.at[0]).toBe(1_761_623_569_250)
    // Three visits; the two masked ones are guests, not one person.
    expect([views.length, views.joined, accounts.length]).toEqual([3, 3, 1])
    expect(accounts.ids.nameOf(0)).toBe('7001')
    expect([comments.length, likes.columns.count[0]]).toEqual([1, 3])
    expect(accounts.columns.social[0]).toBe(1)
  })

  it.skipIf(!existsSync(CAPTURE))(
    'is read whole from a real room (skipped: the capture is not here)',
    async () => {
      const { evidence, input } = await read([CAPTURE])
      expect(input).toMatchObject({ format: 'douyin-capture', lines: 680, refused: [] })
      const room = evidence.rooms.get('quiet-room')!
      // Counted in the file by type: 410 member, 15 chat, 1 like; 92 + 89 figures and one with the like.
      expect([
        room.views.length,
        room.comments.length,
        room.likes.length,
        room.displays.length,
      ]).toEqual([410, 15, 1, 182])
      expect(room.accounts.length).toBe(0)
    },
  )
})

describe('orders of the Shopee Code League', () => {
  const HEADING = 'orderid,shopid,userid,event_time\n'

  it('are placed at Singapore time, in no broadcast', async () => {
    const path = writeTo(
      dir,
      'shopee.csv',
      `${HEADING}1,10,100,2019-12-27 12:00:27\n2,10,101,never\n3,10\n`,
    )
    const { evidence, input } = await read([path])
    expect(input).toMatchObject({ format: 'shopee-orders', lines: 3, events: 1 })
    expect(input.refused.map(({ code }) => code).sort()).toEqual(['bad-row', 'bad-time'])
    const { orders } = evidence
    expect(orders.columns.placedAt[0]).toBe(Date.UTC(2019, 11, 27, 4, 0, 27))
    expect(orders.merchants.nameOf(orders.columns.merchant[0]! - 1)).toBe('10')
    expect(evidence.rooms.size).toBe(0)
  })

  it.skipIf(!existsSync(ORDERS))(
    'are all read (skipped: the contest file is not here)',
    async () => {
      const { evidence, input } = await read([ORDERS])
      expect(input).toMatchObject({ events: 53_432, repeats: 0, refused: [] })
      expect(evidence.orders.merchants.size).toBe(489)
      expect(evidence.orders.buyers.size).toBe(34_800)
    },
  )
})
