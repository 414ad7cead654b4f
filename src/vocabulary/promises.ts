/** What is promised and what is measured: "Promises and facts about goods" of the vocabulary. */
import { anywhere } from './definition.ts'
import {
  bool,
  count,
  figure,
  id,
  list,
  money,
  ms,
  object,
  oneOf,
  text,
  time,
  uri,
} from './fields.ts'

export const promises = {
  'live.promise.made': anywhere({
    says: { en: 'Somebody promises buyers something', zh: '向买家作出承诺' },
    ledger: 'material',
    personal: ['by', 'text'],
    data: object({
      promise: id,
      kind: oneOf(['lowest-price', 'price-protection', 'gift', 'quantity', 'after-sales']),
      by: id,
      product: id,
      scope: object({ channels: list(id).optional(), from: time, until: time }).optional(),
      price: money.optional(),
      quantity: count.optional(),
      orders: object({ from: time, until: time }).optional(),
      couponsCount: bool.optional(),
      saidAt: ms.optional(),
      text,
    }),
    example: {
      promise: 'promise-1',
      kind: 'lowest-price',
      by: 'host-a',
      product: 'product-1',
      scope: { from: '2026-03-01T20:00:00.000+08:00', until: '2026-03-08T20:00:00.000+08:00' },
      price: 9900,
      saidAt: 61_200,
      text: '今天全网最低价',
    },
  }),
  'live.test.reported': anywhere({
    says: { en: 'A laboratory measured a product', zh: '实验室检测商品' },
    ledger: 'material',
    personal: [],
    data: object({
      product: id,
      laboratory: text,
      attribute: text,
      value: figure,
      unit: text,
      document: uri.optional(),
    }),
    example: {
      product: 'product-1',
      laboratory: 'laboratory-a',
      attribute: 'diameter',
      value: 27.8,
      unit: 'cm',
    },
  }),
} as const
