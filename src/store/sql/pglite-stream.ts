/**
 * What `pg` takes for a socket: the Postgres wire protocol (PostgreSQL documentation, "Frontend/
 * Backend Protocol") carried to the PGlite worker and back. One stream is one worker's life, as a
 * connection of Postgres is one process's: ending it closes the database cleanly.
 */
import { Duplex } from 'node:stream'
import type { Worker } from 'node:worker_threads'
import { startThread } from '../thread.ts'
import type { FromWorker, WorkerData } from './pglite-worker.ts'

const TERMINATE = 'X'.charCodeAt(0)

export class PgliteStream extends Duplex {
  readonly #data: WorkerData
  readonly #after: Promise<void>
  #worker: Worker | undefined
  #left: () => void = () => undefined
  /** Resolves when the thread is gone and nothing has the folder open any more. */
  readonly gone = new Promise<void>((resolve) => {
    this.#left = resolve
  })

  /** @param after when the worker before this one has gone: two on one folder would ruin it */
  constructor(data: WorkerData, after: Promise<void>) {
    super()
    this.#data = data
    this.#after = after
  }

  /** As `pg` calls it; `connect` is emitted when the database is open. */
  connect(): this {
    void this.#after.then(() => {
      if (this.destroyed || this.writableEnded) return this.#left()
      const worker = startThread('./pglite-worker', import.meta.url, { workerData: this.#data })
      let isOpen = false
      worker.on('message', (message: FromWorker) => {
        if ('bytes' in message) this.push(message.bytes)
        else {
          isOpen = true
          this.emit('connect')
        }
      })
      worker.on('error', (cause) => {
        // What dies in use may be started again; what never opened will not open the next time.
        const what = isOpen ? 'Connection lost' : 'The embedded database did not open'
        this.destroy(new Error(`${what}: ${cause.message}`, { cause }))
      })
      worker.once('exit', () => {
        this.destroy()
        this.#left()
      })
      this.#worker = worker
    })
    return this
  }

  /** Ends the thread as a crash would, in the middle of whatever it does. */
  async kill(): Promise<void> {
    await this.#worker?.terminate()
  }

  // What else `pg` asks of a socket.
  setNoDelay(): this {
    return this
  }
  setKeepAlive(): this {
    return this
  }
  /** While the database is open the process stays, as it does for a socket. */
  ref(): this {
    this.#worker?.ref()
    return this
  }
  unref(): this {
    this.#worker?.unref()
    return this
  }

  override _read(): void {
    // Answers are pushed as they come; `pg` bounds them by asking one query at a time.
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    // Terminate is this stream's own end, which closes the database as well (_final).
    if (chunk[0] !== TERMINATE) this.#worker?.postMessage(copyOf([chunk]))
    done()
  }

  /** `pg` corks a query's Parse, Bind, Describe, Execute and Sync: one message carries them all. */
  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    const frames = chunks.map(({ chunk }) => chunk).filter(([type]) => type !== TERMINATE)
    if (frames.length > 0) this.#worker?.postMessage(copyOf(frames))
    done()
  }

  override _final(done: () => void): void {
    if (this.#worker === undefined) return done()
    this.#worker.postMessage(null, [])
    void this.gone.then(done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // After a clean end the thread is gone already; otherwise it must not outlive its stream.
    if (this.#worker === undefined) return done(error)
    void this.#worker.terminate().then(() => done(error))
  }
}

/** `pg` reuses its buffers. */
const copyOf = (chunks: readonly Buffer[]): Uint8Array => new Uint8Array(Buffer.concat(chunks))
