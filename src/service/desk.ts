/**
 * The desk: takes each judgement of a room, decides what follows from it, puts the decision on
 * record, and only then tells the world. Nothing is shown or imposed that is not in the ledger.
 */
import {
  decide,
  evolve,
  MACHINE,
  measureFor,
  NOTHING_STANDS,
  observe,
  type Decision,
  type Measure,
  type Standing,
} from '../engine/live/adjudicate.ts'
import type { BroadcastAudit } from '../engine/report.ts'
import type { Counters, LiveFigures, MeasureView, NoteView } from '../http/contract.ts'
import { keyTriggers, type KeyRooms } from '../law/key-rooms.ts'
import type { Ladder } from '../law/ladder.ts'
import type { Sentence } from '../language/sentence.ts'
import type { AssayEvent } from '../vocabulary/index.ts'
import { HYPOTHESES, type Finding } from '../vocabulary/finding.ts'
import type { Hub } from '../http/hub.ts'
import type { Register } from '../engine/live/register.ts'
import {
  both,
  instructionOf,
  OUR_SOURCE,
  placeOf,
  restrictionOf,
  type Decisions,
} from './decided.ts'

/** Where what was decided can be read again; all of it can be rebuilt from the ledger. */
export type Records = {
  readonly figures: (figures: LiveFigures, position: number) => void
  readonly finding: (finding: Finding, position: number, atMs: number, isWithdrawn: boolean) => void
  readonly measure: (measure: MeasureView, position: number) => void
  readonly note: (note: NoteView, kind: string) => void
}

