/**
 * Criticism that disappears (M21-21b, ECL-39; obligations §8 D15): was a removal lawful on its own
 * record, do removals fall on criticism more than on praise, and which words does a filter stop.
 *
 * The innocent explanation is moderation of insults, personal data, advertising and crime. It holds
 * wherever the text itself shows such a ground, whatever the record says.
 */
import type { Ground, Stance, StanceReader } from './stance.ts'

/** Reasons a removal may state; `other` is a text that names none of them. */
export type StatedReason = Ground | 'off-topic' | 'none' | 'other'

export type Removal = {
  /** What was written, where that is known. */
  readonly text: string | undefined
  readonly reason: StatedReason
  /** How often its author wrote the same in this broadcast: flooding is a ground of its own. */
  readonly repeats: number
}

/**
 * - `lawful`: the text shows a ground for it, or is no criticism and a ground was stated
 * - `no-reason`: criticism, removed without any reason
 * - `contradicted`: criticism, removed for a reason that its text does not bear out
 * - `unstated`: no criticism, but no reason either: not suspected, and no good record
 * - `unknown`: the text is not known
 */
export type RemovalStanding = 'lawful' | 'no-reason' | 'contradicted' | 'unstated' | 'unknown'

/** So many equal comments of one author are flooding. */
const FLOODING = 4

export const judgeRemoval = (
  { text, reason, repeats }: Removal,
  { stanceOf, groundsOf }: StanceReader,
): RemovalStanding => {
  if (text === undefined) return 'unknown'
  if (groundsOf(text).size > 0 || repeats >= FLOODING) return 'lawful'
  const isCritical = stanceOf(text).stance === 'critical'
  if (reason === 'none') return isCritical ? 'no-reason' : 'unstated'
  // What is illegal or meant by a free text cannot be told from the words of the comment.
  if (!isCritical || reason === 'illegal' || reason === 'other') return 'lawful'
  return 'contradicted'
}

const REASONS: readonly (readonly [StatedReason, RegExp])[] = [
  ['privacy', /privacy|personal|隐私|个人信息|身份/iu],
  ['abuse', /abus|insult|harass|辱骂|谩骂|侮辱|攻击|脏话|不文明/iu],
  ['spam', /spam|advert|flood|广告|刷屏|引流|灌水/iu],
  ['illegal', /illegal|unlawful|违法|违禁|违规/iu],
  ['off-topic', /off.?topic|irrelevant|unrelated|无关|跑题/iu],
  [
    'none',
    /^\s*(?:none|no reason|n\/a|-|–|—|无|没有|空)?\s*$|negative|bad review|unfavou?rable|差评|负面|影响销量/iu,
  ],
]

/** A reason written by hand. To say "negative" is to give no lawful one. */
export const reasonOf = (text: string): StatedReason =>
  REASONS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other'

/** What a filter stops: words of criticism, and words that it may stop. */
export const readFilter = (
  words: readonly string[],
  { stanceOf, groundsOf, isComplaint }: StanceReader,
): { readonly criticism: readonly string[]; readonly others: number } => {
  const criticism = words.filter(
    (word) =>
      groundsOf(word).size === 0 && (isComplaint(word) || stanceOf(word).stance === 'critical'),
  )
  return { criticism, others: words.length - criticism.length }
}

/** Comments of like standing (say, of people who bought): how many, and how many were removed. */
export type Stratum = Readonly<
  Record<Exclude<Stance, 'neutral'>, { posted: number; removed: number }>
>

/** Under suppression criticism is so many times as likely to be removed as praise. */
const ODDS = 10

/**
 * Fisher's exact test over strata, conditional on how many of each were posted and removed.
 *
 * @returns `p`, the chance of so many removed critical comments or more where removals do not look
 *   at stance, and `weightBans`, log10 of the likelihood ratio of odds of 10 against odds of 1;
 *   negative where criticism is removed no more than praise is
 */
export const compareRates = (strata: readonly Stratum[]): { p: number; weightBans: number } => {
  let weightBans = 0
  let observed = 0
  let sum: Spread = { from: 0, mass: [1] }
  for (const { critical, praising } of strata) {
    const removed = critical.removed + praising.removed
    const blind = hypergeometric(critical.posted, praising.posted, removed, 1)
    const biased = hypergeometric(critical.posted, praising.posted, removed, ODDS)
    // Apart: a quotient of such small numbers may be infinite, the difference of logs is not.
    weightBans +=
      Math.log10(massAt(biased, critical.removed)) - Math.log10(massAt(blind, critical.removed))
    observed += critical.removed
    sum = convolve(sum, blind)
  }
  const p = sum.mass.reduce((tail, mass, i) => (sum.from + i >= observed ? tail + mass : tail), 0)
  return { p: Math.min(1, p), weightBans }
}

/** Probabilities of consecutive whole numbers from `from` on. */
type Spread = { readonly from: number; readonly mass: readonly number[] }

/** Below this share of the largest a probability is left out: beyond any printed digit. */
const NEGLIGIBLE = 1e-18

/** Fisher's noncentral hypergeometric distribution of `a` among `drawn` of `a + b`, by recursion. */
const hypergeometric = (a: number, b: number, drawn: number, odds: number): Spread => {
  const from = Math.max(0, drawn - b)
  const until = Math.min(a, drawn)
  // Relative to the first, in logs: the products overflow long before the shares vanish.
  const logs = [0]
  for (let k = from; k < until; k += 1)
    logs.push(
      logs.at(-1)! + Math.log((odds * (a - k) * (drawn - k)) / ((k + 1) * (b - drawn + k + 1))),
    )
  const most = logs.reduce((x, y) => Math.max(x, y), Number.NEGATIVE_INFINITY)
  const shares = logs.map((log) => Math.exp(log - most))
  const total = shares.reduce((x, y) => x + y, 0)
  return { from, mass: shares.map((share) => share / total) }
}

const massAt = ({ from, mass }: Spread, k: number): number =>
  Math.max(mass[k - from] ?? 0, Number.MIN_VALUE)

const convolve = (x: Spread, y: Spread): Spread => {
  const [left, right] = [trimmed(x), trimmed(y)]
  const mass = Array.from({ length: left.mass.length + right.mass.length - 1 }, () => 0)
  for (const [i, p] of left.mass.entries())
    for (const [k, q] of right.mass.entries()) mass[i + k]! += p * q
  return { from: left.from + right.from, mass }
}

const trimmed = ({ from, mass }: Spread): Spread => {
  const first = mass.findIndex((share) => share > NEGLIGIBLE)
  const last = mass.findLastIndex((share) => share > NEGLIGIBLE)
  return { from: from + first, mass: mass.slice(first, last + 1) }
}
