/**
 * What the page showed against what happened (scenarios S1-5, S2-8, S3-6, S3-12; obligations §8, D2).
 *
 * Two grounds. Where the telemetry is complete, the displayed total may not exceed the visits that
 * it contains: visits, not people, because a page may count re-entries, and with what was disclosed
 * as a boost on top. Where there is only the page, its own figures bound each other: by Little's law
 * (Little 1961) a total of millions beside a small crowd means that each stayed a few seconds.
 */
import { say } from '../../language/say.ts'
import type { Reason } from '../../vocabulary/finding.ts'
import type { Detector, Signal } from '../detector.ts'
import { byDisplayAlone, stayBound } from './alone.ts'
import { byOrders } from './orders.ts'
import { impliedStay, rounding, shown } from './series.ts'
import { isMasked } from '../shared/masked-ids.ts'
import type { Room } from '../room.ts'

/** Model error: one family of evidence is never worth more than a thousand to one. */
const MAX_FAMILY_BANS = 3
/** Reasons of a family after the strongest rest on the same display and the same telemetry. */
const FURTHER_REASONS = 0.2
/**
 * Share of joins that telemetry loses, as Beta(1, b): a mean of 2 % where the producer's own totals
 * agree with what was received, of 10 % where the broadcast is only seen from start to end.
 * P(loss ≥ what the display needs) = (observed / displayed)^b.
 */
const LOSS_PROVED = 49
const LOSS_PLAUSIBLE = 9
/** Totals of the producer count as agreeing within this. */
const COUNTS_AGREE = 0.995
/** Joins from the first tenth of the broadcast on: the telemetry was there when it began. */
const HEAD_SHARE = 0.1
const ENOUGH_VIEWERS = 100
const MAX_EVIDENCE = 20

export const inflatedDisplay: Detector = {
  name: 'inflated-display',
  hypotheses: ['inflated-counter', 'partial-telemetry'],
  source: 'obligations §8 D2; Little 1961',
  weigh: (room, evidence) => {
    if (room.displays.length === 0) return []
    const loss = lossOf(room)
    const reasons = spread([
      ...byDisplayAlone(room),
      ...(loss === undefined ? [] : [...byViews(room, loss), ...byTaps(room, loss)]),
      ...byOrders(room, evidence),
    ])
    if (reasons.length > 0) return [signal(room, reasons, false)]
    return loss === undefined && shown(room, 'viewers').length > 0 ? [signal(room, [], true)] : []
  },
}

/** A page lags: people still come after its last update. */
const LAG_SHARE = 0.01

/**
 * Bounds of distinct genuine viewers from what an outsider sees: `low`, accounts seen acting; `high`,
 * the displayed total or what Little's law leaves of it at the shortest plausible mean stay.
 * undefined where no total was shown.
 */
export const viewersBound = (room: Room): { low: number; high: number } | undefined => {
  const viewers = shown(room, 'viewers')
  if (viewers.length === 0) return undefined
  const top = viewers.reduce((most, point) => Math.max(most, point.value), 0)
  const stay = impliedStay(room)
  const little = stay === undefined ? Number.POSITIVE_INFINITY : stayBound(stay)
  const low = isMasked(room) ? 0 : actors(room)
  const shownMost = Math.ceil(top * (1 + LAG_SHARE)) + rounding(top)
  return { low, high: Math.max(low, Math.min(shownMost, little)) }
}

const actors = (room: Room): number => {
  const a = room.accounts.columns
  let count = 0
  for (let i = 0; i < room.accounts.length; i += 1)
    if (a.taps[i]! + a.comments[i]! + a.clicks[i]! + a.social[i]! + a.orders[i]! > 0) count += 1
  return count
}

/** Exponent of the loss model; undefined where the telemetry is an outsider's or began late. */
const lossOf = (room: Room): number | undefined => {
  if (room.views.joined === 0 || Number.isNaN(room.startedAt) || isMasked(room)) return undefined
  const stated = room.counts?.['live.viewer.joined']
  const received = room.seen.get('live.viewer.joined') ?? 0
  if (stated !== undefined) return received >= stated * COUNTS_AGREE ? LOSS_PROVED : undefined
  const { startAt, lastAt } = room.views.columns
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (let i = 0; i < room.views.length; i += 1) {
    if (Number.isNaN(startAt[i]!)) continue
    first = Math.min(first, startAt[i]!)
    last = Math.max(last, lastAt[i]!)
  }
  const length = room.lastAt - room.startedAt
  const isWhole =
    first - room.startedAt <= HEAD_SHARE * length && room.lastAt - last <= HEAD_SHARE * length
  return isWhole ? LOSS_PLAUSIBLE : undefined
}

