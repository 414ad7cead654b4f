/** The service over what lies in a data folder, without a door: what `assay serve` opens. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { MasterKeys } from '../store/sql/data-keys.ts'
import { parseMasterKey, readMasterKey } from '../store/sql/master-key.ts'
import { openPglite } from '../store/sql/pglite.ts'
import { openPostgres } from '../store/sql/postgres.ts'
import { openSqlStore, type SqlStore } from '../store/sql/store.ts'
import { openService, type Pace, type Service } from './open.ts'
import { readServicePack, type ServicePack } from './pack.ts'

export type DataOptions = {
  readonly data: string
  /** Postgres; the embedded database unless given. */
  readonly database?: string | undefined
  /** Folder of the ledger, which must be there; `ledger` in `data` unless given. */
  readonly ledger?: string | undefined
  readonly masterKey?: string | undefined
  /** Folder of the law pack. */
  readonly pack: string
  readonly version: string
  readonly pace?: Partial<Pace> | undefined
  readonly failed: (what: string, error: unknown) => void
  readonly onStep?: (step: 'database' | 'ledger' | 'rooms') => void
}

export type OpenData = {
  readonly service: Service
  readonly store: SqlStore
  readonly pack: ServicePack
  readonly close: () => Promise<void>
}

export const openData = async (options: DataOptions): Promise<OpenData> => {
  const { data, database, failed, version, pace, onStep = () => {} } = options
  await mkdir(data, { recursive: true })
  onStep('database')
  const idle = (error: Error) => failed('database', error)
  const sql =
    database === undefined
      ? await openPglite({ folder: join(data, 'db'), onIdleError: idle })
      : openPostgres({ url: database, onIdleError: idle })
  try {
    const store = await openSqlStore(sql, await mastersOf(options))
    onStep('ledger')
    const pack = await readServicePack(options.pack)
    onStep('rooms')
    const service = await openService({
      folder: join(data, 'state'),
      ledger: options.ledger ?? join(data, 'ledger'),
      store,
      pack,
      version,
      pace,
      failed,
    })
    const close = async () => {
      await service.close()
      await sql.close()
    }
    return { service, store, pack, close }
  } catch (error) {
    await sql.close().catch((reason: unknown) => failed('stop', reason))
    throw error
  }
}

/**
 * The master key in use, then the old one while it is being rotated away: opening the store wraps
 * every data key anew. From the environment, or from a file of its owner only.
 */
const mastersOf = async ({ data, masterKey }: DataOptions): Promise<MasterKeys> => {
  const { ASSAY_MASTER_KEY: given, ASSAY_OLD_MASTER_KEY: old } = process.env
  const master =
    given === undefined
      ? await readMasterKey(masterKey ?? join(data, 'master.key'), true)
      : parseMasterKey(given)
  return old === undefined ? [master] : [master, parseMasterKey(old)]
}
