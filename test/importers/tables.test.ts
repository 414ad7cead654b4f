import { describe, expect, it } from 'vitest'
import { Unmapped, Unreadable } from '../../src/importers/unreadable.ts'
import { folder, read, writeTo } from './lib.ts'

const dir = folder()

/** An order list as a Chinese shop exports it. */
const ORDERS = `订单号,店铺,买家,实付金额,下单时间,状态,商品
A1,m1,u1,"1,299.90",2026-03-01 20:05:00,已支付,pan
A2,m1,u2,19.99,2026/3/1 20:06,已退款,pan
A3,m2,u3,5,2026-03-01 20:07:00,未知,pot
`
const MAPPING = {
  source: '/shops/example',
  zone: '+08:00',
  events: [
    {
      type: 'live.order.placed',
      when: { column: '状态', is: ['已支付', '已退款'] },
      id: '订单号',
      subject: { value: 'broadcast-1' },
      time: '下单时间',
      data: {
        order: '订单号',
        buyer: '买家',
        merchant: '店铺',
        total: { column: '实付金额', times: 100 },
        'lines.0.product': '商品',
        'lines.0.quantity': { value: 1 },
        'lines.0.unitPrice': { column: '实付金额', times: 100 },
      },
    },
    {
      type: 'live.refund.completed',
      when: { column: '状态', is: ['已退款'] },
      id: '订单号',
      time: '下单时间',
      data: { refund: '订单号', order: '订单号', amount: { column: '实付金额', times: 100 } },
    },
  ],
}
const mapping = JSON.stringify(MAPPING)

const columnsOf = async (text: string) => {
  const failure = await read([writeTo(dir, 'strange.csv', text)]).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Unmapped)
  return (failure as Unmapped).columns
}

describe('a table that nobody has mapped', () => {
  it('is told with its columns and the values that these hold, as they stand', async () => {
    expect(await columnsOf('a,b\n x,\n x,2\ny,2\n')).toEqual([
      { name: 'a', values: [' x', 'y'], isAll: true },
      { name: 'b', values: ['2'], isAll: true },
    ])
  })

  it('lists no more than sixteen values, and none that is long', async () => {
    const rows = Array.from({ length: 17 }, (_, i) => `v${i},${'x'.repeat(81)}`)
    const [many, long] = await columnsOf(`many,long\n${rows.join('\n')}\n`)
    expect(many!.values).toHaveLength(16)
    expect([many!.isAll, long!.isAll, long!.values]).toEqual([false, false, []])
  })

  it('is told where it has no row at all, and after ten thousand rows of many', async () => {
    expect(await columnsOf('a\n')).toEqual([{ name: 'a', values: [], isAll: true }])
    const rows = Array.from({ length: 10_001 }, (_, i) => (i < 10_000 ? 'early' : 'late'))
    expect(await columnsOf(`a\n${rows.join('\n')}\n`)).toEqual([
      { name: 'a', values: ['early'], isAll: true },
    ])
  })
})

