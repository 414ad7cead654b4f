/** Orders and sales of a broadcast: gross, filtered and net, and the orders that belong to it. */
import type { SalesTotals } from '../detectors/orders/figures.ts'
import { groupRows } from '../detectors/orders/groups.ts'
import { amountOf, soldIn } from '../detectors/orders/money.ts'
import type { Evidence, Room } from '../detectors/room.ts'
import { GenuineCount } from '../judgement/interval.ts'
import type { Scores } from '../judgement/suspicions.ts'
import { figure, highest, unknown } from './figures.ts'
import type { SalesFigure, Vantage } from './report.ts'

/** Rows of the order table by room; one pass over all orders, whatever the number of rooms. */
export const ordersByRoom = ({ orders }: Evidence): ((room: Room) => Uint32Array) => {
  const { broadcast } = orders.columns
  const groups = groupRows(orders.length, orders.broadcasts.size, (row) => broadcast[row]! - 1)
  return (room) => {
    const number = orders.broadcasts.find(room.broadcast)
    return number === undefined
      ? new Uint32Array(0)
      : groups.rows.subarray(groups.starts[number], groups.starts[number + 1])
  }
}

export const salesFigures = (
  room: Room,
  evidence: Evidence,
  rows: Uint32Array,
  totals: ReadonlyMap<string, SalesTotals>,
  scores: Scores,
  vantage: Vantage,
): { orders: SalesFigure; sales: SalesFigure } => {
  const mine = totals.get(room.broadcast)
  const shown = { orders: highest(room, 'orders'), sales: highest(room, 'sales') }
  if (mine === undefined)
    return {
      orders: { ...unknown(shown.orders), filtered: null, net: null },
      sales: { ...unknown(shown.sales), filtered: null, net: null },
    }
  const orders = new GenuineCount()
  const sales = new GenuineCount()
  const isSold = soldIn(evidence.orders)
  for (const row of rows) {
    if (!isSold(row)) continue
    orders.add(1, scores.probability[row]!)
    sales.add(amountOf(evidence.orders, row), scores.probability[row]!)
  }
  const level = (name: 'orders' | 'sales') => ({
    filtered: mine.filtered?.[name] ?? null,
    net: mine.net[name],
    // One merchant's ledger says nothing of the other shops that the page counted.
    ...(vantage === 'telemetry' ? {} : { water: null }),
  })
  return {
    orders: { ...figure(shown.orders, mine.gross.orders, orders.interval()), ...level('orders') },
    sales: { ...figure(shown.sales, mine.gross.sales, sales.interval()), ...level('sales') },
  }
}
