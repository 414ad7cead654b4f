/**
 * Which room is to be judged next. A full judgement of a room costs some tens of milliseconds for a
 * thousand views, so five hundred rooms cannot all be judged every second; a room that changes out
 * of proportion to what it was goes first, and every room that changed at all has its turn.
 *
 * Urgency is the largest share by which any kind of event grew since the last judgement: six
 * thousand joins in a room of four thousand weigh 1.5, the same in one of a million next to
 * nothing. Waiting adds to it, so nobody starves. Time is the caller's, ms on any steady clock.
 */
import type { EventType } from '../../vocabulary/index.ts'

/** Kinds that grow by the thousand, each measured against itself. */
const KINDS = ['joins', 'likes', 'comments', 'interest', 'orders', 'displays'] as const

const KIND_OF: Readonly<Partial<Record<EventType, number>>> = {
  'live.viewer.joined': 0,
  'live.like.sent': 1,
  'live.comment.posted': 2,
  'live.product.clicked': 3,
  'live.banner.shown': 3,
  'live.order.placed': 4,
  'live.refund.requested': 4,
  'live.display.updated': 5,
}

/** One of these changes by itself what is to be said: the room is judged as soon as may be. */
const MATERIAL: ReadonlySet<EventType> = new Set<EventType>([
  'live.broadcast.started',
  'live.broadcast.ended',
  'live.boost.placed',
  'live.comment.removed',
  'live.viewer.muted',
  'live.coupon.issued',
  'live.promise.made',
  'live.complaint.lodged',
])

export type BeatOptions = {
  /** A room is judged at most this often. */
  readonly leastMs: number
  /** A room that changed at all waits at most about this long, as far as the machine keeps up. */
  readonly mostMs: number
  /** A room without an event for so long may leave memory. */
  readonly idleMs: number
}

export const BEAT: BeatOptions = { leastMs: 500, mostMs: 15_000, idleMs: 600_000 }

type Pulse = {
  /** Events by kind at the last judgement, and since then. */
  readonly known: Float64Array
  readonly fresh: Float64Array
  changed: boolean
  material: boolean
  judgedAt: number
  /** Since when a judgement is owed. */
  owedAt: number
  lastAt: number
}

/** Owed a judgement from now on. */
const newPulse = (nowMs: number): Pulse => ({
  known: new Float64Array(KINDS.length),
  fresh: new Float64Array(KINDS.length),
  changed: true,
  material: false,
  judgedAt: -Infinity,
  owedAt: nowMs,
  lastAt: nowMs,
})

/** Urgency below which a room is left alone; and with which it is judged whatever else there is to do. */
const CALM = 0.05
const PRESSING = 0.5

/** Below so many events a share says nothing: the first ten viewers are no tenfold growth. */
const GROUND = 20

export class Beat {
  readonly #pulses = new Map<string, Pulse>()
  readonly #options: BeatOptions

  constructor(options: BeatOptions = BEAT) {
    this.#options = options
  }

  note(broadcast: string, type: EventType, nowMs: number): void {
    let pulse = this.#pulses.get(broadcast)
    if (pulse === undefined) this.#pulses.set(broadcast, (pulse = newPulse(nowMs)))
    if (!pulse.changed) pulse.owedAt = nowMs
    pulse.changed = true
    pulse.lastAt = nowMs
    const kind = KIND_OF[type]
    if (kind !== undefined) pulse.fresh[kind]! += 1
    else if (MATERIAL.has(type)) pulse.material = true
  }

  /** A judgement is owed although nothing happened: what was said last is not known any more. */
  owe(broadcast: string, nowMs: number): void {
    const pulse = this.#pulses.get(broadcast)
    if (pulse === undefined) this.#pulses.set(broadcast, { ...newPulse(nowMs), lastAt: -Infinity })
    else if (!pulse.changed) [pulse.changed, pulse.owedAt] = [true, nowMs]
  }

  /**
   * The most urgent room that may be judged now; null where none is owed a judgement.
   * @param isResting judging had its share of the time for now: only what presses is judged
   */
  next(nowMs: number, isResting = false): string | null {
    let [best, urgency] = ['', isResting ? PRESSING : CALM]
    for (const [broadcast, pulse] of this.#pulses) {
      if (!pulse.changed || nowMs - pulse.judgedAt < this.#options.leastMs) continue
      const mine = this.#urgencyOf(pulse, nowMs)
      if (mine > urgency) [best, urgency] = [broadcast, mine]
    }
    return best === '' ? null : best
  }

  /** @returns how long the judgement was owed, ms */
  judged(broadcast: string, nowMs: number): number {
    const pulse = this.#pulses.get(broadcast)
    if (pulse === undefined) return 0
    const waitedMs = pulse.changed ? nowMs - pulse.owedAt : 0
    for (let kind = 0; kind < KINDS.length; kind += 1) {
      pulse.known[kind]! += pulse.fresh[kind]!
      pulse.fresh[kind] = 0
    }
    pulse.changed = false
    pulse.material = false
    pulse.judgedAt = nowMs
    return waitedMs
  }

  /** Nothing happened in the room for long, if ever, and no judgement is owed. */
  isIdle(broadcast: string, nowMs: number): boolean {
    const pulse = this.#pulses.get(broadcast)
    if (pulse === undefined) return true
    return !pulse.changed && nowMs - pulse.lastAt >= this.#options.idleMs
  }

  forget(broadcast: string): void {
    this.#pulses.delete(broadcast)
  }

  #urgencyOf(pulse: Pulse, nowMs: number): number {
    let most = pulse.material ? 1 : 0
    for (let kind = 0; kind < KINDS.length; kind += 1)
      most = Math.max(most, pulse.fresh[kind]! / (pulse.known[kind]! + GROUND))
    return most + (nowMs - pulse.owedAt) / this.#options.mostMs
  }
}
