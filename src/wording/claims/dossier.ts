/**
 * What is on file about a product: the seller's own claims, documents, laboratory reports, prices,
 * the sales ledger. A seller's claim proves nothing; it can only contradict what a host says.
 */
import { foldTerm } from '../terms.ts'
import { extractClaims, type Attribute, type Claim } from './extract.ts'
import type { ClaimTable } from './table.ts'

export type ListedClaim = {
  readonly attribute: string
  readonly value: number | string
  readonly unit?: string | undefined
  readonly text: string
}

export type Filed = {
  /** Of the event by which it came. */
  readonly event: string
  readonly kind: string
  /** ms; absent for a document without an end. */
  readonly validUntil?: number | undefined
}

export type Test = {
  readonly event: string
  readonly laboratory: string
  readonly attribute: string
  readonly value: number | string
  readonly unit: string
}

export type Dossier = {
  readonly product: string
  readonly title: string
  readonly category: string
  /** Event by which it was listed; what the seller says stands there. */
  readonly event: string
  readonly claims: readonly ListedClaim[]
  /** Undefined where nobody says which documents there are: not known, rather than none. */
  readonly documents: readonly Filed[] | undefined
  readonly tests: readonly Test[]
  /** Prices that were set for it anywhere, minor units. */
  readonly prices: readonly { readonly event: string; readonly priceFen: number }[]
  /** What the ledger of this broadcast holds up to its end; undefined where it holds no orders. */
  readonly sold?: { readonly fen: number; readonly pieces: number } | undefined
}

const ATTRIBUTE_WORDS: readonly (readonly [Attribute, RegExp])[] = [
  ['level', /level|grade|tier|class|等级|级别|卡种|卡级|材质|material/u],
  ['brand', /brand|品牌/u],
  ['origin', /origin|country|产地|原产|进口|import/u],
  ['certificate', /certif|认证|资质/u],
  ['effect', /effect|efficacy|function|功效|功能|作用/u],
  ['sales', /sales|销量|销售/u],
  ['content', /content|concentration|含量|浓度|添加量|成分|ingredient|purity|纯度|share/u],
]

/**
 * A structured claim of a listing as a claim like those that are spoken; what its text says where
 * its fields are not understood. Its span is that of its text.
 */
export const claimsOfListing = (listed: ListedClaim, table: ClaimTable): Claim[] => {
  const { value, unit = '', text } = listed
  const spoken = extractClaims(text, table)
  const own = structured(listed, table)
  if (own === undefined) return spoken
  const whole = { span: { start: 0, end: text.length }, text: text || `${value}${unit}` }
  return [
    { ...own, ...whole },
    ...spoken.filter(({ attribute, about }) => attribute !== own.attribute || about !== own.about),
  ]
}

const structured = (
  { attribute, value, unit = '', text }: ListedClaim,
  table: ClaimTable,
): Omit<Claim, 'span' | 'text'> | undefined => {
  const kind = attributeOf(attribute)
  const said = `${foldTerm(String(value))} ${foldTerm(text)}`
  if (kind === 'content' || (kind === undefined && typeof value === 'number')) {
    const about = aboutOf(`${attribute} ${text}`, table)
    if (about === '' && kind === undefined) return undefined
    if (typeof value === 'number') return { attribute: 'content', about, value, unit }
    const isHigh = table.marks.find(said).some((mark) => mark.value.kind === 'high')
    return isHigh ? { attribute: 'content', about, value: 'high', unit: '' } : undefined
  }
  if (kind === 'origin' || kind === 'brand') {
    const country = table.countryOf(String(value))
    const isImported = table.marks.find(said).some((mark) => mark.value.kind === 'imported')
    if (country !== undefined) return { attribute: kind, about: '', value: country, unit: '' }
    return isImported || foldTerm(String(value)) === 'foreign'
      ? { attribute: kind, about: '', value: kind === 'brand' ? 'foreign' : 'imported', unit: '' }
      : undefined
  }
  return undefined
}

/** What a field of a listing or of a report speaks of, by its name; undefined where it is unclear. */
export const attributeOf = (name: string): Attribute | undefined => {
  const folded = foldTerm(name)
  return ATTRIBUTE_WORDS.find(([, pattern]) => pattern.test(folded))?.[0]
}

/** The ingredient that a name speaks of: `bird-nest content`, `燕窝含量`; empty for none. */
export const aboutOf = (name: string, table: ClaimTable): string => {
  const folded = foldTerm(name.replace(/[_-]+/g, ' '))
  const mark = table.marks.find(folded).find(({ value }) => value.kind === 'ingredient')
  return mark === undefined ? '' : (mark.value as { id: string }).id
}

/** A content as a share of the whole; undefined for a unit that is none. */
export const shareOf = (value: number, unit: string): number | undefined => {
  const scale = SHARES[foldTerm(unit).replace(/\s/g, '')]
  return scale === undefined ? undefined : value * scale
}

const SHARES: Readonly<Record<string, number>> = {
  '%': 1e-2,
  percent: 1e-2,
  '‰': 1e-3,
  ppm: 1e-6,
  'mg/kg': 1e-6,
  '毫克/千克': 1e-6,
  'mg/100g': 1e-5,
  '毫克/100克': 1e-5,
  毫克每100克: 1e-5,
  'mg/g': 1e-3,
  'g/kg': 1e-3,
  'g/100g': 1e-2,
  '克/100克': 1e-2,
}
