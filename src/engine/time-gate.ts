/**
 * Refuses an event that lies far from its broadcast: a clock years off would stretch every curve.
 *
 * The first few hundred events of a broadcast are held back and their median taken: unlike the
 * first event or the mean, it stays where the bulk is while less than half of them are wrong.
 * Nothing is refused where no bulk shows.
 */
import type { AssayEvent } from '../vocabulary/index.ts'
import type { Refusal } from './refusal-tally.ts'

const DAY = 86_400_000
/** A broadcast lasts hours, a marathon days. */
export const NEAR_MS = 7 * DAY
/** Orders, refunds, reviews, complaints and price tables may lie this far from the broadcast. */
const FAR_MS = 2 * 366 * DAY
/** Sample of a broadcast, and bound of all samples together. */
export const SAMPLE = 256
const HELD = 20_000

type Held<T> = { event: AssayEvent; at: number; input: T; line: number }
type Gate<T> = { centre: number; held: Held<T>[] | undefined }

type Ways<T> = {
  readonly take: (event: AssayEvent, at: number, input: T) => void
  readonly refuse: (event: AssayEvent, refusal: Refusal, input: T, line: number) => void
}

export class TimeGate<T> {
  readonly #ways: Ways<T>
  readonly #gates = new Map<string, Gate<T>>()
  /** Gates that still hold events back, oldest first. */
  readonly #closed = new Set<Gate<T>>()
  #held = 0
  #lastBroadcast = ''
  #last: Gate<T> = { centre: Number.NaN, held: undefined }

  constructor(ways: Ways<T>) {
    this.#ways = ways
  }

  pass(event: AssayEvent, at: number, input: T, line: number): void {
    if (event.subject === undefined) {
      this.#ways.take(event, at, input)
      return
    }
    const gate = this.#gate(event.subject)
    if (gate.held === undefined) {
      this.#judge(gate.centre, event, at, input, line)
      return
    }
    gate.held.push({ event, at, input, line })
    this.#held += 1
    if (gate.held.length >= SAMPLE) this.#release(gate)
    else if (this.#held > HELD) for (const oldest of this.#closed) return this.#release(oldest)
  }

  /** Tells where the bulk of a broadcast lies, NaN for nowhere: nothing is held back for it then. */
  centre(broadcast: string, at: number): void {
    const gate = this.#gate(broadcast)
    if (gate.held === undefined) return
    this.#release(gate)
    gate.centre = at
  }

  /** Lets everything out that is still held back. */
  open(): void {
    for (const gate of this.#closed) this.#release(gate)
  }

  /** Where the bulk of a broadcast was found, NaN for nowhere; the inverse of `centre`. */
  centreOf(broadcast: string): number {
    return this.#gate(broadcast).centre
  }

  /** Forgets a broadcast whose centre is kept elsewhere: `centre` tells it again. */
  forget(broadcast: string): void {
    const gate = this.#gates.get(broadcast)
    if (gate?.held !== undefined) this.#release(gate)
    this.#gates.delete(broadcast)
    if (broadcast !== this.#lastBroadcast) return
    this.#lastBroadcast = ''
    this.#last = { centre: Number.NaN, held: undefined }
  }

  #gate(broadcast: string): Gate<T> {
    if (broadcast === this.#lastBroadcast) return this.#last
    let gate = this.#gates.get(broadcast)
    if (gate === undefined) {
      gate = { centre: Number.NaN, held: [] }
      this.#gates.set(broadcast, gate)
      this.#closed.add(gate)
    }
    this.#lastBroadcast = broadcast
    this.#last = gate
    return gate
  }

  #release(gate: Gate<T>) {
    const held = gate.held ?? []
    gate.held = undefined
    gate.centre = centreOf(held)
    this.#held -= held.length
    this.#closed.delete(gate)
    for (const { event, at, input, line } of held) this.#judge(gate.centre, event, at, input, line)
  }

  #judge(centre: number, event: AssayEvent, at: number, input: T, line: number) {
    // A comparison with NaN, no bulk, is false: taken.
    const off = Math.abs(at - centre)
    if (off > NEAR_MS && (off > FAR_MS || !MAY_BE_FAR.test(event.type))) {
      const expected = `${day(centre - NEAR_MS)} … ${day(centre + NEAR_MS)}`
      const refusal = { code: 'far-off-time' as const, field: 'time', expected, got: event.time }
      this.#ways.refuse(event, refusal, input, line)
    } else this.#ways.take(event, at, input)
  }
}

/** What is not the live picture itself: prices are filed before, refunds come after. */
const MAY_BE_FAR =
  /^live\.(?!viewer\.|like\.|comment\.|follow\.|fangroup\.|gift\.|share\.|product\.clicked|banner\.|display\.|caption\.|segment\.|broadcast\.)/

/** The median time of what happened live; NaN where it has no majority about it. */
const centreOf = (held: readonly Held<unknown>[]): number =>
  bulkOf(held.filter(({ event }) => !MAY_BE_FAR.test(event.type)).map(({ at }) => at))

/** The median of times; NaN where the most of them do not lie about it. */
export const bulkOf = (sample: readonly number[]): number => {
  const times = [...sample].sort((a, b) => a - b)
  const median = times[times.length >> 1]
  if (median === undefined) return Number.NaN
  const near = times.filter((at) => Math.abs(at - median) <= NEAR_MS).length
  return near * 2 > times.length ? median : Number.NaN
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10)
