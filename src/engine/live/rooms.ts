/**
 * The rooms on air: the same fold, the same detectors and the same audit as over a recording, one
 * broadcast judged at a time. One writer owns an instance; nothing here waits, reads a clock or
 * draws a number.
 *
 * A broadcast whose events make the fold or a detector fail is set apart (`poisoned`) and named;
 * its events stay in the ledger and the others go on.
 */
import { Evidence } from '../../detectors/room.ts'
import type { Policy } from '../../law/policy.ts'
import type { AssayEvent } from '../../vocabulary/index.ts'
import { auditRoom, weighCross, type Cross } from '../audit.ts'
import { Fold, type ErasedPersons } from '../fold.ts'
import { RefusalTally } from '../refusal-tally.ts'
import type { BroadcastAudit } from '../report.ts'
import { TimeGate } from '../time-gate.ts'
import type { WordDesk } from '../words.ts'

export type LiveOptions = {
  readonly version: string
  readonly policy: Policy
  /** Asked for once, at the first judgement; without it words are not weighed. */
  readonly words?: () => WordDesk | undefined
}

type SavedRoom = ReturnType<Fold['saveRoom']> & {
  readonly centre: number
  readonly refused: ReturnType<RefusalTally['save']>
}
type SavedShared = ReturnType<Fold['saveShared']> & { readonly poisoned: readonly Poison[] }

/** Why a broadcast is no longer judged. */
export type Poison = { readonly broadcast: string; readonly error: string }

export class LiveRooms {
  readonly #options: LiveOptions
  /** Prices are judged in a thread of their own (src/service/prices): their searches can be long. */
  readonly #evidence = new Evidence({ keepsOffers: false })
  readonly #fold = new Fold(this.#evidence)
  readonly #refused = new Map<string, RefusalTally>()
  readonly #poisoned = new Map<string, Poison>()
  readonly #gate: TimeGate<string>
  /** Null until it was asked for. */
  #desk: WordDesk | null | undefined = null
  /** What was last weighed over all rooms; may be a beat old. */
  #cross: Cross | null = null

  constructor(options: LiveOptions) {
    this.#options = options
    this.#gate = new TimeGate({
      take: (event, at) => this.#take(event, at),
      refuse: (event, refusal, where) => {
        const { subject = '' } = event
        let tally = this.#refused.get(subject)
        if (tally === undefined) this.#refused.set(subject, (tally = new RefusalTally()))
        tally.add(refusal, () => where)
      },
    })
  }

  /** Admitted events only, and none twice; `where` is named should the time be absurd. */
  take(event: AssayEvent, at: number, where: string): void {
    this.#gate.pass(event, at, where, 0)
  }

  /** Broadcasts in memory. */
  get broadcasts(): IterableIterator<string> {
    return this.#evidence.rooms.keys()
  }

  get size(): number {
    return this.#evidence.rooms.size
  }

  has(broadcast: string): boolean {
    return this.#evidence.rooms.has(broadcast)
  }

  get poisoned(): readonly Poison[] {
    return [...this.#poisoned.values()]
  }

  /**
   * Lets out what the time gate holds back, and weighs all rooms together: crowds that wander,
   * orders of one buyer in many rooms. To be called on a slower beat than `judge`.
   */
  weighTogether(): void {
    this.#gate.open()
    this.#fold.settleShared()
    this.#cross = weighCross(this.#evidence, this.#words())
  }

  /** Judges one broadcast as things stand; null where it is not in memory or is poisoned. */
  judge(broadcast: string): BroadcastAudit | null {
    this.#gate.open()
    const room = this.#evidence.rooms.get(broadcast)
    if (room === undefined || this.#poisoned.has(broadcast)) return null
    if (this.#cross === null) this.weighTogether()
    try {
      this.#fold.settle(broadcast)
      const words = this.#words()
      return auditRoom(room, this.#evidence, this.#cross!, {
        version: this.#options.version,
        policy: this.#options.policy,
        ...(words === undefined ? {} : { words }),
        at: null,
        inputs: [],
        refusedByBroadcast: new Map([[broadcast, this.#refused.get(broadcast)?.list() ?? []]]),
      }).broadcast
    } catch (error) {
      this.#poison(broadcast, error)
      return null
    }
  }

  /** One room as plain data; what all share goes into `saveShared`. */
  saveRoom(broadcast: string): SavedRoom {
    this.#gate.open()
    return {
      ...this.#fold.saveRoom(broadcast),
      centre: this.#gate.centreOf(broadcast),
      refused: this.#refused.get(broadcast)?.save() ?? new Map(),
    }
  }

  /** Brings back what `saveRoom` gave; orders that came meanwhile were folded all the same. */
  loadRoom(broadcast: string, { room, spoken, centre, refused }: SavedRoom): void {
    this.#gate.centre(broadcast, centre)
    this.#fold.loadRoom(broadcast, { room, spoken })
    const tally = new RefusalTally()
    tally.load(refused)
    this.#refused.set(broadcast, tally)
  }

  /** Frees the memory of a room that was saved. */
  forget(broadcast: string): void {
    this.#gate.forget(broadcast)
    this.#fold.forget(broadcast)
    this.#refused.delete(broadcast)
  }

  /** Takes persons out of one room that is in memory; its figures stay what they were. */
  eraseRoom(broadcast: string, ids: ErasedPersons['ids']): void {
    this.#gate.open()
    this.#fold.eraseRoom(broadcast, ids)
  }

  /** Takes them out of what all rooms share, and out of what was last weighed over it. */
  eraseShared(persons: ErasedPersons): void {
    this.#gate.open()
    this.#fold.eraseShared(persons)
    this.#cross = null
  }

  saveShared(): SavedShared {
    this.#gate.open()
    return { ...this.#fold.saveShared(), poisoned: this.poisoned }
  }

  loadShared({ poisoned, ...shared }: SavedShared): void {
    this.#fold.loadShared(shared)
    for (const poison of poisoned) this.#poisoned.set(poison.broadcast, poison)
  }

  #words(): WordDesk | undefined {
    if (this.#desk === null) this.#desk = this.#options.words?.()
    return this.#desk
  }

  #take(event: AssayEvent, at: number) {
    const { subject } = event
    if (subject !== undefined && this.#poisoned.has(subject)) return
    try {
      this.#fold.take(event, at)
    } catch (error) {
      if (subject === undefined) throw error
      this.#poison(subject, error)
    }
  }

  #poison(broadcast: string, error: unknown) {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    this.#poisoned.set(broadcast, { broadcast, error: text })
  }
}
