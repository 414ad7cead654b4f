/**
 * Criticism that disappeared from a room (M21-21b, S4-5).
 * Three questions: was a critical comment taken down without a lawful reason; do such removals fall
 * on criticism more than on praise, among people of like standing; does a filter list stop words of
 * criticism. Innocent explanation: moderation of insults, personal data, advertising and crime,
 * which falls on praise as it does on blame.
 */
import type { Signal } from '../../detectors/detector.ts'
import type { Room } from '../../detectors/room.ts'
import { REMOVALS } from '../../detectors/tables/interactions.ts'
import { say } from '../../language/say.ts'
import type { Reason } from '../../vocabulary/finding.ts'
import {
  judgeRemoval,
  readFilter,
  reasonOf,
  type RemovalStanding,
  type Stratum,
} from '../../wording/criticism.ts'
import type { StanceReader, StanceReading } from '../../wording/stance.ts'
import {
  filterReason,
  hypothesesOf,
  isSuspect,
  mutedReason,
  ratesReason,
  removedReason,
} from './criticism-reasons.ts'

/** One stray word in a long list of insults aims at nobody; five are no stray. */
const AIMED_SHARE = 0.3
const AIMED_WORDS = 5

export const criticismSignals = (room: Room, stance: StanceReader): Signal[] => {
  if (room.removals.length === 0 && room.mutes.length === 0) return []
  const memory = remembered(stance)
  const taken = judgeComments(room, memory)
  const suspect = taken.filter(({ standing }) => isSuspect(standing))
  const filters = room.mutes
    .map((mute) => ({ mute, ...readFilter(mute.words, stance) }))
    .filter(
      ({ criticism, mute }) =>
        criticism.length >= AIMED_WORDS ||
        criticism.length >= Math.max(1, mute.words.length * AIMED_SHARE),
    )
  const muted = critics(room, memory)
  if (suspect.length + filters.length + muted.length === 0) return []
  const reasons: Reason[] = [
    ...removedReason(suspect.map(({ standing, text }) => ({ standing, text }))),
    ...ratesReason(strataOf(room, taken, memory)),
    ...filterReason(filters.flatMap(({ criticism }) => criticism)),
    ...mutedReason(muted.length),
  ]
  const c = room.comments.columns
  const times = [
    ...suspect.map(({ row }) => c.removedAt[row]!),
    ...filters.map(({ mute }) => mute.at),
    ...muted.map(({ at }) => at),
  ]
  return [
    {
      kind: 'criticism-removed',
      broadcast: room.broadcast,
      subject: room.broadcast,
      hypotheses: hypothesesOf(reasons),
      summary: summaryOf(
        suspect.length,
        taken.length,
        filters.flatMap(({ criticism }) => criticism),
        muted.length,
      ),
      reasons,
      evidence: [
        ...suspect.flatMap(({ row, event }) => [room.comments.ids.nameOf(row), event]),
        ...filters.map(({ mute }) => mute.event),
        ...muted.map(({ event }) => event),
      ],
      from: Math.min(...times),
      until: Math.max(...times),
      suspicions: [],
    },
  ]
}

const summaryOf = (removed: number, all: number, filtered: readonly string[], muted: number) => {
  const words = new Set(filtered).size
  if (removed > 0 && words > 0) return say('criticism.summary-both', { removed, all, words })
  if (removed > 0) return say('criticism.summary', { removed, all })
  if (words > 0) return say('criticism.summary-filter', { words })
  return say('criticism.summary-muted', { count: muted })
}

type Memory = { readonly stanceOf: (text: number, of: () => string) => StanceReading } & {
  readonly reader: StanceReader
}

/** Stance by the number of the text: people write the same things over and over. */
const remembered = (reader: StanceReader): Memory => {
  const known = new Map<number, StanceReading>()
  return {
    reader,
    stanceOf: (text, of) => {
      let reading = known.get(text)
      if (reading === undefined) known.set(text, (reading = reader.stanceOf(of())))
      return reading
    },
  }
}

type Taken = {
  readonly row: number
  readonly event: string
  readonly text: string
  readonly standing: RemovalStanding
}

