/**
 * Arrivals that step up faster than a feed carries people (obligations D1; S1-15: 4,000 to 10,000
 * within a minute). What explains a step is looked for first: the opening of the broadcast, a
 * recorded boost, people coming back after the network failed (S1-16).
 */
import { surpriseBans } from '../../sketches/poisson.ts'
import { ENTRIES } from '../../vocabulary/index.ts'
import { say } from '../../language/say.ts'
import type { Boost, Room } from '../room.ts'
import { LEAST_VIEWS, type Cohort } from './cohort.ts'
import type { Profile } from './profile.ts'

const BIN_MS = 15_000
/** Bins on each side from which the usual rate is taken: ten minutes. */
const REACH = 40
const LEAST_RATIO = 2.5
const LEAST_SURPRISE_BANS = 8
/** A broadcast fills up when it opens; a boost is felt from its start to some time after its end. */
const OPENING_MS = 180_000
const BOOST_LEAD_MS = 60_000
const BOOST_TAIL_MS = 600_000

export type Burst = Cohort & {
  readonly boost: Boost | undefined
  readonly entries: Readonly<Record<string, number>>
}

export const bursts = (profile: Profile, room: Room): Burst[] => {
  const count = Math.ceil((profile.until - profile.from) / BIN_MS) + 2
  if (profile.rows.length < LEAST_VIEWS * 2 || count < 12) return []
  const bins = new Float64Array(count)
  const binOf = (row: number) =>
    Math.min(count - 1, Math.max(0, Math.floor((profile.startAt[row]! - profile.from) / BIN_MS)))
  // Only first visits: a crowd that was thrown out and returns is no new crowd.
  const fresh = profile.rows.filter((row) => profile.first[row] === 1)
  for (const row of fresh) bins[binOf(row)]! += 1

  const usual = usualRate(bins)
  const least = Math.max(LEAST_VIEWS, fresh.length * 0.01)
  const found: Burst[] = []
  for (let at = Math.ceil(OPENING_MS / BIN_MS); at < count; at += 1) {
    if (!isHot(bins[at]!, usual[at]!)) continue
    let until = at
    while (until + 1 < count && bins[until + 1]! > 1.6 * usual[until + 1]! + 3) until += 1
    let observed = 0
    let expected = 0
    for (let i = at; i <= until; i += 1) {
      observed += bins[i]!
      expected += usual[i]!
    }
    const [first, last] = [at, until]
    at = until
    if (observed - expected < least) continue
    const rows = fresh.filter((row) => binOf(row) >= first && binOf(row) <= last)
    const from = profile.from + first * BIN_MS
    const end = profile.from + (last + 1) * BIN_MS
    found.push({
      name: 'burst',
      family: 'behaviour',
      rows,
      observed,
      expected,
      bans: 0.4,
      needs: 'second-family',
      rival: 'unrecorded-push',
      text: say('burst.observed', {
        count: observed,
        duration: { ms: end - from },
        expected: Math.round(expected),
      }),
      from,
      until: end,
      boost: explaining(room.boosts, from, end, observed - expected),
      entries: entriesOf(rows, room),
    })
  }
  return found
}

const isHot = (count: number, usual: number) =>
  count >= LEAST_RATIO * usual + 8 && surpriseBans(count, usual + 1) >= LEAST_SURPRISE_BANS

/** The usual rate about each bin: the median of the ten minutes around it, itself left out. */
const usualRate = (bins: Float64Array): Float64Array => {
  const usual = new Float64Array(bins.length)
  for (let i = 0; i < bins.length; i += 1) {
    const around: number[] = []
    for (let k = Math.max(0, i - REACH); k <= Math.min(bins.length - 1, i + REACH); k += 1)
      if (Math.abs(k - i) > 1) around.push(bins[k]!)
    around.sort((x, y) => x - y)
    usual[i] = around[around.length >> 1] ?? 0
  }
  return usual
}

/** A recorded boost that covers the burst; one that expected far fewer views explains only those. */
const explaining = (boosts: readonly Boost[], from: number, until: number, excess: number) =>
  boosts.find(
    (boost) =>
      from >= boost.from - BOOST_LEAD_MS &&
      from <= boost.until + BOOST_TAIL_MS &&
      until >= boost.from &&
      !(boost.expectedViews * 3 < excess),
  )

const entriesOf = (rows: Uint32Array, room: Room): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const row of rows) {
    const name = ENTRIES[room.views.columns.entry[row]! - 1] ?? 'unstated'
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}
