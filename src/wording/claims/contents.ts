/** Claims of content: `30%果汁`, `燕窝含量特别高`, `0蔗糖`, `rich in bird's nest`. */
import type { Found } from '../terms.ts'
import type { Amount } from './amount.ts'
import { CLOSE, draft, hull, NEAR, SHARE_UNITS, type Draft, type Sentence } from './sentence.ts'
import type { Mark } from './table.ts'

export function* contents(sentence: Sentence): Generator<Draft> {
  const { marks, amounts, text } = sentence
  const ingredients = marks.filter(({ value }) => value.kind === 'ingredient')
  const shares = amounts.filter(({ unit }) => SHARE_UNITS.has(unit))
  for (const mark of ingredients) {
    const about = (mark.value as { id: string }).id
    const share = shares.find((amount) => belongs(sentence, mark, amount))
    if (share !== undefined) {
      const { value, unit } = share
      yield draft('content', about, value, hull(mark, share), unit)
      continue
    }
    const free = marks.find(
      ({ value, start, end }) =>
        value.kind === 'free' &&
        mark.start - end <= 1 &&
        mark.start >= end &&
        !/[\d.]/.test(text[start - 1] ?? ''),
    )
    if (free !== undefined) {
      yield draft('content', about, 'free', hull(free, mark))
      continue
    }
    const high = highNear(sentence, mark)
    if (high !== undefined) yield draft('content', about, 'high', hull(mark, high))
  }
  if (ingredients.length > 0) return
  for (const mark of marks.filter(({ value }) => value.kind === 'content')) {
    const share = shares.find(({ start }) => start >= mark.end && start - mark.end <= CLOSE * 2)
    const high = highNear(sentence, mark)
    if (share !== undefined) yield draft('content', '', share.value, hull(mark, share), share.unit)
    else if (high !== undefined) yield draft('content', '', 'high', hull(mark, high))
  }
  for (const mark of marks)
    if (mark.value.kind === 'high' && mark.value.whole) yield draft('content', '', 'high', mark)
}

/** `30%果汁`, `含量0.014%的燕窝`, `燕窝含量高达5%`: nothing but filling between, no other ingredient. */
const belongs = ({ text, marks }: Sentence, mark: Found<Mark>, amount: Amount): boolean => {
  const [from, until] =
    amount.end <= mark.start ? [amount.end, mark.start] : [mark.end, amount.start]
  if (until < from || until - from > NEAR) return false
  const between = text.slice(from, until)
  if (/[,、;:]/.test(between.replace(/^\s*:/, ''))) return false
  const isClose = amount.end <= mark.start ? until - from <= CLOSE : true
  const other = marks.some(
    ({ value, start }) => value.kind === 'ingredient' && start >= from && start < until,
  )
  return isClose && !other
}

/** `燕窝含量特别高`, `高含量燕窝`, `high bird's nest content`; `好吃度很高的燕窝` is none. */
const highNear = ({ marks }: Sentence, mark: Found<Mark>): Found<Mark> | undefined => {
  const near = (other: Found<Mark>, reach: number) =>
    other !== mark &&
    (other.start >= mark.end
      ? other.start - mark.end <= reach
      : mark.start >= other.end && mark.start - other.end <= CLOSE)
  const hasContent =
    mark.value.kind === 'content' ||
    marks.some((other) => other.value.kind === 'content' && near(other, NEAR))
  return marks.find(
    (other) =>
      other.value.kind === 'high' &&
      (other.value.whole ||
        /^rich|high in|loaded|packed/.test(other.term) ||
        (hasContent && near(other, NEAR))) &&
      near(other, NEAR),
  )
}
