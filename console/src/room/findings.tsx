/** Findings that were raised, each with its page; and what was looked into and accuses nobody. */
import { at } from '../api.ts'
import { useWords } from '../i18n.tsx'
import { StanceChip, stanceOf } from '../parts.tsx'
import { Link } from '../router.tsx'
import { reported, term } from '../terms.ts'
import type { RaisedFinding, ShownFinding } from './types.ts'

const WORDS = {
  title: { en: 'Findings', zh: '发现' },
  none: {
    en: 'Nothing was found that speaks against this room so far.',
    zh: '目前没有对本直播间不利的发现。',
  },
  since: { en: 'since {at}', zh: '{at} 起' },
  withdrawn: { en: 'withdrawn {at}', zh: '{at} 撤回' },
  others: { en: 'Looked into, accusing nobody ({count})', zh: '已审查、不构成指控（{count}）' },
  strength: { en: 'evidence: {strength}', zh: '证据强度：{strength}' },
} as const

type Props = {
  readonly raised: readonly RaisedFinding[]
  readonly all: readonly ShownFinding[]
}

export const Findings = ({ raised, all }: Props) => {
  const { t, when } = useWords()
  const others = all.filter((finding) => stanceOf(finding) !== 'supported')
  const shown = [...raised].sort(
    (a, b) =>
      Number(a.withdrawnAt !== null) - Number(b.withdrawnAt !== null) ||
      (b.weightBans ?? 0) - (a.weightBans ?? 0),
  )
  return (
    <section className="card">
      <h2>{t(WORDS.title)}</h2>
      {shown.length === 0 && <p className="soft">{t(WORDS.none)}</p>}
      <ul className="findings">
        {shown.map((finding) => (
          <li key={finding.id} className={finding.withdrawnAt === null ? '' : 'is-withdrawn'}>
            <h3>
              <Link to={at`/findings/${finding.id}`}>
                {t(reported('report.heading.supported'), { kind: t(term('kind', finding.kind)) })}
              </Link>{' '}
              <StanceChip stance={stanceOf(finding)} />
              <span className="soft small">
                {t(WORDS.strength, { strength: t(term('strength', finding.strength)) })} ·{' '}
                {finding.withdrawnAt === null
                  ? t(WORDS.since, { at: when(finding.from, 'clock') })
                  : t(WORDS.withdrawn, { at: when(finding.withdrawnAt, 'clock') })}
              </span>
            </h3>
            <p>{t(finding.summary)}</p>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <details>
          <summary>{t(WORDS.others, { count: others.length })}</summary>
          <ul className="findings">
            {others.map((finding, i) => (
              <li key={`${finding.kind} ${i}`}>
                <b>{t(term('kind', finding.kind))}</b> <StanceChip stance={stanceOf(finding)} />
                <p className="soft">{t(finding.summary)}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}
