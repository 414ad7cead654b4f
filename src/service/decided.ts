/**
 * What our own events in the ledger say was decided of each broadcast: measures that stand, findings
 * that were raised, what a person took back. It follows the ledger as everything else does, so a
 * decision that was recorded just before a crash is known after it, and is not taken twice; and what
 * the database held of them can be written again when the database is lost. In memory are the
 * broadcasts on air and those asked about lately (warm-map.ts).
 */
import { mentions, withoutMentions } from '../archive/persons.ts'
import { WarmMap, type Cold } from '../engine/live/warm-map.ts'
import type { AppealView, MeasureView } from '../http/contract.ts'
import { inShort } from '../http/shown-measures.ts'
import type { MeasureName } from '../law/ladder.ts'
import { MACHINE } from '../engine/live/adjudicate.ts'
import type { AssayEvent, DataOf, EventOf } from '../vocabulary/index.ts'
import { isGraver, type Finding, type Strength } from '../vocabulary/finding.ts'
import { decisionOf, lodgedView, withoutPersons } from './appeal-events.ts'
import { apart, both, OUR_SOURCE } from './our-events.ts'

export type DecidedOf = {
  /** Those that stand, by id. */
  readonly measures: Map<string, MeasureView>
  /** Those that stand, by id. */
  readonly raised: Map<string, Finding>
  /** What a person took back, by the measure's place in its broadcast, and when, ms. */
  readonly respected: Map<string, number>
  /** Warnings ever given: one finding leads to many measures, and to one warning. */
  violations: number
  /** Every measure that ever stood, by id: one that was lifted can be appealed too. */
  readonly imposed: Map<string, Imposed>
  /** The last appeal against each measure, by the measure's id; only that one can be open. */
  readonly appeals: Map<string, AppealView>
  /** How strong the finding was that a reversed measure rested on, by its place in its broadcast. */
  readonly reversed: Map<string, Strength>
}

type Imposed = {
  readonly place: string
  /** Of its finding. */
  readonly kind: string
  readonly strength: Strength
  /** A person; null for the machine. */
  readonly by: string | null
}

/** One decision, as the records keep it. */
export type Decided =
  | { readonly type: 'measure'; readonly view: MeasureView }
  | { readonly type: 'appeal'; readonly view: AppealView }
  | {
      readonly type: 'finding'
      readonly finding: Finding
      readonly atMs: number
      readonly isWithdrawn: boolean
    }

export class Decisions {
  readonly #sign: (text: string) => string
  readonly #broadcasts: WarmMap<DecidedOf>

  /**
   * @param sign as `instructionOf` was signed when it went out: equal keys, equal signatures
   * @param cold what was put away
   */
  constructor(sign: (text: string) => string, cold?: Cold<DecidedOf>) {
    this.#sign = sign
    this.#broadcasts = new WarmMap(cold)
  }

  /** Null for every event that is no decision of ours. */
  take(event: AssayEvent): Decided | null {
    const { subject } = event
    if (event.source !== OUR_SOURCE || subject === undefined) return null
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others decide nothing
    switch (event.type) {
      case 'live.restriction.imposed': {
        const view = viewOf(event, subject, this.#sign)
        const known = this.#of(subject)
        known.measures.set(view.measure, view)
        const { kind, imposedBy: by } = view
        const strength = strengthIn(known, kind)
        known.imposed.set(view.measure, { place: placeOf(view), kind, strength, by })
        if (view.name === 'warning') known.violations += 1
        return { type: 'measure', view }
      }
      case 'live.restriction.lifted': {
        const known = this.#of(subject)
        const { restriction, decidedBy } = event.data
        const imposed = known.measures.get(restriction) ?? viewOf(event, subject, this.#sign)
        known.measures.delete(restriction)
        const by = decidedBy?.[0] ?? MACHINE
        if (by !== MACHINE) known.respected.set(placeOf(imposed), Date.parse(event.time))
        return { type: 'measure', view: { ...imposed, liftedAt: event.time, liftedBy: by } }
      }
      case 'live.appeal.lodged':
        return this.#appealed(subject, lodgedView(event.data, subject, event.time))
      case 'live.appeal.decided': {
        const { appeal, restriction = '' } = event.data
        const known = this.#of(subject)
        const lodged = known.appeals.get(restriction)
        if (event.data.outcome === 'reversed') reverse(known, restriction)
        return this.#appealed(subject, {
          // Lodged before what is read here: whoever asks knows the rest.
          ...(lodged ?? lodgedView({ appeal, restriction }, subject, event.time)),
          ...decisionOf(event),
        })
      }
      case 'live.finding.raised':
      case 'live.finding.withdrawn': {
        const isWithdrawn = event.type === 'live.finding.withdrawn'
        const { raised } = this.#of(subject)
        const finding = event.data
        // Erased: a finding without its name is about nobody any more.
        if (finding.finding === undefined) return null
        if (isWithdrawn) raised.delete(finding.finding)
        else raised.set(finding.finding, finding)
        return { type: 'finding', finding, atMs: Date.parse(event.time), isWithdrawn }
      }
      default:
        return null
    }
  }

