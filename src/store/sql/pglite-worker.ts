/**
 * The thread that runs PGlite: a query blocks the thread it runs on, so it has one of its own.
 * In: frames of the Postgres wire protocol, whole up to a Sync. Out: the answers. `null` ends it.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'

/** Null keeps everything in memory. */
export type WorkerData = { readonly folder: string | null }
/** The first message is the one without bytes: the database is open. */
export type FromWorker = { readonly ready: true } | { readonly bytes: Uint8Array }
export type ToWorker = Uint8Array | null

const port = parentPort!
const { folder } = workerData as WorkerData

const database = await (folder === null ? PGlite.create() : PGlite.create(folder))

const send = (message: FromWorker, transfer: ArrayBuffer[] = []) =>
  port.postMessage(message, transfer)

const answer = async (frames: ToWorker): Promise<void> => {
  if (frames === null) {
    await database.close()
    return port.close()
  }
  // The answer is a view of the database's own memory: copied before it is handed over.
  const bytes = (await database.execProtocolRaw(frames)).slice()
  send({ bytes }, [bytes.buffer])
}

// One connection: frames are answered in the order in which they came.
let last: Promise<void> = Promise.resolve()
port.on('message', (frames: ToWorker) => {
  last = last.then(() => answer(frames))
})
send({ ready: true })

// Creating a database leaves hundreds of megabytes that nothing here would ever set off a collection of.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
setTimeout(collect, 5_000).unref()
