/**
 * The way in of the live service: values are admitted or refused one by one, repeats dropped, the
 * rest made durable and acknowledged. Whoever asks gets an answer only when
 * everything it sent is durable, its repeats included: the first copy may still be under way.
 *
 * Memory is bounded by what is under way: beyond the bound nothing is taken (`Busy`), and one
 * source may fill at most its share of it, so that a flood keeps nobody else out.
 */
import { RefusalTally, textOf, type Refusal } from '../refusal-tally.ts'
import type { Refused } from '../report.ts'
import { admit, type AssayEvent } from '../../vocabulary/index.ts'
import type { Sentence } from '../../language/sentence.ts'
import type { Journal } from './journal.ts'
import type { Mark, Repeats } from './repeats.ts'

export type RefusedEvent = {
  /** Place in what was sent, from 0. */
  readonly index: number
  readonly code: string
  readonly field?: string
  readonly expected?: string
  readonly got?: string
  readonly text: Sentence
}

export type IngestAnswer = {
  readonly accepted: number
  readonly repeats: number
  /** The first hundred; `refusedCount` counts all. */
  readonly refused: readonly RefusedEvent[]
  readonly refusedCount: number
  /** The journal's position after the last of them: what a later read can wait for. */
  readonly position: number
}

/** Too much is under way: nothing of this was taken. */
export class Busy extends Error {
  readonly retryAfterSeconds: number
  constructor(retryAfterSeconds: number) {
    super('too much is under way')
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export type IngestLimits = {
  /** Bytes under way in all: admitted and not yet folded. */
  readonly bytes: number
  /** Of one source. */
  readonly sourceBytes: number
}

export const INGEST_LIMITS: IngestLimits = { bytes: 96 << 20, sourceBytes: 24 << 20 }

const REFUSED_SHOWN = 100
/** Events that become durable together; more would keep a first acknowledgement waiting. */
const SLICE = 1_000
/** Deeper nesting than any event has is refused before anything walks it recursively. */
const MOST_DEPTH = 24

/** Who folds what is durable; the door holds back while it lags. */
type Rooms = { readonly underWay: number }

export type IngestPorts = {
  readonly journal: Journal
  readonly rooms: Rooms
  readonly repeats: Repeats
  /** ms from the epoch. */
  readonly now: () => number
  readonly limits?: IngestLimits
}

export class Ingest {
  readonly #ports: IngestPorts
  readonly #limits: IngestLimits
  readonly #bySource = new Map<string, number>()
  #underWay = 0
  #last: Promise<number> = Promise.resolve(0)
  /** Events and refusals since the start, for the counters of the door. */
  readonly totals = { accepted: 0, repeats: 0, refused: 0 }
  readonly refusals = new RefusalTally()

  constructor(ports: IngestPorts) {
    this.#ports = ports
    this.#limits = ports.limits ?? INGEST_LIMITS
  }

  /** Bytes under way, here and in the rooms. */
  get underWay(): number {
    return this.#underWay + this.#ports.rooms.underWay
  }

  /** What was refused so far, by code. */
  get refused(): readonly Refused[] {
    return this.refusals.list()
  }

  /**
   * Claims room for a body before it is read; to be released when it was answered.
   * @throws Busy
   */
  reserve(source: string, bytes: number): () => void {
    const mine = this.#bySource.get(source) ?? 0
    if (mine > 0 && mine + bytes > this.#limits.sourceBytes) throw new Busy(1)
    if (this.underWay > 0 && this.underWay + bytes > this.#limits.bytes) throw new Busy(2)
    this.#underWay += bytes
    this.#bySource.set(source, mine + bytes)
    return () => {
      this.#underWay -= bytes
      const left = (this.#bySource.get(source) ?? 0) - bytes
      if (left > 0) this.#bySource.set(source, left)
      else this.#bySource.delete(source)
    }
  }

  /** A reader of one request: values go in one by one, `end` answers. */
  open(): Offering {
    return new Offering(this.#ports, this)
  }

  /** For Offering: appends in order, and remembers the newest for whoever sent repeats only. */
  append(events: readonly AssayEvent[], marks: readonly Mark[]): Promise<number> {
    const { journal, repeats, now } = this.#ports
    const appended = journal.append(events).then(
      (position) => {
        repeats.settle(marks, true, now())
        return position
      },
      (error: unknown) => {
        repeats.settle(marks, false, now())
        throw error
      },
    )
    this.#last = appended
    return appended
  }

  /** Resolves when everything appended so far is durable. */
  settled(): Promise<number> {
    return this.#last
  }
}

export class Offering {
  readonly #ports: IngestPorts
  readonly #ingest: Ingest
  readonly #appends: Promise<number>[] = []
  readonly #refused: RefusedEvent[] = []
  #events: AssayEvent[] = []
  #marks: Mark[] = []
  #index = 0
  #accepted = 0
  #repeats = 0
  #refusedCount = 0

  constructor(ports: IngestPorts, ingest: Ingest) {
    this.#ports = ports
    this.#ingest = ingest
  }

  /** One value of the request, whatever it is. */
  value(value: unknown): void {
    const { repeats, now } = this.#ports
    const admission = isWithin(value, MOST_DEPTH) ? admit(value) : tooDeep
    if (!admission.ok) {
      this.refuse(admission.refusal)
      return
    }
    if (isOurs(admission.event.source)) {
      this.refuse({ ...notTheirs, got: admission.event.source })
      return
    }
    this.#index += 1
    const mark = repeats.mark(admission.event, admission.at, now())
    if (mark === null) {
      this.#repeats += 1
      return
    }
    this.#accepted += 1
    this.#events.push(admission.event)
    this.#marks.push(mark)
    if (this.#events.length >= SLICE) this.#flush()
  }

  /** Something that never became a value; takes an index all the same. */
  refuse(refusal: Refusal): void {
    const index = this.#index
    this.#index += 1
    this.#refusedCount += 1
    this.#ingest.refusals.add(refusal, () => `#${index}`)
    if (this.#refused.length >= REFUSED_SHOWN) return
    const { code, field, expected, got } = refusal
    this.#refused.push({
      index,
      code,
      ...(field === undefined || field === '' ? {} : { field }),
      ...(expected === undefined ? {} : { expected }),
      ...(got === undefined ? {} : { got }),
      text: textOf(refusal),
    })
  }

  /** Resolves when everything is durable. @throws what kept it from becoming so */
  async end(): Promise<IngestAnswer> {
    this.#flush()
    const positions = await Promise.all([...this.#appends, this.#ingest.settled()])
    const { totals } = this.#ingest
    totals.accepted += this.#accepted
    totals.repeats += this.#repeats
    totals.refused += this.#refusedCount
    return {
      accepted: this.#accepted,
      repeats: this.#repeats,
      refused: this.#refused,
      refusedCount: this.#refusedCount,
      position: Math.max(0, ...positions),
    }
  }

  #flush(): void {
    if (this.#events.length === 0) return
    const appended = this.#ingest.append(this.#events, this.#marks)
    // Awaited in `end`; until then a failure must not count as unhandled.
    appended.catch(() => {})
    this.#appends.push(appended)
    ;[this.#events, this.#marks] = [[], []]
  }
}

/**
 * What the service decides is on record under this source, and believed when it is read again:
 * whoever holds a key or a followed file must not speak under it.
 */
const isOurs = (source: string): boolean => source === '/assay' || source.startsWith('/assay/')

const notTheirs = { code: 'wrong-source', field: 'source', expected: 'another source' } as const

const tooDeep = {
  ok: false,
  refusal: { code: 'out-of-bounds', field: 'data', expected: 'object', got: '…' },
} as const

const isWithin = (value: unknown, depth: number): boolean => {
  if (typeof value !== 'object' || value === null) return true
  if (depth === 0) return false
  for (const key in value)
    if (!isWithin((value as Record<string, unknown>)[key], depth - 1)) return false
  return true
}
