/**
 * What the archive need not know any more, taken out of its facts: groups of events that were erased
 * whole, and what belongs to nothing else; and persons who were erased. Without it a process that
 * runs for years would know every broadcast there ever was. Pure.
 */
import type { KeptGroup } from './due.ts'
import type { Facts, Lodged } from './facts.ts'
import { groupKey, type Group } from './kinds.ts'

/**
 * @param groups every group of these facts, as `keptGroups` gives them; the caller owns `facts`
 * @returns broadcasts of which nothing is left
 */
export const forgetErased = (facts: Facts, groups: readonly KeptGroup[]): readonly string[] => {
  const erased = groups.filter(({ isErased }) => isErased)
  const left = new Set(groups.flatMap(({ isErased, of }) => (isErased ? [] : (of ?? []))))
  for (const { key } of erased) facts.groups.delete(key)
  for (const { order } of erased)
    if (order !== undefined && facts.orders.get(order)?.broadcast == null)
      facts.orders.delete(order)
  const gone = [...facts.broadcasts.keys()].filter((id) => !left.has(id))
  for (const id of gone) {
    for (const order of facts.broadcasts.get(id)?.orders ?? []) facts.orders.delete(order)
    facts.broadcasts.delete(id)
  }
  for (const { complaint, lodged } of facts.complaints.values())
    if (!casesOf(complaint, lodged).some((group) => facts.groups.has(groupKey(group)))) {
      facts.complaints.delete(complaint)
      facts.heldMatters.delete(complaint)
    }
  for (const key of facts.erased.keys()) {
    const [, broadcast] = JSON.parse(key) as [string, string | null]
    if (broadcast !== null && !facts.broadcasts.has(broadcast)) facts.erased.delete(key)
  }
  return gone
}

/** Where events of a complaint and its holds may lie: with its order, its broadcast, by themselves. */
const casesOf = (matter: string, { subject, data: { order } }: Lodged): readonly Group[] => [
  { kind: 'case', matter },
  { kind: 'measure', matter },
  ...(order === undefined ? [] : [{ kind: 'case', order } as const]),
  ...(subject === undefined ? [] : [{ kind: 'case', broadcast: subject } as const]),
]

/** Takes out what names these, except groups that are still kept. */
export const forgetPersons = (
  facts: Facts,
  ids: ReadonlySet<string>,
  isKept: (key: string) => boolean,
): void => {
  for (const [key, { account }] of facts.groups)
    if (account !== undefined && ids.has(account) && !isKept(key)) {
      facts.groups.delete(key)
      facts.closedAccounts.delete(account)
    }
}
