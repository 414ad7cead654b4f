/**
 * Paid crowds (obligations D6; S3-5, S3-11): the same real accounts enter many rooms within the
 * same minutes and leave after the same few minutes. Found as lockstep in time across broadcasts —
 * CopyCatch (Beutel et al., WWW 2013) and SynchroTrap (Cao et al., CCS 2014): each account is the
 * set of (broadcast, minute) it entered at; sets that are too alike are joined by min-hashing
 * (Broder 1997). A fan club comes together too, but to one host, and it stays and acts.
 */
import { say } from '../../language/say.ts'
import type { Reason } from '../../vocabulary/finding.ts'
import { medianOf } from './profile.ts'
import { clustersOf, visitorsOf, type Visit, type Visitor } from './lockstep.ts'
import type { CrossDetector, Signal, Suspicion } from '../detector.ts'
import type { Evidence, Room } from '../room.ts'
import { periodOf } from '../shared/period.ts'

/** A crowd worth the name, and the fewest broadcasts that make a habit. */
const LEAST_MEMBERS = 10
const LEAST_BROADCASTS = 3
const CONVICTION_BANS = 1

export const paidCrowd: CrossDetector = {
  name: 'paid-crowd',
  hypotheses: ['paid-crowd', 'fan-club', 'ordinary-audience'],
  source: 'Cao et al., SynchroTrap, CCS 2014; Beutel et al., CopyCatch, WWW 2013; M26-44',
  weigh: (evidence) => {
    if (evidence.rooms.size < LEAST_BROADCASTS) return []
    const visitors = visitorsOf(evidence, LEAST_BROADCASTS)
    return clustersOf(visitors)
      .filter((members) => members.length >= LEAST_MEMBERS)
      .map((members) => signalOf(evidence, members))
      .filter((signal) => signal !== undefined)
  },
}

/** Visits of the crowd that were in step: its minute in each broadcast where half of it came. */
const inStep = (members: readonly Visitor[]): Visit[] => {
  const byRoom = new Map<Room, Visit[]>()
  for (const member of members)
    for (const visit of member.visits) {
      const list = byRoom.get(visit.room)
      if (list === undefined) byRoom.set(visit.room, [visit])
      else list.push(visit)
    }
  const kept: Visit[] = []
  for (const visits of byRoom.values()) {
    if (visits.length < Math.max(5, members.length * 0.3)) continue
    const middle = medianOf(Float64Array.from(visits, (visit) => visit.at))
    const near = visits.filter((visit) => Math.abs(visit.at - middle) <= 300_000)
    if (near.length >= visits.length * 0.6) kept.push(...near)
  }
  return kept
}

const signalOf = (evidence: Evidence, members: readonly Visitor[]): Signal | undefined => {
  const visits = inStep(members)
  const rooms = [...new Set(visits.map((visit) => visit.room))]
  if (rooms.length < LEAST_BROADCASTS) return undefined
  const operators = new Set(rooms.map((room) => room.operator || room.room || room.broadcast)).size
  const reasons = [hosts(members, rooms, operators), stays(visits), engagement(visits)].filter(
    (r) => r !== undefined,
  )
  const totalBans = reasons.reduce((sum, reason) => sum + reason.weightBans, 0)
  const guilty = totalBans >= CONVICTION_BANS && operators >= LEAST_BROADCASTS
  return {
    kind: 'paid-crowd',
    subject: `${members.length} accounts`,
    hypotheses: [
      { name: 'paid-crowd', weightBans: totalBans },
      {
        name: 'fan-club',
        weightBans: operators < LEAST_BROADCASTS ? Math.max(1, totalBans + 1) : 0,
      },
      { name: 'ordinary-audience', weightBans: 0 },
    ],
    summary: say('paid-crowd.summary', {
      members: members.length,
      broadcasts: rooms.length,
      operators,
      stay: { ms: 1000 * medianOf(Float64Array.from(visits, (visit) => visit.staySeconds)) },
    }),
    reasons,
    evidence: [],
    ...wholePeriod(rooms.map((room) => visits.filter((visit) => visit.room === room))),
    suspicions: guilty ? suspicionsOf(evidence, visits) : [],
  }
}

