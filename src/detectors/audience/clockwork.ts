/**
 * Heartbeats without jitter. Real clients are delayed by timers, radio and garbage collection
 * (inter-packet timing as a mark of automation: Gianvecchio & Wang, "Detecting covert timing
 * channels", CCS 2007); a script sleeps exactly. Some honest clients report the nominal interval,
 * so exactness only counts where the same build also shows people who are not exact.
 */
import { say } from '../../language/say.ts'
import type { Room } from '../room.ts'
import { LEAST_VIEWS, spanOf, type Cohort } from './cohort.ts'
import type { Profile } from './profile.ts'

/** Fewer heartbeats than this say nothing about a rhythm. */
const LEAST_BEATS = 4
/** Offsets within the second that differ by no more are one and the same, ms. */
const EXACT_PHASE_MS = 2
/** A view that may well be exact by chance says nothing. */
const MOST_CHANCE = 0.05

/** Of a view: 0 too few heartbeats, 1 exact, 2 with jitter. */
export const rhythms = (
  profile: Profile,
  room: Room,
): { seconds: Uint8Array; phase: Uint8Array } => {
  const { beats, beatsAtMax } = room.views.columns
  const seconds = new Uint8Array(profile.size)
  const phase = new Uint8Array(profile.size)
  for (const row of profile.rows) {
    if (beats[row]! < LEAST_BEATS) continue
    // The last heartbeat of an honest client is cut short, so one odd value is allowed.
    seconds[row] = beatsAtMax[row]! >= beats[row]! - 1 ? 1 : 2
    phase[row] = room.views.phaseSpread(row) <= EXACT_PHASE_MS ? 1 : 2
  }
  return { seconds, phase }
}

export const clockwork = (profile: Profile, room: Room): Cohort[] => {
  const { seconds, phase } = rhythms(profile, room)
  const chance = equalByChance(profile, room, seconds)
  return [
    oddOnesOut(profile, room, phase, () => 0.01),
    oddOnesOut(profile, room, seconds, chance),
  ].filter((cohort) => cohort !== undefined)
}

/**
 * The chance that a client with jitter reports equal intervals all the same, because it rounds to
 * whole seconds: n·qⁿ⁻¹ for n heartbeats, q being how often one equals the largest among clients
 * that are not exact.
 */
const equalByChance = (profile: Profile, room: Room, rhythm: Uint8Array) => {
  const { beats, beatsAtMax } = room.views.columns
  let [equal, all] = [0, 0]
  for (const row of profile.rows) {
    if (rhythm[row] !== 2 || beats[row]! < 6) continue
    equal += beatsAtMax[row]!
    all += beats[row]!
  }
  const q = all === 0 ? 0.5 : Math.min(0.95, equal / all + 0.1)
  return (row: number) => Math.min(1, beats[row]! * q ** (beats[row]! - 1))
}

/** The exact ones, where builds that are exact by nature have been left out. */
const oddOnesOut = (
  profile: Profile,
  room: Room,
  rhythm: Uint8Array,
  chance: (row: number) => number,
): Cohort | undefined => {
  const { app } = room.views.columns
  const exactBy = new Map<number, number>()
  const allBy = new Map<number, number>()
  let all = 0
  let exact = 0
  for (const row of profile.rows) {
    if (rhythm[row] === 0) continue
    const build = app[row]!
    allBy.set(build, (allBy.get(build) ?? 0) + 1)
    all += 1
    if (rhythm[row] === 1) {
      exactBy.set(build, (exactBy.get(build) ?? 0) + 1)
      exact += 1
    }
  }
  if (exact < LEAST_VIEWS || all - exact < LEAST_VIEWS || all - exact < all * 0.02) return undefined
  // A build that keeps exact time while the others do not has its own timer.
  const native = new Set(
    [...allBy]
      .filter(([build, n]) => {
        const mine = exactBy.get(build) ?? 0
        const others = (exact - mine) / Math.max(1, all - n)
        return mine >= 0.95 * n || (mine >= 0.6 * n && others <= 0.15)
      })
      .map(([build]) => build),
  )
  const rows = profile.rows.filter(
    (row) => rhythm[row] === 1 && chance(row) < MOST_CHANCE && !native.has(app[row]!),
  )
  let expected = 0
  for (const row of profile.rows)
    if (rhythm[row] !== 0 && chance(row) < MOST_CHANCE && !native.has(app[row]!))
      expected += chance(row)
  if (rows.length < LEAST_VIEWS + 3 * expected || rows.length < profile.rows.length * 0.005)
    return undefined
  const buildsKnown = allBy.size > 1 || !allBy.has(0)
  return {
    name: 'clockwork',
    family: 'behaviour',
    rows,
    observed: rows.length,
    expected,
    bans: buildsKnown ? 1.4 : 0.7,
    needs: 'silence',
    rival: 'client-timer',
    text: say('clockwork.observed', { count: rows.length, others: all - exact }),
    ...spanOf(rows, profile.startAt),
  }
}
