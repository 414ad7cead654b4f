/**
 * A consumer asks for evidence about an order or a complaint of their own (M26 Art. 18), and follows
 * the requests: what is known at once, by when a person answers, and the answer.
 */
import { Alert, Button, Input, Radio } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import type { evidenceRequest } from '../../../src/http/routes/evidence-requests.ts'
import { Address } from '../address.tsx'
import { asApiError, at, post, useGet, type ApiError } from '../api.ts'
import '../case.css'
import { useWords } from '../i18n.tsx'
import { Failed, Id, Nothing, Waiting } from '../parts.tsx'
import { useSession } from '../session.tsx'
import { measureName } from '../terms.ts'

type Request = z.infer<typeof evidenceRequest>

const WORDS = {
  title: { en: 'Ask for evidence', zh: '申请证据' },
  lead: {
    en: 'About an order or a complaint of yours. What is known is answered at once; a person answers with the records of the trade by the date that is shown.',
    zh: '就您本人的订单或投诉提出。已知信息即时答复；交易记录由专人在所示日期前答复。',
  },
  kind: { en: 'What is it about', zh: '事项类型' },
  order: { en: 'an order', zh: '订单' },
  complaint: { en: 'a complaint', zh: '投诉' },
  number: { en: 'Its number', zh: '编号' },
  numberHint: {
    en: 'As it stands on your order or on the receipt of your complaint.',
    zh: '见订单详情或投诉回执。',
  },
  about: { en: 'What you want to know (optional)', zh: '您想了解的内容（可不填）' },
  ask: { en: 'Ask', zh: '提交申请' },
  notYours: {
    en: 'Check the number: it must be an order or a complaint of yours, made on this platform.',
    zh: '请核对编号：须为您本人在本平台的订单或投诉。',
  },
  asked: {
    en: 'Your request is on file. It is the first in the list below.',
    zh: '申请已登记，见下方列表首项。',
  },
  yours: { en: 'Your requests', zh: '我的申请' },
  everybodys: { en: 'Requests for evidence', zh: '证据申请' },
  none: {
    en: 'No request yet. Ask above, with the number of your order.',
    zh: '暂无申请。请在上方填写订单编号提交。',
  },
  noneOpen: { en: 'No consumer has asked for evidence.', zh: '暂无消费者申请证据。' },
  due: { en: 'answered by {at} at the latest', zh: '最迟于 {at} 前答复' },
  answered: { en: 'answered {at}', zh: '已于 {at} 答复' },
  bundle: { en: 'The evidence bundle', zh: '证据包' },
  facts: { en: 'What is known', zh: '已知信息' },
  noFacts: {
    en: 'The broadcast of this matter is not known here; a person will look for it.',
    zh: '此处没有该事项对应的场次，将由专人查找。',
  },
  room: { en: 'room', zh: '直播间' },
  hosts: { en: 'hosts', zh: '主播' },
  sellers: { en: 'sellers', zh: '销售者' },
  promises: { en: 'promises', zh: '承诺' },
  measures: { en: 'measures', zh: '措施' },
  answer: { en: 'Answer', zh: '答复' },
  answerEn: { en: 'Your answer', zh: '答复内容' },
  link: { en: 'Address of the bundle (https, optional)', zh: '证据包地址（https，可不填）' },
} as const