/** From the first broadcast that they entered until they left the last. */
const wholePeriod = (byRoom: readonly (readonly Visit[])[]): { from: number; until: number } => {
  const periods = byRoom.map((visits) =>
    periodOf(
      Float64Array.from(visits, ({ at }) => at),
      Float64Array.from(visits, ({ at, staySeconds }) => at + Math.max(0, 1000 * staySeconds)),
    ),
  )
  return {
    from: Math.min(...periods.map(({ from }) => from)),
    until: Math.max(...periods.map(({ until }) => until)),
  }
}

/** Coming together again and again: to one host's room as fans do, or to anybody's who pays. */
const hosts = (members: readonly Visitor[], rooms: readonly Room[], operators: number): Reason => ({
  family: 'network',
  text: say('crowd.together', { members: members.length, broadcasts: rooms.length, operators }),
  observed: operators,
  expected: { 'paid-crowd': rooms.length, 'fan-club': 1 },
  weightBans: operators < LEAST_BROADCASTS ? -1 : Math.min(2, 0.5 + 0.3 * operators),
})

/** The spread of their stays against the rooms' own: interquartile range over the median. */
const stays = (visits: readonly Visit[]): Reason | undefined => {
  const theirs = spread(visits.map((visit) => visit.staySeconds))
  const rooms = [...new Set(visits.map((visit) => visit.room))]
  const usual = medianOf(Float64Array.from(rooms, (room) => roomSpread(room)))
  if (Number.isNaN(theirs) || Number.isNaN(usual)) return undefined
  const ratio = theirs / Math.max(0.05, usual)
  const bans = ratio < 0.15 ? 1.5 : ratio < 0.3 ? 1 : ratio < 0.5 ? 0.4 : ratio < 0.8 ? 0 : -1
  return {
    family: 'behaviour',
    text: say('crowd.stays', { spread: { percent: theirs }, usual: { percent: usual } }),
    observed: Math.round(theirs * 100) / 100,
    expected: { 'paid-crowd': 0.2, 'fan-club': Math.round(usual * 100) / 100 },
    weightBans: bans,
  }
}

const spread = (values: readonly number[]): number => {
  if (values.length < 8) return Number.NaN
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!
  return (at(0.75) - at(0.25)) / Math.max(1, at(0.5))
}

const roomSpread = (room: Room): number => {
  const { startAt, leftAt, lastAt } = room.views.columns
  const values: number[] = []
  for (let row = 0; row < room.views.length; row += 1) {
    const end = Number.isNaN(leftAt[row]!) ? lastAt[row]! : leftAt[row]!
    if (!Number.isNaN(startAt[row]!)) values.push((end - startAt[row]!) / 1000)
  }
  return spread(values)
}

/** Whether they buy, as a share of those visits that led to an order, against the rooms' share. */
const engagement = (visits: readonly Visit[]): Reason | undefined => {
  let [bought, expected] = [0, 0]
  for (const room of new Set(visits.map((visit) => visit.room))) {
    const { orders } = room.accounts.columns
    let buyers = 0
    for (let row = 0; row < room.accounts.length; row += 1) if (orders[row]! > 0) buyers += 1
    const mine = visits.filter((visit) => visit.room === room)
    expected += (mine.length * buyers) / Math.max(1, room.accounts.length)
    for (const visit of mine) if (orders[visit.accountRow]! > 0) bought += 1
  }
  if (expected < 3) return undefined
  const ratio = (bought + 0.5) / (expected + 0.5)
  return {
    family: 'transaction',
    text: say('crowd.purchases', { bought, expected: Math.round(expected) }),
    observed: bought,
    expected: { 'paid-crowd': 0, 'fan-club': Math.round(expected) },
    weightBans: ratio < 0.15 ? 0.7 : ratio < 0.4 ? 0.3 : ratio < 0.8 ? 0 : -0.8,
  }
}

const suspicionsOf = (evidence: Evidence, visits: readonly Visit[]): Suspicion[] => {
  const found: Suspicion[] = []
  for (const room of evidence.rooms.values()) {
    const mine = visits.filter((visit) => visit.room === room).sort((x, y) => x.viewRow - y.viewRow)
    if (mine.length === 0) continue
    const families = ['network', 'behaviour'] as const
    const probabilities = new Float64Array(mine.length).fill(0.93)
    found.push(
      {
        kind: 'account',
        broadcast: room.broadcast,
        families,
        rows: Uint32Array.from(mine, (v) => v.accountRow),
        probabilities,
      },
      {
        kind: 'view',
        broadcast: room.broadcast,
        families,
        rows: Uint32Array.from(mine, (v) => v.viewRow),
        probabilities,
      },
    )
  }
  return found
}
