/**
 * Steps in the audience that nothing on record explains (obligations D1; S1-15 against S1-16). A
 * step alone cannot tell a bought crowd from a home-page push that nobody wrote down: unless a
 * second family speaks, the answer is *undetermined*, and a person may ask for the push log.
 */
import { say } from '../../language/say.ts'
import { surpriseBans } from '../../sketches/poisson.ts'
import { bursts, type Burst } from './bursts.ts'
import { profileOf } from './profile.ts'
import { trialOf } from './bought-viewers.ts'
import type { Detector, Signal } from '../detector.ts'
import type { Room } from '../room.ts'

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
  const points = Array.from({ length: room.displays.length }, (_, row) => row)
    .filter((row) => !Number.isNaN(concurrent[row]!))
    .map((row) => ({ at: at[row]!, shown: concurrent[row]! }))
    .sort((x, y) => x.at - y.at || x.shown - y.shown)
  const found: Signal[] = []
  let quietUntil = Number.NEGATIVE_INFINITY
  let low = 0
  for (const [high, point] of points.entries()) {
    while (point.at - points[low]!.at > STEP_MS) low += 1
    const before = points
      .slice(low, high)
      .reduce((least, p) => (p.shown <= least.shown ? p : least), point)
    if (before.at < quietUntil || !isStep(before.shown, point.shown)) continue
    // The whole of the step: its highest point within the minute.
    const after = points
      .slice(high)
      .filter((p) => p.at - before.at <= STEP_MS)
      .reduce((most, p) => (p.shown > most.shown ? p : most), point)
    quietUntil = after.at + STEP_MS * 5
    if (
      !room.boosts.some((b) => after.at >= b.from - STEP_MS && before.at <= b.until + STEP_MS * 10)
    )
      found.push(displayedStep(room, before, after))
  }
  return found
}

type Point = { readonly at: number; readonly shown: number }

const isStep = (before: number, after: number) =>
  before >= LEAST_STEP && after - before >= LEAST_STEP && after >= LEAST_STEP_RATIO * before

const displayedStep = (room: Room, before: Point, after: Point): Signal => {
  const jump = after.shown - before.shown
  const duration = after.at - before.at
  const bans = Math.min(0.9, 0.3 + surpriseBans(after.shown, before.shown) / 1000)
  return {
    ...common(room, before.at, after.at),
    hypotheses: [
      { name: 'bought-traffic', weightBans: bans },
      { name: 'unrecorded-push', weightBans: 0 },
    ],
    summary: say('undisclosed-boost.displayed', {
      before: before.shown,
      after: after.shown,
      duration: { ms: duration },
    }),
    reasons: [
      {
        family: 'public',
        text: say('step.observed', {
          jump,
          before: before.shown,
          after: after.shown,
          perSecond: Math.round(jump / Math.max(1, duration / 1000)),
        }),
        observed: jump,
        expected: { 'ordinary-audience': 0, 'unrecorded-push': jump },
        weightBans: bans,
      },
    ],
    undetermined: true,
    doubtful: jump,
  }
}
