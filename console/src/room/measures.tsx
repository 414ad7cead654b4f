/**
 * Measures that stand, with facts, reasons and where to object; given and taken back with reasons
 * (ladder L1 to L4, reversible within minutes). Taking back is the adjudicator's, objecting the
 * merchant's.
 */
import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { useAct } from '../act.ts'
import { at, post } from '../api.ts'
import { AppealChip } from '../appeal/chip.tsx'
import { Objecting } from '../appeal/objecting.tsx'
import { Choice } from '../choice.tsx'
import { useWords } from '../i18n.tsx'
import { Failed } from '../parts.tsx'
import { useSession } from '../session.tsx'
import { measureName, term } from '../terms.ts'
import type { MeasureView, RaisedFinding } from './types.ts'

const WORDS = {
  title: { en: 'Measures', zh: '措施' },
  none: { en: 'No measure stands.', zh: '目前没有执行中的措施。' },
  automatic: { en: 'automatic, since {at}', zh: '自动执行，{at} 起' },
  person: { en: 'by a person, since {at}', zh: '人工决定，{at} 起' },
  basis: { en: 'Basis: {basis} · Object at: {appeal}', zh: '依据：{basis} · 申诉途径：{appeal}' },
  lift: { en: 'Take back', zh: '解除' },
  reasons: { en: 'Reasons (shown to the room)', zh: '理由（将告知直播间）' },
  confirm: { en: 'Take back with these reasons', zh: '附理由解除' },
  cancel: { en: 'Leave it', zh: '取消' },
  give: { en: 'Impose a measure', zh: '采取措施' },
  which: { en: 'Measure', zh: '措施' },
  because: { en: 'On which finding', zh: '依据的发现' },
  impose: { en: 'Impose', zh: '执行' },
  done: { en: 'Done and on record.', zh: '已执行并记录在案。' },
  needsFinding: {
    en: 'A measure rests on a supported finding; there is none now.',
    zh: '措施须依据有证据支持的发现，目前没有。',
  },
} as const

const GIVEN = ['prompt', 'warning', 'mark', 'limit-function', 'limit-traffic'] as const

type Props = {
  readonly broadcast: string
  readonly standing: readonly MeasureView[]
  readonly raised: readonly RaisedFinding[]
  readonly onDone: () => void
}

export const Measures = ({ broadcast, standing, raised, onDone }: Props) => {
  const { t } = useWords()
  const { me } = useSession()
  const mayImpose = me?.role === 'inspector' || me?.role === 'adjudicator'
  return (
    <section className="card measures">
      <h2>{t(WORDS.title)}</h2>
      {standing.length === 0 && <p className="soft">{t(WORDS.none)}</p>}
      <ul>
        {standing.map((measure) => (
          <Standing
            key={measure.measure}
            measure={measure}
            mayLift={me?.role === 'adjudicator'}
            mayObject={me?.role === 'merchant'}
            onDone={onDone}
          />
        ))}
      </ul>
      {mayImpose && <Impose broadcast={broadcast} raised={raised} onDone={onDone} />}
    </section>
  )
}

type StandingProps = {
  readonly measure: MeasureView
  readonly mayLift: boolean
  readonly mayObject: boolean
  readonly onDone: () => void
}

const Standing = ({ measure, mayLift, mayObject, onDone }: StandingProps) => {
  const { t, when, language } = useWords()
  const [isAsking, setAsking] = useState(false)
  const [reasons, setReasons] = useState('')
  const { run, error, isBusy } = useAct()
  const lift = () =>
    run(async () => {
      await post(at`/v1/measures/${measure.measure}/lift`, { [language]: reasons })
      setAsking(false)
      onDone()
    })
  return (
    <li>
      <h3>
        {t(measureName(`${measure.name}:${measure.of ?? ''}`))}{' '}
        <span className="chip">{measure.step}</span> <AppealChip appeal={measure.appeal} />{' '}
        <span className="soft small">
          {t(measure.automatic ? WORDS.automatic : WORDS.person, {
            at: when(measure.imposedAt, 'clock'),
          })}
        </span>
      </h3>
      <p>{t(measure.facts)}</p>
      <p>{t(measure.reasons)}</p>
      <p className="soft small">
        {t(WORDS.basis, { basis: measure.basis.join(', ') || '–', appeal: measure.appealTo })}
      </p>
      {mayObject && <Objecting measure={measure} onDone={onDone} />}
      {mayLift && !isAsking && <Button onClick={() => setAsking(true)}>{t(WORDS.lift)}</Button>}
      {isAsking && (
        <div className="act">
          <label>
            {t(WORDS.reasons)}
            <Input.TextArea
              rows={2}
              maxLength={2000}
              value={reasons}
              onChange={({ target: { value } }) => setReasons(value)}
            />
          </label>
          {error !== undefined && <Failed error={error} />}
          <Button type="primary" disabled={reasons.trim() === ''} loading={isBusy} onClick={lift}>
            {t(WORDS.confirm)}
          </Button>{' '}
          <Button onClick={() => setAsking(false)}>{t(WORDS.cancel)}</Button>
        </div>
      )}
    </li>
  )
}

const Impose = ({ broadcast, raised, onDone }: Pick<Props, 'broadcast' | 'raised' | 'onDone'>) => {
  const { t, language } = useWords()
  const [name, setName] = useState<(typeof GIVEN)[number]>('prompt')
  const [chosen, setChosen] = useState<string>()
  const [reasons, setReasons] = useState('')
  const [isDone, setDone] = useState(false)
  const { run, error, isBusy } = useAct()
  const open = raised.filter(({ withdrawnAt }) => withdrawnAt === null)
  const finding = chosen ?? open[0]?.id
  const impose = () =>
    run(async () => {
      setDone(false)
      await post(at`/v1/broadcasts/${broadcast}/measures`, { name, finding, [language]: reasons })
      setReasons('')
      setDone(true)
      onDone()
    })
  return (
    <details className="act">
      <summary>{t(WORDS.give)}</summary>
      {finding === undefined ? (
        <p className="soft">{t(WORDS.needsFinding)}</p>
      ) : (
        <>
          <label>
            {t(WORDS.which)}
            <Choice
              label={t(WORDS.which)}
              value={name}
              onChange={setName}
              options={GIVEN.map((value) => ({ value, label: t(measureName(value)) }))}
            />
          </label>
          <label>
            {t(WORDS.because)}
            <Choice
              label={t(WORDS.because)}
              value={finding}
              onChange={setChosen}
              options={open.map(({ id, kind }) => ({ value: id, label: t(term('kind', kind)) }))}
            />
          </label>
          <label>
            {t(WORDS.reasons)}
            <Input.TextArea
              rows={2}
              maxLength={2000}
              value={reasons}
              onChange={({ target: { value } }) => setReasons(value)}
            />
          </label>
          {error !== undefined && <Failed error={error} />}
          {isDone && <Alert type="success" role="status" title={t(WORDS.done)} />}
          <Button type="primary" disabled={reasons.trim() === ''} loading={isBusy} onClick={impose}>
            {t(WORDS.impose)}
          </Button>
        </>
      )}
    </details>
  )
}