/** Displayed total of viewers against visits and people in the telemetry. */
const byViews = (room: Room, loss: number): readonly Reason[] => {
  const shownTop = shown(room, 'viewers').reduce((most, point) => Math.max(most, point.value), 0)
  const displayed = shownTop - rounding(shownTop)
  const boosted = room.boosts.reduce(
    (sum, boost) => sum + (Number.isNaN(boost.expectedViews) ? 0 : boost.expectedViews),
    0,
  )
  const supported = room.views.joined + boosted
  const weightBans = shortfallBans(displayed, supported, loss)
  if (shownTop < ENOUGH_VIEWERS || weightBans < 0.3) return []
  const people = distinctViewers(room)
  return [
    {
      family: 'behaviour',
      text: say('display.viewers', {
        displayed: shownTop,
        visits: room.views.joined,
        people,
        boosted,
        share: ((100 * people) / shownTop).toFixed(3),
        ratio: shownTop / Math.max(1, people),
        fake: shownTop - people,
        fakeShort: { term: short(shownTop - people) },
      }),
      observed: shownTop,
      expected: { 'inflated-counter': `> ${supported}`, 'partial-telemetry': supported },
      weightBans,
    },
  ]
}

/** Displayed likes against taps in the telemetry, over the time that both were seen. */
const byTaps = (room: Room, loss: number): readonly Reason[] => {
  const likes = shown(room, 'likes')
  if (likes.length === 0 || room.likes.length === 0) return []
  const top = likes.reduce((most, point) => Math.max(most, point.value), 0)
  // A counter may carry over what an earlier broadcast of the room left on it.
  const carried = likes.length > 1 ? likes[0]!.value : 0
  const { count } = room.likes.columns
  let taps = 0
  for (let i = 0; i < room.likes.length; i += 1) taps += count[i]!
  const weightBans = shortfallBans(top - rounding(top) - carried, taps, loss)
  if (top < ENOUGH_VIEWERS || weightBans < 0.3) return []
  return [
    {
      family: 'behaviour',
      text: say('display.likes', { displayed: top, taps }),
      observed: top,
      expected: { 'inflated-counter': `> ${taps}`, 'partial-telemetry': taps },
      weightBans,
    },
  ]
}

/** −log10 P(the telemetry lost as much as the display needs). */
const shortfallBans = (displayed: number, supported: number, loss: number): number =>
  displayed <= supported
    ? 0
    : Math.min(MAX_FAMILY_BANS, loss * Math.log10(displayed / Math.max(1, supported)))

/** Accounts, and guests by device; a guest without a device counts for each visit. */
const distinctViewers = (room: Room): number => {
  const { account, device, startAt } = room.views.columns
  const accounts = new Uint8Array(room.accounts.length)
  const devices = new Uint8Array(room.views.devices.size + 1)
  let count = 0
  for (let i = 0; i < room.views.length; i += 1) {
    if (Number.isNaN(startAt[i]!)) continue
    if (account[i]! > 0) {
      count += 1 - accounts[account[i]! - 1]!
      accounts[account[i]! - 1] = 1
    } else if (device[i]! > 0) {
      count += 1 - devices[device[i]!]!
      devices[device[i]!] = 1
    } else count += 1
  }
  return count
}

/** Per family the strongest in full, the others for a fraction, never above the cap. */
const spread = (reasons: readonly Reason[]): readonly Reason[] => {
  const met = new Set<string>()
  const room = new Map<string, number>()
  return [...reasons]
    .sort((a, b) => b.weightBans - a.weightBans)
    .map((reason) => {
      const weight = met.has(reason.family)
        ? FURTHER_REASONS * reason.weightBans
        : reason.weightBans
      const left = room.get(reason.family) ?? MAX_FAMILY_BANS
      const weightBans = Math.min(weight, left)
      met.add(reason.family)
      room.set(reason.family, left - weightBans)
      return { ...reason, weightBans }
    })
}

const signal = (room: Room, reasons: readonly Reason[], insufficient: boolean): Signal => {
  const top = shown(room, 'viewers').reduce((most, point) => Math.max(most, point.value), 0)
  return {
    kind: 'inflated-display',
    broadcast: room.broadcast,
    subject: room.broadcast,
    hypotheses: [
      { name: 'inflated-counter', weightBans: reasons.reduce((s, r) => s + r.weightBans, 0) },
      { name: 'partial-telemetry', weightBans: 0 },
    ],
    summary: insufficient
      ? say('display.insufficient', { displayed: top })
      : say('display.summary', { reasons: reasons.length }),
    reasons,
    ...(insufficient ? { insufficient } : {}),
    evidence: sampleIds(room),
    from: room.firstAt,
    until: room.lastAt,
    suspicions: [],
  }
}

/** Display events spread over the broadcast, the last one first; ties by id, whatever the reading order. */
const sampleIds = ({ displays }: Room): string[] => {
  const { at } = displays.columns
  const all = Array.from({ length: displays.length }, (_, row) => ({
    at: at[row]!,
    id: displays.ids.nameOf(row),
  })).sort((x, y) => y.at - x.at || (x.id < y.id ? -1 : 1))
  const step = Math.max(1, Math.ceil(all.length / MAX_EVIDENCE))
  return all.filter((_, i) => i % step === 0).map(({ id }) => id)
}

/** Large numbers as people say them: 3.00 M, 300.0 万. */
const short = (value: number) => ({
  en: value >= 1e6 ? `${(value / 1e6).toFixed(2)} M` : `${(value / 1e3).toFixed(1)} k`,
  zh: `${(value / 1e4).toFixed(1)} 万`,
})
