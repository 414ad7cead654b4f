/**
 * How each account speaks, weighed in bans for "a machine writes" against "a person does". What
 * people of *this* room do is learnt from accounts that show themselves to be people (they ask
 * questions of their own, answer or buy), so that a room where everybody uses the same phrases
 * accuses nobody.
 */
import { SHARED, UNSHARED, VARIED, type Templates } from './templates.ts'
import type { Room } from '../room.ts'
import { alikeGroups, type AlikeGroups } from '../shared/alike-groups.ts'
import { regularity } from './rhythm.ts'
import { tallyOf, WELL_VARIED, type Says } from './tally.ts'

export type Speakers = {
  /** Account rows that wrote something. */
  readonly accounts: Uint32Array
  /** By index of `accounts`: what they say, and when they say it. */
  readonly contentBans: Float64Array
  readonly timingBans: Float64Array
  /** By account row, 1 for one that goes through a whole script: many shared lines, many times. */
  readonly isProlific: Uint8Array
  /** Those who share an address or a device with others that only echo, as they do. */
  readonly groups: AlikeGroups
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
/** Lines of one account come from one script: this many templates count as independent, twice as many of a prolific one. */
const INDEPENDENT = 3
/** Lines shared word for word may be quick replies of the page: never more than ten to one. */
const EXACT_ONLY_BANS = 1
/** A single line weighs this at most, and only beside this many varied templates in the room. */
const SINGLE_LINE_BANS = 0.5
const SINGLE_LINE_FAMILIES = 3
/** Of machine lines that are shared, so many praise or urge; of people's, before the room shows its own. */
const MACHINE_PRAISE = 0.8
const PRIOR_PRAISE = 0.3
const LEAST_PRAISE = 0.1
/** Friends have a saying or two in common, and not ten lines of five sorts. */
const PROLIFIC_FAMILIES = 5
const PROLIFIC_LINES = 10
const ASKS_BANS = -0.3
const BUYS_BANS = -1

export const speakers = (room: Room, shared: Templates): Speakers => {
  const size = room.accounts.length
  const says = tallyOf(room, shared)
  const usual = peopleOf(room, says)
  const levels = [1 - usual.shared - usual.varied, usual.shared, usual.varied]
  const weights = MACHINE_LEVELS.map((p, i) => Math.log10(p / levels[i]!))
  const praises = Math.log10(MACHINE_PRAISE / usual.praise)
  const asides = Math.log10((1 - MACHINE_PRAISE) / (1 - usual.praise))
  const manyVaried = countVaried(shared) >= SINGLE_LINE_FAMILIES
  const accounts = Uint32Array.from(
    Array.from({ length: size }, (_, i) => i).filter((i) => says.all[i]! > 0),
  )
  const isProlific = Uint8Array.from({ length: size }, (_, a) =>
    Number(
      says.families[a]! >= PROLIFIC_FAMILIES && says.shared[a]! + says.varied[a]! >= PROLIFIC_LINES,
    ),
  )
  const contentBans = Float64Array.from(accounts, (a) => {
    const lines = says.lines[a]!
    let bans = 0
    if (lines > 0) {
      const common = says.shared[a]! + says.varied[a]!
      const perLine =
        (weights[UNSHARED]! * (lines - common) +
          weights[SHARED]! * says.shared[a]! +
          weights[VARIED]! * says.varied[a]! +
          praises * says.scripted[a]! +
          asides * (common - says.scripted[a]!)) /
        lines
      const families = says.families[a]!
      if (families >= 2)
        bans = perLine * Math.min(families, isProlific[a] === 1 ? 2 * INDEPENDENT : INDEPENDENT)
      else if (perLine < 0) bans = perLine
      else if (manyVaried && says.wellVaried[a]! > 0) bans = Math.min(perLine, SINGLE_LINE_BANS)
      if (says.varied[a] === 0) bans = Math.min(bans, EXACT_ONLY_BANS)
    }
    if (says.asks[a]! > 0) bans += ASKS_BANS
    return room.accounts.columns.orders[a]! > 0 ? bans + BUYS_BANS : bans
  })
  return {
    accounts,
    contentBans,
    timingBans: regularity(room, accounts),
    isProlific,
    groups: alikeGroups(room, onlyEcho(room, says)),
    usualShared: usual.shared,
    usualVaried: usual.varied,
  }
}

/**
 * By account row, 1 for one that has no word of its own: every line of substance is one that others
 * say too, and it neither asks nor answers. Short cries (好看, 666) count neither way.
 */
const onlyEcho = (room: Room, says: Says): Uint8Array =>
  Uint8Array.from({ length: room.accounts.length }, (_, a) =>
    Number(
      says.lines[a]! > 0 &&
        says.lines[a] === says.shared[a]! + says.varied[a]! &&
        says.asks[a] === 0 &&
        says.replies[a] === 0,
    ),
  )

/** How often people of this room say what others say. */
const peopleOf = (room: Room, says: Says) => {
  const { orders } = room.accounts.columns
  let lines = PRIOR_LINES
  let shared = PRIOR_LINES * PRIOR_SHARED
  let varied = PRIOR_LINES * PRIOR_VARIED
  let praise = PRIOR_LINES * PRIOR_PRAISE
  let common = PRIOR_LINES
  for (let i = 0; i < room.accounts.length; i += 1) {
    if (says.asks[i] === 0 && orders[i] === 0 && says.replies[i] === 0) continue
    lines += says.lines[i]!
    shared += says.shared[i]!
    varied += says.varied[i]!
    praise += says.scripted[i]!
    common += says.shared[i]! + says.varied[i]!
  }
  if (lines < PRIOR_LINES + ENOUGH_LINES)
    return { shared: UNKNOWN_SHARED, varied: UNKNOWN_VARIED, praise: MACHINE_PRAISE }
  return {
    shared: Math.min(0.6, Math.max(LEAST_SHARED, shared / lines)),
    varied: Math.min(0.35, Math.max(LEAST_VARIED, varied / lines)),
    praise: Math.min(MACHINE_PRAISE, Math.max(LEAST_PRAISE, praise / common)),
  }
}

const countVaried = (shared: Templates): number => {
  let count = 0
  for (let i = 0; i < shared.level.length; i += 1)
    if (shared.level[i] === VARIED && shared.versions[i]! >= WELL_VARIED) count += 1
  return count
}
