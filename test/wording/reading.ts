/** The shipped pack, for tests that read words. */
import { readdirSync, readFileSync } from 'node:fs'
import { parsePolicy, type Policy } from '../../src/law/policy.ts'
import { parseLexicon, type Lexicon } from '../../src/wording/lexicon.ts'
import { createReader, type Reader } from '../../src/wording/read.ts'

const PACK = new URL('../../policies/cn/', import.meta.url)
const json = (name: string): unknown => JSON.parse(readFileSync(new URL(name, PACK), 'utf8'))

/** After every text of the pack came into force. */
export const AT = Date.UTC(2026, 5, 1)

export const shippedPolicy = (): Policy =>
  parsePolicy(json('provisions.json'), json('findings.json'))

export const shippedFiles = () =>
  readdirSync(new URL('wording/', PACK))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, json: json(`wording/${name}`) }))

export const shippedLexicon = (): Lexicon => parseLexicon(shippedFiles())

/** The shipped spellings and context with a few entries of a test's own. */
export const readerOf = (own: Record<string, unknown>): Reader => {
  const files = shippedFiles().filter(({ name }) => /^(spellings|context|categories)/.test(name))
  const list = {
    version: '1',
    from: '2020-01-01',
    rules: [{ id: 'rule-a', title: { en: 'A', zh: '甲' }, provisions: ['AdL-9(3)'], step: 'L1' }],
    ...own,
  }
  return createReader(parseLexicon([{ name: 'own.json', json: list }, ...files]), shippedPolicy())
}

/** An entry of a test with what every entry needs. */
export const entry = (fields: Record<string, unknown>) => ({
  id: 'entry-a',
  rule: 'rule-a',
  meaning: { en: 'It says too much', zh: '言过其实' },
  ...fields,
})

/** What the host says on air, as `matched=verdict` in the order of the text. */
export const heard = (reader: Reader, text: string, more: Record<string, unknown> = {}): string[] =>
  reader
    .read({ text, speaker: 'host', place: 'caption', ...more }, AT)
    .map(({ matched, verdict }) => `${matched}=${verdict}`)
