/** Every figure three ways, as a table; and sales as steps from what was shown down to what was kept. */
import type { LiveFigures } from '../../../src/http/contract.ts'
import { useWords } from '../i18n.tsx'
import { term } from '../terms.ts'

type Figures = LiveFigures['figures']

const WORDS = {
  money: { en: 'From gross to net', zh: '从总额到净额' },
  gross: { en: 'gross (paid, before refunds)', zh: '总额（已付款，退款前）' },
  filtered: { en: 'filtered (less what is in doubt)', zh: '剔除存疑后' },
  net: { en: 'net (after refunds and cancellations)', zh: '净额（扣除退款和取消）' },
  sales: { en: 'Sales', zh: '销售额' },
  orders: { en: 'Orders', zh: '订单' },
  none: {
    en: 'No order of this broadcast is on record.',
    zh: '本场没有订单记录。',
  },
} as const

const PLAIN = ['viewers', 'views', 'concurrent', 'likes', 'comments'] as const

export const FigureTable = ({ figures }: { readonly figures: Figures }) => {
  const { t, count, percent } = useWords()
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t(term('column', 'figure'))}>
      <table className="tell">
        <thead>
          <tr>
            {['figure', 'displayed', 'observed', 'genuine', 'interval', 'water'].map((name) => (
              <th key={name} scope="col">
                {t(term('column', name))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PLAIN.map((name) => {
            const { displayed, observed, genuine, water } = figures[name]
            return (
              <tr key={name}>
                <th scope="row">{t(term('figure', name))}</th>
                <td>{count(displayed)}</td>
                <td>{count(observed)}</td>
                <td>
                  <b>{count(genuine?.estimate)}</b>
                </td>
                <td>{genuine === null ? '–' : `${count(genuine.low)} – ${count(genuine.high)}`}</td>
                <td>{percent(water)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

export const MoneySteps = ({
  figures,
  currency,
}: {
  readonly figures: Figures
  readonly currency: string
}) => {
  const { t, count, money } = useWords()
  const isEmpty = (figures.orders.observed ?? 0) === 0
  if (isEmpty) return <p className="soft">{t(WORDS.none)}</p>
  return (
    <>
      <h3>{t(WORDS.sales)}</h3>
      <Steps figure={figures.sales} write={(value) => money(value, currency)} />
      <h3>{t(WORDS.orders)}</h3>
      <Steps figure={figures.orders} write={count} />
    </>
  )
}

const Steps = ({
  figure,
  write,
}: {
  readonly figure: Figures['sales']
  readonly write: (value: number | null) => string
}) => {
  const { t } = useWords()
  const steps = [
    { name: WORDS.gross, value: figure.observed, fill: 'fill-displayed' },
    { name: WORDS.filtered, value: figure.filtered, fill: 'fill-observed' },
    { name: WORDS.net, value: figure.net, fill: 'fill-genuine' },
  ]
  const top = Math.max(1, ...steps.map(({ value }) => value ?? 0))
  return (
    <div className="money-steps numbers">
      {steps.map(({ name, value, fill }) => (
        <div className="step" key={name.en}>
          <span>{t(name)}</span>
          <svg height="12" aria-hidden="true">
            <rect
              className={fill}
              height="12"
              width={`${(Math.max(0, value ?? 0) / top) * 100}%`}
            />
          </svg>
          <b>{write(value)}</b>
        </div>
      ))}
    </div>
  )
}
