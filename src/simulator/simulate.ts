/**
 * Plays a scenario and streams it: events in order of time with what is true about them, in batches.
 * Memory is bounded by what is under way at one moment, never by the length of the whole.
 */
import { between, integer } from './distributions.ts'
import type { Batch, Outcome, Settings, SimulatedEvent, TruthLine } from './model.ts'
import { drawCrowd } from './people.ts'
import { Platform } from './platform.ts'
import { Random } from './random.ts'
import { SCENARIOS } from './scenarios.ts'
import type { Show } from './show.ts'
import { Stage, stamp } from './stage.ts'
import type { World } from './world.ts'

const BATCH = 2_000

/**
 * Equal settings give equal events. Returns the outcome when the last batch has been taken.
 *
 * @throws RangeError when a number of the settings is out of its bounds
 */
export function* simulate(settings: Settings): Generator<Batch, Outcome, undefined> {
  const world = enact(settings)
  const { stage } = world
  let events = 0
  for (;;) {
    const due = stage.agenda.next()
    if (due !== undefined) {
      stage.now = due.at
      due.act()
    }
    if (stage.events.length >= BATCH || (due === undefined && stage.events.length > 0)) {
      events += stage.events.length
      yield { events: stage.events, truth: stage.truth }
      stage.events = []
      stage.truth = []
    }
    if (due === undefined) return outcome(settings, world, events)
  }
}

/** The whole at once, for a scenario that fits in memory. */
export const simulateWhole = (
  settings: Settings,
): { events: readonly SimulatedEvent[]; truth: readonly TruthLine[]; outcome: Outcome } => {
  const events: SimulatedEvent[] = []
  const truth: TruthLine[] = []
  const play = simulate(settings)
  for (;;) {
    const step = play.next()
    if (step.done === true) return { events, truth, outcome: step.value }
    for (const event of step.value.events) events.push(event)
    for (const line of step.value.truth) truth.push(line)
  }
}

const enact = (settings: Settings): World => {
  const { scenario, seed } = settings
  const { play, ...defaults } = SCENARIOS[scenario]
  const random = new Random(`${scenario} ${seed}`)
  const viewers = settings.viewers ?? integer(random, ...defaults.viewers)
  bounded('viewers', viewers, 1, 100_000_000)
  const contamination =
    defaults.contamination === undefined
      ? 0
      : (settings.contamination ?? between(random, ...defaults.contamination))
  bounded('contamination', contamination, 0, 0.95)
  const beatSeconds = settings.heartbeatSeconds ?? defaults.heartbeatSeconds
  if (beatSeconds !== undefined) bounded('heartbeatSeconds', beatSeconds, 1, 600)
  const platform = new Platform(random.fork('platform'), {
    viewers,
    ...(beatSeconds !== undefined && { beatMs: beatSeconds * 1000 }),
  })
  const stage = new Stage(random.fork('stage'), platform)
  const crowd = drawCrowd(random.fork('crowd'))
  const world: World = { stage, random, crowd, shows: [], viewers, contamination }
  play(world)
  return world
}

const bounded = (name: string, value: number, low: number, high: number): void => {
  if (!(value >= low && value <= high))
    throw new RangeError(`${name} must be from ${low} to ${high}, not ${value}`)
}

const outcome = (settings: Settings, world: World, events: number): Outcome => {
  const guilty = SCENARIOS[settings.scenario].contamination !== undefined
  return {
    scenario: settings.scenario,
    seed: settings.seed,
    guilty,
    viewers: world.viewers,
    contamination: guilty ? world.contamination : null,
    events,
    broadcasts: world.shows.map(summary),
  }
}

const summary = (show: Show): Outcome['broadcasts'][number] => ({
  broadcast: show.id,
  room: show.room,
  startedAt: stamp(show.startsAt),
  endedAt: stamp(show.endsAt),
  genuine: show.genuine,
  all: show.all,
  hired: show.hired,
})
