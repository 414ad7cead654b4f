/** How far the ledger was written into the tables that can be built again from it. */
import type { Sql } from './port.ts'

const RECORDS = 'records'

export const progressTable = (sql: Sql) => ({
  /** Everything before this position of the ledger is in; 0 for a new database. */
  get: async (): Promise<number> => {
    const [row] = await sql.query<{ position: number }>(
      'select position from progress where name = $1',
      [RECORDS],
    )
    return row?.position ?? 0
  },

  reach: async (position: number): Promise<void> => {
    await sql.query(
      `insert into progress (name, position) values ($1, $2)
       on conflict (name) do update set position = excluded.position
       where progress.position < excluded.position`,
      [RECORDS, position],
    )
  },

  /** Takes out what the database knows from beyond this position, and begins again at 0. */
  backTo: async (position: number): Promise<void> => {
    await sql.transaction(async (runner) => {
      for (const table of ['figures', 'findings', 'measures'])
        await runner.query(`delete from ${table} where position > $1`, [position])
      await runner.query('delete from progress where name = $1', [RECORDS])
    })
  },
})
