/**
 * Everything put away at its times, so that the next start is quick: what the door remembers and the
 * rooms often; what the archive knows seldom, for it is one piece. One snapshot at a time.
 */
import type { Archive } from '../archive/archive.ts'
import type { Facts } from '../archive/facts.ts'
import { oneByOne } from '../archive/turns.ts'
import type { LedgerEvidence } from './evidence.ts'
import type { Memory } from './memory.ts'
import type { RoomsHost } from './rooms/host.ts'
import type { Shelf } from './shelf.ts'

export type Pace = {
  /** Snapshots come so often; a restart replays what lies after the last. */
  readonly snapshotMs: number
  /** A room without an event for so long leaves memory with the next snapshot. */
  readonly idleMs: number
  /** So do cells of repeats that were not touched. */
  readonly repeatsMs: number
  /** What the archive knows is put away this seldom. */
  readonly factsMs: number
}

export const PACE: Pace = {
  snapshotMs: 120_000,
  idleMs: 600_000,
  repeatsMs: 1_800_000,
  factsMs: 1_200_000,
}

/** The only key of its shelf. */
export const FACTS = 'facts'

export type SnapshotPorts = {
  readonly archive: Archive
  readonly facts: Shelf<Facts>
  readonly memory: Memory
  readonly rooms: RoomsHost
  readonly evidence: LedgerEvidence
  /** Of the ledger: every event before it was handed to the memory. */
  readonly position: () => number
  readonly pace: Pace
  readonly now: () => number
  readonly failed: (error: unknown) => void
}

export class Snapshots {
  readonly #ports: SnapshotPorts
  readonly #timer: NodeJS.Timeout
  readonly #alone = oneByOne()
  #factsAt = -Infinity
  /** To be copied as soon as the archive is quiet. */
  #isWanted = false
  #copied: { readonly position: number; readonly facts: Facts } | null = null
  /** When everything was last put away; the start counts, ms. */
  at: number

  constructor(ports: SnapshotPorts) {
    this.#ports = ports
    this.at = ports.now()
    this.#timer = setInterval(() => void this.take(), ports.pace.snapshotMs)
    this.#timer.unref()
  }

  /** Puts away everything that changed. Never rejects: what fails is tried with the next. */
  take(): Promise<void> {
    return this.#alone(() => this.#take()).catch((error: unknown) => this.#ports.failed(error))
  }

  /** A commit of the ledger is over: the archive may be quiet for a moment. */
  heard(): void {
    if (this.#isWanted) this.#copyFacts()
  }

  /**
   * Writes anew what the door remembers: nothing that was replaced is left on the disk.
   * @throws what kept it from the disk
   */
  async memoryAnew(): Promise<void> {
    await this.#alone(() => this.#ports.memory.putAway(this.#ports.position(), true))
  }

  /** The same for what the archive knows. @throws what kept it from the disk */
  async factsAnew(): Promise<void> {
    await this.#alone(async () => {
      this.#copied = null
      this.#isWanted = true
      // A commit that is over copies them, or a moment without any.
      for (this.#copyFacts(); this.#copied === null; this.#copyFacts()) await moment()
      await this.#putFacts()
    })
  }

  /** Nothing is kept of these any more. @throws what kept it from the disk */
  async drop(broadcasts: ReadonlySet<string>): Promise<void> {
    await this.#alone(() => this.#ports.memory.drop(broadcasts, this.#ports.position()))
    await this.#ports.rooms.drop([...broadcasts])
    await this.factsAnew()
  }

  /** The last one, with everything in it: nothing is under way any more. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#copyFacts()
    await this.take()
  }

  async #take(): Promise<void> {
    const { memory, rooms, evidence, position, now, pace } = this.#ports
    await memory.putAway(position())
    if (this.#copied !== null) await this.#putFacts()
    else this.#isWanted ||= now() - this.#factsAt >= pace.factsMs
    memory.repeats.forget(now() - pace.repeatsMs)
    await rooms.snapshot()
    await evidence.follow()
    this.at = now()
  }

  /** Only between two records does the archive know exactly what lies before its size. */
  #copyFacts(): void {
    const { archive } = this.#ports
    if (!archive.isQuiet) return
    this.#copied = { position: archive.logged.size, facts: structuredClone(archive.facts) }
    this.#isWanted = false
  }

  async #putFacts(): Promise<void> {
    if (this.#copied === null) return
    const { position, facts } = this.#copied
    this.#copied = null
    await this.#ports.facts.put(position, [[FACTS, facts]])
    this.#factsAt = this.#ports.now()
  }
}

const moment = () =>
  new Promise((resolve) => {
    setTimeout(resolve, 20)
  })
