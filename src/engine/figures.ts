/**
 * Each figure of a broadcast three ways (DESIGN "Judgement"): what the page showed, what the events
 * contain, and what is genuine, with its interval. What cannot be known is null, never zero.
 */
import { personOf } from '../detectors/audience/profile.ts'
import { viewersBound } from '../detectors/display/inflated-display.ts'
import type { Room } from '../detectors/room.ts'
import { GenuineCount } from '../judgement/interval.ts'
import type { RoomScores } from '../judgement/suspicions.ts'
import type { Figure, Interval } from '../vocabulary/finding.ts'
import type { Presence } from './presence.ts'
import type { Vantage } from './report.ts'

/** @param doubtful people of whom it could not be determined whether they are genuine */
export const viewersFigure = (
  room: Room,
  scores: RoomScores,
  vantage: Vantage,
  doubtful: number,
): Figure => {
  const displayed = highest(room, 'viewers')
  if (vantage !== 'telemetry') return captured(room, displayed)
  const count = new GenuineCount()
  for (const [, probability] of people(room, scores)) count.add(1, probability)
  return figure(displayed, count.observed, count.interval(doubtful))
}

/** Everyone who came, with the probability that none of their views is genuine. Hosts are staff. */
const people = (room: Room, scores: RoomScores): Map<number, number> => {
  const { startAt, account, device } = room.views.columns
  const staff = new Set(room.hosts.map((host) => room.accounts.ids.find(host.account)))
  const found = new Map<number, number>()
  for (let row = 0; row < room.views.length; row += 1) {
    if (Number.isNaN(startAt[row]!) || (account[row]! > 0 && staff.has(account[row]! - 1))) continue
    const person = personOf(account[row]!, device[row]!, row)
    const own = account[row]! > 0 ? scores.accounts.probability[account[row]! - 1]! : 0
    const p = Math.max(own, scores.views.probability[row]!)
    found.set(person, Math.min(found.get(person) ?? 1, p))
  }
  return found
}

/** From outside: bounds, and no point between them that the evidence would support. */
const captured = (room: Room, displayed: number | null): Figure => {
  const bound = viewersBound(room)
  const observed = room.accounts.length > 0 ? room.accounts.length : null
  if (bound === undefined) return figure(displayed, observed, null)
  return figure(displayed, observed, {
    estimate: null,
    low: Math.floor(bound.low),
    high: Math.ceil(bound.high),
  })
}

export const viewsFigure = (room: Room, scores: RoomScores): Figure => {
  const { startAt } = room.views.columns
  const count = new GenuineCount()
  for (let row = 0; row < room.views.length; row += 1)
    if (!Number.isNaN(startAt[row]!)) count.add(1, scores.views.probability[row]!)
  return room.views.joined === 0 ? unknown(null) : figure(null, count.observed, count.interval())
}

/** People present at the observed peak. */
export const concurrentFigure = (room: Room, presence: Presence, vantage: Vantage): Figure => {
  const displayed = highest(room, 'concurrent')
  if (vantage !== 'telemetry') return unknown(displayed)
  return figure(displayed, presence.peak.observed, presence.peak.genuine)
}

export const likesFigure = (room: Room, scores: RoomScores, vantage: Vantage): Figure => {
  const displayed = highest(room, 'likes')
  if (room.likes.length === 0) return unknown(displayed)
  const { count: taps } = room.likes.columns
  const total = new GenuineCount()
  for (let row = 0; row < room.likes.length; row += 1)
    total.add(taps[row]!, scores.likes.probability[row]!)
  const seen = total.interval()
  if (vantage === 'telemetry') return figure(displayed, total.observed, seen)
  // An outsider is told of some taps only: those seen are a lower bound, what was shown an upper.
  const high = Math.max(displayed ?? total.observed, seen.high)
  return figure(displayed, total.observed, { estimate: null, low: seen.low, high })
}

export const commentsFigure = (room: Room, scores: RoomScores): Figure => {
  const total = new GenuineCount()
  for (let row = 0; row < room.comments.length; row += 1)
    total.add(1, scores.comments.probability[row]!)
  return room.comments.length === 0 ? unknown(null) : figure(null, total.observed, total.interval())
}

export const unknown = (displayed: number | null): Figure => ({
  displayed,
  observed: null,
  genuine: null,
  water: null,
})

export const figure = (
  displayed: number | null,
  observed: number | null,
  genuine: Interval | null,
): Figure => ({
  displayed,
  observed,
  genuine,
  water: waterOf(displayed, genuine),
})

/** 1 − genuine / displayed, in ten-thousandths; from a bound where there is no point estimate. */
const waterOf = (displayed: number | null, genuine: Interval | null): number | null => {
  if (displayed === null || displayed <= 0 || genuine === null) return null
  const known = genuine.estimate ?? (genuine.high < displayed ? genuine.high : null)
  return known === null ? null : Math.max(0, Math.round((1 - known / displayed) * 10_000) / 10_000)
}

/** The largest value that the page showed of a figure; null when it never showed it. */
export const highest = (
  room: Room,
  name: 'concurrent' | 'viewers' | 'likes' | 'orders' | 'sales',
): number | null => {
  const column = room.displays.columns[name]
  let most = Number.NaN
  for (let row = 0; row < room.displays.length; row += 1)
    if (!(column[row]! <= most)) most = Number.isNaN(column[row]!) ? most : column[row]!
  return Number.isNaN(most) ? null : most
}
