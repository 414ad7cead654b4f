/**
 * Who comments like a clock. Gaps between one's acts vary as much as their mean, and more (Barabási,
 * "The origin of bursts and heavy tails in human dynamics", Nature 435, 2005); a timer's do not.
 */
import type { Room } from '../room.ts'

const REGULAR_SPREAD = 0.15
const REGULAR_GAPS = 6
const REGULAR_BANS = 1
/** A spread that no thumb and no network leaves to a person. */
const CLOCKWORK_SPREAD = 0.03
const CLOCKWORK_GAPS = 10
const CLOCKWORK_BANS = 2

/** By index of `accounts`, bans: the spread of an account's gaps is a small part of their mean. */
export const regularity = (room: Room, accounts: Uint32Array): Float64Array => {
  const { account, at } = room.comments.columns
  const ends = new Uint32Array(room.accounts.length + 1)
  for (let i = 0; i < room.comments.length; i += 1)
    if (account[i]! > 0 && !Number.isNaN(at[i]!)) ends[account[i]!]! += 1
  for (let i = 1; i < ends.length; i += 1) ends[i]! += ends[i - 1]!
  const next = ends.slice()
  const times = new Float64Array(ends.at(-1) ?? 0)
  for (let i = 0; i < room.comments.length; i += 1)
    if (account[i]! > 0 && !Number.isNaN(at[i]!)) times[next[account[i]! - 1]!++] = at[i]!
  return Float64Array.from(accounts, (a) => {
    const own = times.subarray(ends[a], ends[a + 1]).sort()
    const gaps = own.length - 1
    if (gaps < REGULAR_GAPS) return 0
    const mean = (own[gaps]! - own[0]!) / gaps
    let square = 0
    for (let i = 0; i < gaps; i += 1) square += (own[i + 1]! - own[i]! - mean) ** 2
    const spread = mean > 0 ? Math.sqrt(square / gaps) / mean : 1
    if (gaps >= CLOCKWORK_GAPS && spread < CLOCKWORK_SPREAD) return CLOCKWORK_BANS
    return spread < REGULAR_SPREAD ? REGULAR_BANS : 0
  })
}
