/**
 * The archive of one ledger: what is recorded goes in here, what is known of it is kept as facts, a
 * complaint places its hold by itself, and whatever is to be deleted is judged here first.
 */
import type { Salt } from '../ledger/leaf.ts'
import type { ObjectStore } from '../ledger/object-store.ts'
import type { RoomLog } from '../ledger/rooms.ts'
import type { LogWriter } from '../ledger/writer.ts'
import type { DataOf, AssayEvent } from '../vocabulary/event.ts'
import type { Finding } from '../vocabulary/finding.ts'
import { keptGroups } from './due.ts'
import { learn, noFacts, type Facts, type Lodged } from './facts.ts'
import { forgetErased } from './forget.ts'
import { formatScope, scopeOfComplaint, type Scope } from './holds.ts'
import { readEvents } from './read-log.ts'
import { Recorder, type Recorded } from './recorder.ts'
import { deletionUnderHold, type Attempt } from './refused-deletion.ts'
import type { RetentionPolicy } from './retention-table.ts'
import { Vault } from './vault.ts'

export type ArchiveParts = {
  readonly writer: Pick<LogWriter, 'next' | 'size' | 'flush'>
  readonly rooms: RoomLog
  /** The public tree. */
  readonly log: Pick<ObjectStore, 'read'>
  readonly vault: ObjectStore
  readonly segments: ObjectStore
  readonly policy: RetentionPolicy
  /** Rooms whose recordings are kept longer (M21-14b); which they are is the platform's list. */
  readonly keyRooms: ReadonlySet<string>
  readonly salt: Salt
  /** For the events that the archive writes itself. */
  readonly newId: () => string
  readonly now: () => number
  readonly schedule: (run: () => void, ms: number) => () => void
}

export type Failure = { readonly error: unknown }

/** Source of the events that the archive writes itself. */
export const ARCHIVE_SOURCE = '/assay/archive'

export class Archive {
  readonly parts: ArchiveParts
  readonly vault: Vault
  readonly facts: Facts
  readonly #recorder: Recorder
  #underWay = 0

  private constructor(parts: ArchiveParts, vault: Vault, facts: Facts) {
    this.parts = parts
    this.vault = vault
    this.facts = facts
    const rooms = [...facts.broadcasts.values()].flatMap(({ broadcast, room }) =>
      room === null ? [] : [[broadcast, room] as const],
    )
    this.#recorder = new Recorder({ ...parts, vault }, rooms)
  }

  /**
   * Reads the log once for the facts. The writer is open already, so nothing else appends.
   * `known` are the facts of the leaves before a place. Whoever wants to read as well hears every
   * event from its own place on, in the same pass.
   */
  static async open(
    parts: ArchiveParts,
    reader: {
      readonly from: number
      readonly take: (event: AssayEvent, index: number) => Promise<void> | void
    } = { from: Infinity, take: () => {} },
    known: { readonly facts: Facts; readonly position: number } = { facts: noFacts(), position: 0 },
  ): Promise<Archive> {
    const vault = new Vault(parts.vault)
    await vault.recover(parts.writer.next)
    const { facts } = known
    const logged = { log: parts.log, vault, size: parts.writer.size }
    const { position } = known
    for await (const { event, index } of readEvents(logged, Math.min(position, reader.from))) {
      if (index >= position) learn(facts, event)
      if (index >= reader.from) await reader.take(event, index)
    }
    const archive = new Archive(parts, vault, facts)
    // A complaint that came in by another door, or just before its recorder died, has its hold still.
    for (const { complaint, lodged } of facts.complaints.values())
      if (!facts.heldMatters.has(complaint)) await archive.#holdFor(lodged)
    archive.forgetErased(parts.now())
    return archive
  }

  get policy(): RetentionPolicy {
    return this.parts.policy
  }

  /** Everything in the log under the last published checkpoint. */
  get logged() {
    return { log: this.parts.log, vault: this.vault, size: this.parts.writer.size }
  }

