/** Makes an admin in the service's own database, whichever it is. */
import { join } from 'node:path'
import { openAuth } from '../../http/access/auth.ts'
import { say } from '../../language/say.ts'
import { StoreError } from '../../ledger/object-store.ts'
import { parseMasterKey, readMasterKey } from '../../store/sql/master-key.ts'
import { openPglite } from '../../store/sql/pglite.ts'
import { SqlError, type Sql } from '../../store/sql/port.ts'
import { openPostgres } from '../../store/sql/postgres.ts'
import { openSqlStore } from '../../store/sql/store.ts'
import { UsageError } from '../command.ts'

export type AdminOptions = {
  readonly email: string
  readonly name: string
  readonly database: string | undefined
  readonly data: string
  readonly masterKey: string | undefined
}

/** False where the address is taken. @throws UsageError where the database does not open */
export const createAdmin = async (options: AdminOptions, password: string): Promise<boolean> => {
  let sql: Sql | undefined
  try {
    sql =
      options.database === undefined
        ? await openPglite({ folder: join(options.data, 'db') })
        : openPostgres({ url: options.database, connections: 1 })
    const fromEnvironment = process.env['ASSAY_MASTER_KEY']
    const master =
      fromEnvironment === undefined
        ? await readMasterKey(options.masterKey ?? join(options.data, 'master.key'), true)
        : parseMasterKey(fromEnvironment)
    const { keys } = await openSqlStore(sql, [master])
    // The origin concerns cookies and passkeys only, of which none is made here.
    const auth = await openAuth(sql, keys, { origin: 'http://127.0.0.1' })
    const { email, name } = options
    return (await auth.create({ email, name, password, role: 'admin', party: null })) !== null
  } catch (error) {
    if (!(error instanceof SqlError || error instanceof StoreError || isOfTheSystem(error)))
      throw error
    throw new UsageError(say('admin.cannot-open', { reason: error.message }))
  } finally {
    await sql?.close()
  }
}

const isOfTheSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