describe('a table with a mapping file', () => {
  it('becomes events: yuan to fen, local times by the zone, one row two events', async () => {
    const { evidence, input } = await read([writeTo(dir, 'orders.csv', ORDERS)], { mapping })
    const { orders } = evidence
    expect(orders.length).toBe(2)
    const [a1, a2] = ['A1', 'A2'].map((id) => orders.ids.find(id)!)
    expect([orders.columns.total[a1!], orders.columns.total[a2!]]).toEqual([129_990, 1999])
    expect(orders.columns.placedAt[a1!]).toBe(Date.UTC(2026, 2, 1, 12, 5))
    expect(orders.columns.refunded[a2!]).toBe(1999)
    expect(orders.products.nameOf(orders.columns.product[a1!]! - 1)).toBe('pan')
    expect(input).toMatchObject({
      format: 'csv',
      events: 3,
      refused: [{ code: 'not-in-mapping', count: 1 }],
    })
    expect(input.refused[0]!.examples[0]!.where).toMatch(/orders\.csv:4$/)
  })

  it('in GB 18030, as spreadsheets save it, and with semicolons', async () => {
    // 订单号 and the rest of the heading, in GB 18030.
    const heading = Buffer.from('b6a9b5a5bac5', 'hex')
    const bytes = Buffer.concat([heading, Buffer.from(';user;at\nA1;u1;1772366700\n')])
    const rules = {
      source: '/s',
      events: [
        { type: 'live.order.paid', time: 'at', data: { order: '订单号', amount: { value: 1 } } },
      ],
    }
    const path = writeTo(dir, 'gbk.csv', bytes)
    const { evidence } = await read([path], { mapping: JSON.stringify(rules) })
    expect(evidence.orders.ids.find('A1')).toBe(0)
    expect(evidence.orders.columns.paidAt[0]).toBe(1_772_366_700_000)
  })

  it('as NDJSON too', async () => {
    const rows = [
      {
        订单号: 'A1',
        店铺: 'm1',
        买家: 'u1',
        实付金额: 12.5,
        下单时间: 1_772_366_700,
        状态: '已支付',
        商品: 'p',
      },
    ]
    const path = writeTo(dir, 'rows.ndjson', rows.map((row) => JSON.stringify(row)).join('\n'))
    const { evidence } = await read([path], { mapping })
    expect(evidence.orders.columns.total[0]).toBe(1250)
  })

  it.each([
    ['{', 'the file must be JSON'],
    ['{"source":"/s","events":[]}', 'events'],
    ['{"source":"/s","zone":"Shanghai","events":[]}', 'zone'],
    [
      JSON.stringify({ ...MAPPING, events: [{ type: 'live.nothing', time: 't', data: {} }] }),
      'events.0.type',
    ],
  ])('says what is wrong with %s', async (text, expected) => {
    const path = writeTo(dir, 'any.csv', ORDERS)
    await expect(read([path], { mapping: text })).rejects.toThrow(expected)
  })

  it('names the column that is missing', async () => {
    const path = writeTo(dir, 'other.csv', 'a,b\n1,2\n')
    await expect(read([path], { mapping })).rejects.toThrow('状态')
    await expect(read([path])).rejects.toBeInstanceOf(Unreadable)
  })
})

describe('a table in the vocabulary’s own names', () => {
  const HEADING = 'id,source,type,subject,time,view,viewer,seconds,visible,count,data\n'

  it('needs no mapping; nested fields stand in `data`', async () => {
    const csv = `${HEADING}1,/t,live.viewer.watched,b,2026-03-01T20:00:00Z,w1,,30,true,,
2,/t,live.like.sent,b,2026-03-01T20:00:01Z,,u1,,,7,
3,/t,live.order.placed,,2026-03-01T20:00:02Z,,,,,,"{""order"":""o1"",""buyer"":""u"",""merchant"":""m"",""lines"":[],""total"":5}"
`
    const { evidence, input } = await read([writeTo(dir, 'own.csv', csv)])
    expect(input).toMatchObject({ events: 3, refused: [] })
    const room = evidence.room('b')
    expect(room.views.columns.watchedSeconds[0]).toBe(30)
    expect(room.likes.columns.count[0]).toBe(7)
    expect(evidence.orders.columns.total[0]).toBe(5)
  })

  it('refuses a row that has other columns, or a cell that is no number, alone', async () => {
    const csv = `${HEADING}1,/t,live.viewer.watched,b,2026-03-01T20:00:00Z,w1,,30,true,,
2,/t,live.viewer.watched,b
3,/t,live.viewer.watched,b,2026-03-01T20:00:00Z,w1,,many,true,,
`
    const { input } = await read([writeTo(dir, 'rows.csv', csv)])
    expect(input.events).toBe(1)
    expect(input.refused).toMatchObject([{ code: 'bad-row' }, { code: 'wrong-type' }])
    expect(input.refused[1]!.examples[0]).toMatchObject({ field: 'data.seconds', got: '"many"' })
  })
})
