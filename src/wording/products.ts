/**
 * Kinds of goods: which an utterance is about, and whether an entry concerns them. A wine claim may
 * be no claim for a drug; where nobody says what is sold, an entry for some goods only says nothing.
 */
import { say } from '../language/say.ts'
import type { Sentence } from '../language/sentence.ts'
import type { Compiled } from './compile.ts'
import type { Entry, Lexicon } from './lexicon.ts'
import type { Occurrences } from './scan.ts'

export type Categories = {
  /** By id, or by the words that name one; with all wider ones. Empty for goods of no known kind. */
  readonly named: (category: string) => ReadonlySet<string>
  /** What the text itself names. */
  readonly within: (found: Occurrences) => ReadonlySet<string>
  /** Why an entry does not concern these goods; `elsewhere` where it is for other goods only. */
  readonly excuse: (entry: Entry, goods: ReadonlySet<string>) => Sentence | 'elsewhere' | null
}

export const createCategories = (
  lexicon: Lexicon,
  { uses }: Compiled,
  scan: (text: string) => Occurrences,
): Categories => {
  const widen = (ids: Iterable<string>): ReadonlySet<string> => {
    const all = new Set<string>()
    for (const id of ids)
      for (
        let each: string | undefined = id;
        each !== undefined && !all.has(each);
        each = lexicon.categories.get(each)?.within
      )
        all.add(each)
    return all
  }
  const names = Uint8Array.from(uses, ({ categories }) => (categories.length > 0 ? 1 : 0))
  const within = (found: Occurrences): ReadonlySet<string> => {
    const ids = new Set<string>()
    for (let at = 0; at < found.count; at += 1) {
      const lexeme = found.lexeme[at]!
      if (names[lexeme] === 1) for (const id of uses[lexeme]!.categories) ids.add(id)
    }
    return widen(ids)
  }
  const known = new Map<string, ReadonlySet<string>>()
  return {
    named: (category) => {
      let goods = known.get(category)
      if (goods === undefined) {
        goods = lexicon.categories.has(category) ? widen([category]) : within(scan(category))
        if (known.size < 1000) known.set(category, goods)
      }
      return goods
    },
    within,
    excuse: ({ products }, goods) => {
      if (products?.only?.some((id) => goods.has(id)) === false) return 'elsewhere'
      const category = products?.except?.find((id) => goods.has(id))
      return category === undefined ? null : say('wording.product', { category })
    },
  }
}
