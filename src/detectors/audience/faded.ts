/**
 * Stays that are too alike among views that never said goodbye. Such a view is known by its
 * heartbeats alone, so its length is their number. Among people that number falls off smoothly; one
 * number that holds several times what the numbers on both sides of it lead to expect is a
 * programme — or an app that stops idle players after so long, which is why silence must be added.
 */
import { say } from '../../language/say.ts'
import { surpriseBans } from '../../sketches/poisson.ts'
import type { Room } from '../room.ts'
import { LEAST_VIEWS, ratioBans, spanOf, type Cohort } from './cohort.ts'
import type { Profile } from './profile.ts'

const LEAST_BEATS = 2
const MOST_BEATS = 4000
const LEAST_RATIO = 3
const LEAST_SURPRISE_BANS = 8

export const faded = (profile: Profile, room: Room): Cohort[] => {
  const { beats } = room.views.columns
  const silent = profile.rows.filter(
    (row) => profile.departed[row] === 0 && profile.toEnd[row] === 0 && beats[row]! > 0,
  )
  const counts = new Float64Array(MOST_BEATS + 3)
  for (const row of silent) counts[Math.min(MOST_BEATS, beats[row]!)]! += 1
  const found: Cohort[] = []
  for (let n = LEAST_BEATS; n < MOST_BEATS; n += 1) {
    const observed = counts[n]!
    if (observed < Math.max(LEAST_VIEWS, silent.length * 0.01)) continue
    const expected = between(counts, n)
    if (observed < LEAST_RATIO * expected) continue
    if (surpriseBans(observed, expected) < LEAST_SURPRISE_BANS) continue
    const rows = silent.filter((row) => beats[row] === n)
    found.push({
      name: 'spike',
      family: 'behaviour',
      rows,
      observed,
      expected,
      bans: ratioBans(observed, expected, 1, 1.6),
      needs: 'silence',
      rival: 'client-timer',
      text: say('faded.observed', {
        count: observed,
        beats: n,
        expected: Math.round(expected * 10) / 10,
      }),
      ...spanOf(rows, profile.startAt),
    })
  }
  return found
}

/** What a smooth fall puts between its neighbours: their geometric mean, near or one further off. */
const between = (counts: Float64Array, n: number): number =>
  Math.max(
    Math.sqrt(counts[n - 1]! * counts[n + 1]!),
    n > 2 ? Math.sqrt(counts[n - 2]! * counts[n + 2]!) : 0,
    0.5,
  )
