/** Claims in figures: what was sold (`今晚卖了9900万`, `99 million sold`), and prices (`专柜价1599`). */
import { CLOSE, draft, hull, NEAR, SHARE_UNITS, type Draft, type Sentence } from './sentence.ts'
import type { Mark } from './table.ts'

/** Sales and prices: a word, and a figure after it (or shortly before, for `99 million sold`). */
export function* figures({ marks, amounts, text, table }: Sentence): Generator<Draft> {
  const { moneyUnits, pieceUnits, here, futureWords } = table.file
  for (const amount of amounts) {
    const before = marks.findLast(
      ({ value, end }) => isFigureWord(value) && amount.start >= end && amount.start - end <= NEAR,
    )
    const after = marks.find(
      ({ value, start }) =>
        value.kind === 'sales' && start >= amount.end && start - amount.end <= CLOSE,
    )
    const word = before ?? after
    if (word === undefined) continue
    const isMoney = moneyUnits.includes(amount.unit)
    const range = hull(word, amount)
    if (word.value.kind === 'sales') {
      if (SHARE_UNITS.has(amount.unit) || futureWords.some((each) => text.includes(each))) continue
      const isSum = isMoney || /额|成交|gmv/.test(word.term)
      const unit = isSum ? 'fen' : pieceUnits.includes(amount.unit) ? 'pieces' : ''
      const value = isSum ? amount.value * 100 : amount.value
      const isHere = here.some((each) => text.includes(each))
      yield draft('sales', isHere ? 'here' : '', value, range, unit)
    } else if ((isMoney || amount.unit === '') && amount.start - word.end <= CLOSE) {
      const about = word.value.kind === 'reference-price' ? 'reference' : 'sale'
      yield draft('price', about, Math.round(amount.value * 100), range, 'fen')
    }
  }
}

const isFigureWord = ({ kind }: Mark) =>
  kind === 'sales' || kind === 'reference-price' || kind === 'sale-price'
