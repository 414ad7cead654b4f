/**
 * Scenarios in which something is bought, after what the press reported of live sales in 2020 (fact
 * ids of the scenario table in brackets). The audience that is not bought is an ordinary one.
 */
import { rush } from './audience.ts'
import { between, chance, integer, logNormal, weighted } from './distributions.ts'
import { click } from './engage.ts'
import { callCrowd, recruit } from './hired/crowd.ts'
import { buyComments, buyInterest, buyLikes } from './hired/interaction.ts'
import { buyOrders, type Motive } from './hired/orders.ts'
import { buyViews } from './hired/views.ts'
import { recordBoost } from './innocent.ts'
import type { Person } from './model.ts'
import { Population } from './people.ts'
import { honestTerms, order } from './shop.ts'
import { script } from './talk.ts'
import { visit } from './visit.ts'
import { airing, fill, projected, ratio, type Airing, type World } from './world.ts'

/** Suppliers of views of whatever kinds the seed brings, in one job (S1-18, S1-19). */
export const boughtViews = (world: World): void => {
  const on = airing(world)
  const hired = Math.round(world.viewers * world.contamination)
  fill(world, on, world.viewers - hired)
  buyViews(world.stage, on.random.fork('hired'), on.show, { count: hired })
}

/** From over 4,000 to over 10,000 within a minute (S1-15): one and a half times as many as were there. */
export const step = (world: World): void => {
  const on = airing(world, { minutes: 45, habits: { stayMedianSeconds: 420, bounceShare: 0.4 } })
  fill(world, on, world.viewers)
  const at = on.show.startsAt + integer(on.random, 14, 26) * 60_000
  world.stage.at(at, () => {
    const count = Math.round(on.show.present * ratio(world))
    buyViews(world.stage, on.random.fork('hired'), on.show, {
      count,
      at,
      withinMs: between(on.random, 35_000, 58_000),
    })
  })
}

/** The same real people in the rooms of ten operators (S3-5, S3-11). */
export const paidCrowd = (world: World): void => {
  const write = script(world.random.fork('script'))
  let crowd: readonly Person[] | undefined
  for (let day = 0; day < 10; day += 1) {
    const on = airing(world, { day })
    const hired = Math.round(world.viewers * world.contamination)
    crowd ??= recruit(
      new Population(world.stage, world.random.fork('crowd'), world.crowd),
      Math.round(hired / 0.82),
    )
    fill(world, on, world.viewers - hired)
    callCrowd(world.stage, on.random.fork('call'), on.show, crowd, write)
  }
}

/** Likes by the ten thousand (S3-1). */
export const boughtLikes = (world: World): void => {
  const on = airing(world)
  fill(world, on, world.viewers)
  projected(world, on, 'likes', (taps) => {
    buyLikes(
      world.stage,
      on.random.fork('hired'),
      on.show,
      Math.round(Math.max(taps, 200) * ratio(world)),
    )
  })
}

export const machineComments = (world: World): void => {
  const on = airing(world)
  fill(world, on, world.viewers)
  projected(world, on, 'comments', (count) => {
    buyComments(
      world.stage,
      on.random.fork('hired'),
      on.show,
      Math.round(Math.max(count, 30) * ratio(world)),
    )
  })
}

/** 3.11 million shown, fewer than 110,000 real, most comments by machine (S2-8); to scale. */
export const inflatedDisplay = (world: World): void => {
  const real = Math.max(
    5,
    Math.floor((world.viewers * 110_000 * between(world.random, 0.75, 0.92)) / 3_110_000),
  )
  const hired = Math.round(real * ratio(world))
  // counters swell from the first minutes on, towards the figure that was ordered
  const factor = Math.max(1, world.viewers / (real + hired))
  const likes = factor * between(world.random, 0.3, 1)
  const on = airing(world, {
    shown: (figure, count) =>
      figure === 'viewers' || figure === 'concurrent'
        ? Math.round(count * factor)
        : figure === 'likes'
          ? Math.round(count * likes)
          : count,
  })
  fill(world, on, real)
  buyViews(world.stage, on.random.fork('hired'), on.show, { count: hired })
  projected(world, on, 'comments', (count) => {
    buyComments(
      world.stage,
      on.random.fork('comments'),
      on.show,
      Math.round(Math.max(count, 20) * 1.5),
    )
  })
}

/** Clicks and "going to buy" without an order (S3-10). */
export const emptyInterest = (world: World): void => {
  const on = airing(world)
  fill(world, on, world.viewers)
  // clicks are not tallied; about one viewer in sixteen clicks
  buyInterest(
    world.stage,
    on.random.fork('hired'),
    on.show,
    Math.round((world.viewers / 16 + 20) * ratio(world)),
  )
}

