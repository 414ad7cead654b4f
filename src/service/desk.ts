/**
 * The desk: takes each judgement of a room, decides what follows from it, puts the decision on
 * record, and only then tells the world. Nothing is shown or imposed that is not in the ledger:
 * what stands is what the ledger says (`decided.ts`), and what could not be recorded did not happen
 * and is decided anew with the next judgement. One thing after the other in each broadcast.
 *
 * A room is judged by what happens in it (rooms/) and by what is promised in it (prices/), each in its
 * own time: here the two come together, and are one judgement from here on.
 */
import { Turns } from '../archive/turns.ts'
import type { Signal } from '../detectors/detector.ts'
import {
  decide,
  evolve,
  measureFor,
  NOTHING_STANDS,
  observe,
  type Decision,
  type Measure,
  type Standing,
} from '../engine/live/adjudicate.ts'
import { isOfPromise, promiseFindings, withPromises } from '../engine/live/promised.ts'
import type { Register } from '../engine/live/register.ts'
import type { BroadcastAudit } from '../engine/report.ts'
import type { LiveFigures, MeasureView, NoteView } from '../http/contract.ts'
import type { Hub } from '../http/hub.ts'
import { inShort } from '../http/shown-measures.ts'
import type { Sentence } from '../language/sentence.ts'
import type { KeyRooms } from '../law/key-rooms.ts'
import type { Ladder } from '../law/ladder.ts'
import type { Policy } from '../law/policy.ts'
import type { Finding } from '../vocabulary/finding.ts'
import type { AssayEvent } from '../vocabulary/index.ts'
import { placeOf, type Decisions } from './decided.ts'
import {
  imposedEvent,
  imposedView,
  liftedEvent,
  newsBetween,
  newsEvent,
  standingIn,
  type News,
} from './decision-events.ts'
import { liveFiguresOf, raisedIn } from './live-figures.ts'

/** Where what was decided can be read again; all of it can be rebuilt from the ledger. */
export type Records = {
  readonly figures: (figures: LiveFigures, position: number) => void
  readonly finding: (finding: Finding, position: number, atMs: number, isWithdrawn: boolean) => void
  readonly measure: (measure: MeasureView, position: number) => void
  readonly note: (note: NoteView, kind: string) => void
}

export type DeskPorts = {
  readonly policy: Policy
  readonly ladder: Ladder
  readonly keyRooms: KeyRooms
  readonly register: Register
  /** What was decided, as far as the ledger has been read: all that `record` has taken. */
  readonly decisions: Pick<Decisions, 'get' | 'ownerOf'>
  /** The broadcast of a measure that was imposed long ago. */
  readonly imposedIn: (measure: string) => Promise<string | undefined>
  /** Has these judged although nothing happened in them. */
  readonly owe: (broadcasts: readonly string[]) => void
  readonly hub: Hub
  readonly records: Records
  /** Puts events of our own on record; resolves when they are durable. */
  readonly record: (events: readonly AssayEvent[]) => Promise<number>
  /** The instruction to the platform, signed. */
  readonly sign: (text: string) => string
  /** ms from the epoch. */
  readonly now: () => number
  readonly failed: (error: unknown) => void
}

/** What a person wants done about a room, and why. */
export type Order = {
  readonly name: Measure['name']
  /** Name of the supported finding that it rests on. */
  readonly finding: string
  readonly reasons: Sentence
  readonly by: string
}
type Lifted = Extract<Decision, { type: 'lifted' }>

export type Refusal =
  | 'no-such-finding'
  | 'not-on-the-ladder'
  /** Above a warning two independent families of evidence are needed (DESIGN "Judgement"). */
  | 'families-needed'
  | 'stands-already'

export class Desk {
  readonly #ports: DeskPorts
  /** Since when what weighs, and who was told; what stands is added from the ledger. */
  readonly #standing = new Map<string, Standing>()
  readonly #figures = new Map<string, LiveFigures>()
  readonly #audits = new Map<string, BroadcastAudit>()
  /** Findings of promises, of broadcasts whose promises were weighed in this life. */
  readonly #promised = new Map<string, readonly Finding[]>()
  /** Position of the ledger that the figures last shown are of. */
  readonly #shown: Map<string, number>
  /** By broadcast. */
  readonly #turns = new Turns()

  /** @param shown position of the figures that the records have, by broadcast */
  constructor(ports: DeskPorts, shown: ReadonlyMap<string, number> = new Map()) {
    this.#ports = ports
    this.#shown = new Map(shown)
  }

