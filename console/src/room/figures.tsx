/** Every figure three ways: displayed, observed, genuine with its interval; and the water. */
import { useWords } from '../i18n.tsx'
import { term } from '../terms.ts'
import type { Broadcast } from './types.ts'

const FIGURES = ['viewers', 'views', 'concurrent', 'likes', 'comments', 'orders', 'sales'] as const

const WORDS = {
  title: { en: 'Figures', zh: '数据' },
  headline: {
    en: 'The page shows {displayed} viewers; about {genuine} are genuine ({low} to {high}).',
    zh: '页面显示 {displayed} 名观众，真实约 {genuine} 名（{low} 至 {high}）。',
  },
  unknown: {
    en: 'What is recorded does not allow a genuine figure of viewers yet.',
    zh: '现有记录尚不足以给出真实观众人数。',
  },
} as const

export const Figures = ({ whole }: { readonly whole: Broadcast }) => {
  const { t, count, percent, money } = useWords()
  const { figures, currency } = whole
  const { displayed, genuine } = figures.viewers
  return (
    <section className="card">
      <h2>{t(WORDS.title)}</h2>
      <p className="headline">
        {genuine?.estimate == null
          ? t(WORDS.unknown)
          : t(WORDS.headline, {
              displayed: count(displayed),
              genuine: count(genuine.estimate),
              low: count(genuine.low),
              high: count(genuine.high),
            })}
      </p>
      <div className="scroll" tabIndex={0} role="region" aria-label={t(WORDS.title)}>
        <table className="figures numbers">
          <thead>
            <tr>
              {(['figure', 'displayed', 'observed', 'genuine', 'interval', 'water'] as const).map(
                (column) => (
                  <th key={column} scope="col">
                    {t(term('column', column))}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {FIGURES.map((name) => {
              const one = figures[name]
              const show = (value: number | null | undefined) =>
                name === 'sales' ? money(value, currency) : count(value)
              return (
                <tr key={name}>
                  <th scope="row">{t(term('figure', name))}</th>
                  <td className="soft">{show(one.displayed)}</td>
                  <td>{show(one.observed)}</td>
                  <td className="is-genuine">{show(one.genuine?.estimate)}</td>
                  <td className="soft">
                    {one.genuine === null
                      ? '–'
                      : `${show(one.genuine.low)} – ${show(one.genuine.high)}`}
                  </td>
                  <td>{percent(one.water)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}
