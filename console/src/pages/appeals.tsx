/**
 * Appeals against measures: the open ones first, the oldest of them first. A merchant follows their
 * own; an adjudicator decides, with reasons, unless the measure or the appeal is their own.
 */
import { Alert, Button, Input, Radio } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import type { appealView } from '../../../src/http/routes/appeals.ts'
import { useAct } from '../act.ts'
import { at, post, useGet } from '../api.ts'
import '../case.css'
import { useWords } from '../i18n.tsx'
import { Failed, Nothing, Waiting } from '../parts.tsx'
import { Link } from '../router.tsx'
import { useSession } from '../session.tsx'
import { measureName } from '../terms.ts'

type Appeal = z.infer<typeof appealView>

const WORDS = {
  title: { en: 'Appeals', zh: '申诉' },
  lead: {
    en: 'Against measures. Whoever imposed a measure does not decide about it; a measure that is reversed is taken back at once, with the reasons.',
    zh: '针对措施提出。采取措施的人员不参与决定；决定撤销的，措施随即附理由解除。',
  },
  none: { en: 'No appeal has been lodged.', zh: '暂无申诉。' },
  noneOfYours: {
    en: 'You have lodged no appeal. A broadcast’s page shows the measures that stand, each with a form to appeal.',
    zh: '您尚未提出申诉。在直播详情页可查看执行中的措施并提出申诉。',
  },
  measure: { en: 'Measure', zh: '措施' },
  gone: { en: 'The measure is no longer on file.', zh: '该措施的记录已不再保存。' },
  since: { en: '{step}, since {at}', zh: '{step}，{at} 起' },
  lifted: { en: 'taken back {at}', zh: '已于 {at} 解除' },
  facts: { en: 'Facts', zh: '事实' },
  grounds: { en: 'Grounds of the appeal', zh: '申诉理由' },
  erased: { en: 'erased', zh: '已删除' },
  reasons: { en: 'Reasons', zh: '理由' },
  room: { en: 'Open the broadcast', zh: '查看直播详情' },
  open: { en: 'open since {at}', zh: '{at} 提出，待决定' },
  upheld: { en: 'measure upheld {at}', zh: '{at} 决定维持' },
  reversed: { en: 'measure reversed {at}', zh: '{at} 决定撤销' },
  decision: { en: 'Decision', zh: '决定' },
  uphold: { en: 'uphold the measure', zh: '维持措施' },
  reverse: { en: 'reverse it: the measure is taken back', zh: '撤销：解除该措施' },
  because: {
    en: 'Reasons (shown to whoever appealed)',
    zh: '理由（将告知申诉人）',
  },
  decide: { en: 'Decide', zh: '作出决定' },
  decided: { en: 'Decided and on record.', zh: '决定已作出并记录在案。' },
  notByYou: {
    en: 'You imposed this measure: somebody else decides.',
    zh: '该措施由您采取，须由他人决定。',
  },
} as const

const AppealsPage = () => {
  const { t } = useWords()
  const { me } = useSession()
  const { data, error, reload } = useGet<{ readonly appeals: readonly Appeal[] }>(
    '/v1/appeals?limit=200',
  )
  const [isDecided, setDecided] = useState(false)
  const onDecided = () => {
    setDecided(true)
    reload()
  }
  return (
    <div className="narrow stack">
      <section className="card stack">
        <h1>{t(WORDS.title)}</h1>
        <p>{t(WORDS.lead)}</p>
        {isDecided && <Alert type="success" role="status" showIcon title={t(WORDS.decided)} />}
        {error !== undefined ? (
          <Failed error={error} again={reload} />
        ) : data === undefined ? (
          <Waiting />
        ) : data.appeals.length === 0 ? (
          <Nothing says={me?.role === 'merchant' ? WORDS.noneOfYours : WORDS.none} />
        ) : (
          <ul className="list">
            {data.appeals.map((appeal) => (
              <li key={appeal.appeal}>
                <Shown appeal={appeal} />
                {me?.role === 'adjudicator' &&
                  appeal.decidedAt === null &&
                  (appeal.measure?.imposedBy === me.id ? (
                    <p className="soft">{t(WORDS.notByYou)}</p>
                  ) : (
                    <Decide appeal={appeal.appeal} onDecided={onDecided} />
                  ))}
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}

export default AppealsPage

const Shown = ({ appeal }: { readonly appeal: Appeal }) => {
  const { t, when } = useWords()
  const { measure, grounds, party, broadcast, lodgedAt, decidedAt, outcome, reasons } = appeal
  return (
    <article className="stack">
      <h2>
        {measure === null
          ? t(WORDS.measure)
          : t(measureName(`${measure.name}:${measure.of ?? ''}`))}{' '}
        <span className={`chip ${outcome === null ? 'is-undetermined' : 'is-innocent'}`}>
          {t(WORDS[outcome ?? 'open'], { at: when(decidedAt ?? lodgedAt) })}
        </span>
      </h2>
      {measure === null ? (
        <p className="soft">{t(WORDS.gone)}</p>
      ) : (
        <>
          <p className="soft small">
            {t(WORDS.since, { step: measure.step, at: when(measure.imposedAt) })}
            {measure.liftedAt !== null && ` · ${t(WORDS.lifted, { at: when(measure.liftedAt) })}`}
          </p>
          <h3>{t(WORDS.facts)}</h3>
          <p>
            <bdi>{t(measure.facts)}</bdi>
          </p>
          <p>
            <bdi>{t(measure.reasons)}</bdi>
          </p>
        </>
      )}
      <h3>{t(WORDS.grounds)}</h3>
      <p className="soft small">
        <bdi>{party || t(WORDS.erased)}</bdi>
      </p>
      <p>
        <bdi>{grounds || t(WORDS.erased)}</bdi>
      </p>
      {reasons !== null && (
        <Alert
          type="info"
          title={t(WORDS.reasons)}
          description={<bdi>{t(reasons) || t(WORDS.erased)}</bdi>}
        />
      )}
      <p>
        <Link to={at`/broadcasts/${broadcast}`}>{t(WORDS.room)}</Link>
      </p>
    </article>
  )
}

const Decide = ({
  appeal,
  onDecided,
}: {
  readonly appeal: string
  readonly onDecided: () => void
}) => {
  const { t, language } = useWords()
  const [outcome, setOutcome] = useState<NonNullable<Appeal['outcome']>>()
  const [reasons, setReasons] = useState('')
  const { run, error, isBusy } = useAct()
  const decide = () =>
    run(async () => {
      await post(at`/v1/appeals/${appeal}/decision`, { outcome, reasons: { [language]: reasons } })
      onDecided()
    })
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        decide()
      }}
    >
      <Radio.Group
        aria-label={t(WORDS.decision)}
        value={outcome}
        onChange={(event) => setOutcome(event.target.value as NonNullable<Appeal['outcome']>)}
        options={[
          { value: 'upheld', label: t(WORDS.uphold) },
          { value: 'reversed', label: t(WORDS.reverse) },
        ]}
      />
      <label className="form-field">
        {t(WORDS.because)}
        <Input.TextArea
          rows={2}
          maxLength={2000}
          value={reasons}
          onChange={({ target: { value } }) => setReasons(value)}
        />
      </label>
      {error !== undefined && <Failed error={error} />}
      <Button
        type="primary"
        htmlType="submit"
        loading={isBusy}
        disabled={outcome === undefined || reasons.trim() === ''}
      >
        {t(WORDS.decide)}
      </Button>
    </form>
  )
}
