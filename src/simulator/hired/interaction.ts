/**
 * Bought interaction: likes by the ten thousand (30,000 for 5 yuan), comments from a script, and
 * interest without intent — accounts that look at the goods so that the page says "going to buy".
 */
import { evenly } from '../arrivals.ts'
import { between, chance, integer, pick } from '../distributions.ts'
import { click, comment, like } from '../engage.ts'
import type { Person } from '../model.ts'
import type { Random } from '../random.ts'
import type { Show } from '../show.ts'
import type { Stage } from '../stage.ts'
import { script } from '../talk.ts'
import { visit, type View } from '../visit.ts'
import { supplier, type Supplier } from './supplier.ts'

/** `taps` in all, by a few accounts that send the most a packet may carry, steadily. */
export const buyLikes = (stage: Stage, random: Random, show: Show, taps: number): void => {
  if (taps < 1) return
  const perPacket = pick(random, [10, 20, 50, 99])
  const packets = Math.max(1, Math.round(taps / perPacket))
  const senders = withAccounts(
    stage,
    random,
    show,
    Math.max(1, Math.round(packets / integer(random, 3, 25))),
  )
  show.hired.push({ service: 'likes', count: taps })
  // some tap from outside, some look in, some stay until the last tap
  const presence = pick(random, ['outside', 'brief', 'stays'] as const)
  const steady = chance(random, 0.5) ? 0 : 0.4
  const lastsMs = show.endsAt - show.startsAt
  const from = Math.max(stage.now + 60_000, show.startsAt + between(random, 0.1, 0.5) * lastsMs)
  const until = Math.min(show.endsAt - 20_000, from + between(random, 0.1, 0.4) * lastsMs)
  const people = Array.from({ length: senders.count }, () => senders.supplier.person())
  const views = new Map<Person, View>()
  if (presence !== 'outside')
    for (const person of people)
      stage.at(from - between(random, 1_000, 60_000), () => {
        const dwellMs =
          presence === 'brief' ? between(random, 2_000, 9_000) : until - stage.now + 10_000
        const entry = senders.supplier.entry()
        views.set(person, visit(stage, random, show, person, { entry, dwellMs }))
      })
  let sent = 0
  evenly(stage, random, from, until, packets, () => {
    const person = people[sent % people.length]!
    sent += 1
    const taps = Math.max(1, Math.round(perPacket * (1 - steady * random.uniform())))
    like(stage, show, person, views.get(person), taps)
  })
}

/** `count` comments by accounts that join, write at their interval, and go on to the end. */
export const buyComments = (stage: Stage, random: Random, show: Show, count: number): void => {
  if (count < 1) return
  const write = script(random)
  const writers = withAccounts(
    stage,
    random,
    show,
    Math.max(1, Math.round(count / integer(random, 3, 20))),
  )
  show.hired.push({ service: 'comments', count })
  const lastsMs = show.endsAt - show.startsAt
  const from = Math.max(stage.now, show.startsAt + between(random, 0.03, 0.4) * lastsMs)
  const until = show.endsAt - 30_000
  let left = count
  for (let i = 0; i < writers.count; i += 1) {
    const share = Math.ceil(left / (writers.count - i))
    left -= share
    stage.at(between(random, from, from + 0.3 * (until - from)), () => {
      const person = writers.supplier.person()
      const view = visit(stage, random, show, person, {
        entry: writers.supplier.entry(),
        dwellMs: 86_400_000,
      })
      const everyMs = (until - stage.now) / (share + 1)
      const wobble = pick(random, [0.02, 0.1, 0.5])
      for (let n = 1; n <= share; n += 1)
        stage.at(view.joinedAt + everyMs * (n + between(random, -wobble, wobble)), () => {
          comment(stage, show, person, view, write())
        })
    })
  }
}

/** `clicks` on goods by accounts that never buy. */
export const buyInterest = (stage: Stage, random: Random, show: Show, clicks: number): void => {
  if (clicks < 1) return
  const lookers = withAccounts(
    stage,
    random,
    show,
    Math.max(1, Math.round(clicks / integer(random, 2, 12))),
  )
  show.hired.push({ service: 'interest', count: clicks })
  const each = clicks / lookers.count
  evenly(
    stage,
    random,
    Math.max(stage.now, show.startsAt + 120_000),
    show.endsAt - 300_000,
    lookers.count,
    () => {
      const view = visit(stage, random, show, lookers.supplier.person(), {
        entry: lookers.supplier.entry(),
        dwellMs: between(random, 60_000, 600_000),
      })
      const many = Math.floor(each) + (chance(random, each % 1) ? 1 : 0)
      for (let n = 0; n < many; n += 1)
        stage.at(between(random, view.joinedAt + 2_000, view.endsAt), () => {
          const shown = show.products.find(
            ({ from, until }) => from <= stage.now && stage.now < until,
          )
          click(stage, random, show, view.person, view, shown ?? pick(random, show.products))
        })
    },
  )
}

/** Interaction needs accounts, so suppliers of guests are passed over. */
const withAccounts = (
  stage: Stage,
  random: Random,
  show: Show,
  count: number,
): { readonly supplier: Supplier; readonly count: number } => {
  const service = pick(random, [
    'young-batch',
    'shared-devices',
    'datacenter',
    'phone-farm',
  ] as const)
  const source = supplier(stage, random, show, service, count)
  return {
    count,
    supplier: {
      ...source,
      person: () => {
        const person = source.person()
        return person.account === undefined
          ? { ...person, account: stage.platform.id('u'), createdAt: show.startsAt - 3_000_000_000 }
          : person
      },
    },
  }
}
