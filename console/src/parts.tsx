/** Small things that every page shows alike: a failure, an empty place, a finding's standing. */
import { Alert, Button, Spin } from 'antd'
import type { ReactNode } from 'react'
import { isInnocent, type Stance } from '../../src/report/stance.ts'
import type { Finding } from '../../src/vocabulary/finding.ts'
import type { ApiError } from './api.ts'
import { useWords, type Sentence } from './i18n.tsx'
import { term } from './terms.ts'

const WORDS = {
  again: { en: 'Try again', zh: '重试' },
  loading: { en: 'Loading …', zh: '加载中……' },
} as const

/** What failed, what to try, and a way to try again. */
export const Failed = ({
  error,
  again,
  hint,
}: {
  readonly error: ApiError
  readonly again?: () => void
  readonly hint?: Sentence
}) => {
  const { t } = useWords()
  return (
    <Alert
      type="error"
      role="alert"
      title={t(error.text)}
      {...(hint === undefined ? {} : { description: t(hint) })}
      {...(again === undefined
        ? {}
        : { action: <Button onClick={again}>{t(WORDS.again)}</Button> })}
    />
  )
}

export const Waiting = () => {
  const { t } = useWords()
  return (
    <div className="waiting" role="status">
      <Spin /> {t(WORDS.loading)}
    </div>
  )
}

/** Nothing here, and what to do about it. */
export const Nothing = ({
  says,
  hint,
  children,
}: {
  readonly says: Sentence
  readonly hint?: Sentence
  readonly children?: ReactNode
}) => {
  const { t } = useWords()
  return (
    <div className="nothing">
      <p>{t(says)}</p>
      {hint !== undefined && <p className="soft">{t(hint)}</p>}
      {children}
    </div>
  )
}

/** An id as it came: opaque text, broken wherever it must be. */
export const Id = ({ children }: { readonly children: ReactNode }) => (
  <code className="id">{children}</code>
)

/** How a finding must be read; those who are measured get no hypotheses, and only supported ones. */
export const stanceOf = (finding: {
  readonly verdict: Finding['verdict']
  readonly hypotheses?: readonly { readonly name: string }[]
}): Stance => {
  if (finding.verdict === 'insufficient-data') return 'insufficient'
  if (finding.verdict === 'undetermined') return 'undetermined'
  const lead = finding.hypotheses?.[0]?.name
  return lead !== undefined && isInnocent(lead) ? 'innocent' : 'supported'
}

export const StanceChip = ({ stance }: { readonly stance: Stance }) => {
  const { t } = useWords()
  return <span className={`chip is-${stance}`}>{t(term('stance', stance))}</span>
}