export type DeskPorts = {
  readonly ladder: Ladder
  readonly keyRooms: KeyRooms
  readonly register: Register
  /** What was decided before, as far as the ledger has been read. */
  readonly decisions: Pick<Decisions, 'get' | 'ownerOf'>
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
export type Refusal =
  | 'no-such-finding'
  | 'not-on-the-ladder'
  /** Above a warning two independent families of evidence are needed (DESIGN "Judgement"). */
  | 'families-needed'
  | 'stands-already'

export class Desk {
  readonly #ports: DeskPorts
  readonly #standing = new Map<string, Standing>()
  readonly #measures = new Map<string, MeasureView>()
  readonly #figures = new Map<string, LiveFigures>()
  readonly #audits = new Map<string, BroadcastAudit>()
  /** Supported findings that were raised, by broadcast and cause. */
  readonly #raised = new Map<string, Map<string, Finding>>()
  readonly #violations = new Map<string, number>()
  /** Position of the ledger that the figures last shown are of. */
  readonly #shown: Map<string, number>
  readonly #underWay = new Set<Promise<void>>()

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
    return this.#audits.get(broadcast)
  }

  /** Measures that stand. */
  measures(broadcast: string): readonly MeasureView[] {
    return [...this.#standingOf(broadcast).measures.keys()].flatMap((measure) => {
      const view = this.#measures.get(keyOf(broadcast, measure))
      return view === undefined ? [] : [view]
    })
  }

  /** A judgement came in, of every event before a position of the ledger. */
  judged(broadcast: string, audit: BroadcastAudit, position: number): void {
    const done = this.#judge(broadcast, audit, position).finally(() => this.#underWay.delete(done))
    this.#underWay.add(done)
  }

  /** Resolves when what follows from every judgement so far is on record and told. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  async #judge(broadcast: string, audit: BroadcastAudit, until: number): Promise<void> {
    const { ladder, now, failed } = this.#ports
    const nowMs = now()
    this.#audits.set(broadcast, audit)
    let standing = observe(this.#standingOf(broadcast), audit.findings, ladder, nowMs)
    const decisions = decide(broadcast, audit.findings, standing, ladder, nowMs)
    // Decided is decided: the next judgement must not decide it again while this one is recorded.
    for (const decision of decisions) standing = evolve(standing, decision)
    this.#standing.set(broadcast, standing)
    const news = this.#news(broadcast, audit.findings)
    try {
      const position = await this.#onRecord(broadcast, decisions, news, nowMs)
      for (const { finding, isWithdrawn } of news)
        this.#tellFinding(finding, position, nowMs, isWithdrawn)
      for (const decision of decisions) this.#tell(decision, position)
      // A newer judgement is on its way where this one had to wait for its decisions to be recorded.
      if (this.#audits.get(broadcast) === audit) this.#show(broadcast, audit, until, nowMs)
    } catch (error) {
      failed(error)
    }
  }

  /**
   * A person takes a measure back; the machine leaves it alone for a while.
   * @param id of the view
   * @returns false where it does not stand
   */
  async lift(id: string, by: string, reasons: Sentence): Promise<boolean> {
    const owner = this.#ports.decisions.ownerOf(id)
    if (owner !== undefined) this.#standingOf(owner)
    const found = [...this.#measures].find(([, view]) => view.measure === id)
    if (found === undefined) return false
    const { broadcast } = found[1]
    const measure = found[0].slice(broadcast.length + 1)
    const standing = this.#standingOf(broadcast)
    if (!standing.measures.has(measure)) return false
    const atMs = this.#ports.now()
    await this.#carryOut(broadcast, { type: 'lifted', measure, broadcast, atMs, by, reasons }, atMs)
    return true
  }

  /**
   * A person imposes what the machine did not, on a supported finding; only a person lifts it.
   * @returns why nothing was imposed, or null
   */
  async impose(broadcast: string, order: Order): Promise<Refusal | null> {
    const { ladder, now } = this.#ports
    const standing = this.#standingOf(broadcast)
    const finding = this.#raised.get(broadcast)?.get(order.finding)
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
    const measure: Measure = { ...measureFor(broadcast, rule, finding, ladder, atMs), reasons, by }
    if (standing.measures.has(measure.measure)) return 'stands-already'
    await this.#carryOut(broadcast, { type: 'imposed', measure }, atMs)
    return null
  }

  /** What a person decided: on record, told, and shown in the figures that stand. */
  async #carryOut(broadcast: string, decision: Decision, atMs: number): Promise<void> {
    this.#standing.set(broadcast, evolve(this.#standingOf(broadcast), decision))
    const position = await this.#onRecord(broadcast, [decision], [], atMs)
    this.#tell(decision, position)
    const audit = this.#audits.get(broadcast)
    if (audit !== undefined) this.#show(broadcast, audit, this.#shown.get(broadcast) ?? 0, atMs)
  }

  /** Frees what is kept of a broadcast that left memory; records and ledger have it. */
  forget(broadcast: string): void {
    for (const measure of this.#standing.get(broadcast)?.measures.keys() ?? [])
      this.#measures.delete(keyOf(broadcast, measure))
    for (const map of [this.#figures, this.#audits, this.#raised, this.#standing, this.#violations])
      map.delete(broadcast)
  }

  /** What stands of a broadcast; of one that was not met in this life, what the ledger says. */
  #standingOf(broadcast: string): Standing {
    const known = this.#standing.get(broadcast)
    if (known !== undefined) return known
    let standing = NOTHING_STANDS
    const decided = this.#ports.decisions.get(broadcast)
    for (const view of decided?.measures.values() ?? []) {
      const measure = measureOf(view)
      standing = evolve(standing, { type: 'imposed', measure })
      this.#measures.set(keyOf(broadcast, measure.measure), view)
    }
    this.#raised.set(broadcast, new Map(decided?.raised))
    this.#violations.set(broadcast, decided?.violations ?? 0)
    standing = { ...standing, respected: new Map(decided?.respected) }
    this.#standing.set(broadcast, standing)
    return standing
  }

  /** Findings that are new, changed their verdict or strength, or are gone. */
  #news(broadcast: string, findings: readonly Finding[]) {
    const before = this.#raised.get(broadcast) ?? new Map<string, Finding>()
    const after = new Map(
      findings.filter(isRaised).map((finding) => {
        const name = nameOf(broadcast, finding)
        return [name, { ...finding, broadcast, finding: name }]
      }),
    )
    this.#raised.set(broadcast, after)
    const news: { readonly finding: Finding; readonly isWithdrawn: boolean }[] = []
    for (const [cause, finding] of after) {
      const old = before.get(cause)
      if (old?.verdict !== finding.verdict || old.strength !== finding.strength)
        news.push({ finding, isWithdrawn: false })
    }
    for (const [cause, finding] of before)
      if (!after.has(cause)) news.push({ finding, isWithdrawn: true })
    return news
  }

  async #onRecord(
    broadcast: string,
    decisions: readonly Decision[],
    news: readonly { readonly finding: Finding; readonly isWithdrawn: boolean }[],
    nowMs: number,
  ): Promise<number> {
    const time = new Date(nowMs).toISOString()
    const event = (type: AssayEvent['type'], id: string, data: unknown) =>
      ({
        specversion: '1.0',
        id,
        source: OUR_SOURCE,
        type,
        subject: broadcast,
        time,
        data,
      }) as AssayEvent
    const events = [
      ...news.map(({ finding, isWithdrawn }) =>
        event(
          isWithdrawn ? 'live.finding.withdrawn' : 'live.finding.raised',
          `${finding.kind}:${broadcast}:${finding.strength}:${finding.verdict}:${nowMs}`.slice(
            0,
            128,
          ),
          finding,
        ),
      ),
      ...decisions.flatMap((decision) => {
        if (decision.type === 'noted') return []
        const { type } = decision
        const name = type === 'imposed' ? decision.measure.measure : decision.measure
        const data = this.#restriction(broadcast, decision, time)
        return data === null
          ? []
          : [
              event(
                `live.restriction.${type}`,
                `${type}:${name}:${broadcast}:${nowMs}`.slice(0, 128),
                data,
              ),
            ]
      }),
    ]
    return events.length === 0 ? 0 : this.#ports.record(events)
  }

  /** The statement of reasons as the vocabulary has it; both languages, English first. */
  #restriction(broadcast: string, decision: Exclude<Decision, { type: 'noted' }>, time: string) {
    const target = this.#ports.register.get(broadcast)?.room ?? broadcast
    if (decision.type === 'imposed') {
      const { measure } = decision
      const view = this.#viewOf(measure, time)
      this.#measures.set(keyOf(broadcast, measure.measure), view)
      return restrictionOf(view, target)
    }
    const view = this.#measures.get(keyOf(broadcast, decision.measure))
    if (view === undefined) return null
    return {
      ...restrictionOf(view, target),
      reasons: both(decision.reasons),
      until: time,
      automatic: decision.by === MACHINE,
      decidedBy: [decision.by],
    }
  }

  #viewOf(measure: Measure, time: string): MeasureView {
    const { name, step, of, broadcast, finding, kind, facts, reasons, basis, appealTo } = measure
    const view = {
      // An id of the vocabulary: what is cut off of a long name is not what tells it apart.
      measure: [measure.measure, measure.fromMs, broadcast].join(':').slice(0, MOST_ID),
      broadcast,
      name,
      step,
      of,
      finding,
      kind,
      facts,
      reasons,
      basis: [...basis],
      appealTo,
      automatic: measure.by === undefined,
      imposedBy: measure.by ?? null,
      imposedAt: time,
      liftedAt: null,
      liftedBy: null,
    }
    return { ...view, signed: this.#ports.sign(instructionOf(view)) }
  }

  #tell(decision: Decision, position: number): void {
    const { hub, records } = this.#ports
    const { broadcast } = decision.type === 'imposed' ? decision.measure : decision
    if (decision.type === 'noted') {
      const note: NoteView = {
        note: `${broadcast}:${decision.cause}`,
        broadcast,
        finding: decision.finding,
        text: decision.text,
        writtenAt: new Date(decision.atMs).toISOString(),
        closedAt: null,
      }
      records.note(note, decision.cause.split(':')[0]!)
      hub.publish({ topic: 'note', broadcast, data: note })
      return
    }
    const key = keyOf(
      broadcast,
      decision.type === 'imposed' ? decision.measure.measure : decision.measure,
    )
    let view = this.#measures.get(key)
    if (view === undefined) return
    if (decision.type === 'lifted') {
      view = { ...view, liftedAt: new Date(decision.atMs).toISOString(), liftedBy: decision.by }
      this.#measures.delete(key)
    } else if (view.name === 'warning')
      this.#violations.set(broadcast, (this.#violations.get(broadcast) ?? 0) + 1)
    records.measure(view, position)
    hub.publish({ topic: 'measure', broadcast, data: view })
  }

  #tellFinding(finding: Finding, position: number, atMs: number, isWithdrawn: boolean): void {
    const { hub, records } = this.#ports
    records.finding(finding, position, atMs, isWithdrawn)
    const broadcast = finding.broadcast ?? ''
    hub.publish({ topic: 'finding', broadcast, data: { ...finding, isWithdrawn } })
  }

  #show(broadcast: string, audit: BroadcastAudit, position: number, nowMs: number): void {
    const { hub, records, keyRooms, register } = this.#ports
    const known = register.get(broadcast)
    const standing = this.#standingOf(broadcast).measures
    const names = new Set([...standing.values()].map(({ name, of }) => `${name}:${of ?? ''}`))
    const { startedAt, endedAt, vantage, figures, title, room, operator, currency } = audit
    const gravest = audit.findings
      .filter(isRaised)
      .reduce<Finding | undefined>(
        (most, one) => (most === undefined || one.weightBans > most.weightBans ? one : most),
        undefined,
      )
    const shown: LiveFigures = {
      broadcast,
      room,
      operator,
      title,
      currency,
      startedAt,
      endedAt,
      judgedAt: new Date(nowMs).toISOString(),
      vantage,
      figures,
      counters: countersOf(audit, names),
      risk: gravest?.weightBans ?? 0,
      gravest:
        gravest === undefined
          ? null
          : {
              finding: nameOf(broadcast, gravest),
              kind: gravest.kind,
              strength: gravest.strength,
              from: gravest.from,
            },
      keyTriggers: [
        ...keyTriggers(
          {
            viewers: figures.viewers.genuine?.estimate ?? null,
            salesFen: figures.sales.observed,
            violations: this.#violations.get(broadcast) ?? 0,
            complaints: known?.complaints ?? 0,
            category: known?.category ?? '',
            hosts: [...(known?.hosts ?? [])],
          },
          keyRooms,
        ),
      ],
      measures: [...standing.keys()],
    }
    this.#figures.set(broadcast, shown)
    this.#shown.set(broadcast, position)
    records.figures(shown, position)
    hub.publish({ topic: 'figures', broadcast, data: shown })
  }
}

