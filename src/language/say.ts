/** Sentences by key: `say('step.observed', { jump: 6000 })` gives the sentence in both languages. */
import { catalogue } from './catalogue/index.ts'
import { show, type Language, type Sentence, type Value } from './sentence.ts'

export type Key = keyof typeof catalogue

/** The names between braces in a template: `'{a} of {b}'` gives `'a' | 'b'`. */
type Holes<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Holes<Rest>
  : never

type Values<K extends Key> = Readonly<Record<Holes<(typeof catalogue)[K]['en']>, Value>>

/** @throws RangeError when a template names a value that was not given (only for untyped callers). */
export const say = <K extends Key>(
  key: K,
  ...rest: [Holes<(typeof catalogue)[K]['en']>] extends [never] ? [] : [values: Values<K>]
): Sentence => {
  const template: Sentence = catalogue[key]
  const values = (rest[0] ?? {}) as Readonly<Record<string, Value>>
  return { en: fill(template.en, values, 'en'), zh: fill(template.zh, values, 'zh') }
}

const fill = (template: string, values: Readonly<Record<string, Value>>, language: Language) =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new RangeError(`no value for {${name}} in "${template}"`)
    return show(value, language)
  })
