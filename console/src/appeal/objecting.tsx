/** A merchant objects to a measure, in their own words (M26 Art. 12 and 14). */
import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import type { MeasureView } from '../../../src/http/contract.ts'
import { useAct } from '../act.ts'
import { post } from '../api.ts'
import { useWords } from '../i18n.tsx'
import { Failed } from '../parts.tsx'

const WORDS = {
  object: { en: 'Appeal', zh: '提出申诉' },
  grounds: { en: 'Why the measure is wrong', zh: '申诉理由' },
  hint: {
    en: 'Read by whoever decides, who is not the one who imposed it. What you write goes on record.',
    zh: '由作出该措施以外的人员审阅并决定。所写内容将记录在案。',
  },
  lodge: { en: 'Lodge the appeal', zh: '提交申诉' },
  cancel: { en: 'Leave it', zh: '取消' },
  lodged: { en: 'Your appeal is on record.', zh: '申诉已记录在案。' },
} as const

type Props = { readonly measure: MeasureView; readonly onDone: () => void }

export const Objecting = ({ measure, onDone }: Props) => {
  const { t } = useWords()
  const [isAsking, setAsking] = useState(false)
  const [isLodged, setLodged] = useState(false)
  const [grounds, setGrounds] = useState('')
  const { run, error, isBusy } = useAct()
  const isOpen = measure.appeal != null && measure.appeal.decidedAt === null
  const lodge = () =>
    run(async () => {
      await post('/v1/appeals', { restriction: measure.measure, grounds })
      setAsking(false)
      setGrounds('')
      setLodged(true)
      onDone()
    })
  if (isLodged) return <Alert type="success" role="status" title={t(WORDS.lodged)} />
  if (isOpen) return null
  if (!isAsking) return <Button onClick={() => setAsking(true)}>{t(WORDS.object)}</Button>
  return (
    <div className="act">
      <label>
        {t(WORDS.grounds)}
        <Input.TextArea
          rows={3}
          maxLength={4000}
          value={grounds}
          onChange={({ target: { value } }) => setGrounds(value)}
        />
      </label>
      <p className="soft small">{t(WORDS.hint)}</p>
      {error !== undefined && <Failed error={error} />}
      <Button type="primary" disabled={grounds.trim() === ''} loading={isBusy} onClick={lodge}>
        {t(WORDS.lodge)}
      </Button>{' '}
      <Button onClick={() => setAsking(false)}>{t(WORDS.cancel)}</Button>
    </div>
  )
}
