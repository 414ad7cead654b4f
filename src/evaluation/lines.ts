/**
 * Lines of suspects.ndjson and truth.ndjson as values. A line that is neither is answered with the
 * field that is wrong, never guessed at.
 */
import type { SuspectKind } from '../vocabulary/finding.ts'

/** What truth knows of; merchants are suspected but have no line of truth. */
export const KINDS = ['view', 'account', 'comment', 'like', 'order'] as const
export type Kind = (typeof KINDS)[number]

export type TruthLine = { readonly kind: Kind; readonly id: string; readonly label: string }
export type SuspectLine = {
  readonly kind: SuspectKind
  readonly id: string
  readonly probability: number
  readonly weightBans: number
}

/** Why a line was not understood: `field` is empty when it is no JSON object at all. */
export type Misread = { readonly field: string }

export const readTruth = (text: string): TruthLine | Misread => {
  const line = parse(text)
  if (line === undefined) return { field: '' }
  const { kind, id, label } = line
  if (!isKind(kind)) return { field: 'kind' }
  if (typeof id !== 'string') return { field: 'id' }
  if (typeof label !== 'string' || label === '') return { field: 'label' }
  return { kind, id, label }
}

export const readSuspect = (text: string): SuspectLine | Misread => {
  const line = parse(text)
  if (line === undefined) return { field: '' }
  const { kind, id, probability, weightBans } = line
  if (kind !== 'merchant' && !isKind(kind)) return { field: 'kind' }
  if (typeof id !== 'string') return { field: 'id' }
  if (typeof probability !== 'number' || !(probability >= 0 && probability <= 1))
    return { field: 'probability' }
  if (typeof weightBans !== 'number') return { field: 'weightBans' }
  return { kind, id, probability, weightBans }
}

const isKind = (kind: unknown): kind is Kind => KINDS.some((known) => known === kind)

type Loose = {
  readonly kind?: unknown
  readonly id?: unknown
  readonly label?: unknown
  readonly probability?: unknown
  readonly weightBans?: unknown
}

const parse = (text: string): Loose | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
