/** Who read whose personal data, when, and by which route. Each line is an event of the ledger too. */
import type { DataKeys } from './data-keys.ts'
import type { Sql, SqlRow } from './port.ts'
import { msOf } from './time.ts'

export type PersonalRead = {
  readonly read: string
  readonly at: number
  /** Id of the person who read, and in which role. */
  readonly reader: string
  readonly role: string
  /** Method and pattern, e.g. `GET /v1/broadcasts/:broadcast/suspects`. */
  readonly route: string
  /** Id of what was read, empty for a list. */
  readonly object: string
  /** Whose data it is, where it is one person's. */
  readonly subject: string | null
}

export type StoredRead = Omit<PersonalRead, 'subject'> & { readonly number: number }

export const readTable = (sql: Sql, keys: DataKeys) => ({
  record: async (read: PersonalRead): Promise<void> => {
    await sql.query(
      `insert into reads (read, at, reader, role, route, object, subject)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (read) do nothing`,
      [
        read.read,
        new Date(read.at),
        read.reader,
        read.role,
        read.route,
        read.object,
        read.subject === null ? null : await keys.digest('subject', read.subject),
      ],
    )
  },

  /** Newest first. @param subject only reads of this one's data; null for all */
  list: async (
    subject: string | null,
    limit: number,
    before: number | null = null,
  ): Promise<StoredRead[]> => {
    const rows = await sql.query(
      `select number, read, at, reader, role, route, object from reads
       where ($1::bytea is null or subject = $1) and ($2::bigint is null or number < $2)
       order by number desc limit $3`,
      [subject === null ? null : await keys.digest('subject', subject), before, limit],
    )
    return rows.map((row: SqlRow) => ({ ...(row as StoredRead), at: msOf(row['at'])! }))
  },
})
