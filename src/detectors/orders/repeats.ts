/**
 * The same suspected buyers again and again (obligations table §8.3, "buyers"): in one host's
 * broadcasts they speak for brushing; at many merchants, be they of one host, for an attack. Fans
 * come back as well, but do not give everything back each time, nor at once and without a reason.
 */
import { say } from '../../language/say.ts'
import type { Affair } from './affair.ts'
import type { Feature } from './contrast.ts'
import { nameIn } from './groups.ts'
import { isBackAtOnce } from './reasons.ts'
import type { OrderTable } from '../tables/orders.ts'

/** Merchants from which a buyer is said to move from victim to victim. */
const MANY_MERCHANTS = 3
/** The same where each time the money was taken back at once. */
const SEVERAL_MERCHANTS = 2
/** Share of the suspected buyers from which a repeat says anything. */
const ENOUGH_SHARE = 0.3
const ENOUGH_BUYERS = 8

/** The features of each affair, in their order. O(suspected orders). */
export const repeatBuyers = (
  orders: OrderTable,
  affairs: readonly Affair[],
): readonly (readonly Feature[])[] => {
  const hosts = new Map<string, number>()
  const seenBy = new Map<number, Trace>()
  const buyersOf = affairs.map((affair, number) => {
    const buyers = new Set<number>()
    for (let i = 0; i < affair.rows.length; i += 1) {
      if (affair.suspected[i] === 0) continue
      const row = affair.rows[i]!
      const buyer = orders.columns.buyer[row]!
      if (buyer === 0) continue
      buyers.add(buyer)
      let trace = seenBy.get(buyer)
      if (trace === undefined)
        seenBy.set(
          buyer,
          (trace = { merchants: new Set(), leftAtOnce: new Set(), affairs: new Map() }),
        )
      trace.merchants.add(orders.columns.merchant[row]!)
      if (isBackAtOnce(orders, row)) trace.leftAtOnce.add(orders.columns.merchant[row]!)
      trace.affairs.set(number, hostOf(orders, affair, row, hosts))
    }
    return buyers
  })
  return buyersOf.map((buyers) => {
    const traces = Array.from(buyers, (buyer) => seenBy.get(buyer)!)
    if (traces.length < ENOUGH_BUYERS) return []
    return [
      repeat(traces, 'order.repeat-host', isRegularOfOneHost, 0.8, 0.2),
      repeat(traces, 'order.repeat-victims', movesBetweenVictims, 0, 0.8) ??
        repeat(traces, 'order.repeat-at-once', leavesVictimsAtOnce, 0, 0.8),
    ].filter((feature) => feature !== undefined)
  })
}

type Trace = {
  readonly merchants: Set<number>
  /** Merchants from whom the money was taken back at once. */
  readonly leftAtOnce: Set<number>
  /** Number of the host by affair; 0 where it is not known. */
  readonly affairs: Map<number, number>
}

const isRegularOfOneHost = (trace: Trace): boolean => {
  const hosts = new Set(trace.affairs.values())
  return trace.affairs.size >= 2 && hosts.size === 1 && !hosts.has(0) && !leavesVictimsAtOnce(trace)
}

const movesBetweenVictims = ({ merchants, affairs }: Trace): boolean =>
  merchants.size >= MANY_MERCHANTS && new Set(affairs.values()).size >= 2

const leavesVictimsAtOnce = ({ leftAtOnce }: Trace): boolean => leftAtOnce.size >= SEVERAL_MERCHANTS

const repeat = (
  traces: readonly Trace[],
  key: 'order.repeat-host' | 'order.repeat-victims' | 'order.repeat-at-once',
  test: (trace: Trace) => boolean,
  brushingBans: number,
  attackBans: number,
): Feature | undefined => {
  const share = traces.filter(test).length / traces.length
  if (share < ENOUGH_SHARE) return undefined
  return {
    family: 'account',
    text: say(key, { share: { percent: share }, buyers: traces.length }),
    observed: share,
    expected: { 'honest-returns': 0.05 },
    brushingBans: brushingBans * share,
    attackBans: attackBans * share,
  }
}

/** A host by name: the one on the order, else the operator of the room; 0 for neither. */
const hostOf = (
  orders: OrderTable,
  affair: Affair,
  row: number,
  hosts: Map<string, number>,
): number => {
  const name = nameIn(orders.hosts, orders.columns.host[row]!) || (affair.room?.operator ?? '')
  if (name === '') return 0
  const number = hosts.get(name) ?? hosts.size + 1
  hosts.set(name, number)
  return number
}
