/**
 * Upload: drop a file of events, orders or a capture, watch it being read and judged, read the audit.
 * Whoever handed it in sees it, and nobody else; it goes after an hour.
 */
import { Alert, Progress } from 'antd'
import { useEffect, useState } from 'react'
import type { AuditView } from '../../../src/http/contract.ts'
import type {
  AuditReport,
  BroadcastAudit,
  MerchantAudit,
  Refused,
} from '../../../src/engine/report.ts'
import { asApiError, at, get, useGet, type ApiError } from '../api.ts'
import { ColumnForm } from '../audit/column-form.tsx'
import { FigureTable, MoneySteps } from '../audit/figures.tsx'
import { upload } from '../audit/upload.ts'
import '../case.css'
import { DropZone } from '../drop.tsx'
import { Moment } from '../finding/moment.tsx'
import { useWords } from '../i18n.tsx'
import { Failed, Id, Nothing, stanceOf, StanceChip, Waiting } from '../parts.tsx'
import { reported, term } from '../terms.ts'

const WORDS = {
  title: { en: 'Audit a file', zh: '审计文件' },
  drop: {
    en: 'Drop a file of events, orders or a capture here',
    zh: '把事件、订单或采集文件拖到这里',
  },
  choose: { en: 'Choose a file', zh: '选择文件' },
  formats: {
    en: 'NDJSON, JSON, CSV or Parquet, also as .gz or .zst, up to 256 MB. The file is deleted once it is judged, the audit after an hour; only you can read them.',
    zh: '支持 NDJSON、JSON、CSV、Parquet，可为 .gz 或 .zst，最大 256 MB。文件审计后即删除，结果保留一小时，仅您本人可见。',
  },
  sending: { en: 'Sending {name}', zh: '正在上传 {name}' },
  yours: { en: 'Your files', zh: '我的文件' },
  none: { en: 'No file yet: drop one above.', zh: '暂无文件，请在上方提交。' },
  waiting: { en: 'waiting for another file', zh: '等待前一文件' },
  unmapped: { en: 'needs your answer', zh: '待您说明' },
  reading: { en: 'being read', zh: '正在读取' },
  judging: { en: 'being judged', zh: '正在审计' },
  done: { en: 'done', zh: '已完成' },
  failed: { en: 'failed', zh: '失败' },
  open: { en: 'Read the audit', zh: '查看审计结果' },
  save: { en: 'Save as a page', zh: '保存为网页' },
  json: { en: 'Save as data', zh: '保存为数据' },
  empty: {
    en: 'The file holds no broadcast and no order, so there is nothing to judge.',
    zh: '文件中没有直播场次，也没有订单，无从审计。',
  },
  refused: { en: 'Not read', zh: '未能读取' },
  refusal: { en: '{count} × {why}', zh: '{count} 处：{why}' },
  first: { en: 'the first: {where} {field} {got}', zh: '首处：{where} {field} {got}' },
  findings: { en: 'Findings', zh: '审计发现' },
  noFinding: { en: 'Nothing was found.', zh: '未见异常。' },
  merchants: { en: 'Merchants', zh: '商家' },
  shown: {
    en: 'The first {count} are shown; the saved page and data have all.',
    zh: '仅显示前 {count} 项，保存的网页和数据包含全部内容。',
  },
} as const

/** How often a file that is under way is asked about, ms. */
const POLL_MS = 700
const MOST_SHOWN = 20

const AT_REST: ReadonlySet<AuditView['state']> = new Set(['unmapped', 'done', 'failed'])

