/**
 * Persons out of the database. What speaks of a broadcast is sealed anew under another key without
 * them, and the old key goes: whatever copy of the old rows there is cannot be read any more. What
 * was theirs alone (their requests, what tells that an order is theirs) goes whole.
 */
import type { DataKeys } from './data-keys.ts'
import { hexOf, openDocument, sealDocument } from './documents.ts'
import { matterTable } from './matters.ts'
import type { Sql } from './port.ts'
import { cleanPages } from './retention.ts'

export type ErasedRows = {
  readonly ids: ReadonlySet<string>
  readonly broadcasts: ReadonlySet<string>
  /** Whose orders and complaints these were is forgotten. */
  readonly orders: ReadonlySet<string>
  readonly complaints: ReadonlySet<string>
  /** Nothing of theirs is kept by law or held: their own requests go as well. */
  readonly isWhole: boolean
  /** A text names one of them. */
  readonly mentions: (value: unknown) => boolean
  /** The same value with such texts empty. */
  readonly without: (value: unknown) => unknown
  /** The same of an appeal: where it was theirs, their words go whole. */
  readonly withoutAppellant: (document: unknown) => unknown
}

type Sealed = { readonly finding?: string; readonly document: unknown }

export const erasePersonRows = async (
  sql: Sql,
  keys: DataKeys,
  erased: ErasedRows,
): Promise<void> => {
  // What is of no broadcast stands under an empty one.
  for (const broadcast of [...erased.broadcasts, '']) await eraseIn(sql, keys, broadcast, erased)
  const { disown } = matterTable(sql, keys)
  await disown('order', erased.orders)
  await disown('complaint', erased.complaints)
  await eraseDeliveries(sql, keys, erased)
  if (erased.isWhole)
    for (const id of erased.ids) {
      const digest = await keys.digest('subject', id)
      await sql.query('delete from evidence_requests where consumer = $1', [digest])
      await sql.query('update matters set consumer = null where consumer = $1', [digest])
      await sql.query('update appeals set party = null where party = $1', [id])
      await sql.query('update reads set subject = null where subject = $1', [digest])
      await keys.erase({ subject: id })
    }
  await cleanPages(sql, 'vacuum full')
}

/** Every sealed table of a broadcast: its own column of ids, and where a row was sealed for. */
const TABLES = {
  findings: ['finding', (id: unknown) => `findings/${hexOf(id as Uint8Array)}`],
  measures: ['measure', (id: unknown) => `measures/${id as string}`],
  appeals: ['appeal', (id: unknown) => `appeals/${id as string}`],
  notes: ['note', (id: unknown) => `notes/${id as string}`],
} as const

const eraseIn = async (
  sql: Sql,
  keys: DataKeys,
  broadcast: string,
  { mentions, without, withoutAppellant }: ErasedRows,
): Promise<void> => {
  await keys.retire({ broadcast })
  for (const [table, [column, placeOf]] of Object.entries(TABLES))
    for (const row of await sql.query(
      `select ${column} as id, document from ${table} where broadcast = $1`,
      [broadcast],
    )) {
      const id = row['id'] as string | Uint8Array
      const sealed = await openDocument<Sealed>(keys, placeOf(id), row['document'])
      const name = sealed?.finding ?? id
      if (sealed === undefined || mentions(name)) {
        await sql.query(`delete from ${table} where ${column} = $1`, [id])
        continue
      }
      const kept =
        table === 'appeals' ? { document: withoutAppellant(sealed.document) } : without(sealed)
      const document = await sealDocument(keys, { broadcast }, placeOf(id), kept)
      await sql.query(`update ${table} set document = decode($2, 'hex') where ${column} = $1`, [
        id,
        document,
      ])
    }
  await keys.eraseRetired({ broadcast })
  const [figures] = await sql.query<{ document: unknown }>(
    'select document from figures where broadcast = $1',
    [broadcast],
  )
  if (figures !== undefined && mentions(figures.document))
    await sql.query('update figures set document = $2::jsonb where broadcast = $1', [
      broadcast,
      JSON.stringify(without(figures.document)),
    ])
}

/** Opened so many at a time: bounds the memory. */
const TOGETHER = 500

/** What went out, or is on its way, of which the body names one of them. */
const eraseDeliveries = async (
  sql: Sql,
  keys: DataKeys,
  { mentions }: ErasedRows,
): Promise<void> => {
  for (let after = 0; ;) {
    const rows = await sql.query<{ number: number; delivery: string; document: Uint8Array }>(
      `select number, delivery, document from deliveries where number > $1
       order by number limit ${TOGETHER}`,
      [after],
    )
    for (const { number, delivery, document } of rows) {
      after = number
      if (mentions(await keys.open(`deliveries/${delivery}`, document)))
        await sql.query('delete from deliveries where delivery = $1', [delivery])
    }
    if (rows.length < TOGETHER) return
  }
}
