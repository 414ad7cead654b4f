/**
 * Token buckets (RFC 2697 in spirit: a rate and a burst), one an actor or address, in bounded
 * memory: beyond MAX_BUCKETS the one untouched for longest is forgotten, which can only be kind.
 */
export type Limit = { readonly perSecond: number; readonly burst: number }

export const LIMITS = {
  /** Reading and ordinary writing. */
  ordinary: { perSecond: 50, burst: 200 },
  /** What players embed: thousands of viewers may come from one address. */
  public: { perSecond: 1_000, burst: 20_000 },
  /** Guessing a password, an invitation or a key. */
  'sign-in': { perSecond: 0.2, burst: 10 },
} as const satisfies Readonly<Record<string, Limit>>
export type LimitName = keyof typeof LIMITS

const MAX_BUCKETS = 50_000

type Bucket = { tokens: number; atMs: number }

export class Buckets {
  readonly #limit: Limit
  // In order of last use: a Map keeps the order of insertion.
  readonly #buckets = new Map<string, Bucket>()

  constructor(limit: Limit) {
    this.#limit = limit
  }

  /** Takes one token. @returns 0, or ms until there will be one */
  take(key: string, nowMs: number): number {
    const { perSecond, burst } = this.#limit
    const bucket = this.#buckets.get(key) ?? { tokens: burst, atMs: nowMs }
    const gained = (Math.max(0, nowMs - bucket.atMs) / 1000) * perSecond
    const tokens = Math.min(burst, bucket.tokens + gained)
    const isAllowed = tokens >= 1
    this.#buckets.delete(key)
    this.#buckets.set(key, { tokens: isAllowed ? tokens - 1 : tokens, atMs: nowMs })
    if (this.#buckets.size > MAX_BUCKETS) this.#buckets.delete(this.#buckets.keys().next().value!)
    return isAllowed ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1000)
  }

  get size(): number {
    return this.#buckets.size
  }
}

/**
 * One household or server has a /64 of IPv6 addresses to itself, so they count as one. IPv4 in
 * IPv6 (`::ffff:1.2.3.4`) is the IPv4 address.
 */
export const addressKey = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped !== null) return mapped[1]!
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('%')[0]!.split('::')
  const start = head === '' ? [] : head.split(':')
  const end = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - start.length - end.length
  const groups = [...start, ...Array<string>(Math.max(0, zeros)).fill('0'), ...end]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
