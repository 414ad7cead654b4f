/**
 * One finding: how it must be read, the explanations weighed side by side, every reason with what was
 * seen against what was to be expected, who is concerned, the law, and what is still missing.
 */
import { Alert } from 'antd'
import type { ReactNode } from 'react'
import type { FactsOfFinding } from '../../../src/http/access/views.ts'
import type { LiveFigures, MeasureView } from '../../../src/http/contract.ts'
import { rivalsOf, stanceOf } from '../../../src/report/stance.ts'
import { FAMILIES, strengthOf, type Finding, type Reason } from '../../../src/vocabulary/finding.ts'
import { at, useGet } from '../api.ts'
import '../case.css'
import { Accounts } from '../finding/accounts.tsx'
import { Evidence } from '../finding/evidence.tsx'
import { Moment, type Audience } from '../finding/moment.tsx'
import { missingOf, nextOf } from '../finding/next.ts'
import { Picture } from '../finding/picture.tsx'
import { Scale } from '../finding/scale.tsx'
import { useWords, type Sentence } from '../i18n.tsx'
import { Failed, Id, Nothing, Waiting } from '../parts.tsx'
import { Recording } from '../room/recording.tsx'
import { settled } from '../room/settled.ts'
import { Link, type PageProps } from '../router.tsx'
import { measureName, reported, signed, term } from '../terms.ts'

type Row = (Finding | FactsOfFinding) & {
  readonly id: string
  readonly raisedAt: string
  readonly withdrawnAt: string | null
}
type Whole = LiveFigures & {
  readonly hasRecording: boolean
  readonly standing: readonly MeasureView[]
  readonly series?: { readonly audience?: Audience }
}

const WORDS = {
  gone: {
    en: 'Open it from its broadcast: the finding may have been withdrawn or be of another broadcast.',
    zh: '请从直播详情中打开：该发现可能已撤回，或属于其他场次。',
  },
  withdrawn: { en: 'Withdrawn {at}: it no longer holds.', zh: '已于 {at} 撤回，不再成立。' },
  broadcast: { en: 'Broadcast', zh: '直播场次' },
  raised: { en: 'Raised', zh: '提出时间' },
  period: { en: 'Period', zh: '时段' },
  strength: { en: 'Strength', zh: '强度' },
  weighed: { en: 'The explanations, weighed', zh: '各种解释的权衡' },
  families: { en: 'Independent kinds of evidence', zh: '各类独立证据' },
  silent: { en: 'nothing here', zh: '无' },
  reasons: { en: 'reasons: {count}', zh: '{count} 条理由' },
  pictures: { en: 'Observed against expected', zh: '实际所见与预期' },
  when: { en: 'When', zh: '何时' },
  play: { en: 'Go to this moment in the broadcast', zh: '跳转到直播中的这一时刻' },
  measures: { en: 'Measures that stand for this kind', zh: '针对此类发现的现行措施' },
  noMeasure: {
    en: 'None stands. Measures are given and taken back on the page of the broadcast.',
    zh: '目前没有此类措施。措施在直播详情页采取或解除。',
  },
  law: { en: 'Provisions', zh: '相关规定' },
  noLaw: {
    en: 'No provision is cited: nothing may follow from the law.',
    zh: '未引用任何规定，不产生法律后果。',
  },
  missing: { en: 'What is still missing', zh: '尚缺什么' },
  next: { en: 'What to do next', zh: '接下来做什么' },
  nothingMissing: { en: 'Nothing that this page knows of.', zh: '未发现缺失。' },
  facts: {
    en: 'You see the facts and the law. How much each weighs is shown to those who investigate; you may contest the finding.',
    zh: '您看到的是事实与规定。证据权重仅供调查人员查看；您可以对本项发现提出异议。',
  },
} as const

const FindingPage = ({ params }: PageProps) => {
  const { data, error, reload } = useGet<Row>(at`/v1/findings/${params['finding'] ?? ''}`)
  if (error !== undefined)
    return (
      <Failed
        error={error}
        again={reload}
        {...(error.status === 404 ? { hint: WORDS.gone } : {})}
      />
    )
  return data === undefined ? <Waiting /> : <Shown row={data} />
}

