/** What is held against staged interest besides orders: the clicks, and the notices on the page. */
import { say } from '../../language/say.ts'
import type { Reason } from '../../vocabulary/finding.ts'
import { mixture } from '../shared/fitted-share.ts'
import type { Room } from '../room.ts'
import type { Interest } from './cues.ts'

/** Model error: one family of evidence is never worth more than a thousand to one. */
const MAX_FAMILY_BANS = 3
/** What rests on a comparison of people with people only is worth less: thirty to one. */
const MAX_ONLY_CLICKS_BANS = 1.5
const LEAST_BANS = 0.3
/** Banners name a person once or a few times over; ten times as many people as clicked is another matter. */
const BANNER_RATIO = 10
const ENOUGH_BANNERS = 100
const MAX_BANNER_BANS = 1

export type Counts = {
  readonly clickers: number
  readonly buyers: number
  readonly orders: number
  /** People that "going to buy" banners spoke of. */
  readonly announced: number
  readonly suspectedClicks: number
  readonly brief: number
  readonly driven: number
}

export const countsOf = (room: Room, interest: Interest, suspected: Uint8Array): Counts => {
  const { clicks, orders } = room.accounts.columns
  const { kind, count } = room.banners.columns
  const counts = {
    clickers: 0,
    buyers: 0,
    orders: 0,
    announced: 0,
    suspectedClicks: 0,
    brief: 0,
    driven: 0,
  }
  for (let i = 0; i < room.accounts.length; i += 1) {
    counts.orders += orders[i]!
    if (clicks[i] === 0) continue
    counts.clickers += 1
    if (orders[i]! > 0) counts.buyers += 1
    if (suspected[i] === 1) counts.suspectedClicks += clicks[i]!
  }
  for (let i = 0; i < room.banners.length; i += 1)
    if (kind[i] === 1) counts.announced += Math.max(1, count[i]!)
  for (let i = 0; i < interest.accounts.length; i += 1) {
    if (suspected[interest.accounts[i]!] !== 1) continue
    counts.brief += interest.isBrief[i]!
    counts.driven += interest.isDriven[i]!
  }
  return counts
}

/** How they click: two reasons of one family, which share its weight by the accounts they speak of. */
export const behaviourOf = (
  interest: Interest,
  counts: Counts,
  accounts: number,
): readonly Reason[] => {
  const gained = mixture(interest.bans).weightBans
  const odd = Math.max(counts.brief, counts.driven)
  const { only } = interest
  const share = odd + only.accounts === 0 ? 0 : odd / (odd + only.accounts)
  const reasons: Reason[] = [
    {
      family: 'behaviour',
      text: say('interest.behaviour', {
        accounts,
        clicks: counts.suspectedClicks,
        brief: counts.brief,
        driven: counts.driven,
      }),
      observed: odd,
      expected: { 'staged-interest': odd, 'window-shopping': 0 },
      weightBans: share * Math.min(MAX_FAMILY_BANS, gained),
    },
    {
      family: 'behaviour',
      text: say('interest.only-clicks', { accounts: only.accounts, expected: only.expected }),
      observed: only.accounts,
      expected: { 'staged-interest': only.accounts, 'window-shopping': only.expected },
      weightBans: (1 - share) * Math.min(MAX_ONLY_CLICKS_BANS, gained),
    },
  ]
  return reasons.filter(
    ({ observed, weightBans }) => Number(observed) > 0 && weightBans >= LEAST_BANS,
  )
}

export const banners = (counts: Counts): readonly Reason[] => {
  const people = Math.max(counts.clickers, counts.orders)
  const ratio = counts.announced / Math.max(1, people)
  if (counts.announced < ENOUGH_BANNERS || people === 0 || ratio <= BANNER_RATIO) return []
  return [
    {
      family: 'public',
      text: say('interest.banners', {
        announced: counts.announced,
        clickers: counts.clickers,
        orders: counts.orders,
      }),
      observed: counts.announced,
      expected: { 'staged-interest': counts.announced, 'window-shopping': people },
      weightBans: Math.min(MAX_BANNER_BANS, Math.log10(ratio / BANNER_RATIO)),
    },
  ]
}
