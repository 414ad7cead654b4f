/** What a measure says of the last appeal against it; whoever may see appeals goes there from here. */
import type { MeasureView } from '../../../src/http/contract.ts'
import { useWords } from '../i18n.tsx'
import { Link } from '../router.tsx'
import { useSession } from '../session.tsx'

const WORDS = {
  open: { en: 'under appeal since {at}', zh: '{at} 提出申诉，待决定' },
  upheld: { en: 'appealed and upheld {at}', zh: '经申诉，{at} 决定维持' },
  reversed: { en: 'appealed and reversed {at}', zh: '经申诉，{at} 决定撤销' },
} as const

const READERS: ReadonlySet<string> = new Set(['inspector', 'adjudicator', 'merchant'])

/** An older service says nothing of appeals. */
export const AppealChip = ({ appeal }: { readonly appeal?: MeasureView['appeal'] }) => {
  const { t, when } = useWords()
  const { me } = useSession()
  if (appeal == null) return null
  const { lodgedAt, decidedAt, outcome } = appeal
  const text = t(WORDS[outcome ?? 'open'], { at: when(decidedAt ?? lodgedAt) })
  return (
    <span className={`chip ${outcome === null ? 'is-undetermined' : ''}`}>
      {me != null && READERS.has(me.role) ? <Link to="/appeals">{text}</Link> : text}
    </span>
  )
}
