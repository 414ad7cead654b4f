/**
 * What is known of each view, derived once for all audience detectors: when it came, how long it
 * stayed, whether it acted, whose it is. Rows are those of the view table.
 */
import type { Room } from '../room.ts'

/** A view counts as staying to the end when it was alive this shortly before the end. */
const END_GRACE_MS = 60_000

export type Profile = {
  readonly size: number
  /** Rows with a known start: the others were only caught sight of, and nothing is said of them. */
  readonly rows: Uint32Array
  readonly startAt: Float64Array
  /** Time of leaving, or of the last sign of life. */
  readonly endAt: Float64Array
  /** From start to end, s. */
  readonly stay: Float64Array
  /** 1 where the end is known from `left` and is not the end of the broadcast. */
  readonly departed: Uint8Array
  /** 1 where the view lasted until the broadcast ended. */
  readonly toEnd: Uint8Array
  /** 1 where its account did something that costs more than a tap. */
  readonly acted: Uint8Array
  /** 1 where its account paid for an order in this broadcast. */
  readonly bought: Uint8Array
  /** 1 where the view belongs to an account. */
  readonly known: Uint8Array
  /** Age of the account at the start of the view, days; NaN unknown. */
  readonly ageDays: Float64Array
  /** First view of its person in this broadcast. */
  readonly first: Uint8Array
  readonly from: number
  readonly until: number
}

/** Median of a sample that it may reorder; NaN for none. */
export const medianOf = (values: Float64Array): number => {
  if (values.length === 0) return Number.NaN
  values.sort()
  return values[values.length >> 1]!
}

export const profileOf = (room: Room): Profile => {
  const { views, accounts } = room
  const size = views.length
  const c = views.columns
  const a = accounts.columns
  const until = Number.isNaN(room.endedAt) ? room.lastAt : room.endedAt
  const rows: number[] = []
  const endAt = new Float64Array(size).fill(Number.NaN)
  const stay = new Float64Array(size).fill(Number.NaN)
  const departed = new Uint8Array(size)
  const toEnd = new Uint8Array(size)
  const acted = new Uint8Array(size)
  const bought = new Uint8Array(size)
  const known = new Uint8Array(size)
  const first = new Uint8Array(size)
  const ageDays = new Float64Array(size).fill(Number.NaN)
  const firstOf = new Map<number, number>()
  for (let row = 0; row < size; row += 1) {
    const start = c.startAt[row]!
    if (Number.isNaN(start)) continue
    rows.push(row)
    const left = c.leftAt[row]!
    const said = !Number.isNaN(left) && left >= start
    const end = said ? left : Math.max(start, c.lastAt[row]!)
    endAt[row] = end
    stay[row] = (end - start) / 1000
    if (end >= until - END_GRACE_MS) toEnd[row] = 1
    else if (said) departed[row] = 1
    const account = c.account[row]!
    if (account > 0) {
      known[row] = 1
      const i = account - 1
      if (a.comments[i]! + a.clicks[i]! + a.social[i]! + a.orders[i]! > 0) acted[row] = 1
      if (a.orders[i]! > 0) bought[row] = 1
    }
    const created =
      Number.isNaN(c.createdAt[row]!) && account > 0 ? a.createdAt[account - 1]! : c.createdAt[row]!
    ageDays[row] = (start - created) / 86_400_000
    const person = personOf(account, c.device[row]!, row)
    const earlier = firstOf.get(person)
    if (earlier === undefined || start < c.startAt[earlier]!) {
      if (earlier !== undefined) first[earlier] = 0
      firstOf.set(person, row)
      first[row] = 1
    }
  }
  return {
    size,
    rows: Uint32Array.from(rows),
    startAt: c.startAt,
    endAt,
    stay,
    departed,
    toEnd,
    acted,
    bought,
    known,
    ageDays,
    first,
    from: Number.isNaN(room.startedAt) ? room.firstAt : room.startedAt,
    until,
  }
}

/**
 * A number for the person behind a view: the account, else the device, else the view itself
 * (DESIGN: "distinct people — account, or device for guests").
 */
export const personOf = (account: number, device: number, row: number): number => {
  if (account > 0) return account * 3
  if (device > 0) return device * 3 + 1
  return row * 3 + 2
}
