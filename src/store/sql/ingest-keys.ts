/**
 * Ingest keys: one a source, scoped, kept as digests only and shown once. Rotating issues a new key
 * and lets the old one work on for a while, so that no producer falls silent in between.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { Sql, SqlRow, SqlRunner } from './port.ts'
import { msOf } from './time.ts'

export type IngestKeyRow = {
  /** Public id; the secret begins with it, so that a leaked key can be told. */
  readonly key: string
  readonly source: string
  readonly scopes: readonly string[]
  readonly label: string
  readonly createdBy: string
  readonly createdAt: number
  /** From then on it is refused; null for none. */
  readonly expiresAt: number | null
  /** The key that takes its place. */
  readonly replacedBy: string | null
}

export type NewIngestKey = Pick<IngestKeyRow, 'source' | 'scopes' | 'label' | 'createdBy'> & {
  readonly expiresAt: number | null
}

/** `secret` is known to nobody afterwards. */
export type IssuedKey = { readonly key: string; readonly secret: string }

const FORM = /^assay_([0-9a-f]{16})_[\w-]{43}$/

export const ingestKeyTable = (sql: Sql) => ({
  issue: (asked: NewIngestKey, now: number): Promise<IssuedKey> => issue(sql, asked, now),

  /** Undefined for whatever is no valid key. */
  find: async (secret: string, now: number): Promise<IngestKeyRow | undefined> => {
    if (!FORM.test(secret)) return undefined
    const [row] = await sql.query(
      'select * from ingest_keys where hash = $1 and (expires_at is null or expires_at > $2)',
      [hashOf(secret), new Date(now)],
    )
    return row && rowOf(row)
  },

  get: async (key: string): Promise<IngestKeyRow | undefined> =>
    (await sql.query('select * from ingest_keys where key = $1', [key])).map(rowOf)[0],

  list: async (): Promise<IngestKeyRow[]> =>
    (await sql.query('select * from ingest_keys order by created_at, key')).map(rowOf),

  /**
   * The same source, scopes and label under a new secret; the old one ends after `overlapMs`, or
   * earlier where it was to end anyway. Undefined where there is no such key, or one replaced already.
   */
  rotate: (
    key: string,
    by: string,
    now: number,
    overlapMs: number,
  ): Promise<IssuedKey | undefined> =>
    sql.transaction(async (runner) => {
      const [row] = await runner.query(
        `select * from ingest_keys where key = $1 and replaced_by is null
           and (expires_at is null or expires_at > $2) for update`,
        [key, new Date(now)],
      )
      if (row === undefined) return undefined
      const { source, scopes, label, expiresAt } = rowOf(row)
      const issued = await issue(runner, { source, scopes, label, createdBy: by, expiresAt }, now)
      await runner.query(
        `update ingest_keys set replaced_by = $2, expires_at = least(expires_at, $3)
         where key = $1`,
        [key, issued.key, new Date(now + overlapMs)],
      )
      return issued
    }),

  /** At once. False where there is no such key in force. */
  revoke: async (key: string, now: number): Promise<boolean> => {
    const { affected } = await sql.execute(
      `update ingest_keys set expires_at = $2
       where key = $1 and (expires_at is null or expires_at > $2)`,
      [key, new Date(now)],
    )
    return affected === 1
  },
})

const issue = async (sql: SqlRunner, asked: NewIngestKey, now: number): Promise<IssuedKey> => {
  const key = randomBytes(8).toString('hex')
  const secret = `assay_${key}_${randomBytes(32).toString('base64url')}`
  await sql.query(
    `insert into ingest_keys (key, hash, source, scopes, label, created_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      key,
      hashOf(secret),
      asked.source,
      asked.scopes,
      asked.label,
      asked.createdBy,
      new Date(now),
      asked.expiresAt === null ? null : new Date(asked.expiresAt),
    ],
  )
  return { key, secret }
}

const hashOf = (secret: string): Uint8Array => createHash('sha256').update(secret).digest()

const rowOf = (row: SqlRow): IngestKeyRow => ({
  key: row['key'] as string,
  source: row['source'] as string,
  scopes: row['scopes'] as string[],
  label: row['label'] as string,
  createdBy: row['created_by'] as string,
  createdAt: msOf(row['created_at'])!,
  expiresAt: msOf(row['expires_at']),
  replacedBy: row['replaced_by'] as string | null,
})
