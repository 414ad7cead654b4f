/** Claims of origin: `德国原装进口`, `made in Italy`, `国产`, and of a brand's: `德国品牌`, `an imported brand`. */
import type { Found } from '../terms.ts'
import { CLOSE, draft, hull, type Draft, type Sentence } from './sentence.ts'
import type { Mark } from './table.ts'

export function* origins({ marks, text }: Sentence): Generator<Draft> {
  const of = (...kinds: readonly Mark['kind'][]) =>
    marks.filter(({ value }) => kinds.includes(value.kind))
  const beside = (a: Found<Mark>, b: Found<Mark>) =>
    Math.max(a.start, b.start) - Math.min(a.end, b.end) <= CLOSE &&
    !/[,、]/.test(text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)))
  const used = new Set<Found<Mark>>()
  for (const country of of('country')) {
    const { id } = country.value as { id: string }
    const brand = of('brand', 'foreign-brand').find(
      (each) => each.start >= country.end && beside(country, each),
    )
    const made = of('imported', 'made').find((each) => beside(country, each))
    if (brand !== undefined) {
      used.add(brand)
      yield draft('brand', '', id, hull(country, brand))
    } else if (made !== undefined) {
      used.add(made)
      const range = hull(country, made)
      yield draft('origin', nounAfter(text, range.end), id, range)
    } else if (country.term === '国产') yield draft('origin', '', id, country)
  }
  for (const mark of of('imported'))
    if (!used.has(mark)) yield draft('origin', nounAfter(text, mark.end), 'imported', mark)
  for (const mark of of('foreign-brand')) {
    // An imported brand is said of the goods as well as of the name (S0-4).
    if (/进口|imported/.test(mark.term)) yield draft('origin', '', 'imported', mark)
    if (!used.has(mark)) yield draft('brand', '', 'foreign', mark)
  }
}

/** `机芯` of 进口机芯, `漱口水` of 进口的漱口水; empty where the sentence goes on otherwise. */
const nounAfter = (text: string, end: number): string =>
  /^的?([\p{Script=Han}]{2,4})/u
    .exec(text.slice(end, end + 5))?.[1]
    ?.replace(/^[的是了啊呢吧哦哟呀也都就很来过到而]+.*/u, '') ?? ''
