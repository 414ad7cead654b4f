/**
 * When promises are weighed on air: as soon as the shop of their platform changes, but not oftener than
 * every half second nor for more than a fifth of the time, in the prices' own thread: rooms, counters
 * and the way in wait for none of it. One platform after the other, so that none keeps another waiting
 * for good; what could not be weighed stays as it was last said, and is tried again.
 *
 * Told is what is to be said of all promises of a broadcast together, when it changes; for the first
 * time only once each was weighed, so that nothing is taken back that is merely not weighed yet.
 */
import type { Signal } from '../../detectors/detector.ts'
import type { ShopsOnFile } from './on-file.ts'
import type { PromisesWeighed } from './weigher.ts'

const LEAST_MS = 500
const SHARE = 0.2

export type WatchPorts = {
  readonly shops: ShopsOnFile
  readonly weigh: (platform: string) => Promise<PromisesWeighed>
  readonly tell: (broadcast: string, signals: readonly Signal[]) => void
  /** ms on a steady clock. */
  readonly clock: () => number
  readonly failed: (error: unknown) => void
}

export class PromiseWatch {
  readonly #ports: WatchPorts
  /** Platforms to be weighed, the longest waiting first. */
  readonly #due = new Set<string>()
  /** By number of the promise. */
  readonly #signals = new Map<number, Signal | null>()
  /** What was told last of each broadcast, as JSON. */
  readonly #told = new Map<string, string>()
  #restUntil = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | null = null
  #underWay: Promise<void> | null = null
  #isStopping = false

  constructor(ports: WatchPorts) {
    this.#ports = ports
    const { shops } = ports
    const changed = (platform: string) => {
      if (shops.get(platform)!.promises.size > 0) this.#owe(platform)
    }
    shops.follow((_, platform) => changed(platform))
    for (const platform of shops.platforms) changed(platform)
  }

  async close(): Promise<void> {
    this.#isStopping = true
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#underWay
  }

  #owe(platform: string): void {
    this.#due.add(platform)
    this.#next()
  }

  #next(): void {
    if (this.#timer !== null || this.#underWay !== null || this.#isStopping) return
    const [platform] = this.#due
    if (platform === undefined) return
    this.#timer = setTimeout(
      () => {
        this.#timer = null
        this.#underWay = this.#weigh(platform).finally(() => {
          this.#underWay = null
          this.#next()
        })
      },
      Math.max(0, this.#restUntil - this.#ports.clock()),
    )
    this.#timer.unref()
  }

  async #weigh(platform: string): Promise<void> {
    const { weigh, clock, failed } = this.#ports
    const beganAt = clock()
    this.#due.delete(platform)
    try {
      const { weighed, left } = await weigh(platform)
      for (const { number, signal } of weighed) this.#signals.set(number, signal)
      if (left > 0) this.#due.add(platform)
      this.#tell(new Set(weighed.map(({ number }) => number)))
    } catch (error) {
      this.#due.add(platform)
      failed(error)
    }
    const tookMs = clock() - beganAt
    this.#restUntil = clock() + Math.max(LEAST_MS, tookMs / SHARE - tookMs)
  }

  #tell(weighed: ReadonlySet<number>): void {
    for (const [broadcast, numbers] of promisesIn(this.#ports.shops)) {
      if (!numbers.some((number) => weighed.has(number))) continue
      if (!numbers.every((number) => this.#signals.has(number))) continue
      const signals = numbers.flatMap((number) => this.#signals.get(number) ?? [])
      const text = JSON.stringify(signals)
      if (this.#told.get(broadcast) === text) continue
      this.#told.set(broadcast, text)
      this.#ports.tell(broadcast, signals)
    }
  }
}

/** Promises on file by broadcast, in the order in which they came. */
const promisesIn = (shops: ShopsOnFile): ReadonlyMap<string, readonly number[]> => {
  const found = new Map<string, number[]>()
  for (const platform of shops.platforms)
    for (const { number, event } of shops.get(platform)!.promises.values()) {
      const { subject } = event
      if (subject === undefined) continue
      const numbers = found.get(subject)
      if (numbers === undefined) found.set(subject, [number])
      else numbers.push(number)
    }
  return found
}
