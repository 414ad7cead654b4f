/**
 * One reason as a small picture: what was observed above what each explanation led to expect, on one
 * scale from nought. Where something is no number, it is written instead of drawn.
 */
import { Fragment } from 'react'
import { isInnocent } from '../../../src/report/stance.ts'
import type { Reason } from '../../../src/vocabulary/finding.ts'
import { useWords } from '../i18n.tsx'
import { reported, term } from '../terms.ts'

type Value = number | string
type Row = { readonly name: string; readonly value: Value; readonly fill: string }

/** `names`: the finding's hypotheses, the leading one first. */
export const Picture = ({
  reason,
  names,
}: {
  readonly reason: Reason
  readonly names: readonly string[]
}) => {
  const { t, language } = useWords()
  const expected: Readonly<Record<string, Value | undefined>> = reason.expected
  const order = [...names, ...Object.keys(expected).filter((name) => !names.includes(name))]
  const rows: readonly Row[] = [
    { name: t(reported('report.finding.observed')), value: reason.observed, fill: 'fill-seen' },
    ...order.flatMap((name): Row[] => {
      const value = expected[name]
      if (value === undefined) return []
      const title = t(reported('report.finding.expected'), { name: t(term('hypothesis', name)) })
      return [{ name: title, value, fill: isInnocent(name) ? 'fill-innocent' : 'fill-other' }]
    }),
  ]
  const sizes = rows.map(({ value }) => sizeOf(value))
  const canDraw = sizes.every((size) => size !== null)
  const top = Math.max(0, ...sizes.map((size) => size ?? 0))
  // Digits enough to tell the rows apart, and no more.
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    maximumSignificantDigits: 4,
  })
  return (
    <figure className="picture">
      <dl>
        {rows.map(({ name, value, fill }, i) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd className={canDraw ? undefined : 'words'}>
              {canDraw && (
                <svg height="12" aria-hidden="true">
                  <line className="zero-line" x1="0" x2="0" y1="0" y2="12" />
                  <rect
                    className={fill}
                    y="1"
                    height="10"
                    width={`${top === 0 ? 0 : ((sizes[i] ?? 0) / top) * 100}%`}
                  />
                </svg>
              )}
              <bdi className="numbers">
                {typeof value === 'number' ? format.format(value) : value}
              </bdi>
            </dd>
          </Fragment>
        ))}
      </dl>
    </figure>
  )
}

/** A number, or a share as detectors write it: `12.5 %`. Null where there is nothing to draw. */
const sizeOf = (value: Value): number | null => {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.abs(value) : null
  const share = /^(\d+(?:\.\d+)?) ?%$/.exec(value)
  return share === null ? null : Number(share[1])
}
