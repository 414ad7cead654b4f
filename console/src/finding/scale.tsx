/**
 * The explanations of a finding on one scale of bans. The innocent one stands at nought and every
 * other at its weight against it; a bar to the left says that the evidence speaks against it.
 */
import { isInnocent } from '../../../src/report/stance.ts'
import { strengthOf, type Hypotheses } from '../../../src/vocabulary/finding.ts'
import { useWords } from '../i18n.tsx'
import { reported, signed, term } from '../terms.ts'

/** Weights beyond this are drawn at the edge; their number is printed all the same. */
const EDGE_BANS = 8

export const Scale = ({ hypotheses }: { readonly hypotheses: Hypotheses }) => {
  const { t } = useWords()
  const weights = hypotheses.map(({ weightBans }) => weightBans)
  const low = -Math.min(EDGE_BANS, Math.ceil(Math.max(0, -Math.min(0, ...weights))))
  const high = Math.min(EDGE_BANS, Math.max(2, Math.ceil(Math.max(0, ...weights))))
  const share = (weight: number) =>
    ((Math.min(high, Math.max(low, weight)) - low) / (high - low)) * 100
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => low + i)
  return (
    <div className="scale" role="group" aria-label={t(reported('report.finding.scale'))}>
      {hypotheses.map(({ name, weightBans }) => (
        <div className="scale-row" key={name}>
          <span>
            {t(term('hypothesis', name))}{' '}
            {isInnocent(name) && (
              <em className="chip is-innocent">{t(reported('report.finding.innocent-mark'))}</em>
            )}
          </span>
          <Track
            zero={share(0)}
            at={share(weightBans)}
            ticks={ticks.map(share)}
            fill={isInnocent(name) ? 'fill-innocent' : 'fill-other'}
          />
          <span className="weight numbers">
            {t(reported('report.finding.bans'), { bans: signed(weightBans) })}
            {weightBans > 0 && ` · ${t(term('strength', strengthOf(weightBans)))}`}
          </span>
        </div>
      ))}
      <div className="scale-row" aria-hidden="true">
        <svg className="track" height="16">
          {ticks.map((tick) => (
            <text
              key={tick}
              x={`${share(tick)}%`}
              y="12"
              textAnchor={tick === low ? 'start' : tick === high ? 'end' : 'middle'}
            >
              {tick < 0 ? `−${-tick}` : tick}
            </text>
          ))}
        </svg>
      </div>
    </div>
  )
}

const Track = ({
  zero,
  at,
  ticks,
  fill,
}: {
  readonly zero: number
  readonly at: number
  readonly ticks: readonly number[]
  readonly fill: string
}) => (
  <svg className="track" height="22" aria-hidden="true">
    {ticks.map((tick) => (
      <line key={tick} className="grid-line" x1={`${tick}%`} x2={`${tick}%`} y1="0" y2="22" />
    ))}
    <rect
      className={fill}
      x={`${Math.min(zero, at)}%`}
      y="7"
      width={`${Math.abs(at - zero)}%`}
      height="8"
    />
    <line className="zero-line" x1={`${zero}%`} x2={`${zero}%`} y1="0" y2="22" />
    <circle className={fill} cx={`${at}%`} cy="11" r="5" />
  </svg>
)
