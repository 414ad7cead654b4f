/** A level against the level on file: black gold against platinum (S0-8). */
import { say } from '../../language/say.ts'
import { foldTerm } from '../terms.ts'
import { attributeOf } from './dossier.ts'
import { joined, lacking, open, type Comparison } from './judged.ts'
import { isOfPart } from './sentence.ts'
import type { ClaimTable } from './table.ts'

/**
 * Levels of one ladder exclude one another. Only a level above every one on file is contradicted:
 * who calls a platinum card gold, or names the lesser of two materials, deceives nobody.
 */
export const compareLevel: Comparison = (claim, dossier, table, { isListing = false }) => {
  const ladder = table.file.ladders.find(({ id }) => id === claim.about)!
  const { title, category, claims, tests, event } = dossier
  const stated = isListing
    ? []
    : [title, ...claims.flatMap(({ value, text }) => [`${value}`, text])]
  const onFile = levelsIn([...stated, ...tests.map(({ value }) => `${value}`)], ladder.id, table)
  const about = foldTerm([title, category, ...claims.map(({ text }) => text)].join(' '))
  const isFor =
    ladder.goods === undefined ||
    ladder.goods.some((word) => about.includes(word)) ||
    claims.some(({ attribute }) => attributeOf(attribute) === 'level')
  if (!isFor) return open(claim, table)
  if (onFile.size === 0) return lacking(claim, dossier, table)
  const rank = (id: string) => ladder.levels.findIndex((each) => each.id === id)
  const filed = ladder.levels.filter(({ id }) => onFile.has(id))
  const names = joined(filed.map(({ title: name }) => name))
  const isAbove = filed.every(({ id }) => rank(id) < rank(String(claim.value)))
  const values = { claim: claim.text, listed: { term: names } }
  return {
    claim,
    outcome: isAbove ? 'contradicted' : 'supported',
    why: isAbove ? say('claims.level.contradicted', values) : say('claims.level.supported', values),
    against: 'listing',
    onFile: names.zh,
    by: [event],
  }
}

const levelsIn = (texts: readonly string[], ladder: string, table: ClaimTable): Set<string> => {
  const found = new Set<string>()
  for (const text of texts.map(foldTerm))
    for (const { value, end } of table.marks.find(text))
      if (value.kind === 'level' && value.ladder === ladder && !isOfPart(text, end, table))
        found.add(value.id)
  return found
}
