/** An origin, a brand, a certificate or an effect against the papers on file (S0-4). */
import { say } from '../../language/say.ts'
import type { Sentence } from '../../language/sentence.ts'
import { foldTerm } from '../terms.ts'
import { claimsOfListing, type Dossier } from './dossier.ts'
import type { Claim } from './extract.ts'
import {
  joined,
  lacking,
  missingFor,
  open,
  type CompareOptions,
  type Comparison,
  type Judged,
} from './judged.ts'
import type { ClaimTable } from './table.ts'

export const compareOrigin: Comparison = (claim, dossier, table, options) => {
  const isBrand = claim.attribute === 'brand'
  // 日本进口机芯 in a watch made at home: of a part, and no claim about the whole.
  if (claim.about !== '' && !isOfProduct(claim.about, dossier)) return open(claim, table)
  const words = isBrand ? table.file.brandDocuments : table.file.originDocuments
  // Home-made goods need no customs papers, and nobody pretends to be cheaper than he is.
  if (!isBrand && claim.value === 'cn') return lacking(claim, dossier, table)
  const listed = dossier.claims
    .flatMap((each) => claimsOfListing(each, table))
    .filter(({ attribute }) => attribute === claim.attribute)
    .map(({ value }) => String(value))
  const known = listed.filter((value) => value !== 'imported' && value !== 'foreign')
  const differs =
    claim.value === 'imported' || claim.value === 'foreign'
      ? known.length > 0 && known.every((value) => value === 'cn')
      : known.length > 0 && !known.includes(String(claim.value))
  if (differs && options.isListing !== true) {
    const onFile = joined(known.map((id) => countryName(id, table)))
    return {
      claim,
      outcome: 'contradicted',
      why: say('claims.origin.contradicted', { claim: claim.text, listed: { term: onFile } }),
      against: 'listing',
      onFile: onFile.zh,
      by: [dossier.event],
    }
  }
  return proven(claim, dossier, table, words, options)
}

/** The noun of an origin stands in the title or the category; without a title it may. */
const isOfProduct = (noun: string, { title, category }: Dossier): boolean =>
  title === '' || foldTerm(`${title} ${category}`).includes(noun.slice(0, 2))

export const compareDocumented: Comparison = (claim, dossier, table, options) => {
  const words =
    claim.attribute === 'effect'
      ? table.file.effectDocuments
      : table.certificates.get(claim.about)!.documents
  return proven(claim, dossier, table, words, options)
}

/** By a document of the right kind that was valid when the claim was made. */
const proven = (
  claim: Claim,
  dossier: Dossier,
  table: ClaimTable,
  words: readonly string[],
  { at }: CompareOptions,
): Judged => {
  const fitting = (dossier.documents ?? []).filter((document) =>
    words.some((word) => foldTerm(document.kind.replace(/_/g, '-')).includes(foldTerm(word))),
  )
  const valid = fitting.find(({ validUntil }) => validUntil === undefined || !(validUntil < at))
  if (valid !== undefined)
    return {
      claim,
      outcome: 'supported',
      why: say('claims.document.supported', { claim: claim.text, document: valid.kind }),
      against: 'document',
      onFile: valid.kind,
      by: [valid.event],
    }
  const [expired] = fitting
  if (expired === undefined) return lacking(claim, dossier, table)
  return {
    claim,
    outcome: 'unsupported',
    why: say('claims.document.expired', {
      claim: claim.text,
      document: expired.kind,
      until: { at: expired.validUntil! },
    }),
    against: 'document',
    onFile: expired.kind,
    by: [expired.event],
    missing: missingFor(claim, table),
  }
}

const countryName = (id: string, { file }: ClaimTable): Sentence =>
  file.countries.find((country) => country.id === id)?.title ?? { en: id, zh: id }
