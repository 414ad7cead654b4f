/**
 * A sample evening that plays live: simulated rooms, moved in time so that they are on air now, one
 * of which is inflated a few minutes after the start, and in one of which a promise is broken soon.
 * Nothing is hidden from the detectors, and nothing told to them: the events go in by the same door
 * as anybody's.
 */
import { setTimeout } from 'node:timers/promises'
import { breakPromise, type Undercut } from '../simulator/broken-promise.ts'
import { simulateWhole } from '../simulator/simulate.ts'
import type { ScenarioName } from '../simulator/scenarios.ts'
import type { SimulatedEvent, TruthLine } from '../simulator/model.ts'

type Show = {
  readonly scenario: ScenarioName
  readonly viewers: number
  /** How far into the broadcast the evening begins; the inflated room sets its own. */
  readonly startsAtMs: number
  readonly undercut?: Undercut
}

const MINUTE = 60_000
/** When the inflated room is inflated, after the start of the service. */
export const INFLATED_AFTER_MS = 3 * MINUTE

const SHOWS: readonly Show[] = [
  // One and a half times as many as were there, within a minute (S1-15).
  { scenario: 'step', viewers: 1_500, startsAtMs: 0 },
  // Promised before the evening begins; the coupon comes a minute after (S1-28).
  {
    scenario: 'ordinary',
    viewers: 900,
    startsAtMs: 25 * MINUTE,
    undercut: { promisedMs: 10 * MINUTE, couponMs: 26 * MINUTE },
  },
  { scenario: 'push', viewers: 600, startsAtMs: 25 * MINUTE },
  { scenario: 'give-away', viewers: 400, startsAtMs: 10 * MINUTE },
  { scenario: 'host-prompt', viewers: 400, startsAtMs: 20 * MINUTE },
  { scenario: 'campus-nat', viewers: 300, startsAtMs: 12 * MINUTE },
  { scenario: 'fashion-refunds', viewers: 400, startsAtMs: 30 * MINUTE },
  { scenario: 'small-room', viewers: 40, startsAtMs: 5 * MINUTE },
]

/** The room that is inflated has a recording as well, of our own making (sample-recording.ts). */
const RECORDED: ScenarioName = 'step'

export type Due = { readonly at: number; readonly event: SimulatedEvent }

export type Evening = {
  readonly events: readonly Due[]
  readonly recorded: {
    readonly broadcast: string
    readonly startsAt: number
    readonly endsAt: number
  }
}

/**
 * The whole evening in order of time. `run` is part of every broadcast's id, so that two evenings
 * in one ledger are two; what lies before `startMs` has happened already.
 */
export const sampleEvening = (
  startMs: number,
  run: string,
  seed: number,
  source: string,
  inflatedAfterMs: number = INFLATED_AFTER_MS,
): Evening => {
  const shows = SHOWS.map((show, number) => {
    const { scenario, viewers, undercut } = show
    const { events: played, truth } = simulateWhole({ scenario, seed: seed + number, viewers })
    const events = undercut === undefined ? played : breakPromise(played, undercut)
    const begins = Math.min(...events.map(({ time }) => Date.parse(time)))
    const inflated = firstFalse(events, truth)
    const shift =
      inflated === null ? startMs - begins - show.startsAtMs : startMs - inflated + inflatedAfterMs
    // The platform's own word of a recording names bytes that nobody has.
    const told = events.filter(
      ({ type }) => scenario !== RECORDED || type !== 'live.segment.recorded',
    )
    return { scenario, events: told.map((event) => moved({ ...event, source }, shift, run)) }
  })
  const recorded = shows.find(({ scenario }) => scenario === RECORDED)!.events
  const [begins, ends] = ['live.broadcast.started', 'live.broadcast.ended'].map((type) =>
    recorded.find(({ event }) => event.type === type)!,
  ) as [Due, Due]
  return {
    events: shows.flatMap(({ events }) => events).sort((a, b) => a.at - b.at),
    recorded: { broadcast: begins.event.subject!, startsAt: begins.at, endsAt: ends.at },
  }
}

/** When the first view that is not genuine joins; null where all are. */
const firstFalse = (
  events: readonly SimulatedEvent[],
  truth: readonly TruthLine[],
): number | null => {
  const hired = new Set(
    truth.filter(({ kind, label }) => kind === 'view' && label !== 'genuine').map(({ id }) => id),
  )
  const times = events
    .filter(({ type, data }) => type === 'live.viewer.joined' && hired.has(String(data['view'])))
    .map(({ time }) => Date.parse(time))
  return times.length === 0 ? null : Math.min(...times)
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/

/** What would be another evening's under the same id. */
const IDS = new Set(['product', 'order', 'refund', 'coupon', 'promise'])

/** The same event at another time; instants within its data move along. */
const moved = (event: SimulatedEvent, shift: number, run: string): Due => {
  const at = Date.parse(event.time) + shift
  const move = (value: unknown, name: string): unknown => {
    if (typeof value === 'string')
      return INSTANT.test(value)
        ? new Date(Date.parse(value) + shift).toISOString()
        : IDS.has(name)
          ? `${value}-${run}`
          : value
    if (Array.isArray(value)) return value.map((one: unknown) => move(one, name))
    return typeof value === 'object' && value !== null ? moveAll(value) : value
  }
  const moveAll = (data: object) =>
    Object.fromEntries(Object.entries(data).map(([name, value]) => [name, move(value, name)]))
  const subject = event.subject === undefined ? {} : { subject: `${event.subject}-${run}` }
  const time = new Date(at).toISOString()
  const id = `${event.id}-${run}`
  return { at, event: { ...event, ...subject, id, time, data: moveAll(event.data) } }
}

export type Player = { readonly stop: () => void; readonly done: Promise<void> }

/** Sends what is due, a few times a second, for as long as anything is left or `stop` is called. */
export const play = (
  evening: readonly Due[],
  send: (events: readonly SimulatedEvent[]) => Promise<void>,
  now: () => number,
): Player => {
  const stopping = new AbortController()
  const { signal } = stopping
  const run = async () => {
    for (let next = 0; next < evening.length && !signal.aborted;) {
      const until = now()
      let end = next
      while (end < evening.length && evening[end]!.at <= until && end - next < 2000) end += 1
      if (end > next) await send(evening.slice(next, end).map(({ event }) => event))
      else await setTimeout(250, undefined, { signal, ref: false }).catch(() => {})
      next = end
    }
  }
  return { done: run(), stop: () => stopping.abort() }
}
