/** The ordinary audience of a broadcast: who comes, when, by which way, and for how long. */
import { arrive, blend, drifting, wave, waves, type Intensity } from './arrivals.ts'
import { between, chance, exponential, weighted } from './distributions.ts'
import { engage } from './engage.ts'
import { drawDwellMs } from './habits.ts'
import type { EntryMix, Person } from './model.ts'
import type { Population } from './people.ts'
import type { Random } from './random.ts'
import type { Show } from './show.ts'
import type { Stage } from './stage.ts'
import { attend } from './visit.ts'

const FANS: EntryMix = [
  ['follow', 0.8],
  ['direct', 0.15],
  ['push', 0.05],
]

/** One stream of arrivals; `stays` multiplies time watched. */
export type Stream = {
  readonly count: number
  readonly intensity: Intensity
  readonly entries: EntryMix
  readonly stays: number
}

/** The opening rush of followers, steady interest, and waves of the feed, in shares drawn by seed. */
export const ordinaryStreams = (random: Random, show: Show, count: number): readonly Stream[] => {
  const seconds = secondsOf(show)
  const fans = Math.round(count * between(random, 0.08, 0.3))
  const opening = blend([
    [wave(seconds, 0, between(random, 10, 60), between(random, 240, 900)), 0.7],
    [drifting(random, seconds), 0.3],
  ])
  const rest = blend([
    [drifting(random, seconds), between(random, 0.4, 0.7)],
    [waves(random, seconds), between(random, 0.2, 0.6)],
  ])
  return [
    { count: fans, intensity: opening, entries: FANS, stays: between(random, 1.2, 2.2) },
    { count: count - fans, intensity: rest, entries: show.habits.entries, stays: 1 },
  ]
}

/** A rush at `at` (ms from the start): a push, a recommendation, a share that went round. */
export const rush = (
  show: Show,
  count: number,
  at: number,
  shape: { readonly rampSeconds: number; readonly decaySeconds: number },
  entries: EntryMix,
  stays: number,
): Stream => ({
  count,
  intensity: wave(secondsOf(show), at / 1000, shape.rampSeconds, shape.decaySeconds),
  entries,
  stays,
})

export const welcome = (
  stage: Stage,
  random: Random,
  show: Show,
  population: Population,
  streams: readonly Stream[],
): void => {
  for (const { count, intensity, entries, stays } of streams)
    arrive(stage, random, show.startsAt, intensity, count, () => {
      enter(stage, random, show, population, population.person(), entries, stays)
    })
}

/** The same people once more, as a fan club comes: most of them early and for long. */
export const welcomeFans = (
  stage: Stage,
  random: Random,
  show: Show,
  population: Population,
  fans: readonly Person[],
): void => {
  const turnout = between(random, 0.6, 0.9)
  for (const fan of fans)
    if (chance(random, turnout))
      stage.at(show.startsAt + exponential(random, between(random, 150_000, 500_000)), () => {
        if (stage.now < show.endsAt) enter(stage, random, show, population, fan, FANS, 4)
      })
}

const enter = (
  stage: Stage,
  random: Random,
  show: Show,
  population: Population,
  person: Person,
  entries: EntryMix,
  stays: number,
): void => {
  const dwellMs = (): number => {
    // who comes for a draw stays until it is drawn, and leaves with everybody else
    const draw = show.moments.find(({ ask, at }) => ask === 'draw' && at > stage.now)
    if (draw !== undefined && chance(random, 0.35))
      return draw.at - stage.now + 5_000 + exponential(random, 25_000)
    return Math.round(drawDwellMs(random, show.habits) * stays)
  }
  const invite = (): void => {
    enter(stage, random, show, population, population.person(), [['share', 1]], 1.3)
  }
  attend(
    stage,
    random,
    show,
    person,
    { entry: weighted(random, entries), dwellMs: dwellMs() },
    {
      dwellMs,
      engage: (view) => {
        engage(stage, random, show, view, invite)
      },
    },
  )
}

const secondsOf = (show: Show): number => Math.floor((show.endsAt - show.startsAt) / 1000)