  get(broadcast: string): DecidedOf | undefined {
    return this.#broadcasts.get(broadcast)
  }

  /** The broadcast in which a measure stands; undefined where it stands in none that is not at rest. */
  ownerOf(measure: string): string | undefined {
    for (const [broadcast, { measures }] of this.#broadcasts.warm())
      if (measures.has(measure)) return broadcast
    return undefined
  }

  /** What changed since the last call. */
  changed(): Iterable<readonly [string, DecidedOf]> {
    return this.#broadcasts.changed()
  }

  /** The broadcast is at rest: it may leave memory once it was put away. */
  rest(broadcast: string): void {
    this.#broadcasts.rest(broadcast)
  }

  /** What changed was put away. */
  cool(): void {
    this.#broadcasts.cool()
  }

  /** Nothing is kept of the broadcast any more. */
  drop(broadcast: string): void {
    this.#broadcasts.drop(broadcast)
  }

  /** Takes persons out: a finding that is named after one goes, sentences that mention one are empty. */
  erase(broadcast: string, ids: ReadonlySet<string>): void {
    const known = this.#broadcasts.get(broadcast)
    if (known === undefined) return
    for (const [name, finding] of known.raised)
      if (mentions(ids, name)) known.raised.delete(name)
      else known.raised.set(name, withoutMentions(ids, finding))
    for (const [name, view] of known.measures) known.measures.set(name, withoutMentions(ids, view))
    for (const [name, view] of known.appeals) known.appeals.set(name, withoutPersons(ids, view))
    this.#broadcasts.touch(broadcast)
  }

  #appealed(broadcast: string, view: AppealView): Decided {
    const { appeals, measures } = this.#of(broadcast)
    appeals.set(view.restriction, view)
    const measure = measures.get(view.restriction)
    if (measure !== undefined) measures.set(measure.measure, { ...measure, appeal: inShort(view) })
    return { type: 'appeal', view }
  }

  #of(broadcast: string): DecidedOf {
    this.#broadcasts.touch(broadcast)
    return this.#broadcasts.use(broadcast, () => ({
      measures: new Map(),
      raised: new Map(),
      respected: new Map(),
      violations: 0,
      imposed: new Map(),
      appeals: new Map(),
      reversed: new Map(),
    }))
  }
}

/** The machine does not impose it again unless the facts get graver than they are or ever were. */
const reverse = (known: DecidedOf, restriction: string): void => {
  const imposed = known.imposed.get(restriction)
  if (imposed === undefined) return
  const { place, kind, strength } = imposed
  const now = strengthIn(known, kind)
  known.reversed.set(place, isGraver(now, strength) ? now : strength)
}

/** Of the strongest finding of a kind that stands. */
const strengthIn = ({ raised }: DecidedOf, kind: string): Strength => {
  let most: Strength = 'none'
  for (const finding of raised.values())
    if (finding.kind === kind && isGraver(finding.strength, most)) most = finding.strength
  return most
}

/** A measure's place in its broadcast: the same cause leads to the same place, never to two. */
export const placeOf = ({ name, of, kind }: Pick<MeasureView, 'name' | 'of' | 'kind'>): string =>
  [name, of ?? kind].join(':')

/** What the platform is told to do, as it is signed. */
export const instructionOf = (
  view: Pick<MeasureView, 'broadcast' | 'name' | 'of' | 'step' | 'basis' | 'imposedAt'>,
): string => {
  const { broadcast, name, of, step, basis, imposedAt: from } = view
  return `${JSON.stringify({ broadcast, name, of, step, basis, from })}\n`
}

/** The view's statement of reasons as the vocabulary has it; both languages, English first. */
export const restrictionOf = (
  view: MeasureView,
  target: string,
): DataOf<'live.restriction.imposed'> => ({
  restriction: view.measure,
  target,
  step: view.step as DataOf<'live.restriction.imposed'>['step'],
  basis: view.basis,
  facts: both(view.facts),
  reasons: both(view.reasons),
  from: view.imposedAt,
  appealTo: view.appealTo,
  automatic: view.automatic,
  decidedBy: [view.imposedBy ?? MACHINE],
  measure: view.name,
  ...(view.of === null ? {} : { of: view.of }),
  finding: view.finding,
})

/** The inverse of `restrictionOf`; what was erased since is empty. */
const viewOf = (
  { data, time }: EventOf<'live.restriction.imposed'> | EventOf<'live.restriction.lifted'>,
  broadcast: string,
  sign: (text: string) => string,
): MeasureView => {
  const { restriction, step, basis, measure = 'warning', of, finding = '' } = data
  const view = {
    measure: restriction,
    broadcast,
    name: measure as MeasureName,
    step,
    of: of ?? null,
    finding,
    kind: finding.split(':')[0]!,
    facts: apart(data.facts),
    reasons: apart(data.reasons),
    basis: [...basis],
    appealTo: data.appealTo,
    automatic: data.automatic,
    imposedBy: data.automatic ? null : (data.decidedBy?.[0] ?? null),
    imposedAt: data.from ?? time,
    liftedAt: null,
    liftedBy: null,
    appeal: null,
  }
  return { ...view, signed: sign(instructionOf(view)) }
}
