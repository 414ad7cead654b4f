/**
 * The one writer of a log: group commit in the order of C2SP tlog-tiles and Sunlight. A batch is made
 * durable in the journal, the head is swapped to it in the second place, bundles and tiles are made
 * durable, and only then is a checkpoint signed and published. Never sign first.
 */
import { say } from '../language/say.ts'
import { hex, utf8 } from './bytes.ts'
import { formatCheckpoint, type Checkpoint } from './checkpoint.ts'
import type { Edge, PlacedTile } from './edge.ts'
import { MAX_ENTRY_BYTES } from './entry-bundle.ts'
import { sha256 as nobleSha256, type Sha256 } from './hash.ts'
import { batchPath, encodeBatch, formatHead, type Head } from './head.ts'
import { LogError } from './log-error.ts'
import type { SignerKey } from './note-key.ts'
import { parseNote, signNote } from './note.ts'
import type { HeadStore, ObjectStore } from './object-store.ts'
import { Partials } from './partials.ts'
import { fenced, recover } from './recover.ts'
import { CHECKPOINT_PATH, formatTilePath, TILE_WIDTH } from './tiles.ts'

export type LogWriterOptions = {
  readonly origin: string
  /** The public tree: `checkpoint`, `tile/…`. */
  readonly store: ObjectStore
  /** Where a batch waits between the swap of the head and its tiles; not public. */
  readonly journal: ObjectStore
  readonly head: HeadStore
  /** The log's key; its name is the origin. */
  readonly signer: SignerKey
  readonly sha256?: Sha256
  /** Runs something later; gives the way to call it off. */
  readonly schedule: (run: () => void, ms: number) => () => void
  /** Checkpoints of this log that witnesses or mirrors hold: the log must contain them all. */
  readonly seen?: readonly Uint8Array[]
}

/** A batch is begun when so many entries wait, or the first of them has waited so long. */
export const BATCH_ENTRIES = 1000
export const BATCH_MS = 100
/** Bounds of one batch, unless a single tile's entries are larger: the rest goes into the next. */
const MAX_BATCH_ENTRIES = 8192
const MAX_BATCH_BYTES = 8_000_000

export type Appended = {
  /** From 0. */
  readonly index: number
}

type Waiting = {
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: unknown) => void
}

/** Entries that go together, closed to further ones: those of a full tile, or what was left. */
type Sealed = {
  readonly from: number
  readonly bytes: number
  readonly checkpoint: Checkpoint
  readonly entries: readonly Uint8Array[]
  readonly waiting: readonly Waiting[]
  readonly tiles: readonly PlacedTile[]
}

export class LogWriter {
  readonly #options: LogWriterOptions
  readonly #edge: Edge
  readonly #partials: Partials
  #head: Head
  #checkpoint: Uint8Array
  #published: number
  #entries: Uint8Array[] = []
  #waiting: Waiting[] = []
  #bytes = 0
  readonly #sealed: Sealed[] = []
  /** Entries in batches that were begun. */
  #begun: number
  #isDue = false
  #callOff = () => {}
  #isRunning = false
  /** Of the last run of commits; settled when none is under way. Never rejects. */
  #running = Promise.resolve()
  #clearing: Promise<void> = Promise.resolve()
  #putting: Promise<void> = Promise.resolve()
  #stopped: LogError | null = null
  #isClosed = false

  private constructor(
    options: LogWriterOptions,
    edge: Edge,
    partials: Partials,
    head: Head,
    checkpoint: Uint8Array,
  ) {
    this.#options = options
    this.#edge = edge
    this.#partials = partials
    this.#head = head
    this.#checkpoint = checkpoint
    this.#published = head.size
    this.#begun = head.size
  }

  /**
   * Takes the log over, finishes what a killed writer left, and publishes what was not. A log whose
   * head is empty begins here.
   * @throws LogError where the parts disagree (each code says how); StoreError
   */
  static async open(options: LogWriterOptions): Promise<LogWriter> {
    const { origin, store, signer, seen = [], sha256 = nobleSha256 } = options
    const places = { ...options, sha256, verifier: signer.verifier }
    const { head, edge, published } = await recover(places, seen)
    const note = published ?? signed({ origin, size: head.size, root: head.root }, signer)
    if (published === null) await store.write(new Map([[CHECKPOINT_PATH, note]]))
    return new LogWriter(options, edge, await Partials.find(store, head.size), head, note)
  }

