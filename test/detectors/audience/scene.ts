/**
 * A broadcast told as events, for the audience detectors: ordinary people whose stays, ages and
 * deeds are drawn here (and nowhere in the simulator), and whoever a test adds to them.
 */
import { Evidence, type Room } from '../../../src/detectors/room.ts'
import { Fold } from '../../../src/engine/fold.ts'
import type { AssayEvent } from '../../../src/vocabulary/index.ts'
import { uniform } from '../build.ts'

export const START = Date.UTC(2026, 2, 1, 12)
export const MINUTE = 60_000
const DAY = 86_400_000

export type Person = {
  readonly id: string
  readonly at: number
  readonly staySeconds: number
  readonly ageDays?: number
  readonly device?: string
  readonly ip?: string
  readonly network?: string
  readonly app?: string
  readonly entry?: 'follow' | 'feed' | 'push' | 'share' | 'direct'
  /** Spread of the heartbeat timer, ms; 0 for a clockwork. */
  readonly jitterMs?: number
  readonly comments?: number
  readonly buys?: boolean
}

export class Scene {
  readonly events: { event: AssayEvent; at: number }[] = []
  readonly broadcast: string
  readonly minutes: number
  readonly random: () => number
  #count = 0

  constructor(
    options: { seed?: number; minutes?: number; broadcast?: string; operator?: string } = {},
  ) {
    this.broadcast = options.broadcast ?? 'broadcast-1'
    this.minutes = options.minutes ?? 90
    this.random = uniform(options.seed ?? 11)
    this.send('live.broadcast.started', START, {
      room: `room-of-${this.broadcast}`,
      operator: options.operator ?? 'operator-a',
      title: 'an evening',
      form: 'video',
      currency: 'CNY',
      hosts: [{ account: 'host-a', role: 'host' }],
    })
  }

  send(type: string, at: number, data: object): void {
    const event = {
      specversion: '1.0',
      id: `e${this.#count++}`,
      source: '/test',
      type,
      subject: this.broadcast,
      time: new Date(at).toISOString(),
      data,
    }
    this.events.push({ event: event as AssayEvent, at })
  }

  /** Standard normal, by Box and Muller. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.random() || 1e-9)) * Math.cos(2 * Math.PI * this.random())
  }

  visit(person: Person): void {
    const { id, staySeconds } = person
    const at = START + person.at
    const until = Math.min(at + staySeconds * 1000, START + this.minutes * MINUTE)
    this.send('live.viewer.joined', at, {
      view: `view-${id}`,
      viewer: id,
      device: person.device ?? `device-${id}`,
      ...(person.ip === undefined ? {} : { ip: person.ip }),
      ...(person.network === undefined ? {} : { network: person.network }),
      app: person.app ?? (this.random() < 0.7 ? '30.1' : '30.0'),
      entry: person.entry ?? 'feed',
      ...(person.ageDays === undefined
        ? {}
        : { accountCreatedAt: new Date(at - person.ageDays * DAY).toISOString() }),
    })
    for (let beat = at + 30_000; beat < until; beat += 30_000) {
      const jitter = Math.round((person.jitterMs ?? 900) * this.normal())
      this.send('live.viewer.watched', Math.max(at, beat + jitter), {
        view: `view-${id}`,
        seconds: 30 + Math.round(jitter / 1000),
      })
    }
    if (until < START + this.minutes * MINUTE)
      this.send('live.viewer.left', until, { view: `view-${id}` })
    for (let i = 0; i < (person.comments ?? 0); i += 1)
      this.send('live.comment.posted', at + ((i + 0.5) * (until - at)) / person.comments!, {
        comment: `c-${id}-${i}`,
        viewer: id,
        view: `view-${id}`,
        text: `hello ${id}`,
      })
    if (person.buys === true) {
      this.send('live.order.placed', until - 1, {
        order: `o-${id}`,
        buyer: id,
        merchant: 'merchant-a',
        lines: [{ product: 'p', quantity: 1, unitPrice: 9900 }],
        total: 9900,
      })
      this.send('live.order.paid', until - 1, { order: `o-${id}`, amount: 9900 })
    }
  }

  /** An ordinary person who comes at `at`, ms from the start. */
  person(id: string, at: number, more: Partial<Person> = {}): void {
    const staySeconds = Math.exp(Math.log(150) + 1.3 * this.normal())
    const eager = this.random() < 0.1 + Math.min(0.5, staySeconds / 3600)
    this.visit({
      id,
      at,
      staySeconds,
      ageDays: Math.exp(Math.log(500) + 1.2 * this.normal()),
      ip: `10.${Math.floor(this.random() * 250)}.${Math.floor(this.random() * 250)}.7`,
      network: this.random() < 0.98 ? 'mobile' : 'datacenter',
      comments: eager ? 1 + Math.floor(this.random() * 3) : 0,
      buys: eager && this.random() < 0.2,
      ...more,
    })
  }

  /** `count` ordinary people over the whole broadcast. */
  audience(count: number): this {
    for (let i = 0; i < count; i += 1)
      this.person(`p${i}`, this.random() * (this.minutes - 2) * MINUTE)
    return this
  }

  /** Ends the broadcast and folds what happened. */
  evidence(into = new Evidence()): Evidence {
    this.send('live.broadcast.ended', START + this.minutes * MINUTE, {})
    const fold = new Fold(into)
    for (const { event, at } of this.events) fold.take(event, at)
    return into
  }

  room(): Room {
    return this.evidence().room(this.broadcast)
  }
}
