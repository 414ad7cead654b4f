/**
 * A feature of orders, and the comparison behind most of them: the share of the suspected orders
 * for which something holds against that of the other orders of the same affair.
 */
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import type { Family, Hypothesis } from '../../vocabulary/finding.ts'
import type { Affair } from './affair.ts'
import type { Links } from './links.ts'
import type { OrderTable } from '../tables/orders.ts'

export type Feature = {
  readonly family: Family
  readonly text: Sentence
  readonly observed: number | string
  readonly expected: Readonly<Partial<Record<Hypothesis, number | string>>>
  /** Weight for each guilty hypothesis against honest returns, bans. */
  readonly brushingBans: number
  readonly attackBans: number
}

export type FeatureContext = {
  readonly orders: OrderTable
  readonly links: Links
  /** True when any order of the evidence was shipped or delivered. */
  readonly knowsShipping: boolean
  /** True when the goods of any order came back: then "not returned" means that. */
  readonly knowsReturns: boolean
}

export type Weigher = (context: FeatureContext, affair: Affair) => Feature | undefined

/** Fewest orders on a side from which a share is compared. */
export const ENOUGH = 8

export type Shares = { readonly suspected: number; readonly others: number }

/** Shares of the suspected and of the other orders for which `test` holds; undefined if too few. */
export const shares = (
  { rows, suspected }: Affair,
  test: (index: number) => boolean | undefined,
): Shares | undefined => {
  const counts = { yes: [0, 0], all: [0, 0] }
  let members = 0
  for (let i = 0; i < rows.length; i += 1) {
    const side = suspected[i]!
    members += side
    const is = test(i)
    if (is === undefined) continue
    counts.all[side]! += 1
    if (is) counts.yes[side]! += 1
  }
  const [others, stated] = [counts.all[0]!, counts.all[1]!]
  if (stated < ENOUGH || stated < 0.5 * members) return undefined
  return {
    suspected: counts.yes[1]! / stated,
    // With few others to compare with, the honest share is pulled towards a cautious tenth.
    others: (counts.yes[0]! + 1) / (others + 10),
  }
}

type Manner = {
  readonly family: Family
  readonly key: 'order.payers' | 'order.strangers-pay' | 'order.devices' | 'order.premises' | 'order.absence' // prettier-ignore
  /** Bounds of its weight, bans: a staged order need not show the link. */
  readonly most: number
  readonly least: number
  /** The honest share in absolute terms, where the other orders may be staged as well: at most. */
  readonly honest?: number
  /** What the feature takes from the weight of an attack, or of brushing, when it shows, or not. */
  readonly lessForAttack?: number
  readonly lessForBrushing?: number
}

/** A concerted group shows in both guilty hypotheses alike; its absence speaks a little for honesty. */
export const contrast = (
  affair: Affair,
  test: (index: number) => boolean | undefined,
  { family, key, most, least, honest = 1, lessForAttack = 0, lessForBrushing = 0 }: Manner,
): Feature | undefined => {
  const share = shares(affair, test)
  if (share === undefined) return undefined
  const others = Math.min(honest, share.others)
  const ratio = Math.log10((share.suspected + 0.05) / (others + 0.05))
  const isShown = share.suspected >= 0.05
  const bans = Math.min(most, Math.max(least, isShown ? ratio : least))
  return {
    family,
    text: say(key, percents(share)),
    observed: share.suspected,
    expected: { 'honest-returns': others },
    brushingBans: isShown ? bans : bans - lessForBrushing,
    attackBans: isShown ? bans - lessForAttack * share.suspected : bans,
  }
}

export const suspectedRows = ({ rows, suspected }: Affair): Uint32Array =>
  rows.filter((_, i) => suspected[i] === 1)

export const percents = ({ suspected, others }: Shares) => ({
  share: { percent: suspected },
  others: { percent: others },
})
