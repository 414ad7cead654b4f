/**
 * Scenarios in which nobody cheats, though figures jump, words repeat, addresses are shared and
 * goods come back. Each is what some false accusation would be made of.
 */
import { rush, welcomeFans } from './audience.ts'
import { between, integer, pick } from './distributions.ts'
import type { Person } from './model.ts'
import { drawMoments, type Moment, type Show } from './show.ts'
import { stamp } from './stage.ts'
import { airing, fill, type Airing, type World } from './world.ts'

export const ordinary = (world: World): void => {
  fill(world, airing(world), world.viewers)
}

/** @param recorded whether the platform wrote the push down */
export const push =
  (recorded: boolean) =>
  (world: World): void => {
    const on = airing(world)
    const boosted = Math.round(world.viewers * between(on.random, 0.3, 0.6))
    const lastsMs = on.show.endsAt - on.show.startsAt
    const at = between(on.random, 0.2, 0.6) * lastsMs
    const forMs = between(on.random, 5, 20) * 60_000
    if (recorded)
      recordBoost(world, on.show, at, forMs, boosted, pick(on.random, ['homepage', 'push', 'feed']))
    const shape = { rampSeconds: between(on.random, 10, 60), decaySeconds: forMs / 2500 }
    const entries = recorded
      ? ([
          ['push', 0.85],
          ['feed', 0.15],
        ] as const)
      : ([
          ['push', 0.5],
          ['feed', 0.2],
          ['unknown', 0.3],
        ] as const)
    fill(world, on, world.viewers - boosted, [
      rush(on.show, boosted, at, shape, entries, between(on.random, 0.6, 1)),
    ])
  }

export const recordBoost = (
  { stage }: World,
  show: Show,
  at: number,
  forMs: number,
  expectedViews: number,
  channel: string,
): void => {
  const from = show.startsAt + at
  stage.at(from - 30_000, () => {
    stage.emit(show, 'live.boost.placed', {
      channel,
      from: stamp(from),
      until: stamp(from + forMs),
      expectedViews,
    })
  })
}

/** One great wave of the feed: most look in and go. */
export const feedSpike = (world: World): void => {
  const on = airing(world, { habits: { bounceShare: 0.7 } })
  const many = Math.round(world.viewers * between(on.random, 0.4, 0.7))
  const at = between(on.random, 0.15, 0.7) * (on.show.endsAt - on.show.startsAt)
  const shape = {
    rampSeconds: between(on.random, 5, 30),
    decaySeconds: between(on.random, 60, 240),
  }
  fill(world, on, world.viewers - many, [
    rush(
      on.show,
      many,
      at,
      shape,
      [
        ['feed', 0.96],
        ['unknown', 0.04],
      ],
      between(on.random, 0.4, 0.9),
    ),
  ])
}

/** Draws on the quarter hour: one word from everybody, a crowd that comes and goes with the draw. */
export const giveAway = (world: World): void => {
  const word = pick(world.random, ['抽奖', '好运', '要', '福利', '666'])
  const on = airing(world, {
    crowd: { newcomerShare: 0.12 },
    habits: { responds: 0.3, returns: 0.35 },
    moments: (from, until) =>
      repeated(from, until, integer(world.random, 10, 20), 'draw', word, 1.5),
  })
  fill(world, on, world.viewers)
}

/** "Write 888": hundreds of equal comments within seconds, and a storm of likes. */
export const hostPrompt = (world: World): void => {
  const on = airing(world, {
    habits: { responds: between(world.random, 0.2, 0.45) },
    moments: (from, until) => [
      ...repeated(from, until, integer(world.random, 6, 15), 'write', '888', 1.2),
      ...repeated(from + 90_000, until, integer(world.random, 8, 20), 'like', '', 1.2),
    ],
  })
  fill(world, on, world.viewers)
}

/** A university behind a handful of addresses, where word went round. */
export const campusNat = (world: World): void => {
  const addresses = Array.from({ length: integer(world.random, 1, 6) }, () =>
    world.stage.platform.home(),
  )
  const share = between(world.random, 0.4, 0.8)
  const on = airing(world, { crowd: { campus: { share, addresses }, ageMedianDays: 600 } })
  const many = Math.round(world.viewers * 0.3)
  const at = between(on.random, 0.1, 0.6) * (on.show.endsAt - on.show.startsAt)
  fill(world, on, world.viewers - many, [
    rush(
      on.show,
      many,
      at,
      { rampSeconds: 120, decaySeconds: 500 },
      [
        ['share', 0.8],
        ['search', 0.2],
      ],
      1,
    ),
  ])
}

/** One host, several evenings, much the same people each time, early, long and loud. */
export const fanClub = (world: World): void => {
  let fans: readonly Person[] | undefined
  let first: Show | undefined
  for (let day = 0; day < 8; day += 1) {
    const on: Airing = airing(world, {
      day: 2 * day,
      ...(first !== undefined && { sameRoomAs: first }),
      crowd: { talk: world.crowd.talk * 2, taps: world.crowd.taps * 2 },
      habits: { responds: 0.2 },
      moments: (from, until) => drawMoments(world.random.fork(`moments ${day}`), from, until),
    })
    first ??= on.show
    fans ??= Array.from({ length: Math.round(world.viewers * 0.5) }, () => on.population.person())
    welcomeFans(world.stage, on.random.fork('fans'), on.show, on.population, fans)
    fill(world, on, Math.round(world.viewers * 0.5))
  }
}

/** A carrier drops out: views end without a word at one instant and come back together. */
export const networkOutage = (world: World): void => {
  const { random } = world
  const on = airing(world, {
    outage: (from, until) => {
      const at = Math.round(from + between(random, 0.3, 0.7) * (until - from))
      const backAt = Math.round(at + between(random, 20_000, 150_000))
      return { at, until: backAt, share: between(random, 0.3, 0.9) }
    },
  })
  fill(world, on, world.viewers)
}

/** Half of what is bought comes back, as it does in fashion. */
export const fashionRefunds = (world: World): void => {
  const refundShare = between(world.random, 0.46, 0.55)
  const on = airing(world, {
    habits: { category: 'apparel', refundShare, clicks: 0.18, ordersPerClick: 0.25 },
  })
  fill(world, on, world.viewers)
}

export const quietNight = (world: World): void => {
  const on = airing(world, {
    hour: between(world.random, 0.5, 4),
    minutes: integer(world.random, 90, 240),
    habits: { returns: 0.25 },
  })
  fill(world, on, world.viewers)
}

export const smallRoom = (world: World): void => {
  fill(world, airing(world, { minutes: integer(world.random, 20, 70) }), world.viewers)
}

const repeated = (
  from: number,
  until: number,
  everyMinutes: number,
  ask: Moment['ask'],
  word: string,
  pull: number,
): readonly Moment[] => {
  const moments: Moment[] = []
  for (let at = from + everyMinutes * 60_000; at < until - 30_000; at += everyMinutes * 60_000)
    moments.push({ at, ask, word, pull })
  return moments
}