export default FindingPage

const isWhole = (row: Row): row is Row & Finding => 'hypotheses' in row

const Shown = ({ row }: { readonly row: Row }) => {
  const { t, when, span } = useWords()
  const { broadcast } = row
  const whole = useGet<Whole>(broadcast === undefined ? null : at`/v1/broadcasts/${broadcast}`)
  const stance = isWhole(row) ? stanceOf(row) : factStance(row)
  const kind = t(term('kind', row.kind))
  const heading = stance === 'supported' ? 'report.heading.supported' : 'report.heading.examined'
  const audience = whole.data?.series?.audience
  return (
    <article>
      <header className="card">
        <h1>
          {t(reported(heading), { kind })}{' '}
          <span className={`chip is-${stance}`}>{t(term('stance', stance))}</span>
        </h1>
        {row.withdrawnAt !== null && (
          <Alert type="info" title={t(WORDS.withdrawn, { at: when(row.withdrawnAt) })} />
        )}
        {isWhole(row) && <p className="lead">{standing(row, t)}</p>}
        <p>{t(row.summary)}</p>
        <dl className="facts">
          {broadcast !== undefined && (
            <Fact name={WORDS.broadcast}>
              <Link to={at`/broadcasts/${broadcast}`}>
                <bdi>{whole.data?.title.trim() || broadcast}</bdi>
              </Link>
            </Fact>
          )}
          <Fact name={WORDS.period}>{span(row.from, row.until)}</Fact>
          <Fact name={WORDS.raised}>{when(row.raisedAt)}</Fact>
          <Fact name={WORDS.strength}>{t(term('strength', row.strength))}</Fact>
          {isWhole(row) && (
            <Fact name={reported('report.finding.subject')}>
              <Id>{row.subject}</Id>
            </Fact>
          )}
        </dl>
        {!isWhole(row) && <p className="soft">{t(WORDS.facts)}</p>}
      </header>
      {isWhole(row) && <Weighed finding={row} />}
      {audience !== undefined && broadcast !== undefined && (
        <section className="card">
          <h2>{t(WORDS.when)}</h2>
          <Moment
            audience={whole.data?.endedAt === null ? settled(audience) : audience}
            period={row}
          />
          <p>
            <Link to={`${at`/broadcasts/${broadcast}`}?at=${encodeURIComponent(row.from)}`}>
              {t(WORDS.play)}
            </Link>
          </p>
        </section>
      )}
      {broadcast !== undefined && whole.data !== undefined && (
        <Recording
          broadcast={broadcast}
          isStored={whole.data.hasRecording}
          picked={null}
          from={Date.parse(row.from)}
        />
      )}
      <div className="columns pairs">
        {isWhole(row) && broadcast !== undefined && <Accounts broadcast={broadcast} />}
        <Law row={row} />
        {broadcast !== undefined && <Measures all={whole.data?.standing ?? []} kind={row.kind} />}
        {isWhole(row) && <Steps finding={row} />}
      </div>
      <Evidence
        id={row.id}
        kind={row.kind}
        broadcast={broadcast}
        {...(isWhole(row) ? { count: row.evidence.length } : {})}
      />
    </article>
  )
}

/** What a merchant is shown has no weights: an innocent finding is none that is raised. */
const factStance = ({ verdict }: Pick<Row, 'verdict'>) =>
  verdict === 'insufficient-data' ? 'insufficient' : verdict

const standing = (finding: Finding, t: ReturnType<typeof useWords>['t']): string => {
  const { lead, rival } = rivalsOf(finding)
  return t(reported(`report.finding.${stanceOf(finding)}`), {
    lead: t(term('hypothesis', lead)),
    rival: t(term('hypothesis', rival)),
    strength: t(term('strength', strengthOf(finding.weightBans))),
    bans: finding.weightBans.toFixed(1),
  })
}

