/** Everything that rests in SQL, behind one door: a database, its schema, its keys, its tables. */
import { appealTable } from './appeals.ts'
import { broadcastTable, figuresTable } from './broadcasts.ts'
import { openDataKeys, type DataKeys, type MasterKeys } from './data-keys.ts'
import { evidenceRequestTable } from './evidence-requests.ts'
import { findingTable } from './findings.ts'
import { ingestKeyTable } from './ingest-keys.ts'
import { invitationTable } from './invitations.ts'
import { matterTable } from './matters.ts'
import { measureTable } from './measures.ts'
import { migrate } from './migrate.ts'
import { noteTable } from './notes.ts'
import type { Sql } from './port.ts'
import { progressTable } from './progress.ts'
import { readTable } from './reads.ts'
import { retentionTable } from './retention.ts'
import { deliveryTable, webhookTable } from './webhooks.ts'

export type SqlStore = ReturnType<typeof tablesOf> & {
  readonly sql: Sql
  readonly keys: DataKeys
}

/**
 * Migrates, then opens the keys. Given older master keys as well, re-wraps what is still under
 * them: opened so once, the older ones can be forgotten. The database stays the caller's to close.
 * @throws SqlError migration-changed, database-newer, bad-master-key
 */
export const openSqlStore = async (
  sql: Sql,
  masters: MasterKeys,
  now: () => number = Date.now,
): Promise<SqlStore> => {
  await migrate(sql)
  const keys = await openDataKeys(sql, masters, now)
  if (masters.length > 1) await keys.rewrap(masters[0])
  return { sql, keys, ...tablesOf(sql, keys) }
}

const tablesOf = (sql: Sql, keys: DataKeys) => ({
  broadcasts: broadcastTable(sql),
  figures: figuresTable(sql),
  progress: progressTable(sql),
  findings: findingTable(sql, keys),
  measures: measureTable(sql, keys),
  appeals: appealTable(sql, keys),
  notes: noteTable(sql, keys),
  matters: matterTable(sql, keys),
  evidenceRequests: evidenceRequestTable(sql, keys),
  webhooks: webhookTable(sql, keys),
  deliveries: deliveryTable(sql, keys),
  ingestKeys: ingestKeyTable(sql),
  invitations: invitationTable(sql, keys),
  reads: readTable(sql, keys),
  retention: retentionTable(sql),
})