/** Orders of the one or the other motive beside honest ones. */
export const falseOrders =
  (motive: Motive) =>
  (world: World): void => {
    const on = airing(world, { habits: { clicks: 0.14, ordersPerClick: 0.22 } })
    fill(world, on, world.viewers)
    projected(world, on, 'orders', (count) => {
      buyOrders(
        world.stage,
        on.random.fork('hired'),
        on.show,
        motive,
        Math.round(Math.max(count, 20) * ratio(world)),
      )
    })
  }

/**
 * 100,000 yuan for a slot, 1,323 sold, 1,012 refunded (S2-5). Whose orders they were is drawn by
 * seed, as nobody could say at the time.
 */
export const slotFee = (world: World): void => {
  const { stage } = world
  const sold = 1323
  const refunded = 1012
  const on = airing(world, { habits: { ordersPerClick: 0 } })
  const motive = chance(on.random, 0.5) ? 'brushed' : 'attack'
  const hired = Math.round(sold * world.contamination)
  const hiredBack = Math.min(hired, refunded)
  stage.at(on.show.startsAt, () => {
    stage.emit(on.show, 'live.fee.agreed', {
      merchant: on.show.merchant,
      slotFee: 10_000_000,
    })
  })
  fill(world, on, world.viewers)
  sell(world, on, sold - hired, refunded - hiredBack)
  buyOrders(stage, on.random.fork('hired'), on.show, motive, hired, hiredBack)
}

/** Exactly `count` paid orders by as many honest viewers, of which `refunded` go back. */
const sell = (
  world: World,
  { show, random, population }: Airing,
  count: number,
  refunded: number,
): void => {
  const { stage } = world
  for (let rank = 0; rank < count; rank += 1) {
    const back = Math.floor(((rank + 1) * refunded) / count) > Math.floor((rank * refunded) / count)
    const product = show.products[rank % show.products.length]!
    const at = between(random, product.from, product.until - 60_000)
    stage.at(at, () => {
      let buyer = population.person()
      while (buyer.account === undefined) buyer = population.person()
      const entry = weighted(random, show.habits.entries)
      const view = visit(stage, random, show, buyer, {
        entry,
        dwellMs: logNormal(random, 300_000, 0.8),
      })
      const clickAt = between(random, stage.now, Math.min(view.endsAt, stage.now + 90_000))
      stage.at(clickAt, () => {
        click(stage, random, show, buyer, view, product)
        stage.at(stage.now + between(random, 5_000, 40_000), () => {
          const terms = honestTerms(random, show)
          order(stage, random, show, buyer, product, { ...terms, paid: 1, refunded: back ? 1 : 0 })
        })
      })
    })
  }
}

/**
 * One evening with some of everything, to look at: an ordinary audience and a recorded boost, then at
 * minute 33 a bought step, bought likes, comments by machine, empty interest, and a page that shows
 * more than there is.
 */
export const evening = (world: World): void => {
  const { stage, random } = world
  const stepAt = 33 * 60_000
  const swells = between(random, 0.5, 0.8)
  const on = airing(world, {
    minutes: 90,
    hour: 20,
    crowd: { talk: 0.06, taps: 0.15 },
    habits: {
      refundShare: between(random, 0.15, 0.3),
      clicks: 0.16,
      ordersPerClick: 0.2,
      stayMedianSeconds: 260,
      staySigma: 1.1,
    },
    shown: (figure, count, at) => {
      if (figure === 'orders' || figure === 'sales') return count
      const swollen = Math.min(1, Math.max(0, (at - on.show.startsAt - stepAt) / 180_000))
      return Math.round(count * (1 + swells * swollen))
    },
  })
  const { show } = on
  const hired = Math.round(world.viewers * world.contamination)
  const boosted = Math.round((world.viewers - hired) * 0.18)
  recordBoost(world, show, 14 * 60_000, 8 * 60_000, boosted, 'homepage')
  fill(world, on, world.viewers - hired - boosted, [
    rush(
      show,
      boosted,
      14 * 60_000,
      { rampSeconds: 25, decaySeconds: 170 },
      [
        ['push', 0.85],
        ['feed', 0.15],
      ],
      0.8,
    ),
  ])
  const at = show.startsAt + stepAt
  const hire = on.random.fork('hired')
  const stay = Math.round(hired * 0.35)
  buyViews(stage, hire, show, { count: stay, services: ['phone-farm'], at, withinMs: 45_000 })
  buyViews(stage, hire, show, {
    count: hired - stay,
    services: ['constant-dwell'],
    at,
    withinMs: 50_000,
  })
  buyInterest(stage, on.random.fork('interest'), show, Math.round(world.viewers / 15))
  projected(world, on, 'likes', (taps) => {
    buyLikes(stage, on.random.fork('likes'), show, Math.round(taps * 1.5))
  })
  projected(world, on, 'comments', (count) => {
    buyComments(stage, on.random.fork('comments'), show, Math.round(count * 0.7))
  })
}
