/**
 * Ordinary people. Ages of accounts are log-normal over years with a trickle of newcomers; activity
 * is a gamma mixture, so counts are negative binomial: most are silent, a few write and tap for
 * hours. (Veloso et al., "A Hierarchical Characterization of a Live Streaming Media Workload", IMW
 * 2002: client interest is Zipf-like; Nielsen, "Participation Inequality", 2006: 90–9–1.)
 * Families share an address and sometimes a device; mobile carriers share theirs among thousands.
 */
import { between, chance, exponential, gamma, logNormal, pick } from './distributions.ts'
import type { Label, Person } from './model.ts'
import type { Random } from './random.ts'
import type { Stage } from './stage.ts'

/** What kind of people a room draws, by seed. */
export type Crowd = {
  readonly guestShare: number
  readonly ageMedianDays: number
  readonly ageSigma: number
  readonly newcomerShare: number
  readonly mobileShare: number
  readonly familyShare: number
  /** Mean comments and bursts of likes a minute. */
  readonly talk: number
  readonly taps: number
  /** One address that many share (a campus, an office): its share of people and its addresses. */
  readonly campus?: { readonly share: number; readonly addresses: readonly string[] }
}

export const drawCrowd = (random: Random): Crowd => ({
  guestShare: between(random, 0.05, 0.35),
  ageMedianDays: between(random, 500, 1400),
  ageSigma: between(random, 0.7, 1.2),
  newcomerShare: between(random, 0.01, 0.05),
  mobileShare: between(random, 0.35, 0.65),
  familyShare: between(random, 0.05, 0.2),
  talk: between(random, 0.03, 0.12),
  taps: between(random, 0.05, 0.25),
})

/** About as old as a live platform can be: nobody registered before it opened. */
const OLDEST_DAYS = 3800
const DAY_MS = 86_400_000

export class Population {
  readonly #stage: Stage
  readonly #random: Random
  readonly #crowd: Crowd
  /** The home of somebody who came a moment ago, for the family to share. */
  #neighbour: Person | undefined

  constructor(stage: Stage, random: Random, crowd: Crowd) {
    this.#stage = stage
    this.#random = random
    this.#crowd = crowd
  }

  person(): Person {
    const random = this.#random
    const { platform } = this.#stage
    const crowd = this.#crowd
    const family = chance(random, crowd.familyShare) ? this.#neighbour : undefined
    const campus = chance(random, crowd.campus?.share ?? 0) ? crowd.campus : undefined
    const mobile = family === undefined && campus === undefined && chance(random, crowd.mobileShare)
    const vpn = chance(random, 0.004)
    const guest = chance(random, crowd.guestShare)
    const person = bare(this.#stage, 'genuine', {
      guest,
      createdAt: this.#stage.now - this.#age(),
      // a guest is known by the device alone, so two of them never share one
      device:
        family !== undefined && !guest && chance(random, 0.12) ? family.device : platform.id('d'),
      ip: campus
        ? pick(random, campus.addresses)
        : vpn
          ? platform.rack(random, 400)
          : mobile
            ? platform.gateway(random)
            : (family?.ip ?? platform.home()),
      network: chance(random, 0.03)
        ? undefined
        : platform.network(random, vpn ? 'datacenter' : mobile ? 'mobile' : 'residential'),
      build: platform.build(random),
      // shape well below 1: nine in ten people never write
      talk: gamma(random, 0.15, crowd.talk / 0.15),
      taps: gamma(random, 0.25, crowd.taps / 0.25),
      appetite: gamma(random, 0.8, 1 / 0.8),
    })
    if (!mobile && campus === undefined && !vpn) this.#neighbour = person
    return person
  }

  /** Age of an account in ms; nobody is older than the platform. */
  #age(): number {
    const { ageMedianDays, ageSigma, newcomerShare } = this.#crowd
    const isNew = chance(this.#random, newcomerShare)
    let days: number
    do
      days = isNew ? exponential(this.#random, 4) : logNormal(this.#random, ageMedianDays, ageSigma)
    while (days > OLDEST_DAYS)
    return Math.round(days * DAY_MS)
  }
}

type Traits = Pick<Person, 'device' | 'ip' | 'network' | 'build'> &
  Partial<Pick<Person, 'talk' | 'taps' | 'appetite'>> & {
    readonly guest: boolean
    readonly createdAt: number
  }

/** A person of these traits who has done nothing yet. */
export const bare = (stage: Stage, label: Label, traits: Traits): Person => ({
  account: traits.guest ? undefined : stage.platform.id('u'),
  device: traits.device,
  ip: traits.ip,
  network: traits.network,
  createdAt: traits.guest ? undefined : Math.floor(traits.createdAt / 1000) * 1000,
  build: traits.build,
  label,
  talk: traits.talk ?? 0,
  taps: traits.taps ?? 0,
  appetite: traits.appetite ?? 0,
  address: undefined,
  payer: undefined,
  told: false,
  attended: undefined,
})