/** By what it says of whom: the times in an audit's own names move as more is known. */
const nameOf = (broadcast: string, { kind, subject }: Finding): string =>
  [kind, broadcast, subject].join(':')

const keyOf = (broadcast: string, measure: string) => `${broadcast} ${measure}`

/** Longest id of the vocabulary. */
const MOST_ID = 128

/** The inverse of `viewOf`, as far as deciding needs it. */
const measureOf = (view: MeasureView): Measure => ({
  measure: placeOf(view),
  name: view.name as Measure['name'],
  step: view.step as Measure['step'],
  of: view.of,
  broadcast: view.broadcast,
  finding: view.finding,
  kind: view.kind as Measure['kind'],
  weightBans: 0,
  facts: view.facts,
  reasons: view.reasons,
  basis: view.basis,
  appealTo: view.appealTo,
  fromMs: Date.parse(view.imposedAt),
  ...(view.imposedBy === null ? {} : { by: view.imposedBy }),
})

/** Worth telling: supported and led by a hypothesis that is not innocent. */
const isRaised = (finding: Finding): boolean =>
  finding.verdict === 'supported' &&
  finding.weightBans > 0 &&
  !HYPOTHESES[finding.hypotheses[0]!.name].innocent

/** The verified figure where the measure stands; else what the page shows, or what was counted. */
const countersOf = ({ figures }: BroadcastAudit, names: ReadonlySet<string>): Counters => {
  const counter = (of: 'viewers' | 'likes') => {
    const { displayed, observed, genuine } = figures[of]
    const isVerified = names.has(`verified-counter:${of}`) && genuine?.estimate != null
    return {
      value: isVerified ? Math.round(genuine.estimate) : (displayed ?? observed),
      isVerified,
    }
  }
  return { viewers: counter('viewers'), likes: counter('likes') }
}
