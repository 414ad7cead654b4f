/**
 * Retention and holds in the database. How long, and what a hold covers, is computed by the archive
 * from the law and the ledger (service/keeping) and stands with the broadcast; here what is due is
 * erased, and what is held is not.
 */
import type { DataKeys } from './data-keys.ts'
import type { Sql } from './port.ts'
import { isoOf } from './time.ts'

/** Most broadcasts erased in one go; the next run takes the rest. */
const BATCH = 1000

const DAY_MS = 24 * 3600_000
/** What is only of use while somebody might ask why a delivery failed. */
const DELIVERIES_KEPT_MS = 30 * DAY_MS

const TABLES = [
  'findings',
  'measures',
  'appeals',
  'notes',
  'figures',
  'matters',
  'holds',
  'broadcasts',
] as const

/** Until when a broadcast is kept, ms; null while a clock has not started. */
export type Plan = { readonly broadcast: string; readonly until: number | null }

export type StandingHold = {
  readonly hold: string
  readonly broadcast: string
  /** ms. */
  readonly placedAt: number
}

export const retentionTable = (sql: Sql) => ({
  /** Until when each of these is kept; what is not named stays as it was planned before. */
  plan: async (plans: readonly Plan[]): Promise<void> => {
    const lines = plans.map(({ broadcast, until }) => ({ broadcast, until: isoOf(until) }))
    await sql.query(
      `update broadcasts set retain_until = line.until
       from jsonb_to_recordset($1::jsonb) as line(broadcast text, until timestamptz)
       where broadcasts.broadcast = line.broadcast`,
      [JSON.stringify(lines)],
    )
  },

  /** Every hold that stands, with each broadcast that it covers; the others are released. */
  hold: async (holds: readonly StandingHold[], at: number): Promise<void> => {
    const lines = holds.map(({ placedAt, ...hold }) => ({ ...hold, placed_at: isoOf(placedAt) }))
    const standing = JSON.stringify(lines)
    await sql.query(
      `insert into holds (hold, broadcast, placed_at)
       select * from jsonb_to_recordset($1::jsonb) as line(
         hold text, broadcast text, placed_at timestamptz)
       on conflict (hold, broadcast) do update set released_at = null`,
      [standing],
    )
    await sql.query(
      `update holds set released_at = $2 where released_at is null and not exists (
         select from jsonb_to_recordset($1::jsonb) as line(hold text, broadcast text)
         where line.hold = holds.hold and line.broadcast = holds.broadcast)`,
      [standing, new Date(at)],
    )
  },

  /** Rooms that some broadcast of is watched as a key room, by the figures last shown. */
  keyRooms: async (): Promise<ReadonlySet<string>> => {
    const rows = await sql.query<{ room: string }>(
      `select distinct document->>'room' as room from figures
       where jsonb_array_length(coalesce(document->'keyTriggers', '[]')) > 0`,
    )
    return new Set(rows.map(({ room }) => room))
  },
})

/**
 * Erases the key and the rows of every broadcast whose time is over and that nothing holds, and
 * what ran out by itself: sessions, invitations, old deliveries.
 * @returns ids of the broadcasts erased
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
  await cleanPages(sql, 'vacuum')
  return due.map(({ broadcast }) => broadcast)
}

/**
 * What was deleted leaves its pages as well, an erased key above all. The embedded database has no
 * autovacuum, so there it is all of them, and its log of writes, which Postgres keeps for as long as
 * its own configuration says. `vacuum full` also writes the tables anew: rows that were replaced are
 * nowhere any more.
 */
export const cleanPages = async (sql: Sql, how: 'vacuum' | 'vacuum full'): Promise<void> => {
  if (sql.kind === 'postgres') {
    await sql.execute('vacuum data_keys')
    return
  }
  await sql.execute(how)
  // Pages first, so that the old log is of no use any more; then it is deleted, not used again.
  await sql.execute('set wal_recycle = off')
  await sql.execute('checkpoint')
  await sql.query('select pg_switch_wal()')
  await sql.execute('checkpoint')
}
