/**
 * The embedded default: PGlite in a folder, or in memory. It survives a killed process but never
 * calls fsync and takes no lock on its folder, so a lock of ours keeps a second process out, and
 * nothing rests in it alone that the ledger is the truth of.
 */
import { takeLock } from '../lock-file.ts'
import { PgliteStream } from './pglite-stream.ts'
import { poolOf } from './pool.ts'
import type { Sql } from './port.ts'

export type PgliteOptions = {
  /** Created where there is none; null keeps everything in memory. */
  readonly folder: string | null
  readonly onIdleError?: (error: Error) => void
  /** Told of each thread that is started: the first, and one after each that died. */
  readonly onStream?: (stream: PgliteStream) => void
}

/**
 * Should the worker die, calls under way fail with an `isTransient` error and the next one starts
 * another worker on the same folder.
 * @throws StoreError `locked` where another process has the folder
 */
export const openPglite = async ({
  folder,
  onIdleError = () => undefined,
  onStream = () => undefined,
}: PgliteOptions): Promise<Sql> => {
  const unlock = folder === null ? async () => undefined : await takeLock(`${folder}.lock`)
  let stream: PgliteStream | undefined
  const sql = poolOf(
    'pglite',
    {
      // One backend, one connection, for as long as the pool lives.
      max: 1,
      idleTimeoutMillis: 0,
      user: 'postgres',
      database: 'postgres',
      ssl: false,
      stream: () => {
        stream = new PgliteStream({ folder }, stream?.gone ?? Promise.resolve())
        onStream(stream)
        return stream
      },
    },
    onIdleError,
  )
  return {
    ...sql,
    close: async () => {
      await sql.close()
      await stream?.gone
      await unlock()
    },
  }
}