const UploadPage = () => {
  const { t, language } = useWords()
  const list = useGet<{ audits: readonly AuditView[] }>('/v1/audits')
  const [sending, setSending] = useState<{ name: string; share: number }>()
  const [error, setError] = useState<ApiError>()
  const [opened, setOpened] = useState<string>()
  const { reload } = list
  const take = async (file: File | undefined) => {
    if (file === undefined || sending !== undefined) return
    setError(undefined)
    setSending({ name: file.name, share: 0 })
    try {
      const { audit } = await upload(file, language, (share) =>
        setSending({ name: file.name, share }),
      )
      setOpened(audit)
      reload()
    } catch (reason) {
      setError(asApiError(reason))
    } finally {
      setSending(undefined)
    }
  }
  const isUnderWay = list.data?.audits.some(({ state }) => !AT_REST.has(state))
  useEffect(() => {
    if (isUnderWay !== true) return undefined
    const timer = setInterval(reload, POLL_MS)
    return () => clearInterval(timer)
  }, [isUnderWay, reload])
  const shown = list.data?.audits.find(({ audit, state }) => audit === opened && state === 'done')
  return (
    <div className="stack">
      <section className="card narrow stack no-print">
        <h1>{t(WORDS.title)}</h1>
        <DropZone
          label={t(WORDS.drop)}
          take={(transfer) => void take(transfer.files[0])}
          choices={[{ label: t(WORDS.choose), take: ([file]) => void take(file) }]}
        >
          <p className="soft small">{t(WORDS.formats)}</p>
        </DropZone>
        {sending !== undefined && (
          <div role="status">
            <bdi>{t(WORDS.sending, { name: sending.name })}</bdi>
            <Progress percent={Math.round(sending.share * 100)} />
          </div>
        )}
        {error !== undefined && <Failed error={error} />}
        <h2>{t(WORDS.yours)}</h2>
        {list.error !== undefined ? (
          <Failed error={list.error} again={reload} />
        ) : list.data === undefined ? (
          <Waiting />
        ) : list.data.audits.length === 0 ? (
          <Nothing says={WORDS.none} />
        ) : (
          <ul className="list" aria-live="polite">
            {list.data.audits.map((view) => (
              <li key={view.audit}>
                <File
                  view={view}
                  onOpen={() => setOpened(view.audit)}
                  onMapped={() => {
                    setOpened(view.audit)
                    reload()
                  }}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
      {shown !== undefined && <Report key={shown.audit} audit={shown.audit} />}
    </div>
  )
}

export default UploadPage

const File = ({
  view,
  onOpen,
  onMapped,
}: {
  readonly view: AuditView
  readonly onOpen: () => void
  readonly onMapped: () => void
}) => {
  const { t } = useWords()
  const { name, state, share, failure, audit, columns } = view
  const isUnderWay = !AT_REST.has(state)
  return (
    <>
      <p>
        <bdi>{name}</bdi> <span className="chip">{t(WORDS[state])}</span>
      </p>
      {isUnderWay && (
        <Progress
          percent={state === 'judging' ? 99 : Math.round((share ?? 0) * 95)}
          status="active"
          aria-label={t(WORDS[state])}
        />
      )}
      {failure !== null && <Alert type="error" title={t(failure)} />}
      {columns !== null && (
        // Kept while the file is read again: what was said may have to be said better.
        <div hidden={state !== 'unmapped'}>
          <ColumnForm audit={audit} columns={columns} onTaken={onMapped} />
        </div>
      )}
      {state === 'done' && (
        <div className="actions">
          <button type="button" className="link" onClick={onOpen}>
            {t(WORDS.open)}
          </button>
          <a href={at`/v1/audits/${audit}/page`} download="audit.html">
            {t(WORDS.save)}
          </a>
          <a href={at`/v1/audits/${audit}/report`} download="audit.json">
            {t(WORDS.json)}
          </a>
        </div>
      )}
    </>
  )
}

const Report = ({ audit }: { readonly audit: string }) => {
  const { t } = useWords()
  const [report, setReport] = useState<AuditReport>()
  const [error, setError] = useState<ApiError>()
  useEffect(() => {
    get<AuditReport>(at`/v1/audits/${audit}/report`).then(setReport, (reason: unknown) =>
      setError(asApiError(reason)),
    )
  }, [audit])
  if (error !== undefined) return <Failed error={error} />
  if (report === undefined) return <Waiting />
  const { broadcasts, merchants, inputs } = report
  const refused = inputs.flatMap((input) => input.refused)
  return (
    <>
      {refused.length > 0 && <Unread refused={refused} />}
      {broadcasts.length + merchants.length === 0 && <Nothing says={WORDS.empty} />}
      {broadcasts.slice(0, MOST_SHOWN).map((broadcast) => (
        <Broadcast key={broadcast.broadcast} audit={broadcast} />
      ))}
      {broadcasts.length > MOST_SHOWN && (
        <p className="soft">{t(WORDS.shown, { count: MOST_SHOWN })}</p>
      )}
      {merchants.length > 0 && <Merchants all={merchants} currency={currencyOf(report)} />}
    </>
  )
}

/** Rows that stand in no figure: a time without a zone, an amount that is none. */
const Unread = ({ refused }: { readonly refused: readonly Refused[] }) => {
  const { t } = useWords()
  return (
    <section className="card">
      <h2>{t(WORDS.refused)}</h2>
      <ul className="list">
        {refused.map(({ code, count, text, examples: [first] }) => (
          <li key={code}>
            <p>{t(WORDS.refusal, { count, why: t(text) })}</p>
            {first !== undefined && (
              <p className="soft small">
                <bdi>
                  {t(WORDS.first, {
                    where: first.where,
                    field: first.field ?? '',
                    got: first.got ?? '',
                  })}
                </bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Of the broadcasts where they share one; amounts stand bare where they do not. */
const currencyOf = ({ broadcasts }: AuditReport): string => {
  const currencies = new Set(broadcasts.map(({ currency }) => currency))
  return currencies.size === 1 ? (broadcasts[0]?.currency ?? '') : ''
}

const Broadcast = ({ audit }: { readonly audit: BroadcastAudit }) => {
  const { t, span } = useWords()
  const { broadcast, title, startedAt, endedAt, figures, currency, findings, series } = audit
  const [first] = series.audience.at
  const last = series.audience.at.at(-1)
  return (
    <section className="card">
      <h2>{title.trim() === '' ? <Id>{broadcast}</Id> : <bdi>{title}</bdi>}</h2>
      <p className="soft">{span(startedAt, endedAt)}</p>
      <div className="columns">
        <div>
          <FigureTable figures={figures} />
          <MoneySteps figures={figures} currency={currency} />
        </div>
        <div>
          {first !== undefined && last !== undefined && <Moment audience={series.audience} />}
          <h3>{t(WORDS.findings)}</h3>
          {findings.length === 0 ? (
            <p className="soft">{t(WORDS.noFinding)}</p>
          ) : (
            <ul className="list">
              {findings.map((finding) => (
                <li key={finding.finding}>
                  <StanceChip stance={stanceOf(finding)} /> {t(term('kind', finding.kind))}:{' '}
                  {t(finding.summary)}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
    </section>
  )
}

const COLUMNS = [
  'report.column.merchant',
  'report.figure.orders',
  'report.column.refunded',
  'report.column.net-orders',
  'report.column.net-sales',
  'report.column.slot-fee',
  'report.column.fee-per-order',
  'report.column.concentration',
] as const

const Merchants = ({
  all,
  currency,
}: {
  readonly all: readonly MerchantAudit[]
  readonly currency: string
}) => {
  const { t, count, money } = useWords()
  return (
    <section className="card">
      <h2>{t(WORDS.merchants)}</h2>
      <div className="scroll" tabIndex={0} role="region" aria-label={t(WORDS.merchants)}>
        <table className="tell">
          <thead>
            <tr>
              {COLUMNS.map((key) => (
                <th key={key} scope="col">
                  {t(reported(key))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {all.slice(0, MOST_SHOWN).map(({ merchant, figures, concentration }) => (
              <tr key={merchant}>
                <th scope="row">
                  <Id>{merchant}</Id>
                </th>
                <td>{count(figures.orders)}</td>
                <td>{count(figures.refundedOrders)}</td>
                <td>{count(figures.netOrders)}</td>
                <td>{money(figures.netSales, currency)}</td>
                <td>{money(figures.slotFee, currency)}</td>
                <td>{money(figures.feePerKeptOrder, currency)}</td>
                <td>{concentration.rate}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {all.length > MOST_SHOWN && <p className="soft">{t(WORDS.shown, { count: MOST_SHOWN })}</p>}
    </section>
  )
}
