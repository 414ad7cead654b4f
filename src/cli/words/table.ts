/** Hits for a person: one block a hit, the original words first, then what is said of them. */
import stringWidth from 'string-width'
import { say } from '../../language/say.ts'
import type { Language } from '../../language/sentence.ts'
import { clockOf } from '../../wording/captions/read.ts'
import type { WordingRule } from '../../wording/lexicon.ts'
import type { Hit } from '../../wording/read.ts'
import type { Source } from './utterances.ts'

export type Found = { readonly source: Source; readonly hit: Hit }

const COLUMNS = ['where', 'words', 'rule', 'verdict', 'step', 'law'] as const

/** @param texts how many were read */
export const wordsTable = (
  found: readonly Found[],
  rules: ReadonlyMap<string, WordingRule>,
  texts: number,
  language: Language,
): string => {
  const rows = found.map(({ source, hit }) => [
    placeOf(source, hit),
    hit.matched.replace(/\s+/g, ' '),
    rules.get(hit.rule)?.title[language] ?? hit.rule,
    say(`wording.cli.verdict.${hit.verdict}`)[language],
    hit.verdict === 'innocent' ? '–' : hit.step,
    hit.provisions.map(({ id, reading }) => `${id}${reading === 'verified' ? '' : '*'}`).join(' '),
  ])
  const summary = say('wording.cli.summary', {
    texts,
    hits: found.filter(({ hit }) => hit.verdict !== 'innocent').length,
  })[language]
  if (rows.length === 0) return `${summary}\n`
  const head = COLUMNS.map((column) => say(`wording.cli.column.${column}`)[language])
  const widths = COLUMNS.map((_, at) =>
    Math.max(...[head, ...rows].map((row) => stringWidth(row[at]!))),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => cell + ' '.repeat(widths[at]! - stringWidth(cell)))
      .join('  ')
      .trimEnd()
  const body = rows.flatMap((row, i) => [line(row), `    ${found[i]!.hit.why[language]}`])
  const unread = found.some(({ hit }) =>
    hit.provisions.some(({ reading }) => reading !== 'verified'),
  )
  const note = unread ? [say('wording.cli.partly-read')[language]] : []
  return `${[line(head), ...body, '', summary, ...note].join('\n')}\n`
}

/** `file:line:column`, and the second of the recording where it was spoken. */
const placeOf = ({ file, line, utterance }: Source, { span }: Hit): string => {
  const spoken = utterance.at === undefined ? '' : ` ${clockOf(utterance.at)}`
  const column = Array.from(utterance.text.slice(0, span.start)).length + 1
  return file === '' ? `${column}` : `${file}:${line}:${column}${spoken}`
}
