/** A whole service on a temporary folder, its database in memory, for tests that ask it things. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openService, type Service, type ServiceOptions } from '../../src/service/open.ts'
import { readServicePack } from '../../src/service/pack.ts'
import { createLedger } from '../../src/store/create-ledger.ts'
import { newMasterKey, parseMasterKey } from '../../src/store/sql/master-key.ts'
import { openPglite } from '../../src/store/sql/pglite.ts'
import { openSqlStore, type SqlStore } from '../../src/store/sql/store.ts'
import type { Sql } from '../../src/store/sql/port.ts'

export const PACK = await readServicePack(
  fileURLToPath(new URL('../../policies/cn', import.meta.url)),
)

export type Rig = {
  readonly folder: string
  readonly store: SqlStore
  readonly failures: string[]
  /** May be called again after `close` of what it gave, or after a crash was played. */
  readonly open: (more?: Partial<ServiceOptions>) => Promise<Service>
  readonly remove: () => Promise<void>
}

export const newRig = async (): Promise<Rig> => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-service-'))
  const ledger = join(folder, 'ledger')
  await createLedger(ledger, { origin: 'example.test/log', seed: randomBytes(32) })
  const sql: Sql = await openPglite({ folder: null })
  const store = await openSqlStore(sql, [parseMasterKey(newMasterKey())])
  const failures: string[] = []
  return {
    folder,
    store,
    failures,
    open: (more = {}) =>
      openService({
        folder: join(folder, 'state'),
        ledger,
        store,
        pack: PACK,
        version: 'test',
        failed: (what, error) =>
          void failures.push(`${what}: ${error instanceof Error ? error.stack : String(error)}`),
        ...more,
      }),
    remove: async () => {
      await sql.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
