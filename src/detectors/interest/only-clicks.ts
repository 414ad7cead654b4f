/**
 * More accounts that click and do nothing else than this room's people account for. Whoever clicks is
 * interested, and whoever is interested also likes, asks and follows more than others: among people
 * the two go together or are at worst independent. Where clicking *foretells* silence, people with as
 * long a stay being the measure, somebody sent accounts that only click.
 *
 * That alone convicts nobody: visitors from a product search come to click and not to chat. But they
 * come to buy. So the excess weighs only if it buys less than the other clickers of its minutes.
 */
import type { Presence } from '../shared/dwell.ts'
import type { Room } from '../room.ts'
import { contrast } from './conversion.ts'

export type OnlyClicks = {
  /** By account row: weight, bans; 0 where nothing is said. */
  readonly bans: Float64Array
  /** Accounts concerned, and how many of them people would have been. */
  readonly accounts: number
  readonly expected: number
}

/** Upper ends of the stays that are compared with one another, ms; unmeasured stays are one more. */
const STAYS_MS = [15, 30, 60, 120, 240, 480, 960, Number.POSITIVE_INFINITY].map((s) => s * 1000)
/** An excess smaller than this, in accounts and in standard deviations, is chance. */
const ENOUGH_ACCOUNTS = 20
const DEVIATIONS = 4
/** Other people of as long a stay who must have shown how people divide. */
const ENOUGH_OTHERS = 20
/** Model error: a client without a comment box would look alike. */
const MAX_BANS = 1.5
/** The want of orders must speak at least so loud. */
const CONFIRMING_BANS = 0.5

/** @param isExplained accounts left out of the count because something else convicts them already. */
export const onlyClicks = (
  room: Room,
  there: Presence,
  isExplained: (account: number) => boolean = () => false,
): OnlyClicks => {
  const size = room.accounts.length
  const stays = Uint8Array.from({ length: size }, (_, i) => stayOf(there, i))
  const none = { bans: new Float64Array(size), accounts: 0, expected: 0 }
  const cells = cellsOf(room, stays, isExplained)
  const weights = new Float64Array(cells.length)
  let [accounts, expected] = [0, 0]
  for (const [stay, cell] of cells.entries()) {
    if (cell.others < ENOUGH_OTHERS) continue
    const people = ((cell.clickAndAct + 1) * (cell.silent + 1)) / (cell.act + 1)
    const excess = cell.onlyClick - people
    if (excess < ENOUGH_ACCOUNTS || excess < DEVIATIONS * Math.sqrt(cell.onlyClick)) continue
    weights[stay] = Math.min(MAX_BANS, Math.log10(cell.onlyClick / people))
    accounts += cell.onlyClick
    expected += people
  }
  if (accounts === 0) return none
  const isConcerned = (i: number) =>
    weights[stays[i]!]! > 0 && doesOnlyClick(room, i) && !isExplained(i)
  const buying = contrast(room, isConcerned, (i) => acts(room, i))
  if (buying === undefined || buying.weightBans < CONFIRMING_BANS) return none
  const bans = Float64Array.from(stays, (stay, i) => (isConcerned(i) ? weights[stay]! : 0))
  return { bans, accounts, expected: Math.round(expected) }
}

/** Clicks, and neither likes, speaks nor follows. Whether it buys is another matter. */
export const doesOnlyClick = (room: Room, account: number): boolean =>
  room.accounts.columns.clicks[account]! > 0 && !acts(room, account)

const acts = (room: Room, account: number): boolean => {
  const { taps, comments, social } = room.accounts.columns
  return taps[account]! + comments[account]! + social[account]! > 0
}

const stayOf = (there: Presence, account: number): number => {
  const dwell = there.dwellMs[account]!
  const stay = STAYS_MS.findIndex((until) => dwell < until)
  return there.isMeasured && stay >= 0 ? stay : STAYS_MS.length
}

const cellsOf = (room: Room, stays: Uint8Array, isExplained: (account: number) => boolean) => {
  const { clicks } = room.accounts.columns
  const cells = Array.from({ length: STAYS_MS.length + 1 }, () => ({
    clickAndAct: 0,
    onlyClick: 0,
    act: 0,
    silent: 0,
    others: 0,
  }))
  for (let i = 0; i < room.accounts.length; i += 1) {
    if (isExplained(i)) continue
    const cell = cells[stays[i]!]!
    const [does, says] = [clicks[i]! > 0, acts(room, i)]
    if (does && !says) cell.onlyClick += 1
    else cell.others += 1
    if (does && says) cell.clickAndAct += 1
    if (!does && says) cell.act += 1
    if (!does && !says) cell.silent += 1
  }
  return cells
}
