/**
 * From where a broadcast was seen (DESIGN: three vantage points, one engine). Full telemetry shows
 * views with their heartbeats or goodbyes; an outsider's capture shows the page, some arrivals and
 * what people said; a merchant shows orders only.
 */
import type { Room } from '../detectors/room.ts'
import type { Vantage } from './report.ts'

/** Share of views with a known start and a sign of life after it that makes telemetry of it. */
const TRACKED_SHARE = 0.3

export const vantageOf = (room: Room): Vantage => {
  const { views, displays, comments, likes } = room
  if (views.joined > 0) {
    const { startAt, leftAt, beats } = views.columns
    let tracked = 0
    for (let row = 0; row < views.length; row += 1)
      if (!Number.isNaN(startAt[row]!) && (beats[row]! > 0 || !Number.isNaN(leftAt[row]!)))
        tracked += 1
    if (tracked >= views.joined * TRACKED_SHARE) return 'telemetry'
  }
  return views.length + displays.length + comments.length + likes.length > 0 ? 'capture' : 'orders'
}
