/**
 * Bought viewers (obligations D1, S1-15 … S1-19): regularities pick out cohorts of views, a trial
 * asks of each who its members are, and a mixture says which views are responsible. A cohort that
 * acts, buys and is as old as everybody else is an audience, however regular it looks.
 */
import { say } from '../../language/say.ts'
import type { Family } from '../../vocabulary/finding.ts'
import { batches } from './batches.ts'
import { blocks } from './blocks.ts'
import { bursts } from './bursts.ts'
import { clockwork } from './clockwork.ts'
import { LEAST_VIEWS, type Cohort } from './cohort.ts'
import { faded } from './faded.ts'
import { responsibilities, seedOf, SURE } from './mixture.ts'
import { profileOf, type Profile } from './profile.ts'
import { crowdedSubnets, serverTraffic, sharedDevices } from './shared.ts'
import { spikes } from './spikes.ts'
import { stayers } from './stayers.ts'
import { tryCohort, type Trial } from './trial.ts'
import { periodOf } from '../shared/period.ts'
import type { Detector, Signal } from '../detector.ts'
import type { Room } from '../room.ts'

/** A cohort is taken further from "moderate" upwards. */
const CONVICTION_BANS = 1
/** Weight of silence at or below which the members act much as others do. */
const ACTING_BANS = -0.4
/** Views below this probability are not listed. */
const LEAST_PROBABILITY = 0.05
/** Of the surest views so many are named. */
const MAX_EVIDENCE = 20

export const boughtViewers: Detector = {
  name: 'bought-viewers',
  hypotheses: [
    'bought-traffic',
    'ordinary-audience',
    'unrecorded-push',
    'client-timer',
    'shared-network',
  ],
  source: 'Shah, FLOCK, WWW 2017; MRC Invalid Traffic standard 2020; M21-18(4)',
  weigh: (room) => {
    const profile = profileOf(room)
    if (profile.rows.length < LEAST_VIEWS * 2) return []
    const guilty = cohortsOf(profile, room).filter((cohort) =>
      isGuilty(cohort, trialOf(profile, room, cohort)),
    )
    if (guilty.length === 0) return []
    const { probability, families } = responsibilities(profile, room, guilty)
    const trial = tryCohort(profile, room, probability, strongest(guilty))
    if (!convicts(trial)) return []
    return [signalOf(room, profile, guilty, trial, probability, families)]
  },
}

export const cohortsOf = (profile: Profile, room: Room): Cohort[] => [
  ...spikes(profile),
  ...faded(profile, room),
  ...blocks(profile),
  ...clockwork(profile, room),
  ...stayers(profile),
  ...batches(profile),
  ...sharedDevices(profile, room),
  ...serverTraffic(profile, room),
  ...crowdedSubnets(profile, room),
  ...bursts(profile, room).filter((burst) => burst.boost === undefined),
]

export const trialOf = (profile: Profile, room: Room, cohort: Cohort): Trial =>
  tryCohort(profile, room, seedOf(profile, [cohort]), [cohort])

const isGuilty = (cohort: Cohort, trial: Trial): boolean => {
  if (!convicts(trial)) return false
  if (cohort.needs === 'nothing' || speaking(trial, 0.5) >= 2) return true
  return cohort.needs === 'silence' && trial.silenceBans >= 0.5
}

/** People who act as people do are let go, unless two families speak loudly all the same. */
const convicts = (trial: Trial): boolean =>
  trial.totalBans >= CONVICTION_BANS && (trial.silenceBans > ACTING_BANS || speaking(trial, 1) >= 2)

const speaking = (trial: Trial, atLeast: number): number =>
  [...trial.byFamily.values()].filter((bans) => bans >= atLeast).length

/** One cohort of each name, the weightiest: four templates of stay are one observation. */
const strongest = (cohorts: readonly Cohort[]): Cohort[] => {
  const best = new Map<string, Cohort>()
  for (const cohort of cohorts)
    if (!((best.get(cohort.name)?.bans ?? -1) >= cohort.bans)) best.set(cohort.name, cohort)
  return [...best.values()]
}

const signalOf = (
  room: Room,
  profile: Profile,
  guilty: readonly Cohort[],
  trial: Trial,
  probability: Float64Array,
  families: readonly Family[],
): Signal => {
  const rows = profile.rows.filter((row) => probability[row]! >= LEAST_PROBABILITY)
  const likely = profile.rows.filter((row) => probability[row]! >= 0.5)
  const sure = likely.filter((row) => probability[row]! >= SURE)
  const [telling = profile.rows] = [sure, likely, rows].filter(({ length }) => length > 0)
  const period = periodOf(
    Float64Array.from(telling, (row) => profile.startAt[row]!),
    Float64Array.from(telling, (row) => profile.endAt[row]!),
  )
  const nameOf = (row: number) => room.views.ids.nameOf(row)
  // Who came before the crowd or after it is no example of it.
  const surest = [...likely]
    .filter((row) => isWithin(period, profile.startAt[row]!))
    .sort(
      (x, y) =>
        probability[y]! - probability[x]! ||
        profile.startAt[x]! - profile.startAt[y]! ||
        // No two are of one name: the order of reading decides nothing.
        (nameOf(x) < nameOf(y) ? -1 : 1),
    )
  return {
    kind: 'bought-viewers',
    broadcast: room.broadcast,
    subject: room.broadcast,
    hypotheses: [
      { name: 'bought-traffic', weightBans: trial.totalBans },
      { name: 'ordinary-audience', weightBans: 0 },
      ...[...new Set(guilty.map((cohort) => cohort.rival))]
        .filter((rival) => rival !== 'ordinary-audience')
        .map((name) => ({ name, weightBans: 0 })),
    ],
    summary: say('bought-viewers.summary', {
      count: likely.length,
      views: profile.rows.length,
      share: { percent: likely.length / profile.rows.length },
    }),
    reasons: trial.reasons,
    evidence: surest.slice(0, MAX_EVIDENCE).map(nameOf),
    ...period,
    suspicions: [
      {
        kind: 'view',
        broadcast: room.broadcast,
        families,
        rows,
        probabilities: Float64Array.from(rows, (row) => probability[row]!),
      },
    ],
  }
}

const isWithin = (period: { readonly from: number; readonly until: number }, at: number): boolean =>
  at >= period.from && at <= period.until
