/** The shipped lists as they are read in use, for the tests of what they find. */
import { readFileSync } from 'node:fs'
import { parseLines } from '../../src/wording/lines.ts'
import { createReader, type Hit, type Utterance } from '../../src/wording/read.ts'
import { AT, shippedLexicon, shippedPolicy } from './reading.ts'

export const policy = shippedPolicy()
export const lexicon = shippedLexicon()
export const lines = parseLines(
  JSON.parse(
    readFileSync(new URL('../../policies/cn/lines.json', import.meta.url), 'utf8'),
  ) as unknown,
)

export type Spoken = Pick<Utterance, 'text' | 'speaker' | 'place'> & {
  readonly category?: string | undefined
}

const reader = createReader(lexicon, policy)

/** The hits that count. */
export const alarms = ({ text, speaker, place, category }: Spoken): readonly Hit[] =>
  reader
    .read(
      { text, speaker, place, ...(category === undefined ? {} : { product: { category } }) },
      AT,
    )
    .filter(({ verdict }) => verdict !== 'innocent')
