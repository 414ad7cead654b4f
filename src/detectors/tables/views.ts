/**
 * Every view of one broadcast, a row each: the shared ground of the audience detectors. Folding is
 * independent of the order of events (minima, maxima, sums and counts only), so late events and
 * shuffled files give the same table.
 */
import { Interner } from '../../sketches/interner.ts'
import { Table } from '../../sketches/table.ts'
import { maxInto, minInto } from './fold.ts'

const SCHEMA = {
  /** Time of `joined`, ms; NaN while no join was seen (a capture that began later). */
  startAt: 'f64',
  /** Time of `left`, ms; NaN when the client never said goodbye. */
  leftAt: 'f64',
  /** Last sign of life of any kind, ms. */
  lastAt: 'f64',
  createdAt: 'f64',
  watchedSeconds: 'f64',
  /** Number of heartbeats, the largest and smallest `seconds` they carried, and how often the largest. */
  beats: 'u32',
  beatMax: 'f32',
  beatMin: 'f32',
  beatsAtMax: 'u32',
  /** Bounds of the heartbeats' offset within their second, ms: see `phaseSpread`. */
  phaseMin: 'f32',
  phaseMax: 'f32',
  /** The same half a second on, for a view whose heartbeats straddle the full second. */
  turnedMin: 'f32',
  turnedMax: 'f32',
  /** Heartbeats that said the page was hidden or the player paused. */
  idleBeats: 'u32',
  /** Row of the account + 1; 0 for a guest. */
  account: 'u32',
  /** Number of the device, address, /24 (or /48) and app version + 1 within this broadcast; 0 unknown. */
  device: 'u32',
  ip: 'u32',
  subnet: 'u32',
  network: 'u32',
  app: 'u32',
  /** 1 + index in the vocabulary's ENTRIES; 0 is "not stated". */
  entry: 'u8',
  /** Likes, comments, clicks, shares … sent with this view's id. */
  acts: 'u32',
} as const

/** Heartbeats of one view, summed up; fields as the columns of the table. `most` has the precision of f32. */
export type Beats = {
  count: number
  seconds: number
  most: number
  least: number
  /** How many carried `most`. */
  atMost: number
  phaseMin: number
  phaseMax: number
  turnedMin: number
  turnedMax: number
  idle: number
  lastAt: number
}

export class ViewTable extends Table<typeof SCHEMA> {
  readonly ids = new Interner({ named: true })
  readonly devices = new Interner({ named: false })
  readonly ips = new Interner({ named: false })
  readonly subnets = new Interner({ named: true })
  readonly networks = new Interner({ named: true })
  readonly apps = new Interner({ named: true })
  /** Number of rows that a `joined` event opened; the rest are known from later signs only. */
  joined = 0

  constructor() {
    super(SCHEMA)
  }

  /** The row of a view, added when it is new. */
  rowOf(view: string): number {
    const row = this.ids.intern(view)
    if (row === this.length) this.add()
    return row
  }

  sign(row: number, at: number): void {
    maxInto(this.columns.lastAt, row, at)
  }

  join(row: number, at: number): void {
    const { startAt } = this.columns
    if (Number.isNaN(startAt[row]!)) this.joined += 1
    minInto(startAt, row, at)
    this.sign(row, at)
  }

  leave(row: number, at: number): void {
    maxInto(this.columns.leftAt, row, at)
    this.sign(row, at)
  }

  /** One heartbeat; `idle` when the page was hidden or the player stood still. */
  watch(row: number, at: number, seconds: number, idle: boolean): void {
    const c = this.columns
    c.beats[row]! += 1
    c.watchedSeconds[row] = (c.beats[row] === 1 ? 0 : c.watchedSeconds[row]!) + seconds
    const most = Math.fround(seconds)
    const top = c.beatMax[row]!
    if (most === top) c.beatsAtMax[row]! += 1
    else if (!(most < top)) {
      c.beatMax[row] = most
      c.beatsAtMax[row] = 1
    }
    minInto(c.beatMin, row, seconds)
    const phase = at % 1000
    minInto(c.phaseMin, row, phase)
    maxInto(c.phaseMax, row, phase)
    const turned = (at + 500) % 1000
    minInto(c.turnedMin, row, turned)
    maxInto(c.turnedMax, row, turned)
    if (idle) c.idleBeats[row]! += 1
    this.sign(row, at)
  }

  /** Many heartbeats of one view at once: the same as `watch` for each of them, in any order. */
  mergeBeats(row: number, beats: Beats): void {
    if (beats.count === 0) return
    const c = this.columns
    c.watchedSeconds[row] = (c.beats[row] === 0 ? 0 : c.watchedSeconds[row]!) + beats.seconds
    c.beats[row]! += beats.count
    const most = Math.fround(beats.most)
    const top = c.beatMax[row]!
    if (most === top) c.beatsAtMax[row]! += beats.atMost
    else if (!(most < top)) {
      c.beatMax[row] = most
      c.beatsAtMax[row] = beats.atMost
    }
    minInto(c.beatMin, row, beats.least)
    minInto(c.phaseMin, row, beats.phaseMin)
    maxInto(c.phaseMax, row, beats.phaseMax)
    minInto(c.turnedMin, row, beats.turnedMin)
    maxInto(c.turnedMax, row, beats.turnedMax)
    c.idleBeats[row]! += beats.idle
    this.sign(row, beats.lastAt)
  }

  /**
   * Width of the narrowest of two arcs that hold every heartbeat's offset within its second, ms: 0
   * for a clockwork, NaN without heartbeats.
   */
  phaseSpread(row: number): number {
    const c = this.columns
    return Math.min(c.phaseMax[row]! - c.phaseMin[row]!, c.turnedMax[row]! - c.turnedMin[row]!)
  }
}
