/**
 * The accounts behind a finding: masked until somebody who investigates asks for them, and the asking
 * is on record before the answer comes (GET …/suspects). Nothing is asked for by opening the page.
 */
import { Button } from 'antd'
import { useState } from 'react'
import { asApiError, at, get, type ApiError } from '../api.ts'
import { useWords } from '../i18n.tsx'
import { Failed, Id } from '../parts.tsx'
import { useSession } from '../session.tsx'
import { term } from '../terms.ts'

type Suspects = Readonly<
  Record<
    string,
    {
      readonly count: number
      readonly first: readonly { readonly id: string; readonly probability: number }[]
    }
  >
>

const WORDS = {
  title: { en: 'Who is behind it', zh: '涉及的账号' },
  masked: {
    en: 'Accounts are masked. Showing them is recorded with your name, and the people concerned may ask who looked.',
    zh: '账号已遮盖。查看将连同您的身份一并记录，当事人有权查询谁查看过。',
  },
  show: { en: 'Show the accounts (recorded)', zh: '查看账号（将被记录）' },
  hide: { en: 'Hide them again', zh: '重新遮盖' },
  recorded: { en: 'Your reading was recorded.', zh: '本次查看已记录。' },
  none: {
    en: 'Nobody in this broadcast is suspected at one half or more.',
    zh: '本场没有可疑概率达到一半的账号。',
  },
  more: { en: 'the first {shown}', zh: '仅列前 {shown} 个' },
  notYours: {
    en: 'Accounts are shown to inspectors, adjudicators and regulators only.',
    zh: '账号仅供巡查员、裁定员和监管人员查看。',
  },
} as const

/** Who may ask for what names persons, recorded. */
export const MAY_SEE: ReadonlySet<string> = new Set(['inspector', 'adjudicator', 'regulator'])

export const Accounts = ({ broadcast }: { readonly broadcast: string }) => {
  const { t } = useWords()
  const { me } = useSession()
  const [suspects, setSuspects] = useState<Suspects>()
  const [error, setError] = useState<ApiError>()
  const [isBusy, setBusy] = useState(false)
  const show = () => {
    setBusy(true)
    setError(undefined)
    get<{ suspects: Suspects }>(at`/v1/broadcasts/${broadcast}/suspects`)
      .then(
        (answer) => setSuspects(answer.suspects),
        (reason: unknown) => setError(asApiError(reason)),
      )
      .finally(() => setBusy(false))
  }
  return (
    <section className="card">
      <h2>{t(WORDS.title)}</h2>
      {error !== undefined && <Failed error={error} again={show} />}
      {suspects !== undefined ? (
        <>
          <p className="soft">{t(WORDS.recorded)}</p>
          <Lists suspects={suspects} />
          <Button onClick={() => setSuspects(undefined)}>{t(WORDS.hide)}</Button>
        </>
      ) : me != null && MAY_SEE.has(me.role) ? (
        <>
          <p className="masked" aria-hidden="true">
            ●●●●●●●● ●●●●●● ●●●●●●●●●
          </p>
          <p className="soft">{t(WORDS.masked)}</p>
          <Button onClick={show} disabled={isBusy}>
            {t(WORDS.show)}
          </Button>
        </>
      ) : (
        <p className="soft">{t(WORDS.notYours)}</p>
      )}
    </section>
  )
}

const Lists = ({ suspects }: { readonly suspects: Suspects }) => {
  const { t, percent } = useWords()
  const kinds = Object.entries(suspects).filter(([, { count }]) => count > 0)
  if (kinds.length === 0) return <p>{t(WORDS.none)}</p>
  return kinds.map(([kind, { count, first }]) => (
    <div key={kind}>
      <h3>
        {t(term('suspect', kind), { count })}
        {first.length < count && (
          <span className="soft small"> · {t(WORDS.more, { shown: first.length })}</span>
        )}
      </h3>
      <ul className="marks">
        {first.map(({ id, probability }) => (
          <li key={id}>
            <Id>{id}</Id> <span className="soft numbers">{percent(probability)}</span>
          </li>
        ))}
      </ul>
    </div>
  ))
}
