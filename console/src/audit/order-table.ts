/**
 * A merchant's table of orders, said as a mapping file (docs/reading.md): which column is the order,
 * who bought, what was paid, and which values of a column mean "paid" and "refunded". A row is an
 * order. Guesses from the columns' names only fill the form in; whoever hands the table in confirms.
 */
import type { TableColumn } from '../../../src/http/contract.ts'

export type ColumnField =
  | 'order'
  | 'time'
  | 'buyer'
  | 'total'
  | 'merchant'
  | 'broadcast'
  | 'product'
  | 'quantity'
  | 'address'
  | 'paid'
  | 'refund'
  | 'refundedAt'

/** Columns by field, '' for none; what is typed stands for the whole table. */
export type OrderTable = Readonly<Record<ColumnField, string>> & {
  readonly shop: string
  readonly broadcastName: string
  readonly paidValues: readonly string[]
  readonly refundValues: readonly string[]
  /** Minor units in one unit of the table's amounts. */
  readonly times: number
  /** Of times that name none, as `+08:00`. */
  readonly zone: string
}

/** Tried in this order, each on the columns that are left, a narrower name before a wider one. */
const NAMES: readonly (readonly [ColumnField, ...RegExp[]])[] = [
  ['order', /子订单/, /订单(编)?号|订单 ?id/i, /^order[ _-]?(id|no|number|sn)?\.?$/i],
  ['refundedAt', /(退款|售后).*(时间|日期)/, /refund.*(time|date|at$)/i],
  [
    'time',
    /下单时间|(订单)?(创建|提交)时间/,
    /(order|creat|plac).*(time|date|at$)/i,
    /时间|time|date/i,
  ],
  [
    'total',
    /实付|实际支付|支付金额|应付/,
    /(paid|total).*(amount|price)|amount|total/i,
    /金额|price/i,
  ],
  ['refund', /退款|售后/, /refund/i],
  ['paid', /(订单|支付|交易)状态/, /状态|status|state/i],
  ['buyer', /买家|会员|用户|购买人|下单人/, /buyer|customer|user/i],
  ['merchant', /店铺|商家|商户/, /shop|store|merchant|seller/i],
  ['broadcast', /直播(间|场次)/, /broadcast|live/i],
  ['quantity', /数量|件数/, /quantity|qty/i],
  ['address', /(收货|收件|详细)地址/, /address/i],
  ['product', /商品|宝贝|货号/, /product|item|sku|goods/i],
]
/** Without these no row is an order. */
export const NEEDED = ['order', 'time', 'buyer', 'total'] as const
/** Fields whose column is a list to choose from. */
const LISTS: ReadonlySet<ColumnField> = new Set(['paid', 'refund'])

/** What has not happened (yet), whatever it names. */
const NOT_SO =
  /未|待|无|不|否|没有|失败|驳回|拒绝|撤销|\b(un|no|not|none|never|incomplete|pending|waiting|fail|reject)/i
const REFUNDED = /退款|退货|refund|return/i
const PAID = /支付|付款|发货|签收|收货|完成|成功|paid|ship|deliver|complet|success|finish/i

/** Columns whose values are a list. */
export const listsOf = (columns: readonly TableColumn[]): readonly TableColumn[] =>
  columns.filter(({ values, isAll }) => isAll && values.length > 0)

export const guessed = (columns: readonly TableColumn[], zone: string): OrderTable => {
  const fields = Object.fromEntries(NAMES.map(([field]) => [field, ''])) as Record<
    ColumnField,
    string
  >
  const left = new Set(columns.map(({ name }) => name))
  const lists = new Set(listsOf(columns).map(({ name }) => name))
  for (const [field, ...names] of NAMES) {
    const may = [...left].filter((name) => !LISTS.has(field) || lists.has(name))
    const found = names.flatMap((like) => may.find((name) => like.test(name)) ?? [])[0]
    if (found === undefined) continue
    fields[field] = found
    left.delete(found)
  }
  const refunded = isRefunded(columns, fields.refund)
  // One status often says both.
  const both = refunded.length === 0 ? isRefunded(columns, fields.paid) : []
  if (refunded.length === 0) fields.refund = both.length > 0 ? fields.paid : ''
  return {
    ...fields,
    shop: '',
    broadcastName: '',
    // What was refunded had been paid.
    paidValues: valuesOf(columns, fields.paid).filter(
      (value) => !NOT_SO.test(value) && (PAID.test(value) || REFUNDED.test(value)),
    ),
    refundValues: [...refunded, ...both],
    times: 100,
    // Headings in Chinese are of a table on Chinese time, wherever it is read.
    zone: columns.some(({ name }) => /\p{Script=Han}/u.test(name)) ? '+08:00' : zone,
  }
}

export const valuesOf = (columns: readonly TableColumn[], name: string): readonly string[] =>
  columns.find((column) => column.name === name)?.values ?? []

const isRefunded = (columns: readonly TableColumn[], name: string): readonly string[] =>
  valuesOf(columns, name).filter((value) => REFUNDED.test(value) && !NOT_SO.test(value))

/** What an audit of orders needs and nobody has said yet. */
export const missingOf = (table: OrderTable): readonly (keyof OrderTable)[] => {
  const { merchant, shop, paid, paidValues, refund, refundValues, refundedAt } = table
  const missing: (keyof OrderTable)[] = NEEDED.filter((field) => table[field] === '')
  if (merchant === '' && shop.trim() === '') missing.push('shop')
  if (paid !== '' && paidValues.length === 0) missing.push('paidValues')
  if (refund !== '' && refundValues.length === 0) missing.push('refundValues')
  // Money back within the hour of the order weighs as a sign of brushing: no time is made up.
  if (refund !== '' && refundedAt === '') missing.push('refundedAt')
  return missing
}

/** Null while something is missing. */
export const mappingOf = (table: OrderTable): object | null => {
  if (missingOf(table).length > 0) return null
  const { order, time, buyer, total, merchant, shop, product, quantity, address, times } = table
  const { paid, paidValues, refund, refundValues, refundedAt, broadcast, broadcastName } = table
  const amount = { column: total, times }
  const subject = columnOr(broadcast, broadcastName)
  const common = { id: order, ...(subject === undefined ? {} : { subject }) }
  return {
    source: '/tables/orders',
    zone: table.zone,
    events: [
      {
        type: 'live.order.placed',
        ...common,
        time,
        data: {
          order,
          buyer,
          merchant: columnOr(merchant, shop),
          total: amount,
          'lines.0.product': product === '' ? { value: 'unstated' } : product,
          'lines.0.quantity': quantity === '' ? { value: 1 } : quantity,
          'lines.0.unitPrice': amount,
          ...(address === '' ? {} : { address }),
        },
      },
      {
        type: 'live.order.paid',
        ...(paid === '' ? {} : { when: { column: paid, is: paidValues } }),
        ...common,
        time,
        data: { order, amount },
      },
      ...(refund === ''
        ? []
        : [
            {
              type: 'live.refund.completed',
              when: { column: refund, is: refundValues },
              ...common,
              time: refundedAt,
              data: { refund: order, order, amount },
            },
          ]),
    ],
  }
}

const columnOr = (column: string, typed: string): string | { value: string } | undefined => {
  if (column !== '') return column
  return typed.trim() === '' ? undefined : { value: typed.trim() }
}

/** Of a browser's clock now: `+08:00`. @param minutes as `Date.getTimezoneOffset` */
export const zoneOf = (minutes: number): string => {
  const away = Math.abs(minutes)
  return `${minutes > 0 ? '-' : '+'}${two(away / 60)}:${two(away % 60)}`
}

const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0')
