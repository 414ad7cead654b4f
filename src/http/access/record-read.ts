/**
 * Every read of personal data is itself an event: it goes down into the ledger before the answer
 * goes out, and into the list that the one concerned may ask for.
 */
import { randomUUID } from 'node:crypto'
import type { readTable } from '../../store/sql/reads.ts'
import type { EventOf } from '../../vocabulary/index.ts'
import type { Person } from './actor.ts'
import type { Rule } from './check.ts'

export type ReadEvent = EventOf<'live.disclosure.read'>

export type ReadLog = {
  /** Resolves when the event is durable. */
  readonly append: (event: ReadEvent) => Promise<void>
  readonly reads: Pick<ReturnType<typeof readTable>, 'record'>
  readonly now: () => number
  /** Of the events that this service writes itself. */
  readonly source: string
}

/** @param of whose data it is, where it is one person's */
export const recordRead = async (
  { append, reads, now, source }: ReadLog,
  reader: Person,
  rule: Pick<Rule, 'method' | 'path'>,
  object: string,
  of: string | null = null,
): Promise<void> => {
  const read = randomUUID()
  const at = now()
  const line = {
    read,
    reader: reader.id,
    role: reader.role,
    route: `${rule.method} ${rule.path}`,
    object,
  }
  await append({
    specversion: '1.0',
    id: read,
    source,
    type: 'live.disclosure.read',
    time: new Date(at).toISOString(),
    data: { ...line, ...(of === null ? {} : { of }) },
  })
  await reads.record({ ...line, at, subject: of })
}
