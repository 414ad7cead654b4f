/**
 * Taking persons out of the tables: names, texts and fingerprints go, rows and numbers stay, so that
 * every figure is what it was and nobody can be found in it. What others share with them (a text
 * that many wrote, a buyer whose later orders are kept) stays the others'.
 */
import type { Interner } from '../../sketches/interner.ts'
import type { CommentTable } from './interactions.ts'
import type { OrderTable } from './orders.ts'
import type { ReviewTable } from './words.ts'

/** Texts that nobody but these accounts wrote. @param accounts rows + 1 */
export const eraseComments = (table: CommentTable, accounts: ReadonlySet<number>): void => {
  const { account, text } = table.columns
  forgetOwn(
    table.texts,
    text,
    rowsWhere(table.length, (row) => accounts.has(account[row]!)),
    table,
  )
}

/** Who bought, paid and lives where, of these orders; later orders of one buyer keep their own. */
export const eraseOrders = (table: OrderTable, orders: ReadonlySet<string>): void => {
  const rows = rowsOf(table.ids, orders)
  const c = table.columns
  for (const [names, column] of [
    [table.buyers, c.buyer],
    [table.payers, c.payer],
    [table.addresses, c.address],
    [table.devices, c.device],
    [table.ips, c.ip],
  ] as const)
    part(names, column, rows, table)
  forgetOwn(table.reasons, c.reason, rows, table)
}

/** Texts of these reviews, and why they were removed. */
export const eraseReviews = (table: ReviewTable, reviews: ReadonlySet<string>): void => {
  const rows = rowsOf(table.ids, reviews)
  forgetOwn(table.texts, table.columns.text, rows, table)
  forgetOwn(table.reasons, table.columns.reason, rows, table)
}

type Sized = { readonly length: number }

const rowsOf = (ids: Interner, names: ReadonlySet<string>): ReadonlySet<number> =>
  new Set([...names].flatMap((name) => ids.find(name) ?? []))

const rowsWhere = (length: number, is: (row: number) => boolean): ReadonlySet<number> => {
  const rows = new Set<number>()
  for (let row = 0; row < length; row += 1) if (is(row)) rows.add(row)
  return rows
}

/** Numbers (+ 1) that these rows have, and whether another row has each of them too. */
const usedBy = (column: Uint32Array, rows: ReadonlySet<number>, { length }: Sized) => {
  const used = new Map<number, boolean>()
  for (const row of rows) if (column[row] !== 0) used.set(column[row]!, false)
  if (used.size > 0)
    for (let row = 0; row < length; row += 1)
      if (used.has(column[row]!) && !rows.has(row)) used.set(column[row]!, true)
  return used
}

const forgetOwn = (
  names: Interner,
  column: Uint32Array,
  rows: ReadonlySet<number>,
  table: Sized,
): void => {
  for (const [number, isShared] of usedBy(column, rows, table))
    if (!isShared) names.forgetNumber(number - 1)
}

/** What other rows share with these is theirs from now on; these get a number that is nobody's. */
const part = (
  names: Interner,
  column: Uint32Array,
  rows: ReadonlySet<number>,
  table: Sized,
): void => {
  for (const [number, isShared] of usedBy(column, rows, table)) {
    if (!isShared) {
      names.forgetNumber(number - 1)
      continue
    }
    const nobody = names.anonymous() + 1
    for (const row of rows) if (column[row] === number) column[row] = nobody
  }
}