const RequestPage = () => {
  const { t } = useWords()
  const { me } = useSession()
  const { data, error, reload } = useGet<{ requests: readonly Request[] }>('/v1/evidence-requests')
  const isConsumer = me?.role === 'consumer'
  return (
    <div className="narrow stack">
      {isConsumer && <Ask onAsked={reload} />}
      <section className="card">
        {isConsumer ? <h2>{t(WORDS.yours)}</h2> : <h1>{t(WORDS.everybodys)}</h1>}
        {error !== undefined ? (
          <Failed error={error} again={reload} />
        ) : data === undefined ? (
          <Waiting />
        ) : data.requests.length === 0 ? (
          <Nothing says={isConsumer ? WORDS.none : WORDS.noneOpen} />
        ) : (
          <ul className="list">
            {data.requests.map((request) => (
              <li key={request.request}>
                <Shown request={request} />
                {!isConsumer && request.answeredAt === null && (
                  <Answer request={request.request} onAnswered={reload} />
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}

export default RequestPage

const Ask = ({ onAsked }: { readonly onAsked: () => void }) => {
  const { t } = useWords()
  const [kind, setKind] = useState<Request['kind']>('order')
  const [matter, setMatter] = useState('')
  const [about, setAbout] = useState('')
  const [error, setError] = useState<ApiError>()
  const [isAsked, setAsked] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const ask = () => {
    setBusy(true)
    setError(undefined)
    setAsked(false)
    const path =
      kind === 'order'
        ? at`/v1/orders/${matter.trim()}/evidence-requests`
        : at`/v1/complaints/${matter.trim()}/evidence-requests`
    post(path, { about })
      .then(
        () => {
          setAsked(true)
          onAsked()
        },
        (reason: unknown) => setError(asApiError(reason)),
      )
      .finally(() => setBusy(false))
  }
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault()
        ask()
      }}
    >
      <h1>{t(WORDS.title)}</h1>
      <p>{t(WORDS.lead)}</p>
      <Radio.Group
        aria-label={t(WORDS.kind)}
        value={kind}
        onChange={(event) => setKind(event.target.value as Request['kind'])}
        options={[
          { value: 'order', label: t(WORDS.order) },
          { value: 'complaint', label: t(WORDS.complaint) },
        ]}
      />
      <label className="form-field">
        {t(WORDS.number)}
        <Input
          value={matter}
          maxLength={128}
          required
          onChange={(event) => setMatter(event.target.value)}
        />
        <span className="soft small">{t(WORDS.numberHint)}</span>
      </label>
      <label className="form-field">
        {t(WORDS.about)}
        <Input.TextArea
          value={about}
          maxLength={2000}
          rows={3}
          onChange={(event) => setAbout(event.target.value)}
        />
      </label>
      {error !== undefined && (
        <Failed error={error} {...(error.status === 404 ? { hint: WORDS.notYours } : {})} />
      )}
      {isAsked && <Alert type="success" role="status" showIcon title={t(WORDS.asked)} />}
      <Button type="primary" htmlType="submit" disabled={isBusy || matter.trim() === ''}>
        {t(WORDS.ask)}
      </Button>
    </form>
  )
}

const Shown = ({ request }: { readonly request: Request }) => {
  const { t, when } = useWords()
  const { kind, matter, about, askedAt, dueAt, answeredAt, answer, facts } = request
  return (
    <article className="stack">
      <h3>
        {t(WORDS[kind])} <Id>{matter}</Id>{' '}
        <span className={`chip ${answeredAt === null ? 'is-undetermined' : 'is-innocent'}`}>
          {answeredAt === null
            ? t(WORDS.due, { at: when(dueAt) })
            : t(WORDS.answered, { at: when(answeredAt) })}
        </span>
      </h3>
      <p className="soft small">{when(askedAt)}</p>
      {about !== '' && (
        <p>
          <bdi>{about}</bdi>
        </p>
      )}
      {facts === null ? (
        <p className="soft">{t(WORDS.noFacts)}</p>
      ) : (
        <dl className="facts">
          <Names name="room" all={[facts.room]} />
          <Names name="hosts" all={facts.hosts} />
          <Names name="sellers" all={facts.sellers} />
          <Names name="promises" all={facts.promises.map(({ text }) => text)} />
          <Names
            name="measures"
            all={facts.measures.map(
              (measure) => `${t(measureName(measure.name))}: ${t(measure.facts)}`,
            )}
          />
        </dl>
      )}
      {answer !== null && (
        <Alert
          type="success"
          title={t(WORDS.answer)}
          description={
            <>
              <bdi>{t(answer.text)}</bdi>{' '}
              {answer.evidence !== null && (
                <Address to={answer.evidence}>{t(WORDS.bundle)}</Address>
              )}
            </>
          }
        />
      )}
    </article>
  )
}

const Names = ({
  name,
  all,
}: {
  readonly name: 'room' | 'hosts' | 'sellers' | 'promises' | 'measures'
  readonly all: readonly string[]
}) => {
  const { t } = useWords()
  if (all.length === 0) return null
  return (
    <div>
      <dt>{t(WORDS[name])}</dt>
      {all.map((one, i) => (
        <dd key={i}>
          <bdi>{one}</bdi>
        </dd>
      ))}
    </div>
  )
}

/** Whoever decides answers; the text goes out in both languages as it was written. */
const Answer = ({
  request,
  onAnswered,
}: {
  readonly request: string
  readonly onAnswered: () => void
}) => {
  const { t, language } = useWords()
  const [text, setText] = useState('')
  const [evidence, setEvidence] = useState('')
  const [error, setError] = useState<ApiError>()
  const send = () =>
    post(at`/v1/evidence-requests/${request}/answer`, {
      [language]: text,
      ...(evidence.trim() === '' ? {} : { evidence: evidence.trim() }),
    }).then(onAnswered, (reason: unknown) => setError(asApiError(reason)))
  return (
    <form
      className="stack no-print"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Input.TextArea
        aria-label={t(WORDS.answerEn)}
        placeholder={t(WORDS.answerEn)}
        value={text}
        maxLength={4000}
        onChange={(event) => setText(event.target.value)}
      />
      <Input
        aria-label={t(WORDS.link)}
        placeholder={t(WORDS.link)}
        value={evidence}
        maxLength={2048}
        onChange={(event) => setEvidence(event.target.value)}
      />
      {error !== undefined && <Failed error={error} />}
      <Button htmlType="submit" disabled={text.trim() === ''}>
        {t(WORDS.answer)}
      </Button>
    </form>
  )
}
