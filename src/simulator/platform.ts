/**
 * The platform that all rooms of one simulation stand on: its ids, its app builds in their roll-out,
 * its networks. Every parameter is drawn by seed.
 *
 * Addresses lie in ranges that name nobody: 10/8 for homes, 100.64/10 (RFC 6598, the range reserved
 * for carrier-grade NAT) for mobile carriers, 198.18/15 (RFC 2544) for data centres. A carrier puts
 * thousands of subscribers behind one address (Richter et al., "A Multi-perspective Analysis of
 * Carrier-Grade NAT Deployment", IMC 2016), so sharing an address means little.
 */
import { between, chance, integer, pick, weighted, zipf } from './distributions.ts'
import { scramble, type Random } from './random.ts'
import type { Build } from './model.ts'

type NetworkClass = 'residential' | 'mobile' | 'datacenter'

export class Platform {
  readonly source = '/platforms/example/rooms'
  readonly builds: readonly (readonly [Build, number])[]
  /** Addresses each mobile gateway pool has; subscribers crowd on the first of them. */
  /** Whether likes and comments name the view that they come from; some clients do not. */
  readonly linksViews: boolean
  readonly #gateways: number
  readonly #namesAsNumbers: boolean
  readonly #salt: number
  #issued = 0
  #homes = 0

  constructor(random: Random, options: { readonly viewers: number; readonly beatMs?: number }) {
    this.#salt = random.word()
    this.#gateways =
      integer(random, 60, 400) + Math.floor(options.viewers / integer(random, 20, 60))
    this.#namesAsNumbers = chance(random, 0.2)
    this.linksViews = chance(random, 0.7)
    this.builds = rollOut(random, options.beatMs)
  }

  /** A fresh opaque id: a bijection of a counter, so unique, and its order tells nothing. */
  id(prefix: string): string {
    this.#issued += 1
    return `${prefix}${scramble(this.#issued ^ this.#salt)
      .toString(36)
      .padStart(7, '0')}`
  }

  build(random: Random): Build {
    return weighted(random, this.builds)
  }

  home(): string {
    this.#homes += 1
    const word = scramble(this.#homes ^ this.#salt)
    return `10.${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}`
  }

  gateway(random: Random): string {
    const rank = chance(random, 0.5)
      ? zipf(random, this.#gateways)
      : integer(random, 0, this.#gateways - 1)
    const word = scramble(rank ^ this.#salt)
    return `100.${64 + (word >>> 26)}.${(word >>> 16) & 255}.${(word >>> 8) & 255}`
  }

  /** One of `size` addresses in neighbouring blocks of one data centre. */
  rack(random: Random, size: number): string {
    const host = integer(random, 0, size - 1)
    return `198.${18 + (this.#salt & 1)}.${((this.#salt >>> 8) & 255) ^ (host >> 8)}.${host & 255}`
  }

  network(random: Random, kind: NetworkClass): string {
    return this.#namesAsNumbers ? pick(random, AUTONOMOUS_SYSTEMS[kind]) : kind
  }
}

/** The large Chinese access networks and clouds, by their public registration. */
const AUTONOMOUS_SYSTEMS = {
  residential: ['AS4134', 'AS4837', 'AS4812', 'AS4808'],
  mobile: ['AS9808', 'AS56040', 'AS17622', 'AS4134'],
  datacenter: ['AS37963', 'AS45090'],
} as const

/**
 * Two systems, two or three releases each, the newest not yet on every phone. Timers differ: a
 * native timer is exact to milliseconds, a throttled or JavaScript one wanders by hundreds.
 */
const rollOut = (
  random: Random,
  asked: number | undefined,
): readonly (readonly [Build, number])[] => {
  const beatMs = asked ?? pick(random, [20_000, 30_000, 30_000, 60_000])
  const major = integer(random, 24, 36)
  const builds: (readonly [Build, number])[] = []
  for (const system of ['android', 'ios'])
    for (let age = 0; age < integer(random, 2, 3); age += 1) {
      const timer = pick(random, ['exact', 'loose', 'loose', 'drifting'] as const)
      builds.push([
        {
          app: `${major - age}.${integer(random, 0, 9)}.0-${system}`,
          beatMs: age === 2 && asked === undefined ? beatMs * 2 : beatMs,
          timer,
          jitterMs: timer === 'exact' ? between(random, 1, 8) : between(random, 60, 900),
          reports: chance(random, 0.5) ? 'nominal' : 'measured',
          silentEnd: between(random, 0.03, 0.3),
          flushes: chance(random, 0.8),
        },
        (system === 'android' ? 0.7 : 0.3) * 0.5 ** age * between(random, 0.6, 1.4),
      ])
    }
  // one kind of client, such as an embedded web view, that never says goodbye
  builds.push([
    {
      app: `${major}.h5`,
      beatMs,
      timer: 'loose',
      jitterMs: between(random, 300, 1500),
      reports: 'measured',
      silentEnd: 1,
      flushes: false,
    },
    between(random, 0.02, 0.1),
  ])
  return builds
}
