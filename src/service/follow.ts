/**
 * Following files: new lines of a file, or of every `.ndjson` and `.jsonl` file of a folder, go in
 * as they are written, by the same way in as everything else, and wait where too much is under way.
 *
 * Files are looked at now and then rather than watched: that works on every file system. How far a
 * file was read is kept in the state folder, after its events are durable. Where it is in doubt (a
 * file cut short, replaced, or known by nothing but its name) it is read from the start: repeats
 * change nothing. A file that was moved away is read to its end first, where it is found again.
 */
import { createHash } from 'node:crypto'
import { open, readdir, readFile, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Busy, type Ingest } from '../engine/live/ingest.ts'
import { takerOf } from '../http/routes/events.ts'
import { readBody } from '../http/ingest-body.ts'
import { codeOf, replaceFile } from '../store/durable.ts'

export type FollowOptions = {
  /** Files and folders. */
  readonly paths: readonly string[]
  /** Events of any other `source` (or one below it) are refused; absent where all are believed. */
  readonly source?: string
  readonly ingest: Ingest
  /** File in which positions are kept; its folder exists. */
  readonly state: string
  readonly everyMs?: number
  /** Something about a path went wrong; it is tried again. */
  readonly failed: (path: string, error: unknown) => void
}

export type Following = {
  /** Resolves when what is being read is durable and its position kept. */
  readonly stop: () => Promise<void>
}

const EVERY_MS = 500
/** Read at once from one file, before the next has its turn; holds more than the longest line. */
const PIECE = 2 << 20
/** The first bytes tell a file from another under the same number: numbers are used again. */
const HEAD = 256
const NAMES = /\.(?:ndjson|jsonl)$/

type Position = {
  readonly file: string
  readonly offset: number
  /** Digest of the first bytes, at most HEAD and no more than were read. */
  readonly head: string
  readonly headBytes: number
}

