/**
 * The audit of a broadcast for the merchant who paid for it: what was genuine, what was kept, what the
 * slot fee bought, and what is in doubt. One page to print or to save.
 */
import { Button } from 'antd'
import { useEffect } from 'react'
import type { FactsOfFinding } from '../../../src/http/access/views.ts'
import type { LiveFigures, MeasureView } from '../../../src/http/contract.ts'
import type { Finding } from '../../../src/vocabulary/finding.ts'
import { at, useGet } from '../api.ts'
import { FigureTable, MoneySteps } from '../audit/figures.tsx'
import { SlotFee } from '../audit/slot-fee.tsx'
import '../case.css'
import { useWords } from '../i18n.tsx'
import { Failed, Nothing, stanceOf, StanceChip, Waiting } from '../parts.tsx'
import { Link, type PageProps } from '../router.tsx'
import { measureName, reported, term } from '../terms.ts'

type Whole = LiveFigures & {
  readonly findings: readonly (Finding | FactsOfFinding)[]
  readonly standing: readonly MeasureView[]
}

const WORDS = {
  title: { en: 'Audit of a broadcast', zh: '直播审计' },
  untitled: { en: 'Untitled broadcast', zh: '未命名直播' },
  print: { en: 'Print or save as PDF', zh: '打印或存为 PDF' },
  back: { en: 'The broadcast live', zh: '查看直播详情' },
  prices: { en: 'Promises and coupons', zh: '价格承诺与优惠券' },
  running: {
    en: 'The broadcast is still on air: the figures are those of {at}.',
    zh: '直播尚未结束：数据截至 {at}。',
  },
  figures: { en: 'What was genuine', zh: '哪些是真实的' },
  lead: {
    en: 'Of {displayed} viewers shown, about {genuine} are genuine (90 % interval {low} to {high}).',
    zh: '页面显示 {displayed} 位观众，其中真实的约 {genuine}（90% 区间 {low} 至 {high}）。',
  },
  kept: { en: 'What was kept', zh: '留存了多少' },
  findings: { en: 'What is in doubt', zh: '存疑事项' },
  none: { en: 'Nothing was found.', zh: '未见异常。' },
  measures: { en: 'Measures', zh: '措施' },
  gone: {
    en: 'Check the address: it must be a broadcast in which your goods were sold.',
    zh: '请核对地址：须为销售您的商品的直播场次。',
  },
} as const

const FRESH_MS = 15_000

const AuditPage = ({ params }: PageProps) => {
  const broadcast = params['broadcast'] ?? ''
  const { data, error, reload } = useGet<Whole>(at`/v1/broadcasts/${broadcast}`)
  // What is judged goes on changing after the page was opened, and a minute after the end as well.
  useEffect(() => {
    const timer = setInterval(reload, FRESH_MS)
    return () => clearInterval(timer)
  }, [reload])
  if (error !== undefined && data === undefined)
    return (
      <Failed
        error={error}
        again={reload}
        {...(error.status === 404 ? { hint: WORDS.gone } : {})}
      />
    )
  return data === undefined ? <Waiting /> : <Shown audit={data} />
}

export default AuditPage

const Shown = ({ audit }: { readonly audit: Whole }) => {
  const { t, when, span } = useWords()
  const { broadcast, title, figures, currency, judgedAt, endedAt, startedAt, standing } = audit
  return (
    <article className="narrow">
      <header className="card">
        <p className="soft">{t(WORDS.title)}</p>
        <h1>{title.trim() === '' ? t(WORDS.untitled) : <bdi>{title}</bdi>}</h1>
        <p>{span(startedAt, endedAt)}</p>
        {endedAt === null && <p className="soft">{t(WORDS.running, { at: when(judgedAt) })}</p>}
        <Lead figures={figures} />
        <p className="soft small">{t(reported('report.notice'))}</p>
        <div className="actions">
          <Button type="primary" onClick={() => print()}>
            {t(WORDS.print)}
          </Button>
          <Link to={at`/broadcasts/${broadcast}`}>{t(WORDS.back)}</Link>
          <Link to={at`/broadcasts/${broadcast}/prices`}>{t(WORDS.prices)}</Link>
        </div>
      </header>
      <section className="card">
        <h2>{t(WORDS.figures)}</h2>
        <FigureTable figures={figures} />
        <p className="soft small">{t(reported('report.figures-note'))}</p>
      </section>
      <section className="card">
        <h2>{t(WORDS.kept)}</h2>
        <MoneySteps figures={figures} currency={currency} />
      </section>
      <SlotFee figures={figures} currency={currency} />
      <section className="card">
        <h2>{t(WORDS.findings)}</h2>
        <Findings all={audit.findings} />
        {standing.length > 0 && (
          <>
            <h2>{t(WORDS.measures)}</h2>
            <ul className="list">
              {standing.map(({ measure, name, of, facts, reasons, imposedAt }) => (
                <li key={measure}>
                  <b>{t(measureName(of === null ? name : `${name}:${of}`))}</b>{' '}
                  <span className="soft small">{when(imposedAt)}</span>
                  <div>{t(facts)}</div>
                  <div>{t(reasons)}</div>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </article>
  )
}

const Lead = ({ figures }: { readonly figures: LiveFigures['figures'] }) => {
  const { t, count } = useWords()
  const { displayed, genuine } = figures.viewers
  if (displayed === null || genuine === null || genuine.estimate === null) return null
  return (
    <p className="lead">
      {t(WORDS.lead, {
        displayed: count(displayed),
        genuine: count(genuine.estimate),
        low: count(genuine.low),
        high: count(genuine.high),
      })}
    </p>
  )
}

const Findings = ({ all }: { readonly all: readonly (Finding | FactsOfFinding)[] }) => {
  const { t } = useWords()
  if (all.length === 0) return <Nothing says={WORDS.none} />
  return (
    <ul className="list">
      {all.map((finding, i) => (
        <li key={i}>
          <StanceChip stance={stanceOf(finding)} /> {t(term('kind', finding.kind))}:{' '}
          {t(finding.summary)}
        </li>
      ))}
    </ul>
  )
}
