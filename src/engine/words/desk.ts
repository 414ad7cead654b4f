/**
 * What the words of a room are held against, and the words themselves: everything that the room, its
 * staff or a seller said or wrote. What viewers write never accuses the room and is not here.
 */
import type { Room } from '../../detectors/room.ts'
import type { Listing } from '../../detectors/tables/words.ts'
import type { ClaimTable } from '../../wording/claims/table.ts'
import type { Lexicon, Place, Speaker } from '../../wording/lexicon.ts'
import type { Reader } from '../../wording/read.ts'
import type { StanceReader } from '../../wording/stance.ts'

export type WordDesk = {
  readonly lexicon: Lexicon
  readonly reader: Reader
  readonly claims: ClaimTable
  readonly stance: StanceReader
}

export type Said = {
  /** Event that carries it. */
  readonly event: string
  /** ms. */
  readonly at: number
  readonly text: string
  readonly speaker: Speaker
  readonly place: Place
  /** 0 to 1: how sure a recogniser was of the words. */
  readonly confidence: number
  /** The listing that it stands in. */
  readonly listing?: Listing
}

/** In order of time; a title first. */
export const saidIn = (room: Room, listings: readonly Listing[]): Said[] => [
  ...titleOf(room),
  ...listings.flatMap(saidInListing),
  ...spoken(room),
  ...staffComments(room),
]

export const saidInListing = (listing: Listing): Said[] => {
  const { event, at } = listing
  const base = { event, at, speaker: 'seller', confidence: 1, listing } as const
  const texts = new Set([listing.title])
  const said: Said[] = [{ ...base, text: listing.title, place: 'listing' }]
  for (const { text } of listing.claims) {
    if (texts.has(text)) continue
    texts.add(text)
    said.push({ ...base, text, place: 'claim' })
  }
  return said
}

const titleOf = (room: Room): Said[] =>
  room.title === '' || room.startedBy === ''
    ? []
    : [
        {
          event: room.startedBy,
          at: room.startedAt,
          text: room.title,
          speaker: 'page',
          place: 'title',
          confidence: 1,
        },
      ]

/** Whoever speaks on air and is no viewer speaks for the room; a guest on the line is a viewer. */
const spoken = (room: Room): Said[] => {
  const roles = new Map(room.hosts.map(({ account, role }) => [account, role]))
  return room.captions.map(({ id: event, from: at, text, speaker, confidence }): Said => {
    const role = roles.get(speaker)
    const isViewer = role === undefined && room.accounts.ids.find(speaker) !== undefined
    const who = isViewer ? 'viewer' : role === 'assistant' ? 'assistant' : 'host'
    return { event, at, text, speaker: who, place: 'caption', confidence }
  })
}

const staffComments = (room: Room): Said[] => {
  const staff = new Map<number, Speaker>()
  for (const { account, role } of room.hosts) {
    const row = room.accounts.ids.find(account)
    if (row !== undefined) staff.set(row + 1, role === 'assistant' ? 'assistant' : 'host')
  }
  if (staff.size === 0) return []
  const { account, text, at } = room.comments.columns
  const said: Said[] = []
  for (let row = 0; row < room.comments.length; row += 1) {
    const speaker = staff.get(account[row]!)
    if (speaker === undefined || text[row] === 0) continue
    said.push({
      event: room.comments.ids.nameOf(row),
      at: at[row]!,
      text: room.comments.texts.nameOf(text[row]! - 1),
      speaker,
      place: 'comment',
      confidence: 1,
    })
  }
  return said.sort((a, b) => a.at - b.at || (a.event < b.event ? -1 : 1))
}