/** @throws Error where the kept positions cannot be read */
export const follow = async (options: FollowOptions): Promise<Following> => {
  const stopping = new AbortController()
  const { signal } = stopping
  const follower = new Follower(options, await positionsIn(options.state), signal)
  const run = async () => {
    while (!signal.aborted)
      if (!(await follower.round())) await pause(options.everyMs ?? EVERY_MS, signal)
  }
  const running = run()
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

class Follower {
  readonly #options: FollowOptions
  readonly #positions: Map<string, Position>
  readonly #signal: AbortSignal
  /** What went wrong with a path the last time: said once, not twice a second. */
  readonly #wrong = new Map<string, string>()

  constructor(options: FollowOptions, positions: Map<string, Position>, signal: AbortSignal) {
    this.#options = options
    this.#positions = positions
    this.#signal = signal
  }

  /** One piece of every file. @returns whether any of them has more */
  async round(): Promise<boolean> {
    let isMore = false
    let isChanged = false
    for (const path of await this.#files()) {
      try {
        const read = await this.#piece(path)
        this.#wrong.delete(path)
        isChanged ||= read > 0
        isMore ||= read >= PIECE / 2
      } catch (error) {
        if (!this.#signal.aborted) this.#failed(path, error)
      }
      if (this.#signal.aborted) break
    }
    if (isChanged) await this.#keep()
    return isMore
  }

  async #files(): Promise<string[]> {
    const files: string[] = []
    for (const path of this.#options.paths)
      try {
        if ((await stat(path)).isDirectory()) {
          const names = (await readdir(path)).filter((name) => NAMES.test(name))
          files.push(...names.sort().map((name) => join(path, name)))
        } else files.push(path)
        this.#wrong.delete(path)
      } catch (error) {
        this.#failed(path, error)
      }
    return files
  }

  /** @returns bytes read */
  async #piece(path: string): Promise<number> {
    const file = await open(path, 'r')
    try {
      const { ino, dev, size } = await file.stat()
      const name = `${dev}:${ino}`
      const known = this.#positions.get(path)
      if (known !== undefined && known.file !== name) {
        const read = await this.#finish(path, known)
        if (read > 0) return read
      }
      const isSame =
        known?.file === name && size >= known.offset && (await headOf(file, known)) === known.head
      const offset = isSame ? known.offset : 0
      return size > offset ? await this.#advance(path, path, file, name, offset) : 0
    } finally {
      await file.close()
    }
  }

  /** The file that had this name before, wherever it is in the folder now. */
  async #finish(path: string, known: Position): Promise<number> {
    const folder = dirname(path)
    for (const name of await readdir(folder)) {
      const file = await open(join(folder, name), 'r').catch(() => null)
      if (file === null) continue
      try {
        const { ino, dev, size } = await file.stat()
        if (`${dev}:${ino}` !== known.file || size <= known.offset) continue
        if ((await headOf(file, known)) !== known.head) continue
        return await this.#advance(path, join(folder, name), file, known.file, known.offset)
      } finally {
        await file.close()
      }
    }
    return 0
  }

  /** Whole lines from an offset on, in; then the position after them. */
  async #advance(
    path: string,
    where: string,
    file: FileHandle,
    name: string,
    offset: number,
  ): Promise<number> {
    const buffer = Buffer.allocUnsafe(PIECE)
    const { bytesRead } = await file.read(buffer, 0, PIECE, offset)
    const piece = buffer.subarray(0, bytesRead)
    const taken = wholeLines(piece, bytesRead === PIECE)
    if (taken === 0) return 0
    await this.#offer(where, piece.subarray(0, taken))
    const until = offset + taken
    const headBytes = Math.min(HEAD, until)
    const head = await headOf(file, { headBytes })
    this.#positions.set(path, { file: name, offset: until, head, headBytes })
    return taken
  }

  async #offer(path: string, bytes: Buffer): Promise<void> {
    const { ingest, source } = this.#options
    const release = await this.#room(path, bytes.length)
    try {
      const offering = ingest.open()
      const taker =
        source === undefined
          ? offeringAsTaker(offering)
          : takerOf(offering, { kind: 'producer', key: 'file', source, scopes: ['ingest'] })
      await readBody(once(bytes), { type: 'application/x-ndjson', encoding: 'none' }, taker)
      await offering.end()
    } finally {
      release()
    }
  }

  async #room(path: string, bytes: number): Promise<() => void> {
    for (;;)
      try {
        return this.#options.ingest.reserve(`file ${path}`, bytes)
      } catch (error) {
        if (!(error instanceof Busy)) throw error
        await pause(error.retryAfterSeconds * 1000, this.#signal)
        this.#signal.throwIfAborted()
      }
  }

  #keep(): Promise<void> {
    return replaceFile(this.#options.state, Buffer.from(JSON.stringify([...this.#positions])))
  }

  #failed(path: string, error: unknown): void {
    const reason = codeOf(error) || String(error)
    if (this.#wrong.get(path) === reason) return
    this.#wrong.set(path, reason)
    this.#options.failed(path, error)
  }
}

/** Ends early where it is asked to stop. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal }).catch(() => {})

const NEWLINE = 0x0a
const CLOSE = 0x7d

/**
 * How many bytes are whole lines. What follows the last line end is one as well where it is a whole
 * object: nothing that could be written behind it would make it another.
 * @param isFull more may follow at once: a piece without any line end is one line that is too long
 */
const wholeLines = (piece: Buffer, isFull: boolean): number => {
  const end = piece.lastIndexOf(NEWLINE) + 1
  if (isFull) return end === 0 ? piece.length : end
  const rest = piece.subarray(end)
  if (rest.at(-1) !== CLOSE) return end
  try {
    JSON.parse(rest.toString())
    return piece.length
  } catch {
    return end
  }
}

const headOf = async (
  file: FileHandle,
  { headBytes }: Pick<Position, 'headBytes'>,
): Promise<string> => {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
  return createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex')
}

const positionsIn = async (state: string): Promise<Map<string, Position>> => {
  try {
    return new Map(JSON.parse(await readFile(state, 'utf8')) as [string, Position][])
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return new Map()
    throw error
  }
}

const offeringAsTaker = (offering: ReturnType<Ingest['open']>) => ({
  value: (value: unknown) => offering.value(value),
  refuse: (refusal: Parameters<typeof offering.refuse>[0]) => offering.refuse(refusal),
})

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