  /** Resolves when the event, and the hold that it places if it is a complaint, are durable. */
  async record(event: AssayEvent): Promise<Recorded> {
    this.#underWay += 1
    try {
      const recorded = await this.#recorder.record(event)
      // Acknowledged in order of the log, so facts are learnt in it too.
      learn(this.facts, event)
      if (event.type === 'live.complaint.lodged') await this.#holdFor(event)
      return recorded
    } finally {
      this.#underWay -= 1
    }
  }

  /**
   * The same for many at once.
   * @returns by place, why an event was not recorded; undefined for those that were
   */
  recordAll(events: readonly AssayEvent[]): Promise<readonly (Failure | undefined)[]> {
    return new Promise((resolve) => {
      const failures: (Failure | undefined)[] = events.map(() => undefined)
      let left = events.length
      this.#underWay += left
      const settle = () => {
        this.#underWay -= 1
        left -= 1
        if (left === 0) resolve(failures)
      }
      const failed = (place: number, error: unknown) => {
        failures[place] = { error }
        settle()
      }
      const recorded = (place: number) => {
        const event = events[place]!
        try {
          learn(this.facts, event)
        } catch (error) {
          return failed(place, error)
        }
        if (event.type !== 'live.complaint.lodged') settle()
        else this.#holdFor(event).then(settle, (error: unknown) => failed(place, error))
      }
      if (left === 0) resolve(failures)
      else this.#recorder.recordAll(events, { recorded, failed })
    })
  }

  /** Nothing is being recorded: the facts are those of the log's present size, no more and no less. */
  get isQuiet(): boolean {
    return this.#underWay === 0
  }

  /**
   * Forgets what was erased whole, so that what is known is bounded by what is kept.
   * @returns broadcasts of which nothing is left
   */
  forgetErased(at: number): readonly string[] {
    return forgetErased(this.facts, keptGroups(this.facts, this.policy, at, this.parts.keyRooms))
  }

  /** Commits what waits now. */
  flush(): Promise<void> {
    return this.#recorder.flush()
  }

  /** Places a hold by hand. @returns its id */
  async placeHold(matter: string, scope: Scope, hold = this.parts.newId()): Promise<string> {
    await this.#say('live.hold.placed', { hold, matter, scope: formatScope(scope) })
    return hold
  }

  /** False where there is no such hold. */
  async releaseHold(hold: string): Promise<boolean> {
    const placed = this.facts.holds.get(hold)
    if (placed === undefined) return false
    const scope = placed.scope === null ? '' : formatScope(placed.scope)
    await this.#say('live.hold.released', { hold, matter: placed.matter, scope })
    return true
  }

  /** Records that a deletion was asked for and refused. */
  async refuse(attempt: Attempt): Promise<Finding> {
    const finding = deletionUnderHold(attempt, this.facts, this.policy.law)
    await this.raise(finding)
    return finding
  }

  async raise(finding: Finding): Promise<void> {
    await this.#say('live.finding.raised', finding, finding.broadcast)
  }

  /** What was raised does not stand any more. */
  async withdraw(finding: Finding): Promise<void> {
    await this.#say('live.finding.withdrawn', finding, finding.broadcast)
  }

  /** Records an erasure before it is done: one that is on file and not done can be done again. */
  async recordErasure(
    data: DataOf<'live.evidence.erased'>,
    broadcast: string | undefined,
  ): Promise<void> {
    await this.#say('live.evidence.erased', data, broadcast)
  }

  async #holdFor(complaint: Lodged): Promise<void> {
    const scope = scopeOfComplaint(complaint, this.facts)
    const { complaint: matter } = complaint.data
    if (scope !== null) await this.placeHold(matter, scope, `hold-${matter}`)
  }

  async #say<T extends AssayEvent['type']>(
    type: T,
    data: DataOf<T>,
    subject?: string,
  ): Promise<void> {
    const { newId, now } = this.parts
    const event = {
      specversion: '1.0',
      id: newId(),
      source: ARCHIVE_SOURCE,
      type,
      ...(subject !== undefined && { subject }),
      time: new Date(now()).toISOString(),
      data,
    } as unknown as AssayEvent
    await this.record(event)
  }
}