  /** Entries in the last published checkpoint. */
  get size(): number {
    return this.#published
  }

  /** The index that the next entry gets. */
  get next(): number {
    return this.#edge.size
  }

  /** The last published checkpoint: a signed note. */
  get checkpoint(): Uint8Array {
    return this.#checkpoint
  }

  /**
   * Resolves when the entry is durable and covered by a published checkpoint; in order of calls. The
   * bytes are kept until then and must not change. A rejected entry may or may not be in the log:
   * open it again to see. @throws (rejects) LogError `refused`, `stopped`; what stopped the writer
   */
  append(entry: Uint8Array): Promise<Appended> {
    if (this.#stopped !== null) return Promise.reject(this.#stopped)
    if (this.#isClosed) return Promise.reject(new LogError('stopped', say('ledger.closed')))
    if (entry.length > MAX_ENTRY_BYTES)
      return Promise.reject(
        new LogError(
          'refused',
          say('ledger.entry-too-long', { bytes: entry.length, most: MAX_ENTRY_BYTES }),
        ),
      )
    return new Promise((resolve, reject) => {
      this.#edge.push(entry)
      this.#entries.push(entry)
      this.#waiting.push({ resolve, reject })
      this.#bytes += entry.length
      if (this.#edge.size % TILE_WIDTH === 0) this.#seal()
      const count = this.#edge.size - this.#begun
      if (count === 1) this.#callOff = this.#options.schedule(() => this.#hurry(), BATCH_MS)
      if (count >= BATCH_ENTRIES) this.#begin()
    })
  }

  /**
   * Puts the published checkpoint with cosignatures in the place of the one without. Nothing happens
   * when the log has grown since.
   */
  async publish(cosigned: Uint8Array): Promise<void> {
    const { text } = parseNote(cosigned)
    await this.#put(cosigned, () => parseNote(this.#checkpoint).text === text)
  }

  /** Commits what waits now, without waiting for more. @throws what stopped the writer */
  async flush(): Promise<void> {
    const until = this.next
    while (this.#published < until && this.#stopped === null) {
      this.#hurry()
      await this.#running
    }
    if (this.#stopped !== null) throw this.#stopped
  }

  /** Commits what waits; from now on appends are refused. @throws what stopped the writer */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.flush()
    await this.#clearing
  }

  #hurry(): void {
    this.#isDue = this.#edge.size > this.#begun
    this.#begin()
  }

  #begin(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    this.#running = this.#run()
  }

  /**
   * One batch after another for as long as enough waits, or what waits has waited long enough. While
   * the tiles of one are written the next is taken in already; no more than these two are under way.
   */
  async #run(): Promise<void> {
    let publishing: Promise<void> | null = null
    for (;;) {
      const batch = this.#take()
      if (batch === undefined && publishing === null) break
      const reserved =
        batch !== undefined && (await this.#orStop(batch, () => this.#reserve(batch)))
      await publishing
      publishing = null
      if (batch === undefined) continue
      if (reserved && this.#stopped === null)
        publishing = this.#orStop(batch, () => this.#publish(batch)).then(() => undefined)
      else this.#reject(batch.waiting)
    }
    this.#isRunning = false
  }

  /** False, and the writer has stopped, when `work` fails. */
  async #orStop(batch: Sealed, work: () => Promise<void>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      this.#stop(error)
      this.#reject(batch.waiting)
      return false
    }
  }

