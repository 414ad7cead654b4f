/** A content against laboratory reports, then against what the listing states (S0-3, S4-11). */
import { say } from '../../language/say.ts'
import { aboutOf, attributeOf, claimsOfListing, shareOf, type Dossier } from './dossier.ts'
import type { Claim } from './extract.ts'
import { lacking, nameOf, open, type Comparison } from './judged.ts'
import type { ClaimTable } from './table.ts'

/** GB 28050-2011 §6.4: what is declared may be undershot by a fifth. */
const TOLERATED_SHARE = 0.8
/** A content against reports first, then against what the listing says. */
export const compareContent: Comparison = (claim, dossier, table, options) => {
  const name = nameOf(claim, table)
  const tests = dossier.tests.filter((test) => isSameContent(claim, test.attribute, dossier, table))
  const decided = tests.flatMap((test) => {
    const measured = typeof test.value === 'number' ? shareOf(test.value, test.unit) : undefined
    const verdict = measured === undefined ? undefined : holds(claim, measured, table)
    return verdict === undefined ? [] : [{ test, verdict }]
  })
  // Reports that disagree decide nothing.
  if (decided.some(({ verdict }) => verdict) && decided.some(({ verdict }) => !verdict))
    return open(claim, table)
  const [first] = decided
  if (first !== undefined) {
    const { test, verdict } = first
    const onFile = `${test.value} ${test.unit}`
    const values = { claim: claim.text, name, measured: onFile, laboratory: test.laboratory }
    return {
      claim,
      outcome: verdict ? 'supported' : 'contradicted',
      why: verdict
        ? say('claims.content.supported', values)
        : say('claims.content.measured', values),
      against: 'test',
      onFile,
      by: decided.map(({ test: each }) => each.event),
    }
  }
  const listed = options.isListing === true ? [] : listedContents(claim, dossier, table)
  for (const { value, unit } of listed) {
    const stated = typeof value === 'number' ? shareOf(value, unit) : undefined
    if (stated === undefined || holds(claim, stated, table) !== false) continue
    const onFile = `${value} ${unit}`
    return {
      claim,
      outcome: 'contradicted',
      why: say('claims.content.listed', { claim: claim.text, name, listed: onFile }),
      against: 'listing',
      onFile,
      by: [dossier.event],
    }
  }
  return lacking(claim, dossier, table)
}

/** True, false, or undefined where the figures cannot tell. */
const holds = (claim: Claim, share: number, table: ClaimTable): boolean | undefined => {
  const ingredient = table.ingredients.get(claim.about)
  if (claim.value === 'high') {
    const floor = ingredient?.highFloorPercent
    if (floor === undefined) return undefined
    return share < floor / 100 ? false : share >= (10 * floor) / 100 ? true : undefined
  }
  if (claim.value === 'free') {
    const limit = ingredient?.freeLimitPercent
    return limit === undefined ? undefined : share <= limit / 100
  }
  const claimed = typeof claim.value === 'number' ? shareOf(claim.value, claim.unit) : undefined
  return claimed === undefined ? undefined : share >= claimed * TOLERATED_SHARE
}

/** A report on `content` without a name speaks of the one content that the product claims. */
const isSameContent = (
  claim: Claim,
  name: string,
  dossier: Dossier,
  table: ClaimTable,
): boolean => {
  const about = aboutOf(name, table)
  const isContent = attributeOf(name) === 'content'
  if (about !== '' && claim.about !== '') return about === claim.about
  if (about === '' && !isContent) return false
  const contents = dossier.tests.filter((test) => attributeOf(test.attribute) === 'content')
  return contents.length <= 1
}

const listedContents = (claim: Claim, dossier: Dossier, table: ClaimTable): Claim[] =>
  dossier.claims
    .flatMap((listed) => claimsOfListing(listed, table))
    .filter(
      ({ attribute, about }) =>
        attribute === 'content' && (about === claim.about || claim.about === ''),
    )
