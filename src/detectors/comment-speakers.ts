/**
 * How each account speaks, weighed in bans for "a machine writes" against "a person does". What
 * people of *this* room do is learnt from accounts that show themselves to be people (they ask
 * questions of their own, answer or buy), so that a room where everybody uses the same phrases
 * accuses nobody.
 */
import { isPraiseOrUrge, isQuestion } from './comment-text.ts'
import { SHARED, UNSHARED, VARIED, type Templates } from './comment-templates.ts'
import type { Room } from './room.ts'
import { FingerprintSet } from '../sketches/fingerprint-set.ts'

export type Speakers = {
  /** Account rows that wrote something. */
  readonly accounts: Uint32Array
  /** By index of `accounts`: what they say, and when they say it. */
  readonly contentBans: Float64Array
  readonly timingBans: Float64Array
  /** Share of substantial lines, by people of this room, that others say too, and in versions. */
  readonly usualShared: number
  readonly usualVaried: number
}

/** Machine lines: nearly all from a script, about half of the scripts varied. */
const MACHINE_LEVELS = [0.05, 0.45, 0.5] as const
/** What people share by chance before the room has shown its own: one line in five, one in twenty. */
const PRIOR_LINES = 20
const PRIOR_SHARED = 0.2
const PRIOR_VARIED = 0.05
/** With fewer lines of known people than this the room has no measure: sharing then says nothing. */
const ENOUGH_LINES = 20
const UNKNOWN_SHARED = 0.6
const UNKNOWN_VARIED = 0.1
/** However few lines people share in a room, less than this is not believed. */
const LEAST_SHARED = 0.05
const LEAST_VARIED = 0.03
/** Lines of one account come from one script: at most this many templates count as independent. */
const INDEPENDENT = 3
/** Lines shared word for word may be quick replies of the page: never more than ten to one. */
const EXACT_ONLY_BANS = 1
/** A single line weighs this at most, and only beside this many varied templates in the room. */
const SINGLE_LINE_BANS = 0.5
const SINGLE_LINE_FAMILIES = 3
const SINGLE_LINE_VERSIONS = 5
const PRAISE_ONLY_BANS = 0.15
const ASKS_BANS = -0.3
const BUYS_BANS = -1
/** Gaps between one's comments vary as much as their mean (Barabási 2005 finds more); these do not. */
const REGULAR_SPREAD = 0.15
const REGULAR_GAPS = 6
const REGULAR_BANS = 1
/** A spread that no thumb and no network leaves to a person. */
const CLOCKWORK_SPREAD = 0.03
const CLOCKWORK_GAPS = 10
const CLOCKWORK_BANS = 2

export const speakers = (room: Room, shared: Templates): Speakers => {
  const size = room.accounts.length
  const says = tally(room, shared)
  const usual = peopleOf(room, says)
  const levels = [1 - usual.shared - usual.varied, usual.shared, usual.varied]
  const weights = MACHINE_LEVELS.map((p, i) => Math.log10(p / levels[i]!))
  const manyVaried = countVaried(shared) >= SINGLE_LINE_FAMILIES
  const accounts = Uint32Array.from(
    Array.from({ length: size }, (_, i) => i).filter((i) => says.all[i]! > 0),
  )
  const contentBans = Float64Array.from(accounts, (a) => {
    const lines = says.lines[a]!
    let bans = 0
    if (lines > 0) {
      const perLine =
        (weights[UNSHARED]! * (lines - says.shared[a]! - says.varied[a]!) +
          weights[SHARED]! * says.shared[a]! +
          weights[VARIED]! * says.varied[a]!) /
        lines
      const families = says.families[a]!
      if (families >= 2) bans = perLine * Math.min(families, INDEPENDENT)
      else if (perLine < 0) bans = perLine
      else if (manyVaried && says.wellVaried[a]! > 0) bans = Math.min(perLine, SINGLE_LINE_BANS)
      if (says.varied[a] === 0) bans = Math.min(bans, EXACT_ONLY_BANS)
      const isPraiseOnly = families >= 2 && says.praise[a] === says.all[a]
      if (isPraiseOnly) bans += PRAISE_ONLY_BANS * Math.min(families, INDEPENDENT)
    }
    if (says.asks[a]! > 0) bans += ASKS_BANS
    return room.accounts.columns.orders[a]! > 0 ? bans + BUYS_BANS : bans
  })
  return {
    accounts,
    contentBans,
    timingBans: regularity(room, accounts),
    usualShared: usual.shared,
    usualVaried: usual.varied,
  }
}

