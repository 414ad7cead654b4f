/**
 * Persons erased from everything that the service has of them (PIPL-47): the vault, the database and
 * its keys, the rooms, the memory, and the snapshots of all of these. Proofs stand, for the log never
 * had more than digests; figures stand, for in the rooms names go and numbers stay.
 *
 * The vault goes last, so that a run that was killed meets the persons again and takes them out of
 * everything else. Who asked and on what ground is on record even where nothing was found; the ids
 * are written nowhere.
 */
import { erasePersons, type Erasure, type Traces } from '../../archive/erase.ts'
import { rangeOf } from '../../archive/expire.ts'
import { mentions, withoutMentions } from '../../archive/persons.ts'
import { nothingFound } from '../../archive/sweep.ts'
import type { AppealView } from '../../http/contract.ts'
import { erasePersonRows } from '../../store/sql/erase.ts'
import { withoutPersons } from '../appeal-events.ts'
import { OUR_SOURCE } from '../our-events.ts'
import { tell, type KeepingPorts } from './ports.ts'

export type PersonsRequest = {
  /** Every id that is theirs: accounts, devices, addresses. */
  readonly ids: readonly string[]
  readonly ground: string
  /** Who asked for it: an account of the service, or a role. */
  readonly by: string
  readonly overridesRetention: boolean
}

export const eraseEverywhere = async (
  ports: KeepingPorts,
  request: PersonsRequest,
): Promise<Erasure> => {
  const { archive, snapshots, record, now, newId, records } = ports
  const at = now()
  const erasure = await erasePersons(archive, {
    ...request,
    at,
    elsewhere: (traces) => eraseElsewhere(ports, traces),
  })
  if (erasure.finding !== null) tell(ports, erasure.finding)
  if (erasure.disclosures + erasure.chunkEvents > 0) await snapshots.factsAnew()
  else {
    const { ground, by } = request
    await record([
      {
        specversion: '1.0',
        id: newId(),
        source: OUR_SOURCE,
        type: 'live.evidence.erased',
        time: new Date(at).toISOString(),
        data: { range: rangeOf('persons', nothingFound()), ground, by },
      },
    ])
  }
  await records.flush()
  return erasure
}

const eraseElsewhere = async (ports: KeepingPorts, traces: Traces): Promise<void> => {
  const { store, rooms, memory, snapshots, desk, records } = ports
  const { ids, broadcasts } = traces
  await rooms.erase(broadcasts, traces)
  // What was judged before is on its way still; after it everything is judged without them.
  await desk.settled()
  await records.flush()
  const shown = [...broadcasts].filter((broadcast) => desk.audit(broadcast) !== undefined)
  for (const broadcast of broadcasts) {
    memory.erase(broadcast, ids)
    desk.forget(broadcast)
  }
  await erasePersonRows(store.sql, store.keys, {
    ...traces,
    mentions: (value) => mentions(ids, value),
    without: (value) => withoutMentions(ids, value),
    withoutAppellant: (document) => withoutPersons(ids, document as AppealView),
  })
  await snapshots.memoryAnew()
  rooms.owe(shown)
}
