/** What speaks for suppression and for ordinary moderation, and what each weighs. */
import type { Signal } from '../../detectors/detector.ts'
import { say } from '../../language/say.ts'
import type { Reason } from '../../vocabulary/finding.ts'
import { compareRates, type RemovalStanding, type Stratum } from '../../wording/criticism.ts'

const FIRST_BANS = { 'no-reason': 1, contradicted: 0.6 } as const
const MOST_REMOVED_BANS = 2
const FILTER_BANS = { each: 0.4, least: 0.6, most: 1.6 }
const MUTED_BANS = 0.5
/** Odds say nothing about so few. */
const LEAST_RATED = 3
/** Nor do they say more than this, either way: stance is read from words, and misread. */
const MOST_RATED_BANS = 4
const SHOWN = 3

export const isSuspect = (standing: RemovalStanding): standing is keyof typeof FIRST_BANS =>
  standing === 'no-reason' || standing === 'contradicted'

export const hypothesesOf = (reasons: readonly Reason[]): Signal['hypotheses'] => [
  {
    name: 'criticism-suppressed',
    weightBans: reasons.reduce((sum, { weightBans }) => sum + weightBans, 0),
  },
  { name: 'ordinary-moderation', weightBans: 0 },
]

export const removedReason = (
  list: readonly { readonly standing: RemovalStanding; readonly text: string }[],
): Reason[] => {
  if (list.length === 0) return []
  const bare = list.filter(({ standing }) => standing === 'no-reason').length
  const first = bare > 0 ? FIRST_BANS['no-reason'] : FIRST_BANS.contradicted
  return [
    {
      family: 'content',
      text: say('criticism.removed', {
        bare,
        contradicted: list.length - bare,
        examples: list
          .slice(0, SHOWN)
          .map(({ text }) => `“${text.slice(0, 60)}”`)
          .join(' '),
      }),
      observed: list.length,
      expected: { 'ordinary-moderation': 0 },
      weightBans: Math.min(MOST_REMOVED_BANS, first + Math.log10(list.length)),
    },
  ]
}

export const ratesReason = (strata: readonly Stratum[]): Reason[] => {
  const sum = (kind: keyof Stratum, what: 'posted' | 'removed') =>
    strata.reduce((total, stratum) => total + stratum[kind][what], 0)
  const removed = sum('critical', 'removed') + sum('praising', 'removed')
  if (removed < LEAST_RATED || sum('praising', 'posted') === 0) return []
  const { p, weightBans } = compareRates(strata)
  return [
    {
      family: 'behaviour',
      text: say('criticism.rates', {
        critical: sum('critical', 'removed'),
        criticalPosted: sum('critical', 'posted'),
        praising: sum('praising', 'removed'),
        praisingPosted: sum('praising', 'posted'),
        chance: p < 1e-4 ? p.toExponential(1) : p.toFixed(4),
      }),
      observed: sum('critical', 'removed'),
      expected: {
        'ordinary-moderation':
          Math.round(
            (100 * removed * sum('critical', 'posted')) /
              (sum('critical', 'posted') + sum('praising', 'posted')),
          ) / 100,
      },
      weightBans: Math.max(-MOST_RATED_BANS, Math.min(MOST_RATED_BANS, weightBans)),
    },
  ]
}

export const filterReason = (words: readonly string[]): Reason[] => {
  const distinct = [...new Set(words)]
  if (distinct.length === 0) return []
  const { each, least, most } = FILTER_BANS
  return [
    {
      family: 'content',
      text: say('criticism.filter', {
        count: distinct.length,
        words: distinct.slice(0, 10).join(' '),
      }),
      observed: distinct.length,
      expected: { 'ordinary-moderation': 0 },
      weightBans: Math.min(most, least + each * (distinct.length - 1)),
    },
  ]
}

export const mutedReason = (count: number): Reason[] =>
  count === 0
    ? []
    : [
        {
          family: 'behaviour',
          text: say('criticism.muted', { count }),
          observed: count,
          expected: { 'ordinary-moderation': 0 },
          weightBans: Math.min(1, MUTED_BANS + Math.log10(count)),
        },
      ]
