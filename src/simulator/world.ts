/** What a scenario is put together from: one platform, its people, its broadcasts, one seed. */
import { between, integer } from './distributions.ts'
import { ordinaryStreams, welcome, type Stream } from './audience.ts'
import { drawHabits, type Habits } from './habits.ts'
import { Population, type Crowd } from './people.ts'
import type { Random } from './random.ts'
import { drawMoments, drawProducts, emptyTally, putOn, type Moment, type Show } from './show.ts'
import { FIRST_DAY, type Stage } from './stage.ts'

export type World = {
  readonly stage: Stage
  readonly random: Random
  readonly crowd: Crowd
  readonly shows: Show[]
  /** People per broadcast, hired ones included. */
  readonly viewers: number
  /** Share that is false, 0 in an innocent scenario. */
  readonly contamination: number
}

/** Where a broadcast departs from what the seed would make of it. */
export type Wishes = {
  readonly minutes?: number
  /** Hour of the day at which it starts, China Standard Time. */
  readonly hour?: number
  /** Days after the first one. */
  readonly day?: number
  readonly habits?: Partial<Habits>
  readonly crowd?: Partial<Crowd>
  readonly moments?: (startsAt: number, endsAt: number) => readonly Moment[]
  readonly outage?: (startsAt: number, endsAt: number) => Show['outage']
  readonly shown?: Show['shown']
  /** A room, host and operator of an earlier broadcast. */
  readonly sameRoomAs?: Show
}

/** A broadcast with what belongs to it; `random` is its own stream. */
export type Airing = {
  readonly show: Show
  readonly random: Random
  readonly population: Population
}

const DAY_MS = 86_400_000

export const airing = (world: World, wishes: Wishes = {}): Airing => {
  const { stage, shows } = world
  const { platform } = stage
  const random = world.random.fork(`broadcast ${shows.length}`)
  const minutes = wishes.minutes ?? integer(random, 50, 150)
  const hour = wishes.hour ?? between(random, 18.5, 21)
  const firstDay = world.random.fork('day').word() % 60
  const startsAt = Math.round(
    FIRST_DAY + (firstDay + (wishes.day ?? 0)) * DAY_MS + hour * 3_600_000,
  )
  const endsAt = startsAt + minutes * 60_000
  const room = wishes.sameRoomAs
  const show: Show = {
    id: platform.id('b'),
    room: room?.room ?? platform.id('room-'),
    operator: room?.operator ?? platform.id('operator-'),
    host: room?.host ?? platform.id('host-'),
    merchant: room?.merchant ?? platform.id('merchant-'),
    startsAt,
    endsAt,
    habits: { ...(room?.habits ?? drawHabits(random)), ...wishes.habits },
    products: drawProducts(stage, random, startsAt, endsAt),
    moments: (wishes.moments ?? ((from, until) => drawMoments(random, from, until)))(
      startsAt,
      endsAt,
    ),
    outage: wishes.outage?.(startsAt, endsAt),
    shown: wishes.shown ?? ((_, figure) => figure),
    counts: new Map(),
    genuine: emptyTally(),
    all: emptyTally(),
    hired: [],
    present: 0,
  }
  shows.push(show)
  putOn(stage, random.fork('frame'), show)
  const crowd = { ...world.crowd, ...wishes.crowd }
  return { show, random, population: new Population(stage, random.fork('people'), crowd) }
}

/** Gives it an ordinary audience of `count` people and whatever else streams in. */
export const fill = (
  world: World,
  { show, random, population }: Airing,
  count: number,
  more: readonly Stream[] = [],
): void => {
  const audience = random.fork('audience')
  welcome(world.stage, audience, show, population, [
    ...ordinaryStreams(audience, show, count),
    ...more,
  ])
}

/** How many are hired for so many genuine ones. */
export const ratio = ({ contamination }: World): number => contamination / (1 - contamination)

/** Does `act` after a third of the broadcast, with what `figure` will be at its end, by proportion. */
export const projected = (
  world: World,
  { show }: Airing,
  figure: 'likes' | 'comments' | 'orders' | 'views',
  act: (expected: number) => void,
): void => {
  const share = 0.35
  world.stage.at(show.startsAt + share * (show.endsAt - show.startsAt), () => {
    act(show.genuine[figure] / share)
  })
}