  /** Broadcasts whose figures are older than the last of their events. */
  get stale(): string[] {
    return [...this.#ports.register.positions()].flatMap(([broadcast, position]) =>
      (this.#shown.get(broadcast) ?? -1) < position ? [broadcast] : [],
    )
  }

  /** Figures of every room that was judged since the service began. */
  get rooms(): IterableIterator<LiveFigures> {
    return this.#figures.values()
  }

  figures(broadcast: string): LiveFigures | undefined {
    return this.#figures.get(broadcast)
  }

  /** The newest audit in full. */
  audit(broadcast: string): BroadcastAudit | undefined {
    const audit = this.#audits.get(broadcast)
    return audit && withPromises(audit, this.#promisedIn(broadcast))
  }

  /** Measures that stand. */
  measures(broadcast: string): readonly MeasureView[] {
    return [...(this.#ports.decisions.get(broadcast)?.measures.values() ?? [])]
  }

  /** A judgement came in, of every event before a position of the ledger. */
  judged(broadcast: string, audit: BroadcastAudit, position: number): void {
    this.#audits.set(broadcast, audit)
    this.#turns
      .take(broadcast, () => this.#judge(broadcast, audit, position))
      .catch(this.#ports.failed)
  }

  /**
   * What is to be said of the promises of a broadcast, in place of what was said before. A room that
   * sleeps is woken where that makes a difference.
   */
  promised(broadcast: string, signals: readonly Signal[]): void {
    const { policy, register, owe, failed } = this.#ports
    const form = register.get(broadcast)?.form ?? undefined
    const before = raisedIn(broadcast, this.#promisedIn(broadcast))
    const findings = promiseFindings(signals, policy, form)
    this.#promised.set(broadcast, findings)
    if (this.#audits.has(broadcast))
      this.#turns.take(broadcast, () => this.#judgeAgain(broadcast)).catch(failed)
    else if (newsBetween(named(before), raisedIn(broadcast, findings)).length > 0) owe([broadcast])
  }

  /** Resolves when what follows from every judgement so far is on record and told. */
  settled(): Promise<void> {
    return this.#turns.settled()
  }

  /**
   * A person takes a measure back; the machine leaves it alone for a while.
   * @param id of the view
   * @returns false where it does not stand
   */
  async lift(id: string, by: string, reasons: Sentence): Promise<boolean> {
    const broadcast = await this.broadcastOf(id)
    if (broadcast === undefined) return false
    const position = await this.inTurn(broadcast, () =>
      this.takeBack(broadcast, id, { by, reasons, atMs: this.#ports.now() }),
    )
    return position !== null
  }

  /** The broadcast in which a measure stands or stood. */
  async broadcastOf(measure: string): Promise<string | undefined> {
    const { decisions, imposedIn } = this.#ports
    return decisions.ownerOf(measure) ?? (await imposedIn(measure))
  }

  /** Does something about a broadcast while nothing else is decided there. */
  inTurn<T>(broadcast: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.take(broadcast, work)
  }

  /**
   * Within a turn: takes a measure back.
   * @param beside goes on record in the same breath
   * @returns position in the ledger after it; null where it does not stand, and nothing is done
   */
  async takeBack(
    broadcast: string,
    id: string,
    { by, reasons, atMs }: Pick<Lifted, 'by' | 'reasons' | 'atMs'>,
    beside: readonly AssayEvent[] = [],
  ): Promise<number | null> {
    const view = this.#ports.decisions.get(broadcast)?.measures.get(id)
    if (view === undefined) return null
    const lifted: Lifted = { type: 'lifted', measure: placeOf(view), broadcast, atMs, by, reasons }
    const position = await this.#carryOut(broadcast, [lifted], [], atMs, beside)
    this.#showAgain(broadcast)
    return position
  }

  /**
   * A person imposes what the machine did not, on a supported finding; only a person lifts it.
   * @returns why nothing was imposed, or null
   */
  async impose(broadcast: string, order: Order): Promise<Refusal | null> {
    const { ladder, now } = this.#ports
    return this.#turns.take(broadcast, async () => {
      const finding = this.#findingNow(broadcast, order.finding)
      if (finding === undefined) return 'no-such-finding'
      const named = ladder.rules.filter(({ measure }) => measure === order.name)
      // What replaces a figure or limits a function does so for the kinds it is named for only.
      const rule =
        named.find(({ kinds }) => kinds.includes(finding.kind)) ??
        named.find(({ of }) => of === undefined)
      if (rule === undefined) return 'not-on-the-ladder'
      if (finding.families.length < rule.families) return 'families-needed'
      const atMs = now()
      const { by, reasons } = order
      const measure = { ...measureFor(broadcast, rule, finding, ladder, atMs), reasons, by }
      if (this.#standingOf(broadcast).measures.has(measure.measure)) return 'stands-already'
      await this.#carryOut(broadcast, [{ type: 'imposed', measure }], [], atMs)
      this.#showAgain(broadcast)
      return null
    })
  }

  /** Frees what is kept of a broadcast that left memory; records and ledger have it. */
  forget(broadcast: string): void {
    const audit = this.#audits.get(broadcast)
    void this.#turns.take(broadcast, async () => {
      // It came back meanwhile.
      if (this.#audits.get(broadcast) !== audit) return
      for (const map of [this.#figures, this.#audits, this.#standing]) map.delete(broadcast)
    })
  }

  async #judgeAgain(broadcast: string): Promise<void> {
    const audit = this.#audits.get(broadcast)
    if (audit !== undefined) await this.#judge(broadcast, audit, this.#shown.get(broadcast) ?? 0)
  }

  async #judge(broadcast: string, room: BroadcastAudit, position: number): Promise<void> {
    // A newer judgement came while this one waited for its turn.
    if (this.#audits.get(broadcast) !== room) return
    const audit = withPromises(room, this.#promisedIn(broadcast))
    const { ladder, now, decisions } = this.#ports
    const atMs = now()
    const { findings } = audit
    const standing = observe(this.#standingOf(broadcast), findings, ladder, atMs)
    this.#standing.set(broadcast, standing)
    const before = decisions.get(broadcast)?.raised ?? new Map<string, Finding>()
    const news = newsBetween(before, raisedIn(broadcast, findings))
    const decided = decide(broadcast, findings, standing, ladder, atMs)
    await this.#carryOut(broadcast, decided, news, atMs)
    this.#show(broadcast, audit, position, atMs)
  }

  /** As they were raised, until they were weighed in this life: nothing is taken back for want of it. */
  #promisedIn(broadcast: string): readonly Finding[] {
    const raised = this.#ports.decisions.get(broadcast)?.raised.values() ?? []
    return this.#promised.get(broadcast) ?? [...raised].filter(isOfPromise)
  }

  /** What the ledger says stands, and what is remembered of how it came about. */
  #standingOf(broadcast: string): Standing {
    return {
      ...(this.#standing.get(broadcast) ?? NOTHING_STANDS),
      ...standingIn(this.#ports.decisions.get(broadcast)),
    }
  }

  /** As last judged; of a broadcast that was not judged in this life, as it was raised. */
  #findingNow(broadcast: string, name: string): Finding | undefined {
    const audit = this.audit(broadcast)
    return audit === undefined
      ? this.#ports.decisions.get(broadcast)?.raised.get(name)
      : raisedIn(broadcast, audit.findings).find(({ finding }) => finding === name)
  }

  /** Puts on record, then tells. @throws what `record` throws: then nothing happened */
  async #carryOut(
    broadcast: string,
    decisions: readonly Decision[],
    news: readonly News[],
    atMs: number,
    beside: readonly AssayEvent[] = [],
  ): Promise<number> {
    const { record, records, register, sign, hub } = this.#ports
    const target = register.get(broadcast)?.room ?? broadcast
    const events = [...beside, ...news.map((one) => newsEvent(one, atMs))]
    const views: MeasureView[] = []
    for (const decision of decisions)
      if (decision.type === 'imposed') {
        const view = imposedView(decision.measure, sign)
        views.push(view)
        events.push(imposedEvent(view, target))
      } else if (decision.type === 'lifted') {
        const view = this.measures(broadcast).find((one) => placeOf(one) === decision.measure)!
        const liftedAt = new Date(decision.atMs).toISOString()
        views.push({ ...view, liftedAt, liftedBy: decision.by })
        events.push(liftedEvent(view, decision, target))
      }
    const position = events.length === 0 ? 0 : await record(events)
    for (const { finding, isWithdrawn } of news) {
      records.finding(finding, position, atMs, isWithdrawn)
      hub.publish({ topic: 'finding', broadcast, data: { ...finding, isWithdrawn } })
    }
    const appeals = this.#ports.decisions.get(broadcast)?.appeals
    for (const view of views) {
      const data: MeasureView = { ...view, appeal: inShort(appeals?.get(view.measure)) }
      records.measure(data, position)
      hub.publish({ topic: 'measure', broadcast, data })
    }
    for (const decision of decisions) if (decision.type === 'noted') this.#note(decision)
    return position
  }

  /** Nothing follows from a note: a person is told, once. */
  #note(decision: Extract<Decision, { type: 'noted' }>): void {
    const { hub, records } = this.#ports
    const { broadcast, cause, finding, text, atMs } = decision
    const note: NoteView = {
      note: `${broadcast}:${cause}`,
      broadcast,
      finding,
      text,
      writtenAt: new Date(atMs).toISOString(),
      closedAt: null,
    }
    this.#standing.set(broadcast, evolve(this.#standingOf(broadcast), decision))
    records.note(note, cause.split(':')[0]!)
    hub.publish({ topic: 'note', broadcast, data: note })
  }

  /** The figures that stand, after a person changed what is shown beside them. */
  #showAgain(broadcast: string): void {
    const audit = this.audit(broadcast)
    if (audit !== undefined)
      this.#show(broadcast, audit, this.#shown.get(broadcast) ?? 0, this.#ports.now())
  }

  #show(broadcast: string, audit: BroadcastAudit, position: number, atMs: number): void {
    const { hub, records, keyRooms, register, decisions } = this.#ports
    const shown = liveFiguresOf(broadcast, {
      audit,
      decided: decisions.get(broadcast),
      known: register.get(broadcast),
      keyRooms,
      judgedAtMs: atMs,
    })
    this.#figures.set(broadcast, shown)
    this.#shown.set(broadcast, position)
    records.figures(shown, position)
    hub.publish({ topic: 'figures', broadcast, data: shown })
  }
}

const named = (findings: readonly Finding[]): ReadonlyMap<string, Finding> =>
  new Map(findings.map((finding) => [finding.finding, finding]))
