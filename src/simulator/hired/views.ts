/** Bought views: suppliers deliver a number of visits, at once, over minutes, or in a drip. */
import { between, integer } from '../distributions.ts'
import { evenly } from '../arrivals.ts'
import type { Random } from '../random.ts'
import type { Show } from '../show.ts'
import type { Stage } from '../stage.ts'
import { visit } from '../visit.ts'
import { SERVICES, supplier, type Service } from './supplier.ts'

/**
 * One to four suppliers, by seed or as named, share the job.
 *
 * @param order `at` (ms) fixes the moment of delivery and `withinMs` how long it takes
 */
export const buyViews = (
  stage: Stage,
  random: Random,
  show: Show,
  order: {
    readonly count: number
    readonly services?: readonly Service[]
    readonly at?: number
    readonly withinMs?: number
  },
): void => {
  const services = order.services ?? someServices(random)
  const lastsMs = show.endsAt - show.startsAt
  let left = order.count
  services.forEach((service, index) => {
    const last = index === services.length - 1
    const count = last
      ? left
      : Math.min(left, Math.round((order.count / services.length) * between(random, 0.6, 1.4)))
    left -= count
    if (count <= 0) return
    show.hired.push({ service, count })
    const source = supplier(stage, random, show, service, count)
    const from = order.at ?? Math.round(show.startsAt + between(random, 0.05, 0.6) * lastsMs)
    const takes =
      order.withinMs ??
      (source.arrival === 'burst'
        ? between(random, 20_000, 90_000)
        : source.arrival === 'ramp'
          ? between(random, 180_000, 900_000)
          : show.endsAt - from - 60_000)
    evenly(stage, random, from, Math.min(show.endsAt, from + takes), count, () => {
      visit(stage, random, show, source.person(), {
        entry: source.entry(),
        dwellMs: source.dwellMs(),
      })
    })
  })
}

const someServices = (random: Random): readonly Service[] => {
  const shuffled = SERVICES.map((service) => [random.uniform(), service] as const).sort(
    (a, b) => a[0] - b[0],
  )
  return shuffled.slice(0, integer(random, 1, 4)).map(([, service]) => service)
}
