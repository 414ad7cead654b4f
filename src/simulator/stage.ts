/** Where a simulation takes place: the time, the agenda, what has been written and not yet handed out. */
import { Agenda } from './agenda.ts'
import type { Label, Person, SimulatedEvent, TruthKind, TruthLine } from './model.ts'
import type { Platform } from './platform.ts'
import type { Random } from './random.ts'
import type { Show } from './show.ts'

/** 2026-03-02, midnight in China. */
export const FIRST_DAY = Date.UTC(2026, 2, 1, 16)

export class Stage {
  readonly random: Random
  readonly platform: Platform
  readonly agenda = new Agenda()
  /** ms from the epoch; before anything happened, the day from which simulations run. */
  now = FIRST_DAY
  events: SimulatedEvent[] = []
  truth: TruthLine[] = []

  constructor(random: Random, platform: Platform) {
    this.random = random
    this.platform = platform
  }

  /** Does `act` at `at`, or now if that is past: time never runs backwards. */
  at(at: number, act: () => void): void {
    this.agenda.add(Math.max(Math.round(at), this.now), act)
  }

  /** Writes an event of this moment. @returns its id */
  emit(show: Show, type: string, data: Readonly<Record<string, unknown>>): string {
    const id = this.platform.id('e')
    this.events.push({
      specversion: '1.0',
      id,
      source: this.platform.source,
      type,
      subject: show.id,
      time: stamp(this.now),
      data,
    })
    show.counts.set(type, (show.counts.get(type) ?? 0) + 1)
    return id
  }

  tell(kind: TruthKind, id: string, label: Label, show: Show): void {
    this.truth.push({ kind, id, broadcast: show.id, label })
  }

  /** Gives an account its one line of truth, at its first appearance anywhere. */
  meet(person: Person): void {
    if (person.told || person.account === undefined) return
    person.told = true
    this.truth.push({ kind: 'account', id: person.account, label: person.label })
  }
}

/** China Standard Time, which knows no summer time. */
const OFFSET_MS = 8 * 3_600_000

export const stamp = (at: number): string =>
  `${new Date(at + OFFSET_MS).toISOString().slice(0, 23)}+08:00`