type Says = Readonly<
  Record<
    | 'all'
    | 'lines'
    | 'shared'
    | 'varied'
    | 'wellVaried'
    | 'families'
    | 'praise'
    | 'asks'
    | 'replies',
    Uint32Array
  >
>

/** By account: comments, substantial lines that are not common property, and of these the shared and the varied. */
const tally = (room: Room, shared: Templates): Says => {
  const column = () => new Uint32Array(room.accounts.length)
  const says = {
    all: column(),
    lines: column(),
    shared: column(),
    varied: column(),
    wellVaried: column(),
    families: column(),
    praise: column(),
    asks: column(),
    replies: column(),
  }
  const { texts } = room.comments
  const asks = new Uint8Array(texts.size)
  const praises = new Uint8Array(texts.size)
  for (let i = 0; i < texts.size; i += 1) {
    const text = texts.nameOf(i)
    asks[i] = Number(isQuestion(text))
    praises[i] = Number(isPraiseOrUrge(text))
  }
  const met = new FingerprintSet()
  const { account, text, reply } = room.comments.columns
  for (let i = 0; i < room.comments.length; i += 1) {
    const a = account[i]! - 1
    if (a < 0 || text[i] === 0) continue
    const number = text[i]! - 1
    says.all[a]! += 1
    says.praise[a]! += praises[number]!
    says.replies[a]! += reply[i]!
    const family = shared.familyOf[number]! - 1
    // A question that others ask too, word for word or in versions, may itself be scripted.
    if (family < 0 || shared.level[family] === UNSHARED) says.asks[a]! += asks[number]!
    if (family < 0 || shared.isCommon[family] === 1) continue
    says.lines[a]! += 1
    const level = shared.level[family]!
    if (level === UNSHARED) continue
    if (level === VARIED) says.varied[a]! += 1
    else says.shared[a]! += 1
    if (shared.versions[family]! >= SINGLE_LINE_VERSIONS) says.wellVaried[a]! += 1
    if (met.add(family + 1, a + 1)) says.families[a]! += 1
  }
  return says
}

/** How often people of this room say what others say. */
const peopleOf = (room: Room, says: Says) => {
  const { orders } = room.accounts.columns
  let lines = PRIOR_LINES
  let shared = PRIOR_LINES * PRIOR_SHARED
  let varied = PRIOR_LINES * PRIOR_VARIED
  for (let i = 0; i < room.accounts.length; i += 1) {
    if (says.asks[i] === 0 && orders[i] === 0 && says.replies[i] === 0) continue
    lines += says.lines[i]!
    shared += says.shared[i]!
    varied += says.varied[i]!
  }
  if (lines < PRIOR_LINES + ENOUGH_LINES) return { shared: UNKNOWN_SHARED, varied: UNKNOWN_VARIED }
  return {
    shared: Math.min(0.6, Math.max(LEAST_SHARED, shared / lines)),
    varied: Math.min(0.35, Math.max(LEAST_VARIED, varied / lines)),
  }
}

const countVaried = (shared: Templates): number => {
  let count = 0
  for (let i = 0; i < shared.level.length; i += 1)
    if (shared.level[i] === VARIED && shared.versions[i]! >= SINGLE_LINE_VERSIONS) count += 1
  return count
}

/** Accounts whose comments come like a clock: the spread of gaps is a small part of their mean. */
const regularity = (room: Room, accounts: Uint32Array): Float64Array => {
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
