/**
 * Retention and holds in the database. How long is computed elsewhere, from the law (obligations
 * §11.1), and stands with the broadcast; here what is due is erased, and what is held is not.
 */
import type { DataKeys } from './data-keys.ts'
import type { Sql } from './port.ts'

/** Most broadcasts erased in one go; the next run takes the rest. */
const BATCH = 1000

const DAY_MS = 24 * 3600_000
/** What is only of use while somebody might ask why a delivery failed. */
const DELIVERIES_KEPT_MS = 30 * DAY_MS

const TABLES = [
  'findings',
  'measures',
  'notes',
  'figures',
  'matters',
  'holds',
  'broadcasts',
] as const

export const holdTable = (sql: Sql) => ({
  place: async (hold: string, broadcast: string, at: number): Promise<void> => {
    await sql.query(
      `insert into holds (hold, broadcast, placed_at) values ($1, $2, $3)
       on conflict (hold) do nothing`,
      [hold, broadcast, new Date(at)],
    )
  },
  release: async (hold: string, at: number): Promise<void> => {
    await sql.query('update holds set released_at = $2 where hold = $1 and released_at is null', [
      hold,
      new Date(at),
    ])
  },
})

/**
 * Erases the key and the rows of every broadcast whose time is over and that nothing holds, and
 * what ran out by itself: sessions, invitations, old deliveries.
 * @returns ids of the broadcasts erased, so that the erasure goes into the ledger
 */
export const enforceRetention = async (
  sql: Sql,
  keys: DataKeys,
  now: number,
): Promise<readonly string[]> => {
  const due = await sql.query<{ broadcast: string }>(
    `select broadcast from broadcasts
     where retain_until <= $1 and not exists (
       select from holds where holds.broadcast = broadcasts.broadcast and released_at is null)
     order by retain_until limit ${BATCH}`,
    [new Date(now)],
  )
  for (const { broadcast } of due) {
    // The key first: whatever happens next, the data is gone.
    await keys.erase({ broadcast })
    await sql.transaction(async (runner) => {
      for (const table of TABLES)
        await runner.query(`delete from ${table} where broadcast = $1`, [broadcast])
    })
  }
  await sql.query('delete from sessions where "expiresAt" <= $1', [new Date(now)])
  await sql.query('delete from verifications where "expiresAt" <= $1', [new Date(now)])
  await sql.query('delete from invitations where expires_at <= $1 or used_at is not null', [
    new Date(now),
  ])
  await sql.query(`delete from deliveries where state <> 'waiting' and created_at <= $1`, [
    new Date(now - DELIVERIES_KEPT_MS),
  ])
  // An erased key leaves its page as well. PGlite has no autovacuum, so there it is all of them.
  await sql.execute(sql.kind === 'pglite' ? 'vacuum' : 'vacuum data_keys')
  return due.map(({ broadcast }) => broadcast)
}
