/**
 * What a measure puts in question before viewers: a statement of reasons, and the notice in the
 * player, speak of that alone. To say that figures are under review where a promise is would accuse
 * a room of what nobody found.
 */
import type { FindingKind } from '../../vocabulary/finding.ts'

export const CONCERNS = ['figures', 'promise', 'other'] as const
export type Concern = (typeof CONCERNS)[number]

const OF_FIGURES: ReadonlySet<string> = new Set<FindingKind>([
  'bought-viewers',
  'paid-crowd',
  'undisclosed-boost',
  'bought-likes',
  'machine-comments',
  'empty-interest',
  'inflated-display',
  'order-anomaly',
  'order-concentration',
])

/** @param kind of the finding; what this version does not know is `other` */
export const concernOf = (kind: string): Concern =>
  OF_FIGURES.has(kind) ? 'figures' : kind === 'promise-broken' ? 'promise' : 'other'
