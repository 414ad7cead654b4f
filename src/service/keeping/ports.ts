/** What keeping and erasing reach: every place where something of an event may lie. */
import type { Archive } from '../../archive/archive.ts'
import type { Hub } from '../../http/hub.ts'
import type { SqlStore } from '../../store/sql/store.ts'
import type { Finding } from '../../vocabulary/finding.ts'
import type { AssayEvent } from '../../vocabulary/index.ts'
import type { Desk } from '../desk.ts'
import type { Memory } from '../memory.ts'
import type { SqlRecords } from '../records.ts'
import type { RoomsHost } from '../rooms/host.ts'
import type { Snapshots } from '../snapshots.ts'

export type KeepingPorts = {
  readonly archive: Archive
  readonly store: SqlStore
  readonly rooms: RoomsHost
  readonly memory: Memory
  readonly snapshots: Snapshots
  readonly desk: Desk
  readonly records: SqlRecords
  readonly hub: Hub
  /** Puts events of the service's own on record. */
  readonly record: (events: readonly AssayEvent[]) => Promise<number>
  /** Rooms whose records are kept longer; the archive asks the same set. */
  readonly keyRooms: Set<string>
  readonly now: () => number
  readonly newId: () => string
  /** Of the ledger. */
  readonly position: () => number
  readonly failed: (error: unknown) => void
}

/** What the archive raised or withdrew is on record already: here it is shown and told. */
export const tell = (
  { records, hub, now, position }: KeepingPorts,
  finding: Finding,
  isWithdrawn = false,
): void => {
  records.finding(finding, position(), now(), isWithdrawn)
  const broadcast = finding.broadcast ?? ''
  hub.publish({ topic: 'finding', broadcast, data: { ...finding, isWithdrawn } })
}
