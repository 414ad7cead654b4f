/** Orders put into groups by a number of their row: the ground of the detectors over orders. */
import type { Interner } from '../../sketches/interner.ts'
import type { OrderTable } from '../tables/orders.ts'

/** Rows by group: those of group `g` are `rows[starts[g]]` to `rows[starts[g + 1] - 1]`, ascending. */
export type Groups = { readonly starts: Uint32Array; readonly rows: Uint32Array }

/**
 * Counting sort of rows 0 … `length` − 1, O(rows + groups). A `groupOf` of −1 leaves a row out.
 */
export const groupRows = (
  length: number,
  count: number,
  groupOf: (row: number) => number,
): Groups => {
  const starts = new Uint32Array(count + 1)
  for (let row = 0; row < length; row += 1) {
    const group = groupOf(row)
    if (group >= 0) starts[group + 1]! += 1
  }
  for (let group = 0; group < count; group += 1) starts[group + 1]! += starts[group]!
  const rows = new Uint32Array(starts[count]!)
  const next = starts.slice()
  for (let row = 0; row < length; row += 1) {
    const group = groupOf(row)
    if (group >= 0) rows[next[group]!++] = row
  }
  return { starts, rows }
}

/** When an order was made, ms: placed, else paid (a file may know only one); NaN for neither. */
export const orderedAt = (orders: OrderTable, row: number): number => {
  const placed = orders.columns.placedAt[row]!
  return Number.isNaN(placed) ? orders.columns.paidAt[row]! : placed
}

/** The name behind a column of numbers + 1; empty for 0, "not stated". */
export const nameIn = (names: Interner, number: number): string =>
  number === 0 ? '' : names.nameOf(number - 1)
