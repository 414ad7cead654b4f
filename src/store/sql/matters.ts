/** Whose an order or a complaint is, so that consumers and merchants reach their own and no other. */
import type { DataKeys } from './data-keys.ts'
import { hexOf, lastOfEach } from './documents.ts'
import type { Sql } from './port.ts'

export type Matter = {
  readonly kind: 'order' | 'complaint'
  readonly matter: string
  readonly broadcast?: string
  readonly merchant?: string
  readonly consumer?: string
}

export const matterTable = (sql: Sql, keys: DataKeys) => ({
  save: async (matters: readonly Matter[]): Promise<void> => {
    if (matters.length === 0) return
    const last = lastOfEach(matters, ({ kind, matter }) => `${kind}/${matter}`)
    const lines = await Promise.all(
      last.map(async ({ consumer, ...rest }) =>
        consumer === undefined
          ? rest
          : { ...rest, consumer: hexOf(await keys.digest('subject', consumer)) },
      ),
    )
    await sql.query(SAVE, [JSON.stringify(lines)])
  },

  /** Forgets whose these were. */
  disown: async (kind: Matter['kind'], matters: Iterable<string>): Promise<void> => {
    await sql.query('update matters set consumer = null where kind = $1 and matter = any($2)', [
      kind,
      [...matters],
    ])
  },

  /** Null where there is none; `isConsumer` tells without telling who it is. */
  owners: async (
    kind: Matter['kind'],
    matter: string,
    consumer: string | null,
  ): Promise<{ broadcast: string | null; merchant: string | null; isConsumer: boolean } | null> => {
    const digest = consumer === null ? null : await keys.digest('subject', consumer)
    const [row] = await sql.query<{ broadcast: string; merchant: string; own: boolean | null }>(
      'select broadcast, merchant, consumer = $3 as own from matters where kind = $1 and matter = $2',
      [kind, matter, digest],
    )
    return row === undefined
      ? null
      : { broadcast: row.broadcast, merchant: row.merchant, isConsumer: row.own === true }
  },
})

const SAVE = `
  insert into matters
  select kind, matter, broadcast, merchant, decode(consumer, 'hex')
  from jsonb_to_recordset($1::jsonb) as line(
    kind text, matter text, broadcast text, merchant text, consumer text)
  on conflict (kind, matter) do update set
    broadcast = coalesce(excluded.broadcast, matters.broadcast),
    merchant = coalesce(excluded.merchant, matters.merchant),
    consumer = coalesce(excluded.consumer, matters.consumer)`
