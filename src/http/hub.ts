/**
 * Who listens to what, in this process: figures, findings, measures and notes go to every
 * subscriber whose filter they pass. A subscriber that cannot keep up is the transport's affair: it
 * is handed a message once and must not block.
 */
import type { LiveMessage } from './contract.ts'

export type Filter = {
  /** Absent for all. */
  readonly broadcast?: string
  readonly topics?: ReadonlySet<LiveMessage['topic']>
}

type Take = (message: LiveMessage) => void

export class Hub {
  readonly #all = new Map<Take, Filter>()
  readonly #byBroadcast = new Map<string, Map<Take, Filter>>()

  /** @returns the way to stop */
  subscribe(filter: Filter, take: Take): () => void {
    const { broadcast } = filter
    if (broadcast === undefined) {
      this.#all.set(take, filter)
      return () => this.#all.delete(take)
    }
    let takers = this.#byBroadcast.get(broadcast)
    if (takers === undefined) this.#byBroadcast.set(broadcast, (takers = new Map()))
    takers.set(take, filter)
    return () => {
      takers.delete(take)
      if (takers.size === 0) this.#byBroadcast.delete(broadcast)
    }
  }

  publish(message: LiveMessage): void {
    for (const takers of [this.#all, this.#byBroadcast.get(message.broadcast)])
      for (const [take, { topics }] of takers ?? [])
        if (topics === undefined || topics.has(message.topic)) take(message)
  }

  get size(): number {
    let size = this.#all.size
    for (const takers of this.#byBroadcast.values()) size += takers.size
    return size
  }
}
