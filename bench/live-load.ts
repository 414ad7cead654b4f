/**
 * What the benchmarks of the service send: rooms on air now, each a second's worth of events at a
 * time, and an inflation of one of them. Seeded; ids name nobody.
 */
import { randomOf } from './lib.ts'

const WORDS = ['好看', '多少钱', 'nice', '已下单', '666', '蹲一个', '主播能再讲一下吗']

export class LiveRoom {
  readonly broadcast: string
  readonly #random: () => number
  #views = 0
  #events = 0

  constructor(number: number, run: string) {
    this.broadcast = `room-${number}-${run}`
    this.#random = randomOf(number + 1)
  }

  /** How the broadcast begins. */
  start(at: number): string {
    return this.#line(at, 'broadcast.started', {
      room: this.broadcast,
      operator: 'operator-a',
      title: 'An ordinary evening',
      form: 'video',
      currency: 'CNY',
      hosts: [{ account: 'host-a', role: 'host' }],
    })
  }

  /** An ordinary second: people come, watch, like, ask, and go. */
  second(at: number, events: number): string[] {
    const lines: string[] = []
    for (let i = 0; i < events; i += 1) {
      const when = at + Math.floor((i / events) * 1000)
      const what = this.#random()
      if (this.#views < 20 || what < 0.06) lines.push(this.#join(when))
      else if (what < 0.7)
        lines.push(
          this.#line(when, 'viewer.watched', {
            view: this.#someone(),
            seconds: 5 + Math.floor(this.#random() * 20),
          }),
        )
      else if (what < 0.84) {
        const view = this.#someone()
        lines.push(
          this.#line(when, 'like.sent', {
            viewer: `u-${view}`,
            view,
            count: 1 + Math.floor(this.#random() * 6),
          }),
        )
      } else if (what < 0.9) {
        const view = this.#someone()
        lines.push(
          this.#line(when, 'comment.posted', {
            comment: `c-${this.broadcast}-${this.#events}`,
            viewer: `u-${view}`,
            view,
            text: WORDS[Math.floor(this.#random() * WORDS.length)]!,
          }),
        )
      } else if (what < 0.95) lines.push(this.#line(when, 'viewer.left', { view: this.#someone() }))
      else
        lines.push(
          this.#line(when, 'product.clicked', {
            viewer: `u-${this.#someone()}`,
            product: 'product-1',
          }),
        )
    }
    return lines
  }

  /** A hundred bought views a second: from data centres, on new accounts, each staying alike. */
  inflated(at: number, views: number): string[] {
    return Array.from({ length: views }, (_, i) => {
      const id = `${this.broadcast}-b${(this.#events += 1)}`
      return this.#line(at + Math.floor((i / views) * 1000), 'viewer.joined', {
        view: `w-${id}`,
        viewer: `u-${id}`,
        device: `d-${this.#events % 40}`,
        ip: `203.0.113.${this.#events % 250}`,
        network: 'datacenter',
        entry: 'direct',
        accountCreatedAt: new Date(at - 86_400_000).toISOString(),
      })
    })
  }

  #join(at: number): string {
    const n = (this.#views += 1)
    const view = `${this.broadcast}-${n}`
    return this.#line(at, 'viewer.joined', {
      view,
      viewer: `u-${view}`,
      device: `d-${view}`,
      ip: `10.${n & 255}.${(n >> 8) & 255}.${Math.floor(this.#random() * 250)}`,
      network: this.#random() < 0.7 ? 'mobile' : 'residential',
      entry: 'feed',
      accountCreatedAt: new Date(at - Math.floor(this.#random() * 1000 * 86_400_000)).toISOString(),
    })
  }

  #someone(): string {
    return `${this.broadcast}-${1 + Math.floor(this.#random() * this.#views)}`
  }

  #line(at: number, type: string, data: unknown): string {
    this.#events += 1
    return JSON.stringify({
      specversion: '1.0',
      id: `${this.broadcast}-${this.#events}`,
      source: '/bench',
      type: `live.${type}`,
      subject: this.broadcast,
      time: new Date(at).toISOString(),
      data,
    })
  }
}
