/**
 * A supplier of bought views: what his machines have in common. Each kind pins the trait it is known
 * for; every other trait is drawn, so that no two suppliers look alike and some hide well.
 *
 * Kinds after what is sold (persons at 30 to 95 yuan per 10,000, "real machine interaction") and what
 * measurements of such services describe: fixed stays and bulk-registered accounts (De Cristofaro et
 * al., "Paying for Likes?", IMC 2014), farms that keep to ordinary pace and old accounts (Ikram et
 * al., "Measuring, Characterizing, and Detecting Facebook Like Farms", ACM TOPS 2017).
 */
import { between, chance, integer, logNormal, pick, weighted } from '../distributions.ts'
import { ENTRIES, type Build, type Entry, type Person } from '../model.ts'
import { bare } from '../people.ts'
import type { Random } from '../random.ts'
import type { Show } from '../show.ts'
import type { Stage } from '../stage.ts'

export const SERVICES = [
  'constant-dwell',
  'template-dwell',
  'phone-farm',
  'drip',
  'young-batch',
  'datacenter',
  'shared-devices',
] as const
export type Service = (typeof SERVICES)[number]

export type Supplier = {
  readonly service: Service
  readonly arrival: 'burst' | 'ramp' | 'drip'
  readonly person: () => Person
  readonly dwellMs: () => number
  readonly entry: () => Entry
}

const DAY_MS = 86_400_000

export const supplier = (
  stage: Stage,
  random: Random,
  show: Show,
  service: Service,
  count: number,
): Supplier => {
  const { platform } = stage
  const accounts =
    service === 'young-batch'
      ? 'batch'
      : service === 'shared-devices'
        ? pick(random, ['aged', 'batch'] as const)
        : pick(random, ['aged', 'aged', 'batch', 'guests'] as const)
  const network =
    service === 'datacenter'
      ? 'datacenter'
      : service === 'phone-farm'
        ? 'farm'
        : pick(random, ['homes', 'homes', 'mobile', 'datacenter'] as const)
  const batchAt = show.startsAt - between(random, 2, 60) * DAY_MS
  const batchMs = between(random, 0.05, 4) * DAY_MS
  const ageMedianDays = between(random, 150, 900)
  const perDevice = service === 'shared-devices' ? integer(random, 5, 40) : 1
  const farm = Array.from(
    { length: Math.max(1, Math.ceil(count / integer(random, 20, 150))) },
    () => (chance(random, 0.5) ? platform.home() : platform.gateway(random)),
  )
  const racks = Math.max(4, Math.ceil(count / integer(random, 3, 60)))
  const machines: string[] = []
  const build = machineBuild(stage, random, service)
  const dwellMs = drawDwell(random, show, service)
  const own = pick(random, ENTRIES)
  const mixed = chance(random, 0.6)
  return {
    service,
    arrival:
      service === 'drip' ? 'drip' : pick(random, ['burst', 'burst', 'ramp', 'drip'] as const),
    dwellMs,
    entry: () => (mixed ? weighted(random, show.habits.entries) : own),
    person: () => {
      if (perDevice > 1 && machines.length * perDevice < count && !chance(random, 0.5))
        machines.push(platform.id('d'))
      const shared = perDevice > 1 && machines.length > 0 ? pick(random, machines) : undefined
      return bare(stage, 'bot', {
        guest: accounts === 'guests',
        createdAt:
          accounts === 'batch'
            ? batchAt + random.uniform() * batchMs
            : show.startsAt - Math.min(3800, logNormal(random, ageMedianDays, 0.9)) * DAY_MS,
        device: shared ?? platform.id('d'),
        ip:
          network === 'datacenter'
            ? platform.rack(random, racks)
            : network === 'farm'
              ? pick(random, farm)
              : network === 'homes'
                ? platform.home()
                : platform.gateway(random),
        network: platform.network(
          random,
          network === 'datacenter' ? 'datacenter' : network === 'homes' ? 'residential' : 'mobile',
        ),
        build: build(),
      })
    },
  }
}

/** A farm runs the real app on real phones; the rest run one emulated build with a timer of its own. */
const machineBuild = (stage: Stage, random: Random, service: Service): (() => Build) => {
  const { platform } = stage
  if (service === 'phone-farm' || (service !== 'drip' && chance(random, 0.4)))
    return () => platform.build(random)
  const model = platform.build(random)
  const build: Build = {
    ...model,
    timer: 'exact',
    jitterMs: service === 'drip' ? 0 : between(random, 0, 40),
    reports: 'nominal',
    silentEnd: chance(random, 0.5) ? 0 : between(random, 0.2, 1),
    flushes: chance(random, 0.5),
  }
  return () => build
}

const drawDwell = (random: Random, show: Show, service: Service): (() => number) => {
  const kind =
    service === 'constant-dwell'
      ? 'constant'
      : service === 'template-dwell'
        ? 'template'
        : service === 'phone-farm'
          ? 'stays'
          : pick(random, ['constant', 'template', 'stays', 'human'] as const)
  if (kind === 'constant') {
    const ms = integer(random, 2, 20) * 30_000
    const spread = between(random, 50, 3_000)
    return () => ms + between(random, -spread, spread)
  }
  if (kind === 'template') {
    const lengths = Array.from(
      { length: integer(random, 2, 5) },
      () => integer(random, 3, 80) * 10_000,
    )
    const spread = between(random, 0.005, 0.06)
    return () => pick(random, lengths) * (1 + between(random, -spread, spread))
  }
  // until the end, but for phones that crash
  if (kind === 'stays')
    return () => (chance(random, 0.05) ? between(random, 60_000, 3_000_000) : 86_400_000)
  const { stayMedianSeconds, staySigma } = show.habits
  return () => logNormal(random, stayMedianSeconds * 1000, staySigma)
}
