/** The table of claims (`policies/<pack>/claims.json`): its shape, and its words compiled. */
import * as z from 'zod'
import { foldTerm, Terms } from '../terms.ts'

const words = z.array(z.string().min(1)).min(1)
const title = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })
const named = z.strictObject({ id: z.string().min(1), title, words })

const claimsFile = z.strictObject({
  version: z.string().min(1),
  about: title.optional(),
  ingredients: z.array(
    named.extend({
      /** Below this share nobody would call the content high; absent where a trace may be much. */
      highFloorPercent: z.number().positive().optional(),
      /** Above this share it may not be called free of it (GB 28050 for sugar and fat). */
      freeLimitPercent: z.number().positive().optional(),
    }),
  ),
  contentWords: words,
  highWords: words,
  freeWords: words,
  countries: z.array(named.extend({ codes: words })),
  importedWords: words,
  madeWords: words,
  brandWords: words,
  foreignBrandWords: words,
  /** Longer words that hold 进口 and say nothing about where the goods come from. */
  notOrigin: words,
  /** Levels that exclude one another, the lowest first. */
  ladders: z.array(
    z.strictObject({
      id: z.string(),
      title,
      levels: z.array(named).min(2),
      /** Goods that the ladder is for; absent where its words speak of nothing else. */
      goods: words.optional(),
    }),
  ),
  /** A level followed by one of these is that of a part: a PU sole says nothing of the upper. */
  partWords: words,
  effects: z.array(named),
  effectDocuments: words,
  certificates: z.array(named.extend({ documents: words })),
  originDocuments: words,
  brandDocuments: words,
  salesWords: words,
  moneyUnits: words,
  pieceUnits: words,
  passWords: words,
  /** A figure hoped for is no claim. */
  futureWords: words,
  /** Words by which a sales figure is one of this broadcast. */
  here: words,
  referencePriceWords: words,
  salePriceWords: words,
  /** A sentence about somebody else claims nothing about these goods. */
  others: words,
  negations: words,
  questions: words,
  /** A correction follows: 更正. */
  corrections: words,
  /** What was said is taken back: 说错了. */
  retractions: words,
})

export type ClaimsFile = z.infer<typeof claimsFile>
export type Ingredient = ClaimsFile['ingredients'][number]
export type Certificate = ClaimsFile['certificates'][number]

export type Mark =
  | { readonly kind: 'ingredient' | 'country' | 'effect' | 'certificate'; readonly id: string }
  | { readonly kind: 'level'; readonly ladder: string; readonly id: string }
  | { readonly kind: 'high'; readonly whole: boolean }
  | { readonly kind: 'correction'; readonly retracts: boolean }
  | {
      readonly kind:
        | 'content'
        | 'free'
        | 'imported'
        | 'made'
        | 'brand'
        | 'foreign-brand'
        | 'sales'
        | 'pass'
        | 'reference-price'
        | 'sale-price'
        | 'others'
        | 'negation'
        | 'question'
        | 'nothing'
    }

export type ClaimTable = {
  readonly file: ClaimsFile
  readonly marks: Terms<Mark>
  readonly ingredients: ReadonlyMap<string, Ingredient>
  readonly certificates: ReadonlyMap<string, Certificate>
  /** Country by ISO code or name, for structured fields. */
  readonly countryOf: (text: string) => string | undefined
}

/** @throws RangeError naming the place, for a file of the wrong shape */
export const parseClaims = (json: unknown): ClaimTable => {
  const result = claimsFile.safeParse(json)
  if (!result.success) {
    const [issue] = result.error.issues
    throw new RangeError(`${issue!.path.join(' ')}: ${issue!.message}`)
  }
  const file = result.data
  const codes = new Map(file.countries.flatMap(({ id, codes }) => codes.map((code) => [code, id])))
  const names = new Terms<string>(
    file.countries.flatMap(({ id, words: list }) => list.map((word) => [word, id] as const)),
  )
  return {
    file,
    marks: new Terms(marksOf(file)),
    ingredients: new Map(file.ingredients.map((each) => [each.id, each])),
    certificates: new Map(file.certificates.map((each) => [each.id, each])),
    countryOf: (text) => {
      const folded = foldTerm(text).trim()
      return codes.get(folded) ?? names.find(folded)[0]?.value
    },
  }
}

/** A word that stands in two lists has the meaning of the first. */
function* marksOf(file: ClaimsFile): Generator<readonly [string, Mark]> {
  const plain = (list: readonly string[], mark: Mark) => list.map((word) => [word, mark] as const)
  yield* plain(file.notOrigin, { kind: 'nothing' })
  yield* plain(file.foreignBrandWords, { kind: 'foreign-brand' })
  yield* plain(file.brandWords, { kind: 'brand' })
  for (const { id, levels } of file.ladders)
    for (const level of levels)
      yield* plain(level.words, { kind: 'level', ladder: id, id: level.id })
  for (const { id, words: list } of file.effects) yield* plain(list, { kind: 'effect', id })
  for (const { id, words: list } of file.certificates)
    yield* plain(list, { kind: 'certificate', id })
  for (const { id, words: list } of file.ingredients) yield* plain(list, { kind: 'ingredient', id })
  for (const word of file.highWords)
    yield [word, { kind: 'high', whole: file.contentWords.some((each) => word.includes(each)) }]
  yield* plain(file.contentWords, { kind: 'content' })
  yield* plain(file.freeWords, { kind: 'free' })
  yield* plain(file.importedWords, { kind: 'imported' })
  yield* plain(file.madeWords, { kind: 'made' })
  for (const { id, words: list } of file.countries) yield* plain(list, { kind: 'country', id })
  yield* plain(file.salesWords, { kind: 'sales' })
  yield* plain(file.referencePriceWords, { kind: 'reference-price' })
  yield* plain(file.salePriceWords, { kind: 'sale-price' })
  yield* plain(file.others, { kind: 'others' })
  yield* plain(file.retractions, { kind: 'correction', retracts: true })
  yield* plain(file.corrections, { kind: 'correction', retracts: false })
  yield* plain(file.negations, { kind: 'negation' })
  yield* plain(file.questions, { kind: 'question' })
  yield* plain(file.passWords, { kind: 'pass' })
}
