/** Prints docs/words-accuracy.md: accuracy on the labelled sentences, beside a flat list of words. */
import {
  byRule,
  bySentence,
  naive,
  naiveWords,
  ours,
  precision,
  recall,
  sentences,
  total,
  type Score,
} from '../test/wording/measure.ts'

const SPLITS = ['dev', 'test', 'blind', 'others', 'third', 'ordinary'] as const
/** Splits that nothing was written after and whose sentences name their rules. */
const NAMED: ReadonlySet<string> = new Set(['test', 'blind', 'others'])
const show = (value: number) => value.toFixed(3)
const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
const both = (score: Score) =>
  score.hit + score.missed === 0 ? ['–', '–'] : [show(precision(score)), show(recall(score))]

const words = naiveWords()
const lists = SPLITS.map((split) => [split, sentences(split)] as const)

console.log('## Whole sentences: is anything found that should be, and nothing else?\n')
console.log(row('sentences', 'innocent', 'read by', 'precision', 'recall', 'false alarms'))
console.log(row('--', '--:', '--', '--:', '--:', '--:'))
for (const [split, list] of lists) {
  const innocent = list.filter(({ expect }) => expect.length === 0).length
  const readers = [
    ['Assay', ours] as const,
    ...(words ? [['flat list', naive(words)] as const] : []),
  ]
  for (const [name, judge] of readers) {
    const score = bySentence(list, judge)
    console.log(
      row(
        `${split}, ${list.length}`,
        innocent,
        name,
        ...both(score),
        `${score.wrong} of ${innocent}`,
      ),
    )
  }
}

console.log('\n## The third stranger’s, kind by kind\n')
console.log(row('kind', 'claims found', 'innocent flagged'))
console.log(row('--', '--:', '--:'))
const third = lists.find(([split]) => split === 'third')![1]
for (const kind of ['penalty', 'running', 'roundabout', 'disguise']) {
  const { hit, wrong, missed } = bySentence(
    third.filter((each) => each.kind === kind),
    ours,
  )
  const innocent = third.filter((each) => each.kind === kind && each.expect.length === 0).length
  console.log(row(kind, `${hit} of ${hit + missed}`, `${wrong} of ${innocent}`))
}

console.log('\n## Rule by rule, of test, blind and others together\n')
const unseen = lists.flatMap(([split, list]) => (NAMED.has(split) ? list : []))
const flat = words ? naive(words) : null
console.log(row('rule', 'sentences', 'precision', 'recall', 'recall of the flat list'))
console.log(row('--', '--:', '--:', '--:', '--:'))
const scores = [...byRule(unseen, ours)].sort(([a], [b]) => (a < b ? -1 : 1))
for (const [rule, score] of scores) {
  const broken = unseen.filter(({ expect }) => expect.some((each) => each.rule === rule))
  const caught = flat ? broken.filter((each) => flat(each).size > 0).length : Number.NaN
  console.log(row(`\`${rule}\``, broken.length, ...both(score), show(caught / broken.length)))
}
console.log(row('all rules', '', ...both(total(scores.map(([, score]) => score))), ''))
