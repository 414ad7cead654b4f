/**
 * Views that came together and stayed alike: FLOCK (Shah, "FLOCK: Combating Astroturfing on
 * Livestreaming Platforms", WWW 2017) takes a broadcast's views as a distribution over start and
 * stay and asks which cells hold more than normal. Normal is here the room's own other minutes:
 * the stay of people who came at another time, given that the broadcast still lasted so long.
 */
import { surpriseBans } from '../../sketches/poisson.ts'
import { say } from '../../language/say.ts'
import { LEAST_VIEWS, ratioBans, spanOf, type Cohort } from './cohort.ts'
import type { Profile } from './profile.ts'

const START_BIN_MS = 60_000
/** Stays are binned by a ratio of 1.25: people who "stay about ten minutes" share a bin. */
const STAY_RATIO = Math.log(1.25)
const LEAST_RATIO = 3
const LEAST_SURPRISE_BANS = 10
const TO_END = 64

export const blocks = (profile: Profile): Cohort[] => {
  if (profile.rows.length < LEAST_VIEWS * 3) return []
  const starts = Math.max(1, Math.ceil((profile.until - profile.from) / START_BIN_MS) + 2)
  const grid = new Float64Array(starts * (TO_END + 1))
  const arrivals = new Float64Array(starts)
  for (const row of profile.rows) {
    const s = startBin(profile, row, starts)
    grid[s * (TO_END + 1) + stayBin(profile, row)]! += 1
    arrivals[s]! += 1
  }
  const hot = hotCells(grid, arrivals, starts)
  if (hot.size === 0) return []
  const kinds = [
    profile.rows.filter((row) => profile.toEnd[row] === 0 && hot.has(key(profile, row, starts))),
    profile.rows.filter((row) => profile.toEnd[row] === 1 && hot.has(key(profile, row, starts))),
  ]
  return kinds
    .filter((rows) => rows.length >= LEAST_VIEWS)
    .map((rows): Cohort => {
      const cells = new Set(Array.from(rows, (row) => key(profile, row, starts)))
      const expected = [...cells].reduce((sum, cell) => sum + hot.get(cell)!, 0)
      const persist = profile.toEnd[rows[0]!] === 1
      return {
        name: 'block',
        family: 'behaviour',
        rows,
        observed: rows.length,
        expected,
        bans: ratioBans(rows.length, expected, 0.6, 1.5),
        needs: expected * 8 > rows.length ? 'second-family' : 'silence',
        rival: 'unrecorded-push',
        text: say(persist ? 'block.persisted' : 'block.observed', {
          count: rows.length,
          expected: Math.round(expected * 10) / 10,
          minutes: new Set(Array.from(rows, (row) => startBin(profile, row, starts))).size,
        }),
        ...spanOf(rows, profile.startAt),
      }
    })
}

const startBin = (profile: Profile, row: number, starts: number) =>
  Math.min(
    starts - 1,
    Math.max(0, Math.floor((profile.startAt[row]! - profile.from) / START_BIN_MS)),
  )

const stayBin = (profile: Profile, row: number) =>
  profile.toEnd[row] === 1
    ? TO_END
    : Math.min(TO_END - 1, Math.floor(Math.log(Math.max(1, profile.stay[row]!)) / STAY_RATIO))

const key = (profile: Profile, row: number, starts: number) =>
  startBin(profile, row, starts) * (TO_END + 1) + stayBin(profile, row)

/** Cells with too many views, and what they should have held. */
const hotCells = (
  grid: Float64Array,
  arrivals: Float64Array,
  starts: number,
): Map<number, number> => {
  const hot = new Map<number, number>()
  for (let s = 0; s < starts; s += 1) {
    if (arrivals[s]! < LEAST_VIEWS) continue
    for (let d = 0; d <= TO_END; d += 1) {
      const observed = grid[s * (TO_END + 1) + d]!
      if (observed < LEAST_VIEWS / 2) continue
      const share = usualShare(grid, arrivals, starts, s, d)
      if (share === undefined) continue
      const expected = arrivals[s]! * share
      if (
        observed >= LEAST_RATIO * expected &&
        surpriseBans(observed, expected) >= LEAST_SURPRISE_BANS
      )
        hot.set(s * (TO_END + 1) + d, expected)
    }
  }
  return hot
}

/**
 * The share of arrivals of other times that fell into a cell of stay: the median over groups of
 * minutes, so that a second wave of the same kind does not make the first look usual. Compared are
 * arrivals that had as much broadcast left; for "to the end", about as much.
 */
const usualShare = (
  grid: Float64Array,
  arrivals: Float64Array,
  starts: number,
  start: number,
  stay: number,
): number | undefined => {
  const minutes = Math.exp((stay + 1) * STAY_RATIO) / 60
  const remaining = starts - start
  const width = Math.max(1, Math.ceil(starts / 24))
  const shares: number[] = []
  let [came, alike] = [0, 0]
  for (let other = 0; other < starts; other += 1) {
    const left = starts - other
    const comparable =
      Math.abs(other - start) > 1 &&
      (stay === TO_END
        ? Math.abs(left - remaining) <= Math.max(10, remaining * 0.25)
        : left - 2 > minutes)
    if (comparable) {
      came += arrivals[other]!
      alike += grid[other * (TO_END + 1) + stay]!
    }
    if ((other + 1) % width !== 0 && other + 1 < starts) continue
    if (came >= LEAST_VIEWS / 2) {
      shares.push((alike + 0.5) / (came + 5))
      ;[came, alike] = [0, 0]
    }
  }
  if (shares.length < 3) return undefined
  return shares.sort((x, y) => x - y)[shares.length >> 1]
}
