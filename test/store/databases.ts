/** The two databases that everything about SQL is tested on. */
import { openPglite } from '../../src/store/sql/pglite.ts'
import type { Sql } from '../../src/store/sql/port.ts'
import { hasPostgres, startPostgres } from './postgres.ts'

export type Database = {
  readonly name: string
  readonly isHere: boolean
  /** Empty; `remove` closes it and leaves nothing behind. */
  readonly open: () => Promise<{ readonly sql: Sql; readonly remove: () => Promise<void> }>
}

export const DATABASES: readonly Database[] = [
  {
    name: 'PGlite',
    isHere: true,
    open: async () => {
      const sql = await openPglite({ folder: null })
      return { sql, remove: () => sql.close() }
    },
  },
  {
    name: hasPostgres ? 'Postgres' : 'Postgres (skipped: there is none on this machine)',
    isHere: hasPostgres,
    open: async () => {
      const server = await startPostgres()
      const sql = server.open()
      return {
        sql,
        remove: async () => {
          await sql.close()
          await server.remove()
        },
      }
    },
  },
]
