/**
 * Views that sit through hours and do nothing: farms "enter on schedule and stay for the ordered
 * time". The longest-staying people are as a rule the most active ones, so silent stayers are a
 * lead; a trial asks whether the room's own habits make their silence odd.
 */
import { say } from '../../language/say.ts'
import { LEAST_VIEWS, spanOf, type Cohort } from './cohort.ts'
import { medianOf, type Profile } from './profile.ts'

const LEAST_STAY_SECONDS = 1800
/** The share of an honest audience that stays so long (Sripanidkulchai et al., IMC 2004, fig. 8). */
const HONEST_SHARE = 0.04

export const stayers = (profile: Profile): Cohort[] => {
  const usual = medianOf(Float64Array.from(profile.rows, (row) => profile.stay[row]!))
  const long = Math.max(LEAST_STAY_SECONDS, 8 * usual)
  const rows = profile.rows.filter((row) => profile.stay[row]! >= long && profile.acted[row] === 0)
  const expected = HONEST_SHARE * profile.rows.length
  if (rows.length < LEAST_VIEWS * 2 || rows.length < 2 * expected) return []
  return [
    {
      name: 'stayers',
      family: 'behaviour',
      rows,
      observed: rows.length,
      expected,
      bans: 0.5,
      needs: 'second-family',
      rival: 'ordinary-audience',
      text: say('stayers.observed', {
        count: rows.length,
        stay: { ms: long * 1000 },
        expected: Math.round(expected),
      }),
      ...spanOf(rows, profile.startAt),
    },
  ]
}
