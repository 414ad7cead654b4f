/**
 * The way in: every value a reader finds is admitted or refused alone, held against what was read
 * before, held against the time of its broadcast, and folded. Nothing here stops at a bad event.
 */
import type { Evidence } from '../detectors/room.ts'
import { FingerprintSet } from '../sketches/fingerprint-set.ts'
import { fingerprint, type Lanes } from '../sketches/hash.ts'
import { admit, type AssayEvent } from '../vocabulary/index.ts'
import { Fold } from './fold.ts'
import { RefusalTally, type Refusal } from './refusal-tally.ts'
import type { InputSummary, Refused } from './report.ts'
import { TimeGate } from './time-gate.ts'

/** Refusals are kept apart for at most this many broadcasts: their ids come from refused events. */
const BROADCASTS_TALLIED = 10_000

/** What has been read of one file so far. */
export type InputTally = {
  readonly path: string
  readonly format: string
  bytes: number
  lines: number
  events: number
  repeats: number
  /** Messages of kinds that say nothing about what is audited: neither events nor refused. */
  ignored: number
  readonly refused: RefusalTally
}

export class Intake {
  readonly evidence: Evidence
  readonly fold: Fold
  readonly #inputs: InputTally[] = []
  readonly #seen = new FingerprintSet()
  readonly #gate: TimeGate<InputTally>
  readonly #byBroadcast = new Map<string, RefusalTally>()
  readonly #lanes: Lanes = { hi: 0, lo: 0 }
  readonly #until: number
  #input: InputTally | undefined
  #line = 0
  #key: Lanes | undefined
  #source = ''
  #sourceSeed = 0

  /** @param until events later than this, ms, are left out */
  constructor(evidence: Evidence, until = Number.POSITIVE_INFINITY) {
    this.evidence = evidence
    this.#until = until
    this.fold = new Fold(evidence)
    this.#gate = new TimeGate({
      take: (event, at, input) => {
        input.events += 1
        this.fold.take(event, at)
      },
      refuse: (event, refusal, input, line) => this.#refuse(input, line, refusal, event.subject),
    })
  }

  /** Begins a file; what is offered from now on is counted there. */
  open(path: string, format: string): InputTally {
    const input: InputTally = {
      path,
      format,
      bytes: 0,
      lines: 0,
      events: 0,
      repeats: 0,
      ignored: 0,
      refused: new RefusalTally(),
    }
    this.#inputs.push(input)
    this.#input = input
    this.#line = 0
    return input
  }

  /** Takes any value as an event; `line` counts from 1 and is only shown. */
  offer(value: unknown, line: number): void {
    const input = this.#at(line)
    const admitted = admit(value)
    if (!admitted.ok) {
      this.#key = undefined
      this.#refuse(input, line, admitted.refusal, subjectOf(value))
      return
    }
    this.#take(admitted.event, admitted.at, input, line)
  }

  /** The same for an event that an importer has built itself, and so knows to be sound. */
  take(event: AssayEvent, at: number, line: number): void {
    this.#take(event, at, this.#at(line), line)
  }

  /** Columnar readers: which (source, id) are met for the first time, by hashes of the reader's. */
  areNew(words: Uint32Array, count: number, isNew: Uint8Array): void {
    this.#seen.addAll(words, count, isNew)
  }

  /** That so many will be asked about: they then cost less time and memory. */
  expect(rows: number): void {
    this.#seen.reserve(rows)
  }

  /** The next event that is offered is known by this hash instead of by its own. */
  keyed(hi: number, lo: number): void {
    this.#key = { hi, lo }
  }

  /** Adds to the counts of the open input what was folded past `offer`. */
  counted(events: number, repeats: number): void {
    const input = this.#opened()
    input.lines += events + repeats
    input.events += events
    input.repeats += repeats
  }

  /** Where the bulk of a broadcast lies, found by the reader itself; NaN for nowhere. */
  centre(broadcast: string, at: number): void {
    this.#gate.centre(broadcast, at)
  }

  /** Counts a line that is sound and says nothing about what is audited. */
  ignore(line: number): void {
    this.#at(line).ignored += 1
  }

  /** Counts a line that never became a value. */
  refuse(refusal: Refusal, line: number): void {
    this.#refuse(this.#at(line), line, refusal, undefined)
  }

  /** Lets through what was held back and settles the tables; call once everything was offered. */
  end(): { inputs: readonly InputSummary[]; refusedByBroadcast: Map<string, readonly Refused[]> } {
    this.#gate.open()
    this.fold.finish()
    const refusedByBroadcast = new Map<string, readonly Refused[]>()
    for (const [broadcast, tally] of this.#byBroadcast)
      if (this.evidence.rooms.has(broadcast)) refusedByBroadcast.set(broadcast, tally.list())
    return { inputs: this.#inputs.map(summaryOf), refusedByBroadcast }
  }

  /** The open input, with one line more where `line` is a new one. */
  #at(line: number): InputTally {
    const input = this.#opened()
    if (line !== this.#line) input.lines += 1
    this.#line = line
    return input
  }

  #opened(): InputTally {
    if (this.#input === undefined) throw new Error('an input must be opened first')
    return this.#input
  }

  #take(event: AssayEvent, at: number, input: InputTally, line: number) {
    if (at > this.#until) input.ignored += 1
    else if (!this.#isFirst(event)) input.repeats += 1
    else this.#gate.pass(event, at, input, line)
  }

  /** (source, id) as one fingerprint: the id's, seeded by the source's. */
  #isFirst(event: AssayEvent): boolean {
    if (this.#key !== undefined) {
      const { hi, lo } = this.#key
      this.#key = undefined
      return this.#seen.add(hi, lo)
    }
    const lanes = this.#lanes
    if (event.source !== this.#source) {
      fingerprint(event.source, lanes)
      this.#source = event.source
      this.#sourceSeed = lanes.lo
    }
    fingerprint(event.id, lanes, this.#sourceSeed)
    return this.#seen.add(lanes.hi, lanes.lo)
  }

  #refuse(input: InputTally, line: number, refusal: Refusal, broadcast: string | undefined) {
    const where = () => `${input.path}:${line}`
    input.refused.add(refusal, where)
    if (broadcast === undefined) return
    let tally = this.#byBroadcast.get(broadcast)
    if (tally === undefined) {
      if (this.#byBroadcast.size >= BROADCASTS_TALLIED) return
      this.#byBroadcast.set(broadcast, (tally = new RefusalTally()))
    }
    tally.add(refusal, where)
  }
}

const summaryOf = (input: InputTally): InputSummary => ({
  path: input.path,
  format: input.format,
  bytes: input.bytes,
  lines: input.lines,
  events: input.events,
  repeats: input.repeats,
  refused: input.refused.list(),
})

const subjectOf = (value: unknown): string | undefined => {
  if (typeof value !== 'object' || value === null || !('subject' in value)) return undefined
  return typeof value.subject === 'string' && value.subject.length <= 128
    ? value.subject
    : undefined
}
