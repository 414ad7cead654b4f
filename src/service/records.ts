/**
 * What the desk says, into SQL: written some times a second, the newest figures of each broadcast
 * only. All of it can be rebuilt from the ledger, so a database that is away costs a delay and
 * nothing else; what could not be written is tried again.
 */
import type { AppealView, LiveFigures, MeasureView, NoteView } from '../http/contract.ts'
import type { Register } from '../engine/live/register.ts'
import type { AssayEvent } from '../vocabulary/index.ts'
import type { AppealRow } from '../store/sql/appeals.ts'
import type { BroadcastNote, FiguresRow } from '../store/sql/broadcasts.ts'
import type { FindingRow } from '../store/sql/findings.ts'
import type { Matter } from '../store/sql/matters.ts'
import type { MeasureRow } from '../store/sql/measures.ts'
import type { NoteRow } from '../store/sql/notes.ts'
import type { SqlStore } from '../store/sql/store.ts'
import type { Finding } from '../vocabulary/finding.ts'
import type { Records } from './desk.ts'
import { matterOf } from './matters.ts'

const EVERY_MS = 500

export class SqlRecords implements Records {
  readonly #store: SqlStore
  readonly #register: Register
  readonly #failed: (error: unknown) => void
  readonly #position: () => number
  #figures = new Map<string, FiguresRow>()
  #broadcasts = new Map<string, BroadcastNote>()
  #findings: FindingRow[] = []
  #measures: MeasureRow[] = []
  #appeals: AppealRow[] = []
  #notes: NoteRow[] = []
  #matters: Matter[] = []
  #reached = 0
  #writing: Promise<void> = Promise.resolve()
  readonly #timer: NodeJS.Timeout

  /** @param position of the ledger: everything decided before it has been told here */
  constructor(
    store: SqlStore,
    register: Register,
    position: () => number,
    failed: (error: unknown) => void,
  ) {
    this.#store = store
    this.#position = position
    this.#register = register
    this.#failed = failed
    this.#timer = setInterval(() => void this.flush(), EVERY_MS)
    this.#timer.unref()
  }

  figures(figures: LiveFigures, position: number): void {
    const { broadcast, judgedAt, endedAt } = figures
    const at = Date.parse(judgedAt)
    const row = { broadcast, position, at, final: endedAt !== null, document: figures }
    this.#figures.set(broadcast, row)
    const known = this.#register.get(broadcast)
    if (known === undefined) return
    this.#broadcasts.set(broadcast, {
      broadcast,
      room: known.room,
      merchants: [...known.merchants],
      sources: [...known.sources],
      ...(known.startedAt === null ? {} : { startedAt: Date.parse(known.startedAt) }),
      ...(known.endedAt === null ? {} : { endedAt: Date.parse(known.endedAt) }),
    })
  }

  finding(finding: Finding, position: number, atMs: number, isWithdrawn: boolean): void {
    this.#findings.push({
      finding: finding.finding,
      broadcast: finding.broadcast ?? '',
      kind: finding.kind,
      verdict: finding.verdict,
      position,
      raisedAt: atMs,
      withdrawnAt: isWithdrawn ? atMs : null,
      document: finding,
    })
  }

  measure(measure: MeasureView, position: number): void {
    this.#measures.push({
      measure: measure.measure,
      broadcast: measure.broadcast,
      step: measure.step,
      action: measure.name,
      position,
      imposedAt: Date.parse(measure.imposedAt),
      until: null,
      liftedAt: measure.liftedAt === null ? null : Date.parse(measure.liftedAt),
      document: measure,
    })
  }

  appeal(view: AppealView, position: number): void {
    const { appeal, restriction, broadcast, party, outcome, lodgedAt, decidedAt } = view
    this.#appeals.push({
      appeal,
      restriction,
      broadcast,
      party,
      position,
      lodgedAt: Date.parse(lodgedAt),
      decidedAt: decidedAt === null ? null : Date.parse(decidedAt),
      outcome,
      document: view,
    })
  }

  note(note: NoteView, kind: string): void {
    const { note: id, broadcast, writtenAt } = note
    this.#notes.push({
      note: id,
      broadcast,
      kind,
      writtenAt: Date.parse(writtenAt),
      document: note,
    })
  }

  /** Whose the orders and complaints among these events are. */
  matters(events: readonly AssayEvent[]): void {
    for (const event of events) {
      const matter = matterOf(event)
      if (matter !== undefined) this.#matters.push(matter)
    }
  }

  /** Resolves when everything said so far was written, or could not be and waits. */
  flush(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#write())
    return this.#writing
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  async #write(): Promise<void> {
    const { broadcasts, figures, findings, matters, measures, appeals, notes, progress } =
      this.#store
    const position = this.#position()
    const some = {
      broadcasts: this.#broadcasts,
      figures: this.#figures,
      findings: this.#findings,
      measures: this.#measures,
      appeals: this.#appeals,
      notes: this.#notes,
      matters: this.#matters,
    }
    this.#broadcasts = new Map()
    this.#figures = new Map()
    ;[this.#findings, this.#measures, this.#notes, this.#matters] = [[], [], [], []]
    this.#appeals = []
    try {
      await broadcasts.note([...some.broadcasts.values()])
      await figures.save([...some.figures.values()])
      await findings.save(some.findings)
      await measures.save(some.measures)
      await appeals.save(some.appeals)
      await notes.write(some.notes)
      await matters.save(some.matters)
      if (position > this.#reached) await progress.reach(position)
      this.#reached = position
    } catch (error) {
      this.#failed(error)
      // Older than what came meanwhile: that wins where there is one.
      this.#broadcasts = new Map([...some.broadcasts, ...this.#broadcasts])
      this.#figures = new Map([...some.figures, ...this.#figures])
      this.#findings.unshift(...some.findings)
      this.#measures.unshift(...some.measures)
      this.#appeals.unshift(...some.appeals)
      this.#notes.unshift(...some.notes)
      this.#matters = [...some.matters, ...this.#matters]
    }
  }
}
