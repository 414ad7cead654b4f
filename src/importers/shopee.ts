/**
 * Orders of the Shopee Code League 2020, "Order Brushing": `orderid,shopid,userid,event_time`.
 * The times name no zone; they are read as Singapore's. Amounts are not in the file: 0.
 */
import type { Reader } from '../engine/ports.ts'
import { parseTime } from '../vocabulary/index.ts'
import { beat, type Source } from './source.ts'

const HEADER = /^\uFEFF?"?orderid"?,"?shopid"?,"?userid"?,"?event_time"?\r?(\n|$)/
const ZONE = '+08:00'

export const shopee: Reader<Source> = {
  name: 'shopee-orders',
  recognises: (head) => HEADER.test(new TextDecoder().decode(head.subarray(0, 128))),
  read: async (source, intake, options) => {
    const decoder = new TextDecoder()
    let line = 0
    const take = (text: string) => {
      line += 1
      if (line === 1 || text === '') return
      const [order, shop, user, moment, ...more] = text.split(',')
      if (!order || !shop || !user || moment === undefined || more.length > 0) {
        intake.refuse({ code: 'bad-row', expected: '4 columns', got: text.slice(0, 80) }, line)
        return
      }
      const time = `${moment.replace(' ', 'T')}${ZONE}`
      const event = {
        specversion: '1.0',
        id: order,
        source: '/importers/shopee-orders',
        type: 'live.order.placed',
        time,
        data: { order, buyer: user, merchant: shop, lines: [], total: 0 },
      } as const
      const at = parseTime(time)
      // What is not plainly sound is left to the vocabulary to refuse.
      if (Number.isNaN(at) || text.length > 128) intake.offer({ ...event, time: moment }, line)
      else intake.take(event, at, line)
    }
    let rest = ''
    for await (const chunk of source.chunks()) {
      beat(source, options)
      const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const text of lines) take(text)
    }
    if (rest !== '') take(rest)
  },
}
