/**
 * What is to be said of the promises of a platform, weighed as an audit weighs them (engine/prices), so
 * many at a time: first those that were weighed longest ago, so that no flood of promises keeps one from its
 * turn.
 *
 * Coupons, goods and orders that were let go for want of room could only have added something cheaper,
 * or somebody who is owed: a shop without them accuses nobody whom the whole one would not. Where goods
 * have more prices than are kept it is undetermined, and where something had to be refused, as in an
 * audit. Where goods are not one merchant's, or amounts are of two currencies, nothing is said.
 */
import type { Signal } from '../../detectors/detector.ts'
import { openSignal, promiseSignal } from '../../engine/prices/signal.ts'
import { parseTime } from '../../vocabulary/index.ts'
import { currencyOf } from './answer.ts'
import { MOST_JUDGED } from './judge.ts'
import type { PromiseOnFile, ShopsOnFile } from './on-file.ts'
import type { Standing, Standings } from './standing.ts'

export type Weighed = {
  /** Of the promise. */
  readonly number: number
  /** Null where there is nothing to say. */
  readonly signal: Signal | null
}

export type PromisesWeighed = {
  readonly weighed: readonly Weighed[]
  /** Promises whose shop changed since they were weighed. */
  readonly left: number
}

export class Weigher {
  readonly #shops: ShopsOnFile
  readonly #standings: Standings
  readonly #most: number
  /** Changes of each platform. */
  readonly #changes = new Map<string, number>()
  /** By number of the promise: the change it was weighed after, and in which turn. */
  readonly #done = new Map<number, { readonly change: number; readonly turn: number }>()
  #turn = 0

  constructor(shops: ShopsOnFile, standings: Standings, most = MOST_JUDGED) {
    this.#shops = shops
    this.#standings = standings
    this.#most = most
    shops.follow((_, platform) => void this.#changes.set(platform, this.#changeOf(platform) + 1))
  }

  /** @param platform one of those on file */
  weigh(platform: string): PromisesWeighed {
    this.#turn += 1
    const change = this.#changeOf(platform)
    const turnOf = ({ number }: PromiseOnFile) => this.#done.get(number)?.turn ?? 0
    const due = [...this.#shops.get(platform)!.promises.values()]
      .filter(({ number }) => this.#done.get(number)?.change !== change)
      .sort((a, b) => turnOf(a) - turnOf(b) || b.number - a.number)
    const standing = this.#standings.of(platform)
    const weighed = due.slice(0, this.#most).map((promise) => {
      this.#done.set(promise.number, { change, turn: this.#turn })
      return { number: promise.number, signal: signalOf(promise, standing) }
    })
    return { weighed, left: due.length - weighed.length }
  }

  #changeOf(platform: string): number {
    return this.#changes.get(platform) ?? 0
  }
}

const signalOf = (
  promise: PromiseOnFile,
  { kept, shop, isSound, checked }: Standing,
): Signal | null => {
  const known = checked(promise)
  const { source, id, time, data, subject } = promise.event
  if (known === undefined) {
    const made = { source, event: id, at: parseTime(time), ...data }
    return kept.goods.get(data.product)?.isCut === true && data.kind !== 'after-sales'
      ? openSignal(made, subject)
      : null
  }
  const signal = promiseSignal({
    ...known,
    shop,
    currency: currencyOf(shop),
    broadcast: subject,
    lastAt: Math.max(shop.lastAt ?? Number.NEGATIVE_INFINITY, kept.lost.spareUntil),
    isSound,
  })
  return signal ?? null
}
