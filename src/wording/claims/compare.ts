/**
 * A claim against the dossier (D10; AdL-8/28, M26-34a): contradicted, unsupported or supported, and
 * by what. Words alone never make a claim false: where a fact decides and is not on file, the answer
 * is `needs-fact` and names it. `unsupported` is said only where the dossier is known and holds no
 * proof that is still valid.
 */
import { compareContent } from './compare-content.ts'
import { comparePrice, compareSales } from './compare-figures.ts'
import { compareLevel } from './compare-level.ts'
import { compareDocumented, compareOrigin } from './compare-papers.ts'
import type { Dossier } from './dossier.ts'
import type { Attribute, Claim } from './extract.ts'
import { open, type CompareOptions, type Comparison, type Judged } from './judged.ts'
import type { ClaimTable } from './table.ts'

const COMPARISONS: Readonly<Record<Attribute, Comparison>> = {
  content: compareContent,
  origin: compareOrigin,
  brand: compareOrigin,
  level: compareLevel,
  effect: compareDocumented,
  certificate: compareDocumented,
  sales: compareSales,
  price: comparePrice,
}

/** @param dossier undefined where nobody knows which product is spoken of, or it has none */
export const compareClaim = (
  claim: Claim,
  dossier: Dossier | undefined,
  table: ClaimTable,
  options: CompareOptions,
): Judged =>
  dossier === undefined
    ? open(claim, table)
    : COMPARISONS[claim.attribute](claim, dossier, table, options)
