/** Marks of findings, prices, coupons, promises, captions and removed comments on one line of time. */
import { useWords, type Sentence } from '../i18n.tsx'
import { term } from '../terms.ts'
import type { Moment, RaisedFinding } from './types.ts'

const KINDS: Readonly<Record<string, { readonly sign: string; readonly name: Sentence }>> = {
  finding: { sign: '!', name: { en: 'finding', zh: '发现' } },
  promise: { sign: '§', name: { en: 'promise', zh: '承诺' } },
  price: { sign: '¥', name: { en: 'price', zh: '价格' } },
  coupon: { sign: '%', name: { en: 'coupon', zh: '优惠券' } },
  caption: { sign: '“', name: { en: 'said on air', zh: '口播' } },
  removed: { sign: '×', name: { en: 'comment removed', zh: '评论被删除' } },
}

export const WORDS = { label: { en: 'Marks', zh: '时间标记' } } as const

/** Half a mark from either end at the nearest: none is cut off. */
const placeOf = (share: number): string => `clamp(12px, ${100 * share}%, calc(100% - 12px))`

type Mark = {
  readonly kind: string
  readonly at: number
  readonly id: string
  readonly text: string
}

type Props = {
  readonly from: number | undefined
  readonly until: number | undefined
  readonly moments: readonly Moment[]
  readonly raised: readonly RaisedFinding[]
  readonly picked: number | null
  readonly onPick: (at: number) => void
}

export const Timeline = ({ from, until, moments, raised, picked, onPick }: Props) => {
  const { t, when } = useWords()
  if (from === undefined || until === undefined || until <= from) return null
  const marks: readonly Mark[] = [
    ...raised.map((one) => ({
      kind: 'finding',
      at: Date.parse(one.from),
      id: one.id,
      text: t(term('kind', one.kind)),
    })),
    ...moments.flatMap((one): Mark[] => {
      if (one.kind !== 'comment')
        return [{ kind: one.kind, at: Date.parse(one.at), id: one.id, text: one.text }]
      return one.removed === null
        ? []
        : [{ kind: 'removed', at: Date.parse(one.removed.at), id: one.id, text: one.text }]
    }),
  ].filter(({ at }) => at >= from && at <= until)
  if (marks.length === 0) return null
  const kinds = Object.keys(KINDS).filter((kind) => marks.some((mark) => mark.kind === kind))
  return (
    <ul className="timeline" aria-label={t(WORDS.label)}>
      {kinds.map((kind) => (
        <li key={kind}>
          <span className="small soft">{t(KINDS[kind]!.name)}</span>
          <div className="track">
            {marks
              .filter((mark) => mark.kind === kind)
              .map((mark) => (
                <button
                  key={`${mark.id} ${mark.at}`}
                  type="button"
                  className={`mark mark-${kind}`}
                  aria-pressed={picked === mark.at}
                  title={`${when(mark.at, 'clock')} ${mark.text}`}
                  aria-label={`${t(KINDS[kind]!.name)}, ${when(mark.at, 'clock')}: ${mark.text}`}
                  style={{ left: placeOf((mark.at - from) / (until - from)) }}
                  onClick={() => onPick(mark.at)}
                >
                  {KINDS[kind]!.sign}
                </button>
              ))}
          </div>
        </li>
      ))}
    </ul>
  )
}
