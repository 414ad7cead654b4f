/**
 * Which events speak of a person: those with one of the person's ids in a personal field, those
 * that belong to an order, comment, complaint or review of theirs, whose free text may tell the rest,
 * and what we wrote ourselves with an id in the sentence. Pure.
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

/**
 * Whether a text of our own, or one within a value, has one of the ids as a word: names of findings
 * end with whom they are about, and their sentences repeat it. Pure data, maps and sets included.
 */
export const mentions = (ids: ReadonlySet<string>, value: unknown): boolean => {
  if (typeof value === 'string') return hasWord(ids, value)
  if (typeof value !== 'object' || value === null) return false
  if (value instanceof Map || value instanceof Set) return mentions(ids, [...value])
  return Object.values(value).some((item) => mentions(ids, item))
}

/** The value with every text that mentions one of the ids empty; the rest as it was. */
export const withoutMentions = <T>(ids: ReadonlySet<string>, value: T): T => {
  const blank = (item: unknown): unknown => {
    if (typeof item === 'string') return hasWord(ids, item) ? '' : item
    if (typeof item !== 'object' || item === null) return item
    if (Array.isArray(item)) return item.map(blank)
    return Object.fromEntries(Object.entries(item).map(([name, inner]) => [name, blank(inner)]))
  }
  return blank(value) as T
}

const hasWord = (ids: ReadonlySet<string>, text: string): boolean => {
  for (const id of ids)
    for (let at = text.indexOf(id); id !== '' && at >= 0; at = text.indexOf(id, at + 1))
      if (!WORD.test(text[at - 1] ?? '') && !WORD.test(text[at + id.length] ?? '')) return true
  return false
}

const WORD = /[A-Za-z0-9_]/

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
