/**
 * Finds in the vault what is to go. One pass in order of the log, whatever is looked for: an index of
 * persons would be quicker, and one more place that names them.
 */
import type { AssayEvent } from '../vocabulary/event.ts'
import { isTheirs, learnTheirs, mentions, names, type Persons } from './persons.ts'
import { parseDisclosure } from './quick-leaf.ts'
import { readEvents, type Logged, type LoggedEvent } from './read-log.ts'
import type { Removal } from './vault.ts'

/** How much was found; whoever counts owns it. */
export type Found = {
  disclosures: number
  chunkEvents: number
  /** First and last leaf touched, or null when nothing was. */
  span: readonly [first: number, last: number] | null
}

export const nothingFound = (): Found => ({ disclosures: 0, chunkEvents: 0, span: null })

/** Adds one event of which `disclosures` go; events come in order of the log. */
export const count = (found: Found, { index, within }: LoggedEvent, disclosures: number): void => {
  if (within === null) found.disclosures += disclosures
  else found.chunkEvents += 1
  found.span = [found.span?.[0] ?? index, index]
}

/**
 * Which disclosures of an event go: all of them, or those for which the function is true (given the
 * name and the value). Null: the event stays as it is. An event in a chunk goes whole.
 */
export type Choice = 'all' | ((name: string, value: unknown) => boolean) | null

/** Reads the log once. */
export const sweep = async (
  logged: Logged,
  choose: (event: AssayEvent, logged: LoggedEvent) => Choice,
): Promise<{ readonly removal: Removal; readonly found: Found }> => {
  const leaves = new Map<number, readonly string[]>()
  const chunks = new Map<number, Set<number>>()
  const found = nothingFound()
  for await (const each of readEvents(logged)) {
    const { index, within, disclosures } = each
    if (within === null && disclosures.length === 0) continue
    const choice = choose(each.event, each)
    if (choice === null) continue
    const stays = disclosures.filter((disclosure) => !goes(choice, disclosure))
    if (within !== null) chunks.set(index, (chunks.get(index) ?? new Set()).add(within))
    else if (stays.length < disclosures.length) leaves.set(index, stays)
    else continue
    count(found, each, disclosures.length - stays.length)
  }
  return { removal: { leaves, chunks }, found }
}

const goes = (choice: 'all' | ((name: string, value: unknown) => boolean), disclosure: string) => {
  if (choice === 'all') return true
  const { name, value } = parseDisclosure(disclosure)
  return choice(name, value)
}

/**
 * Everything that speaks of these persons. An event that names several people (the hosts of a
 * broadcast, whoever removed another's comment) loses only what names these; any other loses all
 * that is personal in it.
 */
export const choosePersons =
  (persons: Persons) =>
  (event: AssayEvent): Choice => {
    const isNamed = names(persons, 'data', event.data)
    learnTheirs(persons, event, isNamed)
    if (isTheirs(persons, event)) return 'all'
    if (OURS.has(event.type) && mentions(persons.ids, event.data))
      return isNamed && !SHARED.has(event.type) ? 'all' : (_, value) => mentions(persons.ids, value)
    if (!isNamed) return null
    return SHARED.has(event.type) ? (name, value) => names(persons, name, value) : 'all'
  }

/** Written by the service itself: their sentences name whom they are about. */
const OURS: ReadonlySet<string> = new Set([
  'live.finding.raised',
  'live.finding.withdrawn',
  'live.restriction.imposed',
  'live.restriction.lifted',
])

const SHARED: ReadonlySet<string> = new Set([
  'live.broadcast.started',
  'live.finding.raised',
  'live.finding.withdrawn',
  'live.comment.removed',
  'live.review.removed',
])