const judgeComments = (room: Room, { reader }: Memory): Taken[] => {
  const { comments, removals } = room
  const c = comments.columns
  const seen = new Set<number>()
  const rows = removals.flatMap(({ comment, event }) => {
    const row = comments.ids.find(comment)!
    if (seen.has(row)) return []
    seen.add(row)
    return [{ row, event }]
  })
  const repeats = repeatsOf(room, seen)
  return rows.map(({ row, event }) => {
    const text = c.text[row] === 0 ? undefined : comments.texts.nameOf(c.text[row]! - 1)
    const reason = REMOVALS[c.removed[row]! - 1] ?? 'none'
    const removal = { text, reason, repeats: repeats.get(repeatKey(room, row)) ?? 1 }
    return { row, event, text: text ?? '', standing: judgeRemoval(removal, reader) }
  })
}

const repeatKey = ({ comments }: Room, row: number): string =>
  `${comments.columns.account[row]!} ${comments.columns.text[row]!}`

/** How often the author of each removed comment wrote the same. */
const repeatsOf = (room: Room, rows: ReadonlySet<number>): ReadonlyMap<string, number> => {
  const counts = new Map([...rows].map((row) => [repeatKey(room, row), 0]))
  const accounts = new Set([...rows].map((row) => room.comments.columns.account[row]!))
  for (let row = 0; row < room.comments.length; row += 1) {
    if (!accounts.has(room.comments.columns.account[row]!)) continue
    const key = repeatKey(room, row)
    const count = counts.get(key)
    if (count !== undefined) counts.set(key, count + 1)
  }
  return counts
}

/**
 * Comments by what they say, and how many were taken down without a lawful reason; apart for people
 * who ordered in this room and for those who did not. The room's own people are not counted.
 */
const strataOf = (room: Room, taken: readonly Taken[], { stanceOf }: Memory): Stratum[] => {
  const { comments, accounts } = room
  const c = comments.columns
  const staff = new Set(room.hosts.map(({ account }) => (accounts.ids.find(account) ?? -1) + 1))
  const lawful = new Set(
    taken.filter(({ standing }) => standing === 'lawful').map(({ row }) => row),
  )
  const removed = new Set(taken.map(({ row }) => row))
  const strata = [emptyStratum(), emptyStratum()] as const
  for (let row = 0; row < comments.length; row += 1) {
    if (c.text[row] === 0 || lawful.has(row) || staff.has(c.account[row]!)) continue
    const { stance } = stanceOf(c.text[row]!, () => comments.texts.nameOf(c.text[row]! - 1))
    if (stance === 'neutral') continue
    const account = c.account[row]!
    const hasOrdered = account > 0 && accounts.columns.orders[account - 1]! > 0
    const stratum = strata[hasOrdered ? 1 : 0]
    stratum[stance].posted += 1
    if (removed.has(row)) stratum[stance].removed += 1
  }
  return [...strata]
}

const emptyStratum = (): Stratum => ({
  critical: { posted: 0, removed: 0 },
  praising: { posted: 0, removed: 0 },
})

/** Viewers silenced without a reason who had criticised, and whose comments show no ground for it. */
const critics = (room: Room, { stanceOf, reader }: Memory): { event: string; at: number }[] => {
  const mutes = room.mutes.filter(
    ({ reason, words }) => reasonOf(reason) === 'none' && words.length === 0,
  )
  if (mutes.length === 0) return []
  const { comments } = room
  const c = comments.columns
  const state = new Map(mutes.map(({ account }) => [account, { critical: 0, grounds: 0 }]))
  for (let row = 0; row < comments.length; row += 1) {
    const own = state.get(c.account[row]!)
    if (own === undefined || c.text[row] === 0) continue
    const text = comments.texts.nameOf(c.text[row]! - 1)
    if (stanceOf(c.text[row]!, () => text).stance === 'critical') own.critical += 1
    if (reader.groundsOf(text).size > 0) own.grounds += 1
  }
  return mutes.filter(({ account }) => {
    const { critical, grounds } = state.get(account)!
    return critical > 0 && grounds === 0
  })
}
