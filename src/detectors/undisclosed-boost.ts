/**
 * Steps in the audience that nothing on record explains (obligations D1; S1-15 against S1-16). A
 * step alone cannot tell a bought crowd from a home-page push that nobody wrote down: unless a
 * second family speaks, the answer is *undetermined*, and a person may ask for the push log.
 */
import { say } from '../language/say.ts'
import { surpriseBans } from '../sketches/poisson.ts'
import { bursts, type Burst } from './audience/bursts.ts'
import { profileOf } from './audience/profile.ts'
import { trialOf } from './bought-viewers.ts'
import type { Detector, Signal } from './detector.ts'
import type { Room } from './room.ts'

/** A displayed step is looked for over this long, ms: S1-15 took less than a minute. */
const STEP_MS = 60_000
const LEAST_STEP_RATIO = 1.5
const LEAST_STEP = 100

export const undisclosedBoost: Detector = {
  name: 'undisclosed-boost',
  hypotheses: ['bought-traffic', 'unrecorded-push', 'recorded-boost'],
  source: 'obligations D1; M21-18(4), OTM21-14(4)',
  weigh: (room) => {
    const profile = profileOf(room)
    if (room.views.joined < room.displays.length / 4) return displayedSteps(room)
    return bursts(profile, room)
      .filter((burst) => burst.boost === undefined)
      .map((burst): Signal => {
        const trial = trialOf(profile, room, burst)
        const speaking = [...trial.byFamily].filter(([, bans]) => bans >= 0.5)
        return {
          ...common(room, burst.from, burst.until),
          hypotheses: [
            { name: 'bought-traffic', weightBans: trial.totalBans },
            { name: 'unrecorded-push', weightBans: 0 },
          ],
          summary: say('undisclosed-boost.summary', {
            count: Math.round(burst.observed - burst.expected),
            duration: { ms: burst.until - burst.from },
            entry: { term: entryTerm(burst) },
          }),
          reasons: trial.reasons,
          undetermined: speaking.length < 2,
          doubtful: Math.max(0, burst.observed - burst.expected),
        }
      })
  },
}

const common = (room: Room, from: number, until: number) => ({
  kind: 'undisclosed-boost' as const,
  broadcast: room.broadcast,
  subject: room.broadcast,
  evidence: displayIds(room, from, until),
  from,
  until,
  suspicions: [],
})

const displayIds = (room: Room, from: number, until: number): string[] => {
  const ids: string[] = []
  const { at } = room.displays.columns
  for (let row = 0; row < room.displays.length && ids.length < 20; row += 1)
    if (at[row]! >= from - STEP_MS && at[row]! <= until) ids.push(room.displays.ids.nameOf(row))
  return ids
}

/** The most frequent way in, as a word. */
const entryTerm = (burst: Burst) => {
  const [top] = Object.entries(burst.entries).sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))
  return say(`entry.${top?.[0] ?? 'unstated'}` as 'entry.push')
}

/** From display events alone: the shown number of people present steps up within a minute. */
const displayedSteps = (room: Room): Signal[] => {
  const { at, concurrent } = room.displays.columns
  const rows = Array.from({ length: room.displays.length }, (_, row) => row)
    .filter((row) => !Number.isNaN(concurrent[row]!))
    .sort((x, y) => at[x]! - at[y]! || concurrent[x]! - concurrent[y]!)
  const found: Signal[] = []
  let low = 0
  let quietUntil = Number.NEGATIVE_INFINITY
  for (let high = 1; high < rows.length; high += 1) {
    while (at[rows[high]!]! - at[rows[low]!]! > STEP_MS) low += 1
    const from = rows
      .slice(low, high)
      .reduce((best, row) => (concurrent[row]! < concurrent[best]! ? row : best), rows[low]!)
    const [before, after] = [concurrent[from]!, concurrent[rows[high]!]!]
    const [start, end] = [at[from]!, at[rows[high]!]!]
    if (from === rows[high] || start < quietUntil) continue
    if (after - before < LEAST_STEP || after < LEAST_STEP_RATIO * before || before < LEAST_STEP)
      continue
    const boost = room.boosts.find(
      (b) => end >= b.from - STEP_MS && start <= b.until + STEP_MS * 10,
    )
    quietUntil = end + STEP_MS * 5
    if (boost !== undefined) continue
    const bans = Math.min(0.9, 0.3 + surpriseBans(after, before) / 1000)
    const perSecond = (after - before) / Math.max(1, (end - start) / 1000)
    found.push({
      ...common(room, start, end),
      hypotheses: [
        { name: 'bought-traffic', weightBans: bans },
        { name: 'unrecorded-push', weightBans: 0 },
      ],
      summary: say('undisclosed-boost.displayed', { before, after, duration: { ms: end - start } }),
      reasons: [
        {
          family: 'public',
          text: say('step.observed', {
            jump: after - before,
            before,
            after,
            perSecond: Math.round(perSecond),
          }),
          observed: after - before,
          expected: { 'recorded-boost': 'a boost on record', 'unrecorded-push': after - before },
          weightBans: bans,
        },
      ],
      undetermined: true,
    })
  }
  return found
}
