/** What a merchant says of a table's columns, as a mapping file that the reader of files understands. */
import { describe, expect, it } from 'vitest'
import {
  guessed,
  mappingOf,
  missingOf,
  zoneOf,
  type OrderTable,
} from '../../console/src/audit/order-table.ts'
import { byMapping } from '../../src/importers/rows.ts'
import { parseMapping } from '../../src/importers/mapping.ts'

const column = (name: string, ...values: readonly string[]) => ({
  name,
  values: [...values],
  isAll: values.length > 0 && values.length < 5,
})
const free = (name: string, value: string) => ({ name, values: [value], isAll: false })

/** Headings as a Chinese shop's export has them. */
const CHINESE = [
  free('主订单编号', '6920'),
  free('子订单编号', '6921'),
  free('选购商品', '不粘锅'),
  free('商品数量', '1'),
  free('订单应付金额', '19.90'),
  free('买家昵称', '小王'),
  free('订单提交时间', '2026-03-01 20:05:00'),
  column('订单状态', '已完成', '已关闭', '待付款', '已发货'),
  column('售后状态', '退款成功', '未发起售后'),
  free('退款完成时间', '2026-03-03 10:00:00'),
  free('收货地址', '某市某路 1 号'),
]

const ENGLISH = [
  free('Order ID', 'o-1'),
  free('Created at', '2026-03-01T12:05:00Z'),
  free('Customer', 'u-1'),
  free('Shop', 'm-1'),
  free('Total amount', '19.90'),
  column('Status', 'paid', 'unpaid', 'refunded'),
]

const said = (table: OrderTable, change: Partial<OrderTable>) => ({ ...table, ...change })

/** Events of a row, by the reader that audits use. */
const eventsOf = (table: OrderTable, row: Readonly<Record<string, string>>) =>
  byMapping(parseMapping(JSON.stringify(mappingOf(table))))(row, 1) as {
    readonly type: string
    readonly subject?: string
    readonly time: string
    readonly data: unknown
  }[]

describe('what the names of columns suggest', () => {
  it('is read from a Chinese export: a row is the order of its narrower number', () => {
    const table = guessed(CHINESE, '+01:00')
    expect(table).toMatchObject({
      zone: '+08:00',
      order: '子订单编号',
      time: '订单提交时间',
      buyer: '买家昵称',
      total: '订单应付金额',
      product: '选购商品',
      quantity: '商品数量',
      address: '收货地址',
      paid: '订单状态',
      paidValues: ['已完成', '已发货'],
      refund: '售后状态',
      refundValues: ['退款成功'],
      refundedAt: '退款完成时间',
      merchant: '',
    })
    expect(missingOf(table)).toEqual(['shop'])
  })

  it('takes “unpaid” for no payment, and one status for both where it says both', () => {
    const table = guessed(ENGLISH, '+01:00')
    expect(table).toMatchObject({
      zone: '+01:00',
      order: 'Order ID',
      time: 'Created at',
      buyer: 'Customer',
      merchant: 'Shop',
      total: 'Total amount',
      paid: 'Status',
      paidValues: ['paid', 'refunded'],
      refund: 'Status',
      refundValues: ['refunded'],
    })
    // No column says when money went back, and no time is made up.
    expect(missingOf(table)).toEqual(['refundedAt'])
    expect(mappingOf(table)).toBeNull()
  })

  it('suggests no status whose values are no list', () => {
    expect(guessed([free('status', 'as described')], 'Z')).toMatchObject({ paid: '', refund: '' })
  })
})

describe('what was said of the columns', () => {
  const row = {
    子订单编号: '6921',
    选购商品: '不粘锅',
    商品数量: '2',
    订单应付金额: '¥1,019.90',
    买家昵称: '小王',
    订单提交时间: '2026-03-01 20:05:00',
    订单状态: '已完成',
    售后状态: '退款成功',
    退款完成时间: '2026-03-03 10:00:00',
    收货地址: '某市某路 1 号',
  }
  const table = said(guessed(CHINESE, '+08:00'), { shop: ' 小店 ', broadcastName: 'broadcast-1' })

  it('makes of a row an order, its payment and its refund, in fen and at their own times', () => {
    const events = eventsOf(table, row)
    expect(events.map(({ type, subject, time }) => [type, subject, Date.parse(time)])).toEqual([
      ['live.order.placed', 'broadcast-1', Date.UTC(2026, 2, 1, 12, 5)],
      ['live.order.paid', 'broadcast-1', Date.UTC(2026, 2, 1, 12, 5)],
      ['live.refund.completed', 'broadcast-1', Date.UTC(2026, 2, 3, 2)],
    ])
    expect(events[0]!.data).toEqual({
      order: '6921',
      buyer: '小王',
      merchant: '小店',
      total: 101_990,
      lines: [{ product: '不粘锅', quantity: 2, unitPrice: 101_990 }],
      address: '某市某路 1 号',
    })
    expect(events[2]!.data).toEqual({ refund: '6921', order: '6921', amount: 101_990 })
  })

  it('pays no order that waits for its payment, and refunds none that was not', () => {
    const events = eventsOf(table, { ...row, 订单状态: '待付款', 售后状态: '未发起售后' })
    expect(events.map(({ type }) => type)).toEqual(['live.order.placed'])
  })

  it('belongs to no broadcast where none is named, and counts every row as paid without a status', () => {
    const plain = said(table, { broadcastName: ' ', paid: '', refund: '', times: 1 })
    const events = eventsOf(plain, { ...row, 订单应付金额: '101990' })
    expect(events.map(({ type }) => type)).toEqual(['live.order.placed', 'live.order.paid'])
    expect(events[0]).not.toHaveProperty('subject')
    expect(events[1]!.data).toEqual({ order: '6921', amount: 101_990 })
  })
})

describe("a browser's zone", () => {
  it.each([
    [-480, '+08:00'],
    [0, '+00:00'],
    [210, '-03:30'],
    [-345, '+05:45'],
  ])('%d minutes behind UTC is written %s', (minutes, zone) => {
    expect(zoneOf(minutes)).toBe(zone)
  })
})
