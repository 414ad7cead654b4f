/** What a comparison says, and the two answers that need no comparison: no proof, and no dossier. */
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import type { Dossier } from './dossier.ts'
import type { Attribute, Claim } from './extract.ts'
import type { ClaimTable } from './table.ts'

export type Outcome = 'contradicted' | 'unsupported' | 'supported' | 'needs-fact'

export type Judged = {
  readonly claim: Claim
  readonly outcome: Outcome
  readonly why: Sentence
  /** What it was held against: `test`, `document`, `listing`, `ledger`; absent where there is none. */
  readonly against?: 'test' | 'document' | 'listing' | 'ledger' | 'price'
  /** What was on file, as a figure or word to show beside the claim. */
  readonly onFile?: string
  /** Events of the dossier that it rests on. */
  readonly by: readonly string[]
  /** The fact that decides, where it is not on file. */
  readonly missing?: Sentence
}

export type CompareOptions = {
  /** When it was said, ms: documents that had expired by then prove nothing. */
  readonly at: number
  /** The claim is the seller's own, from the listing itself. */
  readonly isListing?: boolean
}

export type Comparison = (
  claim: Claim,
  dossier: Dossier,
  table: ClaimTable,
  options: CompareOptions,
) => Judged

/** No proof on file: unsupported where the dossier is known, open where it is not. */
export const lacking = (claim: Claim, dossier: Dossier, table: ClaimTable): Judged => {
  if (dossier.documents === undefined) return open(claim, table)
  const missing = missingFor(claim, table)
  return {
    claim,
    outcome: 'unsupported',
    why: say('claims.unsupported', { claim: claim.text, missing: { term: missing } }),
    by: [dossier.event],
    missing,
  }
}

export const open = (claim: Claim, table: ClaimTable): Judged => {
  const missing = missingFor(claim, table)
  return {
    claim,
    outcome: 'needs-fact',
    why: say('claims.needs-fact', { claim: claim.text, missing: { term: missing } }),
    by: [],
    missing,
  }
}

export const missingFor = (claim: Claim, table: ClaimTable): Sentence =>
  MISSING[claim.attribute](nameOf(claim, table), claim)

const MISSING: Readonly<Record<Attribute, (name: { term: Sentence }, claim: Claim) => Sentence>> = {
  content: (name) => say('claims.missing.content', { name }),
  origin: () => say('claims.missing.origin'),
  brand: () => say('claims.missing.brand'),
  level: () => say('claims.missing.level'),
  effect: (name) => say('claims.missing.effect', { name }),
  certificate: (name) => say('claims.missing.certificate', { name }),
  sales: () => say('claims.missing.sales'),
  price: (_, { about }) =>
    about === 'reference' ? say('claims.missing.reference-price') : say('claims.missing.price'),
}

export const nameOf = ({ about, text }: Claim, { file }: ClaimTable): { term: Sentence } => {
  const all = [...file.ingredients, ...file.effects, ...file.certificates]
  return { term: all.find(({ id }) => id === about)?.title ?? { en: text, zh: text } }
}

export const joined = (names: readonly Sentence[]): Sentence => ({
  en: names.map(({ en }) => en).join(', '),
  zh: names.map(({ zh }) => zh).join('、'),
})
