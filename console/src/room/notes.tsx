/** Notes to a person: what leads to nothing by itself and must be looked at. Reading is on record. */
import { Button } from 'antd'
import { useState } from 'react'
import type { NoteView } from '../../../src/http/contract.ts'
import { at, post, useGet } from '../api.ts'
import { useWords } from '../i18n.tsx'
import { Failed, Waiting } from '../parts.tsx'

const WORDS = {
  title: { en: 'Notes', zh: '待看提示' },
  show: { en: 'Show notes (this read is recorded)', zh: '查看提示（此次查看将被记录）' },
  none: { en: 'No note is open.', zh: '没有待看的提示。' },
  close: { en: 'Seen, close', zh: '已看，关闭' },
} as const

export const Notes = ({ broadcast }: { readonly broadcast: string }) => {
  const { t } = useWords()
  const [isShown, setShown] = useState(false)
  return (
    <section className="card">
      <h2>{t(WORDS.title)}</h2>
      {isShown ? (
        <Open broadcast={broadcast} />
      ) : (
        <Button onClick={() => setShown(true)}>{t(WORDS.show)}</Button>
      )}
    </section>
  )
}

const Open = ({ broadcast }: { readonly broadcast: string }) => {
  const { t, when } = useWords()
  const path = `/v1/notes?broadcast=${encodeURIComponent(broadcast)}`
  const { data, error, reload } = useGet<{ readonly notes: readonly NoteView[] }>(path)
  if (error !== undefined) return <Failed error={error} again={reload} />
  if (data === undefined) return <Waiting />
  if (data.notes.length === 0) return <p className="soft">{t(WORDS.none)}</p>
  return (
    <ul className="findings">
      {data.notes.map((note) => (
        <li key={note.note}>
          <p>
            <span className="soft small">{when(note.writtenAt, 'clock')}</span> {t(note.text)}
          </p>
          <Button
            size="small"
            onClick={() => void post(at`/v1/notes/${note.note}/close`).finally(reload)}
          >
            {t(WORDS.close)}
          </Button>
        </li>
      ))}
    </ul>
  )
}
