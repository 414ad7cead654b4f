/**
 * Erasing persons: everything in the vault that speaks of them goes, and every proof still stands,
 * because the log never held more than salted digests of it (RFC 9901).
 *
 * A hold keeps evidence from everybody, also from the person whom it is about; and what the law
 * wants kept is kept (PIPL-19), unless a court or the law itself orders otherwise.
 */
import type { AssayEvent } from '../vocabulary/event.ts'
import type { Finding } from '../vocabulary/finding.ts'
import type { Archive } from './archive.ts'
import type { KeptGroup } from './due.ts'
import { keptIn, rangeOf } from './expire.ts'
import { forgetPersons } from './forget.ts'
import { groupKey, groupOf } from './kinds.ts'
import { personsOf } from './persons.ts'
import { isDue } from './retention.ts'
import { choosePersons, sweep } from './sweep.ts'

export type ErasureRequest = {
  /** Every id that is theirs: accounts, devices, addresses. Never written anywhere. */
  readonly ids: readonly string[]
  readonly ground: string
  readonly by: string
  readonly at: number
  /** Erase also what the law wants kept: an order of a court, unlawful processing. */
  readonly overridesRetention?: boolean
  /**
   * Takes the persons out of whatever was made from the log; called before they leave the vault, so
   * that a run that was killed finds them again. Not called where nothing goes.
   */
  readonly elsewhere?: (traces: Traces) => Promise<void>
}

/** Where the persons were met in what goes; in memory only, for it names them. */
export type Traces = {
  readonly ids: ReadonlySet<string>
  readonly broadcasts: ReadonlySet<string>
  readonly orders: ReadonlySet<string>
  readonly complaints: ReadonlySet<string>
  readonly reviews: ReadonlySet<string>
  /** Nothing of theirs stays behind: neither held nor kept by law. */
  readonly isWhole: boolean
}

export type Erasure = {
  readonly disclosures: number
  readonly chunkEvents: number
  /** Leaves and chunk events that stay, by what keeps them. */
  readonly held: number
  readonly kept: number
  /** First instant, ms, at which all that was kept may go; null while that is open. */
  readonly keptUntil: number | null
  /** Where something was under hold. */
  readonly finding: Finding | null
}

/** One pass over the log for any number of persons. Killed in between, it can be run again. */
export const erasePersons = async (archive: Archive, request: ErasureRequest): Promise<Erasure> => {
  const { ids, ground, by, at, overridesRetention = false, elsewhere } = request
  await archive.flush()
  const groups = new Map(keptIn(archive, at).map((group) => [group.key, group]))
  const choose = choosePersons(personsOf(ids))
  const holds = new Set<string>()
  const keeping = new Set<KeptGroup>()
  let [held, kept] = [0, 0]
  const met = newTraces()
  const { removal, found } = await sweep(archive.logged, (event) => {
    const choice = choose(event)
    if (choice === null) return null
    const group = groups.get(groupKey(groupOf(event)))
    for (const hold of group?.expiry.heldBy ?? []) holds.add(hold)
    if (group !== undefined && group.expiry.heldBy.length > 0) held += 1
    else if (group === undefined || overridesRetention || isDue(group.expiry, at)) {
      trace(met, event, group)
      return choice
    } else {
      kept += 1
      keeping.add(group)
    }
    return null
  })
  if (found.span !== null) {
    await archive.recordErasure({ range: rangeOf('persons', found), ground, by }, undefined)
    const whose = new Set(ids)
    await elsewhere?.({ ...met, ids: whose, isWhole: held + kept === 0 })
    await archive.vault.remove(removal)
    const stays = new Set([...keeping].map(({ key }) => key))
    forgetPersons(
      archive.facts,
      whose,
      (key) => stays.has(key) || (groups.get(key)?.expiry.heldBy.length ?? 0) > 0,
    )
  }
  const attempt = { by, subject: 'persons', at, isAutomatic: false, holds: [...holds] }
  return {
    disclosures: found.disclosures,
    chunkEvents: found.chunkEvents,
    held,
    kept,
    keptUntil: latest([...keeping]),
    finding: holds.size > 0 ? await archive.refuse(attempt) : null,
  }
}

const newTraces = () => ({
  broadcasts: new Set<string>(),
  orders: new Set<string>(),
  complaints: new Set<string>(),
  reviews: new Set<string>(),
})

const trace = (
  met: ReturnType<typeof newTraces>,
  event: AssayEvent,
  group: KeptGroup | undefined,
): void => {
  const broadcast = event.subject ?? group?.of
  if (broadcast !== undefined) met.broadcasts.add(broadcast)
  if (event.type === 'live.order.placed') met.orders.add(event.data.order)
  else if (event.type === 'live.complaint.lodged') met.complaints.add(event.data.complaint)
  else if (event.type === 'live.review.posted') met.reviews.add(event.data.review)
}

const latest = (groups: readonly KeptGroup[]): number | null =>
  groups.some(({ expiry }) => expiry.at === null)
    ? null
    : groups.reduce((last, { expiry }) => Math.max(last, expiry.at ?? 0), 0)
