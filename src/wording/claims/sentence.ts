/** One sentence with its marks and amounts, and what the readers of claims share. */
import type { Found } from '../terms.ts'
import type { Amount } from './amount.ts'
import type { Attribute } from './extract.ts'
import type { ClaimTable, Mark } from './table.ts'

export type Sentence = {
  /** The whole normalised text: places are places in it. */
  readonly text: string
  readonly marks: readonly Found<Mark>[]
  readonly amounts: readonly Amount[]
  readonly table: ClaimTable
}

export type Range = { readonly start: number; readonly end: number }

/** A claim by its place in the normalised text. */
export type Draft = Range & {
  readonly attribute: Attribute
  readonly about: string
  readonly value: number | string
  readonly unit: string
}

/** Between the parts of one claim, in characters. */
export const NEAR = 14
export const CLOSE = 4

export const draft = (
  attribute: Attribute,
  about: string,
  value: number | string,
  { start, end }: Range,
  unit = '',
): Draft => ({ attribute, about, value, unit, start, end })

/** From the first of two to the last. */
export const hull = (a: Range, b: Range): Range => ({
  start: Math.min(a.start, b.start),
  end: Math.max(a.end, b.end),
})

/** Whether what ends at `end` is said of a part of the goods. */
export const isOfPart = (text: string, end: number, { file }: ClaimTable): boolean =>
  file.partWords.some((part) => text.startsWith(part, text[end] === ' ' ? end + 1 : end))

/** Units of a share of the whole, as people write them. */
export const SHARE_UNITS: ReadonlySet<string> = new Set([
  '%',
  '‰',
  'ppm',
  '毫克/千克',
  '毫克/100克',
  '毫克每100克',
  '克/100克',
  'mg/kg',
  'mg/100g',
  'mg/g',
  'g/kg',
  'g/100g',
])
