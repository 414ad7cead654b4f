/**
 * How long each account was in the room, and whether the telemetry can tell: the ground on which
 * "likes from accounts with no dwell" (obligations §8, D3) stands or falls.
 */
import type { Room } from '../room.ts'

export type Presence = {
  /** By account row: time present over all its views, ms; NaN where no view says. */
  readonly dwellMs: Float64Array
  /** By account row: the earliest join, ms; NaN where none was seen. */
  readonly joinedAt: Float64Array
  /** Views carry joins and signs of leaving or watching, so that a short stay is a fact. */
  readonly isMeasured: boolean
  /** Every account that acts is also seen to join, so that an account without a view is a fact. */
  readonly isComplete: boolean
}

/** Share of joined views that say goodbye or send heartbeats before dwell counts as measured. */
const MEASURED_SHARE = 0.8
/** Share of accounts doing more than liking that must have a view before its absence means anything. */
const COVERED_SHARE = 0.95
const ENOUGH_ACTIVE = 20

export const presence = (room: Room): Presence => {
  const v = room.views.columns
  const dwellMs = new Float64Array(room.accounts.length).fill(Number.NaN)
  const joinedAt = new Float64Array(room.accounts.length).fill(Number.NaN)
  const a = room.accounts.columns
  let signs = 0
  let activeViews = 0
  let activeSigns = 0
  for (let i = 0; i < room.views.length; i += 1) {
    const start = v.startAt[i]!
    if (Number.isNaN(start)) continue
    const left = v.leftAt[i]!
    const sign = Number(!Number.isNaN(left) || v.beats[i]! > 0)
    signs += sign
    const account = v.account[i]! - 1
    if (account < 0) continue
    if (a.comments[account]! + a.clicks[account]! + a.orders[account]! > 0) {
      activeViews += 1
      activeSigns += sign
    }
    const end = Number.isNaN(left) ? v.lastAt[i]! : left
    const stay = Math.max(0, end - start)
    dwellMs[account] = (Number.isNaN(dwellMs[account]!) ? 0 : dwellMs[account]!) + stay
    if (!(joinedAt[account]! <= start)) joinedAt[account] = start
  }
  return {
    dwellMs,
    joinedAt,
    // Machines that enter and send nothing more must not make the record of people look poor.
    isMeasured:
      (room.views.joined > 0 && signs >= MEASURED_SHARE * room.views.joined) ||
      (activeViews >= ENOUGH_ACTIVE && activeSigns >= MEASURED_SHARE * activeViews),
    isComplete: isComplete(room, dwellMs),
  }
}

const isComplete = (room: Room, dwellMs: Float64Array): boolean => {
  const stated = room.counts?.['live.viewer.joined']
  if (stated !== undefined && stated > 0)
    return (room.seen.get('live.viewer.joined') ?? 0) >= stated * 0.995
  const a = room.accounts.columns
  let active = 0
  let covered = 0
  for (let i = 0; i < room.accounts.length; i += 1) {
    if (!(a.comments[i]! + a.clicks[i]! + a.orders[i]! > 0)) continue
    active += 1
    if (!Number.isNaN(dwellMs[i]!)) covered += 1
  }
  return active >= ENOUGH_ACTIVE && covered >= COVERED_SHARE * active
}