  /**
   * The next batch. While many wait it ends with a full tile, which spares partial ones: what is left
   * goes with the next batch, or when its time has come.
   */
  #take(): Sealed | undefined {
    const count = this.#edge.size - this.#begun
    if (this.#stopped !== null || count === 0) return undefined
    if (count < BATCH_ENTRIES && !this.#isDue) return undefined
    if (this.#isDue || this.#sealed.length === 0) this.#seal()
    let end = 1
    let bytes = this.#sealed[0]!.bytes
    while (end < this.#sealed.length && end * TILE_WIDTH < MAX_BATCH_ENTRIES) {
      bytes += this.#sealed[end]!.bytes
      if (bytes > MAX_BATCH_BYTES) break
      end += 1
    }
    const batch = merged(this.#sealed.splice(0, end))
    this.#begun = batch.checkpoint.size
    this.#callOff()
    this.#isDue = this.#isDue && this.#sealed.length > 0
    if (this.#edge.size > this.#begun)
      this.#callOff = this.#options.schedule(() => this.#hurry(), BATCH_MS)
    return batch
  }

  /** Closes what is open; its root and tiles are those of the log as it stands. */
  #seal(): void {
    if (this.#entries.length === 0) return
    const size = this.#edge.size
    const [entries, waiting, bytes] = [this.#entries, this.#waiting, this.#bytes]
    const { origin } = this.#options
    const checkpoint = { origin, size, root: this.#edge.root(), extensions: [] }
    const tiles = this.#edge.cut()
    this.#sealed.push({ from: size - entries.length, bytes, checkpoint, entries, waiting, tiles })
    ;[this.#entries, this.#waiting, this.#bytes] = [[], [], 0]
  }

  /** Makes the batch durable, then claims its place in the log: from here on it is in. */
  async #reserve({ from, checkpoint, entries }: Sealed): Promise<void> {
    const { journal, head, origin } = this.#options
    const { size, root } = checkpoint
    const batch = batchPath(from, size, hex(root))
    await journal.write(new Map([[batch, encodeBatch(entries)]]))
    const was = this.#head
    // The batch before may still be without tiles; the one before that is published.
    const next: Head = {
      origin,
      size,
      root,
      term: was.term,
      batches: [...was.batches.slice(-1), batch],
    }
    if (!(await head.swap(utf8(formatHead(was)), utf8(formatHead(next))))) throw fenced(origin)
    this.#head = next
    await this.#clear(journal, was.batches.slice(0, -1))
  }

  /** Entries and tiles, durable; then the signature; then the acknowledgements. */
  async #publish({ from, checkpoint, waiting, tiles }: Sealed): Promise<void> {
    const { store, signer } = this.#options
    await store.write(new Map(tiles.map(({ tile, bytes }) => [formatTilePath(tile), bytes])))
    await this.#put(signed(checkpoint, signer), () => true)
    this.#published = checkpoint.size
    for (const [i, { resolve }] of waiting.entries()) resolve({ index: from + i })
    await this.#clear(store, this.#partials.after(tiles))
  }

  /** Goes on beside what follows; a failure is heard the next time something is cleared. */
  async #clear(store: ObjectStore, paths: readonly string[]): Promise<void> {
    await this.#clearing
    if (paths.length === 0) return
    this.#clearing = store.remove(paths)
    this.#clearing.catch(() => undefined)
  }

  /** One at a time, so that a cosigned checkpoint never overwrites a newer one. */
  async #put(note: Uint8Array, isStillDue: () => boolean): Promise<void> {
    const put = async () => {
      if (!isStillDue()) return
      await this.#options.store.write(new Map([[CHECKPOINT_PATH, note]]))
      this.#checkpoint = note
    }
    const due = this.#putting.then(put)
    this.#putting = due.catch(() => undefined)
    await due
  }

  /** Nothing more is taken: what is half done is for the next opening to finish. */
  #stop(cause: unknown): void {
    this.#callOff()
    this.#stopped ??=
      cause instanceof LogError ? cause : new LogError('stopped', say('ledger.stopped'), { cause })
    for (const { waiting } of this.#sealed.splice(0)) this.#reject(waiting)
    this.#reject(this.#waiting)
    this.#waiting = []
    this.#entries = []
  }

  /** With what stopped the writer. */
  #reject(waiting: readonly Waiting[]): void {
    const reason = this.#stopped?.code === 'stopped' ? this.#stopped.cause : this.#stopped
    for (const { reject } of waiting) reject(reason)
  }
}

/** Of the partial tiles only those at the end are those of a published checkpoint. */
const merged = (parts: readonly Sealed[]): Sealed => {
  const last = parts.at(-1)!
  return {
    from: parts[0]!.from,
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    checkpoint: last.checkpoint,
    entries: parts.flatMap(({ entries }) => entries),
    waiting: parts.flatMap(({ waiting }) => waiting),
    tiles: parts.flatMap((part) =>
      part === last ? part.tiles : part.tiles.filter(({ tile }) => tile.width === TILE_WIDTH),
    ),
  }
}

const signed = (checkpoint: Omit<Checkpoint, 'extensions'>, signer: SignerKey): Uint8Array =>
  utf8(signNote(formatCheckpoint(checkpoint), [signer]))
