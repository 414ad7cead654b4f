/**
 * Shown orders against the ledger of orders: a counter that runs from 1,500 to 3,500 while fewer were
 * paid (scenario S1-5). A page may count pieces, count what is placed and not yet paid, and lag; all
 * of that is granted before the difference weighs.
 */
import { say } from '../../language/say.ts'
import type { Reason } from '../../vocabulary/finding.ts'
import { rounding, shown } from './series.ts'
import type { Evidence, Room } from '../room.ts'

/** How late or early a display may be. */
const LAG_MS = 60_000
const LEAST_JUMP = 100
/** Share of orders missing from the ledger as Beta(1, 9), mean 10 %: see display.ts. */
const LOSS = 9
/** The ledger of a merchant may not hold every shop's orders of the room. */
const MAX_BANS = 2.5
/** Enough were placed and not paid: the page counted early. Not a breach, but worth saying. */
const UNPAID_BANS = 0.3

type Jump = { from: number; to: number; since: number; until: number; paid: number; placed: number }

export const byOrders = (room: Room, evidence: Evidence): readonly Reason[] => {
  const counter = shown(room, 'orders')
  const ledger = ledgerOf(room, evidence)
  // An outsider's capture beside one merchant's orders: the page counts every shop, the ledger one.
  const isPartial = Number.isNaN(room.startedAt)
  if (counter.length < 2 || ledger.length === 0 || isPartial) return []
  let worst: Jump | undefined
  const consider = (a: (typeof counter)[number], b: (typeof counter)[number]) => {
    if (b.value - a.value < LEAST_JUMP) return
    const { paid, placed } = within(ledger, a.at - LAG_MS, b.at + LAG_MS)
    const jump = { from: a.value, to: b.value, since: a.at, until: b.at, paid, placed }
    if (worst === undefined || lacking(jump) > lacking(worst)) worst = jump
  }
  for (let i = 1; i < counter.length; i += 1) consider(counter[i - 1]!, counter[i]!)
  consider(counter[0]!, counter.at(-1)!)
  return worst === undefined ? [] : reasonOf(worst)
}

const reasonOf = (jump: Jump): readonly Reason[] => {
  const delta = jump.to - jump.from - rounding(jump.to) - rounding(jump.from)
  if (delta <= jump.paid) return []
  const supported = Math.max(jump.paid, jump.placed)
  const weightBans =
    delta <= supported
      ? UNPAID_BANS
      : Math.min(MAX_BANS, LOSS * Math.log10(delta / Math.max(1, supported)))
  return [
    {
      family: 'transaction',
      text: say('display.orders', {
        from: jump.from,
        to: jump.to,
        delta: jump.to - jump.from,
        paid: jump.paid,
        placed: jump.placed,
        over: { ms: jump.until - jump.since },
      }),
      observed: jump.to - jump.from,
      expected: { 'inflated-counter': `> ${supported}`, 'partial-telemetry': supported },
      weightBans,
    },
  ]
}

const lacking = (jump: Jump): number => jump.to - jump.from - Math.max(jump.paid, jump.placed)

type Entry = { readonly paidAt: number; readonly placedAt: number; readonly pieces: number }

const ledgerOf = (room: Room, evidence: Evidence): readonly Entry[] => {
  const number = evidence.orders.broadcasts.find(room.broadcast)
  if (number === undefined) return []
  const o = evidence.orders.columns
  const entries: Entry[] = []
  for (let i = 0; i < evidence.orders.length; i += 1) {
    if (o.broadcast[i] !== number + 1) continue
    const pieces = Math.max(1, o.quantity[i]!)
    entries.push({ paidAt: o.paidAt[i]!, placedAt: o.placedAt[i]!, pieces })
  }
  return entries
}

/** Pieces paid and pieces placed in a span; an order placed or paid at an unknown time counts in none. */
const within = (ledger: readonly Entry[], from: number, until: number) => {
  let [paid, placed] = [0, 0]
  for (const entry of ledger) {
    if (entry.paidAt >= from && entry.paidAt <= until) paid += entry.pieces
    if (entry.placedAt >= from && entry.placedAt <= until) placed += entry.pieces
  }
  return { paid, placed }
}