const Fact = ({ name, children }: { readonly name: Sentence; readonly children: ReactNode }) => {
  const { t } = useWords()
  return (
    <div>
      <dt>{t(name)}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const Weighed = ({ finding }: { readonly finding: Finding }) => {
  const { t } = useWords()
  const names = finding.hypotheses.map(({ name }) => name)
  return (
    <>
      <section className="card">
        <h2>{t(WORDS.weighed)}</h2>
        <Scale hypotheses={finding.hypotheses} />
      </section>
      <section className="card">
        <h2>{t(WORDS.families)}</h2>
        <ul className="families">
          {FAMILIES.map((family) => (
            <Family
              key={family}
              family={family}
              reasons={finding.reasons.filter((reason) => reason.family === family)}
            />
          ))}
        </ul>
      </section>
      <section className="card">
        <h2>{t(WORDS.pictures)}</h2>
        {finding.reasons.length === 0 ? (
          <Nothing says={reported('report.finding.reasons-none')} />
        ) : (
          finding.reasons.map((reason, i) => (
            <div className="reason" key={i}>
              <div>
                <p>
                  <span className="chip">{t(term('family', reason.family))}</span> {t(reason.text)}
                </p>
                <p className="soft small numbers">
                  {t(reported('report.finding.weight'))}:{' '}
                  {t(reported('report.finding.bans'), { bans: signed(reason.weightBans) })}
                </p>
              </div>
              <Picture reason={reason} names={names} />
            </div>
          ))
        )}
      </section>
    </>
  )
}

const Family = ({
  family,
  reasons,
}: {
  readonly family: string
  readonly reasons: readonly Reason[]
}) => {
  const { t } = useWords()
  const sum = reasons.reduce((bans, { weightBans }) => bans + weightBans, 0)
  return (
    <li className={reasons.length === 0 ? 'silent' : undefined}>
      {t(term('family', family))}
      {reasons.length === 0 ? (
        <span className="small"> · {t(WORDS.silent)}</span>
      ) : (
        <>
          <strong className="numbers">
            {t(reported('report.finding.bans'), { bans: signed(sum) })}
          </strong>
          <span className="soft small">{t(WORDS.reasons, { count: reasons.length })}</span>
        </>
      )}
    </li>
  )
}

const Law = ({ row }: { readonly row: Row }) => {
  const { t } = useWords()
  return (
    <section className="card">
      <h2>{t(WORDS.law)}</h2>
      {row.provisions.length === 0 ? (
        <p className="soft">{t(WORDS.noLaw)}</p>
      ) : (
        <ul className="list">
          {row.provisions.map(({ id, title, reading, status }) => (
            <li key={id}>
              <Id>{id}</Id> {t(title)}{' '}
              <span className={`chip is-${reading === 'verified' ? 'innocent' : 'undetermined'}`}>
                {t(term('reading', reading))}
              </span>
              {status === 'draft' && (
                <span className="chip is-undetermined">{t(term('status', 'draft'))}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Measures = ({
  all,
  kind,
}: {
  readonly all: readonly MeasureView[]
  readonly kind: string
}) => {
  const { t, when } = useWords()
  const mine = all.filter((measure) => measure.kind === kind)
  return (
    <section className="card">
      <h2>{t(WORDS.measures)}</h2>
      {mine.length === 0 ? (
        <p className="soft">{t(WORDS.noMeasure)}</p>
      ) : (
        <ul className="list">
          {mine.map(({ measure, name, of, facts, step, imposedAt }) => (
            <li key={measure}>
              <span className="chip">{step}</span>{' '}
              <b>{t(measureName(of === null ? name : `${name}:${of}`))}</b>: {t(facts)}{' '}
              <span className="soft small">{when(imposedAt)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Steps = ({ finding }: { readonly finding: Finding }) => {
  const { t } = useWords()
  const missing = missingOf(finding)
  return (
    <section className="card">
      <h2>{t(WORDS.missing)}</h2>
      <ul className="list">
        {(missing.length === 0 ? [WORDS.nothingMissing] : missing).map((says) => (
          <li key={says.en}>{t(says)}</li>
        ))}
      </ul>
      <h2>{t(WORDS.next)}</h2>
      <ul className="list">
        {nextOf(finding).map((says) => (
          <li key={says.en}>{t(says)}</li>
        ))}
      </ul>
    </section>
  )
}
