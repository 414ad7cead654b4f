/** People present over the broadcast: displayed, observed, genuine; a finding's period is shaded. */
import { useWords } from '../i18n.tsx'
import { term } from '../terms.ts'

export type Audience = {
  readonly at: readonly number[]
  readonly values: Readonly<Record<string, readonly (number | null)[]>>
}

const WIDTH = 640
const HEIGHT = 150
const KINDS = ['displayed', 'observed', 'genuine'] as const

const WORDS = {
  title: { en: 'People present', zh: '在线人数' },
  shaded: {
    en: 'People present; the shaded part is the period of this finding',
    zh: '在线人数；阴影为本项发现的时段',
  },
} as const

export const Moment = ({
  audience,
  period,
}: {
  readonly audience: Audience
  /** RFC 3339. */
  readonly period?: { readonly from: string; readonly until: string }
}) => {
  const { t, count, when } = useWords()
  const { at, values } = audience
  const first = at[0]
  const last = at.at(-1)
  if (first === undefined || last === undefined || last <= first) return null
  const top = Math.max(1, ...KINDS.flatMap((kind) => values[kind] ?? []).map((v) => v ?? 0))
  const x = (ms: number) => ((Math.min(last, Math.max(first, ms)) - first) / (last - first)) * WIDTH
  const y = (value: number) => HEIGHT - (value / top) * (HEIGHT - 2)
  const shown = KINDS.filter((kind) => (values[kind] ?? []).some((value) => value !== null))
  const [begins, ends] =
    period === undefined ? [0, 0] : [x(Date.parse(period.from)), x(Date.parse(period.until))]
  const title = t(period === undefined ? WORDS.title : WORDS.shaded)
  return (
    <figure className="curve stack">
      <p className="numbers">{count(top)}</p>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={title}
      >
        {period !== undefined && (
          <rect
            className="span"
            x={begins}
            y="0"
            width={Math.max(2, ends - begins)}
            height={HEIGHT}
          />
        )}
        <line className="zero-line" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        {shown.map((kind) => (
          <path key={kind} className={kind} d={pathOf(at, values[kind]!, x, y)} />
        ))}
      </svg>
      <p className="ends numbers">
        <span>{when(first, 'clock')}</span> <span>{when(last, 'clock')}</span>
      </p>
      <figcaption className="soft small">{title}</figcaption>
      <ul className="legend">
        {shown.map((kind) => (
          <li key={kind} className={kind}>
            {t(term('series', kind))}
          </li>
        ))}
      </ul>
    </figure>
  )
}

/** A curve broken where nothing was known. */
const pathOf = (
  at: readonly number[],
  values: readonly (number | null)[],
  x: (ms: number) => number,
  y: (value: number) => number,
): string => {
  let isOpen = false
  return values
    .map((value, i) => {
      const ms = at[i]
      if (value === null || ms === undefined) {
        isOpen = false
        return ''
      }
      const step = `${isOpen ? 'L' : 'M'}${x(ms).toFixed(1)} ${y(value).toFixed(1)}`
      isOpen = true
      return step
    })
    .join('')
}
