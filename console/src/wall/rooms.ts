/**
 * What the wall shows, without how it is drawn: rooms as messages bring them, what changed since
 * one last looked, filter and order. Pure, so that two thousand rooms can be tested in a moment.
 */
import type { LiveFigures } from '../../../src/http/contract.ts'
import { rankOf } from '../terms.ts'

/** Those who are measured are not told of risks and triggers. */
export type Room = Omit<LiveFigures, 'risk' | 'keyTriggers' | 'gravest'> &
  Partial<Pick<LiveFigures, 'risk' | 'keyTriggers' | 'gravest'>>

export type Change = 'new' | 'rose' | 'fell' | 'measures'

/** As much of a room as must be kept to say later what changed. */
export type Seen = { readonly rank: number; readonly measures: string }

export type Look = {
  /** When one last looked, ms; null where never. */
  readonly at: number | null
  readonly rooms: Readonly<Record<string, Seen>>
}

export const NEVER_LOOKED: Look = { at: null, rooms: {} }

export const seenOf = ({ risk = 0, measures }: Room): Seen => ({
  rank: rankOf(risk),
  measures: [...measures].sort().join(' '),
})

/** What is to be kept when one turns away. */
export const lookOf = (rooms: Iterable<Room>, at: number): Look => ({
  at,
  rooms: Object.fromEntries([...rooms].map((room) => [room.broadcast, seenOf(room)])),
})

/** Null where nothing changed, or where one never looked before: then everything would be new. */
export const changeOf = (room: Room, look: Look): Change | null => {
  if (look.at === null) return null
  const before = Object.hasOwn(look.rooms, room.broadcast) ? look.rooms[room.broadcast] : undefined
  if (before === undefined) return 'new'
  const now = seenOf(room)
  if (now.rank !== before.rank) return now.rank > before.rank ? 'rose' : 'fell'
  return now.measures === before.measures ? null : 'measures'
}

export const ORDERS = ['risk', 'water', 'displayed', 'title', 'started'] as const
export type Order = (typeof ORDERS)[number]
export const NARROWINGS = ['all', 'doubt', 'key', 'changed'] as const
export type Narrowing = (typeof NARROWINGS)[number]

export type Asked = {
  readonly text: string
  readonly narrowing: Narrowing
  readonly order: Order
  readonly isReversed: boolean
}

/** Rooms that pass, in order; equal ones by their ids, so that rows do not dance. */
export const shownOf = (rooms: Iterable<Room>, asked: Asked, look: Look): readonly Room[] => {
  const text = asked.text.trim().toLowerCase()
  const shown: Room[] = []
  for (const room of rooms) if (passes(room, text, asked.narrowing, look)) shown.push(room)
  const turn = asked.isReversed ? -1 : 1
  return shown.sort(
    (a, b) => turn * COMPARE[asked.order](a, b) || (a.broadcast < b.broadcast ? -1 : 1),
  )
}

/** Displayed against genuine, as far as either is known. */
export const viewersOf = ({ figures: { viewers } }: Room) => ({
  displayed: viewers.displayed,
  genuine: viewers.genuine?.estimate ?? null,
  water: viewers.water,
})

const passes = (room: Room, text: string, narrowing: Narrowing, look: Look): boolean => {
  if (narrowing === 'doubt' && (room.risk ?? 0) <= 0) return false
  if (narrowing === 'key' && (room.keyTriggers ?? []).length === 0) return false
  if (narrowing === 'changed' && changeOf(room, look) === null) return false
  if (text === '') return true
  return [room.title, room.room, room.operator, room.broadcast].some((one) =>
    one.toLowerCase().includes(text),
  )
}

/** In each order what matters most comes first; what is unknown comes last. */
const COMPARE: Readonly<Record<Order, (a: Room, b: Room) => number>> = {
  risk: (a, b) =>
    down(a.risk ?? 0, b.risk ?? 0) ||
    down(a.keyTriggers?.length ?? 0, b.keyTriggers?.length ?? 0) ||
    down(viewersOf(a).water, viewersOf(b).water),
  water: (a, b) => down(viewersOf(a).water, viewersOf(b).water),
  displayed: (a, b) => down(viewersOf(a).displayed, viewersOf(b).displayed),
  title: (a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : 0),
  started: (a, b) => down(Date.parse(a.startedAt ?? ''), Date.parse(b.startedAt ?? '')),
}

const down = (a: number | null, b: number | null): number => {
  const [one, other] = [known(a), known(b)]
  return one === other ? 0 : other - one
}

const known = (value: number | null): number =>
  value === null || Number.isNaN(value) ? -Infinity : value
