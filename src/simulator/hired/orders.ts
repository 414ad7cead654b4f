/**
 * False orders, of two opposite motives. Brushing: the seller's side buys its own goods, pays from a
 * few accounts, ships next to nothing or nothing, and takes the money back without goods. Attack: a
 * rival's people buy to send back; they pay from accounts of their own, and what they harm is the
 * slot fee, the freight and the shop's standing. Seen from a distance the refund rate is the same.
 */
import { evenly } from '../arrivals.ts'
import { between, chance, integer, logNormal, pick } from '../distributions.ts'
import { supplier } from './supplier.ts'
import type { Random } from '../random.ts'
import { order, type Terms } from '../shop.ts'
import type { Show } from '../show.ts'
import type { Stage } from '../stage.ts'
import { visit } from '../visit.ts'

export type Motive = 'brushed' | 'attack'

/** `count` paid orders, of which `refunded` go back; all of them unless said otherwise. */
export const buyOrders = (
  stage: Stage,
  random: Random,
  show: Show,
  motive: Motive,
  count: number,
  refunded?: number,
): void => {
  if (count < 1 || show.products.length === 0) return
  show.hired.push({ service: motive === 'brushed' ? 'brushing' : 'attack', count })
  const ring = ringOf(stage, random, motive, count)
  const source = supplier(
    stage,
    random,
    show,
    motive === 'brushed' ? 'shared-devices' : 'phone-farm',
    count,
  )
  const buyers = Array.from({ length: Math.max(1, Math.round(count / ring.ordersEach)) }, () => {
    const person = source.person()
    const account = person.account ?? stage.platform.id('u')
    return {
      ...person,
      account,
      createdAt: person.createdAt ?? show.startsAt - 9_000_000_000,
      label: motive,
    }
  })
  const lastsMs = show.endsAt - show.startsAt
  const from = Math.max(stage.now, show.startsAt + between(random, 0.1, 0.4) * lastsMs)
  const until =
    motive === 'attack' && chance(random, 0.5) ? from + 0.15 * lastsMs : show.endsAt - 120_000
  const target = pick(random, show.products)
  // exactly so many go back: the first of them, times being drawn independently of rank
  const goBack = refunded ?? Math.round(count * ring.refundShare)
  let placed = 0
  evenly(stage, random, from, until, count, () => {
    const rank = placed
    placed += 1
    const buyer = buyers[rank % buyers.length]!
    const back = Math.floor(((rank + 1) * goBack) / count) > Math.floor((rank * goBack) / count)
    const product = chance(random, 0.8) ? target : pick(random, show.products)
    if (rank < buyers.length && chance(random, ring.looksIn))
      visit(stage, random, show, buyer, {
        entry: source.entry(),
        dwellMs: logNormal(random, 40_000, 0.6),
      })
    order(stage, random, show, buyer, product, { ...ring.terms(), refunded: back ? 1 : 0 })
  })
}

type Ring = {
  readonly ordersEach: number
  readonly refundShare: number
  /** Share of buyers that enter the room at all. */
  readonly looksIn: number
  readonly terms: () => Terms
}

const ringOf = (stage: Stage, random: Random, motive: Motive, count: number): Ring => {
  const { platform } = stage
  const purse = Array.from(
    { length: Math.max(1, Math.ceil(count / integer(random, 15, 80))) },
    () => platform.id('y'),
  )
  const drops = Array.from({ length: Math.max(1, Math.ceil(count / integer(random, 5, 40))) }, () =>
    platform.id('a'),
  )
  const brushed = motive === 'brushed'
  const before = brushed ? between(random, 0.2, 0.9) : between(random, 0.5, 1)
  const earlyMs = between(random, 0.3, 20) * 3_600_000
  return {
    ordersEach: brushed ? between(random, 1.5, 6) : between(random, 1, 3),
    refundShare: brushed ? between(random, 0.6, 0.98) : between(random, 0.9, 1),
    looksIn: between(random, 0.1, 0.8),
    terms: () => ({
      quantity: brushed ? 1 : integer(random, 1, 3),
      label: motive,
      paid: 1,
      refunded: 1,
      before,
      returned: brushed ? 0 : 0.7,
      earlyMs,
      // an empty parcel has a tracking number too
      weightGrams: () => Math.round(brushed ? between(random, 5, 60) : logNormal(random, 600, 0.6)),
      reasons: brushed
        ? ['不想要了', '拍错了']
        : ['不想要了', '质量问题', '和描述不符', '七天无理由'],
      ...(brushed && { payer: pick(random, purse), address: pick(random, drops) }),
    }),
  }
}
