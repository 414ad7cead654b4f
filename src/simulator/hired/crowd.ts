/**
 * A paid crowd: real people with phones, homes and old accounts of their own, called together to
 * watch a few minutes, tap and write, in one room after another (sold at half a yuan a head). Nothing
 * about one of them is false; they are known by the company they keep.
 */
import { evenly } from '../arrivals.ts'
import { between, chance, integer, logNormal, pick } from '../distributions.ts'
import { comment, like } from '../engage.ts'
import type { Person } from '../model.ts'
import type { Population } from '../people.ts'
import type { Random } from '../random.ts'
import type { Show } from '../show.ts'
import type { Stage } from '../stage.ts'
import { chat } from '../talk.ts'
import { visit } from '../visit.ts'

/** Real people by every trait, with an account each. */
export const recruit = (population: Population, count: number): readonly Person[] => {
  const crowd: Person[] = []
  while (crowd.length < count) {
    const person = population.person()
    if (person.account !== undefined) crowd.push({ ...person, label: 'paid-crowd' })
  }
  return crowd
}

export const callCrowd = (
  stage: Stage,
  random: Random,
  show: Show,
  crowd: readonly Person[],
  script: () => string,
): void => {
  const showsUp = between(random, 0.7, 0.95)
  const present = crowd.filter(() => chance(random, showsUp))
  show.hired.push({ service: 'paid-crowd', count: present.length })
  const calledAt = Math.round(
    show.startsAt + between(random, 0.1, 0.6) * (show.endsAt - show.startsAt),
  )
  const gatherMs = between(random, 120_000, 480_000)
  const paidForMs = integer(random, 3, 12) * 60_000
  const writes = between(random, 0.2, 0.6)
  let index = 0
  evenly(
    stage,
    random,
    calledAt,
    Math.min(show.endsAt - 1000, calledAt + gatherMs),
    present.length,
    () => {
      const person = present[index]!
      index += 1
      // they leave when the time is up, each by a clock on the wall
      const dwellMs = paidForMs + logNormal(random, 25_000, 0.8)
      const entry = pick(random, ['direct', 'share', 'share', 'search'] as const)
      const view = visit(stage, random, show, person, { entry, dwellMs })
      const soon = (act: () => void): void => {
        const at = view.joinedAt + between(random, 0.05, 0.95) * (view.endsAt - view.joinedAt)
        stage.at(at, act)
      }
      if (chance(random, writes))
        for (let n = integer(random, 1, 3); n > 0; n -= 1)
          soon(() => {
            const text = chance(random, 0.6) ? script() : chat(random, show.habits.english)
            comment(stage, show, person, view, text)
          })
      for (let n = integer(random, 0, 3); n > 0; n -= 1)
        soon(() => {
          like(stage, show, person, view, integer(random, 3, 40))
        })
    },
  )
}
