/**
 * Which events speak of a person: those with one of the person's ids in a personal field, and those
 * that belong to an order, comment, complaint or review of theirs, whose free text may tell the rest.
 * Pure.
 */
import type { AssayEvent } from '../vocabulary/event.ts'

/** Text that anybody may write: that it repeats an id does not make it the person's. */
const FREE_TEXT = new Set(['text', 'note', 'reason', 'reasons', 'facts', 'grounds', 'outcome'])

/** Which field of which event makes something the person's own. */
const OWN = {
  'live.comment.posted': 'comment',
  'live.order.placed': 'order',
  'live.complaint.lodged': 'complaint',
  'live.review.posted': 'review',
  'live.restriction.imposed': 'restriction',
  'live.appeal.lodged': 'appeal',
} as const

const LINKS = [
  'comment',
  'order',
  'complaint',
  'review',
  'restriction',
  'appeal',
  'refund',
] as const

/** Persons by all their ids (account, device, address …), and what is known to be theirs. */
export type Persons = {
  readonly ids: ReadonlySet<string>
  /** `order:order-1` and the like; grows while events are read in order. */
  readonly theirs: Set<string>
}

export const personsOf = (ids: Iterable<string>): Persons => ({
  ids: new Set(ids),
  theirs: new Set(),
})

/** Whether a value, or one within it, is one of the ids. */
export const names = ({ ids }: Persons, name: string, value: unknown): boolean => {
  if (typeof value === 'string') return !FREE_TEXT.has(name) && ids.has(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([inner, item]) =>
    names({ ids, theirs: NOTHING }, Array.isArray(value) ? name : inner, item),
  )
}

const NOTHING = new Set<string>()

/** Remembers what a named person made; an order's refund and a restriction's appeal follow it. */
export const learnTheirs = (persons: Persons, event: AssayEvent, isNamed: boolean): void => {
  const fields = event.data as Readonly<Record<string, unknown>>
  const own: string | undefined = OWN[event.type as keyof typeof OWN]
  if (isNamed && own !== undefined) persons.theirs.add(`${own}:${String(fields[own])}`)
  if (!isTheirs(persons, event)) return
  for (const link of ['refund', 'appeal'] as const)
    if (typeof fields[link] === 'string') persons.theirs.add(`${link}:${fields[link]}`)
}

/** Whether the event belongs to something of theirs. */
export const isTheirs = ({ theirs }: Persons, { data }: AssayEvent): boolean => {
  const fields = data as Readonly<Record<string, unknown>>
  return LINKS.some((link) => {
    const id = fields[link]
    return typeof id === 'string' && theirs.has(`${link}:${id}`)
  })
}
