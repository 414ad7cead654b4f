/** Writes orders into the evidence tables, a line an order, with nothing stated by default. */
import type { Evidence } from '../../src/detectors/room.ts'
import type { OrderTable } from '../../src/detectors/tables/orders.ts'

export type OrderLine = {
  readonly order?: string
  readonly merchant?: string
  readonly buyer?: string
  readonly broadcast?: string
  readonly payer?: string
  readonly address?: string
  readonly device?: string
  readonly ip?: string
  readonly host?: string
  readonly reason?: string
  readonly goodsReturned?: boolean
  readonly placedAt?: number
  readonly paidAt?: number
  readonly cancelledAt?: number
  readonly shippedAt?: number
  readonly deliveredAt?: number
  readonly refundRequestedAt?: number
  readonly refundedAt?: number
  readonly total?: number
  readonly paid?: number
  readonly refunded?: number
}

const TEXTS = [
  ['merchant', 'merchants'],
  ['buyer', 'buyers'],
  ['broadcast', 'broadcasts'],
  ['payer', 'payers'],
  ['address', 'addresses'],
  ['device', 'devices'],
  ['ip', 'ips'],
  ['host', 'hosts'],
  ['reason', 'reasons'],
] as const

const NUMBERS = [
  'placedAt',
  'paidAt',
  'cancelledAt',
  'shippedAt',
  'deliveredAt',
  'refundRequestedAt',
  'refundedAt',
  'total',
  'paid',
  'refunded',
] as const

export const addOrders = (orders: OrderTable, lines: Iterable<OrderLine>): void => {
  for (const line of lines) {
    const row = orders.rowOf(line.order ?? `order-${orders.length}`)
    const { columns } = orders
    for (const [field, names] of TEXTS) {
      const text = line[field]
      if (text !== undefined) columns[field][row] = orders[names].intern(text) + 1
    }
    for (const field of NUMBERS) {
      const value = line[field]
      if (value !== undefined) columns[field][row] = value
    }
    columns.goodsReturned[row] = line.goodsReturned === true ? 1 : 0
  }
}

/** A visit of each account to a broadcast, so that its buyers were seen there. */
export const addVisits = (
  evidence: Evidence,
  broadcast: string,
  accounts: Iterable<string>,
  at: number,
): void => {
  const room = evidence.room(broadcast)
  for (const account of accounts) {
    const view = room.views.rowOf(`view-${room.views.length}`)
    const row = room.accounts.rowOf(account)
    room.views.columns.account[view] = row + 1
    room.views.join(view, at)
    room.accounts.columns.views[row]! += 1
  }
}
